"""A caption of a table that says nothing (WCAG 2.2, 1.3.1, H39)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._tables import tables
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text


def _applies_to(page: Snapshot) -> Iterator[Element]:
    for table in tables(page):
        yield from (part for part in table.parts if part.tag == "caption")


def _expectation(caption: Element, _page: Snapshot) -> Fault | None:
    is_filled_later = caption.has("id") or any(
        e.has("aria-live") for e in (caption, *caption.ancestors())
    )
    if (
        caption.text
        or any(True for _ in caption.elements("img", "svg", "button"))
        or is_filled_later
    ):
        return None
    return Fault(Text("表の題名（caption）が空です。", "The table has an empty caption."))


CHECK = Check(
    id="empty-caption",
    title=Text("空の表題", "An empty caption"),
    help=Text(
        "表の題名を書くか、caption を消してください。",
        "Write the table's title, or remove the caption.",
    ),
    criteria=("1.3.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<table><caption>時間</caption><tr><th>曜日</th><td>9時</td></tr></table>",
        "<table><tr><th>曜日</th><td>9時</td></tr></table>",
        '<table><caption><img src="x.png" alt="時間"></caption><tr><th>曜日</th><td>9時</td></tr></table>',
    ),
    bad=(
        "<table><caption></caption><tr><th>曜日</th><td>9時</td></tr></table>",
        "<table><caption> &nbsp; </caption><tr><th>Day</th><td>9</td></tr></table>",
    ),
)
