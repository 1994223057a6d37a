"""What a check of the sources is made of: the rule, the page it looks at, the places it marks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from machikado.article.outline import Image, Link, Outline
from machikado.check.prose import Prose
from machikado.content.department import Term
from machikado.content.page import Page
from machikado.readings.engine import Engine
from machikado.vocabulary import Fix, Level, Outcome, Text, Weight


@dataclass(frozen=True, slots=True)
class Mark:
    """One place that a rule objects to: its line in the file, what is wrong, what to do there.

    Without a `help` of its own the rule's help is given. A `fix` is a change that is certain.
    """

    line: int
    message: Text
    help: Text | None = None
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Lookups:
    """What a rule may ask of the rest of the site, for one page.

    page_at: the page that a path from the locale's folder means to this page's readers;
    has_file: whether a path from the locale's folder is a file: in this locale's folder, in the
    default locale's at the same path, or shared by all;
    paths: every path that could be linked to, pages and other files, for suggestions;
    fragments: the fragments that lead somewhere on a page;
    terms: the glossary as this page's readers see it, by id;
    dictionary: what takes Japanese apart into words; None where none is installed.
    """

    page_at: Callable[[str], Page | None]
    has_file: Callable[[str], bool]
    paths: Callable[[], Iterable[str]]
    fragments: Callable[[Page], frozenset[str]]
    terms: Callable[[], Mapping[str, Term]]
    dictionary: Callable[[], Engine | None]


@dataclass(frozen=True)
class SourcePage:
    """One page as a rule sees it: its source, the outline of its body, and the site around it."""

    page: Page
    outline: Outline
    site: Lookups

    @cached_property
    def prose(self) -> Prose:
        """What readers see of the page as text."""
        return Prose.of(self.page, self.outline)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the body with code and comments blanked out."""
        return self.outline.text.split("\n")

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """All links, those written as HTML too."""
        raw = (
            Link(tag.words, tag.values["href"], tag.line)
            for tag in self.outline.tags
            if tag.name == "a" and "href" in tag.values
        )
        return tuple(sorted((*self.outline.links, *raw), key=lambda link: link.line))

    @cached_property
    def images(self) -> tuple[Image, ...]:
        """All images, those written as HTML too; `alt=""` is how HTML calls one decorative."""
        raw = (
            Image(
                tag.values.get("alt", "").strip(),
                tag.values.get("src", ""),
                tag.line,
                decorative=tag.values.get("alt") == "",
            )
            for tag in self.outline.tags
            if tag.name == "img"
        )
        return tuple(sorted((*self.outline.images, *raw), key=lambda image: image.line))


@dataclass(frozen=True, slots=True)
class Rule:
    """One check of the sources, named for the fault it finds; its file bears the same name.

    title: the fault in a few words; help: what an editor does about it;
    criteria, level: success criteria of JIS X 8341-3:2016 / WCAG 2.2 that the fault breaks, none
    for a rule of the project's own; outcome: what a mark means (`cantTell` leaves it to a person);
    weight: whether a mark stops the site from being published (`error`), or is only told;
    japanese: whether only pages in Japanese are looked at;
    good, bad: Markdown bodies without and with the fault. They are the rule's tests and
    documentation, read as docs/ja/plan/index.md of the site in `machikado.check.example`.
    """

    id: str
    title: Text
    help: Text
    find: Callable[[SourcePage], Iterable[Mark]]
    good: tuple[str, ...]
    bad: tuple[str, ...]
    criteria: tuple[str, ...] = ()
    level: Level | None = None
    outcome: Outcome = Outcome.FAILED
    weight: Weight = Weight.ERROR
    japanese: bool = False
