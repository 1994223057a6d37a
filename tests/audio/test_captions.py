"""WebVTT as the specification has it, read back by a parser that is not ours."""

from __future__ import annotations

import re

from machikado.audio.captions import Cue, write_captions

_CUE = re.compile(
    r"^(?P<id>[^\n]+)\n(?P<start>\d{2,}:[0-5]\d:[0-5]\d\.\d{3}) --> "
    r"(?P<end>\d{2,}:[0-5]\d:[0-5]\d\.\d{3})\n(?P<text>[^\n]+)$"
)


def test_times_are_hours_minutes_seconds_and_thousandths() -> None:
    written = write_captions([Cue(59.9996, 3661.5, "文", "p:1")], "ja")
    assert "1 p:1\n00:01:00.000 --> 01:01:01.500\n文\n" in written


def test_every_block_after_the_head_is_a_cue_whatever_the_words_are() -> None:
    hostile = ["a --> b", "1 < 2 & 3", "二行\n\n目", "NOTE", "STYLE", "\x00-->"]
    cues = [Cue(n, n + 0.5, text, "li:2") for n, text in enumerate(hostile)]
    head, note, *blocks = write_captions(cues, "ja").rstrip("\n").split("\n\n")
    assert (head, note) == ("WEBVTT", "NOTE lang=ja")
    found = [_CUE.match(block) for block in blocks]
    assert None not in found
    assert [match["text"] for match in found if match] == [
        "a --&gt; b",
        "1 &lt; 2 &amp; 3",
        "二行 目",
        "NOTE",
        "STYLE",
        " --&gt;",
    ]
