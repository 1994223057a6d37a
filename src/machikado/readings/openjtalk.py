"""The first opinion: pyopenjtalk-plus. The only module that imports it.

Its frontend gives words without their places, numbers as words (20日 → 二十日) and counters with
the reading they have alone; here each word is found again in the sentence.
"""

from __future__ import annotations

import contextlib
import io
import re
import unicodedata
from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING

from machikado.readings.engine import EngineMissingError, Kind, Word
from machikado.readings.kana import NUMERALS, VOWEL, has_kanji, hiragana

if TYPE_CHECKING:
    from pyopenjtalk.types import NJDFeature

_NUMBER = re.compile(f"[０-９，．{NUMERALS}]+")
_SPELT_OUT = re.compile(f"[{NUMERALS}]*〇[{NUMERALS}]+")
"""A number written digit by digit (二〇二六): its kanji are not the words it is read as."""

_MYRIADS = {"百": "[ひびぴ]ゃ[くっ]", "千": "[せぜ]ん", "万": "まん", "億": "おく", "兆": "ちょう"}

_BLANK = re.compile(r"[\s\u3000]+")

_VOICED = dict(
    zip(
        "かきくけこさしすせそたちつてとはひふへほ",
        "がぎぐげござじずぜぞだぢづでどばびぶべぼ",
        strict=True,
    )
)
_HALF_VOICED = dict(zip("はひふへほ", "ぱぴぷぺぽ", strict=True))

_LOOK_AHEAD = 12
"""Characters that may be passed over to find the next word again."""


class OpenJTalk:
    """Reads 35,000 characters a second; strong at numbers, counters and running text."""

    def __init__(self) -> None:
        """Raises EngineMissingError."""
        if find_spec("pyopenjtalk") is None:
            raise EngineMissingError("pyopenjtalk-plus")

    @cached_property
    def _engine(self) -> ModuleType:
        # Loaded by the first sentence that was never read before: it takes about a second.
        # It prints a hint about an optional package when imported.
        with contextlib.redirect_stdout(io.StringIO()):
            import pyopenjtalk
        return pyopenjtalk

    @property
    def version(self) -> str:
        return f"pyopenjtalk-plus {version('pyopenjtalk-plus')}"

    def words(self, sentence: str) -> Sequence[Word]:
        text, origin = _widened(sentence)
        words = _placed(
            text,
            self._engine.run_njd_from_mecab(
                self._engine.run_mecab(text), modify_numeral_reading=True
            ),
        )
        if len(text) == len(sentence):
            return words
        return [word._replace(start=origin[word.start], end=origin[word.end]) for word in words]

    def units(self, sentence: str, word: Word) -> Sequence[Word]:  # noqa: ARG002
        return (word,)

    def names(self, surface: str) -> frozenset[str]:  # noqa: ARG002
        return frozenset()


def _widened(sentence: str) -> tuple[str, list[int]]:
    """The sentence as the frontend writes it, and for each character where it came from.

    The frontend itself widens ASCII and half-width kana; done here, two half-width characters
    (ｶﾞ) that become one are accounted for.
    """
    wide: list[str] = []
    origin: list[int] = []
    at = 0
    while at < len(sentence):
        char, width = sentence[at], 1
        if "\uff61" <= char <= "\uff9f":
            composed = unicodedata.normalize("NFKC", sentence[at : at + 2])
            if len(composed) == 1 and at + 1 < len(sentence):
                char, width = composed, 2
            else:
                char = unicodedata.normalize("NFKC", char)
        elif char == "-":
            char = "−"
        elif "!" <= char <= "~":
            char = chr(ord(char) + 0xFEE0)
        elif char.isspace() or unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs", "Cn"):
            # Control, format and Private Use characters are nothing that could be read.
            char = "\u3000"
        wide.append(char)
        origin.append(at)
        at += width
    origin.append(len(sentence))
    return "".join(wide), origin


def _placed(text: str, features: Sequence[NJDFeature]) -> list[Word]:
    """The frontend's words with their places in `text`; what cannot be found again is left out."""
    words: list[Word] = []
    at = 0
    number: tuple[int, int, list[str]] | None = None
    """The digits being read: where they stand and what was read of them so far."""

    def close() -> None:
        nonlocal at, number
        if number is not None:
            start, end, parts = number
            words.extend(_number(text, start, end, "".join(parts)))
            at, number = end, None

    for feature in features:
        surface = feature["string"]
        while True:
            if number is not None:
                start, end, parts = number
                if parts and text.startswith(surface, end):
                    close()
                elif all(char in NUMERALS or char in "．・" for char in surface):
                    parts.append(_reading(feature))
                    break
                else:
                    rest = surface.lstrip(NUMERALS)
                    if rest != surface and text.startswith(rest, end):
                        reading = "".join(parts) + _reading(feature)
                        words.append(Word(start, end + len(rest), reading, Kind.COUNTER))
                        at, number = end + len(rest), None
                        break
                    close()
            if surface[0] in NUMERALS and (spelt := _SPELT_OUT.match(text, at)):
                number = (at, spelt.end(), [])
                continue
            if text.startswith(surface, at):
                words.append(Word(at, at + len(surface), _reading(feature), _kind(feature)))
                at += len(surface)
                break
            if blank := _BLANK.match(text, at):
                at = blank.end()
                continue
            if surface[0] in NUMERALS and (digits := _NUMBER.match(text, at)):
                number = (at, digits.end(), [])
                continue
            if (further := text.find(surface, at, at + _LOOK_AHEAD)) >= 0:
                at = further
                continue
            break
    close()
    return [word for word in words if word.reading]


def _number(text: str, start: int, end: int, reading: str) -> list[Word]:
    """The kanji of a number, each with its share: 3億5千万 → 億(おく) 千(せん) 万(まん)."""
    written = text[start:end]
    if not has_kanji(written) or not reading:
        return []
    if "〇" in written:
        return [Word(start, end, reading, Kind.NUMBER)]
    runs = re.findall("[百千万億兆]|[^百千万億兆]+", written)
    pattern = "".join(f"({_MYRIADS.get(run, '.+?')})" for run in runs)
    if not (match := re.fullmatch(pattern, reading)):
        return [Word(start, end, reading, Kind.NUMBER)]
    words = []
    for run, said in zip(runs, match.groups(), strict=True):
        if has_kanji(run):
            words.append(Word(start, start + len(run), said, Kind.NUMBER))
        start += len(run)
    return words


_NAMES = {"人名": Kind.PERSON, "地域": Kind.PLACE}


def _kind(feature: NJDFeature) -> Kind:
    group = feature["pos_group1"]
    if group == "固有名詞":
        return _NAMES.get(feature["pos_group2"], Kind.NAME)
    if group == "数":
        return Kind.NUMBER
    if feature["pos_group2"] == "助数詞":
        return Kind.COUNTER
    return Kind.AFFIX if group == "接尾" or feature["pos"] == "接頭詞" else Kind.OTHER


def _reading(feature: NJDFeature) -> str:
    """The word's reading as it is written in kana; empty for punctuation.

    `read` is what the dictionary has; the changes of sound between a number and its counter
    (三匹: ひき → びき, 六本: ろく → ろっ) are made in `pron` alone.
    """
    if feature["pos"] == "記号" and feature["read"] == "、":
        return ""
    read = hiragana(feature["read"])
    said = hiragana(feature["pron"]).replace("’", "")
    if feature["pos_group1"] == "数":
        return _with_vowels(said)
    if feature["pos_group1"] == "接尾" and said[:1] != read[:1]:
        for voiced in (_VOICED, _HALF_VOICED):
            if voiced.get(read[:1]) == said[:1]:
                return said[:1] + read[1:]
    # The tenth day is spelt とおか, as 十 was とを.
    return read.replace("とうか", "とおか") if feature["string"].startswith("十日") else read


def _with_vowels(said: str) -> str:
    """A number's long vowels as they are written: じゅー → じゅう, きゅー → きゅう; にー → に."""
    written = ""
    for char in said:
        if char == "ー":
            written += "う" if VOWEL.get(written[-1:]) == "う" else ""
        else:
            written += char
    return written
