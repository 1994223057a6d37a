"""How words contrast with what lies behind them, worked out from a snapshot alone.

axe-core gives a case up as soon as anything overlaps a text, and never looks into a drawing. Where all that
is there has a plain colour, it can be worked out all the same, and nobody need be asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.contrast import SHAPES, Colour, behind, colour_of, contrast
from machikado.audit.snapshot import Box, Element, Snapshot

_LARGE, _LARGE_BOLD, _BOLD = 24.0, 18.66, 700
"""Pixels, and weight, of large letters (WCAG 2.2, "large scale": 18 points, or 14 of bold)."""
_NEEDED, _NEEDED_LARGE = 4.5, 3.0
_AIR = 0.2
_PICTURES = (
    "img",
    "video",
    "canvas",
    "iframe",
    "object",
    "embed",
    "image",
    "use",
    "input",
    "select",
    "textarea",
)


def is_clear(element: Element, page: Snapshot) -> bool:
    """Whether its words surely contrast as WCAG 2.2, 1.4.3 asks; False where that cannot be known."""
    letters = colour_of(element.style.get("fill" if _is_drawn(element) else "color", ""))
    if letters is None or letters[3] < 1 or element.box is None:
        return False
    around = (element, *element.ancestors())
    if any(
        float(e.style.get("opacity") or 1) < 1 or e.style.get("filter", "none") != "none"
        for e in around
    ):
        return False
    grounds = list(_grounds(element, element.box, page))
    needed = _NEEDED_LARGE if _is_large(element) else _NEEDED
    return bool(grounds) and all(
        ground is not None and contrast(letters, ground) >= needed for ground in grounds
    )


def _is_drawn(element: Element) -> bool:
    return element.tag in ("text", "tspan", "textPath")


def _is_large(element: Element) -> bool:
    size = float(element.style.get("font-size", "16px").removesuffix("px") or 16)
    bold = element.style.get("font-weight", "400")
    return size >= (_LARGE_BOLD if bold.isdigit() and int(bold) >= _BOLD else _LARGE)


def _grounds(element: Element, box: Box, page: Snapshot) -> Iterator[Colour | None]:
    """Every colour that may lie behind a box; None for what is no plain colour, or may lie before it."""
    own = {id(e) for e in (element, *element.ancestors(), *element.elements())}
    found: list[Colour | None] = [behind(element)]
    for other in page.elements():
        if (
            id(other) in own
            or not other.is_rendered
            or other.box is None
            or not other.box.overlaps(box)
        ):
            continue
        paint = _paint(other)
        if paint == "nothing":
            continue
        if other.index > element.index:
            yield None
            return
        is_plain = not isinstance(paint, str) and paint[3] == 1
        if is_plain and other.tag == "rect" and _covers(other.box, box):
            found = []
        found.append(paint if is_plain and not isinstance(paint, str) else None)
    yield from found


def _covers(outer: Box, inner: Box) -> bool:
    """Whether all that letters fill of their line lies within: there is air above and below them."""
    air = inner.height * _AIR
    return (
        outer.x <= inner.x + 1
        and outer.y <= inner.y + air
        and outer.right >= inner.right - 1
        and outer.bottom >= inner.bottom - air
    )


def _paint(element: Element) -> Colour | str:
    """The plain colour that an element paints, `nothing`, or `something` else."""
    if element.tag in SHAPES:
        fill = element.style.get("fill", "none")
        stroke = element.style.get("stroke", "none")
        if fill == stroke == "none":
            return "nothing"
        return colour_of(fill if fill != "none" else stroke) or "something"
    if element.tag in _PICTURES or element.style.get("background-image", "none") != "none":
        return "something"
    colour = colour_of(element.style.get("background-color", "rgba(0, 0, 0, 0)"))
    if colour is None:
        return "something"
    return colour if colour[3] > 0 else "nothing"
