"""Paragraphs that hold nothing, for a gap (WCAG 1.3.1, C22; F2)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot, TextRun
from machikado.vocabulary import Text, Weight


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """The first of several paragraphs in a row that are shown and empty."""
    for element in page.elements("p"):
        if not _is_empty(element) or element.parent is None:
            continue
        peers = [c for c in element.parent.children if isinstance(c, Element) or c.text.strip()]
        place = next(number for number, peer in enumerate(peers) if peer is element)
        after = peers[place + 1] if place + 1 < len(peers) else None
        before = peers[place - 1] if place else None
        if _is_empty(after) and not _is_empty(before):
            yield element


def _is_empty(node: Element | TextRun | None) -> bool:
    if (
        not isinstance(node, Element)
        or node.tag != "p"
        or not node.box
        or node.heard
        or node.has("id")
    ):
        return False
    holds = any(e.tag not in ("br", "span", "b", "strong", "em", "font") for e in node.elements())
    is_space = any(run.text for run in node.runs()) or any(True for _ in node.elements("br"))
    return (
        is_space
        and not holds
        and not node.text.strip("\u00a0 \u3000")
        and not (node.before or node.after)
    )


def _expectation(_element: Element, _page: Snapshot) -> Fault:
    return Fault(
        Text("空の段落を重ねて、間を空けています。", "Empty paragraphs in a row only make a gap.")
    )


CHECK = Check(
    id="empty-paragraphs",
    title=Text("空の段落", "Empty paragraphs"),
    help=Text(
        "空の段落を消してください。間はスタイルシートが空けます。",
        "Remove them; a style sheet makes the gap.",
    ),
    criteria=(),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<p>本文</p><p>&nbsp;</p><p>続き</p>",
        "<p id='live'></p><p>本文</p>",
        "<p></p><p></p><p>本文</p>",
    ),
    bad=(
        "<p>本文</p><p>&nbsp;</p><p>&nbsp;</p><p>続き</p>",
        "<p>本文</p><p><br></p><p>\u3000</p><p>続き</p>",
    ),
    weight=Weight.WARNING,
)
