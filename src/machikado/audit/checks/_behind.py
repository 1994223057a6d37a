"""The colour that something is seen against."""

from __future__ import annotations

from machikado.audit.contrast import Colour, colour_of
from machikado.audit.snapshot import Element

WHITE: Colour = (255.0, 255.0, 255.0, 1.0)


def behind(element: Element | None) -> Colour | None:
    """The plain colour of an element's ground; None where it is no plain colour."""
    while element is not None:
        if element.style.get("background-image", "none") != "none":
            return None
        colour = colour_of(element.style.get("background-color", ""))
        if colour is None:
            return None
        if colour[3] == 1:
            return colour
        if colour[3] > 0:
            return None
        element = element.parent
    return WHITE
