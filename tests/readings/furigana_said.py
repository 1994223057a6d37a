"""Furigana written so that a test can say what it expects: 市役所(しやくしょ)に行(い)く。"""

from __future__ import annotations

from collections.abc import Sequence

from machikado.readings.kana import hiragana
from machikado.readings.segment import Segment


def said(segments: Sequence[Segment]) -> str:
    return "".join(s.surface + (f"({s.reading})" if s.reading else "") for s in segments)


def said_between(segments: Sequence[Segment], start: int, end: int) -> str | None:
    """What is read between two places in characters; None if furigana reaches across one of them."""
    told, at = "", 0
    for segment in segments:
        last = at + len(segment.surface)
        if segment.reading is None:
            told += hiragana(segment.surface[max(start - at, 0) : max(end - at, 0)])
        elif start <= at and last <= end:
            told += segment.reading
        elif at < end and start < last:
            return None
        at = last
    return told
