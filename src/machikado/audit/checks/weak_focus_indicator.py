"""The line around what has the focus hardly shows (WCAG 2.2, 1.4.11, 2.4.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._walk import stop_at, stops
from machikado.audit.contrast import behind, colour_of, contrast
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_NEEDED = 3.0
_OUTLINE = re.compile(r"(-?[\d.]+)px ([\d.]+)px (solid|dotted|dashed|double) (rgb.*)")


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """What shows the focus by an outline of its own colour alone."""
    for element, stop in stops(page):
        if stop["changed"] == ["0:outline"] and _OUTLINE.fullmatch(stop["outline"]):
            yield element


def _expectation(element: Element, page: Snapshot) -> Fault | None:
    found = _OUTLINE.fullmatch(stop_at(element, page)["outline"])
    line = colour_of(found[4]) if found else None
    outside = behind(element.parent)
    if found is None or line is None or outside is None or float(found[1]) < 0:
        return None
    ratio = contrast(line, outside)
    if ratio >= _NEEDED:
        return None
    own = behind(element)
    if own is not None and float(found[1]) == 0 and contrast(line, own) >= _NEEDED:
        return None
    return Fault(
        Text(
            f"キーボードで選んだときの枠線が薄すぎます（{ratio:.1f}対1、必要なのは3対1）。",
            f"The outline that shows the focus is too faint ({ratio:.1f}:1, needed 3:1).",
        )
    )


CHECK = Check(
    id="weak-focus-indicator",
    title=Text("薄すぎる枠線", "A faint focus outline"),
    help=Text(
        "背景との明暗の差が3対1以上ある色を、枠線（outline）に使ってください。",
        "Give the outline a colour with a contrast of at least 3:1 to what is around it.",
    ),
    criteria=("1.4.11",),
    applies_to=_applies_to,
    expectation=_expectation,
    probes=("keyboard",),
    good=(
        '<a href="#a">手続き</a>',
        "<style>a:focus { outline: 3px solid #005 }</style><a href='#a'>手続き</a>",
        "<style>a:focus { outline: 3px solid #fd0; background: #fd0 }</style><a href='#a'>Parks</a>",
        "<style>main { background: #000; color: #fff } a { color: #fff } a:focus { outline: 2px solid "
        "#fff }</style><a href='#a'>施設</a>",
    ),
    bad=(
        "<style>a:focus { outline: 1px solid #eee }</style><a href='#a'>手続き</a>",
        "<style>button:focus { outline: 2px dotted #ccc; outline-offset: 2px }</style>"
        "<button>Apply</button>",
    ),
)
