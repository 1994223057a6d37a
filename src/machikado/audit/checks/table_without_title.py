"""A table of data that nothing introduces (WCAG 2.2, 1.3.1, H39)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._tables import Table, is_named, tables
from machikado.audit.snapshot import Element, Snapshot, TextRun
from machikado.vocabulary import Text, Weight

_LEAST = 6
"""A table of fewer cells is understood at a glance."""


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Tables with headers in both senses that have neither caption nor name, and stand among others."""
    found = [e for e in tables(page) if e.role in ("table", "grid") and not e.inside("table")]
    for element in found:
        if len(list(element.elements("td", "th"))) >= _LEAST and any(
            True for _ in element.elements("th")
        ):
            yield element


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    if is_named(element) or Table(element).caption is not None or element.get("summary"):
        return None
    if element.closest("figure") or _introduction(element):
        return None
    return Fault(
        Text(
            "表に題名がなく、すぐ前に見出しも文章もありません。何の表か分かりません。",
            "The table has no caption, and neither heading nor sentence before it says what it is.",
        )
    )


def _introduction(element: Element) -> str:
    """The heading or text right before it, wrappers left out."""
    holder = element
    while holder.parent is not None:
        siblings = holder.parent.children
        for sibling in reversed(siblings[: siblings.index(holder)]):
            if isinstance(sibling, TextRun):
                if sibling.text.strip():
                    return sibling.text
            elif sibling.tag not in ("table", "script", "style", "hr", "br", "template"):
                if sibling.text:
                    return sibling.text
                if next(sibling.elements("table"), None) is None:
                    continue
            elif sibling.tag == "table":
                return ""
        if holder.parent.tag in ("body", "main"):
            return ""
        holder = holder.parent
    return ""


CHECK = Check(
    id="table-without-title",
    title=Text("題名のない表", "A table without a title"),
    help=Text(
        "何の表かを caption に書いてください。",
        "Say in a caption what the table is about.",
    ),
    criteria=("1.3.1",),
    weight=Weight.WARNING,
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<h2>料金</h2><table><tr><th>a<th>b<th>c</tr><tr><td>1<td>2<td>3</tr></table>",
        "<p>料金は次のとおりです。</p><div><table><tr><th>a<th>b<th>c</tr><tr><td>1<td>2<td>3</tr></table></div>",
        "<table><caption>料金</caption><tr><th>a<th>b<th>c</tr><tr><td>1<td>2<td>3</tr></table>",
    ),
    bad=(
        "<p>料金</p><table><tr><th>a<th>b<th>c</tr><tr><td>1<td>2<td>3</tr></table>"
        "<table><tr><th>a<th>b<th>c</tr><tr><td>1<td>2<td>3</tr></table>",
    ),
)
