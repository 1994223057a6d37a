"""A word taken apart: which of its characters furigana stands over, and what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from machikado.readings.kana import BASE, has_kanji, hiragana


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a sentence with its reading in hiragana, or None where nothing is to be added.

    The surfaces of a sentence's segments, joined, are the sentence. `name`: a proper name that many
    readers cannot be expected to know how to read.
    """

    surface: str
    reading: str | None = None
    name: bool = False


@lru_cache(maxsize=65536)
def split(surface: str, reading: str) -> tuple[Segment, ...] | None:
    """`surface` with its kana outside the furigana: 取り扱い, とりあつかい → 取(と) り 扱(あつか) い.

    The kana written in the word are anchors that have to come again in the reading. Of several
    ways to fit, the one with the most even share of kana for each kanji is taken. None if the
    reading does not fit the word.
    """
    if surface and not has_kanji(surface):
        return (Segment(surface),)
    pieces = _pieces(surface)
    if not reading or not any(is_base for _, is_base in pieces):
        return None
    if len(pieces) == 1:
        return (Segment(surface, reading),)
    ways = _fit(pieces, reading)
    if not ways:
        # Latin letters or digits in a word (1人, Ｗ杯) have no kana to hold on to.
        return None if _only_kana_between(pieces) else (Segment(surface, reading),)
    best = min(ways, key=lambda way: _unevenness(pieces, way))
    return tuple(
        Segment(text, kana if is_base else None)
        for (text, is_base), kana in zip(pieces, best, strict=True)
    )


def ways_to_split(surface: str, reading: str) -> int:
    """In how many ways the kana of the word fit its reading; 1: there is nothing to choose."""
    return len(_fit(_pieces(surface), reading))


def _pieces(surface: str) -> list[tuple[str, bool]]:
    """Runs of kanji (True) and what stands between them (False)."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for match in BASE.finditer(surface):
        if match.start() > at:
            pieces.append((surface[at : match.start()], False))
        pieces.append((match.group(), True))
        at = match.end()
    if at < len(surface):
        pieces.append((surface[at:], False))
    return pieces


def _fit(pieces: list[tuple[str, bool]], reading: str) -> list[tuple[str, ...]]:
    """Every way to give each piece a part of the reading, at least one kana a kanji run."""
    if not pieces:
        return [()] if not reading else []
    (text, is_base), rest = pieces[0], pieces[1:]
    if not is_base:
        written = hiragana(text)
        if not reading.startswith(written):
            return []
        return [(written, *way) for way in _fit(rest, reading[len(written) :])]
    if not rest:
        return [(reading,)] if reading else []
    return [
        (reading[:length], *way)
        for length in range(1, len(reading))
        for way in _fit(rest, reading[length:])
    ]


def _unevenness(pieces: list[tuple[str, bool]], way: tuple[str, ...]) -> float:
    shares = [
        len(kana) / len(text) for (text, is_base), kana in zip(pieces, way, strict=True) if is_base
    ]
    return max(shares) - min(shares)


_KANA = re.compile(r"[ぁ-ゖァ-ヺー・]+")


def _only_kana_between(pieces: list[tuple[str, bool]]) -> bool:
    return all(is_base or _KANA.fullmatch(text) for text, is_base in pieces)
