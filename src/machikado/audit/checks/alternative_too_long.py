"""An alternative text that is an article of its own (WCAG 2.2, 1.1.1, G94)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._images import alternative, images
from machikado.audit.checks._media import length
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text, Weight

_LONG = 200
"""Letters, each kana or kanji counting as two: some 20 seconds of listening."""


def _applies_to(page: Snapshot) -> Iterator[Element]:
    for image in images(page):
        if image.is_exposed and alternative(image):
            yield image


def _expectation(image: Element, _page: Snapshot) -> Fault | None:
    said = alternative(image)
    if length(said) <= _LONG:
        return None
    return Fault(
        Text(
            f"代替テキストが{len(said)}文字あります。読み上げでは途中で止めたり戻ったりできません。",
            f"Its alternative text has {len(said)} characters; a listener cannot skip or go back.",
        )
    )


CHECK = Check(
    id="alternative-too-long",
    title=Text("長すぎる代替テキスト", "An alternative text that is too long"),
    help=Text(
        "alt には要点だけを書き、詳しい説明は本文に文章や表で書いてください。",
        "Keep to the point, and put the details into the page as text or a table.",
    ),
    criteria=("1.1.1",),
    weight=Weight.WARNING,
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<img src="a.png" alt="施設の使用料を、午前・午後・夜間の区分ごとに示した表。詳しい金額は下の表のとおり">',
        f'<img src="a.png" alt="{"word " * 30}">',
    ),
    bad=(
        f'<img src="a.png" alt="{"市民課は一階の右奥にあります。" * 10}">',
        f'<img src="a.png" alt="{"Take the second door on the left. " * 9}">',
    ),
)
