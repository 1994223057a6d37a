"""The site: every page, and the questions a template, a feed or a check asks of them all."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar

from machikado.content.address import address_of
from machikado.content.department import Category, Department, Glossary
from machikado.content.front_matter import PageType
from machikado.content.locale import Locale, Locales
from machikado.content.page import Page

MOST_MAPPED = 500
"""Pages of a locale up to which a site map names each; beyond, it names the sections alone."""
Value = TypeVar("Value")


class TranslationStatus(StrEnum):
    """How a page of one locale stands to its source page."""

    SOURCE = "source"
    CURRENT = "current"
    OUTDATED = "outdated"
    MISSING = "missing"


class Claim(StrEnum):
    """What no two pages may share: an address (now or before), an id in a locale, a feed's id."""

    ADDRESS = "address"
    ALIAS = "alias"
    ID = "id"
    FEED_ID = "feed_id"


class Site(ABC):
    """All pages and their shared vocabulary, as questions.

    The abstract ones are what an implementation knows: `MemorySite` holds every page, an index on disk
    opens a page when it is asked for. All others follow from them.
    """

    locales: Locales
    departments: Mapping[str, Department]
    categories: Mapping[str, Category]
    glossary: Glossary

    @abstractmethod
    def page_at(self, locale: Locale, path: str) -> Page | None: ...

    @abstractmethod
    def translations(self, page_id: str) -> Mapping[str, Page]:
        """The real pages with this id, by locale code, in the order of the locales."""

    @abstractmethod
    def children(self, section: Page) -> Sequence[Page]:
        """The pages directly below a section in its locale, in the order of their ids."""

    @abstractmethod
    def in_locale(self, locale: Locale) -> Sequence[Page]:
        """Every page of a locale, in the order of their files."""

    @abstractmethod
    def mapped(self, locale: Locale) -> Sequence[Page]:
        """What a site map of the locale names: every page or, where they are many, the sections."""

    @abstractmethod
    def news(
        self,
        locale: Locale,
        limit: int | None = None,
        *,
        category: str | None = None,
        department: str | None = None,
    ) -> Sequence[Page]:
        """The dated news really written in `locale`, the newest first; those of one id alone.

        One of category and department may be given, not both.
        """

    @abstractmethod
    def events(self, locale: Locale, limit: int | None = None) -> Sequence[Page]:
        """The dated events really written in `locale`, those announced last first."""

    @abstractmethod
    def urgent(self, locale: Locale) -> Sequence[Page]:
        """What the emergency place shows: urgent news, in the original where untranslated."""

    @abstractmethod
    def claims(self, kind: Claim, name: str) -> Sequence[Page]:
        """The pages that claim a name for themselves, in the order of their files.

        An address and an alias are named from the site's root, an id as `<locale>:<id>`.
        """

    @abstractmethod
    def shared(self, name: str, make: Callable[[], Value]) -> Value:
        """What many pages show alike, made once: `make` asks this site alone and its name says all."""

    @property
    def pages(self) -> tuple[Page, ...]:
        """Every page, in the order of the files of each locale."""
        return tuple(page for locale in self.locales for page in self.in_locale(locale))

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
            path = section_of(path)
            if found := self.page_at(page.locale, path):
                return found
        return None

    def breadcrumb(self, page: Page) -> list[Page]:
        """The way from home down to `page`, both included."""
        way = [page]
        while (above := self.parent(way[0])) is not None:
            way.insert(0, above)
        return way

    def siblings(self, page: Page) -> Sequence[Page]:
        above = self.parent(page)
        return self.children(above) if above else []

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

    @property
    def ids(self) -> tuple[str, ...]:
        """Every page id once, in the order of the default locale's pages, then the others."""
        locales = sorted(self.locales, key=lambda locale: not locale.is_default)
        return tuple(dict.fromkeys(p.id for locale in locales for p in self.in_locale(locale)))

    def home_address(self, locale: Locale) -> str:
        return address_of(locale, "index.md")


def section_of(path: str) -> str:
    """The path of the section page directly above the page at `path`; that of home above home.

    >>> section_of("plan/measures/1-2-2.md"), section_of("plan/index.md"), section_of("plan.md")
    ('plan/measures/index.md', 'index.md', 'index.md')
    """
    folder, _, name = path.rpartition("/")
    if name == "index.md":
        folder = folder.rpartition("/")[0]
    return f"{folder}/index.md" if folder else "index.md"


@dataclass(frozen=True)
class MemorySite(Site):
    """A site that holds every page. Immutable; each index is built once, on first use."""

    locales: Locales
    held: tuple[Page, ...]
    departments: Mapping[str, Department] = field(default_factory=dict)
    categories: Mapping[str, Category] = field(default_factory=dict)
    glossary: Glossary = field(default_factory=Glossary)

    def at(self, now: datetime) -> MemorySite:
        """The site as readers may see it at `now`: no page before its time, none after.

        A translation follows its source: it is never public before the source page is, nor after.
        """
        sources = {page.id: page for page in self.held if page.locale.is_default}

        def visible(page: Page) -> bool:
            source = sources.get(page.id, page)
            return page.is_published(now) and source.is_published(now)

        return replace(self, held=tuple(page for page in self.held if visible(page)))

    @cached_property
    def _by_path(self) -> dict[tuple[str, str], Page]:
        return {(page.locale.code, page.path): page for page in self.held}

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
        for page in self.held:
            lists[page.locale.code].append(page)
        return lists

    @cached_property
    def _children(self) -> dict[tuple[str, str], list[Page]]:
        lists: dict[tuple[str, str], list[Page]] = defaultdict(list)
        for page in self.held:
            if not page.is_home and not page.is_not_found:
                lists[page.locale.code, section_of(page.path)].append(page)
        for pages in lists.values():
            pages.sort(key=lambda page: (page.id, page.path))
        return dict(lists)

    @cached_property
    def _dated(self) -> dict[tuple[str, PageType], list[Page]]:
        """The dated news and events of each locale, the newest first."""
        lists: dict[tuple[str, PageType], list[Page]] = {}
        for code, pages in self._in_locale.items():
            for kind in (PageType.NEWS, PageType.EVENT):
                dated = [p for p in pages if p.meta.type is kind and p.meta.publish_at]
                dated.sort(key=lambda p: (p.meta.publish_at, p.id), reverse=True)
                lists[code, kind] = dated
        return lists

    @cached_property
    def _news_of(self) -> dict[tuple[str, str, str | None], list[Page]]:
        """The news of each locale by category and by department."""
        lists: dict[tuple[str, str, str | None], list[Page]] = defaultdict(list)
        for (code, kind), pages in self._dated.items():
            for page in pages if kind is PageType.NEWS else ():
                lists[code, "category", page.meta.category].append(page)
                lists[code, "department", page.meta.department].append(page)
        return dict(lists)

    @cached_property
    def _claims(self) -> dict[tuple[Claim, str], list[Page]]:
        claims: dict[tuple[Claim, str], list[Page]] = defaultdict(list)
        for page in self.held:
            for claim in claims_of(page):
                claims[claim].append(page)
        return dict(claims)

    @cached_property
    def _shared(self) -> dict[str, Any]:
        return {}

    @property
    def pages(self) -> tuple[Page, ...]:
        return self.held

    def page_at(self, locale: Locale, path: str) -> Page | None:
        return self._by_path.get((locale.code, path))

    def translations(self, page_id: str) -> Mapping[str, Page]:
        return self._by_id.get(page_id, {})

    def children(self, section: Page) -> Sequence[Page]:
        return self._children.get((section.locale.code, section.path), [])

    def in_locale(self, locale: Locale) -> Sequence[Page]:
        return self._in_locale[locale.code]

    def mapped(self, locale: Locale) -> Sequence[Page]:
        pages = self.in_locale(locale)
        return pages if len(pages) <= MOST_MAPPED else [page for page in pages if page.is_index]

    def news(
        self,
        locale: Locale,
        limit: int | None = None,
        *,
        category: str | None = None,
        department: str | None = None,
    ) -> Sequence[Page]:
        if category is None and department is None:
            return self._dated[locale.code, PageType.NEWS][:limit]
        kind = "department" if category is None else "category"
        return self._news_of.get((locale.code, kind, category or department), [])[:limit]

    def events(self, locale: Locale, limit: int | None = None) -> Sequence[Page]:
        return self._dated[locale.code, PageType.EVENT][:limit]

    def urgent(self, locale: Locale) -> Sequence[Page]:
        urgent = {c.id for c in self.categories.values() if c.urgent}
        sources = [p for p in self.news(self.locales.default) if p.meta.category in urgent]
        return [self.translations(page.id).get(locale.code, page) for page in sources]

    def claims(self, kind: Claim, name: str) -> Sequence[Page]:
        return self._claims.get((kind, name), [])

    def shared(self, name: str, make: Callable[[], Value]) -> Value:
        if name not in self._shared:
            self._shared[name] = make()
        made: Value = self._shared[name]
        return made


def claims_of(page: Page) -> Iterable[tuple[Claim, str]]:
    """What a page claims for itself alone."""
    yield Claim.ADDRESS, page.address
    yield Claim.ID, f"{page.locale.code}:{page.id}"
    if page.meta.feed_id is not None:
        yield Claim.FEED_ID, page.meta.feed_id
    for alias in page.meta.aliases:
        yield Claim.ALIAS, old_address(page, alias)


def old_address(page: Page, alias: str) -> str:
    """The old address that `alias` of a page means, from the site's root."""
    return page.locale.prefix.rstrip("/") + alias
