"""A list typed with bullets or numbers instead of marked up (WCAG 2.2, 1.3.1, F2, H48)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from machikado.audit.check import Check, Fault
from machikado.audit.checks._lines import broken_blocks, lines, mark, runs_of_items
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_LEAST = 3
_SURE = "•‣◦●○■□◆◇▪▫►➢✓✔"
"""Two lines that begin with one of these already are a list; other signs need three."""
_LONG = 120
"""Paragraphs longer than this, numbered, are a text with numbers rather than a list."""


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Blocks of lines, and the first of several paragraphs, that begin with bullets or numbers."""
    yield from broken_blocks(page)
    for holder in {p.parent for p in page.elements("p", "div") if p.parent and _is_item(p)}:
        yield from _first_items(holder)


def _is_item(element: Element) -> bool:
    if not element.is_exposed or any(
        e.tag in ("p", "div", "ul", "ol", "table") for e in element.parts
    ):
        return False
    text = element.text
    return 0 < len(text) <= _LONG and bool(mark(text))


def _first_items(holder: Element) -> Iterator[Element]:
    stretch: list[Element] = []
    for part in (*holder.parts, None):
        if part is not None and part.tag in ("p", "div") and _is_item(part):
            stretch.append(part)
            continue
        if any(map(_is_list, runs_of_items([p.text for p in stretch]))):
            yield stretch[0]
        stretch = []


def _is_list(run: Sequence[str]) -> bool:
    return len(run) >= (2 if run[0][:1] in _SURE else _LEAST)


def _expectation(block: Element, _page: Snapshot) -> Fault | None:
    found = [run for run in runs_of_items(lines(block)) if _is_list(run)]
    is_paragraph = _is_item(block) and not any(part.tag == "br" for part in block.parts)
    if not found and not is_paragraph:
        return None
    first = (found[0][0] if found else block.text)[:40]
    return Fault(
        Text(
            f"「{first}」から、記号や番号を打って箇条書きのように見せています。",
            f"From “{first}” on, typed bullets or numbers only look like a list.",
        )
    )


CHECK = Check(
    id="list-made-of-lines",
    title=Text("記号や番号を打っただけの箇条書き", "A list made of typed bullets"),
    help=Text(
        "箇条書き（ul・ol と li。Markdownなら行頭に「- 」や「1. 」）にしてください。",
        "Mark it up as a list (ul or ol with li; in Markdown begin each line with “- ” or “1. ”).",
    ),
    criteria=("1.3.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<ul><li>申請書</li><li>印鑑</li><li>写真</li></ul>",
        "<p>〒020-0000<br>盛岡市<br>電話 019</p>",
        "<p>・印は必要なもの<br>注意してください</p>",
        "<p>気温<br>-1.5<br>-2.0<br>-3.1</p>",
        "<p>■ 市民課</p><p>住民票の写しを交付します。</p><p>■ 税務課</p><p>証明書を交付します。</p>",
        "<p>(a) or (b)<br>(a) and (b)</p>",
        "<p>○○小学校<br>○○中学校</p>",
        "<p>※1 4月の時点です。<br>※2 消費税を含みます。<br>※3 予定です。</p>",
        "<p>1. Introduction</p><p>This is a text.</p><p>2. Scope</p>",
    ),
    bad=(
        "<p>持ち物<br>・申請書<br>・印鑑<br>・写真</p>",
        "<p>1. Fill in the form<br>2. Sign it<br>3. Post it</p>",
        "<p>・申請書</p><p>・印鑑</p><p>・写真</p>",
        "<div>① 書く<br>② 出す<br>③ 待つ</div>",
        "<p>&bull; milk</p><p>&bull; bread</p>",
        "<p>※駐車場はありません。<br>※雨の日は中止です。<br>※無料です。</p>",
        "<p>ア　印鑑<br>イ　保険証<br>ウ　通帳</p>",
        "<p>a) milk<br>b) bread<br>c) eggs</p>",
        "<p>- milk<br/>- bread<br/>- eggs</p>",
    ),
)
