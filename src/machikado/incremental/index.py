"""The content index: every page of the site, opened when it is asked for, with a note of who asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

from machikado.content.department import Glossary
from machikado.content.front_matter import FrontMatter
from machikado.content.locale import Locale
from machikado.content.page import Page
from machikado.content.reader import Vocabulary
from machikado.content.site import MOST_MAPPED, Claim, Site
from machikado.content.source import Source, body_of
from machikado.content.tree import Tree
from machikado.incremental import codec
from machikado.incremental.change import ALL, PUBLIC
from machikado.incremental.publication import digest_of
from machikado.incremental.store import Store
from machikado.incremental.trace import Keys, Trace

Value = TypeVar("Value")
Entry = TypeVar("Entry")


class SourceChangedError(Exception):
    """A source was written while the site was being built; the build has to look again."""


class IndexedPage(Page):
    """A page of the index. Its place and its id are known; all else is opened, and noted, when asked for."""

    def __init__(self, site: IndexedSite, row: tuple[Any, ...]) -> None:
        number, file, locale, path, page_id, card, digest, body_line = row
        self.__dict__.update(
            number=number,
            file=file,
            locale=site.locale(locale),
            path=path,
            _site=site,
            _id=page_id,
            _card=card,
            _digest=digest,
            body_line=body_line,
        )

    number: int
    body_line: int
    _site: IndexedSite
    _id: str
    _card: bytes
    _digest: str

    @property
    def id(self) -> str:
        return self._id

    @property
    def meta(self) -> FrontMatter:
        self._site.trace.saw(f"card {self.file}")
        return self._meta

    @cached_property
    def _meta(self) -> FrontMatter:
        return codec.card(self._card)

    @property
    def digest(self) -> str:
        self._site.trace.saw(f"digest {self.file}")
        return self._digest

    @cached_property
    def source(self) -> Source:
        return codec.source(
            self._site.store.one("SELECT source FROM pages WHERE number = ?", self.number)
        )

    @property
    def lines(self) -> dict[str, int]:
        return self.source.lines

    @property
    def body(self) -> str:
        self._site.trace.saw(f"body {self.file}")
        return self._site.body_of(self)


class IndexedSite(Site):
    """The site of a cache: every page (`now` is None), or those that readers may see at `now`."""

    def __init__(
        self,
        store: Store,
        tree: Tree,
        vocabulary: Vocabulary,
        trace: Trace,
        now: int | None,
    ) -> None:
        self.store, self.tree, self.trace = store, tree, trace
        self.locales = vocabulary.locales
        self.departments = _Noted("department", vocabulary.departments, trace)
        self.categories = _Noted("category", vocabulary.categories, trace)
        self.glossary = Glossary(
            {
                code: _Noted(f"term {code}", terms, trace)
                for code, terms in vocabulary.glossary.terms.items()
            }
        )
        self._view = ALL if now is None else PUBLIC
        # `+`: left to itself SQLite walks through all pages of a locale that begin by now.
        self._seen = "id IS NOT NULL" if now is None else f"+begins <= {now} AND {now} < ends"
        self._locales = {locale.code: locale for locale in self.locales}
        self._order = {locale.code: rank for rank, locale in enumerate(self.locales)}
        self._pages: dict[int, IndexedPage] = {}
        self._paths: dict[tuple[str, str], IndexedPage | None] = {}
        self._editions: dict[str, dict[str, Page]] = {}
        self._lists: dict[str, list[IndexedPage]] = {}
        self._files: dict[str, IndexedPage] = {}
        self._claims: dict[str, list[IndexedPage]] = {}
        self._is_whole = False
        self._opened: tuple[IndexedPage | None, str] = (None, "")
        self._digests: dict[str, bytes] = {}
        self._shared: dict[str, Any] = {}
        self.shared_keys: dict[str, Keys] = {}

    def locale(self, code: str) -> Locale:
        return self._locales[code]

    def hold(self) -> None:
        """Open every page's row at once: what a build of the whole site wants."""
        numbers: dict[int, IndexedPage] = {}
        for page in self._found(f"{self._seen} ORDER BY file"):
            numbers[page.number] = self._files[page.file] = page
            self._paths[page.locale.code, page.path] = page
            self._editions.setdefault(page.id, {})[page.locale.code] = page
        for page_id, group in self._editions.items():
            if len(group) > 1:
                ranked = sorted(group.items(), key=lambda item: self._order[item[0]])
                self._editions[page_id] = dict(ranked)
        # In the order of the pages' files, as `claims` gives them.
        claimed: dict[int, list[str]] = {}
        for name, number in self.store.rows("SELECT name, page FROM claims"):
            claimed.setdefault(number, []).append(name)
        for number, page in numbers.items():
            for name in claimed.get(number, ()):
                self._claims.setdefault(name, []).append(page)
        self._digests = dict(self.store.rows("SELECT name, digest FROM files"))
        self._is_whole = True

    def body_of(self, page: IndexedPage) -> str:
        """The text of a page. That of the last one asked for is at hand: many questions are asked of it."""
        opened, body = self._opened
        if opened is not page:
            data = self.tree.read(page.file)
            if digest_of(data) != self._digest_of(page.file):
                raise SourceChangedError(page.file)
            body = body_of(data, page.body_line)
            self._opened = page, body
        return body

    def _digest_of(self, file: str) -> bytes | None:
        """The digest of a source as it was read into the index."""
        if self._is_whole:
            return self._digests.get(file)
        known: bytes | None = self.store.one("SELECT digest FROM files WHERE name = ?", file)
        return known

    def page_of(self, file: str) -> IndexedPage | None:
        """The page whose source is `file`, where this view of the site has it."""
        if self._is_whole:
            return self._files.get(file)
        return next(self._found(f"file = ? AND {self._seen}", file), None)

    def page_at(self, locale: Locale, path: str) -> Page | None:
        self.trace.saw(f"{self._view}path {locale.code}/{path}")
        key = (locale.code, path)
        if key not in self._paths:
            where = f"locale = ? AND path = ? AND {self._seen}"
            self._paths[key] = None if self._is_whole else next(self._found(where, *key), None)
        return self._paths[key]

    def translations(self, page_id: str) -> Mapping[str, Page]:
        self.trace.saw(f"{self._view}id {page_id}")
        if page_id not in self._editions:
            group: dict[str, Page] = {}
            if not self._is_whole:
                for page in self._found(f"id = ? AND {self._seen} ORDER BY file", page_id):
                    group[page.locale.code] = page
            self._editions[page_id] = dict(
                sorted(group.items(), key=lambda item: self._order[item[0]])
            )
        return self._editions[page_id]

    def children(self, section: Page) -> Sequence[Page]:
        return self._list(
            f"below {section.locale.code}/{section.path}",
            f"locale = ? AND section = ? AND {self._seen} ORDER BY id, path",
            section.locale.code,
            section.path,
        )

    def in_locale(self, locale: Locale) -> Sequence[Page]:
        where = f"locale = ? AND {self._seen} ORDER BY file"
        return self._list(f"locale {locale.code}", where, locale.code)

    def mapped(self, locale: Locale) -> Sequence[Page]:
        many = self.store.one(
            f"SELECT count(*) FROM pages WHERE locale = ? AND {self._seen}",  # noqa: S608
            locale.code,
        )
        sections = " AND (path = 'index.md' OR path GLOB '*/index.md')"
        where = f"locale = ? AND {self._seen}{sections if many > MOST_MAPPED else ''} ORDER BY file"
        return self._list(f"mapped {locale.code}", where, locale.code)

    def news(
        self,
        locale: Locale,
        limit: int | None = None,
        *,
        category: str | None = None,
        department: str | None = None,
    ) -> Sequence[Page]:
        column, value = "category", category
        if category is None:
            column, value = "department", department
        name = f"news {locale.code}"
        if value is None:
            return self._dated(name, "news", limit, "locale = ?", locale.code)
        name += f" {column} {value}"
        return self._dated(name, "news", limit, f"locale = ? AND {column} = ?", locale.code, value)

    def events(self, locale: Locale, limit: int | None = None) -> Sequence[Page]:
        return self._dated(f"events {locale.code}", "event", limit, "locale = ?", locale.code)

    def _dated(
        self, name: str, date: str, limit: int | None, where: str, *values: str
    ) -> Sequence[Page]:
        """The newest pages by a column of dates."""
        where = f"{where} AND {date} IS NOT NULL AND {self._seen} ORDER BY {date} DESC, id DESC"
        if limit is not None and limit >= 0:
            where += f" LIMIT {limit}"
        return self._list(name, where, *values, memo=f"{name} {limit}")[:limit]

    def urgent(self, locale: Locale) -> Sequence[Page]:
        urgent = [category.id for category in self.categories.values() if category.urgent]
        marks = ", ".join("?" * len(urgent))
        where = (
            f"locale = ? AND news IS NOT NULL AND category IN ({marks}) AND {self._seen} "
            "ORDER BY news DESC, id DESC"
        )
        sources = self._list("urgent", where, self.locales.default.code, *urgent)
        return [self.translations(page.id).get(locale.code, page) for page in sources]

    def claims(self, kind: Claim, name: str) -> Sequence[Page]:
        claim = f"{kind} {name}"
        self.trace.saw(f"claim {claim}")
        if self._is_whole:
            return self._claims.get(claim, [])
        where = f"number IN (SELECT page FROM claims WHERE name = ?) AND {self._seen}"  # noqa: S608
        return list(self._found(f"{where} ORDER BY file", claim))

    def shared(self, name: str, make: Callable[[], Value]) -> Value:
        self.trace.saw(f"shared {name}")
        if name not in self._shared:
            with self.trace.following() as keys:
                self._shared[name] = make()
            self.shared_keys[name] = keys
        made: Value = self._shared[name]
        return made

    def take_shared(self) -> dict[str, tuple[bytes, Keys]]:
        """What was shared since it was last asked: each value as bytes, and what it was made from."""
        taken = {
            name: (codec.kept(self._shared[name]), keys) for name, keys in self.shared_keys.items()
        }
        self.shared_keys = {}
        return taken

    def _list(self, key: str, where: str, *values: str, memo: str = "") -> list[IndexedPage]:
        self.trace.saw(f"{self._view}{key}")
        name = memo or key
        if name not in self._lists:
            self._lists[name] = list(self._found(where, *values))
        return self._lists[name]

    def _found(self, where: str, *values: str) -> Iterator[IndexedPage]:
        # `where` is made of this file's own words; what a page says comes as values.
        query = f"SELECT number, file, locale, path, id, card, digest, body_line FROM pages WHERE {where}"  # noqa: S608
        for row in self.store.rows(query, *values):
            page = self._pages.get(row[0])
            if page is None:
                page = self._pages[row[0]] = IndexedPage(self, row)
            yield page


class _Noted(Mapping[str, Entry]):
    """A part of the vocabulary that notes which entries are looked up; `*` stands for all of them."""

    def __init__(self, kind: str, entries: Mapping[str, Entry], trace: Trace) -> None:
        self._kind, self._entries, self._trace = kind, entries, trace

    def __getitem__(self, key: str) -> Entry:
        self._trace.saw(f"{self._kind} {key}")
        return self._entries[key]

    def __iter__(self) -> Iterator[str]:
        self._trace.saw(f"{self._kind} *")
        return iter(self._entries)

    def __len__(self) -> int:
        self._trace.saw(f"{self._kind} *")
        return len(self._entries)


def vocabulary_entries(vocabulary: Vocabulary) -> dict[str, bytes]:
    """Every entry of the vocabulary by the key that notes its use, as bytes to compare."""
    entries: dict[str, bytes] = {}
    named: list[tuple[str, Mapping[str, object]]] = [
        ("department", vocabulary.departments),
        ("category", vocabulary.categories),
        *((f"term {code}", terms) for code, terms in vocabulary.glossary.terms.items()),
    ]
    for kind, mapping in named:
        entries[f"{kind} *"] = codec.kept([list(mapping.items())])
        entries.update((f"{kind} {key}", codec.kept(entry)) for key, entry in mapping.items())
    return entries
