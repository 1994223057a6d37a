"""Rows of a table that are only lines in a cell (WCAG 1.3.1, 1.3.2; F33, F34)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._lines import lines
from machikado.audit.checks._tables import tables
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_LINES = 3


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Rows with several cells of several lines."""
    for table in tables(page):
        for row in table.elements("tr"):
            if sum(any(True for _ in cell.elements("br")) for cell in row.parts) > 1:
                yield row


def _expectation(row: Element, _page: Snapshot) -> Fault | None:
    told = [[line for line in lines(cell) if line.strip()] for cell in row.parts]
    several = [cell for cell in told if len(cell) >= _LINES]
    if len(several) < 2 or len({len(cell) for cell in several}) != 1:
        return None
    # Lines of names beside as many lines of figures are rows; two addresses side by side are not.
    names = any(not any(map(_has_figure, cell)) for cell in several)
    figures = any(all(map(_has_figure, cell)) for cell in several)
    if not (names and figures):
        return None
    return Fault(
        Text(
            f"1つの行の中に、改行だけで{len(several[0])}行分の内容が並べてあります。",
            f"One row holds {len(several[0])} rows that only line breaks tell apart.",
        )
    )


def _has_figure(line: str) -> bool:
    return any(character.isdigit() for character in line)


_HEAD = "<tr><th>曜日</th><th>時間</th></tr>"

CHECK = Check(
    id="rows-made-of-breaks",
    title=Text("改行で作った表の行", "Table rows made of line breaks"),
    help=Text(
        "1行ずつ、別の行（tr）に分けてください。",
        "Give each of them a row (tr) of its own.",
    ),
    criteria=("1.3.1", "1.3.2"),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        f"<table>{_HEAD}<tr><td>月</td><td>9時</td></tr></table>",
        f"<table>{_HEAD}<tr><td>市役所<br>内丸12番2号<br>電話 019</td><td>支所<br>南1番1号<br>電話 018</td></tr></table>",
        f"<table>{_HEAD}<tr><td>月曜日<br>水曜日</td><td>9時から<br>17時まで</td></tr></table>",
    ),
    bad=(
        f"<table>{_HEAD}<tr><td>月曜日<br>火曜日<br>水曜日</td><td>9時<br>10時<br>11時</td></tr></table>",
    ),
)
