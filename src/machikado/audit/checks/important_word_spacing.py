"""Word spacing that readers cannot widen (ACT rule 9e45ec; WCAG 2.2, 1.4.12)."""

from __future__ import annotations

from machikado.audit.check import Check, Fault
from machikado.audit.checks._spacing import fixed_spacing, good_and_bad
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_GOOD, _BAD = good_and_bad("word-spacing", narrow="0.1em", wide="0.16em")


def _expectation(_element: Element, _page: Snapshot) -> Fault:
    return Fault(
        Text(
            "語の間隔が文字の大きさの0.16倍より狭いまま固定され、読む人が広げられません。",
            "The word spacing is fixed below 0.16 times the font size: readers cannot widen it.",
        )
    )


CHECK = Check(
    id="important-word-spacing",
    title=Text("広げられない語の間隔", "Word spacing that cannot be widened"),
    help=Text(
        "style 属性の word-spacing から !important を外してください。",
        "Take “!important” off the word-spacing in the style attribute.",
    ),
    criteria=("1.4.12",),
    act=("9e45ec",),
    applies_to=lambda page: fixed_spacing(page, "word-spacing", 0.16),
    expectation=_expectation,
    good=_GOOD,
    bad=_BAD,
)
