"""Table cells that say by their colour alone what others say in words (WCAG 1.4.1; F13, F81)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._tables import Table, tables
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_CLEAR = "rgba(0, 0, 0, 0)"


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Tables with headers, some of whose cells are empty."""
    for element in tables(page):
        if any(cell.is_header for cell in Table(element).cells):
            yield element


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    table = Table(element)
    if table.is_too_large:
        return None
    empty = [
        cell.element for cell in table.cells if not cell.is_header and _says_nothing(cell.element)
    ]
    # A row that is coloured as a whole, or every other row, is told apart for the eye alone.
    colours = Counter(
        colour for cell in empty if (colour := cell.style.get("background-color", _CLEAR)) != _CLEAR
    )
    rows = [[cell.element for cell in row if not cell.is_header] for row in table.rows]
    is_striped = all(
        len({c.style.get("background-color") for c in row}) <= 1 for row in rows if len(row) > 1
    )
    wide = any(len(row) > 1 for row in rows)
    if (
        not colours
        or (wide and is_striped)
        or (len(colours) < 2 and sum(colours.values()) == len(empty))
    ):
        return None
    first = next(c for c in empty if c.style.get("background-color", _CLEAR) != _CLEAR)
    return Fault(
        Text(
            "空のマスが、背景の色だけで何かを伝えています。",
            "Empty cells tell something by the colour of their background alone.",
        ),
        element=first,
    )


def _says_nothing(cell: Element) -> bool:
    has_picture = any(True for _ in cell.elements("img", "svg", "input", "button", "a"))
    named = cell.get("aria-label") or cell.get("title") or cell.before or cell.after
    return not cell.text and not has_picture and not named


_HEAD = "<tr><th>会議室</th><th>月曜日</th><th>火曜日</th></tr>"

CHECK = Check(
    id="colour-coded-cells",
    title=Text("色だけで伝えるマス", "Cells told apart by colour"),
    help=Text(
        "マスの中に言葉も書いてください（例:「予約済み」「空き」）。",
        "Write words into the cells, too, such as “booked” and “free”.",
    ),
    criteria=("1.4.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        f"<table>{_HEAD}<tr><th>A</th><td style='background: red'>予約済み</td><td>空き</td></tr></table>",
        f"<table>{_HEAD}<tr style='background: #eee'><th>A</th><td></td><td></td></tr>"
        "<tr><th>B</th><td></td><td></td></tr></table>",
        f"<table>{_HEAD}<tr><th>A</th><td style='background: #eee'></td>"
        "<td style='background: #eee'></td></tr></table>",
    ),
    bad=(
        f"<table>{_HEAD}<tr><th>A</th><td style='background: red'></td><td style='background: green'></td>"
        "</tr></table>",
        f"<table>{_HEAD}<tr><th>A</th><td style='background: red'></td><td></td></tr></table>",
    ),
)
