"""A video whose sights and sounds cannot be read (ACT rule 1a02b0; WCAG 2.2, 1.2.8)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._media import (
    facts,
    has_transcript_link,
    is_offered,
    is_said_to_repeat_a_text,
    text_beside,
    tone,
)
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text, Weight


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Videos that can be played and sound."""
    for video in page.elements("video"):
        is_background = video.has("muted") and not video.has("controls")
        is_met = video.is_rendered and is_offered(video) and not is_background
        if is_met and facts(video, page).get("sounds"):
            yield video


def _expectation(video: Element, page: Snapshot) -> Fault | None:
    if has_transcript_link(page) or text_beside(video):
        return None
    if is_said_to_repeat_a_text(page):
        return None
    return Fault(
        Text(
            "動画で話すことと映ることを、文章で読めません。",
            "What the video says and shows cannot be read anywhere.",
        )
    )


_SOUND = tone(1)

CHECK = Check(
    id="video-without-transcript",
    title=Text("文章で読めない動画", "A video without a transcript"),
    help=Text(
        "話す内容と映る内容を書いた文章、またはそこへのリンクを、動画のすぐ下に置いてください。",
        "Put a text of what is said and shown below the video, or a link to it.",
    ),
    criteria=("1.2.8",),
    act=("1a02b0",),
    probes=("media",),
    weight=Weight.WARNING,
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        f'<video src="{_SOUND}" controls></video><a href="/t">文字起こし</a>',
        f'<video src="{_SOUND}" controls></video><p>The video shows how to open the flood gate: '
        "turn the wheel to the left, then pull the lever until it clicks.</p>",
    ),
    bad=(f'<video src="{_SOUND}" controls></video>',),
)
