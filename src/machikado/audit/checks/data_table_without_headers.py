"""A table of data whose headers are not marked as such (WCAG 2.2, 1.3.1, F91, H51)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.check import Check, Fault, doubt
from machikado.audit.checks._tables import Cell, Table, tables
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_FIGURE = re.compile(
    r"[-–+約およそ△▲¥￥$£€第]*\d[\d.,:/〜～\-– ]*"
    r"(%|％|[円人件年月日時分才歳回台枚個箱冊名棟か所校戸号度℃㎡㎥]|am|pm|km|kg|cm|mm|m|g|h|hours?|minutes?)*[\d:.]*",
    re.IGNORECASE,
)
_NO_FIGURE = ("無料", "なし", "-", "―", "—", "–", "free", "Free", "none", "None", "n/a")
"""What stands in the place of a figure."""
_WIDGETS = (
    "table", "form", "input", "select", "textarea", "button", "iframe", "video", "object",
    "h1", "h2", "h3", "h4", "h5", "h6", "article", "section", "nav", "header", "footer",
)  # fmt: skip
"""What cells of data seldom hold, and cells of a layout often."""
_SHORT = 60


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Tables without any header cell that say nothing against being data."""
    for element in tables(page):
        if element.get("role") in ("none", "presentation") or element.inside("table", "grid"):
            continue
        if any(True for _ in element.elements("th", *_WIDGETS)):
            continue
        if any(c.role in ("columnheader", "rowheader") for c in element.elements("td")):
            continue
        yield element


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    table = Table(element)
    rows = [row for row in table.rows if row]
    if table.is_too_large or len(rows) < 2 or table.width < 2:
        return None
    is_declared = table.caption is not None or any(p.tag == "thead" for p in element.parts)
    if is_declared or _has_bold_headers(rows) or _has_coloured_headers(rows) or _has_figures(rows):
        return Fault(
            Text(
                "データの表なのに、見出しのセル（th）がありません。",
                "This is a table of data without a single header cell (th).",
            )
        )
    if len(rows) >= 3 and all(0 < len(c.element.text) <= _SHORT for row in rows for c in row):
        return doubt(
            "この表はデータの表ですか。そうなら見出しのセルを th にしてください。",
            "Is this a table of data? If so, its header cells must be th.",
        )
    return None


def _has_bold_headers(rows: list[list[Cell]]) -> bool:
    """Whether the first row, or the first column, and nothing else looks like headers."""
    first, rest = rows[0], [cell for row in rows[1:] for cell in row]
    if len(first) > 1 and all(_stands_out(c) for c in first):
        return not all(_stands_out(c) for c in rest)
    column = [cell for row in rows for cell in row if cell.x == 0]
    others = [cell for row in rows for cell in row if cell.x > 0]
    body = column[1:] if column and column[0].is_empty else column
    return len(body) > 1 and all(_stands_out(c) for c in body) and not any(map(_stands_out, others))


def _has_coloured_headers(rows: list[list[Cell]]) -> bool:
    """Whether all cells of the first row, and no other, are painted in one colour."""
    first, rest = rows[0], [cell for row in rows[1:] for cell in row]
    colours = {_ground(cell) for cell in first}
    if len(first) < 2 or len(rows) < 3 or len(colours) != 1 or colours <= {"", "rgba(0, 0, 0, 0)"}:
        return False
    is_short = all(0 < len(cell.element.text) <= _SHORT for cell in (*first, *rest))
    return is_short and not any(_ground(cell) in colours for cell in rest)


def _ground(cell: Cell) -> str:
    """Its background, or that of its row."""
    colour = cell.element.style.get("background-color", "")
    row = cell.element.parent
    return (
        row.style.get("background-color", "")
        if colour == "rgba(0, 0, 0, 0)" and row is not None
        else colour
    )


def _stands_out(cell: Cell) -> bool:
    text = cell.element.text
    if not 0 < len(text) <= _SHORT:
        return False
    shown = [run for run in cell.element.runs() if run.text.strip()]
    return all(run.parent is not None and _weight(run.parent) >= 600 for run in shown)


def _weight(element: Element) -> int:
    written = element.style.get("font-weight", "400")
    return int(float(written)) if written.replace(".", "").isdigit() else 400


def _has_figures(rows: list[list[Cell]]) -> bool:
    """Whether a column holds figures below a first row of words."""
    if any(len(cell.element.text) == 0 and cell.x > 0 for cell in rows[0]):
        return False
    columns = 0
    for cell in rows[0]:
        below = [c for row in rows[1:] for c in row if c.x == cell.x]
        is_of_figures = (
            len(below) >= 2
            and all(
                _FIGURE.fullmatch(c.element.text) or c.element.text in _NO_FIGURE for c in below
            )
            and any(_FIGURE.fullmatch(c.element.text) for c in below)
        )
        columns += is_of_figures and not _FIGURE.fullmatch(cell.element.text)
    return columns > 0


CHECK = Check(
    id="data-table-without-headers",
    title=Text("見出しのない表", "A table of data without headers"),
    help=Text(
        "列や行の見出しのセルを td から th に変え、scope（col・row）を付けてください。",
        "Make the cells that head a column or row th instead of td, with scope (col, row).",
    ),
    criteria=("1.3.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<table><tr style='background: #cde'><td>桜</td><td>梅</td></tr><tr><td>松</td><td>竹</td></tr>"
        "<tr style='background: #cde'><td>杉</td><td>桧</td></tr></table>",
        "<table><tr><th>年度</th><th>人口</th></tr><tr><td>2018</td><td>290,000</td></tr></table>",
        "<table><tr><td>メニュー</td><td>本文がここに入る。</td></tr></table>",
        "<table role=presentation><tr><td><b>年</b></td><td><b>数</b></td></tr>"
        "<tr><td>1</td><td>2</td></tr></table>",
        "<table><tr><td><label for=n>Name</label></td><td><input id=n></td></tr>"
        "<tr><td><label for=a>Age</label></td><td><input id=a></td></tr></table>",
        "<table><tr><td><img src='' alt='a'></td><td><img src='' alt='b'></td></tr>"
        "<tr><td>桜</td><td>梅</td></tr></table>",
    ),
    bad=(
        "<table><tr style='background: #cde'><td>施設</td><td>場所</td></tr><tr><td>図書館</td><td>北町</td></tr>"
        "<tr><td>プール</td><td>南町</td></tr></table>",
        "<table><tr><td>施設</td><td>料金</td></tr><tr><td>図書館</td><td>無料</td></tr><tr><td>プール</td><td>300円</td></tr></table>",
        "<table><tr><td><b>年度</b></td><td><b>人口</b></td></tr>"
        "<tr><td>2018</td><td>290,000</td></tr></table>",
        "<table><tr><td>Year</td><td>People</td></tr><tr><td>2018</td><td>290,000</td></tr>"
        "<tr><td>2019</td><td>289,000</td></tr></table>",
        "<table><caption>開館時間</caption><tr><td>平日</td><td>9時</td></tr>"
        "<tr><td>土曜</td><td>10時</td></tr></table>",
    ),
)
