"""A page turned sideways when the device is held the other way (ACT b33eff; WCAG 2.2, 1.3.4)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_CALL = re.compile(r"([a-z0-9]+)\(([^()]*)\)", re.IGNORECASE)
_ANGLE = re.compile(r"([-+.\de]+)(deg|grad|rad|turn)?$", re.IGNORECASE)
_DEGREES = {"deg": 1.0, "grad": 0.9, "rad": 180 / math.pi, "turn": 360.0}
_SIDEWAYS = 1.5
"""So many degrees from 90 or 270 still are sideways."""


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Elements that a style sheet turns in one orientation."""
    for rule in page.probes["orientation"]:
        for number in rule["nodes"] if rule["media"] else ():
            element = page.element(number)
            if element is not None and (element.is_rendered or element.tag in ("html", "body")):
                yield element


def _expectation(element: Element, page: Snapshot) -> Fault | None:
    if element.style.get("display") == "none" or not (element.text or element.parts):
        return None
    rules = [rule for rule in page.probes["orientation"] if element.index in rule["nodes"]]
    always = any(_is_sideways(rule) for rule in rules if not rule["media"])
    for rule in rules:
        # Turned in one orientation, or turned always and set upright in one.
        if rule["media"] and _is_sideways(rule) is not always:
            return Fault(
                Text(
                    "端末の向きによって、画面が横倒しに固定されます。",
                    "It is turned sideways when the device is held upright or lying.",
                )
            )
    return None


def _is_sideways(rule: Mapping[str, Any]) -> bool:
    turned = _turn(str(rule["transform"])) + _turn_of_rotate(str(rule["rotate"]))
    return abs(turned % 180 - 90) <= _SIDEWAYS


def _turn(transform: str) -> float:
    """Degrees that a `transform` turns about the axis of sight."""
    total = 0.0
    for name, given in _CALL.findall(transform):
        values = [value.strip() for value in given.split(",")]
        match name.lower():
            case "rotate" | "rotatez":
                total += _angle(values[0])
            case "rotate3d" if len(values) == 4 and values[:2] == ["0", "0"]:
                total += _angle(values[3])
            case "matrix" | "matrix3d" if len(values) >= 2:
                total += _angle_between(values[0], values[1])
    return total


def _turn_of_rotate(rotate: str) -> float:
    """Degrees of the property `rotate`: an angle, with an axis before it or not."""
    words = rotate.split()
    if len(words) == 2 and words[0].lower() in "xy":
        return 0.0
    if len(words) == 4 and words[:2] != ["0", "0"]:
        return 0.0
    return _angle(words[-1] if words and words[-1].lower() != "z" else (words or [""])[0])


def _angle(written: str) -> float:
    found = _ANGLE.match(written.strip())
    try:
        return float(found[1]) * _DEGREES[(found[2] or "deg").lower()] if found else 0.0
    except ValueError:
        return 0.0


def _angle_between(a: str, b: str) -> float:
    try:
        return math.degrees(math.atan2(float(b), float(a)))
    except ValueError:
        return 0.0


def _page(style: str) -> str:
    return (
        f'<!doctype html><html lang="ja"><title>横倒し</title><style>{style}</style>'
        "<body><main><h1>お知らせ</h1></main></body></html>"
    )


CHECK = Check(
    id="turned-with-device",
    title=Text("端末の向きで横倒しになるページ", "A page that turns against the device"),
    help=Text(
        "@media (orientation: …) の中の回転（rotate）をやめ、縦でも横でも読めるようにしてください。",
        "Remove the rotation from the orientation media query; let it be read upright and lying.",
    ),
    criteria=("1.3.4",),
    act=("b33eff",),
    probes=("orientation",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        _page("@media (orientation: portrait) { html { transform: rotateZ(1turn) } }"),
        _page("@media (orientation: portrait) { body { transform: translateX(9px) } }"),
        _page("h1 { transform: rotate(90deg) }"),
        _page("h1 { rotate: 90deg } @media (orientation: landscape) { h1 { rotate: 270deg } }"),
    ),
    bad=(
        _page("@media (orientation: portrait) { body { transform: rotate(90deg) } }"),
        _page("@media (orientation: landscape) { html { rotate: 270deg } }"),
        _page("main { rotate: 90deg } @media (orientation: landscape) { main { rotate: none } }"),
        _page("@media (orientation: portrait) { body { transform: matrix(0,-1,1,0,0,0) } }"),
    ),
)
