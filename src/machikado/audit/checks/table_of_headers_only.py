"""A table in which every cell is a header (WCAG 2.2, 1.3.1)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._tables import Table, tables
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text


def _applies_to(page: Snapshot) -> Iterator[Element]:
    for element in tables(page):
        if element.role in ("table", "grid") and any(True for _ in element.elements("th")):
            yield element


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    table = Table(element)
    cells = [cell for cell in table.cells if not cell.is_empty]
    if table.height < 2 or len(cells) < 3 or any(c.element.tag == "td" for c in cells):
        return None
    if any(c.element.has("headers") or c.scope for c in cells):
        return None
    return Fault(
        Text(
            "すべてのセルが見出し（th）で、どれがデータか分かりません。",
            "Every cell is a header (th): nothing tells what is data.",
        )
    )


CHECK = Check(
    id="table-of-headers-only",
    title=Text("見出しだけの表", "A table of nothing but headers"),
    help=Text(
        "データのセルは th ではなく td にしてください。",
        "Make the cells that hold data td instead of th.",
    ),
    criteria=("1.3.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=("<table><tr><th>年</th><th>人</th></tr><tr><td>1</td><td>2</td></tr></table>",),
    bad=("<table><tr><th>Year</th><th>People</th></tr><tr><th>2018</th><th>290</th></tr></table>",),
)
