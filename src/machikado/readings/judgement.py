"""Two opinions on a sentence become one: where they differ, which to follow and whom to ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from machikado.patterns import lazily
from machikado.readings.engine import Engine, Kind, Word
from machikado.readings.heteronyms import NAME, heteronyms, reading_beside
from machikado.readings.kana import KANJI, NUMERALS, has_kanji, hiragana, sounds


class Reason(StrEnum):
    """Why an editor is asked."""

    DISAGREEMENT = "disagreement"
    """The two engines read it differently."""

    NAME = "name"
    """A proper name that no dictionary knows for certain."""

    HETERONYM = "heteronym"
    """A word of two readings, and nothing beside it tells which."""

    UNKNOWN = "unknown"
    """No dictionary has the word: it was read kanji by kanji."""

    UNREAD = "unread"
    """Nobody could read it: it stands without furigana."""


@dataclass(frozen=True, slots=True)
class Question:
    """A stretch of the sentence for an editor to look at, with the reading followed and the other."""

    start: int
    end: int
    reading: str
    other: str | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class Judgement:
    """The words that have kanji, in order, as they are to be read, and what is to be asked."""

    words: tuple[Word, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class _Passage:
    """A stretch at whose ends both engines see the end of a word."""

    start: int
    end: int
    first: Sequence[Word]
    second: Sequence[Word]


def judge(sentence: str, first: Engine, second: Engine) -> Judgement:
    """What to follow of `first`, good at running text and numbers, and `second`, good at names."""
    words: list[Word] = []
    questions: list[Question] = []
    for passage in _passages(sentence, 0, first.words(sentence), second.words(sentence)):
        mine = _said(sentence, passage.first)
        if mine == _said(sentence, passage.second):
            words += _cut(sentence, passage)
            questions += _unsure(sentence, passage, mine, second)
            continue
        units = [unit for word in passage.second for unit in second.units(sentence, word)]
        part_of = sentence[: passage.end]
        for part in _passages(part_of, passage.start, passage.first, units):
            mine, yours = _said(sentence, part.first), _said(sentence, part.second)
            if mine == yours:
                words += _cut(sentence, part)
                questions += _unsure(sentence, part, mine, second)
                continue
            if sounds(mine) == sounds(yours):
                # とうか, とおか: the second engine keeps to the rules of spelling.
                words += part.second
                continue
            chosen = _chosen(sentence, part)
            words += chosen
            followed = _said(sentence, chosen)
            if not _is_settled(sentence, part):
                questions.append(
                    Question(
                        part.start,
                        part.end,
                        followed,
                        (yours if followed == mine else mine) or None,
                        Reason.DISAGREEMENT,
                    )
                )
    return _beside(
        sentence, [word for word in words if has_kanji(sentence[word.start : word.end])], questions
    )


def _passages(
    sentence: str, start: int, first: Sequence[Word], second: Sequence[Word]
) -> Iterator[_Passage]:
    """The shortest stretches with kanji on which the two can be compared, from left to right."""
    mine, yours = _tiled(first, start, len(sentence)), _tiled(second, start, len(sentence))
    i = j = 0
    while i < len(mine):
        from_i, from_j = i, j
        end, other = mine[i].end, yours[j].end
        while end != other:
            if end < other:
                i += 1
                end = mine[i].end
            else:
                j += 1
                other = yours[j].end
        i, j = i + 1, j + 1
        if has_kanji(sentence[start:end]):
            yield _Passage(start, end, mine[from_i:i], yours[from_j:j])
        start = end


def _tiled(words: Sequence[Word], start: int, end: int) -> list[Word]:
    """The words without gaps: what stands between them becomes a word without a reading."""
    tiles: list[Word] = []
    for word in words:
        if word.start > start:
            tiles.append(Word(start, word.start, "", known=False))
        tiles.append(word)
        start = word.end
    if start < end:
        tiles.append(Word(start, end, "", known=False))
    return tiles


def _said(sentence: str, words: Sequence[Word]) -> str:
    """What the words say together; "" if there is kanji among them that has no reading."""
    parts = []
    for word in words:
        surface = sentence[word.start : word.end]
        if word.reading and word.known:
            parts.append(word.reading)
        elif has_kanji(surface):
            return ""
        else:
            parts.append(hiragana(surface))
    return "".join(parts)


_LONGEST_WORD = 4
"""Kanji under one furigana: 東日本大震災 is read better as two words, 住民票 as one."""


def _cut(sentence: str, passage: _Passage) -> Sequence[Word]:
    """Of two ways to cut what is read alike, the longer words, but none too long and no digits."""
    longer, shorter = sorted((passage.first, passage.second), key=len)
    if any(
        word.end - word.start > _LONGEST_WORD
        or (word.kind is not Kind.COUNTER and _NUMBER.match(sentence, word.start))
        for word in longer
    ):
        return shorter
    return longer


def _unsure(sentence: str, passage: _Passage, reading: str, second: Engine) -> list[Question]:
    """What is doubtful though both engines read it alike."""

    def ask(reason: Reason, other: str | None = None) -> list[Question]:
        return [Question(passage.start, passage.end, reading, other, reason)]

    if not reading:
        return ask(Reason.UNREAD)
    if _ERA.match(sentence, passage.start):
        return []
    if any(word.kind.is_name for word in passage.second):
        # Two dictionaries may well guess a name alike and wrongly: given names are asked always,
        # family names if one of the two does not know them, and all that can be read otherwise.
        others = second.names(sentence[passage.start : passage.end])
        if others != {reading} or any(
            word.kind is Kind.PERSON
            or (word.kind is Kind.FAMILY and not all(w.kind.is_name for w in passage.first))
            for word in passage.second
        ):
            return ask(Reason.NAME, min(others - {reading}, default=None))
    elif (
        len(passage.first) == 2
        and len(passage.second) == 1
        and _TWO_KANJI.fullmatch(sentence, passage.start, passage.end)
    ):
        # The first engine does not know the word: it read it kanji by kanji.
        return ask(Reason.UNKNOWN)
    return []


_ERA = lazily(r"(?:明治|大正|昭和|平成|令和)")
"""The eras since 1868, which are people's names too."""

_TWO_KANJI = lazily(f"(?![{NUMERALS}何]){KANJI.pattern}{{2}}")

_AFTER_NUMBER = lazily(f"(?:[0-9０-９{NUMERALS}数何第]|[0-9０-９][,，.．])$")
_NUMBER = lazily(r"[0-9０-９]")
_ODD = lazily(r"[^\w々〆〇ヶー0-9０-９]")


def _chosen(sentence: str, passage: _Passage) -> Sequence[Word]:
    """The words to follow where the two differ.

    Numbers and counters are the first engine's, names the second's; otherwise who knows the whole
    as one word is right more often than who puts it together.
    """
    first, second = passage.first, passage.second
    if not _said(sentence, second):
        return first
    if not _said(sentence, first):
        return second
    if _NUMBER.match(sentence, passage.start) or _AFTER_NUMBER.search(sentence[: passage.start]):
        return _without_digits(sentence, first, second)
    if _ODD.search(sentence, passage.start, passage.end):
        return second
    if len(second) == 1 and second[0].kind.is_name:
        return second
    if len(first) != len(second):
        return min(first, second, key=len)
    if len(first) > 1:
        known = any(word.kind.is_name and word.end - word.start > 1 for word in first)
        return first if known else second
    return first


def _without_digits(sentence: str, first: Sequence[Word], second: Sequence[Word]) -> Sequence[Word]:
    """A counter by itself (12 月), but a number and its counter that are one word whole (2日 ふつか)."""
    last = second[-1]
    if (
        len(first) == 1
        and first[0].kind is not Kind.COUNTER
        and len(second) > 1
        and has_kanji(sentence[last.start : last.end])
        and not has_kanji(sentence[first[0].start : last.start])
        and first[0].reading.endswith(last.reading)
    ):
        return [last]
    return first


def _is_settled(sentence: str, passage: _Passage) -> bool:
    """Whether an editor need not be asked: one of the two is known to be wrong here."""
    return bool(
        _NUMBER.match(sentence, passage.start)
        or _AFTER_NUMBER.search(sentence[: passage.start])
        or sentence[passage.start] in NUMERALS
        or _ODD.search(sentence, passage.start, passage.end)
        or sentence[passage.start : passage.end] == "日本"
        or all(word.kind is Kind.NUMBER for word in (*passage.first, *passage.second))
    )


def _beside(sentence: str, words: list[Word], questions: list[Question]) -> Judgement:
    """The judgement with the words of the table of heteronyms read as their neighbours want."""
    table = heteronyms()
    settled: set[tuple[int, int]] = set()
    asked: list[Question] = []
    for index, word in enumerate(words):
        surface = sentence[word.start : word.end]
        if surface not in table:
            continue
        before = sentence[: word.start]
        name_before = None
        if index and words[index - 1].end == word.start and words[index - 1].kind.is_name:
            name_before = before[: words[index - 1].start] + NAME
        reading = reading_beside(surface, before, name_before, sentence[word.end :])
        if reading is None:
            continue
        if reading:
            settled.add((word.start, word.end))
            words[index] = word._replace(reading=reading)
        else:
            asked.append(Question(word.start, word.end, word.reading, None, Reason.HETERONYM))
    asked += _pieced_together(sentence, words)
    return Judgement(
        tuple(words),
        _once([q for q in questions if (q.start, q.end) not in settled], asked),
    )


_PLACE_ENDINGS = frozenset("町村川谷沢原橋坂崎浜島山城岳峠池沼滝港寺宮堂塚台森丘")
"""After a name they are read in two ways, and only those who live there know which."""


def _pieced_together(sentence: str, words: Sequence[Word]) -> list[Question]:
    """Words side by side that no dictionary knows as one: 続番, read kanji by kanji; 藤原 町."""
    asked = []
    for left, right in pairwise(words):
        if left.end != right.start or not left.reading or not right.reading:
            continue
        if left.kind.is_name and sentence[right.start : right.end] in _PLACE_ENDINGS:
            reason = Reason.NAME
        elif _are_guessed(sentence, left, right):
            reason = Reason.UNKNOWN
        else:
            continue
        asked.append(Question(left.start, right.end, left.reading + right.reading, None, reason))
    return asked


def _are_guessed(sentence: str, left: Word, right: Word) -> bool:
    """Whether two kanji side by side are two words for want of one: 続番, 三十 頌, 八 識."""
    if sentence[left.start] == "何" or right.end - right.start > 1:
        return False
    if left.kind is Kind.NUMBER:
        # Which sound the two make together (はっしき) only a dictionary of the whole would know.
        return right.kind is Kind.OTHER
    return (
        left.end - left.start == 1
        and {left.kind, right.kind} <= {Kind.OTHER, Kind.AFFIX}
        and Kind.OTHER in (left.kind, right.kind)
    )


def _once(questions: list[Question], more: list[Question]) -> tuple[Question, ...]:
    """All questions from left to right; of `more` only those about what is not asked already."""
    fresh = [m for m in more if not any(q.start < m.end and m.start < q.end for q in questions)]
    return tuple(sorted((*questions, *fresh), key=lambda question: question.start))
