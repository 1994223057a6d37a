"""Makes what is stale: every kind of product of a site, and places it in the tree that is published next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter

from machikado.assets import asset_address
from machikado.content.address import output_file
from machikado.content.locale import Locale
from machikado.content.site import TranslationStatus
from machikado.incremental.hands import Crew, Hand, Printed, Shared
from machikado.incremental.inputs import Inputs
from machikado.incremental.ledger import Ledger, Progress
from machikado.incremental.publication import Publication, digest_of, place
from machikado.incremental.store import Store
from machikado.incremental.trace import Keys
from machikado.press import theme_files
from machikado.project import Project
from machikado.sitewide.addresses import absolute_of, robots
from machikado.sitewide.search import part_file, search_directory
from machikado.sitewide.sitemap import sitemap_files
from machikado.sitewide.status import LocaleStatus, status_file

_MADE = (
    "SELECT 1 FROM outputs JOIN products ON product = number "
    "WHERE name = ? AND kind IN ('feed', 'search', 'directory', 'sitewide')"
)
"""Whether a file of this name is made of the whole site."""


@dataclass
class Maker:
    """Has the products of one build made, in the order in which one is made from another.

    now: µs since 1970; printed: how many pages were printed so far.
    """

    project: Project
    inputs: Inputs
    store: Store
    ledger: Ledger
    crew: Crew
    publication: Publication
    now: int
    progress: Progress
    printed: int = 0

    def make(self) -> None:
        """Make everything that is stale. Raises EngineError, OSError."""
        self._share()
        self._print()
        self._copy()
        self._feed()
        self._search()
        self._write_sitewide()

    @cached_property
    def _locales(self) -> dict[str, Locale]:
        return {locale.code: locale for locale in self.inputs.vocabulary.locales}

    def output_of(self, subject: str) -> str:
        """The name, from the site's folder, of a file beside the pages or of the theme."""
        origin, _, name = subject.partition(" ")
        if origin == "theme":
            return name
        return output_file(asset_address(name, self.inputs.vocabulary.locales))

    def parts(self, code: str) -> int:
        """In how many parts the search index of a locale is."""
        count: int = self.store.fact(f"parts {code}")
        return count

    def take_shared(self, shared: Mapping[str, Shared]) -> None:
        for name, value in shared.items():
            fresh = self.store.one(
                "SELECT 1 FROM products WHERE kind = 'shared' AND subject = ? AND NOT stale", name
            )
            if fresh is None:
                self.ledger.made("shared", name, value.keys, digest_of(value.value))

    def _share(self) -> None:
        """Make stale shared values anew; what shows one is stale only where the value differs."""
        while names := self.ledger.stale("shared"):
            for name in names:
                value = self.crew.own.make_shared(name)
                with self.store.transaction():
                    _, differs = self.ledger.made(
                        "shared", name, value.keys, digest_of(value.value)
                    )
                    if differs:
                        self.ledger.touch([f"shared {name}"])
                        self.ledger.settle()

    def _print(self) -> None:
        stale = set(self.ledger.stale("article"))
        files = self.ledger.stale("page")
        tasks = [(file, file in stale) for file in files]
        self.progress(0, len(tasks))
        with self.store.transactions() as step:
            for batch in self.crew.work(Hand.print, tasks):
                self._take_printed(batch)
                step()
                self.printed += len(batch)
                self.progress(self.printed, len(tasks))
            self.ledger.settle()

    def _take_printed(self, batch: Sequence[Printed]) -> None:
        touched: Keys = set()
        outputs: dict[int, Mapping[str, bytes]] = {}
        for printed in batch:
            if printed.article is not None:
                _, differs = self.ledger.made(
                    "article", printed.file, printed.article_keys, digest_of(printed.article), printed.article
                )  # fmt: skip
                if differs:
                    touched.add(f"article {printed.file}")
            self.take_shared(printed.shared)
            self.store.write_many(
                "INSERT OR IGNORE INTO readings VALUES(?, ?)", list(printed.readings.items())
            )
            number, _ = self.ledger.made("page", printed.file, printed.keys)
            outputs[number] = printed.outputs
        self.ledger.touch(touched)
        self.publication.record_all(outputs)

    def _copy(self) -> None:
        """Place every file beside the pages that is stale."""
        theme = dict(theme_files(self.project))
        for subject in self.ledger.stale("file"):
            origin, _, name = subject.partition(" ")
            if origin == "theme":
                data = theme[name].read_bytes()
            else:
                data = self.project.tree.read(f"{self.project.docs}/{name}")
            output = self.output_of(subject)
            # What a build writes itself, such as robots.txt, is not the file's to replace.
            is_free = self.store.one(_MADE, output) is None
            if is_free:
                place(self.publication.next_dir, output, data)
            with self.store.transaction():
                number, _ = self.ledger.made("file", subject)
                self.publication.record(number, {output: digest_of(data)} if is_free else {})

    def _feed(self) -> None:
        with self.store.transactions() as step:
            for batch in self.crew.work(Hand.feed, self.ledger.stale("feed")):
                step()
                for fed in batch:
                    self.take_shared(fed.shared)
                    number, _ = self.ledger.made("feed", fed.subject, fed.keys)
                    self.publication.record(number, fed.outputs)
                self.ledger.touch(())

    def _search(self) -> None:
        """Write the parts of the search indexes that changed, and where there are several, their list."""
        lists = set(self.ledger.stale("directory"))
        tasks = [
            (subject, self.parts(subject.partition(" ")[0]))
            for subject in self.ledger.stale("search")
        ]
        for batch in self.crew.work(Hand.search, tasks, 1):
            for subject, name, data in batch:
                self._write("search", subject, {name: data})
                code = subject.partition(" ")[0]
                if self.parts(code) > 1:
                    lists.add(code)
        for code in lists:
            count = self.parts(code)
            if count == 1:
                self.withdraw("directory", code)
                continue
            names = {n: part_file(self._locales[code], n, count) for n in range(count)}
            digests = {
                n: self.store.one("SELECT digest FROM outputs WHERE name = ?", name)
                for n, name in names.items()
            }
            self._write("directory", code, dict([search_directory(self._locales[code], digests)]))

    def withdraw(self, kind: str, subject: str) -> None:
        """Give up a product and its outputs."""
        number = self.ledger.drop(kind, subject)
        if number is not None:
            self.publication.withdraw(number)

    def _write_sitewide(self) -> None:
        absolute = absolute_of(self.project)
        for subject in self.ledger.stale("sitewide"):
            if subject == "robots":
                files = {"robots.txt": robots(absolute)}
            elif subject == "status":
                files = {"status.json": status_file(self._statuses())}
            else:
                files = dict(sitemap_files(self._entries(), absolute))
            self._write("sitewide", subject, files)

    def _write(self, kind: str, subject: str, files: Mapping[str, bytes]) -> None:
        """Place the files of a product that differ, and record it."""
        known = dict(
            self.store.rows(
                "SELECT outputs.name, outputs.digest FROM outputs JOIN products ON product = number "
                "WHERE kind = ? AND subject = ? AND name NOT IN (SELECT name FROM behind WHERE tree = 'next')",
                kind,
                subject,
            )
        )
        digests = {name: digest_of(data) for name, data in files.items()}
        for name, data in files.items():
            if known.get(name) != digests[name]:
                place(self.publication.next_dir, name, data)
        with self.store.transaction():
            number, _ = self.ledger.made(kind, subject)
            self.publication.record(number, digests)

    def _entries(self) -> Iterator[str]:
        """What the sitemap says of every public page, in the order of their addresses."""
        rows = self.store.rows(
            "SELECT entry FROM words JOIN pages ON page = number "
            "WHERE begins <= ?1 AND ?1 < ends ORDER BY address",
            self.now,
        )
        return (entry for (entry,) in rows)

    def _statuses(self) -> Iterator[LocaleStatus]:
        """How the translations stand, as `Site.status` and `translation_status` count them."""
        rows = self.store.rows(
            "SELECT id, locale, digest, made_from, reviewed FROM pages INDEXED BY pages_by_id "
            "WHERE id IS NOT NULL AND begins <= ?1 AND ?1 < ends ORDER BY id",
            self.now,
        )
        ranks = {code: rank for rank, code in enumerate(self._locales)}
        ranks[self.inputs.vocabulary.locales.default.code] = -1
        counts = {code: dict.fromkeys(TranslationStatus, 0) for code in self._locales}
        unreviewed = dict.fromkeys(self._locales, 0)
        groups = 0
        for _, group in groupby(rows, key=itemgetter(0)):
            groups += 1
            editions = list(group)
            # A page that the default locale does not have is a translation of the first that has it.
            original = min(editions, key=lambda edition: ranks[edition[1]])
            for edition in editions:
                _, code, _, made_from, reviewed = edition
                if edition is original:
                    status = TranslationStatus.SOURCE
                elif (made_from or "") == original[2]:
                    status = TranslationStatus.CURRENT
                else:
                    status = TranslationStatus.OUTDATED
                counts[code][status] += 1
                unreviewed[code] += reviewed == 0
        for code, locale in self._locales.items():
            counts[code][TranslationStatus.MISSING] = groups - sum(counts[code].values())
            yield LocaleStatus(locale, counts[code], (), (), unreviewed[code])
