"""A list that was cut into lists of one item each (WCAG 1.3.1; H48)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_LEAST = 3


def _single(element: Element | None, tag: str) -> bool:
    return (
        element is not None
        and element.tag == tag
        and [part.tag for part in element.parts] == ["li"]
    )


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """The first of several lists in a row that hold one item each."""
    for element in page.elements("ul", "ol"):
        if element.is_rendered and element.role == "list" and _single(element, element.tag):
            peers = element.parent.parts if element.parent else []
            place = peers.index(element)
            if not (place and _single(peers[place - 1], element.tag)):
                yield element


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    peers = element.parent.parts if element.parent else []
    run = 0
    for peer in peers[peers.index(element) :]:
        if not _single(peer, element.tag):
            break
        run += 1
    if run < _LEAST:
        return None
    return Fault(
        Text(
            f"1つの箇条書きが、1項目ずつの{run}個のリストに分かれています。",
            f"One list is cut into {run} lists of one item each.",
        )
    )


CHECK = Check(
    id="list-in-pieces",
    title=Text("1項目ずつに分かれた箇条書き", "A list cut into pieces"),
    help=Text("1つの ul または ol にまとめてください。", "Put the items into one ul or ol."),
    criteria=("1.3.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<ul><li>印鑑</li><li>写真</li></ul>",
        "<ul><li>印鑑</li></ul><p>または</p><ul><li>写真</li></ul>",
    ),
    bad=("<ul><li>印鑑</li></ul><ul><li>写真</li></ul><ul><li>申請書</li></ul>",),
)
