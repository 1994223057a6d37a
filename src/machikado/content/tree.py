"""Where sources come from: a tree of named byte strings, so that nothing above touches the disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Protocol


class Tree(Protocol):
    """A read-only set of files, named by their path from the root with `/` between the parts."""

    def files(self, under: str = "") -> Iterable[str]:
        """The names of all files below the folder `under`, sorted."""
        ...

    def read(self, name: str) -> bytes:
        """The bytes of one file; raises FileNotFoundError."""
        ...

    def exists(self, name: str) -> bool: ...

    def stamps(self, under: str = "") -> Mapping[str, str]:
        """Every file below `under` with a mark that changes when the file is written anew."""
        ...

    def stamp(self, name: str) -> str | None:
        """The mark of one file; None where there is none."""
        ...


class MemoryTree:
    """A tree held in memory."""

    def __init__(self, files: Mapping[str, bytes | str]) -> None:
        self._files = {
            name: data.encode() if isinstance(data, str) else data for name, data in files.items()
        }

    def files(self, under: str = "") -> list[str]:
        prefix = f"{under}/" if under else ""
        return sorted(name for name in self._files if name.startswith(prefix))

    def read(self, name: str) -> bytes:
        try:
            return self._files[name]
        except KeyError:
            raise FileNotFoundError(name) from None

    def exists(self, name: str) -> bool:
        return name in self._files

    def stamps(self, under: str = "") -> dict[str, str]:
        return {name: sha256(self._files[name]).hexdigest() for name in self.files(under)}

    def stamp(self, name: str) -> str | None:
        return sha256(self._files[name]).hexdigest() if name in self._files else None
