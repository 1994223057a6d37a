"""The builder: makes what a change makes stale, and publishes it.

One build looks at the disk, enters what changed into the ledger, has the stale products made by hands
and exchanges the published site for the next one. Each step is recorded as it is done, so that a build
that is killed is taken up by the next one.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from time import time_ns
from typing import Any

from machikado.check import sources_among
from machikado.content.reader import Place, places_of
from machikado.content.source import Source
from machikado.feeds.addresses import channels_of
from machikado.incremental import codec
from machikado.incremental.glance import RACY, Glance, glance, written
from machikado.incremental.hands import Analysed, Crew, Hand, Workplace
from machikado.incremental.index import SourceChangedError, vocabulary_entries
from machikado.incremental.inputs import Inputs
from machikado.incremental.ledger import Effects, Ledger, Progress, microseconds
from machikado.incremental.making import Maker
from machikado.incremental.publication import Branch, Publication, digest_of
from machikado.incremental.store import Store
from machikado.incremental.trace import Keys
from machikado.press import theme_files
from machikado.project import Project
from machikado.readings.apart import Apart
from machikado.sitewide.search import part_at, part_of, parts_of
from machikado.vocabulary import Finding, Report, by_place

ATTEMPTS = 5
"""How often a build begins anew because sources were written meanwhile."""


@dataclass(frozen=True)
class Built:
    """What a build did. pages: of the site; printed: how many were printed; published: whether readers see anything new.

    report: of what stops a site from being published; noted: how many findings stop nothing.
    changed: the files by which the published site differs from the one before; None: any of them may.
    """

    report: Report
    pages: int = 0
    printed: int = 0
    published: bool = False
    changed: frozenset[str] | None = frozenset()
    noted: int = 0


@dataclass
class Builder:
    """Builds one project into one folder, with a cache.

    code: `inputs.versions`; locales: what is built of the site, all of it by default;
    templates: a folder for compiled templates; dictionaries: whether furigana is looked up;
    apart: dictionaries that another process has loaded, for a build of few pages;
    glanced: what a glance showed (`glance.look`) just before the only build of this builder.
    """

    project: Project
    cache: Path
    site_dir: Path
    code: str
    jobs: int = 1
    locales: frozenset[str] | None = None
    templates: Path | None = None
    dictionaries: bool = True
    apart: Apart | None = None
    glanced: Glance | None = None

    def build(
        self, store: Store, now: datetime, progress: Progress, only: Collection[str] | None = None
    ) -> Built:
        """Bring the published site up to the sources as they are, for readers of `now`.

        only: the files below docs/, named from the root, that may have changed since the last build
        that raised nothing, by one who watched them; without it all of them are looked at.
        Raises ConfigurationError for broken vocabulary, EngineError for a page that cannot be printed,
        OSError where it cannot be written; the published site is as it was then.
        """
        for attempt in range(ATTEMPTS):
            try:
                return _Build(self, store, microseconds(now), progress).run(only)
            except SourceChangedError:
                if attempt == ATTEMPTS - 1:
                    raise
                only = None
        raise AssertionError("unreachable")

    def even_out(self, store: Store) -> None:
        """Do now what the next build would do first; for one who stays and builds again. Raises OSError."""
        Publication(store, self.site_dir).even_out()

    def dependencies(self, store: Store, file: str, now: datetime) -> Keys:
        """The keys of all that the page of a source is made from, as of the last build."""
        inputs = Inputs(self.project, store, self.code, self.dictionaries)
        return Hand(self.workplace(inputs, microseconds(now)), store).dependencies(file)

    def workplace(self, inputs: Inputs, now: int) -> Workplace:
        """What the hands of a build are given."""
        return Workplace(
            self.project,
            inputs.vocabulary,
            inputs.catalogues,
            self.cache,
            Publication(inputs.store, self.site_dir).next_dir,
            now,
            self.templates,
            inputs.lexicon[0],
            self.dictionaries,
        )


class _Build:
    """One build: its steps, in their order."""

    def __init__(self, builder: Builder, store: Store, now: int, progress: Progress) -> None:
        self._of = builder
        self._project = builder.project
        self._store = store
        self._now = now
        self._progress = progress
        self._inputs = Inputs(
            builder.project, store, builder.code, builder.dictionaries, builder.glanced
        )
        self._publication = Publication(store, builder.site_dir)
        self._is_racy = False
        self._is_partial = False

    def run(self, only: Collection[str] | None) -> Built:
        self._looked = time_ns()
        stamps = self._stamps_of(only)
        self._is_partial = stamps is not None
        glanced = seen = ""
        if stamps is None:
            # Before anything is read: what is written meanwhile must look new to the next build.
            now = self._of.glanced or glance(self._project.config_file, self._folders)
            self._looked, glanced = now.began, now.digest
            stamps = self._stamps_in(now)
            seen = _manifest(stamps)
        self._publication.says = codec.plain(self._store.fact("says") or b"{}")
        if not self._is_partial and self._is_done(seen):
            report, noted = self._report()
            return Built(report, self._pages(), noted=noted)
        self._reset_where_foreign()
        self._project.must_build(self._inputs.vocabulary.locales)
        self._locales = {locale.code: locale for locale in self._inputs.vocabulary.locales}
        self._ledger = Ledger(self._store, self._inputs.vocabulary.locales, self._now)
        workplace = self._of.workplace(self._inputs, self._now)
        self._crew = Crew(workplace, self._store, self._of.jobs, self._of.apart)
        self._maker = Maker(
            self._project,
            self._inputs,
            self._store,
            self._ledger,
            self._crew,
            self._publication,
            self._now,
            self._progress,
        )
        try:
            self._enter(stamps)
            self._analyse()
            report, noted = self._report()
            if report.blocks:
                with self._store.transaction():
                    self._ledger.settle()
                    self._store.keep("done", None)
                return Built(report, noted=noted)
            self._publication.says = self._part()
            self._store.keep("says", codec.kept(self._publication.says))
            published = self._publish()
        finally:
            self._crew.dismiss()
        with self._store.transaction():
            self._ledger.settle()
            # A file written as it was looked at may have changed since without a trace.
            is_sure = not self._is_racy and not self._is_partial
            self._store.keep("done", codec.kept(self._state(seen)) if is_sure else None)
            self._store.keep("glance", self._glance(glanced) if is_sure else None)
            self._store.keep("next", self._ledger.next_moment(self._now))
        changed = self._publication.changed if published else frozenset()
        return Built(report, self._pages(), self._maker.printed, published, changed, noted)

    def _part(self) -> dict[str, Any]:
        """What a site of some locales alone says of itself, so that it is joined with its like alone."""
        if self._of.locales is None:
            return {}
        state = blake2b(self._inputs.everything.encode(), digest_size=16)
        rows = self._store.rows(
            "SELECT name, digest FROM files UNION ALL SELECT file, X'' FROM pages "
            "WHERE begins <= ?1 AND ?1 < ends ORDER BY 1, 2",
            self._now,
        )
        for name, digest in rows:
            state.update(f"{name}\0".encode("utf-8", "surrogateescape") + digest)
        return {
            "locales": sorted(self._of.locales),
            "of": sorted(self._locales),
            "made_from": state.hexdigest(),
        }

    # What there is ---------------------------------------------------------------------------

    def _stamps_of(self, only: Collection[str] | None) -> Mapping[str, str] | None:
        """The stamps of the files that may have changed; None where all files are to be looked at.

        What an editor writes beside a file and removes again is no file of the site. A file that is new
        or gone may concern the others.
        """
        if only is None or self._store.fact("code") != self._foundation:
            return None
        stamps: dict[str, str] = {}
        for name in only:
            stamp = self._project.tree.stamp(name)
            is_known = self._store.one("SELECT 1 FROM files WHERE name = ?", name) is not None
            if is_known != (stamp is not None):
                return None
            if stamp is not None:
                stamps[name] = stamp
        return stamps

    def _stamps_in(self, seen: Glance) -> Mapping[str, str]:
        """The stamps of all files below docs/, named from the root, as a glance showed them."""
        docs = self._project.docs
        stamps = seen.stamps.get(str(self._project.root / docs))
        if stamps is None:
            return self._project.tree.stamps(docs)
        return {f"{docs}/{name}": stamp for name, stamp in stamps.items()}

    def _state(self, seen: str) -> list[str]:
        return [self._inputs.everything, seen]

    @property
    def _folders(self) -> list[Path]:
        """Where everything is that a site is made from, but for its settings and the code."""
        project = self._project
        folders = [project.root / project.docs, project.root / project.data]
        folders += [project.packaged / project.data] if project.packaged else []
        folders += [f for f in project.theme_dirs if f.parts[-2:] != ("material", "templates")]
        return folders

    def _glance(self, glanced: str) -> str:
        """What `glance.unchanged` wants to know of this build."""
        return json.dumps(
            [
                glanced,
                [str(folder) for folder in self._folders],
                str(self._of.site_dir.resolve()),
                self._store.fact("digest"),
                self._pages(),
            ]
        )

    def _is_done(self, seen: str) -> bool:
        """Whether nothing has changed, and no page has begun or ended, since the last build."""
        done, last = self._store.fact("done"), self._store.fact("now")
        return (
            done is not None
            and self._store.fact("code") == self._foundation
            and codec.plain(done) == self._state(seen)
            and last <= self._now < self._store.fact("next")
            and self._publication.is_current
        )

    @property
    def _foundation(self) -> str:
        """What the whole cache rests on: code, locales, where pages are."""
        return f"{self._of.code} {self._inputs.locales} {self._project.docs} {self._project.root}"

    def _reset_where_foreign(self) -> None:
        """Begin with an empty cache where another version of the code made it, or for other locales."""
        if self._store.fact("code") != self._foundation:
            project = self._store.fact("project")
            self._store.forget()
            with self._store.transaction():
                self._store.keep("code", self._foundation)
                if project is not None:
                    self._store.keep("project", project)

    def _pages(self) -> int:
        codes = self._of.locales
        rows = self._store.rows(
            "SELECT locale, count(*) FROM pages WHERE begins <= ?1 AND ?1 < ends GROUP BY locale",
            self._now,
        )
        return sum(count for code, count in rows if codes is None or code in codes)

    def _is_built(self, code: str) -> bool:
        return self._of.locales is None or code in self._of.locales

    def _locale_of(self, file: str) -> str:
        return file.removeprefix(f"{self._project.docs}/").partition("/")[0]

    # Entering changes ------------------------------------------------------------------------

    def _enter(self, stamps: Mapping[str, str]) -> None:
        """Enter what differs from the last build into the ledger, in one transaction.

        stamps: of all files, or of those alone that may have changed, none of them new.
        """
        known = self._known_files(stamps)
        suspects = [name for name in stamps if known.get(name, ("",))[0] != stamps[name]]
        removed = [name for name in known if name not in stamps]
        by_file, strange, count = self._places(suspects, stamps)
        changed: dict[Place, Source] = {}
        digests: dict[str, bytes] = {}
        sources = [name for name in suspects if name in by_file]
        for batch in self._crew.work(Hand.read, sources):
            for read in batch:
                digests[read.file] = read.digest
                if known.get(read.file, ("", b""))[1] != read.digest:
                    changed[by_file[read.file]] = codec.source(read.source)
        self._crew.prepare()
        assets = [name for name in suspects if name not in by_file]
        for name in assets:
            digests[name] = digest_of(self._project.tree.read(name))
        altered = {name for name in assets if known.get(name, ("", b""))[1] != digests[name]}
        last = self._store.fact("now")
        racy = {name for name in digests if written(stamps[name]) > self._looked - RACY}
        self._is_racy = bool(racy)
        with self._store.transaction():
            self._ledger.mend()
            effects = self._ledger.enter(changed, removed, last, self._now)
            keys = effects.keys
            keys |= {f"body {place.file}" for place in changed}
            docs = f"{self._project.docs}/"
            for name in {*altered, *removed}:
                keys.add(f"file {name.removeprefix(docs)}")
            if removed or any(name not in known for name in suspects):
                keys.add("file *")
            keys |= self._vocabulary_changes()
            self._store.write_many(
                "DELETE FROM files WHERE name = ?", [(name,) for name in removed]
            )
            self._store.write_many(
                "INSERT OR REPLACE INTO files VALUES(?, ?, ?)",
                [
                    (name, "" if name in racy else stamps[name], digest)
                    for name, digest in digests.items()
                ],
            )
            self._mark(changed, removed, effects, keys)
            self._mark_assets(altered, removed, by_file)
            if not self._is_partial:
                self._store.keep("strange", codec.kept([*strange, *self._inputs.lexicon[1]]))
                self._store.keep("sources", count)
            self._store.keep("now", self._now)
            self._store.keep("done", None)
            self._store.keep("glance", None)

    def _places(
        self, suspects: Iterable[str], stamps: Mapping[str, str]
    ) -> tuple[dict[str, Place], list[Finding], int]:
        """The places of the sources among `suspects`, what is wrong with sources that have none, how many there are."""
        docs, locales = self._project.docs, self._inputs.vocabulary.locales
        written = [name for name in stamps if name.endswith(".md")]
        folders = tuple(f"{docs}/{code}/" for code in self._locales)
        elsewhere = [name for name in written if not name.startswith(folders)]
        places, strange = places_of(sorted({*suspects, *elsewhere}), docs, locales)
        count = len(written) - len(elsewhere) + len(sources_among(elsewhere, docs))
        return {place.file: place for place in places}, strange, count

    def _known_files(self, stamps: Mapping[str, str]) -> dict[str, tuple[str, bytes]]:
        """Stamp and digest of the files as the last build knew them; of these alone in a partial look."""
        query = "SELECT name, stamp, digest FROM files"
        if not self._is_partial:
            return {name: (stamp, digest) for name, stamp, digest in self._store.rows(query)}
        found = (self._store.row(f"{query} WHERE name = ?", name) for name in stamps)
        return {row[0]: (row[1], row[2]) for row in found if row is not None}

    def _vocabulary_changes(self) -> set[str]:
        """The keys of the entries of departments, categories and terms that differ."""
        entries = vocabulary_entries(self._inputs.vocabulary)
        now = {key: digest_of(value).hex() for key, value in entries.items()}
        before = codec.plain(self._store.fact("entries") or b"{}")
        self._store.keep("entries", codec.kept(now))
        return {key for key in {*now, *before} if now.get(key) != before.get(key)}

    def _mark(
        self,
        changed: Mapping[Place, Source],
        removed: Collection[str],
        effects: Effects,
        keys: Keys,
    ) -> None:
        """Mark stale what the change makes so, and want what it makes possible."""
        begun, ended = effects.begun, effects.ended
        ledger = self._ledger
        files = [place.file for place in changed]
        ledger.want("findings", files, "own")
        ledger.want("findings", [file for file in ended if file not in removed], "ended")
        ledger.want("findings", begun, "begun")
        for file in removed:
            ledger.drop("findings", file)
        printed = [file for file in begun if self._is_built(self._locale_of(file))]
        for kind in ("article", "page"):
            ledger.want(kind, printed, "begun")
            ledger.want_known(kind, files, "own")
        for file in ended:
            self._end(file)
        self._mark_settings()
        if self._differs("readings"):
            keys.add("readings")
        ledger.touch(keys)
        # A page is printed anew with its article.
        self._store.write(
            "UPDATE products SET stale = 1, why = (SELECT why FROM products AS article WHERE "
            "article.kind = 'article' AND article.subject = products.subject) WHERE kind = 'page' AND NOT stale "
            "AND subject IN (SELECT subject FROM products WHERE kind = 'article' AND stale)"
        )
        self._mark_sitewide(keys, effects.listed)

    def _end(self, file: str) -> None:
        """A page that readers no longer see."""
        number = self._ledger.drop("page", file)
        self._ledger.drop("article", file)
        if number is not None:
            self._publication.withdraw(number)

    def _mark_settings(self) -> None:
        """Mark what depends on settings that every page shares."""
        ledger = self._ledger
        if self._differs("article"):
            ledger.want_all(("article", "page"), "settings")
        if self._differs("listing"):
            ledger.want_all(("findings",), "settings")
        if self._differs("page"):
            ledger.want_all(("page", "shared", "feed"), "settings")
            ledger.want("file", [f"theme {n}" for n, _ in theme_files(self._project)], "settings")
            ledger.want("sitewide", ["sitemap", "robots"], "settings")
            self._drop_old_theme()

    def _differs(self, name: str) -> bool:
        """Whether one of the digests of the inputs is another than in the last build."""
        digest = getattr(self._inputs, name)
        differs: bool = self._store.fact(f"{name} inputs") != digest
        self._store.keep(f"{name} inputs", digest)
        return differs

    def _drop_old_theme(self) -> None:
        names = {f"theme {name}" for name, _ in theme_files(self._project)}
        rows = self._store.rows(
            "SELECT subject FROM products WHERE kind = 'file' AND subject GLOB 'theme *'"
        )
        for (subject,) in rows:
            if subject not in names:
                self._want_rivals(self._maker.output_of(subject))
                self._maker.withdraw("file", subject)

    def _mark_assets(
        self, altered: Iterable[str], removed: Iterable[str], by_file: Mapping[str, object]
    ) -> None:
        docs = f"{self._project.docs}/"
        wanted = [
            f"docs {name.removeprefix(docs)}"
            for name in altered
            if not name.endswith(".md") and self._carries(name)
        ]
        self._ledger.want("file", wanted, "own")
        gone = [f"docs {name.removeprefix(docs)}" for name in removed if name not in by_file]
        for subject in gone:
            self._maker.withdraw("file", subject)
        for subject in (*wanted, *gone):
            self._want_rivals(self._maker.output_of(subject))

    def _want_rivals(self, output: str) -> None:
        """Have every file placed again that is published under one name; the last of them stays."""
        default = self._inputs.vocabulary.locales.default.code
        subjects = [f"docs {output}", f"docs {default}/{output}", f"theme {output}"]
        self._ledger.want_known("file", subjects, "own")

    def _carries(self, name: str) -> bool:
        """Whether this build carries a file beside the pages: a locale's own, or one of no locale."""
        code = self._locale_of(name)
        return code not in self._locales or self._is_built(code)

    def _mark_sitewide(self, keys: Keys, listed: Collection[tuple[str, str]]) -> None:
        """Mark the lists of the whole site that a change touches.

        listed: locale and id of every page that readers begin or cease to see by that id.
        """
        if any(key.startswith(("card ", "digest ", "id ")) for key in keys):
            self._ledger.want("sitewide", ["status"], "own")
        if any(key.startswith("path ") for key in keys):
            self._ledger.want("sitewide", ["sitemap"], "own")
        built = [code for code in self._locales if self._is_built(code)]
        self._mark_feeds(built)
        self._ledger.want_first("sitewide", ["sitemap", "robots", "status"], "begun")
        for code in built:
            self._mark_search(code, {page_id for own, page_id in listed if own == code})

    def _mark_feeds(self, built: Sequence[str]) -> None:
        """Want the feeds of channels that are new, and withdraw those of channels that are no more."""
        vocabulary = self._inputs.vocabulary
        channels = channels_of(vocabulary.categories, vocabulary.departments)
        wanted = {f"{code} {channel}": None for code in built for channel in channels}
        self._ledger.want_first("feed", wanted, "begun")
        for (subject,) in self._store.rows("SELECT subject FROM products WHERE kind = 'feed'"):
            if subject not in wanted:
                self._maker.withdraw("feed", subject)

    def _mark_search(self, code: str, ids: Collection[str]) -> None:
        """Mark the parts of a locale's index that hold these pages; all when there are more parts now."""
        where = "locale = ? AND begins <= ? AND ? < ends"
        query = f"SELECT count(*) FROM pages WHERE {where}"  # noqa: S608
        many = self._store.one(query, code, self._now, self._now)
        count = parts_of(many)
        if self._store.fact(f"parts {code}") != count:
            self._store.keep(f"parts {code}", count)
            wanted = {f"{code} {number}" for number in range(count)}
            rows = self._store.rows("SELECT subject FROM products WHERE kind = 'search'")
            for (subject,) in rows:
                if subject.partition(" ")[0] == code and subject not in wanted:
                    self._maker.withdraw("search", subject)
            self._ledger.want("search", wanted, "begun")
            self._ledger.want("directory", [code], "begun")
            return
        parts = {f"{code} {part_of(page_id, count)}" for page_id in ids}
        self._ledger.want("search", parts, "own")

    # Checking --------------------------------------------------------------------------------

    def _analyse(self) -> None:
        """Look at every source whose findings are stale, and at those that this makes stale in turn."""
        while files := self._ledger.stale("findings"):
            with self._store.transactions() as step:
                for batch in self._crew.work(Hand.analyse, files):
                    self._take_analysed(batch)
                    step()
                self._ledger.settle_where_touched()

    def _take_analysed(self, batch: Sequence[Analysed]) -> None:
        touched: Keys = set()
        searched: set[str] = set()
        is_listed_anew = False
        for told in batch:
            counts = f"{told.stopping} {told.noted}".encode() if told.findings else b""
            self._ledger.made("findings", told.file, told.keys, counts, told.findings)
            self._maker.take_shared(told.shared)
            number = self._ledger.page_number(told.file)
            query = "SELECT part, address, entry, places, search FROM words WHERE page = ?"
            old = self._store.row(query, number)
            new = (told.part, told.address, told.entry, told.places, told.search)
            if old == new:
                continue
            self._store.write("INSERT OR REPLACE INTO words VALUES(?, ?, ?, ?, ?, ?)", number, *new)
            *_, old_entry, old_places, old_search = old or (None, None, None)
            if old and old_places != told.places:
                touched.add(f"places {told.file}")
            is_listed_anew |= old_entry != told.entry
            code = self._locale_of(told.file)
            if old_search != told.search and self._is_built(code):
                searched.add(f"{code} {part_at(told.part, self._maker.parts(code))}")
        self._ledger.touch(touched)
        self._ledger.want("search", searched, "own")
        self._ledger.want("sitewide", ["sitemap"] if is_listed_anew else [], "own")

    def _report(self) -> tuple[Report, int]:
        """What was found that stops the site, and how much that does not."""
        found = list(codec.findings(self._store.fact("strange") or b"[]"))
        noted = sum(finding.is_noted for finding in found)
        # A city may have thousands of notes: only what stops it is opened.
        rows = self._store.rows(
            "SELECT number, fingerprint FROM products INDEXED BY products_told "
            "WHERE kind = 'findings' AND payload IS NOT NULL"
        )
        for number, counts in rows:
            stopping, more = map(int, counts.split())
            noted += more
            if stopping:
                payload = self._store.one("SELECT payload FROM products WHERE number = ?", number)
                found.extend(codec.findings(payload))
        stops = by_place(finding for finding in found if finding.stops)
        return Report(self._store.fact("sources") or 0, stops), noted

    # Publishing ------------------------------------------------------------------------------

    def _publish(self) -> bool:
        """Make every stale product and give the site to readers; returns whether they see anything new."""
        kinds = ("shared", "article", "page", "file", "feed", "search", "directory", "sitewide")
        marks = ", ".join("?" * len(kinds))
        query = f"SELECT 1 FROM products WHERE stale AND kind IN ({marks}) LIMIT 1"  # noqa: S608
        if self._store.one(query, *kinds) is None and self._publication.is_current:
            return False
        lost = self._publication.begin()
        with self._store.transaction():
            self._store.write_many(
                "UPDATE products SET stale = 1 WHERE number = ?", [(number,) for number in lost]
            )
        self._publication.clear()
        self._maker.make()
        return self._publication.finish(self._link)

    def _link(self, branches: Sequence[Branch]) -> None:
        for _ in self._crew.work(Hand.link, branches, 2):
            pass


def _manifest(stamps: Mapping[str, str]) -> str:
    """A digest of the stamps of all files."""
    text = "\n".join(f"{name}\0{stamp}" for name, stamp in sorted(stamps.items()))
    return blake2b(text.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
