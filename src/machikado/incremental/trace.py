"""What was asked while something was made: the keys of every fact it depends on.

A key is a kind and a name in one string, such as `card docs/ja/index.md`; `incremental.change` says
which keys a change touches. In the cache a key is a number, its 64-bit digest.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import blake2b

Keys = set[str]
Packed = bytes
"""Keys as numbers: `Numbers.packed`."""


class Trace:
    """Gathers keys for whatever is being made; nothing is gathered while nothing is made."""

    def __init__(self) -> None:
        self._open: list[Keys] = []

    def saw(self, key: str) -> None:
        if self._open:
            self._open[-1].add(key)

    @contextmanager
    def following(self) -> Iterator[Keys]:
        """The keys seen until the block ends; what is made within has them for itself alone."""
        keys: Keys = set()
        self._open.append(keys)
        try:
            yield keys
        finally:
            self._open.pop()


class Numbers:
    """The number of each key; a process meets the same keys again and again."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def __getitem__(self, key: str) -> int:
        number = self._known.get(key)
        if number is None:
            digest = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
            number = self._known[key] = int.from_bytes(digest, "big", signed=True)
        return number

    def packed(self, keys: Iterable[str]) -> Packed:
        """The numbers of keys as one value: in order, 8 bytes each as this machine has them."""
        return array("q", sorted({self[key] for key in keys})).tobytes()


def unpacked(numbers: Packed) -> array[int]:
    """What `Numbers.packed` gave."""
    return array("q", numbers)
