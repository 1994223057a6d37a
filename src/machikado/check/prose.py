"""What readers see of a page as text, each character at its place in the source.

Code, comments, addresses, attributes and HTML are masked, not taken out, so that a place found in the
text is a place in the file, and a rule about words sees words alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from machikado.article.outline import Outline
from machikado.article.overrides import OVERRIDE
from machikado.content.page import Page
from machikado.patterns import lazily
from machikado.vocabulary import Fix

MASK = "\ufffe"
"""Stands for every character that is no text: a noncharacter (Unicode 16, section 23.7), in no text."""
_ADDRESS = r"<[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*"
_HIDDEN = tuple(
    (mark, lazily(pattern, re.MULTILINE))
    for mark, pattern in (
        # the target of a link
        ("](", rf"\]\((?:{_ADDRESS})(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)"),
        ("<", r"</?(?!br\b)[A-Za-z][^<>]*>"),  # HTML, or an address in <>
        ("://", r"https?://[!-~]+"),
        ("www.", r"www\.[!-~]+"),
        ("@", r"[A-Za-z0-9.+_-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"),
        ("[^", r"\[\^[^\]\n]+\]:?"),  # a footnote's mark
        ("[[", r"^[ \t]*\[\[[a-z][^\]\n]*\]\][ \t]*$"),  # a generated list
        ("]:", r"^ {0,3}\*?\[[^\[\]\n]+\]:.*$"),  # a named link's address, an abbreviation
        ("{", r"\{:?[ ]*(?:[#.]|[A-Za-z-]+=)[^{}\n]*\}"),  # an attribute list
        ("!!!", r"^[ \t]*!!!(?= )"),  # the beginning of a box
        ("???", r"^[ \t]*\?\?\?\+?(?= )"),
        ("**", r"\*\*"),
        ("__", r"__"),
    )
)
"""What is no text: a mark without which there is none of its kind, and how it is written."""
_LINKED = lazily(f"!?\\[[^\\[\\]{MASK}\\n]*(?={MASK})")
_SPACES_OF_CODE = lazily(f"(?<={MASK}) +(?={MASK})")
_VISIBLE = lazily(r"[^\n]")
_LETTERS = lazily(r"[\W_]+")


@dataclass(frozen=True)
class Passage:
    """One text that readers see: the title, the summary, or the body, which begins at `line`.

    text: with a mask for all that is no text; written: as it stands in the source, as long as `text`.
    key: the key of front matter it was taken from; None for the body.
    """

    text: str
    written: str
    line: int
    key: str | None = None

    def line_of(self, position: int) -> int:
        """The line of the file in which a character stands."""
        return self.line + (0 if self.key else self.text.count("\n", 0, position))

    def fix(self, start: int, end: int, new: str) -> Fix | None:
        """`new` in the place of what stands there; None where that is not in one piece of the body."""
        old = self.written[start:end]
        if self.key or "\n" in old or old != self.text[start:end] or old == new:
            return None
        begins = self.text.rfind("\n", 0, start) + 1
        return Fix(self.line_of(start), start - begins, old, new)


@dataclass(frozen=True)
class Place:
    """Where a pattern was found."""

    passage: Passage
    found: re.Match[str]

    @property
    def line(self) -> int:
        return self.passage.line_of(self.found.start())

    @property
    def words(self) -> str:
        return self.found.group()

    @property
    def before(self) -> str:
        """What stands before it on its line."""
        text = self.passage.text
        return text[text.rfind("\n", 0, self.found.start()) + 1 : self.found.start()]

    @property
    def after(self) -> str:
        """What stands behind it on its line."""
        text, end = self.passage.text, self.found.end()
        stop = text.find("\n", end)
        return text[end : stop if stop >= 0 else len(text)]

    def fix(self, new: str) -> Fix | None:
        return self.passage.fix(self.found.start(), self.found.end(), new)


@dataclass(frozen=True)
class Prose:
    """All texts of a page."""

    passages: tuple[Passage, ...]

    @classmethod
    def of(cls, page: Page, parts: Outline) -> Prose:
        body = Passage(_masked(page.body, parts.text), page.body, page.body_line)
        told = (
            Passage(text, text, page.lines[key], key)
            for key, text in (("title", page.meta.title), ("summary", page.meta.summary))
            if text and key in page.lines
        )
        return cls((*told, body))

    @property
    def body(self) -> Passage:
        return self.passages[-1]

    @cached_property
    def letters(self) -> str:
        """Every character of the page once: where a rule looks first whether it need look at all."""
        return "".join(set().union(*(passage.text for passage in self.passages)))

    @cached_property
    def own_letters(self) -> int:
        """How many letters of the body stand in no heading, link or image: what the page itself tells."""
        text = _LINKED.sub("", self.body.text)
        return sum(
            len(_LETTERS.sub("", line)) for line in text.split("\n") if not line.startswith("#")
        )

    def find(
        self,
        pattern: re.Pattern[str],
        needs: re.Pattern[str] | None = None,
        core: re.Pattern[str] | None = None,
    ) -> Iterator[Place]:
        """Every place that the pattern fits.

        needs: finds a character that each of them must have; core: a part that each of them must have,
        and that begins with one of a few characters, which is what the search for a pattern is quick at.
        """
        if needs is not None and not needs.search(self.letters):
            return
        for passage in self.passages:
            if core is not None and not core.search(passage.text):
                continue
            for found in pattern.finditer(passage.text):
                yield Place(passage, found)

    def find_at(
        self, hint: re.Pattern[str], pattern: re.Pattern[str], back: int = 0
    ) -> Iterator[Place]:
        """As `find`, but tried only where a quick pattern, `hint`, fits, or up to `back` characters before."""
        for passage in self.passages:
            text, done = passage.text, 0
            for near in hint.finditer(text):
                for at in range(max(done, near.start() - back), near.start() + 1):
                    if found := pattern.match(text, at):
                        done = found.end()
                        yield Place(passage, found)
                        break


def _masked(body: str, text: str) -> str:
    if text != body:
        # Where the outline blanked something out there was code or a comment.
        pairs = zip(body, text, strict=True)
        text = "".join(MASK if one != other else other for one, other in pairs)
        text = _SPACES_OF_CODE.sub(_hide, text)
    for mark, pattern in _HIDDEN:
        if mark in text:
            text = pattern.sub(_hide, text)
    return OVERRIDE.sub(_bare, text) if "|" in text or "｜" in text else text


def _hide(found: re.Match[str]) -> str:
    words = found.group()
    return _VISIBLE.sub(MASK, words) if "\n" in words else MASK * len(words)


def _bare(found: re.Match[str]) -> str:
    return MASK + found.group(1) + MASK * (found.end() - found.end(1))
