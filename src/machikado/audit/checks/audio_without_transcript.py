"""Audio that cannot be read (ACT e7aa44, 2eb176, afb423; WCAG 2.2, 1.2.1)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault, doubt
from machikado.audit.checks._media import (
    has_transcript_link,
    is_offered,
    is_said_to_repeat_a_text,
    text_beside,
    tone,
)
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Audio that can be played, beside no video that it may belong to."""
    if any(video.is_rendered for video in page.elements("video")):
        return
    for audio in page.elements("audio"):
        known = page.probes["media"].get(str(audio.index)) or {}
        if is_offered(audio) and known.get("loaded") and known.get("sounds") is not False:
            yield audio


def _expectation(audio: Element, page: Snapshot) -> Fault | None:
    if has_transcript_link(page):
        return doubt(
            "音声と同じ内容が、文字起こしに書かれていますか。",
            "Does the transcript say what the audio says?",
        )
    if is_said_to_repeat_a_text(page):
        return None
    if text_beside(audio):
        return doubt(
            "音声の内容が、そばの文章にすべて書かれていますか。",
            "Does the text beside it hold all that the audio says?",
        )
    return Fault(
        Text(
            "この音声には文字起こしがなく、聞こえない人に内容が伝わりません。",
            "This audio has no transcript: people who do not hear it learn nothing from it.",
        )
    )


_SOUND = f'<audio src="{tone(1)}" controls></audio>'

CHECK = Check(
    id="audio-without-transcript",
    title=Text("文字起こしのない音声", "Audio without a transcript"),
    help=Text(
        "話している内容をそのまま書いた文章か、「文字起こし」へのリンクを、音声のすぐ下に置いてください。",
        "Put the words that are spoken right below it, or a link called “Transcript”.",
    ),
    criteria=("1.2.1",),
    act=("e7aa44", "2eb176", "afb423"),
    probes=("media",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        f'{_SOUND}<a href="/t">文字起こし</a>',
        f"{_SOUND}<p>この音声の内容: 明日の午前9時から、公民館で給水を行います。"
        "水を入れる容器を持ってきてください。車では来ないでください。問い合わせは水道課へ。</p>",
        f"{_SOUND}<p>The audio above says: water is handed out at the town hall from nine in the "
        "morning. Bring your own bottles, and do not come by car.</p>",
        f'<audio src="{tone(1)}"></audio>',
    ),
    bad=(
        _SOUND,
        f"<p>市長のあいさつ</p>{_SOUND}",
        f'{_SOUND}<p aria-hidden="true">The audio above says: water is handed out at the town hall '
        "from nine in the morning. Bring your own bottles.</p>",
    ),
)
