"""Furigana for the pages of a site: what the press asks of the readings."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from machikado.article.overrides import OVERRIDE
from machikado.readings.apart import Apart
from machikado.readings.engine import Word
from machikado.readings.kana import VARIATION
from machikado.readings.lexicon import Lexicon
from machikado.readings.reader import Cache, Reader, open_reader
from machikado.readings.ruby import with_ruby
from machikado.vocabulary import Text

MOST_KEPT = 8192
"""How many texts are kept as they were read."""


@dataclass(frozen=True)
class Furigana:
    """Puts furigana on Japanese. Its answers are a function of the text and `fingerprint`."""

    reader: Reader

    @property
    def fingerprint(self) -> str:
        return self.reader.fingerprint

    def on_html(self, fragment: str, lang: str) -> str:
        """Sanitised HTML with furigana, where its language is Japanese (BCP 47: `ja`, `ja-…`)."""
        return with_ruby(fragment, self.reader, lang=lang) if is_japanese(lang) else fragment

    def on_text(self, text: str, lang: str) -> str:
        """A text as HTML with furigana.

        What stands around articles is the same on many pages: its words are read once for them all.
        """
        known = self._texts.get((text, lang))
        if known is None:
            if len(self._texts) >= MOST_KEPT:
                self._texts.clear()
            known = self._texts[text, lang] = self.on_html(html.escape(text, quote=False), lang)
        return known

    # Not `lru_cache`, which would hold itself and the dictionaries in memory as a cycle.
    @cached_property
    def _texts(self) -> dict[tuple[str, str], str]:
        return {}


def is_japanese(lang: str) -> bool:
    return lang == "ja" or lang.startswith("ja-")


def furigana(
    lexicon: Lexicon, cache: Cache | None = None, apart: Apart | None = None
) -> Furigana | Text:
    """Furigana by both dictionaries, or what to tell once where one of them is not installed.

    apart: the dictionaries, where another process has loaded them already.
    """
    if apart is not None:
        return Furigana(Reader(*apart.engines, lexicon, cache))
    reader = open_reader(lexicon, cache)
    return reader if isinstance(reader, Text) else Furigana(reader)


def written_furigana(lexicon: Lexicon | None = None) -> Furigana:
    """Furigana by nobody: only what a text itself says (`{漢字|かんじ}`) and what the lexicon has."""
    silent = _Silent()
    surfaces = tuple(entry.surface for entry in lexicon.entries) if lexicon else ()
    return _WrittenFurigana(Reader(silent, silent, lexicon), surfaces)


@dataclass(frozen=True)
class _WrittenFurigana(Furigana):
    """Furigana for a few words: most texts have none of them, and are not taken apart to learn it."""

    surfaces: tuple[str, ...]

    def on_html(self, fragment: str, lang: str) -> str:
        if not is_japanese(lang) or not (self.surfaces or "{" in fragment or "｛" in fragment):
            return fragment
        plain = VARIATION.sub("", fragment)
        if OVERRIDE.search(plain) or any(surface in plain for surface in self.surfaces):
            return super().on_html(fragment, lang)
        return fragment


def missing_dictionaries() -> Text | None:
    """What to tell once where a dictionary is not installed; None where both are."""
    known = open_reader()
    return known if isinstance(known, Text) else None


class _Silent:
    """A dictionary without words."""

    version = "none"

    def words(self, sentence: str) -> Sequence[Word]:  # noqa: ARG002 - as every engine has it
        return ()

    def units(self, sentence: str, word: Word) -> Sequence[Word]:  # noqa: ARG002
        return ()

    def names(self, surface: str) -> frozenset[str]:  # noqa: ARG002
        return frozenset()
