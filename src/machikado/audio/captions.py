"""WebVTT: when each sentence is heard (W3C WebVTT: The Web Video Text Tracks Format)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cue:
    """One sentence: seconds from the beginning, its words, and the element it stands in."""

    start: float
    end: float
    text: str
    place: str


def write_captions(cues: Iterable[Cue], lang: str) -> str:
    """The cues as a WebVTT file; a cue's identifier is its number and its place (`12 p:3`).

    >>> print(write_captions([Cue(0, 1.5, "3 < 5", "p:1")], "ja"))
    WEBVTT
    <BLANKLINE>
    NOTE lang=ja
    <BLANKLINE>
    1 p:1
    00:00:00.000 --> 00:00:01.500
    3 &lt; 5
    <BLANKLINE>
    """
    blocks = ["WEBVTT\n", f"NOTE lang={lang}\n"]
    for number, cue in enumerate(cues, 1):
        blocks.append(
            f"{number} {cue.place}\n{_time(cue.start)} --> {_time(cue.end)}\n{_text(cue.text)}\n"
        )
    return "\n".join(blocks)


def _time(seconds: float) -> str:
    """Section 4.1, 'WebVTT timestamp': hours, minutes, seconds, thousandths."""
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"


def _text(text: str) -> str:
    """Section 4.2.2, 'WebVTT cue text': no markup, no blank line, no arrow."""
    line = re.sub(r"[\s\x00]+", " ", text)
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
