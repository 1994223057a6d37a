"""A silent video that nobody describes (ACT c3232f, d7ba54, ee13b5, fd26cf; WCAG 2.2, 1.2.1)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault, doubt
from machikado.audit.checks._media import (
    SILENT_FILM,
    facts,
    has_transcript_link,
    is_offered,
    is_said_to_repeat_a_text,
    text_beside,
)
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Videos that can be played and have no sound."""
    for video in page.elements("video"):
        if video.is_rendered and video.is_exposed and is_offered(video):
            known = facts(video, page)
            if known and known["sounds"] is False and known.get("width"):
                yield video


def _expectation(video: Element, page: Snapshot) -> Fault | None:
    if is_said_to_repeat_a_text(page):
        return None
    has_audio = any(
        (page.probes["media"].get(str(audio.index)) or {}).get("sounds")
        for audio in page.elements("audio")
    )
    if has_audio or has_transcript_link(page) or text_beside(video):
        return doubt(
            "動画に映っていることが、そばの文章や音声ですべて分かりますか。",
            "Does the text or audio beside it tell all that the video shows?",
        )
    if not video.has("controls") and video.has("loop"):
        return doubt(
            "この動画は飾りですか。意味があるなら、映っていることを文章で書いてください。",
            "Is this video decoration? If it means something, its content must be told in words.",
        )
    return Fault(
        Text(
            "音のない動画に、映っていることの説明がありません。",
            "Nothing tells in words what this silent video shows.",
        )
    )


def _nothing(source: str) -> str:
    return f'<video controls src="{source}"></video>'


CHECK = Check(
    id="silent-video-without-words",
    title=Text("説明のない、音のない動画", "A silent video without words"),
    help=Text(
        "何が映っているかを、動画のすぐ下に文章で書くか、説明の文書へリンクしてください。",
        "Write right below it what is to be seen, or link to a text that says it.",
    ),
    criteria=("1.2.1",),
    act=("c3232f", "d7ba54", "ee13b5", "fd26cf"),
    probes=("media",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(_nothing("/missing.mp4"), "<p>動画はない</p>"),
    bad=(_nothing(SILENT_FILM),),
)
