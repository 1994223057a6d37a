"""`{漢字|かんじ}`: how one place of a text is read, as an editor writes it.

The sign is furigana for readers, and nothing at all for search, feeds and whoever asks for plain words.
"""

from __future__ import annotations

from machikado.patterns import lazily

KANJI = "々〆〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"
"""Ideographs, the marks read like one (々, 〆), and 〇, as a character class (Unicode blocks as of 16.0)."""
OVERRIDE = lazily(
    rf"[{{｛](?=[^{{}}｛｝|｜\n]*[{KANJI}])([^{{}}｛｝|｜\n]*)[|｜]([^{{}}｛｝|｜\n]*)[}}｝]"
)
"""Group 1: the words, with a kanji among them; group 2: how they are read."""


def without_overrides(text: str) -> str:
    """`text` with each override as its words alone."""
    return OVERRIDE.sub(r"\1", text) if "|" in text or "｜" in text else text


def guarded(text: str) -> str:
    """`text` with the braces of its overrides in full width, which Markdown takes for no attributes."""
    return OVERRIDE.sub(r"｛\1｜\2｝", text) if "{" in text else text
