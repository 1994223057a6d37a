"""A control that only its background colour shows, and that is gone in the device's own colours (CSS Color Adjustment 1)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text, Weight

_SIDES = ("top", "right", "bottom", "left")


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Buttons and switches without a visible word or picture in them."""
    for element in page.with_role("button", "switch", "checkbox", "radio", "link", "tab"):
        if (
            not element.is_rendered
            or element.tag == "input"
            or element.shown_text
            or not element.box
        ):
            continue
        if any(True for _ in element.elements("img", "svg", "canvas", "video", "input")):
            continue
        if element.box.width > 8 and element.box.height > 8:
            yield element


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    if any(_stays(e) for e in (element, *element.elements())):
        return None
    background = element.style.get("background-color", "rgba(0, 0, 0, 0)")
    if background == "rgba(0, 0, 0, 0)":
        return None
    return Fault(
        Text(
            "色だけで描いた部品で、端末の配色（ハイコントラストなど）では見えなくなります。",
            "Only a background colour shows this control: in the device's own colours it is gone.",
        )
    )


def _stays(element: Element) -> bool:
    """Whether something of it is drawn in any colours: a border, a sign, a picture, a line around it."""
    style = element.style
    has_border = any(style.get(f"border-{side}-width", "0px") != "0px" for side in _SIDES)
    has_sign = any(content.strip('" ') for content in (element.before, element.after))
    has_picture = style.get("background-image", "none") != "none"
    return has_border or has_sign or has_picture or style.get("outline-style", "none") != "none"


_LOOK = "width: 44px; height: 24px; background: #036; border-radius: 12px"

CHECK = Check(
    id="lost-in-forced-colours",
    title=Text("端末の配色で消える部品", "Lost in the device's colours"),
    help=Text(
        "border: 2px solid transparent のように枠線を付けると、端末の配色でも見えます。",
        "Give it a border, such as `2px solid transparent`: it shows in any colours.",
    ),
    criteria=(),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        f'<button role="switch" aria-checked="true" aria-label="通知" style="{_LOOK}; border: 2px solid transparent"></button>',
        f'<button style="{_LOOK}; border: 0; color: #fff">入</button>',
        '<button aria-label="通知"></button>',
    ),
    bad=(
        f'<button role="switch" aria-checked="true" aria-label="通知" style="{_LOOK}; border: 0"></button>',
        f'<span role="switch" aria-checked="true" tabindex="0" aria-label="通知" style="display: inline-block; {_LOOK}"></span>',
    ),
    weight=Weight.WARNING,
)
