"""Parts that are shown in another order than they are read out (WCAG 1.3.2, 2.4.3; F1, F44)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from machikado.audit.check import Check, Fault, doubt
from machikado.audit.snapshot import Box, Element, Snapshot
from machikado.vocabulary import Text

_ORDINALS = (
    ("first", "second", "third", "fourth", "fifth", "sixth"),
    ("step 1", "step 2", "step 3", "step 4", "step 5", "step 6"),
    ("first", "then", "finally"),
    ("first", "then", "last"),
    ("first", "next", "finally"),
    ("1.", "2.", "3.", "4.", "5.", "6."),
    ("手順1", "手順2", "手順3", "手順4", "手順5", "手順6"),
    ("①", "②", "③", "④", "⑤", "⑥"),
)
_WORD = re.compile(r"\w")


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Flex boxes and grids whose parts a style sheet puts into another order."""
    for element in page.elements():
        if element.style.get("display") not in ("flex", "inline-flex", "grid", "inline-grid"):
            if _is_put_about(element):
                yield element
            continue
        shown = _shown(element)
        is_reversed = (
            "reverse" in element.style.get("flex-direction", "")
            and "flex" in element.style["display"]
        )
        if (
            element.is_rendered
            and len(shown) > 1
            and (is_reversed or any(part.style.get("order", "0") != "0" for part in shown))
        ):
            yield element


def _is_put_about(element: Element) -> bool:
    """Whether parts that a style sheet puts elsewhere are told in one order and seen in another."""
    moved = [
        p
        for p in element.parts
        if p.style.get("position") == "absolute" or p.style.get("float") == "right"
    ]
    return (
        bool(moved) and element.is_rendered and _are_numbered(sorted(_shown(element), key=_place))
    )


def _shown(element: Element) -> list[Element]:
    return [
        part
        for part in element.parts
        if part.is_rendered and part.box and _WORD.search(part.shown_text)
    ]


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    told = _shown(element)
    seen = sorted(told, key=_place)
    if seen == told:
        return None
    fault = Fault(
        Text(
            "見た目の順と、読み上げやTabキーの順が違います。",
            "What is seen and what is read out, or reached with Tab, are in different orders.",
        ),
        element=seen[0],
    )
    if _are_numbered(seen) and not _are_numbered(told):
        return fault
    if element.style.get("display") not in ("flex", "inline-flex", "grid", "inline-grid"):
        return None
    stops = [[e for e in (part, *part.elements()) if e.is_tabbable] for part in told]
    fields = sum(any(e.tag in ("input", "select", "textarea") for e in part) for part in stops)
    if fields > 1:
        return fault
    if sum(map(bool, stops)) > 1 or any(
        _is_heading(part) for part in told[1:] if seen.index(part) == 0
    ):
        return doubt(
            "見た目の順と読み上げの順が違います。読み上げの順でも意味が通じますか。",
            "This is read out in another order than it is seen. Does it make sense in that order, too?",
        )
    return None


def _place(part: Element) -> tuple[float, float]:
    box = part.box or Box(0, 0, 0, 0)
    return (round(box.y / 8), box.x)


def _is_heading(part: Element) -> bool:
    return part.role == "heading"


def _are_numbered(parts: list[Element]) -> bool:
    """Whether they begin with first, second, third or their like, in turn."""
    for words in _ORDINALS:
        places = [
            next(
                (n for n, word in enumerate(words) if part.shown_text.lower().startswith(word)),
                None,
            )
            for part in parts
        ]
        known = [place for place in places if place is not None]
        if len(known) >= 2 and len(known) == len(parts) and all(a < b for a, b in pairwise(known)):
            return True
    return False


_STEPS = "<style>.f {{ display: flex; flex-direction: {} }}</style><div class='f'>{}</div>"

CHECK = Check(
    id="order-against-sight",
    title=Text("見た目と違う順", "An order that differs from what is seen"),
    help=Text(
        "order や row-reverse を使わず、HTMLを見せたい順に書いてください。",
        "Write the HTML in the order that it is to be seen in, without order and row-reverse.",
    ),
    criteria=("1.3.2", "2.4.3"),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        _STEPS.format("column", "<p>手順1 書く</p><p>手順2 出す</p>"),
        '<div><p style="float: left">手順1 書く</p><p style="float: right">手順2 出す</p></div>',
        _STEPS.format("row-reverse", "<p>写真の説明</p><img alt='' src='x.png'>"),
        _STEPS.format("column-reverse", "<p>お知らせ</p><p>くわしい説明</p>"),
    ),
    bad=(
        '<div style="display: grid"><p style="order: 2">Then sign it.</p><p style="order: 1">First, fill it in.</p></div>',
        '<div style="position: relative; height: 150px"><p style="position: absolute; top: 90px">Then sign it.</p>'
        '<p style="position: absolute; top: 0">First, fill it in.</p></div>',
        _STEPS.format("column-reverse", "<p>手順2 出す</p><p>手順1 書く</p>"),
        _STEPS.format(
            "column-reverse", "<p><label>町 <input></label></p><p><label>氏名 <input></label></p>"
        ),
    ),
)
