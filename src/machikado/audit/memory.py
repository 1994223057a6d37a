"""What earlier audits found, kept for as long as nothing that it depends on has changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec

from machikado.audit.judgement import Judged

_SCHEMA = "CREATE TABLE IF NOT EXISTS judged(key BLOB PRIMARY KEY, value BLOB, used INTEGER) WITHOUT ROWID"
_LIBRARIES = ("axe-playwright-python", "playwright", "html5lib", "lingua-language-detector")
"""What judges beside our own code."""


class Memory:
    """The kept results, by a digest of all that they depend on; safe to delete at any time."""

    def __init__(self, connection: sqlite3.Connection | None) -> None:
        self._connection = connection
        self._used: list[bytes] = []

    def recall(self, key: bytes) -> Judged | None:
        """What was found, or None where nobody looked yet."""
        if self._connection is None:
            return None
        with suppress(sqlite3.Error, msgspec.MsgspecError):
            row = self._connection.execute(
                "SELECT value FROM judged WHERE key = ?", (key,)
            ).fetchone()
            if row is not None:
                judged = msgspec.json.decode(row[0], type=Judged)
                self._used.append(key)
                return judged
        return None

    def keep(self, key: bytes, judged: Judged) -> None:
        """Kept at once: an audit that is interrupted goes on from here the next time."""
        if self._connection is None:
            return
        with suppress(sqlite3.Error):
            self._connection.execute(
                "INSERT OR REPLACE INTO judged VALUES(?, ?, 1)", (key, msgspec.json.encode(judged))
            )

    def forget_others(self) -> None:
        """Drop what this audit of the whole site had no use for."""
        if self._connection is None:
            return
        with suppress(sqlite3.Error), self._connection:
            self._connection.execute("BEGIN")
            for key in self._used:
                self._connection.execute("UPDATE judged SET used = 1 WHERE key = ?", (key,))
            self._connection.execute("DELETE FROM judged WHERE used = 0")
            self._connection.execute("UPDATE judged SET used = 0")


@contextmanager
def memory(file: Path | None) -> Iterator[Memory]:
    """The memory in `file`, which is made; one that cannot be used, or no file, remembers nothing."""
    if file is None:
        yield Memory(None)
        return
    connection = None
    with suppress(sqlite3.Error, OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        connection = _opened(file)
    try:
        yield Memory(connection)
    finally:
        if connection is not None:
            connection.close()


def _opened(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=30, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(_SCHEMA)
    except sqlite3.DatabaseError:
        connection.close()
        file.unlink()
        connection = sqlite3.connect(file, timeout=30, isolation_level=None)
        connection.execute(_SCHEMA)
    return connection


def key_of(*parts: str) -> bytes:
    """A digest of everything a result depends on."""
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()


@cache
def judges() -> str:
    """A digest of who judges: the code of the audit and of the browser module, and the engines."""
    state = sha256()
    for package in ("machikado.audit", "machikado.browser", "machikado.vocabulary"):
        for name, data in _code(package):
            state.update(f"{name}\0{len(data)}\0".encode() + data)
    for library in _LIBRARIES:
        with suppress(ImportError):
            state.update(f"{library} {version(library)}\0".encode())
    return state.hexdigest()


def _code(package: str) -> Iterator[tuple[str, bytes]]:
    parent, _, name = package.rpartition(".")
    folder = files(parent)
    for start in (folder / name, folder / f"{name}.py"):
        yield from _files(start, name)


def _files(place: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    if place.is_file():
        if place.name.endswith((".py", ".js", ".json", ".csv", ".yml")):
            yield name, place.read_bytes()
    elif place.is_dir() and place.name != "__pycache__":
        for part in sorted(place.iterdir(), key=lambda part: part.name):
            yield from _files(part, f"{name}/{part.name}")
