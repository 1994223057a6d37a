"""Publishing what changed: two trees of the site, one that readers see and one a step behind it.

The next site is made in the spare tree, from the files that changed and hard links to those that did not,
and is then exchanged with the published one in a single step; the old site is the next spare. Every tree
bears in `machikado.json` a digest of all that is in it, so that it is known by its content alone: whatever
happens to a build, the cache knows by which names a tree differs from the wanted site. While the spare is
being worked on, its mark bears the name of that work instead.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

from machikado.incremental.glance import MARK
from machikado.incremental.store import Store
from machikado.publishing import exchange

_NEXT = "next"
"""What the spare is called in the cache while it is being worked on."""
_WORK = "work"
"""The fact that is the name of that work."""
_SPACE = 1 << 256
Branch = tuple[str, str]
"""A folder of one tree, and where it is to be in the other."""
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL


def digest_of(data: bytes) -> bytes:
    """The digest of an output, 16 bytes (BLAKE2b, RFC 7693)."""
    return blake2b(data, digest_size=16).digest()


def tree_digest(files: Iterable[tuple[str, bytes]]) -> str:
    """The digest of a tree from the names and the digests of its files, in any order."""
    return f"{sum(_weight(name, digest) for name, digest in files) % _SPACE:064x}"


def _weight(name: str, digest: bytes) -> int:
    # A sum of digests can be kept up to date file by file (an incremental multiset hash).
    hashed = blake2b(name.encode("utf-8", "surrogatepass") + b"\0" + digest, digest_size=32)
    return int.from_bytes(hashed.digest(), "big")


def mark_of(tree: Path) -> dict[str, Any]:
    """What a tree says of itself; nothing where it is no tree of ours."""
    try:
        mark = json.loads((tree / MARK).read_bytes())
    except (OSError, ValueError):
        return {}
    return mark if isinstance(mark, dict) else {}


def write_mark(tree: Path, digest: str, more: dict[str, Any]) -> None:
    text = json.dumps({"schema": 1, "digest": digest, **more}, ensure_ascii=False)
    place(tree, MARK, f"{text}\n".encode())


def place(tree: Path, name: str, data: bytes) -> None:
    """Write a file of a tree. Never into a file that is there: the other tree may share it."""
    file = f"{tree}/{name}"
    try:
        descriptor = os.open(file, _NEW, 0o644)
    except FileNotFoundError:
        _make_folder(file.rpartition("/")[0])
        descriptor = os.open(file, _NEW, 0o644)
    except FileExistsError:
        Path(file).unlink()
        descriptor = os.open(file, _NEW, 0o644)
    try:
        # A write may stop short, as on a full disk; the next one says why.
        while data:
            data = data[os.write(descriptor, data) :]
    finally:
        os.close(descriptor)


def _make_folder(folder: str) -> None:
    # Nearly every page has one of its own, below one that is there.
    try:
        os.mkdir(folder)  # noqa: PTH102
    except OSError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103


def link_branches(branches: Iterable[Branch]) -> None:
    """Make each folder anew with all that is below it, by hard links."""
    for folder, into in branches:
        for _ in _linked(folder, into, None):
            pass


class Publication:
    """One site folder with its spare, and what the cache knows of both."""

    def __init__(self, store: Store, site_dir: Path) -> None:
        self._store = store
        self.site_dir = site_dir
        self.says: dict[str, Any] = {}
        """What a tree says of itself besides its digest; the same for the same sources."""
        self.next_dir = site_dir.with_name(f".{site_dir.name}.spare")
        self.changed: frozenset[str] | None = None
        """After `finish`: the names by which the site differs from the one before; None: unknown."""
        self._live: str | None = None

    @property
    def is_current(self) -> bool:
        """Whether readers see the wanted site already."""
        live = self._known(self.site_dir)
        return (
            live is not None
            and live == self._wanted()
            and not self._behind(live)
            and self._is_said(self.site_dir)
        )

    def begin(self) -> list[int]:
        """Make the spare ready to be worked on; returns the products whose outputs are in no tree.

        Raises OSError.
        """
        self.site_dir.parent.mkdir(parents=True, exist_ok=True)
        self._live = self._known(self.site_dir)
        spare = self._known(self.next_dir)
        if spare is not None:
            self._work_from(spare)
        elif self._is_in_work():
            self._take_up()
        else:
            self._make_spare()
        with self._store.transaction():
            self._store.write(
                "DELETE FROM behind WHERE tree <> ? AND tree IS NOT ?", _NEXT, self._live
            )
            self._store.write("DELETE FROM trees WHERE tree IS NOT ?", self._live)
        return self._lost()

    def clear(self) -> None:
        """Remove from the spare what the wanted site has no more, so that nothing stands in the way."""
        gone = self._store.rows(
            "SELECT name FROM behind WHERE tree = ? AND name NOT IN (SELECT name FROM outputs)",
            _NEXT,
        )
        for (name,) in gone:
            self._remove(name)

    def _remove(self, name: str) -> None:
        file = self.next_dir / name
        if file.is_dir() and not file.is_symlink():
            # The wanted site has a folder of this name.
            return
        with suppress(FileNotFoundError, NotADirectoryError):
            file.unlink()
        for folder in file.relative_to(self.next_dir).parents:
            if folder.name:
                with suppress(OSError):
                    (self.next_dir / folder).rmdir()

    def _is_in_work(self) -> bool:
        """Whether the spare is what an unfinished build left, and the cache knows how far it was."""
        work = mark_of(self.next_dir).get("work")
        return work is not None and work == self._store.fact(_WORK)

    def _work_from(self, tree: str | None) -> None:
        """Begin to work on the spare, which has the files of `tree`, or none."""
        work = secrets.token_hex(8)
        with self._store.transaction():
            if tree is None:
                self._store.write("DELETE FROM behind WHERE tree = ?", _NEXT)
                self._store.write("INSERT INTO behind SELECT ?, name FROM outputs", _NEXT)
            else:
                self._copy_behind(tree)
            self._store.keep(_WORK, work)
        place(self.next_dir, MARK, json.dumps({"work": work}).encode())

    def _take_up(self) -> None:
        """Go on where a build was stopped: what it placed and could not record is not trusted."""
        with self._store.transaction():
            self._store.write(
                "INSERT OR IGNORE INTO behind SELECT ?, name FROM outputs JOIN products ON product = number WHERE stale",
                _NEXT,
            )
        known = {MARK, *(name for (name,) in self._store.rows("SELECT name FROM outputs"))}
        for folder, _, names in os.walk(self.next_dir):
            for name in names:
                placed = (Path(folder) / name).relative_to(self.next_dir).as_posix()
                if placed not in known:
                    self._remove(placed)

    def _make_spare(self) -> None:
        _discard(self.next_dir)
        if self._live is None:
            self.next_dir.mkdir(mode=0o755)
        else:
            _clone(self.site_dir, self.next_dir, link_branches)
        self._work_from(self._live)

    def _copy_behind(self, tree: str) -> None:
        self._store.write("DELETE FROM behind WHERE tree = ?", _NEXT)
        self._store.write(
            "INSERT INTO behind SELECT ?, name FROM behind WHERE tree = ?", _NEXT, tree
        )

    def _lost(self) -> list[int]:
        """The products of outputs that neither tree has as they are wanted."""
        also = "" if self._live is None else "AND name IN (SELECT name FROM behind WHERE tree = ?2)"
        rows = self._store.rows(
            "SELECT DISTINCT product FROM outputs "  # noqa: S608
            f"WHERE name IN (SELECT name FROM behind WHERE tree = ?1 {also})",
            *((_NEXT,) if self._live is None else (_NEXT, self._live)),
        )
        return [product for (product,) in rows]

    def record(self, product: int, outputs: Mapping[str, bytes]) -> bool:
        """Note the outputs of a product, by name and digest, that were placed in the spare.

        Those it had and has no more are given up. Returns whether anything differs. In a transaction.
        """
        return self.record_all({product: outputs})

    def record_all(self, outputs: Mapping[int, Mapping[str, bytes]]) -> bool:
        """As `record`, for several products, whose numbers are the keys."""
        # In a first build neither tree has anything yet.
        is_behind = self._store.one("SELECT 1 FROM behind LIMIT 1") is not None
        has_trees = self._store.one("SELECT 1 FROM trees LIMIT 1") is not None
        total = 0
        differs = False
        for product, placed in outputs.items():
            old = dict(
                self._store.rows("SELECT name, digest FROM outputs WHERE product = ?", product)
            )
            for name, digest in placed.items():
                known = old.pop(name, None)
                if is_behind:
                    self._store.write("DELETE FROM behind WHERE tree = ? AND name = ?", _NEXT, name)
                if known == digest:
                    continue
                differs = True
                if known is None:
                    known = self._store.one("SELECT digest FROM outputs WHERE name = ?", name)
                total += _weight(name, digest) - (0 if known is None else _weight(name, known))
                self._store.write(
                    "INSERT OR REPLACE INTO outputs VALUES(?, ?, ?)", name, product, digest
                )
                if has_trees:
                    self._fall_behind(name)
            for name, digest in old.items():
                differs = is_behind = True
                self._give_up(name, digest)
        self._weigh(total)
        return differs

    def withdraw(self, product: int) -> None:
        """Give up every output of a product that is no more. In a transaction."""
        for name, digest in self._store.rows(
            "SELECT name, digest FROM outputs WHERE product = ?", product
        ):
            self._give_up(name, digest)

    def _give_up(self, name: str, digest: bytes) -> None:
        self._weigh(-_weight(name, digest))
        self._store.write("DELETE FROM outputs WHERE name = ?", name)
        self._fall_behind(name)
        self._store.write("INSERT OR IGNORE INTO behind VALUES(?, ?)", _NEXT, name)

    def _fall_behind(self, name: str) -> None:
        """Note that every tree but the next one has not what is wanted under this name."""
        self._store.write("INSERT OR IGNORE INTO behind SELECT tree, ? FROM trees", name)

    def _weigh(self, more: int) -> None:
        """Add to the digest of the wanted site, which is a sum."""
        if more:
            self._store.keep("digest", f"{(int(self._wanted(), 16) + more) % _SPACE:064x}")

    def finish(self, link: Callable[[Sequence[Branch]], None] = link_branches) -> bool:
        """Complete the spare and give it to readers; returns whether they see anything new.

        link: does as `link_branches`, by whoever has time. Raises OSError; readers see the old site then.
        """
        wanted = self._wanted()
        for (name,) in self._store.rows("SELECT name FROM behind WHERE tree = ?", _NEXT):
            self._catch_up(name)
        write_mark(self.next_dir, wanted, self.says)
        with self._store.transaction():
            self._store.write("DELETE FROM behind WHERE tree = ?", _NEXT)
            self._store.write("DELETE FROM facts WHERE name = ?", _WORK)
            self._store.write("INSERT OR IGNORE INTO trees VALUES(?)", wanted)
            self._store.write("DELETE FROM behind WHERE tree = ?", wanted)
        if self._live == wanted and self._is_said(self.site_dir):
            return False
        self.changed = self._behind_names(self._live)
        foreign = self._live is None and self.site_dir.exists()
        if not self.site_dir.exists():
            self.next_dir.rename(self.site_dir)
        else:
            exchange(self.next_dir, self.site_dir)
        if foreign:
            _discard(self.next_dir)
        if not self.next_dir.exists():
            _clone(self.site_dir, self.next_dir, link)
            _link(self.site_dir / MARK, self.next_dir / MARK)
        return True

    def even_out(self) -> None:
        """Bring the spare up to the published site while nobody waits, so that the next build need not.

        Raises OSError; the spare is in work then.
        """
        live, spare = self._known(self.site_dir), self._known(self.next_dir)
        if live is None or spare is None or spare == live or live != self._wanted():
            return
        self._work_from(spare)
        for (name,) in self._store.rows("SELECT name FROM behind WHERE tree = ?", _NEXT):
            self._catch_up(name)
        (self.next_dir / MARK).unlink()
        _link(self.site_dir / MARK, self.next_dir / MARK)
        with self._store.transaction():
            self._store.write("DELETE FROM behind WHERE tree = ?", _NEXT)
            self._store.write("DELETE FROM facts WHERE name = ?", _WORK)

    def _catch_up(self, name: str) -> None:
        self._remove(name)
        if self._store.one("SELECT 1 FROM outputs WHERE name = ?", name):
            file = self.next_dir / name
            file.parent.mkdir(parents=True, exist_ok=True)
            _link(self.site_dir / name, file)

    def _wanted(self) -> str:
        return str(self._store.fact("digest") or f"{0:064x}")

    def _known(self, tree: Path) -> str | None:
        """The digest of a tree that the cache knows; None for any other folder."""
        digest = mark_of(tree).get("digest")
        found = self._store.one("SELECT tree FROM trees WHERE tree = ?", digest)
        return str(found) if found is not None else None

    def _is_said(self, tree: Path) -> bool:
        mark = mark_of(tree)
        return {name: mark[name] for name in mark if name not in ("schema", "digest")} == self.says

    def _behind_names(self, tree: str | None) -> frozenset[str] | None:
        if tree is None:
            return None
        rows = self._store.rows("SELECT name FROM behind WHERE tree = ?", tree)
        return frozenset(name for (name,) in rows)

    def _behind(self, tree: str) -> bool:
        return self._store.one("SELECT 1 FROM behind WHERE tree = ? LIMIT 1", tree) is not None


def _clone(tree: Path, into: Path, link: Callable[[Sequence[Branch]], None]) -> None:
    """A second tree of the same files, without the mark: it is not whole until this returns."""
    link(list(_linked(str(tree), str(into), 1, MARK)))


def _linked(folder: str, into: str, depth: int | None, without: str = "") -> Iterator[Branch]:
    """Link what is in a folder, but for a file of that name, and so many levels below it.

    Yields what is still to be linked.
    """
    with suppress(FileExistsError):
        os.mkdir(into, stat.S_IMODE(os.stat(folder).st_mode))  # noqa: PTH102, PTH116 - 25,000 of them
    with os.scandir(folder) as entries:
        for entry in entries:
            target = f"{into}/{entry.name}"
            if entry.is_symlink():
                with suppress(FileExistsError):
                    Path(target).symlink_to(Path(entry.path).readlink())
            elif not entry.is_dir():
                if entry.name != without:
                    _link(entry.path, target)
            elif depth == 0:
                yield entry.path, target
            else:
                yield from _linked(entry.path, target, None if depth is None else depth - 1)


def _discard(tree: Path) -> None:
    """Remove a tree, its mark first: half of one must not be taken for the whole."""
    with suppress(OSError):
        (tree / MARK).unlink()
    shutil.rmtree(tree, ignore_errors=True)


def _link(source: str | Path, target: str | Path) -> None:
    try:
        os.link(source, target)
    except FileExistsError:
        Path(target).unlink()
        os.link(source, target)
    except OSError:
        # A file system without hard links keeps two copies.
        shutil.copyfile(source, target)
