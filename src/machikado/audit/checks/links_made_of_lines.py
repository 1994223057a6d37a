"""Links one below the other, parted by line breaks, that are no list (WCAG 2.2, 1.3.1, H48)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._lines import broken_blocks
from machikado.audit.snapshot import Element, Snapshot, TextRun
from machikado.vocabulary import Text

_LEAST = 3


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Blocks with line breaks and links of their own."""
    for block in broken_blocks(page):
        if (
            sum(part.tag == "a" for part in block.parts) >= _LEAST
            and block.closest("li", "address", "pre", "footer") is None
        ):
            yield block


def _expectation(block: Element, _page: Snapshot) -> Fault | None:
    longest = stretch = 0
    line: list[Element | TextRun] = []
    for node in (*block.children, None):
        if (isinstance(node, Element) and node.tag != "br") or (
            isinstance(node, TextRun) and node.text.strip()
        ):
            line.append(node)
        elif node is None or isinstance(node, Element):
            stretch = stretch + 1 if _is_link(line) else 0
            longest, line = max(longest, stretch), []
    if longest < _LEAST:
        return None
    return Fault(
        Text(
            "改行で並べたリンクが、箇条書きになっていません。",
            "Links that line breaks put one below the other are not marked up as a list.",
        )
    )


def _is_link(line: list[Element | TextRun]) -> bool:
    """Whether a line is a link to another place and nothing else; ways to reach somebody are no list."""
    if len(line) != 1 or not isinstance(line[0], Element) or line[0].tag != "a":
        return False
    return bool(line[0].text) and not line[0].get("href").lower().startswith(("mailto:", "tel:"))


CHECK = Check(
    id="links-made-of-lines",
    title=Text("改行で並べただけのリンク", "Links put below each other by line breaks"),
    help=Text("箇条書き（ul と li）にしてください。", "Make them a list (ul with li)."),
    criteria=("1.3.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<ul><li><a href="/a/">駐車場</a></li><li><a href="/b/">図書館</a></li><li><a href="/c/">プール</a></li></ul>',
        '<p>市民課<br><a href="tel:0191234567">019-123-4567</a><br><a href="mailto:a@b.example">a@b.example</a><br><a href="/c/">地図</a></p>',
        '<p><a href="/a/">駐車場</a> 駅の前<br><a href="/b/">図書館</a> 公園の中<br><a href="/c/">プール</a> 北町</p>',
    ),
    bad=(
        '<p><a href="/a/">駐車場</a><br><a href="/b/">図書館</a><br><a href="/c/">プール</a></p>',
        '<div>See also:<br><a href="/a/">Parking</a><br><a href="/b/">Library</a><br><a href="/c/">Pool</a></div>',
    ),
)
