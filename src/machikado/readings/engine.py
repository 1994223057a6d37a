"""What a reading engine says of a sentence: its words, where they stand and how they are read."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple, Protocol


class Kind(StrEnum):
    """As much of a part of speech as the choice between two readings needs."""

    NAME = "name"
    PLACE = "place"
    PERSON = "person"
    FAMILY = "family"
    """A person's family name: of these a dictionary has far fewer ways to read one spelling."""
    NUMBER = "number"
    COUNTER = "counter"
    AFFIX = "affix"
    OTHER = "other"

    @property
    def is_name(self) -> bool:
        return self in (Kind.NAME, Kind.PLACE, Kind.PERSON, Kind.FAMILY)

    @property
    def is_person(self) -> bool:
        return self in (Kind.PERSON, Kind.FAMILY)


class Word(NamedTuple):
    """One word: its place in the sentence (half open, in characters), its reading in hiragana.

    known: it stands in the engine's dictionary.
    """

    start: int
    end: int
    reading: str
    kind: Kind = Kind.OTHER
    known: bool = True


class Engine(Protocol):
    """A dictionary that reads. `version` changes whenever the same sentence may be read otherwise."""

    @property
    def version(self) -> str: ...

    def __hash__(self) -> int: ...

    def words(self, sentence: str) -> Sequence[Word]:
        """Words in order, without overlap; what stands between them the engine cannot read."""
        ...

    def units(self, sentence: str, word: Word) -> Sequence[Word]:
        """The shorter words that `word` is made of, if together they are read like it."""
        ...

    def names(self, surface: str) -> frozenset[str]:
        """Every way to read `surface` as a proper name; empty if the dictionary has no such name."""
        ...


class EngineMissingError(Exception):
    """The package that does the reading is not installed."""
