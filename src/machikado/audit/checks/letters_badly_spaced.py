"""Letters or words that run into each other, or are drawn far apart."""

from __future__ import annotations

from machikado.audit.check import Check, Fault
from machikado.audit.checks._running_text import LONG_EN, LONG_JA, UNSPACED, long_texts, pixels
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_SQUEEZED, _SPREAD = 0.08, 0.4
"""Times the letters' size that letters are drawn together or apart beyond any taste; words twice that."""


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    """Letters or words that run into each other, or are drawn far apart."""
    size = pixels(element, "font-size") or 16
    letters, words = pixels(element, "letter-spacing"), pixels(element, "word-spacing")
    if letters < -_SQUEEZED * size or words < -_SQUEEZED * 2 * size:
        return Fault(
            Text(
                "文字や語の間が狭すぎて、重なって見えます。",
                "The letters or words stand so close that they run together.",
            )
        )
    if letters > _SPREAD * size and len(UNSPACED.findall(element.shown_text)) == 0:
        return Fault(
            Text(
                "文字の間が広すぎて、語の切れ目が分かりません。",
                "The letters stand so far apart that words fall to pieces.",
            )
        )
    return None


CHECK = Check(
    id="letters-badly-spaced",
    title=Text("狭すぎる・広すぎる字の間", "Letters too close or too far apart"),
    help=Text(
        "letter-spacing と word-spacing の指定を外してください。",
        "Take `letter-spacing` and `word-spacing` away.",
    ),
    criteria=(),
    applies_to=long_texts,
    expectation=_expectation,
    good=(
        f'<p lang="en" style="letter-spacing: 0.12em; word-spacing: 0.16em">{LONG_EN}</p>',
        f'<p lang="en" style="letter-spacing: -0.02em">{LONG_EN}</p>',
        f'<p style="letter-spacing: .5em">{LONG_JA}</p>',
    ),
    bad=(
        f'<p lang="en" style="letter-spacing: -2px">{LONG_EN}</p>',
        f'<p lang="en" style="word-spacing: -4px">{LONG_EN}</p>',
        f'<p lang="en" style="letter-spacing: 8px">{LONG_EN}</p>',
    ),
)
