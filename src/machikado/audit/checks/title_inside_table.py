"""A table's title put into a cell of it (WCAG 2.2, 1.3.1, H39)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._tables import Table, is_named, tables
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Tables of data without a caption."""
    for element in tables(page):
        if element.role in ("table", "grid") and not is_named(element):
            yield element


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    table = Table(element)
    rows = table.rows
    if table.caption is not None or table.is_too_large or len(rows) < 3 or table.width < 2:
        return None
    first, second = rows[0], rows[1]
    if len(first) != 1 or first[0].width < table.width or first[0].is_empty:
        return None
    # Below it come the headers, or data that have none at all.
    heads_nothing = not any(c.is_header for row in rows[1:] for c in row) and first[0].is_header
    is_above_headers = all(c.is_header for c in second if not c.is_empty)
    if first[0].scope or len(second) < 2 or not (is_above_headers or heads_nothing):
        return None
    if all(c.is_empty for c in second):
        return None
    return Fault(
        Text(
            f"表の題名「{first[0].element.text[:40]}」が、セルに書かれています。",
            f"The title of the table, “{first[0].element.text[:40]}”, is written in a cell.",
        )
    )


CHECK = Check(
    id="title-inside-table",
    title=Text("セルに書かれた表の題名", "A table's title in a cell"),
    help=Text(
        "題名は caption に書いてください。",
        "Write the title into a caption.",
    ),
    criteria=("1.3.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<table><caption>料金</caption><tr><th>年</th><th>円</th></tr><tr><td>1</td><td>2</td></tr>"
        "<tr><td>1</td><td>2</td></tr></table>",
        "<table><tr><th>年</th><th>円</th></tr><tr><td>1</td><td>2</td></tr>"
        "<tr><td colspan=2>注</td></tr></table>",
    ),
    bad=(
        "<table><tr><td colspan=2>料金</td></tr><tr><th>年</th><th>円</th></tr>"
        "<tr><td>1</td><td>2</td></tr></table>",
        "<table><tr><th colspan=2>Fees</th></tr><tr><td>Car</td><td>2</td></tr><tr><td>Van</td><td>3</td></tr></table>",
        "<table><tr><th colspan=2>Fees</th></tr><tr><th>Year</th><th>Yen</th></tr>"
        "<tr><td>1</td><td>2</td></tr></table>",
    ),
)
