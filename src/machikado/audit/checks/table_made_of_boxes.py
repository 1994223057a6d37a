"""A table of data that only a style sheet makes one (WCAG 1.3.1; F2)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_SHORT = 60
_ROWS = 3


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """What is shown as a table and is none to those who do not see it."""
    for element in page.elements():
        is_shown = element.is_rendered and element.style.get("display") in ("table", "inline-table")
        if (
            is_shown
            and element.tag != "table"
            and element.role not in ("table", "grid", "treegrid", "img")
        ):
            yield element


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    rows = [row for row in element.elements() if row.style.get("display") == "table-row"]
    cells = [[c for c in row.parts if c.style.get("display") == "table-cell"] for row in rows]
    counts = {len(row) for row in cells}
    if (
        len(rows) < _ROWS
        or len(counts) != 1
        or counts <= {0, 1}
        or element.role in ("list", "form")
    ):
        return None
    texts = [cell.text for row in cells for cell in row]
    if any(len(text) > _SHORT for text in texts) or sum(map(bool, texts)) < len(texts) * 0.8:
        return None
    if any(
        any(cell.elements("input", "select", "textarea", "button", "img"))
        for row in cells
        for cell in row
    ):
        return None
    return Fault(
        Text(
            "表のように見えますが、表として書かれていません。",
            "This looks like a table but is not marked up as one.",
        )
    )


_STYLE = (
    "<style>.t { display: table } .r { display: table-row } .r > * { display: table-cell }</style>"
)


def _rows(*rows: tuple[str, ...]) -> str:
    said = ("".join(f"<span>{cell}</span>" for cell in row) for row in rows)
    return (
        _STYLE
        + '<div class="t">'
        + "".join(f'<div class="r">{row}</div>' for row in said)
        + "</div>"
    )


CHECK = Check(
    id="table-made-of-boxes",
    title=Text("表として書かれていない表", "A table that is not marked up as one"),
    help=Text(
        "table・tr・th・td で書いてください。",
        "Write it with table, tr, th and td.",
    ),
    criteria=("1.3.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<table><tr><th>曜日</th><th>時間</th></tr><tr><td>月</td><td>9時</td></tr></table>",
        _rows(("本文" * 40, "お知らせ"), ("本文" * 40, "リンク"), ("a", "b")),
        _rows(("本文", "お知らせ")),
        _STYLE
        + '<form class="t"><div class="r"><label>名前</label><input aria-label="名前"></div></form>',
    ),
    bad=(_rows(("曜日", "開く", "閉まる"), ("月曜日", "9時", "17時"), ("火曜日", "10時", "18時")),),
)
