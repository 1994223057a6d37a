"""How much two colours differ in brightness (WCAG 2.2, "contrast ratio"), and which one lies behind another."""

from __future__ import annotations

from machikado.audit.snapshot import Element

Colour = tuple[float, float, float, float]
WHITE: Colour = (255.0, 255.0, 255.0, 1.0)
SHAPES = ("rect", "path", "circle", "ellipse", "polygon", "line", "polyline")
"""What a drawing is made of that is filled or stroked with colour."""


def colour_of(value: str) -> Colour | None:
    """Red, green, blue of 255, and opacity; None of what is not written `rgb()` or `rgba()`."""
    kind, _, rest = value.partition("(")
    if kind not in ("rgb", "rgba"):
        return None
    parts = [float(part) for part in rest.rstrip(")").split(",")]
    return parts[0], parts[1], parts[2], parts[3] if len(parts) > 3 else 1.0


def behind(element: Element | None) -> Colour | None:
    """The plain colour of an element's ground; None where it is no plain colour."""
    while element is not None:
        if element.style.get("background-image", "none") != "none":
            return None
        colour = colour_of(element.style.get("background-color", "rgba(0, 0, 0, 0)"))
        if colour is None or 0 < colour[3] < 1:
            return None
        if colour[3] == 1:
            return colour
        element = element.parent
    return WHITE


def contrast(front: Colour, back: Colour) -> float:
    """The ratio of a colour, translucent or not, on an opaque one: 1 to 21."""
    share = front[3]
    mixed = tuple(f * share + b * (1 - share) for f, b in zip(front[:3], back[:3], strict=True))
    lighter, darker = sorted((_luminance(mixed), _luminance(back[:3])), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: tuple[float, ...]) -> float:
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (channel / 255 for channel in colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
