"""From a fault on a rendered page back to the line an editor wrote, or to nothing: no guesses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import unescape

from machikado.article.outline import Image, Outline, Tag, outline
from machikado.article.tables import CAPTION
from machikado.content.page import Page
from machikado.vocabulary import Location

_OPTIONS = re.compile(r"\s*\{[^{}]*\}$")
_COLONS = str.maketrans("", "", ":：")
_MADE_BY_MARKDOWN = {
    "p", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "td", "th", "caption",
    "em", "strong", "code", "pre", "blockquote", "div", "span", "sup", "section", "figure",
    "abbr", "dfn", "details", "summary",
}  # fmt: skip
"""Markdown or the generator makes these too, so that counting hand-written tags proves nothing."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where on the page an element stands, as the browser saw it.

    part: `title`, `summary` or `article`; kind: `heading`, `link`, `image` or the element's name;
    ordinal: its number, from 0, among the `count` of its kind that an editor wrote (else -1);
    block, row: the words of the paragraph, item or cell, and of the table row, that it is in.
    """

    part: str
    kind: str = ""
    ordinal: int = -1
    count: int = 0
    block: str = ""
    row: str = ""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the rendered article holds, in order: words of headings and links, alts of images."""

    heading: tuple[str, ...] = ()
    link: tuple[str, ...] = ()
    image: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """One page's source, ready to be asked for lines."""

    page: Page
    outline: Outline = field(repr=False)

    @classmethod
    def of(cls, page: Page) -> Source:
        return cls(page, outline(page.body, page.body_line))

    def locate(self, place: Place | None, holdings: Holdings) -> Location | None:
        """The file and line that `place` was written at, or None where that is not certain."""
        line = self._line(place, holdings) if place else None
        return Location(self.page.file, line) if line else None

    def _line(self, place: Place, holdings: Holdings) -> int | None:
        if place.part in ("title", "summary"):
            return self.page.lines.get(place.part)
        if place.kind in ("heading", "link", "image"):
            written = self._written(place.kind)
            rendered = getattr(holdings, place.kind)
            if (line := _line_by_ordinal(place.ordinal, rendered, written)) is not None:
                return line
        elif place.kind not in _MADE_BY_MARKDOWN:
            tags = [tag.line for tag in self.outline.tags if tag.name == place.kind]
            if len(tags) == place.count and 0 <= place.ordinal < len(tags):
                return tags[place.ordinal]
        return self._line_by_words(place)

    def _written(self, kind: str) -> list[tuple[int, str | None]]:
        """Line and words of every element of `kind`, Markdown's and HTML's; None: words unknown."""
        parts: list[tuple[int, str | None]]
        if kind == "heading":
            parts = [(heading.line, heading.text) for heading in self.outline.headings]
            parts += [(tag.line, None) for tag in self._tags("h1", "h2", "h3", "h4", "h5", "h6")]
        elif kind == "link":
            parts = [(link.line, link.text) for link in self.outline.links]
            parts += [(tag.line, tag.words) for tag in self._tags("a") if "href" in tag.values]
        else:
            parts = [(image.line, _alt(image)) for image in self.outline.images]
            parts += [(tag.line, tag.values.get("alt", "")) for tag in self._tags("img")]
        return sorted(parts, key=lambda part: part[0])

    def _tags(self, *names: str) -> Iterable[Tag]:
        return (tag for tag in self.outline.tags if tag.name in names)

    def _line_by_words(self, place: Place) -> int | None:
        rows = [(line, _letters(_rendered(words))) for line, words in self.outline.rows]
        for wanted in (_letters(place.row), _letters(place.block)):
            if wanted and (line := _only_run(rows, wanted)) is not None:
                return line
        if place.row and (cell := _letters(place.block)):
            # A row with generated parts differs from its source; a cell that stands once does not.
            holders = [(line, words) for line, words in rows if cell in words]
            if len(holders) == 1 and holders[0][1].count(cell) == 1:
                return holders[0][0]
        return None


def _rendered(row: str) -> str:
    """A row as readers see it: a table's caption loses its mark and its options."""
    return _OPTIONS.sub("", CAPTION.sub("", row)) if CAPTION.match(row) else row


def _alt(image: Image) -> str:
    """The alt that the typesetter gives an image: a decorative one has none."""
    return "" if image.decorative else image.alt


def _line_by_ordinal(
    ordinal: int, rendered: Sequence[str], written: Sequence[tuple[int, str | None]]
) -> int | None:
    """The line of the part that both sides count as the same and call the same."""
    if not 0 <= ordinal < len(rendered):
        return None
    words = _letters(rendered[ordinal])
    if len(rendered) == len(written):
        line, own = written[ordinal]
        if own is None or _letters(own) == words:
            return line
    # The sides count differently (a footnote, an automatic link): words that stand once on each
    # side are still the same part.
    if words and [_letters(text) for text in rendered].count(words) == 1:
        lines = [line for line, own in written if own is not None and _letters(own) == words]
        if len(lines) == 1:
            return lines[0]
    return None


def _only_run(rows: Sequence[tuple[int, str]], wanted: str) -> int | None:
    """The first line of the one run of lines that together say exactly `wanted`."""
    starts: list[int] = []
    for first in range(len(rows)):
        said, previous = "", rows[first][0] - 1
        for line, words in rows[first:]:
            if line != previous + 1 or not wanted.startswith(said + words):
                break
            said, previous = said + words, line
            if said == wanted:
                starts.append(rows[first][0])
                break
    return starts[0] if len(starts) == 1 else None


def _letters(text: str) -> str:
    """The words alone: line breaks are no part of Japanese text, and lists may lose their colons."""
    return "".join(unescape(text).split()).translate(_COLONS)
