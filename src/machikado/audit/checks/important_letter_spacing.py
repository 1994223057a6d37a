"""Letter spacing that readers cannot widen (ACT rule 24afc2; WCAG 2.2, 1.4.12)."""

from __future__ import annotations

from machikado.audit.check import Check, Fault
from machikado.audit.checks._spacing import fixed_spacing, good_and_bad
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_GOOD, _BAD = good_and_bad("letter-spacing", narrow="0.1em", wide="0.12em")


def _expectation(_element: Element, _page: Snapshot) -> Fault:
    return Fault(
        Text(
            "字の間隔が文字の大きさの0.12倍より狭いまま固定され、読む人が広げられません。",
            "The letter spacing is fixed below 0.12 times the font size: readers cannot widen it.",
        )
    )


CHECK = Check(
    id="important-letter-spacing",
    title=Text("広げられない字の間隔", "Letter spacing that cannot be widened"),
    help=Text(
        "style 属性の letter-spacing から !important を外してください。",
        "Take “!important” off the letter-spacing in the style attribute.",
    ),
    criteria=("1.4.12",),
    act=("24afc2",),
    applies_to=lambda page: fixed_spacing(page, "letter-spacing", 0.12),
    expectation=_expectation,
    good=_GOOD,
    bad=_BAD,
)
