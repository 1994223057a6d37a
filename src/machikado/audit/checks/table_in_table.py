"""A table inside a cell of another (WCAG 2.2, 1.3.1 and 1.3.2)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._tables import tables
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text


def _applies_to(page: Snapshot) -> Iterator[Element]:
    for table in tables(page):
        if table.parent is not None and table.parent.closest("td", "th"):
            yield table


def _expectation(table: Element, _page: Snapshot) -> Fault | None:
    if table.get("role") in ("none", "presentation"):
        return None
    return Fault(
        Text(
            "表の中に表があり、読み上げではどの表のどこか分からなくなります。",
            "A table stands in a cell of another: listeners lose their place.",
        )
    )


CHECK = Check(
    id="table-in-table",
    title=Text("表の中の表", "A table within a table"),
    help=Text(
        "表を2つに分けて順に並べてください。並べるための表は使わないでください。",
        "Write two tables, one after the other; place things with a style sheet, not a table.",
    ),
    criteria=("1.3.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<table><tr><th>大人</th><td>100円</td></tr></table>",
        "<table role=none><tr><td><table role=none><tr><td>a</td></tr></table></td></tr></table>",
    ),
    bad=(
        "<table><tr><th>a</th><td><table><tr><th>b</th><td>1</td></tr></table></td></tr></table>",
    ),
)
