"""A glance at everything a site is made from: enough to see that nothing has changed.

It looks at when files were written and reads none, and it needs none of the libraries that a build does.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from multiprocessing.connection import Connection
from pathlib import Path
from threading import active_count
from time import time_ns
from typing import Any

from machikado.disk import stamps_below

MARK = "machikado.json"
"""The file of a tree that bears the digest of all others."""
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_INHERITS = re.compile(r"""^["']?INHERIT["']?\s*:""", re.MULTILINE)


RACY = 50_000_000
"""Nanoseconds: a file that was written so shortly before it was read is read again the next time."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What was seen. digest: of everything; stamps: for each folder that could be read those of its files, by their names from there.

    began: when it was begun, in nanoseconds since 1970.
    """

    digest: str
    stamps: Mapping[str, Mapping[str, str]]
    began: int


@dataclass(frozen=True, slots=True)
class Look:
    """What a glance showed, where it got so far; same: what is published, unchanged."""

    seen: Glance | None = None
    same: Unchanged | None = None


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The site as it is, which is as it should be. pages: how many readers see."""

    site_dir: Path
    pages: int


def glance(config_file: Path, folders: Sequence[Path]) -> Glance:
    """What a build sees from outside: every file below `folders`, settings, the code."""
    began = time_ns()
    state = blake2b(digest_size=16)
    state.update(f"{sys.version}\0{config_file.resolve()}\0".encode("utf-8", "surrogateescape"))
    # A configuration that others are part of never looks the same.
    settings = settings_of(config_file) or os.urandom(16)
    state.update(settings)
    own = Path(__file__).resolve().parents[1]
    stamps: dict[str, Mapping[str, str]] = {}
    for folder in map(str, (own, *folders)):
        with suppress(OSError):  # a folder that cannot be read is the build's to name
            stamps[folder] = stamps_below(folder)
    lines: list[str] = []
    for folder, files in stamps.items():
        lines.append(folder)
        for name, stamp in files.items():
            # What Python makes of a module says nothing that the module does not.
            if "__pycache__" not in name:
                lines += (name, stamp)
    lines.extend(sorted(os.listdir(Path(json.__file__).parents[1])))  # noqa: PTH208
    lines.extend(packages())
    state.update("\n".join(lines).encode("utf-8", "surrogateescape"))
    return Glance(state.hexdigest(), stamps, began)


def settings_of(config_file: Path) -> bytes | None:
    """All that a configuration is read from: its text, and the environment that it names.

    None where it inherits from another one. Raises OSError, UnicodeDecodeError.
    """
    text = config_file.read_text(encoding="utf-8")
    if _INHERITS.search(text):
        return None
    # `!ENV` takes a name, a list of them, or one over several lines: every word might be one.
    names = sorted({*_NAME.findall(text)} & {*os.environ}) if "!ENV" in text else []
    values = [f"{name}={os.environ[name]}" for name in names]
    return "\0".join([text, *values]).encode("utf-8", "surrogateescape")


def packages() -> list[str]:
    """The packages that are installed, with their versions."""
    return sorted(
        name
        for folder in sys.path
        if folder.endswith("-packages") and Path(folder).is_dir()
        for name in os.listdir(folder)  # noqa: PTH208 - of names alone there is nothing to make paths of
        if name.endswith("-info")
    )


def written(stamp: str) -> int:
    """When a file with this stamp was last written, in nanoseconds; 0 where the stamp does not tell."""
    first = stamp.split(".")
    return max(int(first[0]), int(first[1])) if len(first) == 4 else 0


def look(cache: Path, config_file: Path, site_dir: Path | None, now: int) -> Look:
    """Glance at everything, and say whether a build at `now` (µs) would change nothing."""
    nothing = Look()
    if not cache.is_file() or not config_file.is_file():
        return nothing
    try:
        connection = sqlite3.connect(f"{cache.as_uri()}?mode=ro", uri=True)
    except sqlite3.Error:
        return nothing
    try:
        rows = connection.execute(
            "SELECT name, value FROM facts WHERE name IN ('glance', 'now', 'next')"
        )
        facts = dict(rows.fetchall())
        if len(facts) < 3 or facts["glance"] is None:
            return nothing
        seen, folders, default, digest, pages = json.loads(facts["glance"])
        target = site_dir or Path(default)
        mark = json.loads((target / MARK).read_bytes())
        (late,) = connection.execute(
            "SELECT count(*) FROM behind WHERE tree = ?", (digest,)
        ).fetchone()
        now_seen = glance(config_file, [Path(folder) for folder in folders])
        is_due = not facts["now"] <= now < facts["next"]
        if now_seen.digest != seen or is_due or mark["digest"] != digest or late or len(mark) > 2:
            return Look(now_seen)
    except (sqlite3.Error, OSError, ValueError, KeyError, TypeError, UnicodeDecodeError):
        return nothing
    finally:
        connection.close()
    return Look(now_seen, Unchanged(target, pages))


def look_while(
    work: Iterable[Callable[[], object]],
    cache: Path,
    config_file: Path,
    site_dir: Path | None,
    now: int,
) -> Look:
    """As `look`, by a process of its own; meanwhile this one does one piece of `work` after the other.

    It stops as soon as there is an answer, and does none where no process can be forked.
    """
    can_fork = sys.platform.startswith("linux") and active_count() == 1
    if not can_fork or not cache.is_file():
        return look(cache, config_file, site_dir, now)
    context: Any = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(
        target=_tell, args=(theirs, cache, config_file, site_dir, now), daemon=True
    )
    process.start()
    theirs.close()
    try:
        for piece in work:
            if ours.poll():
                break
            piece()
        told: Look = ours.recv()
    except EOFError:  # somebody ended it
        return look(cache, config_file, site_dir, now)
    finally:
        ours.close()
        process.kill()
        process.join()
    return told


def _tell(
    answer: Connection, cache: Path, config_file: Path, site_dir: Path | None, now: int
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    found = look(cache, config_file, site_dir, now)
    # Where nothing is to be built, nobody wants to know all that was seen.
    answer.send(Look(same=found.same) if found.same else found)
