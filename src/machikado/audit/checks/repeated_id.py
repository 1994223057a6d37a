"""One id on two elements (ACT rule 3ea0c8; WCAG 2.0 and JIS X 8341-3:2016, 4.1.1; F77)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import SHADOW, Element, Snapshot
from machikado.vocabulary import Text


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Elements with an id, those in frames, shadow trees and drawings left out."""
    seen: set[str] = set()
    for element in page.elements():
        identity = element.get("id")
        if not identity or element.in_frame or element.flags & SHADOW:
            continue
        if element.closest("svg", "template"):
            continue
        if identity in seen:
            yield element
        seen.add(identity)


def _expectation(element: Element, _page: Snapshot) -> Fault:
    identity = element.get("id")
    return Fault(
        Text(
            f"同じ id「{identity[:60]}」が、前にもあります。リンクやラベルが違う所を指します。",
            f"The id “{identity[:60]}” is used before: links and labels point to the wrong place.",
        )
    )


CHECK = Check(
    id="repeated-id",
    title=Text("2つ以上ある同じ id", "An id used twice"),
    help=Text(
        "id をページの中で1つだけになるように変えてください。", "Make the id unique on the page."
    ),
    criteria=("4.1.1",),
    act=("3ea0c8",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=('<p id="a">一</p><p id="b">二</p>',),
    bad=('<p id="a">一</p><p id="a">二</p>', '<h2 id="news">News</h2><div id="news"></div>'),
)
