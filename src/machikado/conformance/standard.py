"""The success criteria and the standards made of them, as data: a next standard is a line of a file.

Sources are named in criteria.csv and standards.csv. JIS X 8341-3:2016 is ISO/IEC 40500:2012 and
WCAG 2.0: 61 criteria, of them 25 of level A, 13 of AA, 23 of AAA.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import cast

from machikado.vocabulary import Criteria, Level, Text

LEVELS: tuple[Level, ...] = ("A", "AA", "AAA")
DEFAULT = "jis-2016"

_BRACKETS = re.compile(r" ?\(([^)]*)\)")
_TAG = re.compile(r"wcag(\d)(\d)(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Criterion:
    """One success criterion (達成基準). `since` and `until` are versions of WCAG."""

    number: str
    level: Level
    name: Text
    since: str
    until: str | None
    slug: str

    @property
    def url(self) -> str:
        """Where the W3C Recommendation states it; criteria of WCAG 2.0 as WCAG 2.1 has them."""
        edition = "WCAG21" if self.since == "2.0" else "WCAG22"
        return f"https://www.w3.org/TR/{edition}/#{self.slug}"


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard (規格) with its criteria in the order of their numbers."""

    id: str
    name: Text
    criteria: Mapping[str, Criterion]

    def up_to(self, level: Level) -> tuple[Criterion, ...]:
        """The criteria that must be met for `level`: its own and those of the levels below."""
        wanted = LEVELS[: LEVELS.index(level) + 1]
        return tuple(one for one in self.criteria.values() if one.level in wanted)


def _rows(name: str) -> list[dict[str, str]]:
    text = (files(__package__) / name).read_text("utf-8")
    return list(csv.DictReader(row for row in text.splitlines() if not row.startswith("#")))


def in_order(numbers: Iterable[str]) -> tuple[str, ...]:
    """Numbers of criteria as a standard lists them: 1.4.3 before 1.4.10."""
    return tuple(sorted(numbers, key=lambda number: [int(part) for part in number.split(".")]))


@cache
def _written() -> Mapping[str, dict[str, str]]:
    rows = {row["number"]: row for row in _rows("criteria.csv")}
    return {number: rows[number] for number in in_order(rows)}


def _criterion(row: Mapping[str, str], names: str) -> Criterion:
    # WAIC writes brackets in half width with a space before them, as Japanese text does not.
    japanese = _BRACKETS.sub(r"（\1）", row[names] or row["ja"])
    return Criterion(
        row["number"],
        cast("Level", row["level"]),
        Text(japanese, row["en"]),
        row["since"],
        row["until"] or None,
        row["slug"],
    )


@cache
def standards() -> Mapping[str, Standard]:
    """Every standard by its id, the default one first."""
    found = {}
    for row in _rows("standards.csv"):
        wcag, names = row["wcag"], row["names"]
        # Versions of WCAG compare as text while they have one digit after the point.
        criteria = {
            number: _criterion(one, names)
            for number, one in _written().items()
            if one["since"] <= wcag <= (one["until"] or wcag)
        }
        found[row["id"]] = Standard(row["id"], Text(row["ja"], row["en"]), criteria)
    return MappingProxyType(found)


@cache
def every_criterion() -> Mapping[str, Criterion]:
    """Every criterion of any standard, by its number, under the name that JIS gives it if it does."""
    return MappingProxyType({n: _criterion(row, "jis") for n, row in _written().items()})


def _levels(since: str) -> dict[str, Level]:
    return {
        n: cast("Level", row["level"]) for n, row in _written().items() if row["since"] == since
    }


JIS_2016: Criteria = _levels("2.0")
ADDED_IN_WCAG_21: Criteria = _levels("2.1")
ADDED_IN_WCAG_22: Criteria = _levels("2.2")
CRITERIA: Criteria = {**JIS_2016, **ADDED_IN_WCAG_21, **ADDED_IN_WCAG_22}


def of_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """The criteria that axe's tags name, in their order.

    >>> of_tags(["cat.color", "wcag2aa", "wcag143", "wcag1410"])
    ('1.4.3', '1.4.10')
    """
    return in_order({".".join(match.groups()) for tag in tags if (match := _TAG.fullmatch(tag))})


def level_of(criteria: Iterable[str]) -> Level | None:
    """The most basic level among `criteria`: what fails an A criterion fails level A."""
    levels = [CRITERIA[number] for number in criteria if number in CRITERIA]
    return min(levels, key=len, default=None)
