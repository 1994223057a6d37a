"""Headers whose reach a browser must guess, in a table too intricate for that (WCAG 1.3.1, H63)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._tables import Table, tables
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Tables with headers elsewhere than in one row and one column, or joined ones."""
    for element in tables(page):
        if element.role in ("table", "grid") and any(True for _ in element.elements("th")):
            yield element


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    table = Table(element)
    headers = [cell for cell in table.headers if not cell.is_empty]
    if table.is_too_large or any(cell.element.has("headers") for cell in table.cells):
        return None
    if any(cell.scope or cell.element.tag == "td" for cell in headers):
        return None
    in_first_row = [c for c in headers if c.y == 0]
    if len(in_first_row) == 1 and in_first_row[0].width == table.width:
        return None  # a title: `title-inside-table` tells of it
    in_first_column = [c for c in headers if c.x == 0 and c.y > 0]
    has_data = any(not c.is_header for c in table.cells)
    is_two_way = len(in_first_row) > 1 and len(in_first_column) > 1
    is_joined = any(c.width > 1 for c in in_first_row) and table.height > 2
    inner = [c for c in headers if c.x > 0 and c.y > 0]
    if not has_data or not ((is_two_way and (inner or is_joined)) or (is_joined and inner)):
        return None
    return Fault(
        Text(
            "見出しが何段もある複雑な表に、scope がありません。",
            "This intricate table has headers of several tiers and no scope on any of them.",
        )
    )


CHECK = Check(
    id="header-without-scope",
    title=Text("複雑な表の、向きの分からない見出し", "Headers of an intricate table without scope"),
    help=Text(
        'th に scope="col"（列の見出し）か scope="row"（行の見出し）を付けてください。'
        "まとめた見出しは colgroup・rowgroup にします。",
        'Write scope="col" or scope="row" on each th; colgroup or rowgroup on those that span.',
    ),
    criteria=("1.3.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<table><tr><th>年</th><th>人</th></tr><tr><td>1</td><td>2</td></tr></table>",
        "<table><tr><td></td><th>月</th><th>火</th></tr><tr><th>朝</th><td>1</td><td>2</td></tr>"
        "<tr><th>夜</th><td>1</td><td>2</td></tr></table>",
        "<table><tr><th rowspan=2 scope=col>区</th><th colspan=2 scope=colgroup>人口</th></tr>"
        "<tr><th scope=col>男</th><th scope=col>女</th></tr>"
        "<tr><th scope=row>東</th><td>1</td><td>2</td></tr></table>",
    ),
    bad=(
        "<table><tr><th rowspan=2>区</th><th colspan=2>人口</th></tr>"
        "<tr><th>男</th><th>女</th></tr><tr><th>東</th><td>1</td><td>2</td></tr></table>",
        "<table><tr><td></td><th colspan=2>Morning</th></tr><tr><td></td><th>In</th><th>Out</th></tr>"
        "<tr><th>Mon</th><td>1</td><td>2</td></tr><tr><th>Tue</th><td>1</td><td>2</td></tr></table>",
    ),
)
