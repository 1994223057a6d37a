"""The cache of a project: one SQLite file, safe to delete, safe to be killed in the middle of.

It holds the index of the content, and of every product (what was found on a page, its article, its HTML,
a feed) what it was made from. Nothing in it is true that the sources do not say: without the file a build
takes longer and gives the same bytes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import msgspec

# The texts of a row stand last: what is before them is read without them.
SCHEMA = """
CREATE TABLE facts(name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE files(name TEXT PRIMARY KEY, stamp TEXT NOT NULL, digest BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE pages(
  number INTEGER PRIMARY KEY, file TEXT NOT NULL UNIQUE, locale TEXT NOT NULL, path TEXT NOT NULL,
  section TEXT, id TEXT, source BLOB NOT NULL, card BLOB, digest TEXT NOT NULL,
  body_line INTEGER NOT NULL, begins INTEGER NOT NULL, ends INTEGER NOT NULL, news INTEGER, event INTEGER, category TEXT, department TEXT,
  made_from TEXT, reviewed INTEGER, UNIQUE(locale, path));
CREATE INDEX pages_by_id ON pages(id, locale, begins, ends, digest, made_from, reviewed);
CREATE INDEX pages_by_time ON pages(locale, begins, ends);
CREATE INDEX pages_by_section ON pages(locale, section);
CREATE INDEX pages_by_news ON pages(locale, news, id) WHERE news IS NOT NULL;
CREATE INDEX pages_by_category ON pages(locale, category, news, id) WHERE news IS NOT NULL;
CREATE INDEX pages_by_department ON pages(locale, department, news, id) WHERE news IS NOT NULL;
CREATE INDEX pages_by_event ON pages(locale, event, id) WHERE event IS NOT NULL;
CREATE TABLE claims(name TEXT NOT NULL, page INTEGER NOT NULL, PRIMARY KEY(name, page)) WITHOUT ROWID;
CREATE INDEX claims_by_page ON claims(page);
CREATE TABLE words(
  page INTEGER PRIMARY KEY, part INTEGER NOT NULL, address TEXT NOT NULL, entry TEXT NOT NULL,
  places BLOB NOT NULL, search TEXT NOT NULL);
CREATE INDEX words_by_part ON words(part);
CREATE TABLE products(
  number INTEGER PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, stale INTEGER NOT NULL,
  why TEXT, made INTEGER, keys BLOB, fingerprint BLOB, payload BLOB, UNIQUE(kind, subject));
CREATE INDEX products_stale ON products(kind) WHERE stale;
CREATE INDEX products_told ON products(fingerprint) WHERE kind = 'findings' AND payload IS NOT NULL;
CREATE TABLE uses(key INTEGER PRIMARY KEY, products BLOB NOT NULL);
CREATE TABLE outputs(name TEXT PRIMARY KEY, product INTEGER NOT NULL, digest BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX outputs_by_product ON outputs(product);
CREATE TABLE behind(tree TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY(tree, name)) WITHOUT ROWID;
CREATE TABLE trees(tree TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS readings(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
BROKEN = (sqlite3.DatabaseError, msgspec.MsgspecError)
"""What is raised in the middle of a build where the file was damaged."""
PATIENCE = 24 * 60 * 60 * 1000
"""Milliseconds that a build waits for another one: longer than any takes."""
LASTING = 0.5
"""Seconds of work that a build may lose when it is killed."""
VERSION = 4
"""Raised with every change of SCHEMA; an older cache is made anew."""


class Store:
    """The open cache; `read_only` for a worker, which never writes."""

    def __init__(self, file: Path | None, *, read_only: bool = False) -> None:
        self.file = file
        if file is None:
            self._connection = _connect(":memory:")
        elif read_only:
            self._connection = _connect(f"file:{_quoted(file)}?mode=ro", uri=True)
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._connection = _opened(file)
        if not read_only and self.one("PRAGMA user_version") != VERSION:
            self.forget()

    def forget(self) -> None:
        """Empty the cache, but for how sentences are read: that names its own makers, and took long."""
        with self.transaction():
            names = self.rows(
                "SELECT type, name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            )
            for _, name in names:
                if name != "readings":
                    self._connection.execute(f'DROP TABLE "{name}"')
            for statement in SCHEMA.split(";"):
                self._connection.execute(statement)
            self._connection.execute(f"PRAGMA user_version = {VERSION}")

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 - what SQLite holds
        return self._connection.execute(query, values).fetchall()

    def row(self, query: str, *values: Any) -> tuple[Any, ...] | None:  # noqa: ANN401
        found: tuple[Any, ...] | None = self._connection.execute(query, values).fetchone()
        return found

    def one(self, query: str, *values: Any) -> Any:  # noqa: ANN401
        """The first column of the first row; None where there is none."""
        found = self.row(query, *values)
        return found[0] if found else None

    def write(self, query: str, *values: Any) -> int:  # noqa: ANN401
        """Run one statement; returns the row it inserted, if it did."""
        return self._connection.execute(query, values).lastrowid or 0

    def write_many(self, query: str, rows: Iterator[Any] | list[Any]) -> None:
        self._connection.executemany(query, rows)

    def fact(self, name: str) -> Any:  # noqa: ANN401
        return self.one("SELECT value FROM facts WHERE name = ?", name)

    def keep(self, name: str, value: Any) -> None:  # noqa: ANN401
        self.write("INSERT OR REPLACE INTO facts VALUES(?, ?)", name, value)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written in the block, or nothing of it."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    @contextmanager
    def transactions(self, clock: Callable[[], float] = monotonic) -> Iterator[Callable[[], None]]:
        """One transaction after the other; the block calls what is yielded wherever one may end.

        To end one costs as much as to write hundreds of rows, so it is only done now and then. What was
        not ended when the block fails is as if it had not been written. clock: seconds.
        """
        with ExitStack() as held:
            held.enter_context(self.transaction())
            began = clock()

            def step() -> None:
                nonlocal began
                if clock() - began > LASTING:
                    held.close()
                    held.enter_context(self.transaction())
                    began = clock()

            yield step

    def close(self) -> None:
        self._connection.close()


def _connect(name: str, *, uri: bool = False) -> sqlite3.Connection:
    connection = sqlite3.connect(name, uri=uri, isolation_level=None, timeout=60)
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def _opened(file: Path) -> sqlite3.Connection:
    """The cache in `file`; one that is no database, or a broken one, is thrown away."""
    for attempt in (1, 2):
        connection: sqlite3.Connection | None = None
        try:
            connection = _connect(str(file))
            connection.execute("PRAGMA journal_mode = WAL")
            # The last commits may be lost with the power, never half of one: they are made again.
            connection.execute("PRAGMA synchronous = NORMAL")
            # A cold build writes the same pages of the file again and again: they are carried over seldom.
            connection.execute("PRAGMA wal_autocheckpoint = 16384")
            # What it writes lies all over the file; a city's 400 MB are not read back page by page.
            connection.execute("PRAGMA cache_size = -262144")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.DatabaseError:
            if connection:
                connection.close()
            if attempt == 2:
                raise
            discard(file)
        else:
            return connection
    raise AssertionError("unreachable")


def discard(file: Path) -> None:
    """Throw a cache away."""
    for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
        file.with_name(name).unlink(missing_ok=True)


def _quoted(file: Path) -> str:
    return str(file).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


@contextmanager
def locked(file: Path, waiting: Callable[[], None] | None = None) -> Iterator[None]:
    """Only one build of a project at a time; `waiting` is called when another one has to end first.

    The lock is SQLite's own on an empty database: every system has it, and it ends with its process.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(file, isolation_level=None, timeout=0)
    try:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            if waiting:
                waiting()
            connection.execute(f"PRAGMA busy_timeout = {PATIENCE}")
            connection.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        connection.close()
