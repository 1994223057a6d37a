"""The board: what has changed since a page was loaded, for all threads of the server to look at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Condition

from machikado.serving.faults import Faults

_STYLE_VERSION = re.compile(rb"(\.css)\?v=[0-9a-f]+")


@dataclass(frozen=True, slots=True)
class News:
    """What a page is to be told. seen: the mark of now; faults: whether they are others than they were."""

    seen: str
    reload: bool = False
    styles: bool = False
    files: tuple[str, ...] = ()
    faults: bool = False


class Board:
    """Counts the changes of one server's life; `session` tells it from any other server."""

    def __init__(self, session: str) -> None:
        self._session = session
        self._bell = Condition()
        self._count = 0
        self._everything = 0
        self._changed: dict[str, int] = {}
        self._restyled: dict[str, int] = {}
        self._faults_since = 0
        self._faults: Faults = ()
        self._readers: Counter[str] = Counter()
        self._is_closed = False

    @property
    def seen(self) -> str:
        """The mark of a page that is served now."""
        with self._bell:
            return self._mark

    @property
    def _mark(self) -> str:
        return f"{self._session}.{self._count}"

    @property
    def faults(self) -> Faults:
        with self._bell:
            return self._faults

    def publish(self, changed: Collection[str] | None, restyled: Collection[str] = ()) -> None:
        """Tell of files of the site that changed, or None for all; in `restyled`, nothing but styles did."""
        if changed is not None and not changed:
            return
        with self._bell:
            self._count += 1
            if changed is None:
                self._everything = self._count
            for name in changed or ():
                (self._restyled if name in restyled else self._changed)[name] = self._count
            self._bell.notify_all()

    def show(self, faults: Faults) -> None:
        """Tell of what is to be mended now, if that is anything else than before."""
        with self._bell:
            if faults == self._faults:
                return
            self._count += 1
            self._faults, self._faults_since = faults, self._count
            self._bell.notify_all()

    def news(self, seen: str, names: Collection[str]) -> News | None:
        """What came after the mark `seen`, for a page that is made of these files; None for nothing."""
        with self._bell:
            session, _, count = seen.rpartition(".")
            if session != self._session or not count.isdecimal():
                return News(self._mark, reload=True)
            since = int(count)
            if since >= self._count:
                return None
            newest = max((self._changed.get(name, 0) for name in names), default=0)
            if max(newest, self._everything) > since:
                return News(self._mark, reload=True)
            return News(
                self._mark,
                styles=any(self._restyled.get(name, 0) > since for name in names),
                files=tuple(
                    name
                    for name, at in self._changed.items()
                    if at > since and not name.endswith(".html")
                ),
                faults=self._faults_since > since,
            )

    def wait(self, seen: str, seconds: float) -> bool:
        """Wait for anything after the mark `seen`; returns whether the server goes on."""
        with self._bell:
            self._bell.wait_for(lambda: self._is_closed or self._mark != seen, seconds)
            return not self._is_closed

    def close(self) -> None:
        """Let everyone go who waits."""
        with self._bell:
            self._is_closed = True
            self._bell.notify_all()

    @contextmanager
    def reading(self, names: Collection[str]) -> Iterator[None]:
        """While the block lasts, somebody looks at these files."""
        with self._bell:
            self._readers.update(names)
        try:
            yield
        finally:
            with self._bell:
                self._readers.subtract(names)
                self._readers += Counter()

    def looked_at(self) -> frozenset[str]:
        """The files that somebody looks at."""
        with self._bell:
            return frozenset(self._readers)


def differ_in_styles_alone(old: bytes, new: bytes) -> bool:
    """Whether two editions of a page load other versions of the same stylesheets and differ in nothing else."""
    one, other = (_STYLE_VERSION.sub(rb"\1", page) for page in (old, new))
    return one == other
