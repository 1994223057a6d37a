"""A link in running text that looks just like the text (WCAG 2.2, 1.4.1, F73)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot, TextRun
from machikado.vocabulary import Text

_BLOCKS = ("p", "li", "dd", "td", "blockquote")
_LEAST = 20
"""So many letters of a block that are no link make it running text."""
_SHAPES = (
    "color", "background-color", "font-weight", "font-style", "font-size", "font-family", "text-decoration-line",
    "border-bottom-width", "border-left-width", "box-shadow", "text-transform", "background-image",
)  # fmt: skip


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Links of words amid running text."""
    for link in page.elements("a"):
        block = link.closest(*_BLOCKS)
        if not link.has("href") or not link.is_rendered or block is None or link.in_frame:
            continue
        if link.style.get("display") != "inline" or link.closest(
            "nav", "header", "footer", "aside"
        ):
            continue
        if (
            next(link.elements("img", "svg"), None) is None
            and link.shown_text
            and _around(block) >= _LEAST
        ):
            yield link


def _around(block: Element) -> int:
    """Letters of a block that stand in no link."""
    return sum(
        len(run.text.strip())
        for run in block.runs()
        if run.parent is not None and run.parent.closest("a") is None and run.box is not None
    )


def _expectation(link: Element, _page: Snapshot) -> Fault | None:
    around = link.parent
    if (
        around is None
        or link.before
        or link.after
        or not any(isinstance(n, TextRun) and n.text.strip() for n in around.children)
    ):
        return None
    parts = [link, *link.elements()]
    if any(part.style.get(name) != around.style.get(name) for part in parts for name in _SHAPES):
        return None
    return Fault(
        Text(
            f"リンク「{link.text[:40]}」が、周りの文と同じ見た目で、リンクだと分かりません。",
            f"The link “{link.text[:40]}” looks just like the text around it.",
        )
    )


CHECK = Check(
    id="link-not-recognisable",
    title=Text("リンクだと分からないリンク", "A link that nobody can see is one"),
    help=Text(
        "文の中のリンクには下線を付けてください。",
        "Underline links in running text.",
    ),
    criteria=("1.4.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<p>To park in the centre you need <a href="/a/">a permit of the town</a>.</p>',
        '<p style="color: #000">To park in the centre you need <a href="/a/" style="color: #00c; text-decoration: none">a permit</a>.</p>',
        '<ul><li><a href="/a/" style="color: inherit; text-decoration: none">Permits</a></li></ul>',
        '<p>駐車には<a href="/a/" style="color: inherit; text-decoration: none; border-bottom: 1px solid">町の許可証</a>が必要です。窓口でお申し込みください。</p>',
    ),
    bad=(
        '<p>To park in the centre you need <a href="/a/" style="color: inherit; text-decoration: none">a permit of the town</a>.</p>',
        "<style>main a { color: #000; text-decoration: none }</style>"
        '<p style="color: #000">駐車には<a href="/a/">町の許可証</a>が必要です。窓口で、平日の午後5時までにお申し込みください。</p>',
    ),
)
