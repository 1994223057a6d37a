"""Checks of the sources: what the reader found and what every rule in `rules/` finds.

A rule is a file in `rules/`, named for its fault, that holds a `RULE`. Adding the file adds it.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module

from machikado.article.outline import fragments, outline
from machikado.check import rules
from machikado.check.rule import Lookups, Rule, SourcePage
from machikado.content.department import Term
from machikado.content.page import Page
from machikado.content.reader import SHARED, Reading
from machikado.content.tree import Tree
from machikado.vocabulary import Finding, Location, Report, by_place


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule of `rules/`, sorted by id."""
    names = sorted(module.name for module in pkgutil.iter_modules(rules.__path__))
    found = (import_module(f"{rules.__name__}.{name}").RULE for name in names)
    return tuple(sorted(found, key=lambda rule: rule.id))


def check_sources(
    tree: Tree, reading: Reading, only: Iterable[str] | None = None, *, docs: str = "docs"
) -> Report:
    """Everything wrong with the sources, in the order of files and lines.

    only: report on these files alone (named from the project's root); what other pages mean to
    them still counts. `pages` of the report is the number of sources looked at, readable or not.
    """
    sources = sources_of(tree, docs)
    wanted = set(sources) if only is None else set(only)
    around = _Surroundings(tree, reading, docs)
    folders = {f"{docs}/{locale.code}/": locale.code for locale in reading.site.locales}
    findings = [
        replace(finding, locale=next((c for f, c in folders.items() if file.startswith(f)), None))
        for finding in reading.findings
        if (file := finding.source.file if finding.source else finding.page) in wanted
    ]
    for page in reading.site.pages:
        if page.file in wanted:
            findings.extend(_findings(around.source_page(page)))
    return Report(len(wanted & set(sources)), by_place(findings))


def sources_of(tree: Tree, docs: str = "docs") -> tuple[str, ...]:
    """The file of every page, named from the project's root, whether or not it can be read."""
    shared = tuple(f"{docs}/{folder}/" for folder in SHARED)
    return tuple(
        file for file in tree.files(docs) if file.endswith(".md") and not file.startswith(shared)
    )


def _findings(source: SourcePage) -> Iterator[Finding]:
    page = source.page
    for rule in all_rules():
        for mark in rule.find(source):
            yield Finding(
                check=rule.id,
                message=mark.message,
                help=mark.help or rule.help,
                page=page.file,
                source=Location(page.file, mark.line),
                outcome=rule.outcome,
                criteria=rule.criteria,
                level=rule.level,
                locale=page.locale.code,
            )


class _Surroundings:
    """The site as its pages see it; each body is taken apart once."""

    def __init__(self, tree: Tree, reading: Reading, docs: str) -> None:
        self._site = reading.site
        self._tree = tree
        self._docs = docs
        self._fragments: dict[str, frozenset[str]] = {}
        self._files = tuple(file.removeprefix(f"{docs}/") for file in tree.files(docs))

    def source_page(self, page: Page) -> SourcePage:
        return SourcePage(page, outline(page.body, page.body_line), self._lookups(page))

    def _lookups(self, page: Page) -> Lookups:
        # The same three places, in the same order, as the typesetter looks into.
        roots = (f"{page.locale.code}/", f"{self._site.locales.default.code}/", "")

        def has_file(path: str) -> bool:
            inside = roots[:2] if path.endswith(".md") else roots
            return any(self._tree.exists(f"{self._docs}/{root}{path}") for root in inside)

        def paths() -> set[str]:
            starts = (*roots[:2], *(f"{folder}/" for folder in SHARED))
            return {
                file.removeprefix(start) if start in roots else file
                for start in starts
                for file in self._files
                if file.startswith(start)
            }

        return Lookups(
            page_at=lambda path: self._site.resolve(page.locale, path),
            has_file=has_file,
            paths=paths,
            fragments=self._fragments_of,
            terms=lambda: self._terms(page),
        )

    def _fragments_of(self, page: Page) -> frozenset[str]:
        if page.file not in self._fragments:
            self._fragments[page.file] = fragments(outline(page.body, page.body_line))
        return self._fragments[page.file]

    def _terms(self, page: Page) -> Mapping[str, Term]:
        glossary = self._site.glossary.terms
        default = glossary.get(self._site.locales.default.code, {})
        return {**default, **glossary.get(page.locale.code, {})}
