"""Words written alike and read otherwise beside other words, as a table: 行って after を, after に."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from machikado.patterns import lazily

NAME = "<name>"
"""Stands in `before` for a proper name of whatever kind."""


@dataclass(frozen=True, slots=True)
class Heteronym:
    """One row: `surface` is read `reading` where the text before ends and after begins as told.

    example: a sentence in which the word, in brackets, is read so; each row's test.
    """

    surface: str
    reading: str
    before: re.Pattern[str]
    after: re.Pattern[str]
    example: str


@cache
def heteronyms() -> Mapping[str, tuple[Heteronym, ...]]:
    """The rows by surface, in the order of the table: the first that fits is followed."""
    table: dict[str, tuple[Heteronym, ...]] = {}
    text = files(__package__).joinpath("heteronyms.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        heteronym = Heteronym(
            row["surface"],
            row["reading"],
            lazily(row["before"]),
            lazily(row["after"]),
            row["example"],
        )
        table[heteronym.surface] = (*table.get(heteronym.surface, ()), heteronym)
    return table


def reading_beside(surface: str, before: str, name_before: str | None, after: str) -> str | None:
    """The reading of `surface` between what stands before and after it; None: no row fits.

    name_before: `before` with its last word, a proper name, written as `NAME`.
    """
    for row in heteronyms().get(surface, ()):
        if not row.after.match(after):
            continue
        if row.before.search(before) or (name_before and row.before.search(name_before)):
            return row.reading
    return None
