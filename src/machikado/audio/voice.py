"""The voice: pyopenjtalk-plus with our readings forced onto it. The only module that speaks.

The words of its dictionary are given our reading before accents are joined and vowels devoiced, so
that a phrase sounds as if the dictionary had read it so. An accent that the dictionary has for our
reading is kept; a word of another length, or one it does not have so, is said flat.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from machikado.article.recording import VoiceCredit
from machikado.readings.engine import EngineMissingError
from machikado.readings.kana import hiragana, katakana, sounds
from machikado.readings.openjtalk import OpenJTalk
from machikado.readings.segment import Segment, split

if TYPE_CHECKING:
    from pyopenjtalk.types import NJDFeature

CREDIT = VoiceCredit(
    name="HTS Voice “Mei”",
    author="MMDAgent Project Team, Nagoya Institute of Technology",
    licence="CC BY 3.0",
    licence_url="https://creativecommons.org/licenses/by/3.0/",
    source="http://www.mmdagent.jp/",
)
"""As `htsvoice/LICENSE_mei_normal.htsvoice` of pyopenjtalk-plus asks for."""

RULES = 1
"""To be raised when this module comes to say the same sentence otherwise."""

_SMALL = "ぁぃぅぇぉゃゅょゎ"
_NAME = ["名詞", "固有名詞", "一般", "*", "*", "*"]
_MANY = 24
"""Ways to read a word in which its known accent is looked for."""


class Voice:
    """Speaks about 15 times faster than one listens, on one processor."""

    rate = 48_000
    """Samples a second; a sample is a signed number of 16 bits, little-endian, one channel."""

    credit = CREDIT

    def __init__(self) -> None:
        """Raises EngineMissingError."""
        try:
            # It prints a hint about an optional package when imported.
            with contextlib.redirect_stdout(io.StringIO()):
                import pyopenjtalk
                from pyopenjtalk import utils
        except ImportError as error:
            raise EngineMissingError("pyopenjtalk-plus") from error
        self._jtalk = pyopenjtalk
        self._mended = (utils.retreat_acc_nuc, utils.modify_acc_after_chaining)
        self._ear = OpenJTalk()
        self._known = lru_cache(maxsize=4096)(self._dictionary)

    @property
    def version(self) -> str:
        return f"pyopenjtalk-plus {version('pyopenjtalk-plus')}"

    def speak(self, text: str, segments: Sequence[Segment]) -> bytes:
        """The sound of a sentence read as `segments` say; empty where it has none.

        The surfaces of the segments, joined, are the text.
        """
        features = self._features(text, segments)
        if not any(feature["mora_size"] for feature in features):
            return b""
        wave, _ = self._jtalk.synthesize(self._jtalk.make_label(features))
        samples: bytes = wave.clip(-32768, 32767).astype("<i2").tobytes()
        return samples

    def kana(self, text: str, segments: Sequence[Segment]) -> str:
        """What `speak` says, in katakana: particles as they sound, long vowels as ー."""
        return "".join(
            feature["pron"].replace("’", "") if feature["mora_size"] else feature["string"]
            for feature in self._features(text, segments)
        )

    def _features(self, text: str, segments: Sequence[Segment]) -> list[NJDFeature]:
        words, morphs = self._jtalk.run_mecab_detailed(text)
        heard = [morph for morph in morphs if not morph["is_ignored"]]
        if len(words) == len(heard) and sum(len(m["surface"]) for m in morphs) == len(text):
            spans = [morph["char_span"] for morph in heard]
            words = self._forced(text, words, spans, self._misread(text, segments), segments)
        features: list[NJDFeature] = self._jtalk.run_njd_from_mecab(
            words, restore_unknown_katakana=True
        )
        for mend in self._mended:
            features = mend(features)
        return features

    def _misread(self, text: str, segments: Sequence[Segment]) -> list[tuple[int, int]]:
        """The places of segments that the engine by itself reads otherwise."""
        own: dict[int, tuple[int, str]] = {}
        for word in self._ear.words(text):
            at = word.start
            for part in split(text[word.start : word.end], word.reading) or ():
                if part.reading:
                    own[at] = (at + len(part.surface), part.reading)
                at += len(part.surface)
        places = []
        at = 0
        for segment in segments:
            end = at + len(segment.surface)
            if segment.reading:
                step, read = at, ""
                while step in own and own[step][0] <= end:
                    step, reading = own[step]
                    read += reading
                if step != end or sounds(read) != sounds(segment.reading):
                    places.append((at, end))
            at = end
        return places

    def _forced(
        self,
        text: str,
        words: Sequence[str],
        spans: Sequence[tuple[int, int]],
        misread: Sequence[tuple[int, int]],
        segments: Sequence[Segment],
    ) -> list[str]:
        """The dictionary's words, with those that overlap a misread place replaced."""
        readings: dict[int, tuple[int, str]] = {}
        at = 0
        for segment in segments:
            if segment.reading:
                readings[at] = (at + len(segment.surface), segment.reading)
            at += len(segment.surface)
        forced: list[str] = []
        number = 0
        while number < len(words):
            start, end = spans[number]
            last = number
            if any(s < end and start < e for s, e in misread):
                # A word of ours may reach over several of theirs, and the other way round.
                while any(at < end < stop for at, (stop, _) in readings.items()) and (
                    last + 1 < len(words)
                ):
                    last += 1
                    end = spans[last][1]
                group = list(words[number : last + 1])
                forced += self._reread(text, start, end, group, readings)
            else:
                forced.append(words[number])
            number = last + 1
        return forced

    def _reread(
        self,
        text: str,
        start: int,
        end: int,
        group: list[str],
        readings: dict[int, tuple[int, str]],
    ) -> list[str]:
        """Words for the place that are read as we want; as they were where that cannot be said."""
        at, read, said = start, "", ""
        while at < end:
            if at in readings:
                at, reading = readings[at]
                read += reading
                said += sounds(reading)
                continue
            kana = hiragana(text[at])
            if not ("ぁ" <= kana <= "ゖ" or kana == "ー"):
                return group
            read, said, at = read + kana, said + kana, at + 1
        cells = [word.split(",") for word in group]
        if at != end or (
            all(len(cell) > 9 for cell in cells)
            and "数" not in {cell[2] for cell in cells}
            and hiragana("".join(cell[8] for cell in cells)) == read
        ):
            return group
        surface = "".join(cell[0] for cell in cells)
        return list(self._known(surface, read, cells[0][2])) or [
            _made(surface, read, said, cells[0] if len(cells) == 1 else None)
        ]

    def _dictionary(self, surface: str, read: str, kind: str) -> tuple[str, ...]:
        """The dictionary's words for `surface` that are read so, of the same kind if there are any."""
        found: list[tuple[str, ...]] = []
        for path in self._jtalk.run_mecab_nbest_features(surface, _MANY):
            cells = [word.split(",") for word in path["features"]]
            if (
                all(len(cell) > 11 for cell in cells)
                and "数" not in {cell[2] for cell in cells}
                and hiragana("".join(cell[8] for cell in cells)) == read
            ):
                found.append(tuple(path["features"]))
        same = [words for words in found if words[0].split(",")[2] == kind]
        single = [words for words in found if len(words) == 1]
        return next(iter([*same, *single, *found]), ())


def _made(surface: str, read: str, said: str, word: Sequence[str] | None) -> str:
    """A word of the dictionary's form for a reading that it does not have.

    word: the one word it stands for, whose kind stays, and its accent where it is as long.
    """
    morae = _morae(said)
    kind, accent, rule = _NAME, 0, "C1"
    if word is not None and len(word) > 11:
        kind, rule = list(word[1:7]), word[11]
        nucleus, _, size = word[10].partition("/")
        if size == str(morae):
            accent = int(nucleus)
    cells = [
        surface,
        *kind,
        surface,
        katakana(read),
        katakana(said),
        f"{accent}/{morae}",
        rule,
    ]
    return ",".join(cells)


def _morae(kana: str) -> int:
    return sum(char not in _SMALL for char in kana)
