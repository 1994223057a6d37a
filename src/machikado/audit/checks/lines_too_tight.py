"""Lines that run into each other (WCAG 1.4.8)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._running_text import LONG_EN, size_of, texts
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_TIGHT_LENGTH = 160
_TIGHT = 1.15
"""Times the letters' size: less lets lines run into each other (1.4.8 asks for 1.5)."""


def _applies_to(page: Snapshot) -> Iterator[Element]:
    for element, text in texts(page):
        size = float(element.style.get("font-size", "16px").removesuffix("px") or 16)
        if size_of(text) >= _TIGHT_LENGTH and element.box and element.box.height > 2 * size:
            yield element


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    height = element.style.get("line-height", "normal")
    size = float(element.style.get("font-size", "16px").removesuffix("px") or 16)
    if not height.endswith("px") or float(height.removesuffix("px")) > _TIGHT * size:
        return None
    return Fault(
        Text(
            "行の間が狭すぎて、次の行を見失いやすくなっています。",
            "The lines stand too close together to be told apart with ease.",
        )
    )


CHECK = Check(
    id="lines-too-tight",
    title=Text("狭すぎる行間", "Lines too close together"),
    help=Text("line-height を1.5以上にしてください。", "Give it a line-height of 1.5 or more."),
    criteria=("1.4.8",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        f'<p lang="en">{LONG_EN}</p>',
        f'<p lang="en" style="line-height: 1.5; width: 300px">{LONG_EN}</p>',
    ),
    bad=(f'<p lang="en" style="line-height: 1; width: 300px">{LONG_EN}</p>',),
)
