"""The disk as a tree: the one place that reads sources from a folder."""

from __future__ import annotations

import os
from pathlib import Path


class DiskTree:
    """The files below `root`; a later root fills in what an earlier one lacks."""

    def __init__(self, root: Path, *fallbacks: Path) -> None:
        self.roots = (root, *fallbacks)

    def files(self, under: str = "") -> list[str]:
        names: set[str] = set()
        for root in self.roots:
            top = root / under
            for folder, folders, files in os.walk(top):
                folders[:] = [f for f in folders if not f.startswith(".")]
                base = Path(folder).relative_to(root).as_posix()
                prefix = "" if base == "." else f"{base}/"
                names.update(prefix + file for file in files if not file.startswith("."))
        return sorted(names)

    def read(self, name: str) -> bytes:
        for root in self.roots[:-1]:
            if (root / name).is_file():
                return (root / name).read_bytes()
        return (self.roots[-1] / name).read_bytes()

    def exists(self, name: str) -> bool:
        return any((root / name).is_file() for root in self.roots)
