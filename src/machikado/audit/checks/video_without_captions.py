"""A video that speaks and has no captions (ACT eac66b, f51b46, ab4d13; WCAG 2.2, 1.2.2)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault, doubt
from machikado.audit.checks._media import (
    facts,
    has_captions_of_its_own,
    is_offered,
    is_said_to_repeat_a_text,
    tone,
)
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_CAPTIONS = ("captions", "subtitles")


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Videos that can be played and sound."""
    for video in page.elements("video"):
        if video.is_rendered and is_offered(video):
            known = facts(video, page)
            is_background = video.has("muted") and not video.has("controls")
            if known and known["sounds"] is not False and not is_background:
                yield video


def _expectation(video: Element, page: Snapshot) -> Fault | None:
    known = facts(video, page)
    tracks = [track for track in known["tracks"] if track["kind"] in _CAPTIONS]
    if any(track["cues"] != 0 for track in tracks) or is_said_to_repeat_a_text(page):
        return None
    if known["sounds"] is None:
        return doubt(
            "この動画に話や大事な音はありますか。あれば字幕は付いていますか。",
            "Does this video speak, or have sounds that matter? If so, are there captions?",
        )
    if has_captions_of_its_own(video):
        return doubt(
            "動画の画面の中に、話と音の字幕がすべて出ますか。",
            "Does the picture itself show captions of all that is said and heard?",
        )
    if tracks:
        return Fault(
            Text(
                "字幕のファイルが空か、読み込めません。",
                "The file of captions is empty or cannot be loaded.",
            )
        )
    return Fault(
        Text(
            "この動画には音がありますが、字幕がありません。",
            "This video has sound and no captions.",
        )
    )


_SOUND = tone(1)

CHECK = Check(
    id="video-without-captions",
    title=Text("字幕のない動画", "A video without captions"),
    help=Text(
        "話と音を書いた字幕（WebVTT）を作り、"
        '<track kind="captions" src="…" srclang="ja"> を動画に入れてください。',
        "Write captions (WebVTT) of what is said and heard, and put a track of kind “captions” "
        "into the video.",
    ),
    criteria=("1.2.2",),
    act=("eac66b", "f51b46", "ab4d13"),
    probes=("media",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        f'<video src="{_SOUND}" controls><track kind="captions" default '
        'src="data:text/vtt,WEBVTT%0A%0A00:00.000 --> 00:01.000%0Aこんにちは"></video>',
        f"<p>ごみは朝8時までに、地区の集積所に出してください。資源は水曜日です。燃えるごみは月曜日と木曜日です。"
        f'同じ内容を下の動画でも見られます。</p><video src="{_SOUND}" controls></video>',
        f'<video src="{_SOUND}" autoplay muted loop></video>',
        '<video src="/missing.mp4" controls></video>',
    ),
    bad=(
        f'<video src="{_SOUND}" controls></video>',
        f'<p>The mayor speaks.</p><video src="{_SOUND}" controls>'
        '<track kind="captions" src="data:text/vtt,WEBVTT"></video>',
        f'<video src="{_SOUND}" controls></video><a href="/t">Transcript</a>',
    ),
)
