"""The disk as a tree: the one place that reads sources from a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path
from stat import S_ISREG

_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_MOST = 1 << 18
"""Bytes of a file that are asked for at once: sources have fewer."""


class DiskTree:
    """The files below `root`; below its folder `filled`, a fallback fills in what `root` lacks."""

    def __init__(self, root: Path, fallback: Path | None = None, filled: str = "") -> None:
        self.root, self.fallback, self.filled = root, fallback, filled
        self._base = str(root)

    def files(self, under: str = "") -> list[str]:
        names = set(_files(self.root, under))
        if self.fallback and self._is_filled(under):
            names.update(_files(self.fallback, under))
        elif self.fallback and self.filled.startswith(f"{under}/" if under else ""):
            names.update(_files(self.fallback, self.filled))
        return sorted(names)

    def stamps(self, under: str = "") -> dict[str, str]:
        """Every file below `under` with a mark that changes when the file is written anew."""
        stamps: dict[str, str] = {}
        prefix = f"{under}/" if under else ""
        if self.fallback and self._is_filled(under):
            stamps.update(stamps_below(str(self.fallback / under), prefix))
        stamps.update(stamps_below(str(self.root / under), prefix))
        return stamps

    def stamp(self, name: str) -> str | None:
        """The stamp of one file, as `stamps` has it; None where there is none."""
        file = self._place(name)
        try:
            return None if file is None else _stamp_of(file.stat())
        except FileNotFoundError:
            return None

    def read(self, name: str) -> bytes:
        # Nearly every file is there, in the root: it is opened without a look, and without path objects.
        try:
            opened = os.open(f"{self._base}/{name}", _READ)
            try:
                data = os.read(opened, _MOST)
                while part := os.read(opened, _MOST):
                    data += part
                return data
            finally:
                os.close(opened)
        except OSError:
            return (self._place(name) or self.root / name).read_bytes()

    def exists(self, name: str) -> bool:
        return self._place(name) is not None

    def _place(self, name: str) -> Path | None:
        if (self.root / name).is_file():
            return self.root / name
        if self.fallback and self._is_filled(name) and (self.fallback / name).is_file():
            return self.fallback / name
        return None

    def _is_filled(self, name: str) -> bool:
        return not self.filled or f"{name}/".startswith(f"{self.filled}/")


def _files(root: Path, under: str) -> Iterator[str]:
    """Every file that is not hidden, named from `root`."""
    for folder, folders, files in os.walk(root / under):
        folders[:] = [name for name in folders if not name.startswith(".")]
        base = Path(folder).relative_to(root).as_posix()
        prefix = "" if base == "." else f"{base}/"
        yield from (prefix + file for file in files if not file.startswith("."))


def stamps_below(folder: str, prefix: str = "") -> dict[str, str]:
    """The stamp of every file below `folder` that is not hidden, by its name from there after `prefix`.

    In the same order each time. A folder that is not there has no files.
    """
    stamps: dict[str, str] = {}
    _stamp(folder, prefix, stamps)
    return stamps


def _stamp(folder: str, prefix: str, stamps: dict[str, str]) -> None:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=attrgetter("name"))
    except FileNotFoundError:
        return
    for entry in entries:
        name = entry.name
        if name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            _stamp(entry.path, f"{prefix}{name}/", stamps)
            continue
        try:
            stat = entry.stat()
        except FileNotFoundError:  # just removed
            continue
        if S_ISREG(stat.st_mode):
            stamps[prefix + name] = _stamp_of(stat)


def _stamp_of(stat: os.stat_result) -> str:
    # The change time tells of an edit that put the old modification time back.
    return f"{stat.st_mtime_ns}.{stat.st_ctime_ns}.{stat.st_size}.{stat.st_ino}"
