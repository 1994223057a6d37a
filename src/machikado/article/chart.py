"""A stacked bar chart drawn from a table: one bar a row, its data the very table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

WIDTH = 360
"""Width of the drawing in its own units: that of a phone, so that its letters stay legible there."""
_BAR, _GAP, _LABEL = 30, 20, 24


@dataclass(frozen=True)
class Bars:
    """`rows` name one bar each; `values[r][c]` is the length of column `c` in row `r`, never negative."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[str]
    values: Sequence[Sequence[int]]


def draw(bars: Bars, name: str) -> Element:
    """A <figure> with the chart; `name` makes its ids unique on the page.

    Parts differ by texture and by their number as well as by colour (WCAG 1.4.1); the whole has a
    text alternative that says every figure (1.1.1).
    """
    figure = Element("figure", {"class": "chart", "data-generated": ""})
    height = 34 + len(bars.rows) * (_LABEL + _BAR + _GAP)
    svg = SubElement(
        figure,
        "svg",
        {
            "viewBox": f"0 0 {WIDTH} {height}",
            "role": "img",
            "aria-labelledby": f"{name}-title {name}-desc",
            "focusable": "false",
        },
    )
    SubElement(svg, "title", {"id": f"{name}-title"}).text = bars.caption
    SubElement(svg, "desc", {"id": f"{name}-desc"}).text = describe(bars)
    _texture(svg, name)
    _legend(svg, bars, name)
    for number, row in enumerate(bars.rows):
        top = 34 + number * (_LABEL + _BAR + _GAP)
        total = sum(bars.values[number])
        _text(svg, 0, top + 16, f"{row}: {total}", "chart-label")
        _bar(svg, bars.values[number], top + _LABEL, name)
    return figure


def describe(bars: Bars) -> str:
    """Every figure of the chart in words, row by row."""
    return " / ".join(
        f"{row}: "
        + ", ".join(f"{column} {value}" for column, value in zip(bars.columns, values, strict=True))
        for row, values in zip(bars.rows, bars.values, strict=True)
    )


def _fill(column: int) -> dict[str, str]:
    return {"class": f"chart-part chart-part-{column % 4 + 1}"}


def _texture(svg: Element, name: str) -> None:
    pattern = SubElement(
        SubElement(svg, "defs"),
        "pattern",
        {
            "id": f"{name}-hatch", "width": "6", "height": "6", "patternUnits": "userSpaceOnUse",
            "patternTransform": "rotate(45)",
        },
    )  # fmt: skip
    SubElement(pattern, "rect", {"width": "6", "height": "6", "class": "chart-hatch-ground"})
    SubElement(
        pattern, "line", {"x1": "0", "y1": "0", "x2": "0", "y2": "6", "class": "chart-hatch-line"}
    )


def _legend(svg: Element, bars: Bars, name: str) -> None:
    step = WIDTH / len(bars.columns)
    for number, column in enumerate(bars.columns):
        left = round(number * step)
        _part(svg, left + 1, 2, 14, 14, number, name)
        _text(svg, left + 21, 14, column, "chart-legend")


def _bar(svg: Element, values: Sequence[int], top: int, name: str) -> None:
    total = sum(values) or 1
    left = 1.0
    for number, value in enumerate(values):
        width = (WIDTH - 2) * value / total
        if not value:
            continue
        _part(svg, left, top, width, _BAR, number, name)
        # The number stands on a ground of its own, so that no texture runs through it.
        box = 12 + 9 * len(str(value))
        if width >= box:
            middle = left + width / 2
            SubElement(
                svg,
                "rect",
                {
                    "x": _n(middle - box / 2), "y": _n(top + 5), "width": _n(box),
                    "height": str(_BAR - 10), "class": "chart-number-ground",
                },
            )  # fmt: skip
            _text(svg, middle, top + 20, str(value), "chart-number", "middle")
        left += width


def _part(
    svg: Element, x: float, y: float, width: float, height: float, column: int, name: str
) -> None:
    box = {"x": _n(x), "y": _n(y), "width": _n(width), "height": _n(height)}
    if column % 4 == 1:
        box["fill"] = f"url(#{name}-hatch)"
    SubElement(svg, "rect", box | _fill(column))


def _text(svg: Element, x: float, y: float, text: str, kind: str, anchor: str = "start") -> None:
    element = SubElement(
        svg, "text", {"x": _n(x), "y": _n(y), "class": kind, "text-anchor": anchor}
    )
    element.text = text


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
