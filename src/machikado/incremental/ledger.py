"""The ledger of a cache: what is in the index, which products are stale, and why.

A change is entered in one transaction: the new rows of the index, and a mark on every product that was
made from a fact the change touches. A build that is killed leaves the marks; the next one goes on.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from machikado.content.front_matter import FrontMatter, PageType
from machikado.content.locale import Locales
from machikado.content.page import Page
from machikado.content.reader import Place
from machikado.content.site import claims_of, section_of
from machikado.content.source import Source
from machikado.incremental import codec
from machikado.incremental.change import Order, Stand, touched
from machikado.incremental.store import Store
from machikado.incremental.trace import Keys, Numbers, Packed, unpacked

NEVER, ALWAYS = 2**62, -(2**62)
"""Microseconds: after every clock, before every clock."""
_TOUCHING = {"article": "article", "findings": "places"}
"""The kinds of products whose making touches a fact about their subject, and of what kind that is."""
REASONS = 12
"""How many of the facts that made a product stale are kept to be told."""


@dataclass(frozen=True, slots=True)
class Row:
    """One source as the index has it. `begins`, `ends`: µs since 1970 between which readers may see it."""

    place: Place
    source: Source
    card: FrontMatter | None = None
    begins: int = NEVER
    ends: int = ALWAYS

    def stand(self, now: int) -> Stand:
        place = self.place
        bare = Stand(
            place.file,
            place.locale.code,
            place.path,
            place.locale.is_default,
            faulty=self.source.faulty,
        )
        card = self.card
        if card is None:
            return bare
        page = Page(place.locale, place.path, place.file, card, "", 1)
        return replace(
            bare,
            id=card.id,
            card=codec.kept(card),
            digest=self.source.digest,
            claims=frozenset(f"{kind} {name}" for kind, name in claims_of(page)),
            order=Order(card.type, card.publish_at, card.category, card.department)
            if card.publish_at and card.type in (PageType.NEWS, PageType.EVENT)
            else None,
            public=self.begins <= now < self.ends,
        )


def _dated(card: FrontMatter | None, kind: PageType) -> int | None:
    """When a page of this kind was published, in µs; None for any other page."""
    if card is None or card.type is not kind or card.publish_at is None:
        return None
    return microseconds(card.publish_at)


def microseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1_000_000)


@dataclass
class Effects:
    """What a change does: the facts it touches, and the sources that readers begin or cease to see.

    listed: locale and id of every page that readers begin or cease to see by that id.
    """

    keys: Keys = field(default_factory=set)
    begun: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    listed: set[tuple[str, str]] = field(default_factory=set)

    def add(self, before: Stand | None, after: Stand | None) -> None:
        self.keys.update(touched(before, after))
        seen = {
            (stand.locale, stand.id) if stand and stand.public and stand.id else None
            for stand in (before, after)
        }
        if len(seen) > 1:
            self.listed.update(listed for listed in seen if listed)
        was, is_now = bool(before and before.public), bool(after and after.public)
        if was != is_now:
            file = (after or before).file  # type: ignore[union-attr] # one of them stands
            (self.begun if is_now else self.ended).append(file)

    def begin(self, rows: Iterable[Row], now: int) -> None:
        """Add the first pages of a site; no keys, for nothing was made from them."""
        for row in rows:
            if row.card is not None and row.begins <= now < row.ends:
                self.begun.append(row.place.file)
                self.listed.add((row.place.locale.code, row.card.id))


class Ledger:
    """Enters changes into a store, and tells what is to be made.

    Which products were made from a fact is written down for many products at once: a page is made from
    some thirty facts, and some facts are in every page. A first build does it when all pages are printed;
    until then, what it touches waits. `settle` writes it all.
    """

    def __init__(self, store: Store, locales: Locales, now: int) -> None:
        self.store = store
        self._now = now
        self._locales = locales
        self._numbers = Numbers()
        self._is_first = store.one("SELECT 1 FROM uses LIMIT 1") is None
        self._has_made = False
        self._gains: defaultdict[int, list[int]] = defaultdict(list)
        self._losses: defaultdict[int, set[int]] = defaultdict(set)
        self._touched: Keys = set()

    # The index -------------------------------------------------------------------------------

    def enter(
        self,
        changed: Mapping[Place, Source],
        removed: Collection[str],
        last: int | None,
        now: int,
    ) -> Effects:
        """Enter sources as they are now, and those that are gone; `last` and `now` are µs.

        Readers saw the site of `last`; None where nothing was ever published. In a transaction.
        """
        effects = Effects()
        before = {
            row.place.file: row for row in self._rows_of({p.file for p in changed} | {*removed})
        }
        after: dict[str, Row] = {
            place.file: Row(place, source) for place, source in changed.items()
        }
        ids = {row.source.values["id"] for row in before.values() if row.source.is_page}
        ids |= {row.source.values["id"] for row in after.values() if row.source.is_page}
        for row in self._rows_with(ids) if before or self._has_pages() else ():
            before.setdefault(row.place.file, row)
            if row.place.file not in removed:
                after.setdefault(row.place.file, row)
        for row in list(_settled(after.values())):
            after[row.place.file] = row
        was = ALWAYS - 1 if last is None else last
        if self._is_first and not before:
            # Nothing was made from any fact yet that these could touch.
            effects.begin(after.values(), now)
        else:
            for file in {*before, *after}:
                old, new = before.get(file), after.get(file)
                effects.add(old.stand(was) if old else None, new.stand(now) if new else None)
        gone = [file for file in before if file not in after]
        self._remove(gone)
        self._write(
            ((row, file in before) for file, row in after.items() if before.get(file) != row)
        )
        self._let_time_pass(effects, last, now, {*before, *after})
        return effects

    def _let_time_pass(
        self, effects: Effects, last: int | None, now: int, entered: set[str]
    ) -> None:
        """Add what begins or ends between the two clocks by itself."""
        if last is None or last == now:
            return
        since, until = sorted((last, now))
        passing = self._read(
            "WHERE number IN (SELECT number FROM pages INDEXED BY pages_by_time "
            "WHERE begins > ?1 AND begins <= ?2 OR ends > ?1 AND ends <= ?2) AND id IS NOT NULL",
            since,
            until,
        )
        for row in passing:
            if row.place.file not in entered:
                effects.add(row.stand(last), row.stand(now))

    def next_moment(self, now: int) -> int:
        """When, after `now`, readers will next begin or cease to see a page."""
        begins = self.store.one("SELECT min(begins) FROM pages WHERE begins > ?", now)
        ends = self.store.one("SELECT min(ends) FROM pages WHERE ends > ?", now)
        return min(begins or NEVER, ends or NEVER)

    def _has_pages(self) -> bool:
        return self.store.one("SELECT 1 FROM pages LIMIT 1") is not None

    def _rows_of(self, files: Iterable[str]) -> Iterator[Row]:
        if not self._has_pages():
            return
        for file in files:
            yield from self._read("WHERE file = ?", file)

    def _rows_with(self, ids: Iterable[str]) -> Iterator[Row]:
        for page_id in ids:
            yield from self._read("WHERE id = ?", page_id)

    def _read(self, where: str, *values: Any) -> Iterator[Row]:  # noqa: ANN401 - what SQLite holds
        query = f"SELECT file, locale, path, source, card, begins, ends FROM pages {where}"  # noqa: S608
        for file, locale, path, source, card, begins, ends in self.store.rows(query, *values):
            yield Row(
                Place(file, self._locales[locale], path),
                codec.source(source),
                None if card is None else codec.card(card),
                begins,
                ends,
            )

    def _write(self, rows: Iterable[tuple[Row, bool]]) -> None:
        """Write rows of the index, each with whether it was there before."""
        for row, is_known in rows:
            place, card = row.place, row.card
            made = card.translation if card else None
            listed = card is not None and place.path not in ("index.md", "404.md")
            number = self.store.write(
                "INSERT INTO pages(file, locale, path, section, id, source, card, digest, body_line, begins, ends, news, event, category, department, made_from, reviewed) "
                "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(file) DO UPDATE SET section = excluded.section, "
                "id = excluded.id, source = excluded.source, card = excluded.card, digest = excluded.digest, body_line = excluded.body_line, "
                "begins = excluded.begins, ends = excluded.ends, news = excluded.news, event = excluded.event, "
                "category = excluded.category, department = excluded.department, "
                "made_from = excluded.made_from, reviewed = excluded.reviewed",
                place.file,
                place.locale.code,
                place.path,
                section_of(place.path) if listed else None,
                card.id if card else None,
                codec.kept(row.source),
                codec.kept(card) if card else None,
                row.source.digest,
                row.source.body_line,
                row.begins,
                row.ends,
                _dated(card, PageType.NEWS),
                _dated(card, PageType.EVENT),
                card.category if card else None,
                card.department if card else None,
                made.source_hash if made else None,
                None if made is None else int(made.reviewer is not None),
            )
            if is_known:
                number = self.page_number(place.file)
                self.store.write("DELETE FROM claims WHERE page = ?", number)
            if card is not None:
                page = Page(place.locale, place.path, place.file, card, "", 1)
                self.store.write_many(
                    "INSERT OR IGNORE INTO claims VALUES(?, ?)",
                    [(f"{kind} {name}", number) for kind, name in claims_of(page)],
                )

    def _remove(self, files: Iterable[str]) -> None:
        for file in files:
            number = self.page_number(file)
            self.store.write("DELETE FROM claims WHERE page = ?", number)
            self.store.write("DELETE FROM words WHERE page = ?", number)
            self.store.write("DELETE FROM pages WHERE number = ?", number)

    def page_number(self, file: str) -> int:
        number: int = self.store.one("SELECT number FROM pages WHERE file = ?", file)
        return number

    # Products --------------------------------------------------------------------------------

    def want(self, kind: str, subjects: Iterable[str], why: str) -> None:
        """Have products made, or made anew, for a reason of their own."""
        self.store.write_many(
            "INSERT INTO products(kind, subject, stale, why) VALUES(?, ?, 1, ?) "
            "ON CONFLICT(kind, subject) DO UPDATE SET why = CASE WHEN stale THEN why ELSE excluded.why END, stale = 1",
            [(kind, subject, codec.kept([why]).decode()) for subject in subjects],
        )

    def want_known(self, kind: str, subjects: Iterable[str], why: str) -> None:
        """Have those products made anew that there are."""
        self.store.write_many(
            "UPDATE products SET why = CASE WHEN stale THEN why ELSE ? END, stale = 1 "
            "WHERE kind = ? AND subject = ?",
            [(codec.kept([why]).decode(), kind, subject) for subject in subjects],
        )

    def want_first(self, kind: str, subjects: Iterable[str], why: str) -> None:
        """Have those products made that there never were."""
        self.store.write_many(
            "INSERT OR IGNORE INTO products(kind, subject, stale, why) VALUES(?, ?, 1, ?)",
            [(kind, subject, codec.kept([why]).decode()) for subject in subjects],
        )

    def want_all(self, kinds: Iterable[str], why: str) -> None:
        """Have every known product of these kinds made anew."""
        for kind in kinds:
            self.store.write(
                "UPDATE products SET stale = 1, why = ? WHERE kind = ? AND NOT stale",
                codec.kept([why]).decode(),
                kind,
            )

    def touch(self, keys: Iterable[str]) -> None:
        """Mark every product stale that was made from one of these facts; in a first build, by `settle`."""
        if not self._is_first:
            self._write_uses()
            self._touch(keys)
        elif self._has_made:
            self._touched.update(keys)

    def _touch(self, keys: Iterable[str]) -> None:
        reasons: dict[int, list[str]] = {}
        for key in sorted(keys):
            for number in self._users(self._numbers[key]):
                reasons.setdefault(number, []).append(key)
        self.store.write_many(
            "UPDATE products SET why = CASE WHEN stale THEN why ELSE ? END, stale = 1 WHERE number = ?",
            [(codec.kept(why[:REASONS]).decode(), number) for number, why in reasons.items()],
        )

    def _users(self, key: int) -> Sequence[int]:
        return unpacked(self.store.one("SELECT products FROM uses WHERE key = ?", key) or b"")

    def settle(self) -> None:
        """Write down what products were made from, and touch what was to be touched. In a transaction."""
        self._write_uses()
        self._touch(self._touched)
        self._touched = set()
        self.store.write("DELETE FROM facts WHERE name = 'unsettled'")

    def settle_where_touched(self) -> None:
        """Settle where what is stale depends on it. In a transaction."""
        if self._touched:
            self.settle()

    def _write_uses(self) -> None:
        gains, losses = self._gains, self._losses
        if not gains and not losses:
            return
        self._gains, self._losses = defaultdict(list), defaultdict(set)
        if self.store.one("SELECT 1 FROM uses LIMIT 1") is None:
            self.store.write_many(
                "INSERT INTO uses VALUES(?, ?)",
                ((key, array("q", gains[key])) for key in sorted(gains) if gains[key]),
            )
        else:
            for key in sorted({*gains, *losses}):
                self._write_users(key, gains.get(key, ()), losses.get(key, frozenset()))
        if not self._touched:
            self.store.write("DELETE FROM facts WHERE name = 'unsettled'")

    def _write_users(self, key: int, gained: Iterable[int], lost: Collection[int]) -> None:
        users = array("q", self._users(key))
        if lost:
            users = array("q", (product for product in users if product not in lost))
        users.extend(gained)
        if users:
            self.store.write("INSERT OR REPLACE INTO uses VALUES(?, ?)", key, users)
        else:
            self.store.write("DELETE FROM uses WHERE key = ?", key)

    def mend(self) -> None:
        """Settle for a build that was killed before it did. In a transaction."""
        if self.store.fact("unsettled") is None:
            return
        self._is_first = False
        self.store.write("DELETE FROM uses")
        rows = self.store.rows("SELECT number, kind, subject, keys FROM products WHERE keys <> X''")
        for number, kind, subject, keys in rows:
            for key in unpacked(keys):
                self._gains[key].append(number)
            # What it touched is not known: all that it may have.
            if kind in _TOUCHING:
                self._touched.add(f"{_TOUCHING[kind]} {subject}")
        self.settle()

    def stale(self, kind: str) -> list[str]:
        """The subjects of the stale products of a kind, in order."""
        # Left to itself SQLite walks through every product of the kind, to be spared the sorting.
        query = "SELECT subject FROM products INDEXED BY products_stale WHERE kind = ? AND stale ORDER BY subject"
        return [subject for (subject,) in self.store.rows(query, kind)]

    def made(
        self,
        kind: str,
        subject: str,
        keys: Packed = b"",
        fingerprint: bytes = b"",
        payload: bytes | None = None,
    ) -> tuple[int, bool]:
        """Record a product that was made; returns its number, and whether its fingerprint differs."""
        row = self.store.row(
            "SELECT number, keys, fingerprint FROM products WHERE kind = ? AND subject = ?",
            kind,
            subject,
        )
        if row is None:
            number = self.store.write(
                "INSERT INTO products(kind, subject, stale, made, keys, fingerprint, payload) VALUES(?, ?, 0, ?, ?, ?, ?)",
                kind,
                subject,
                self._now,
                keys,
                fingerprint,
                payload,
            )
            old_keys, old_fingerprint = b"", None
        else:
            number, old_keys, old_fingerprint = row[0], row[1] or b"", row[2]
            self.store.write(
                "UPDATE products SET stale = 0, made = ?, keys = ?, fingerprint = ?, payload = ? WHERE number = ?",
                self._now,
                keys,
                fingerprint,
                payload,
                number,
            )
        if keys != old_keys:
            self._use(number, keys, old_keys)
        return number, old_fingerprint != fingerprint

    def _use(self, product: int, keys: Packed, old_keys: Packed) -> None:
        """Note by its keys that a product is made from them, and no more from others."""
        if not self._gains and not self._losses:
            self._has_made = True
            self.store.keep("unsettled", 1)
        new, old = unpacked(keys), frozenset(unpacked(old_keys))
        for key in new:
            if key in old:
                continue
            if product in self._losses.get(key, ()):
                self._losses[key].remove(product)
            else:
                self._gains[key].append(product)
        for key in old.difference(new):
            if product in self._gains.get(key, ()):
                self._gains[key].remove(product)
            else:
                self._losses[key].add(product)

    def drop(self, kind: str, subject: str) -> int | None:
        """Forget a product; returns the number it had."""
        row = self.store.row(
            "SELECT number, keys FROM products WHERE kind = ? AND subject = ?", kind, subject
        )
        if row is None:
            return None
        number: int = row[0]
        self._write_uses()
        for key in unpacked(row[1] or b""):
            self._write_users(key, (), {number})
        self.store.write("DELETE FROM products WHERE number = ?", number)
        return number


def _settled(rows: Iterable[Row]) -> Iterator[Row]:
    """Complete rows that may belong together: what each takes over from its source page, and its times."""
    pages = sorted((row for row in rows if row.source.is_page), key=lambda row: row.place.file)
    originals = {row.source.values["id"]: row for row in pages if row.place.locale.is_default}
    cards = {page_id: row.source.front_matter(row.source) for page_id, row in originals.items()}
    for row in pages:
        page_id = row.source.values["id"]
        original = originals.get(page_id, row)
        theirs = cards.get(page_id) or row.source.front_matter(row.source)
        card = theirs if row is original else row.source.front_matter(original.source)
        yield replace(
            row,
            card=card,
            begins=max(_begin(card), _begin(theirs)),
            ends=min(_end(card), _end(theirs)),
        )


def _begin(card: FrontMatter) -> int:
    return ALWAYS if card.publish_at is None else microseconds(card.publish_at)


def _end(card: FrontMatter) -> int:
    return NEVER if card.expires_at is None else microseconds(card.expires_at)


Progress = Callable[[int, int], None]
"""Told now and then: how many pages are done, and how many there are."""
