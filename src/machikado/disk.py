"""The disk as a tree: the one place that reads sources from a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path


class DiskTree:
    """The files below `root`; below its folder `filled`, a fallback fills in what `root` lacks."""

    def __init__(self, root: Path, fallback: Path | None = None, filled: str = "") -> None:
        self.root, self.fallback, self.filled = root, fallback, filled

    def files(self, under: str = "") -> list[str]:
        names = set(_files(self.root, under))
        if self.fallback and self._is_filled(under):
            names.update(_files(self.fallback, under))
        elif self.fallback and self.filled.startswith(f"{under}/" if under else ""):
            names.update(_files(self.fallback, self.filled))
        return sorted(names)

    def read(self, name: str) -> bytes:
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
