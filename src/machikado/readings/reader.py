"""Furigana for a sentence: the city's lexicon first, then two dictionaries, then an editor."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from itertools import pairwise
from typing import Protocol

from machikado.readings.engine import Engine, EngineMissingError, Kind, Word
from machikado.readings.grades import BEYOND, grade
from machikado.readings.judgement import Judgement, Reason, judge
from machikado.readings.kana import READING, has_kanji, katakana
from machikado.readings.lexicon import Entry, EntryKind, Lexicon
from machikado.readings.segment import Segment, split
from machikado.vocabulary import Text

_RULES = 2
"""To be raised when this package comes to read the same sentence otherwise."""

_LONGEST = 800
"""Characters given to an engine at once: longer runs without a full stop are no sentences."""


_VARIANTS = str.maketrans("髙﨑𠮷濵德栁桒槗嵜", "高崎吉浜徳柳桑橋崎")
"""Kanji of names that neither dictionary has, and those it has: 髙橋 is read like 高橋."""


class Cache(Protocol):
    """Where readings are kept between builds, by key; both are plain text."""

    def get(self, key: str) -> str | None: ...

    def put(self, key: str, value: str) -> None: ...


class MemoryCache:
    """Readings kept as long as the process."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        return self._kept.get(key)

    def put(self, key: str, value: str) -> None:
        self._kept[key] = value


@dataclass(frozen=True, slots=True)
class Given:
    """A reading that is certain: from the lexicon, or written in the text itself."""

    start: int
    end: int
    reading: str
    kind: EntryKind = EntryKind.WORD


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word for an editor to look at: what is followed, and what else it may be.

    start: its place in the sentence, in characters from 0.
    """

    sentence: str
    start: int
    surface: str
    reading: str
    other: str | None
    reason: Reason
    kind: EntryKind

    @property
    def lexicon_line(self) -> str:
        """A line for `i18n/readings.csv` that settles it as it is read now."""
        return Entry(self.surface, self.reading or "（よみ）", self.kind).line


@dataclass(frozen=True, slots=True)
class _Reading:
    segments: tuple[Segment, ...]
    doubts: tuple[Doubt, ...]


class Reader:
    """Reads sentences. Its answers are a function of the sentence and `fingerprint` alone."""

    def __init__(
        self,
        first: Engine,
        second: Engine,
        lexicon: Lexicon | None = None,
        cache: Cache | None = None,
    ) -> None:
        """first: good at running text and numbers; second: good at names."""
        self._first = first
        self._second = second
        self._lexicon = lexicon or Lexicon()
        self._cache = cache or MemoryCache()

    @property
    def fingerprint(self) -> str:
        """Changes when an engine, the lexicon or our own rules do."""
        return hashlib.sha256(f"{self._rules}\n{self._lexicon.digest}".encode()).hexdigest()

    @cached_property
    def _rules(self) -> str:
        """Changes when an engine or our own rules do."""
        rules = files(__package__).joinpath("heteronyms.csv").read_bytes()
        parts = (
            str(_RULES),
            hashlib.sha256(rules).hexdigest(),
            self._first.version,
            self._second.version,
        )
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def readings(self, sentence: str, given: Sequence[Given] = ()) -> tuple[Segment, ...]:
        """The sentence in segments; their surfaces, joined, are the sentence.

        given: readings written in the text for this one place, in order, without overlap.
        """
        return self._read(sentence, tuple(given)).segments

    def doubts(self, sentence: str, given: Sequence[Given] = ()) -> tuple[Doubt, ...]:
        """What an editor should look at, from left to right."""
        return self._read(sentence, tuple(given)).doubts

    def _read(self, sentence: str, given: tuple[Given, ...]) -> _Reading:
        if not has_kanji(sentence):
            return _Reading((Segment(sentence),) if sentence else (), ())
        key = self._key(sentence, given)
        kept = self._cache.get(key)
        if kept is not None:
            return _loads(sentence, kept)
        reading = self._read_afresh(sentence, given)
        self._cache.put(key, _dumps(reading))
        return reading

    def _key(self, sentence: str, given: tuple[Given, ...]) -> str:
        # Of the lexicon only what stands in the sentence: an entry more, and all others stay read.
        entries = (repr(match) for match in self._lexicon.matches(sentence))
        told = "\0".join((self._rules, sentence, *map(repr, given), *entries))
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()

    def _read_afresh(self, sentence: str, given: tuple[Given, ...]) -> _Reading:
        words: list[Word] = []
        doubts: list[Doubt] = []
        sure: list[Given] = []
        plain = sentence.translate(_VARIANTS)
        for start, end in _pieces(sentence, given):
            piece = plain[start:end]
            here = [
                Given(g.start - start, g.end - start, g.reading, g.kind)
                for g in given
                if start <= g.start and g.end <= end
            ]
            certain, judgement = self._judged(piece, here)
            sure += [Given(start + g.start, start + g.end, g.reading, g.kind) for g in certain]
            words += [w._replace(start=start + w.start, end=start + w.end) for w in judgement.words]
            for question in judgement.questions:
                surface = sentence[start + question.start : start + question.end]
                kinds = [
                    word.kind
                    for word in judgement.words
                    if question.start <= word.start < question.end
                ]
                doubts.append(
                    Doubt(
                        sentence,
                        start + question.start,
                        surface,
                        question.reading,
                        question.other,
                        question.reason,
                        _entry_kind(kinds),
                    )
                )
        return _Reading(_segments(sentence, words, sure, doubts), tuple(doubts))

    def _judged(self, sentence: str, given: list[Given]) -> tuple[list[Given], Judgement]:
        """What is certain and, of the rest of the sentence, what the engines make of it.

        Where they read a word of the lexicon as it stands there they are believed as they are.
        Elsewhere the word is put to them again in katakana: they cannot misread it, and what
        stands beside it (市 in 盛岡市内丸) is no longer drawn into a wrong word.
        """
        judgement = judge(sentence, self._first, self._second)
        found = [*given, *self._from_lexicon(sentence, given)]
        if not found:
            return [], judgement
        found.sort(key=lambda g: g.start)
        if all(_is_read_so(judgement, g) for g in found):
            return found, _without(judgement, found)
        spelt, origin = _spelt(sentence, found)
        again = judge(spelt, self._first, self._second)
        return found, _without(_moved(again, origin), found)

    def _from_lexicon(self, sentence: str, given: list[Given]) -> list[Given]:
        """The lexicon's words in the sentence, but not where they are a part of a longer word."""
        matches = [
            match
            for match in self._lexicon.matches(sentence)
            if not any(g.start < match.end and match.start < g.end for g in given)
        ]
        if not matches:
            return []
        words = self._second.words(sentence)
        return [
            Given(match.start, match.end, match.entry.reading, match.entry.kind)
            for match in matches
            if not self._is_part(sentence, match.start, match.end, words)
        ]

    def _is_part(self, sentence: str, start: int, end: int, words: Sequence[Word]) -> bool:
        """Whether the place lies within one word of the dictionary, across its joints."""
        for word in words:
            if word.start <= start and end <= word.end and word.end - word.start > end - start:
                units = self._second.units(sentence, word)
                edges = {edge for unit in units for edge in (unit.start, unit.end)}
                return word.known and not {start, end} <= edges
        return False


_STOP = re.compile(r"[。．！？!?\n、，,・；;：:\s]")


def _pieces(sentence: str, given: Iterable[Given]) -> Iterator[tuple[int, int]]:
    """The sentence, or what of it can be read at once, cut at punctuation where possible."""
    start = 0
    held = [(g.start, g.end) for g in given]
    while len(sentence) - start > _LONGEST:
        stops = [m.end() for m in _STOP.finditer(sentence, start + 1, start + _LONGEST)]
        end = stops[-1] if stops else start + _LONGEST
        for first, last in held:
            if first < end < last:
                end = first if first > start else last
        yield start, end
        start = end
    yield start, len(sentence)


def _is_read_so(judgement: Judgement, given: Given) -> bool:
    """Whether the engines' words fill the place exactly and say the same."""
    inside = [w for w in judgement.words if w.start < given.end and given.start < w.end]
    return (
        bool(inside)
        and inside[0].start == given.start
        and inside[-1].end == given.end
        and all(left.end == right.start for left, right in pairwise(inside))
        and "".join(word.reading for word in inside) == given.reading
    )


def _spelt(sentence: str, given: Sequence[Given]) -> tuple[str, list[int]]:
    """The sentence with each given place in katakana, and where each character came from."""
    spelt: list[str] = []
    origin: list[int] = []
    at = 0
    for g in given:
        spelt.append(sentence[at : g.start])
        origin += range(at, g.start)
        kana = katakana(g.reading)
        spelt.append(kana)
        origin += [g.start, *[g.end] * (len(kana) - 1)]
        at = g.end
    spelt.append(sentence[at:])
    origin += range(at, len(sentence) + 1)
    return "".join(spelt), origin


def _moved(judgement: Judgement, origin: Sequence[int]) -> Judgement:
    """The judgement with its places counted in the sentence as it was written."""
    return Judgement(
        tuple(w._replace(start=origin[w.start], end=origin[w.end]) for w in judgement.words),
        tuple(
            type(q)(origin[q.start], origin[q.end], q.reading, q.other, q.reason)
            for q in judgement.questions
        ),
    )


def _without(judgement: Judgement, given: Sequence[Given]) -> Judgement:
    """The judgement on what is not given."""

    def is_free(start: int, end: int) -> bool:
        return not any(g.start < end and start < g.end for g in given)

    return Judgement(
        tuple(w for w in judgement.words if is_free(w.start, w.end)),
        tuple(q for q in judgement.questions if is_free(q.start, q.end)),
    )


def _entry_kind(kinds: Sequence[Kind]) -> EntryKind:
    if any(kind.is_person for kind in kinds):
        return EntryKind.PERSON
    return EntryKind.PLACE if Kind.PLACE in kinds else EntryKind.WORD


def _segments(
    sentence: str, words: Sequence[Word], given: Sequence[Given], doubts: Sequence[Doubt]
) -> tuple[Segment, ...]:
    unsure = {at for d in doubts for at in range(d.start, d.start + len(d.surface))}
    pieces: list[tuple[int, int, str, bool]] = [
        (g.start, g.end, g.reading, g.kind in (EntryKind.PLACE, EntryKind.PERSON)) for g in given
    ]
    for word in words:
        hard = word.kind.is_name and (
            word.start in unsure or grade(sentence[word.start : word.end]) == BEYOND
        )
        pieces.append((word.start, word.end, word.reading, hard))
    segments: list[Segment] = []
    plain = 0
    for start, end, reading, name in sorted(pieces):
        parts = split(sentence[start:end], reading) if READING.fullmatch(reading) else None
        if start < plain or parts is None:
            continue
        at = start
        for part in parts:
            if part.reading:
                if at > plain:
                    segments.append(Segment(sentence[plain:at]))
                plain = at + len(part.surface)
                segments.append(Segment(part.surface, part.reading, name))
            at += len(part.surface)
    if plain < len(sentence):
        segments.append(Segment(sentence[plain:]))
    return tuple(segments)


def _dumps(reading: _Reading) -> str:
    return json.dumps(
        [
            [[s.surface, s.reading, s.name] for s in reading.segments],
            [
                [d.start, d.surface, d.reading, d.other, d.reason.value, d.kind.value]
                for d in reading.doubts
            ],
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _loads(sentence: str, kept: str) -> _Reading:
    segments, doubts = json.loads(kept)
    return _Reading(
        tuple(Segment(surface, reading, name) for surface, reading, name in segments),
        tuple(
            Doubt(sentence, start, surface, reading, other, Reason(reason), EntryKind(kind))
            for start, surface, reading, other, reason, kind in doubts
        ),
    )


def open_reader(lexicon: Lexicon | None = None, cache: Cache | None = None) -> Reader | Text:
    """A reader with both engines, or what to tell once where one of them is not installed."""
    from machikado.readings.openjtalk import OpenJTalk
    from machikado.readings.sudachi import Sudachi

    try:
        return Reader(OpenJTalk(), Sudachi(), lexicon, cache)
    except EngineMissingError as error:
        return Text(
            f"{error} がインストールされていないため、ふりがなを付けずにページを作ります。",
            f"{error} is not installed: pages are made without furigana.",
        )
