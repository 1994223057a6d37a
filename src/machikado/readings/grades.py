"""In which school year a kanji is learnt, and for whom furigana is shown.

学年別漢字配当表, 別表 of the elementary school's course of study (小学校学習指導要領, published in March
2017, in force since April 2020): 80, 160, 200, 202, 193 and 191 kanji in the six years, 1,026 in all.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from machikado.readings.kana import KANJI
from machikado.readings.segment import Segment

BEYOND = 7
"""The grade of every kanji that is not taught in elementary school."""

_MARKS = "々〇"
"""Read like the kanji before them, or as a number: no harder than what they stand with."""


@cache
def kanji_by_grade() -> Mapping[int, str]:
    text = files(__package__).joinpath("grades.csv").read_text(encoding="utf-8")
    return {int(row["grade"]): row["kanji"] for row in csv.DictReader(text.splitlines())}


@cache
def _grades() -> Mapping[str, int]:
    return {kanji: grade for grade, all_of_it in kanji_by_grade().items() for kanji in all_of_it}


def grade(surface: str) -> int:
    """The year, 1 to 6, in which the last of its kanji is learnt; `BEYOND` if one is not."""
    grades = _grades()
    return max(
        (grades.get(char, BEYOND) for char in KANJI.findall(surface) if char not in _MARKS),
        default=1,
    )


@dataclass(frozen=True, slots=True)
class Level:
    """For which words furigana is wanted: all, those above a grade, or hard proper names."""

    above: int = 0
    names_only: bool = False

    def wants(self, segment: Segment) -> bool:
        if segment.reading is None:
            return False
        if self.names_only:
            return segment.name
        return grade(segment.surface) > self.above


ALL = Level()
NAMES = Level(names_only=True)


def above_grade(last: int) -> Level:
    """Furigana for readers who know the kanji of the first `last` years, 1 to 6."""
    return Level(above=last)
