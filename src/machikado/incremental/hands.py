"""Hands: what reads, checks and prints pages, in this process or in several.

A hand asks the cache for what it needs and tells what it made; only the builder writes to the cache.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from functools import cached_property
from multiprocessing.connection import wait
from pathlib import Path
from threading import active_count
from typing import Any, ClassVar, TypeVar

from jinja2 import TemplateError

from machikado.article.outline import fragments, outline
from machikado.article.typesetter import Article, Asset, AssetLookup
from machikado.assets import published_assets
from machikado.check import Checker, Files, all_rules, dictionary
from machikado.content.address import output_file
from machikado.content.page import Page
from machikado.content.reader import Vocabulary, finding_of
from machikado.content.relations import Unsettled, relation_faults
from machikado.content.source import Source, read_source
from machikado.engine import EngineError
from machikado.furniture.recorded import recordings
from machikado.incremental import codec
from machikado.incremental.index import IndexedPage, IndexedSite
from machikado.incremental.publication import Branch, digest_of, link_branches, place
from machikado.incremental.store import Store
from machikado.incremental.trace import Keys, Numbers, Packed, Trace
from machikado.messages import Catalogue
from machikado.press import Press, template_place
from machikado.project import Project
from machikado.readings.apart import Apart
from machikado.readings.furigana import Furigana, furigana, is_japanese, written_furigana
from machikado.readings.lexicon import Lexicon
from machikado.sitewide.addresses import Absolute, absolute_of
from machikado.sitewide.search import (
    part_at,
    part_file,
    place_of,
    places_in,
    search_part,
    search_row,
)
from machikado.sitewide.sitemap import sitemap_entry
from machikado.vocabulary import Finding

BATCH = 24
"""Products a worker makes before it tells: large enough that telling costs little."""
FEW = 48
"""Up to how many products are made in this process: others would take longer to begin."""
Task = TypeVar("Task")
Made = TypeVar("Made")


@dataclass(frozen=True)
class Workplace:
    """What every hand is given. now: µs; next_dir: the tree where outputs are placed.

    lexicon: how the city's own words are read; dictionaries: whether all others are looked up.
    """

    project: Project
    vocabulary: Vocabulary
    catalogues: Mapping[str, Catalogue]
    cache: Path
    next_dir: Path
    now: int
    templates: Path | None = None
    lexicon: Lexicon = field(default_factory=Lexicon)
    dictionaries: bool = True


@dataclass(frozen=True, slots=True)
class Shared:
    """A value that many pages show alike, as bytes, and what it was made from."""

    value: bytes
    keys: Packed


@dataclass(frozen=True, slots=True)
class Read:
    """A source that was read: the digest of its bytes, and what it says (`codec.source`)."""

    file: str
    digest: bytes
    source: bytes


@dataclass(frozen=True, slots=True)
class Analysed:
    """What was found on a source, and what others may ask of its text.

    stopping: how many of its findings keep the site from being published; noted: how many do not.
    """

    file: str
    keys: Packed
    findings: bytes | None
    stopping: int
    noted: int
    places: bytes
    search: str
    entry: str
    address: str
    part: int
    shared: dict[str, Shared]


@dataclass(frozen=True, slots=True)
class Printed:
    """A page that was printed: its outputs are in the next tree. article: as bytes, where it was rendered.

    readings: how sentences are read that were never read before, as `readings.Cache` has them.
    """

    file: str
    keys: Packed
    outputs: dict[str, bytes]
    article: bytes | None
    article_keys: Packed
    shared: dict[str, Shared]
    readings: dict[str, str]


@dataclass(frozen=True, slots=True)
class Fed:
    """The feeds of a channel (`<locale> <channel>`), placed in the next tree."""

    subject: str
    keys: Packed
    outputs: dict[str, bytes]
    shared: dict[str, Shared]


class Hand:
    """Does one thing after another for a builder.

    whole: it will be asked for most pages; apart: dictionaries that another process has loaded.
    """

    def __init__(
        self,
        workplace: Workplace,
        store: Store | None = None,
        whole: bool = False,
        apart: Apart | None = None,
    ) -> None:
        self._at = workplace
        self._apart = apart
        self._store = store or Store(workplace.cache, read_only=True)
        self._trace = Trace()
        self._packed = Numbers().packed
        self._whole = whole
        self._places: dict[str, frozenset[str]] = {}
        self._cut: tuple[str, int, list[list[str]]] = ("", 0, [])

    def _site(self, now: int | None) -> IndexedSite:
        site = IndexedSite(
            self._store, self._at.project.tree, self._at.vocabulary, self._trace, now
        )
        if self._whole:
            site.hold()
        return site

    @cached_property
    def _all(self) -> IndexedSite:
        return self._site(None)

    @cached_property
    def _public(self) -> IndexedSite:
        return self._site(self._at.now)

    @cached_property
    def _assets(self) -> AssetLookup:
        project = self._at.project
        look_up = published_assets(project.root / project.docs, self._public.locales)

        def noted(path: str) -> Asset | None:
            self._trace.saw(f"file {path}")
            return look_up(path)

        return noted

    @cached_property
    def press(self) -> Press:
        at = self._at
        return Press(
            at.project, self._public, at.catalogues, self._assets, at.templates, self._furigana
        )

    @cached_property
    def _furigana(self) -> Furigana:
        lexicon, kept = self._at.lexicon, self._kept_readings
        found = furigana(lexicon, kept, self._apart) if self._at.dictionaries else None
        known = found if isinstance(found, Furigana) else written_furigana(lexicon)
        return _NotedFurigana(known.reader, known, self._trace)

    @cached_property
    def _kept_readings(self) -> _KeptReadings:
        return _KeptReadings(self._store)

    @cached_property
    def _checker(self) -> Checker:
        tree, docs = self._at.project.tree, self._at.project.docs

        def has(path: str) -> bool:
            self._trace.saw(f"file {path}")
            return tree.exists(f"{docs}/{path}")

        def names() -> Sequence[str]:
            self._trace.saw("file *")
            return [name.removeprefix(f"{docs}/") for name in tree.files(docs)]

        return Checker(self._all, Files(has, names), self._places_of)

    @cached_property
    def _absolute(self) -> Absolute:
        return absolute_of(self._at.project)

    def _places_of(self, page: Page) -> frozenset[str]:
        self._trace.saw(f"places {page.file}")
        if page.file not in self._places:
            with self._trace.following():
                parts = outline(page.body, page.body_line)
            self._places[page.file] = frozenset(fragments(parts))
        return self._places[page.file]

    def read(self, files: Sequence[str]) -> list[Read]:
        """Read sources as they are on the disk now."""
        told = []
        for file in files:
            data = self._at.project.tree.read(file)
            source, _ = read_source(data)
            told.append(Read(file, digest_of(data), codec.kept(source)))
        return told

    def prepare(self, _tasks: Sequence[str]) -> list[None]:
        """Load what is needed to look at pages; for one who has to wait for them."""
        all_rules()
        if words := dictionary():
            words.words("街角")  # it is loaded by the first text that it is given
        return []

    def analyse(self, files: Sequence[str]) -> list[Analysed]:
        """Find what is wrong with sources, and take note of what they say."""
        return [self._analyse(file) for file in files]

    def _analyse(self, file: str) -> Analysed:
        locale = file.removeprefix(f"{self._at.project.docs}/").partition("/")[0]
        page = self._all.page_of(file)
        search = entry = ""
        with self._trace.following() as keys:
            if page is None:
                source: Source = codec.source(
                    self._store.one("SELECT source FROM pages WHERE file = ?", file)
                )
                found = [finding_of(file, fault) for fault in source.faults]
                places: list[str] = []
            else:
                parts = outline(page.body, page.body_line)
                found = [finding_of(file, fault) for fault in page.source.faults]
                faults = relation_faults(self._all, page, Unsettled(self._faulty, self._unread))
                found.extend(finding_of(file, fault) for fault in faults)
                found.extend(self._checker.findings(page, parts))
                places = sorted(fragments(parts))
                search = search_row(page, parts, self._at.project.base_path)
                public = self._public.page_of(file)
                if public is not None:
                    entry = sitemap_entry(self._public, public, self._absolute)
        told = tuple(_in_locale(finding, locale) for finding in found)
        return Analysed(
            file,
            self._packed(keys),
            codec.kept(told) if told else None,
            sum(finding.stops for finding in told),
            sum(finding.is_noted for finding in told),
            codec.kept(places),
            search,
            entry,
            page.address if page else "",
            place_of(page.id) if page else 0,
            self._shared(self._all),
        )

    def _faulty(self, page: Page) -> frozenset[str]:
        self._trace.saw(f"faulty {page.file}")
        return frozenset(page.source.faulty) if isinstance(page, IndexedPage) else frozenset()

    def _unread(self, path: str) -> bool:
        self._trace.saw(f"unread {path}")
        default = self._all.locales.default.code
        query = "SELECT 1 FROM pages WHERE locale = ? AND path = ? AND id IS NULL"
        return self._store.one(query, default, path) is not None

    def print(self, tasks: Sequence[tuple[str, bool]]) -> list[Printed]:
        """Print pages into the next tree; each task is a file, and whether its article is stale.

        Raises EngineError, SourceChangedError, OSError.
        """
        # All articles, then all pages, then all files: a processor is quicker at more of the same.
        set_in_type = [self._set(file, stale) for file, stale in tasks]
        shown = [self._show(page, article) for page, article, _, _ in set_in_type]
        placed = [self._placed(outputs) for outputs, _ in shown]
        shared, readings = self._shared(self._public), self._kept_readings.take()
        told = []
        for (page, article, stale, article_keys), (_, keys), outputs in zip(
            set_in_type, shown, placed, strict=True
        ):
            rendered = codec.kept(article) if stale else None
            printed = Printed(
                page.file,
                self._packed(keys),
                outputs,
                rendered,
                self._packed(article_keys),
                shared,
                readings,
            )
            told.append(printed)
            shared, readings = {}, {}
        return told

    def _set(self, file: str, stale: bool) -> tuple[IndexedPage, Article, bool, Keys]:
        """A page, its article, whether that is new, and what it was made from."""
        page = self._public.page_of(file)
        if page is None:
            raise EngineError(f"{file} is no public page")
        if not stale:
            return page, codec.article(self._article(file)), False, set()
        with self._trace.following() as keys:
            return page, self.press.article(page), True, keys

    def _show(self, page: IndexedPage, article: Article) -> tuple[dict[str, bytes], Keys]:
        """The outputs of a page, and what they were made from."""
        with self._trace.following() as keys:
            try:
                html = self.press.print(page, article)
            except TemplateError as error:
                failed = EngineError(f"{page.file}: {type(error).__name__}: {error}")
                failed.source = template_place(error)
                raise failed from None
            files = {output_file(page.address): html, **dict(self.press.redirects(page))}
        return {name: text.encode() for name, text in files.items()}, keys

    def dependencies(self, file: str) -> Keys:
        """The keys of all that the HTML of a public page is made from."""
        page = self._public.page_of(file)
        if page is None:
            return set()
        with self._trace.following() as keys:
            self.press.print(page)
        return keys

    def _article(self, file: str) -> bytes:
        query = "SELECT payload FROM products WHERE kind = 'article' AND subject = ?"
        payload: bytes = self._store.one(query, file)
        return payload

    def search(self, tasks: Sequence[tuple[str, int]]) -> list[tuple[str, str, bytes]]:
        """Parts of search indexes; each task is a part (`<locale> <number>`), and in how many parts it is one.

        Gives the part, its name from the site's folder, and what is in it.
        """
        return [self._search(subject, count) for subject, count in tasks]

    def _search(self, subject: str, count: int) -> tuple[str, str, bytes]:
        code, _, number = subject.partition(" ")
        name = part_file(self._at.vocabulary.locales[code], int(number), count)
        return subject, name, search_part(self._rows_of(code, int(number), count))

    def _rows_of(self, code: str, number: int, count: int) -> Sequence[str]:
        """The rows of a part of a locale's search index, in the order of their addresses."""
        if not self._whole:
            places = places_in(number, count)
            rows = self._store.rows(
                "SELECT search FROM words INDEXED BY words_by_part CROSS JOIN pages ON page = number WHERE part >= ?1 AND part < ?2 "
                "AND locale = ?3 AND begins <= ?4 AND ?4 < ends ORDER BY address",
                places.start,
                places.stop,
                code,
                self._at.now,
            )
            return [row for (row,) in rows]
        # Each part is one of many that are asked for: the locale is gone through once.
        if self._cut[:2] != (code, count):
            parts: list[list[str]] = [[] for _ in range(count)]
            rows = self._store.rows(
                "SELECT part, search FROM pages INDEXED BY pages_by_time JOIN words ON page = number "
                "WHERE locale = ?1 AND begins <= ?2 AND ?2 < ends ORDER BY address",
                code,
                self._at.now,
            )
            for at, row in rows:
                parts[part_at(at, count)].append(row)
            self._cut = code, count, parts
        return self._cut[2][number]

    def feed(self, subjects: Sequence[str]) -> list[Fed]:
        """Write the feeds of channels (`<locale> <channel>`) into the next tree."""
        return [self._feed(subject) for subject in subjects]

    def _feed(self, subject: str) -> Fed:
        # Few builds write a feed, and its libraries take long to load.
        from machikado.feeds.channels import feed_files_of
        from machikado.feeds.feed import Newsroom

        def render(page: Page) -> str:
            self._trace.saw(f"article {page.file}")
            return codec.article(self._article(page.file)).html

        at, site = self._at, self._public
        hub = at.project.websub_hub
        room = Newsroom(
            site,
            at.catalogues,
            at.project.site_url,
            render,
            self._assets,
            hub,
            recordings(at.catalogues, self._assets),
        )
        code, _, channel = subject.partition(" ")
        with self._trace.following() as keys:
            outputs = dict(feed_files_of(room, site.locale(code), channel))
        return Fed(subject, self._packed(keys), self._placed(outputs), self._shared(site))

    def _placed(self, outputs: Mapping[str, bytes]) -> dict[str, bytes]:
        for name, data in outputs.items():
            place(self._at.next_dir, name, data)
        return {name: digest_of(data) for name, data in outputs.items()}

    def link(self, branches: Sequence[Branch]) -> list[None]:
        """Link parts of one tree into another."""
        link_branches(branches)
        return []

    def make_shared(self, name: str) -> Shared:
        """A shared value, made anew: `<locale> <what>`."""
        code, _, what = name.partition(" ")
        view = self.press.surroundings.locale_view(self._public.locale(code))
        with self._trace.following() as keys:
            value = view.shared(what)
        return Shared(codec.kept(value), self._packed(keys))

    def _shared(self, site: IndexedSite) -> dict[str, Shared]:
        taken = site.take_shared().items()
        return {name: Shared(value, self._packed(keys)) for name, (value, keys) in taken}


class _KeptReadings:
    """The sentences that were read before, in the cache, and those that this hand reads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read: dict[str, str] = {}
        self._new: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        if key not in self._read:
            known = self._store.one("SELECT value FROM readings WHERE key = ?", key)
            if known is None:
                return None
            self._read[key] = known
        return self._read[key]

    def put(self, key: str, value: str) -> None:
        self._read[key] = self._new[key] = value

    def take(self) -> dict[str, str]:
        """Those that are new since this was last asked."""
        new, self._new = self._new, {}
        return new


@dataclass(frozen=True)
class _NotedFurigana(Furigana):
    """Furigana that notes who depends on how Japanese is read."""

    known: Furigana
    trace: Trace

    def on_html(self, fragment: str, lang: str) -> str:
        if is_japanese(lang):
            self.trace.saw("readings")
        return self.known.on_html(fragment, lang)

    def on_text(self, text: str, lang: str) -> str:
        if is_japanese(lang):
            self.trace.saw("readings")
        return self.known.on_text(text, lang)


def _in_locale(finding: Finding, locale: str) -> Finding:
    return finding if finding.locale == locale else replace(finding, locale=locale)


class Crew:
    """Hands for one build: this process for few products, `jobs` processes for many."""

    def __init__(
        self, workplace: Workplace, store: Store, jobs: int, apart: Apart | None = None
    ) -> None:
        self._at, self._store, self._jobs, self._apart = workplace, store, jobs, apart
        self._pool: ProcessPoolExecutor | None = None

    @cached_property
    def own(self) -> Hand:
        """The hand in this process."""
        return Hand(self._at, self._store, apart=self._apart)

    def work(
        self,
        what: Callable[[Hand, Sequence[Task]], list[Made]],
        tasks: Sequence[Task],
        batch: int = BATCH,
    ) -> Iterator[list[Made]]:
        """Have `what` (a method of Hand) done to every task, so many in a batch; yields them as they are done.

        Raises what the hands raise, and EngineError for a worker that died.
        """
        # Of tasks that are given one by one each is large, but none needs the whole site at hand.
        few = FEW if batch > 1 else 2 if self._pool else len(tasks)
        if self._jobs == 1 or len(tasks) <= few:
            hand = self.own if len(tasks) <= few else Hand(self._at, self._store, whole=True)
            for start in range(0, len(tasks), batch):
                yield what(hand, tasks[start : start + batch])
            return
        pool = self._pool or self._open()
        waiting: list[Future[list[Made]]] = [
            pool.submit(_work, what.__name__, tasks[start : start + batch])
            for start in range(0, len(tasks), batch)
        ]
        try:
            for done in waiting:
                yield done.result()
        except BrokenProcessPool:
            raise EngineError(
                "a worker process ended unexpectedly (out of memory?); try --jobs 1"
            ) from None

    def prepare(self) -> None:
        """Have those who wait load what they will need; returns at once."""
        if self._pool is not None:
            for _ in range(self._jobs):
                self._pool.submit(_work, Hand.prepare.__name__, ())

    def _open(self) -> ProcessPoolExecutor:
        # A forked worker need not import everything again; elsewhere than on Linux, and beside other
        # threads, forking is unsafe.
        can_fork = sys.platform.startswith("linux") and active_count() == 1
        start = "fork" if can_fork else "spawn"
        context: Any = multiprocessing.get_context(start)
        self._pool = ProcessPoolExecutor(self._jobs, context, _begin, (self._at,))
        return self._pool

    def rest(self) -> None:
        """Let the workers go; the next work begins with new ones, which see what has changed."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def dismiss(self) -> None:
        """End the workers at once."""
        if self._pool is not None:
            for process in list((self._pool._processes or {}).values()):
                process.kill()
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


class _Worker:
    hand: ClassVar[Hand]


def _begin(workplace: Workplace) -> None:
    """Begin to work; Ctrl+C is the parent's to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # What a page needs is freed with it; looking for cycles among the whole site's objects is not worth it.
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    _Worker.hand = Hand(workplace, whole=True)


def _end_with_parent() -> None:
    """Where the parent was killed, the next build works on the tree that this worker writes into."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _work(what: str, tasks: Sequence[Any]) -> Any:  # noqa: ANN401 - what the method gives
    return getattr(_Worker.hand, what)(tasks)
