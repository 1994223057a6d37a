"""A table for layout that is marked up as data (WCAG 2.2, 1.3.1, F46)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._tables import tables
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_LAYOUT = re.compile(r"\blayout\b|レイアウト|配置", re.IGNORECASE)
_BLOCKS = ("table", "h1", "h2", "h3", "nav", "form", "header", "footer", "article", "main")


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Tables said to be for layout, or holding other tables, headings and whole parts of a page."""
    for table in tables(page):
        says_so = bool(_LAYOUT.search(table.get("summary")))
        if table.get("role") in ("none", "presentation") or says_so or _is_layout(table):
            yield table


def _is_layout(table: Element) -> bool:
    cells = [cell for cell in _own(table, "td", "th") if cell.text]
    large = [cell for cell in cells if any(True for _ in cell.elements(*_BLOCKS))]
    return len(cells) <= 8 and len(large) >= 1 and sum(len(c.text) for c in large) > 150


def _own(table: Element, *tags: str) -> Iterator[Element]:
    return (e for e in table.elements(*tags) if (e.parent or e).closest("table") is table)


def _expectation(table: Element, _page: Snapshot) -> Fault | None:
    is_said = table.get("role") in ("none", "presentation")
    headers = [th for th in _own(table, "th") if th.get("role") not in ("none", "presentation")]
    marked = [*(headers if is_said else headers[:1]), *_own(table, "caption")]
    scoped = [td for td in _own(table, "td") if td.has("scope") or td.has("headers")]
    if not (marked or scoped or table.get("summary").strip()):
        return None
    return Fault(
        Text(
            "レイアウトのための表に、データの表の印（th、caption、summary など）があります。",
            "A table for layout carries the marks of data (th, caption, summary, scope).",
        )
    )


CHECK = Check(
    id="layout-table-with-headers",
    title=Text("データの表の印が付いたレイアウトの表", "A layout table marked up as data"),
    help=Text(
        "並べるためだけの表なら、th・caption・summary・scope を消してください。"
        "できれば表を使わず、スタイルシートで並べてください。",
        "Remove th, caption, summary and scope from a table that only places things; better, "
        "place them with a style sheet.",
    ),
    criteria=("1.3.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<table role=presentation><tr><td>左</td><td>右</td></tr></table>",
        "<table><caption>料金</caption><tr><th>大人</th><td>100円</td></tr></table>",
    ),
    bad=(
        '<table summary="Layout of the page"><tr><td>左</td><td>右</td></tr></table>',
        "<table role=presentation><tr><th>左</th><td>右</td></tr></table>",
        '<table role="none" summary="page layout"><tr><td>left</td><td>right</td></tr></table>',
    ),
)
