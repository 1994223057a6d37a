"""A line height that readers cannot raise (ACT rule 78fd32; WCAG 2.2, 1.4.12)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._spacing import fixed_spacing, good_and_bad
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_TEXT = "市民課の窓口は、平日の午前9時から午後5時まで開いています。" * 4
_GOOD, _BAD = good_and_bad("line-height", narrow="1.2", wide="1.5", text=_TEXT)


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Of a single line nobody sees the line height."""
    for element in fixed_spacing(page, "line-height", 1.5):
        lines = float(element.style["font-size"].removesuffix("px")) * 1.9
        if any(run.box and run.box.height > lines for run in element.runs()):
            yield element


def _expectation(_element: Element, _page: Snapshot) -> Fault:
    return Fault(
        Text(
            "行の高さが文字の大きさの1.5倍より低いまま固定され、読む人が広げられません。",
            "The line height is fixed below 1.5 times the font size: readers cannot raise it.",
        )
    )


CHECK = Check(
    id="important-line-height",
    title=Text("広げられない行の高さ", "A line height that cannot be raised"),
    help=Text(
        "style 属性の line-height から !important を外してください。",
        "Take “!important” off the line-height in the style attribute.",
    ),
    criteria=("1.4.12",),
    act=("78fd32",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(*_GOOD, '<p style="line-height: 1 !important">一行だけ</p>'),
    bad=_BAD,
)
