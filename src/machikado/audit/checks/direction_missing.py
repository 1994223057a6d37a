"""Arabic or Hebrew text that runs the wrong way (WCAG 1.3.2; H34, H56)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._language import passages, scripts
from machikado.audit.snapshot import Element, Snapshot, TextRun
from machikado.vocabulary import Text

_FROM_RIGHT = re.compile(r"[\u0590-\u08ff]")


def _applies_to(page: Snapshot) -> Iterator[Element]:
    if not any(_FROM_RIGHT.search(n.text) for n in page.nodes if isinstance(n, TextRun)):
        return
    for element, text in passages(page):
        counts = scripts(text or element.text)
        from_right = counts["ARABIC"] + counts["HEBREW"]
        if from_right >= 6 and from_right > sum(counts.values()) * 0.7:
            yield element


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    if element.style.get("direction") == "rtl":
        return None
    if all(part.style.get("direction") == "rtl" for part in element.parts) and element.parts:
        return None
    return Fault(
        Text(
            f"「{element.text[:30]}」は右から左に書く文字ですが、向きが指定されていません。",
            f"“{element.text[:30]}” is written from right to left but its direction is not set.",
        )
    )


CHECK = Check(
    id="direction-missing",
    title=Text("右から左に書く文字の向き", "Text from right to left without its direction"),
    help=Text('dir="rtl" を付けてください。', 'Add dir="rtl".'),
    criteria=("1.3.2",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<p lang="ar" dir="rtl">مرحبا بكم في مدينتنا</p>',
        '<p><span lang="ar" dir="rtl">مرحبا بكم في مدينتنا</span></p>',
        "<p>アラビア語で「مرحبا」と言います。</p>",
    ),
    bad=(
        '<p lang="ar">مرحبا بكم في مدينتنا</p>',
        '<p lang="he">ברוכים הבאים לעיר שלנו</p>',
    ),
)
