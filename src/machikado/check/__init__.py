"""Checks of the sources: what the reader found and what every rule in `rules/` finds.

A rule is a file in `rules/`, named for its fault, that holds a `RULE`. Adding the file adds it.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module

from machikado.article.outline import Outline, fragments, outline
from machikado.check import rules
from machikado.check.rule import Lookups, Rule, SourcePage
from machikado.content.department import Term
from machikado.content.page import Page
from machikado.content.reader import SHARED, Reading
from machikado.content.site import Site
from machikado.content.tree import Tree
from machikado.readings.engine import Engine, EngineMissingError
from machikado.readings.furigana import is_japanese
from machikado.readings.lexicon import read_lexicon
from machikado.readings.ruby import faulty_overrides
from machikado.readings.sudachi import Sudachi
from machikado.vocabulary import Finding, Location, Report, by_place


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule of `rules/`, sorted by id."""
    names = sorted(module.name for module in pkgutil.iter_modules(rules.__path__))
    found = (import_module(f"{rules.__name__}.{name}").RULE for name in names)
    return tuple(sorted(found, key=lambda rule: rule.id))


@cache
def _rules_of_any_language() -> tuple[Rule, ...]:
    return tuple(rule for rule in all_rules() if not rule.japanese)


@cache
def dictionary() -> Engine | None:
    """SudachiPy, where it is installed; it is loaded by the first text that it is given."""
    try:
        return Sudachi()
    except EngineMissingError:
        return None


def check_sources(
    tree: Tree,
    reading: Reading,
    only: Iterable[str] | None = None,
    *,
    docs: str = "docs",
    data: str = "i18n",
) -> Report:
    """Everything wrong with the sources, in the order of files and lines.

    only: report on these files alone (named from the project's root); what other pages mean to
    them still counts. `pages` of the report is the number of sources looked at, readable or not.
    """
    sources = sources_of(tree, docs)
    wanted = set(sources) if only is None else set(only)
    checker = Checker(reading.site, Files.of(tree, docs))
    folders = {f"{docs}/{locale.code}/": locale.code for locale in reading.site.locales}
    findings = [
        replace(finding, locale=next((c for f, c in folders.items() if file.startswith(f)), None))
        for finding in reading.findings
        if (file := finding.source.file if finding.source else finding.page) in wanted
    ]
    if only is None:
        findings.extend(_lexicon_faults(tree, data))
    for page in reading.site.pages:
        if page.file in wanted:
            findings.extend(checker.findings(page, outline(page.body, page.body_line)))
    return Report(len(wanted & set(sources)), by_place(findings))


def _lexicon_faults(tree: Tree, data: str) -> tuple[Finding, ...]:
    name = f"{data}/readings.csv"
    return read_lexicon(tree.read(name), name)[1] if tree.exists(name) else ()


def sources_of(tree: Tree, docs: str = "docs") -> tuple[str, ...]:
    """The file of every page, named from the project's root, whether or not it can be read."""
    return sources_among(tree.files(docs), docs)


def sources_among(files: Iterable[str], docs: str) -> tuple[str, ...]:
    """The files of pages among `files`."""
    shared = tuple(f"{docs}/{folder}/" for folder in SHARED)
    return tuple(f for f in files if f.endswith(".md") and not f.startswith(shared))


@dataclass(frozen=True, slots=True)
class Files:
    """The files below docs/, by their path there: whether one is there, and all of them."""

    has: Callable[[str], bool]
    names: Callable[[], Iterable[str]]

    @classmethod
    def of(cls, tree: Tree, docs: str) -> Files:
        @cache
        def names() -> tuple[str, ...]:
            return tuple(file.removeprefix(f"{docs}/") for file in tree.files(docs))

        return cls(lambda path: tree.exists(f"{docs}/{path}"), names)


class Checker:
    """Looks at one page after another, each with the site around it.

    places: the fragments that lead somewhere on another page, by default found in its text;
    words: the dictionary that takes Japanese apart, asked for only where a rule has a doubt.
    """

    def __init__(
        self,
        site: Site,
        files: Files,
        places: Callable[[Page], frozenset[str]] | None = None,
        words: Callable[[], Engine | None] = dictionary,
    ) -> None:
        self._site = site
        self._files = files
        self._places = places or cache(places_of)
        self._words = words

    def findings(self, page: Page, parts: Outline) -> Iterator[Finding]:
        """What the rules find on a page, whose body was taken apart into `parts`."""
        yield from (
            replace(finding, locale=page.locale.code)
            for finding in faulty_overrides(page.body, page.file, page.body_line)
        )
        source = SourcePage(page, parts, self._lookups(page))
        rules_here = all_rules() if is_japanese(page.locale.lang) else _rules_of_any_language()
        for rule in rules_here:
            for mark in rule.find(source):
                yield Finding(
                    check=rule.id,
                    message=mark.message,
                    help=mark.help or rule.help,
                    page=page.file,
                    source=Location(page.file, mark.line),
                    outcome=rule.outcome,
                    weight=rule.weight,
                    criteria=rule.criteria,
                    level=rule.level,
                    locale=page.locale.code,
                    fix=mark.fix,
                )

    def _lookups(self, page: Page) -> Lookups:
        # The same three places, in the same order, as the typesetter looks into.
        roots = (f"{page.locale.code}/", f"{self._site.locales.default.code}/", "")

        def has_file(path: str) -> bool:
            inside = roots[:2] if path.endswith(".md") else roots
            return any(self._files.has(f"{root}{path}") for root in inside)

        def paths() -> set[str]:
            starts = (*roots[:2], *(f"{folder}/" for folder in SHARED))
            return {
                file.removeprefix(start) if start in roots else file
                for start in starts
                for file in self._files.names()
                if file.startswith(start)
            }

        return Lookups(
            page_at=lambda path: self._site.resolve(page.locale, path),
            has_file=has_file,
            paths=paths,
            fragments=self._places,
            terms=lambda: self._terms(page),
            dictionary=self._words,
        )

    def _terms(self, page: Page) -> Mapping[str, Term]:
        glossary = self._site.glossary.terms
        default = glossary.get(self._site.locales.default.code, {})
        return {**default, **glossary.get(page.locale.code, {})}


def places_of(page: Page) -> frozenset[str]:
    """The fragments that lead somewhere on a page."""
    return fragments(outline(page.body, page.body_line))
