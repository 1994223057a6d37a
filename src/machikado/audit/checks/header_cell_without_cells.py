"""A header cell that no cell has for a header (ACT rule d0f69e; WCAG 2.2, 1.3.1)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._tables import Table, tables
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Tables that assistive technology is told of and that have headers."""
    for table in tables(page):
        if table.role in ("table", "grid", "treegrid") and any(
            cell.tag == "th" or cell.role in ("columnheader", "rowheader")
            for cell in table.elements("th", "td")
        ):
            yield table


def _expectation(element: Element, _page: Snapshot) -> Iterator[Fault]:
    table = Table(element)
    wanted = [
        cell
        for cell in table.headers
        if cell.element.role in ("columnheader", "rowheader")
        and cell.element.is_exposed
        and cell.element.is_rendered
        and not cell.is_empty
    ]
    for cell in table.without_cells(wanted):
        yield Fault(
            Text(
                f"表の見出しセル「{cell.element.text[:40]}」に対応するデータのセルがありません。",
                f"The header cell “{cell.element.text[:40]}” belongs to no cell of the table.",
            ),
            element=cell.element,
        )


CHECK = Check(
    id="header-cell-without-cells",
    title=Text("どのセルの見出しでもない見出しセル", "A header cell of no cell"),
    help=Text(
        "見出しでないセルは td にしてください。見出しなら、その列や行にデータを入れるか、"
        "scope（col・row）と headers を直してください。",
        "Make it a td if it heads nothing. If it does, fill its column or row, or correct scope "
        "(col, row) and headers.",
    ),
    criteria=("1.3.1",),
    act=("d0f69e",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<table><tr><th>時間</th></tr><tr><td>9時</td></tr></table>",
        "<table><tr><td></td><th>Mon</th><th>Tue</th></tr>"
        "<tr><th>Morning</th><td>open</td><td>shut</td></tr></table>",
        "<table><thead><tr><th rowspan=2>地区</th><th colspan=2>人口</th></tr>"
        "<tr><th>男</th><th>女</th></tr></thead>"
        "<tbody><tr><th scope=row>東</th><td>10</td><td>12</td></tr></tbody></table>",
        "<table><tr><th colspan=2 scope=rowgroup>西</th></tr><tr><td>a</td><td>b</td></tr></table>",
        "<table><tr><th>開館</th><td>9時</td></tr><tr><th>閉館</th><td>5時</td></tr></table>",
        "<table role=presentation><tr><th>時間</th></tr></table>",
    ),
    bad=(
        "<table><tr><th>Rate</th><th>Value</th></tr><tr><td>15%</td></tr></table>",
        "<table><tr><th>料金</th></tr></table>",
        "<table><tr><th id=a>国</th><th id=b>都市</th></tr>"
        "<tr><td>日本</td><td headers=a>東京</td></tr></table>",
    ),
)
