"""The site: every page, and the questions a template, a feed or a check asks of them all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from machikado.content.address import address_of
from machikado.content.department import Category, Department, Glossary
from machikado.content.front_matter import PageType
from machikado.content.locale import Locale, Locales
from machikado.content.page import Page


class TranslationStatus(StrEnum):
    """How a page of one locale stands to its source page."""

    SOURCE = "source"
    CURRENT = "current"
    OUTDATED = "outdated"
    MISSING = "missing"


@dataclass(frozen=True)
class Site:
    """All pages and their shared vocabulary. Immutable; each index is built once, on first use."""

    locales: Locales
    pages: tuple[Page, ...]
    departments: Mapping[str, Department] = field(default_factory=dict)
    categories: Mapping[str, Category] = field(default_factory=dict)
    glossary: Glossary = field(default_factory=Glossary)

    def at(self, now: datetime) -> Site:
        """The site as readers may see it at `now`: no page before its time, none after.

        A translation follows its source: it is never public before the source page is, nor after.
        """
        sources = {page.id: page for page in self.pages if page.locale.is_default}

        def visible(page: Page) -> bool:
            source = sources.get(page.id, page)
            return page.is_published(now) and source.is_published(now)

        return replace(self, pages=tuple(page for page in self.pages if visible(page)))

    @cached_property
    def _by_path(self) -> dict[tuple[str, str], Page]:
        return {(page.locale.code, page.path): page for page in self.pages}

    @cached_property
    def _by_id(self) -> dict[str, dict[str, Page]]:
        groups: dict[str, dict[str, Page]] = defaultdict(dict)
        for locale in self.locales:
            for page in self._in_locale[locale.code]:
                groups[page.id][locale.code] = page
        return dict(groups)

    @cached_property
    def _in_locale(self) -> dict[str, list[Page]]:
        lists: dict[str, list[Page]] = {locale.code: [] for locale in self.locales}
        for page in self.pages:
            lists[page.locale.code].append(page)
        return lists

    @cached_property
    def _children(self) -> dict[tuple[str, str], list[Page]]:
        lists: dict[tuple[str, str], list[Page]] = defaultdict(list)
        for page in self.pages:
            if not page.is_home and not page.is_not_found:
                lists[page.locale.code, self._parent_path(page.path)].append(page)
        for pages in lists.values():
            pages.sort(key=lambda page: (page.id, page.path))
        return dict(lists)

    @staticmethod
    def _parent_path(path: str) -> str:
        folder, _, name = path.rpartition("/")
        if name == "index.md":
            folder = folder.rpartition("/")[0]
        return f"{folder}/index.md" if folder else "index.md"

    def in_locale(self, locale: Locale) -> list[Page]:
        return self._in_locale[locale.code]

    def page_at(self, locale: Locale, path: str) -> Page | None:
        return self._by_path.get((locale.code, path))

    def translations(self, page_id: str) -> Mapping[str, Page]:
        """The real pages with this id, by locale code, in the order of the locales."""
        return self._by_id.get(page_id, {})

    def source_of(self, page: Page) -> Page:
        """The page this one was translated from (itself for a source page)."""
        group = self.translations(page.id)
        return group.get(self.locales.default.code) or next(iter(group.values()), page)

    def resolve(self, locale: Locale, path: str) -> Page | None:
        """The page that `path` means to a reader of `locale`: their own edition, else the original.

        The path is first looked up in the reader's locale, then in the default locale; what is
        found there leads to the reader's own edition by id, should that one have moved.
        """
        if own := self.page_at(locale, path):
            return own
        original = self.page_at(self.locales.default, path)
        if original is None:
            return None
        return self.translations(original.id).get(locale.code, original)

    def home(self, locale: Locale) -> Page | None:
        return self.page_at(locale, "index.md")

    def parent(self, page: Page) -> Page | None:
        """The nearest section page above `page` that exists in its locale."""
        path = page.path
        while path != "index.md":
            path = self._parent_path(path)
            if found := self.page_at(page.locale, path):
                return found
        return None

    def breadcrumb(self, page: Page) -> list[Page]:
        """The way from home down to `page`, both included."""
        way = [page]
        while (above := self.parent(way[0])) is not None:
            way.insert(0, above)
        return way

    def children(self, section: Page) -> list[Page]:
        """The pages directly below a section in its locale, in the order of their ids."""
        return self._children.get((section.locale.code, section.path), [])

    def siblings(self, page: Page) -> list[Page]:
        above = self.parent(page)
        return self.children(above) if above else []

    @cached_property
    def _news(self) -> dict[str, list[Page]]:
        lists: dict[str, list[Page]] = {}
        for code, pages in self._in_locale.items():
            news = [p for p in pages if p.meta.type is PageType.NEWS and p.meta.publish_at]
            news.sort(key=lambda p: (p.meta.publish_at, p.id), reverse=True)
            lists[code] = news
        return lists

    def news(self, locale: Locale) -> list[Page]:
        """The dated news really written in `locale`, the newest first."""
        return self._news[locale.code]

    def urgent(self, locale: Locale) -> list[Page]:
        """What the emergency place shows: urgent news, in the original where untranslated."""
        urgent = {c.id for c in self.categories.values() if c.urgent}
        sources = [p for p in self.news(self.locales.default) if p.meta.category in urgent]
        return [self.translations(page.id).get(locale.code, page) for page in sources]

    def status(self, page_id: str, locale: Locale) -> TranslationStatus:
        """How the edition in `locale` of the page `page_id` stands to its source."""
        page = self.translations(page_id).get(locale.code)
        if page is None:
            return TranslationStatus.MISSING
        source = self.source_of(page)
        if source is page:
            return TranslationStatus.SOURCE
        made_from = page.meta.translation.source_hash if page.meta.translation else ""
        return (
            TranslationStatus.CURRENT if made_from == source.digest else TranslationStatus.OUTDATED
        )

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Every page id once, in the order of the default locale's pages, then the others."""
        return tuple(dict.fromkeys(page.id for page in self._ordered()))

    def _ordered(self) -> Iterable[Page]:
        for locale in sorted(self.locales, key=lambda locale: not locale.is_default):
            yield from self._in_locale[locale.code]

    def aliases(self) -> Mapping[str, Page]:
        """Old addresses, with the locale's prefix, and the page that each leads to now."""
        return {
            page.locale.prefix.rstrip("/") + alias: page
            for page in self.pages
            for alias in page.meta.aliases
        }

    def home_address(self, locale: Locale) -> str:
        return address_of(locale, "index.md")
