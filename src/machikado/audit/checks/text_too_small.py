"""Letters that nobody reads with ease."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._running_text import LONG_EN, size_of, texts
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_SMALL = 10.0
"""Pixels: nobody reads smaller letters with ease."""
_SMALL_LENGTH = 12
_NARROW = 600


def _applies_to(page: Snapshot) -> Iterator[Element]:
    # Letters that shrink with the window are another fault (`text-that-does-not-grow`).
    if page.viewport[0] < _NARROW:
        return
    for element, text in texts(page):
        if size_of(text) >= _SMALL_LENGTH and element.closest("sup", "sub", "rt") is None:
            yield element


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    pixels = float(element.style.get("font-size", "16px").removesuffix("px") or 16)
    if not 1 < pixels <= _SMALL:
        return None
    return Fault(
        Text(
            f"文字が小さすぎます（{pixels:g}ピクセル）。",
            f"The letters are too small ({pixels:g} pixels).",
        )
    )


CHECK = Check(
    id="text-too-small",
    title=Text("小さすぎる文字", "Text that is too small"),
    help=Text("16ピクセル（1rem）くらいにしてください。", "Make it some 16 pixels (1rem)."),
    criteria=(),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        f'<p lang="en" style="font-size: 14px">{LONG_EN}<sup>1</sup></p>',
        "<p style='font-size: 0'>間のない部品</p>",
    ),
    bad=(f'<p lang="en" style="font-size: 9px">{LONG_EN}</p>',),
)
