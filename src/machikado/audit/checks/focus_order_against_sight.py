"""Tab goes through a row against the way it is read (WCAG 2.2, 2.4.3, 1.3.2)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from machikado.audit.check import Check, Fault
from machikado.audit.checks._walk import stops
from machikado.audit.snapshot import Box, Element, Snapshot
from machikado.vocabulary import Text

_ENOUGH = 3
"""So many in a row that all run backwards are no accident."""


def _lists(page: Snapshot) -> Iterator[tuple[Element, list[Box]]]:
    """Where the focus stopped, by what holds the stops, in the order of Tab."""
    held: dict[Element, list[Box]] = {}
    for element, stop in stops(page):
        holder = element.parent
        while holder is not None and len(holder.parts) == 1:
            holder = holder.parent
        if holder is not None and not stop["unseen"]:
            outer = holder.parent if holder.tag in ("li", "td", "th", "dd", "dt") else holder
            held.setdefault(outer or holder, []).append(Box(*stop["box"]))
    yield from held.items()


def _applies_to(page: Snapshot) -> Iterator[Element]:
    return (holder for holder, boxes in _lists(page) if len(boxes) >= _ENOUGH)


def _expectation(holder: Element, page: Snapshot) -> Fault | None:
    boxes = next(boxes for at, boxes in _lists(page) if at is holder)
    pairs = list(pairwise(boxes))
    is_row = all(abs(one.y - two.y) < min(one.height, two.height) / 2 for one, two in pairs)
    is_column = all(abs(one.x - two.x) < 2 for one, two in pairs)
    is_rtl = holder.style.get("direction") == "rtl" or "vertical" in holder.style.get(
        "writing-mode", ""
    )
    backwards = (is_row and not is_rtl and all(two.right <= one.x + 1 for one, two in pairs)) or (
        is_column and all(two.bottom <= one.y + 1 for one, two in pairs)
    )
    if not backwards:
        return None
    return Fault(
        Text(
            "Tabキーで進む順が、見た目の並びと逆です。",
            "Tab goes through these against the order in which they are seen.",
        )
    )


CHECK = Check(
    id="focus-order-against-sight",
    title=Text("見た目と逆のフォーカス順", "Focus order against what is seen"),
    help=Text(
        "並び順を変えるスタイル（row-reverse、order、float）を外し、HTMLを見た目の順に書いてください。",
        "Take off what reorders them (row-reverse, order, float), and write the HTML in the order "
        "in which it is to be read.",
    ),
    criteria=("2.4.3",),
    applies_to=_applies_to,
    expectation=_expectation,
    probes=("keyboard",),
    good=(
        '<p><a href="#a">一</a> <a href="#b">二</a> <a href="#c">三</a></p>',
        '<ul><li><a href="#a">一</a></li><li><a href="#b">二</a></li><li><a href="#c">三</a></li></ul>',
        '<div dir="rtl"><a href="#a">א</a> <a href="#b">ב</a> <a href="#c">ג</a></div>',
    ),
    bad=(
        '<div style="display: flex; flex-direction: row-reverse"><a href="#a">一</a><a href="#b">二'
        '</a><a href="#c">三</a></div>',
        '<style>li { float: right }</style><ul><li><a href="#a">One</a></li><li><a href="#b">Two</a>'
        '</li><li><a href="#c">Three</a></li></ul>',
        '<div style="display: flex; flex-direction: column-reverse"><button>1</button><button>2'
        "</button><button>3</button></div>",
    ),
)
