"""The second opinion: SudachiPy with its core dictionary. The only module that imports it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, cached_property
from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING

from machikado.readings.engine import EngineMissingError, Kind, Word
from machikado.readings.kana import has_kanji, hiragana

if TYPE_CHECKING:
    from sudachipy import Dictionary, Morpheme, SplitMode, Tokenizer


@cache
def _core() -> Dictionary:
    """The dictionary: some 200 MB, which a process loads once, by its first sentence that was never read before."""
    from sudachipy import Dictionary

    return Dictionary(dict="core")


class Sudachi:
    """Reads 380,000 characters a second; weak at numbers and counters, strong at names."""

    def __init__(self) -> None:
        """Raises EngineMissingError."""
        if find_spec("sudachipy") is None or find_spec("sudachidict_core") is None:
            raise EngineMissingError("SudachiPy")
        self._names: dict[str, frozenset[str]] = {}

    @property
    def _dictionary(self) -> Dictionary:
        return _core()

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from sudachipy import SplitMode

        return self._dictionary.tokenizer(SplitMode.C)

    @cached_property
    def _short(self) -> SplitMode:
        from sudachipy import SplitMode

        return SplitMode.A

    @property
    def version(self) -> str:
        return f"sudachipy {version('sudachipy')} core {version('sudachidict_core')}"

    def words(self, sentence: str) -> Sequence[Word]:
        words = [_word(morpheme, 0) for morpheme in self._tokenizer.tokenize(sentence)]
        if "（" in sentence or "(" in sentence:
            return [_without_brackets(sentence, word) for word in words]
        return words

    def units(self, sentence: str, word: Word) -> Sequence[Word]:
        surface = sentence[word.start : word.end]
        whole = self._tokenizer.tokenize(surface)
        if len(whole) != 1:
            return (word,)
        units = [_word(morpheme, word.start) for morpheme in whole[0].split(self._short)]
        if not units:
            return (word,)
        return units if "".join(unit.reading for unit in units) == word.reading else (word,)

    def names(self, surface: str) -> frozenset[str]:
        known = self._names.get(surface)
        if known is None:
            known = self._names[surface] = frozenset(
                hiragana(morpheme.reading_form())
                for morpheme in self._dictionary.lookup(surface)
                if _kind(morpheme.part_of_speech()).is_name
            )
        return known


_IN_BRACKETS = re.compile(r"[（(][ぁ-ゖァ-ヺー]+[)）]$")
"""Kana in brackets, which Sudachi takes for the reading of what stands before: 方法（フィード）."""


def _without_brackets(sentence: str, word: Word) -> Word:
    bracket = _IN_BRACKETS.search(sentence, word.start + 1, word.end)
    return word._replace(end=bracket.start()) if bracket else word


def _word(morpheme: Morpheme, offset: int) -> Word:
    reading = hiragana(morpheme.reading_form())
    speech = morpheme.part_of_speech()
    return Word(
        offset + morpheme.begin(),
        offset + morpheme.end(),
        "" if reading == "きごう" and speech[0] in ("補助記号", "記号", "空白") else reading,
        _kind(speech),
        known=not morpheme.is_oov() and not has_kanji(reading),
    )


_NAMES = {"人名": Kind.PERSON, "地名": Kind.PLACE}


def _kind(speech: Sequence[str]) -> Kind:
    if speech[1] == "固有名詞":
        if speech[3] == "姓":
            return Kind.FAMILY
        return _NAMES.get(speech[2], Kind.NAME)
    if speech[1] == "数詞":
        return Kind.NUMBER
    return Kind.AFFIX if speech[0] in ("接頭辞", "接尾辞") else Kind.OTHER
