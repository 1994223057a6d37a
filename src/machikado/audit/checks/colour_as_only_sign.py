"""Something that is told by colour alone (WCAG 1.4.1; F13, F81)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_COLOUR = "red|green|blue|yellow|orange|purple|pink|bold red|amber"
_ENGLISH = re.compile(
    rf"\b(?:fields?|items?|questions?|labels?|rows?|dates?|days?|cells?|entries|text|names?|words?|services?|areas?|events?|lines?|results?|values?|figures?|numbers?|ones|those|sections?|boxes|errors?|tasks?|prices?)\b"
    rf"[^.]{{0,40}}\b(?:in|coloured|colored|highlighted in|marked in|shown in|displayed in|written in|printed in) (?:{_COLOUR})\b"
    rf"|\b(?:{_COLOUR}) (?:fields?|items?|labels?|rows?|dates?|cells?|text|entries)\b[^.]{{0,20}}\b(?:are|is|must|means?|indicates?|shows?)\b"
    rf"|\b(?:required|mandatory|compulsory)\b[^.]{{0,40}}\b(?:in|coloured|marked) (?:{_COLOUR})\b",
    re.I,
)  # fmt: skip
_ANY_COLOUR = re.compile(rf"\b(?:{_COLOUR})\b|[赤青緑黄]|オレンジ|ピンク", re.IGNORECASE)
_OTHER_SIGN = re.compile(r"asterisk|\*|star|bold|underlin|icon|symbol|mark(?:ed)? with|and (?:have|has|say)|＊|※|◎|○|●|印|マーク|太字|下線|「", re.I)  # fmt: skip
_JAPANESE = re.compile(
    r"(?:赤|青|緑|黄色?|オレンジ|ピンク)(?:字|文字|色の文字|い文字|色)の?(?:項目|欄|部分|ところ|箇所|日|行|日付|もの)?(?:は|が)"
    r"[^。]{0,20}(?:必須|必ず|入力|休|注意|変更|終了|中止|締切|対象|お休み|満員|予約)"
    r"|(?:赤|青|緑|黄色?|オレンジ|ピンク)(?:い|色の)?(?:枠|線)(?:の中|内|で囲[^。]{0,6})の[^。]{1,15}(?:だけ|のみ|が対象|は必)"
)


def _applies_to(page: Snapshot) -> Iterator[Element]:
    for element in page.elements(
        "p", "li", "td", "legend", "label", "caption", "dd", "div", "span"
    ):
        if element.is_rendered and _is_block(element) and 8 < len(element.text) < 400:
            yield element


def _is_block(element: Element) -> bool:
    if (
        element.tag == "span"
        and element.parent is not None
        and element.parent.tag not in ("div", "form", "body")
    ):
        return False
    return next(element.elements("p", "li", "td", "div", "legend", "label"), None) is None


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    if not _ANY_COLOUR.search(element.text):
        return None
    for sentence in re.split(r"(?<=[.!?。])\s*", element.text):
        if _OTHER_SIGN.search(sentence):
            continue
        if _ENGLISH.search(sentence):
            return Fault(
                Text(
                    f"「{sentence[:80]}」は色だけで区別しています。",
                    f"“{sentence[:100]}” tells things apart by colour alone.",
                )
            )
        if _JAPANESE.search(sentence):
            return Fault(
                Text(
                    f"「{sentence[:60]}」は色だけで区別しています。",
                    f"“{sentence[:60]}” tells things apart by colour alone.",
                )
            )
    return None


CHECK = Check(
    id="colour-as-only-sign",
    title=Text("色だけによる区別", "Colour as the only sign"),
    help=Text(
        "色のほかに、言葉や印でも区別してください（例:「必須」と書く）。",
        "Tell it by words or signs too, such as “(required)”.",
    ),
    criteria=("1.4.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<p lang="en">Required fields are marked with a red asterisk (*).</p>',
        '<p lang="en">The red bus stops at the city hall.</p>',
        "<p>「必須」と赤字で書いた項目は、必ず入力してください。</p>",
    ),
    bad=(
        '<p lang="en">Required fields are shown in red.</p>',
        '<p lang="en">Dates in green are available.</p>',
        '<p lang="en">All fields marked in red are mandatory.</p>',
        "<p>赤字の項目は必須です。</p>",
        "<p>緑色の日は予約できます。</p>",
    ),
)
