"""A video whose pictures say more than its sound (ACT c5a4ea, 1ea59c, 1ec09b; WCAG 2.2, 1.2.3, 1.2.5)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault, doubt
from machikado.audit.checks._media import facts, is_offered, is_said_to_repeat_a_text, tone
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Videos that can be played and sound."""
    for video in page.elements("video"):
        if video.is_rendered and is_offered(video) and facts(video, page).get("sounds"):
            yield video


def _expectation(_video: Element, page: Snapshot) -> Fault | None:
    if is_said_to_repeat_a_text(page):
        return None
    return doubt(
        "画面を見なくても、音だけで（または音声解説や文章で）内容が分かりますか。",
        "Can it be followed without seeing it: by its sound, by audio description, or by a text?",
    )


_SOUND = tone(1)

CHECK = Check(
    id="video-without-description",
    title=Text("音声解説の確かめ", "Is the video described in sound?"),
    help=Text(
        "映像だけで伝えていることは、話の中で言うか、音声解説を付けてください。",
        "Say in words what only the picture tells, or add audio description.",
    ),
    criteria=("1.2.3", "1.2.5"),
    act=("c5a4ea", "1ea59c", "1ec09b"),
    probes=("media",),
    only_asks=True,
    applies_to=_applies_to,
    expectation=_expectation,
    good=("<p>動画はない</p>",),
    bad=(f'<video src="{_SOUND}" controls></video>',),
)
