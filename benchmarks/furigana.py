"""How right furigana is: words, counters, base and ruby, the editors' list, and how fast.

    python -m benchmarks.furigana --conllu FILE… [--only test] [--wrong]

The files are CoNLL-U with a reading for each token in the last column: `Reading=` in kana, or
`UnidicInfo=` as UD_Japanese-GSD has it (a quoted CSV row: lexeme in kana, lexeme, spelling, base
spelling, pronunciation, two empty, base form in kana, …). The gold is data to measure against; it is
not part of the project.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

from machikado.readings.kana import has_kanji, hiragana, sounds
from machikado.readings.reader import Reader, open_reader
from machikado.readings.segment import Segment, split, ways_to_split
from machikado.vocabulary import Text


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the gold: its place in the sentence (half open), its reading in hiragana.

    exact: the gold tells the kana it is written with, not only how it sounds (きょう, not きょー).
    """

    start: int
    end: int
    reading: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    id: str
    text: str
    tokens: tuple[Token, ...]


@dataclass(slots=True)
class Score:
    """Counts over kanji words; `split` counts words that are read right and cut right."""

    words: int = 0
    right: int = 0
    counters: int = 0
    counters_right: int = 0
    split: int = 0
    asked: int = 0
    wrong_asked: int = 0
    sentences: int = 0
    sentences_right: int = 0

    def __str__(self) -> str:
        wrong = self.words - self.right
        return "\n".join(
            (
                f"kanji words                {self.words}",
                f"  read right               {_share(self.right, self.words)}",
                f"sentences without fault    {_share(self.sentences_right, self.sentences)}",
                f"counters after digits      {_share(self.counters_right, self.counters)}"
                f" of {self.counters}",
                f"base and ruby right        {_share(self.split, self.right)} of what is read right",
                f"on the editors' list       {_share(self.asked, self.words)} of the words",
                f"  of the {wrong} wrong words     {_share(self.wrong_asked, wrong)}",
            )
        )


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f} %" if whole else "–"


# Reading the gold


def read_conllu(path: Path) -> Iterator[Sentence]:
    """The sentences of a file; tokens are sought in the text, so that blanks do not matter."""
    name = text = ""
    tokens: list[Token] = []
    at = 0
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("# sent_id"):
            name = line.split("=", 1)[1].strip()
        elif line.startswith("# text ="):
            text, at, tokens = line.split("=", 1)[1].strip(), 0, []
        elif line[:1].isdigit():
            columns = line.split("\t")
            if not columns[0].isdigit():
                continue
            start = text.index(columns[1], at)
            at = start + len(columns[1])
            tokens.append(Token(start, at, *_gold(columns[1], columns[9])))
        elif not line and tokens:
            yield Sentence(name, text, tuple(tokens))
            tokens = []


def _gold(surface: str, misc: str) -> tuple[str, bool]:
    values = dict(item.split("=", 1) for item in misc.split("|") if "=" in item)
    if "Reading" in values:
        return hiragana(values["Reading"]), True
    if "UnidicInfo" not in values:
        return hiragana(surface), True
    row = next(csv.reader([values["UnidicInfo"]]))
    pronunciation = hiragana(row[4])
    for kana in (row[7], row[0]):
        # The base form's kana, where the word is not inflected: ヨウボウ for ヨーボー.
        if kana and sounds(hiragana(kana)) == sounds(pronunciation):
            return hiragana(kana), True
    return pronunciation, False


# Judging


def judge(sentence: Sentence, segments: Sequence[Segment]) -> dict[Token, bool]:
    """For each kanji word of the gold whether it is read right.

    Words and segments are cut differently: they are compared between places where both have an
    edge. Where the readings of such a stretch differ, a word is right if its own kana all come
    back in their places.
    """
    edges = {0, len(sentence.text)}
    at = 0
    for segment in segments:
        edges.add(at)
        if segment.reading is None:
            edges.update(range(at, at + len(segment.surface)))
        at += len(segment.surface)
        edges.add(at)
    cuts = sorted(edges & _gold_edges(sentence))
    verdict: dict[Token, bool] = {}
    for start, end in pairwise(cuts):
        tokens = [token for token in sentence.tokens if start <= token.start < end]
        if any(has_kanji(sentence.text[token.start : token.end]) for token in tokens):
            verdict |= _compared(sentence.text, tokens, _between(segments, start, end))
    return verdict


def _gold_edges(sentence: Sentence) -> set[int]:
    edges = {0, len(sentence.text)}
    for token in sentence.tokens:
        edges |= {token.start, token.end}
    return edges


def _between(segments: Sequence[Segment], start: int, end: int) -> str:
    told, at = "", 0
    for segment in segments:
        last = at + len(segment.surface)
        if segment.reading is not None and start <= at and last <= end:
            told += segment.reading
        elif segment.reading is None:
            told += hiragana(segment.surface[max(start - at, 0) : max(end - at, 0)])
        at = last
    return told


def _compared(text: str, tokens: Sequence[Token], told: str) -> dict[Token, bool]:
    kanji = [token for token in tokens if has_kanji(text[token.start : token.end])]
    told = _one_spelling(told)
    gold = [_one_spelling(token.reading) for token in tokens]
    if sounds("".join(gold)) == sounds(told):
        return dict.fromkeys(kanji, True)
    if text[tokens[0].start].isdigit() and len(kanji) == 1 and kanji[0] is tokens[-1]:
        # The gold reads digits one by one (20: にれい): its counter is what can be compared.
        first_of_month = told == "ついたち" and text[: tokens[0].start].endswith("月")
        return {kanji[0]: first_of_month or sounds(told).endswith(sounds(gold[-1]))}
    heard = [sounds(reading) for reading in gold]
    faulty: set[int] = set()
    for tag, i1, i2, _, _ in SequenceMatcher(
        None, "".join(heard), sounds(told), autojunk=False
    ).get_opcodes():
        if tag != "equal":
            faulty.update(range(i1, i2) if i1 < i2 else (i1 - 1, i1))
    verdict, at = {}, 0
    for token, sound in zip(tokens, heard, strict=True):
        if token in kanji:
            verdict[token] = not faulty & set(range(at, at + len(sound)))
        at += len(sound)
    return verdict


def _one_spelling(reading: str) -> str:
    """日本 is にほん and にっぽん, both right everywhere; the gold has the one or the other."""
    return reading.replace("にっぽん", "にほん")


def is_cut_right(sentence: Sentence, token: Token, segments: Sequence[Segment]) -> bool:
    """Whether each kanji run of the word bears just its own kana and its okurigana none.

    The gold's cut follows from its reading where the kana fit in one way alone; a word whose kana
    fit in several ways counts as cut wrong.
    """
    surface = sentence.text[token.start : token.end]
    at = 0
    mine: list[Segment] = []
    for segment in segments:
        last = at + len(segment.surface)
        if segment.reading and at < token.end and token.start < last:
            if at < token.start or last > token.end:
                # A longer word with nothing but kanji under its furigana is cut as well.
                return all(
                    has_kanji(char) or char.isdigit() or char in "ヶケヵ"
                    for char in segment.surface
                )
            mine.append(segment)
        at = last
    if not token.exact or ways_to_split(surface, token.reading) != 1:
        told = "".join(s.surface for s in mine)
        return not re.search("[ぁ-ゖ]", told) and _fits(surface, mine)
    wanted = [(s.surface, s.reading) for s in split(surface, token.reading) or () if s.reading]
    if len(mine) == len(wanted):
        return all(
            s.surface == base and sounds(s.reading or "") == sounds(ruby or "")
            for s, (base, ruby) in zip(mine, wanted, strict=True)
        )
    return "".join(s.surface for s in mine) == "".join(base for base, _ in wanted)


def _fits(surface: str, segments: Sequence[Segment]) -> bool:
    return bool(segments) and all(segment.surface in surface for segment in segments)


def measure(sentences: Sequence[Sentence], reader: Reader) -> tuple[Score, list[str]]:
    """The score, and a line for each word that is read wrong; `?`: the editors' list has it."""
    score = Score()
    wrong: list[str] = []
    for sentence in sentences:
        segments = reader.readings(sentence.text)
        doubts = reader.doubts(sentence.text)
        verdict = judge(sentence, segments)
        score.sentences += 1
        score.sentences_right += all(verdict.values())
        for token, right in verdict.items():
            asked = any(
                d.start < token.end and token.start < d.start + len(d.surface) for d in doubts
            )
            after_digit = sentence.text[token.start - 1 : token.start].isdigit()
            score.words += 1
            score.right += right
            score.counters += after_digit
            score.counters_right += after_digit and right
            score.split += right and is_cut_right(sentence, token, segments)
            score.asked += asked
            score.wrong_asked += asked and not right
            if not right:
                wrong.append(_shown(sentence, token, segments, asked))
    return score, wrong


def _shown(sentence: Sentence, token: Token, segments: Sequence[Segment], asked: bool) -> str:
    text = sentence.text
    return (
        f"{'?' if asked else ' '} {sentence.id}\t{text[max(0, token.start - 8) : token.start]}"
        f"[{text[token.start : token.end]}]{text[token.end : token.end + 8]}\t{token.reading}"
        f"\t{_between(segments, token.start, token.end)}"
    )


def speed(texts: Sequence[str]) -> tuple[float, float]:
    """CPU seconds to load the dictionaries, and characters a CPU second with nothing in the cache."""
    begun = time.process_time()
    reader = _reader()
    reader.readings("漢字")
    loaded = time.process_time()
    for text in texts:
        reader.readings(text)
    return loaded - begun, sum(map(len, texts)) / (time.process_time() - loaded)


def _reader() -> Reader:
    reader = open_reader()
    if isinstance(reader, Text):
        sys.stderr.write(f"{reader.en}\n")
        sys.exit(2)
    return reader


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.furigana", description=__doc__)
    parser.add_argument("--conllu", nargs="+", required=True, type=Path, metavar="FILE")
    parser.add_argument("--only", default="", help="only sentences whose id begins so")
    parser.add_argument("--wrong", action="store_true", help="show each word that is read wrong")
    options = parser.parse_args()
    sentences = [
        sentence
        for path in options.conllu
        for sentence in read_conllu(path)
        if sentence.id.startswith(options.only)
    ]
    loading, rate = speed([sentence.text for sentence in sentences])
    score, wrong = measure(sentences, _reader())
    lines = [
        *(wrong if options.wrong else ()),
        str(score),
        f"dictionaries loaded in     {loading:.2f} CPU seconds",
        f"characters a CPU second    {rate:,.0f}, nothing cached",
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
