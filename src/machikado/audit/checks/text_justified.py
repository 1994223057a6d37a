"""Justified text with torn gaps (WCAG 1.4.8)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._running_text import LONG_EN, LONG_JA, UNSPACED, size_of, texts
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_JUSTIFIED_LENGTH = 160


def _applies_to(page: Snapshot) -> Iterator[Element]:
    for element, text in texts(page):
        # Japanese and Chinese have no gaps between words that could be torn open.
        if size_of(text) >= _JUSTIFIED_LENGTH and len(UNSPACED.findall(text)) < len(text) * 0.1:
            yield element


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    if element.style.get("text-align") != "justify":
        return None
    return Fault(
        Text(
            "両端をそろえた文章は、言葉の間が不ぞろいに空いて読みにくくなります。",
            "Justified text has uneven gaps between words, which makes it hard to read.",
        )
    )


CHECK = Check(
    id="text-justified",
    title=Text("両端をそろえた文章", "Justified text"),
    help=Text("text-align: justify をやめてください。", "Take `text-align: justify` away."),
    criteria=("1.4.8",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(f'<p lang="en">{LONG_EN}</p>', f"<p style='text-align: justify'>{LONG_JA}</p>"),
    bad=(f'<p lang="en" style="text-align: justify">{LONG_EN}</p>',),
)
