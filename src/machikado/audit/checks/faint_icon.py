"""A button or link that is only a picture, too faint to be seen (WCAG 2.2, 1.4.11)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.contrast import SHAPES, behind, colour_of, contrast
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_NEEDED = 3.0
_UNCLEAR = (
    "image",
    "use",
    "lineargradient",
    "radialgradient",
    "pattern",
    "mask",
    "clippath",
    "style",
    "text",
)


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Drawings that are all that a button or link shows."""
    for svg in page.elements("svg"):
        control = svg.inside("button", "link", "menuitem", "tab", "switch", "checkbox")
        if not svg.is_rendered or control is None or control.shown_text:
            continue
        disabled = control.has("disabled") or control.get("aria-disabled") == "true"
        others = any(e is not svg for e in control.elements("img", "svg", "canvas"))
        if (
            not disabled
            and not others
            and not any(e.tag.lower() in _UNCLEAR for e in svg.elements())
        ):
            yield svg


def _expectation(svg: Element, _page: Snapshot) -> Fault | None:
    ground = behind(svg)
    if ground is None or any(
        e.style.get("filter", "none") != "none" for e in (svg, *svg.ancestors())
    ):
        return None
    ratios = [ratio for shape in svg.elements(*SHAPES) for ratio in _ratios(shape, ground)]
    if not ratios or max(ratios) >= _NEEDED:
        return None
    return Fault(
        Text(
            f"アイコンの色が薄すぎます（{max(ratios):.1f}対1、必要なのは3対1）。",
            f"The icon is too faint ({max(ratios):.1f}:1, needed 3:1).",
        )
    )


def _ratios(shape: Element, ground: tuple[float, float, float, float]) -> Iterator[float]:
    for name in ("fill", "stroke"):
        value = shape.style.get(name, "none")
        colour = colour_of(value)
        if colour is not None and colour[3] > 0:
            yield contrast(colour, ground)
        elif value not in ("none", ""):
            yield 21.0  # A gradient: nothing can be said of it.


def _icon(attributes: str) -> str:
    shape = f'<path d="M3 3h18v18H3z" {attributes}/>'
    return f'<svg aria-hidden="true" width="24" height="24" viewBox="0 0 24 24">{shape}</svg>'


CHECK = Check(
    id="faint-icon",
    title=Text("見えにくいアイコン", "An icon that can hardly be seen"),
    help=Text(
        "アイコンを、背景と3対1以上の差がある色にしてください。",
        "Give the icon a contrast of 3:1 or more with what is behind it.",
    ),
    criteria=("1.4.11",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<button aria-label="検索" style="background: #fff">' + _icon('fill="#555"') + "</button>",
        '<button style="background: #fff">' + _icon('fill="#ddd"') + " 検索</button>",
        '<button aria-label="検索" style="background: #036; color: #fff">'
        + _icon('fill="currentColor"')
        + "</button>",
        '<button aria-label="検索" disabled style="background: #fff">'
        + _icon('fill="#ddd"')
        + "</button>",
        '<p style="background: #fff">' + _icon('fill="#eee"') + " 飾り</p>",
    ),
    bad=(
        '<button aria-label="検索" style="background: #fff">' + _icon('fill="#ddd"') + "</button>",
        '<a href="#a" aria-label="戻る" style="background: #fff">'
        + _icon('fill="none" stroke="#ccc"')
        + "</a>",
    ),
)
