"""Text that gets hard to read under the pointer or with the focus (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from machikado.audit.check import Check, Fault
from machikado.audit.contrast import colour_of, contrast
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_LARGE, _BOLD = 24.0, 18.66
"""Pixels from which letters are large: 18 points, or 14 of bold (WCAG, "large scale")."""
_STATES = {
    "hover": Text("マウスを重ねる", "under the pointer"),
    "focus": Text("キーボードで選ぶ", "with the focus"),
}


def _states(page: Snapshot) -> Iterator[tuple[Element, Mapping[str, Any]]]:
    for state in page.probes["states"].get("states", ()):
        element = page.element(state["index"])
        if (
            element is not None
            and element.is_rendered
            and element.shown_text
            and not element.closest("svg")
        ):
            yield element, state


def _applies_to(page: Snapshot) -> Iterator[Element]:
    return iter({element.index: element for element, _ in _states(page)}.values())


def _expectation(element: Element, page: Snapshot) -> Iterator[Fault]:
    for other, state in _states(page):
        if other is not element:
            continue
        is_large = state["size"] >= (_BOLD if state["weight"] >= 700 else _LARGE)
        needed = 3.0 if is_large else 4.5
        before = _ratio(state["plain_colour"], state["plain_background"])
        now = _ratio(state["colour"], state["background"])
        # Text that is faint in every state is axe's to name.
        if now is None or now >= needed or (before is not None and before < needed):
            continue
        when = _STATES[state["state"]]
        yield Fault(
            Text(
                f"{when.ja}と、文字が薄くて読みにくくなります（{now:.1f}対1、必要なのは{needed:g}対1）。",
                f"The text gets too faint {when.en} ({now:.1f}:1, needed {needed:g}:1).",
            )
        )


def _ratio(front: str, back: str | None) -> float | None:
    colour, ground = colour_of(front), colour_of(back or "")
    return contrast(colour, ground) if colour and ground else None


CHECK = Check(
    id="faint-text-in-state",
    title=Text("選ぶと読みにくくなる文字", "Text that gets faint when pointed at or focused"),
    help=Text(
        ":hover と :focus の文字の色と背景の色に、4.5対1以上の差を付けてください。",
        "Give the colours of :hover and :focus a contrast of 4.5:1 or more.",
    ),
    criteria=("1.4.3",),
    applies_to=_applies_to,
    expectation=_expectation,
    probes=("states",),
    good=(
        "<style>a { color: #036 } a:hover { color: #024; background: #def }</style><a href='#a'>手続き</a>",
        "<style>.c:hover { background: #eee }</style><div class='c'><a href='#a'>手続き</a></div>",
        "<style>h2 a:hover { color: #777 } a { font-size: 32px }</style><h2><a href='#a'>手続き</a></h2>",
        "<style>a { color: #ccc } a:hover { color: #bbb }</style><p style='background: #fff'><a href='#a'>手続き</a></p>",
        "<style>@media (max-width: 10px) { a:hover { color: #eee } }</style><a href='#a'>手続き</a>",
        "<style>a:hover { color: #eee } a:hover { color: #036 }</style><a href='#a'>手続き</a>",
    ),
    bad=(
        "<style>a { color: #036 } a:hover { color: #aaa }</style><p style='background: #fff'><a href='#a'>手続き</a></p>",
        "<style>a { color: #036 } a:focus { color: #fff; background: #fd0 }</style><a href='#a'>手続き</a>",
        "<style>.c { background: #fff } .c:hover { background: #036 } .c p { color: #222 }</style>"
        "<div class='c'><p>手続き</p></div>",
    ),
)
