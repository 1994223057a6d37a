"""A table whose first column heads its rows and is not marked so (WCAG 2.2, 1.3.1, H51, H63)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._tables import Table, tables
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_FIGURES = re.compile(r"[\d.,:%％\s+–~〜-]*")
_LONG = 60


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Tables of data whose first row is headers but for an empty corner."""
    for element in tables(page):
        if element.role in ("table", "grid") and element.get("role") not in (
            "none",
            "presentation",
        ):
            table = Table(element)
            first = table.rows[0] if table.rows else []
            is_headed = (
                len(first) >= 3
                and first[0].is_empty
                and all(c.is_header and c.element.text for c in first[1:])
            )
            if is_headed and len(table.rows) >= 3 and not table.is_too_large:
                yield element


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    table = Table(element)
    column = [cell for cell in table.cells if cell.x == 0 and cell.y > 0]
    if any(cell.is_header for cell in column) or any(
        cell.width > 1 or cell.element.has("headers") for cell in table.cells
    ):
        return None
    said = [cell.element.text for cell in column]
    others = [cell.element.text for cell in table.cells if cell.x > 0 and cell.y > 0]
    if len(set(said)) < len(said) or not all(
        0 < len(t) <= _LONG and not _FIGURES.fullmatch(t) for t in said
    ):
        return None
    if sum(bool(_FIGURES.fullmatch(text)) for text in others) < len(others) / 2:
        return None
    return Fault(
        Text(
            "左端の列が行の見出しなのに、th になっていません。",
            "The first column heads the rows, but its cells are not header cells (th).",
        )
    )


CHECK = Check(
    id="first-column-without-headers",
    title=Text("見出しでない左端の列", "A first column that is not marked as headers"),
    help=Text(
        '左端の列のセルを <th scope="row"> にしてください。',
        'Make the cells of the first column <th scope="row">.',
    ),
    criteria=("1.3.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<table><tr><td></td><th>2010</th><th>2020</th></tr><tr><th>北</th><td>2</td><td>3</td></tr><tr><th>南</th><td>2</td><td>3</td></tr></table>",
        "<table><tr><th>区</th><th>2010</th><th>2020</th></tr><tr><td>北</td><td>2</td><td>3</td></tr><tr><td>南</td><td>2</td><td>3</td></tr></table>",
        "<table><tr><td></td><th>品</th><th>色</th></tr><tr><td>1</td><td>傘</td><td>赤</td></tr><tr><td>2</td><td>靴</td><td>黒</td></tr></table>",
    ),
    bad=(
        "<table><tr><td></td><th>2010</th><th>2020</th></tr><tr><td>北</td><td>2</td><td>3</td></tr><tr><td>南</td><td>2</td><td>3</td></tr></table>",
        "<table><caption>Hours</caption><tr><th></th><th>Summer</th><th>Winter</th></tr><tr><td>Library</td><td>9-18</td><td>10-17</td></tr>"
        "<tr><td>Museum</td><td>9-18</td><td>10-16</td></tr></table>",
    ),
)
