"""Whether words contrast with what lies behind them is known where all of it has plain colours."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from machikado.audit.grounds import is_clear
from machikado.audit.snapshot import RENDERED, Box, Element, Snapshot

PLAIN = {"opacity": "1", "filter": "none", "background-image": "none", "font-size": "16px"}
CLEAR, WHITE, BLACK, GREY = "rgba(0, 0, 0, 0)", "rgb(255, 255, 255)", "rgb(0, 0, 0)", "rgb(170, 170, 170)"  # fmt: skip


def page_of(*rows: tuple[str, Box, dict[str, str]]) -> tuple[Snapshot, Sequence[Element]]:
    """A page whose first row is its root and holds the others."""
    nodes: list[Element] = []
    for number, (tag, box, style) in enumerate(rows):
        parent = nodes[0] if nodes else None
        look = {"background-color": CLEAR, "fill": BLACK, "stroke": "none", **PLAIN, **style}
        node = Element(number, tag, {}, parent, box, look, RENDERED, None, None, frozenset(), {})
        if parent is not None:
            parent.children.append(node)
        nodes.append(node)
    return Snapshot("", "", None, "", (1280, 800), (1280, 800), {}, nodes[0], nodes), nodes


ALL = Box(0, 0, 400, 300)
LINE = Box(10, 10, 50, 20)


@pytest.mark.parametrize(
    ("rows", "is_known"),
    [
        ([("text", LINE, {"fill": BLACK})], True),
        ([("text", LINE, {"fill": GREY})], False),
        ([("text", LINE, {"fill": GREY, "font-size": "32px"})], False),
        ([("text", LINE, {"fill": "url(#p)"})], False),
        ([("rect", Box(0, 0, 100, 100), {"fill": BLACK}), ("text", LINE, {"fill": WHITE})], True),
        ([("rect", Box(0, 0, 30, 100), {"fill": BLACK}), ("text", LINE, {"fill": WHITE})], False),
        ([("rect", ALL, {"fill": "url(#p)"}), ("text", LINE, {})], False),
        ([("rect", ALL, {"fill": "url(#p)"}), ("rect", LINE, {"fill": WHITE}), ("text", LINE, {})], True),
        ([("text", LINE, {}), ("rect", LINE, {"fill": WHITE})], False),
        ([("p", LINE, {"color": BLACK})], True),
        ([("p", LINE, {"color": BLACK}), ("img", LINE, {})], False),
        ([("p", LINE, {"color": BLACK, "opacity": "0.5"})], False),
        ([("p", LINE, {"color": BLACK, "background-image": "url(x)"})], False),
        ([("p", LINE, {"color": BLACK}), ("span", LINE, {})], True),
    ],
)  # fmt: skip
def test_words_are_clear_where_all_grounds_are_known_and_differ_enough(
    rows: list[tuple[str, Box, dict[str, str]]], is_known: bool
) -> None:
    page, nodes = page_of(("svg", ALL, {"background-color": WHITE}), *rows)
    text = next(node for node in nodes if node.tag in ("text", "p"))
    assert is_clear(text, page) is is_known
