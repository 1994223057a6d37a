"""Paragraphs told apart by empty lines alone (WCAG 2.2, 1.3.1, G115)."""

from __future__ import annotations

from machikado.audit.check import Check, Fault
from machikado.audit.checks._lines import broken_blocks, lines
from machikado.audit.checks._media import length
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_PARAGRAPH = 60
"""Letters, each kana or kanji counting as two, of what is surely a paragraph."""
_SENTENCE = 30
"""As many where they end as a sentence does."""
_ENDS = (".", "!", "?", "。", "！", "？")


def _is_paragraph(part: str) -> bool:
    size = length(part)
    return size >= _PARAGRAPH or (size >= _SENTENCE and part.strip().endswith(_ENDS))


def _expectation(block: Element, _page: Snapshot) -> Fault | None:
    if block.closest("pre", "address", "blockquote"):
        return None
    paragraphs = [part for part in "\n".join(lines(block)).split("\n\n") if part.strip()]
    if sum(map(_is_paragraph, paragraphs)) < 2:
        return None
    return Fault(
        Text(
            "改行（br）を2つ続けて、段落のように見せています。",
            "Double line breaks (br) only look like paragraphs.",
        )
    )


CHECK = Check(
    id="paragraphs-made-of-breaks",
    title=Text("改行で作った段落", "Paragraphs made of line breaks"),
    help=Text(
        "段落ごとに p にしてください（Markdownなら空の行で分けます）。",
        "Make each a paragraph (p; in Markdown leave an empty line between).",
    ),
    criteria=("1.3.1",),
    applies_to=broken_blocks,
    expectation=_expectation,
    good=(
        "<p>盛岡市内丸<br>12番2号<br><br>電話</p>",
        "<p>市民課では、住民票の写しなどを交付しています。本人の確認できるものを持ってきてください。</p>"
        "<p>代わりの人が来るときは、委任状が必要です。委任状の用紙は窓口にもあります。</p>",
    ),
    bad=(
        "<p>市民課では、住民票の写しなどを交付しています。本人の確認できるものを持ってきてください。"
        "<br><br>代わりの人が来るときは、委任状が必要です。委任状の用紙は窓口にもあります。"
        "手数料は窓口で支払います。</p>",
        "<div>The library is open every day of the week but Monday, from nine to five.<br /><br />"
        "Books may be kept for two weeks, and you can ask for two weeks more at the desk.</div>",
    ),
)
