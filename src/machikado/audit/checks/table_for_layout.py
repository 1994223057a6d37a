"""A table that lays a page out (WCAG 1.3.1, 1.3.2; HTML, 4.9.1: tables must not be used as layout aids)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._tables import Table, is_named, tables
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_PAGE_PARTS = (
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "nav",
    "main",
    "form",
    "section",
    "article",
    "header",
    "footer",
)
_LONG = 150
"""Letters of running text in each of several cells."""


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Tables that say to be tables and have nothing of one: no header, no caption, no name."""
    for element in tables(page):
        if element.role not in ("table", "grid", "treegrid"):
            continue
        table = Table(element)
        if table.cells and not table.headers and table.caption is None and not is_named(element):
            yield element


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    table = Table(element)
    cells = [cell.element for cell in table.cells]
    parts = sum(any(True for _ in cell.elements(*_PAGE_PARTS)) for cell in cells)
    # A row of cells with paragraphs or lists of their own is a page put side by side.
    blocks = [sum(e.tag in ("p", "ul", "ol", "dl", "div") for e in cell.parts) for cell in cells]
    is_row_of_blocks = table.height == 1 and len(cells) > 1 and all(blocks) and max(blocks) > 1
    if (
        not parts
        and not is_row_of_blocks
        and len(cells) > 1
        and not any(len(cell.text) >= _LONG for cell in cells)
    ):
        return None
    if not parts and (
        table.height > 2
        or any(cell.style.get("border-top-width", "0px") != "0px" for cell in cells)
    ):
        return None
    return Fault(
        Text(
            "表が、見出しや文章を並べるためだけに使われています。",
            "This table only lays out headings and text.",
        )
    )


_TEXT = "橋の工事が終わり、通れるようになりました。工事の間は、ご不便をおかけしました。" * 4

CHECK = Check(
    id="table-for-layout",
    title=Text("配置のための表", "A table that lays out the page"),
    help=Text(
        "表をやめて、見出しと段落で書いてください。並べて見せるのはスタイルシートの仕事です。",
        "Write headings and paragraphs instead; placing them side by side is for the style sheet. "
        'Where the table cannot be avoided, give it role="presentation".',
    ),
    criteria=("1.3.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<table><caption>時間</caption><tr><th>曜日</th><td>9時</td></tr></table>",
        '<table role="presentation"><tr><td><h2>お知らせ</h2></td></tr></table>',
        "<table><tr><td>月曜日</td><td>9時</td></tr></table>",
    ),
    bad=(
        f"<table><tr><td><h2>お知らせ</h2><p>{_TEXT}</p></td><td><h2>リンク</h2></td></tr></table>",
        "<table><tr><td><p>ようこそ。</p><p>ご案内です。</p></td><td><ul><li>駐車場</li></ul></td></tr></table>",
        f"<table><tr><td>{_TEXT}</td><td>{_TEXT}</td></tr></table>",
        '<table><tr><td><form action="/s"><label>検索 <input></label></form></td></tr></table>',
    ),
)
