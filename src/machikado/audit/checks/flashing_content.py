"""Something flashes more than three times a second (WCAG 2.3.1; F7, G19)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_FLASHES = 3
_AREA = 341 * 256 * 0.25
"""Square pixels that may flash: a quarter of any 10 degrees of sight (WCAG, "general flash")."""
_SEEN = {
    "opacity",
    "visibility",
    "color",
    "backgroundColor",
    "background",
    "filter",
    "backgroundImage",
    "display",
}


def _flashing(page: Snapshot) -> Iterator[tuple[Element, Mapping[str, Any]]]:
    for move in page.probes["time"].get("moving", ()):
        element = page.element(move["index"])
        if element is not None and set(move["properties"]) & _SEEN and move["duration"] > 0:
            yield element, move


def _applies_to(page: Snapshot) -> Iterator[Element]:
    return (element for element, _ in _flashing(page))


def _expectation(element: Element, page: Snapshot) -> Fault | None:
    move = next(m for e, m in _flashing(page) if e is element)
    a_second = 1000 / move["duration"]
    if a_second <= _FLASHES or move["area"] < _AREA:
        return None
    return Fault(
        Text(
            f"1秒に約{a_second:.0f}回点滅し、発作を起こす人がいます。",
            f"It flashes some {a_second:.0f} times a second, which can cause seizures.",
        )
    )


CHECK = Check(
    id="flashing-content",
    title=Text("激しい点滅", "Flashing"),
    help=Text(
        "点滅をやめるか、1秒に3回までにしてください。",
        "Take the flashing out, or keep it to three flashes a second.",
    ),
    criteria=("2.3.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    probes=("time",),
    good=(
        "<style>@keyframes f { 50% { background: #000 } } .f { animation: f 2s infinite; width: 400px; height: 300px }"
        "</style><div class='f'></div>",
        "<style>@keyframes f { 50% { opacity: 0 } } .f { animation: f .2s infinite; width: 40px; height: 40px; "
        "background: #000 }</style><div class='f'></div>",
    ),
    bad=(
        "<style>@keyframes f { 50% { background: #000 } } .f { animation: f .2s infinite; width: 400px; height: 300px }"
        "</style><div class='f'></div>",
    ),
)
