"""Watching a project's folders: which files may have changed, told when a writer has finished saving."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Condition
from time import monotonic
from types import TracebackType

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

QUIET = 0.05
"""Seconds without a change after which a save is over: editors write in several steps."""
LONGEST = 1.0
"""Seconds after which changes are told although more are coming."""
POLL = 1.0
"""Seconds between two looks where the system does not tell of changes."""
MOST = 200
"""Changes up to which every file is named; a change of branch concerns everything."""
SETTINGS = (".yml", ".yaml")
_EVENTS: list[type[FileSystemEvent]] = [
    DirCreatedEvent, DirDeletedEvent, DirMovedEvent,
    FileClosedEvent, FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent,
]  # fmt: skip
Names = frozenset[str] | None
"""Files that may have changed, from the project's root; None: any of them."""


class Watch:
    """Watches settings in the folder `root`, and all that is below its `folders`, while it is open.

    poll: look at every file again and again, for disks that do not tell of changes. Where the system
    has no more to give to watch with, that is done too, and `is_polling` says so.
    """

    def __init__(self, root: Path, folders: Sequence[str], poll: bool = False) -> None:
        self._root = root
        self._folders = tuple(folders)
        self.is_polling = poll
        self._bell = Condition()
        self._names: set[str] = set()
        self._is_everything = False
        self._is_uprooted = False
        self._latest = 0.0
        self._warnings = _Warnings(self)
        self._observer: BaseObserver | None = None

    def __enter__(self) -> Watch:
        logger = logging.getLogger("watchdog")
        logger.addHandler(self._warnings)
        logger.propagate = False
        self._begin()
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:  # fmt: skip
        self._end()
        logger = logging.getLogger("watchdog")
        logger.removeHandler(self._warnings)
        logger.propagate = True

    def _begin(self) -> None:
        try:
            self._start(PollingObserver(timeout=POLL) if self.is_polling else Observer())
        except OSError:
            if self.is_polling:
                raise
            self._end()
            self.is_polling = True
            self._start(PollingObserver(timeout=POLL))

    def _start(self, observer: BaseObserver) -> None:
        self._observer = observer
        handler = _Handler(self)
        observer.schedule(handler, str(self._root), event_filter=_EVENTS)
        for name in self._folders:
            if (self._root / name).is_dir():
                folder = str(self._root / name)
                observer.schedule(handler, folder, recursive=True, event_filter=_EVENTS)
        observer.start()

    def _end(self) -> None:
        if self._observer is not None:
            with suppress(RuntimeError):
                self._observer.stop()
                self._observer.join()
            self._observer = None

    def follow(self, folders: Sequence[str]) -> None:
        """Watch these folders from now on."""
        if tuple(folders) == self._folders and not self._is_uprooted:
            return
        self._folders, self._is_uprooted = tuple(folders), False
        self._end()
        self._begin()

    def wait(self, seconds: float) -> Names:
        """The files that may have changed since the last call, as soon as their writer is done.

        Waits up to `seconds` for the first one; nothing after that.
        """
        with self._bell:
            if not self._bell.wait_for(self._has_any, seconds):
                return frozenset()
            began = monotonic()
            while True:
                now = monotonic()
                rest = min(self._latest + QUIET, began + LONGEST) - now
                if rest <= 0:
                    break
                self._bell.wait(rest)
            told: Names = frozenset(self._names)
            if self._is_everything or len(self._names) > MOST:
                told = None
            self._names.clear()
            self._is_everything = False
        self.follow(self._folders)
        return told

    def _has_any(self) -> bool:
        return bool(self._names) or self._is_everything

    def saw(self, paths: Sequence[str], is_folder: bool) -> None:
        """Take note of a change; what is hidden is no part of a site."""
        for path in paths:
            name = self._name_of(path)
            if name is None:
                self.lost()
                continue
            parts = name.split("/")
            if any(part.startswith(".") for part in parts):
                continue
            is_below = any(name.startswith(f"{folder}/") for folder in self._folders)
            if is_folder and (is_below or name in self._folders):
                with self._bell:
                    # The folder may be another one of that name, and be watched no more.
                    self._is_uprooted |= not is_below
                self.lost()
            elif is_below or (len(parts) == 1 and name.endswith(SETTINGS)):
                with self._bell:
                    self._names.add(name)
                    self._ring()

    def lost(self) -> None:
        """Take note that any file may have changed."""
        with self._bell:
            self._is_everything = True
            self._ring()

    def _ring(self) -> None:
        self._latest = monotonic()
        self._bell.notify_all()

    def _name_of(self, path: str) -> str | None:
        root = str(self._root)
        if path == root:
            return "."
        if not path.startswith(root + os.sep):
            return None
        return path[len(root) + 1 :].replace(os.sep, "/")


class _Handler(FileSystemEventHandler):
    def __init__(self, watch: Watch) -> None:
        self._watch = watch

    def on_any_event(self, event: FileSystemEvent) -> None:
        paths = [os.fsdecode(path) for path in (event.src_path, event.dest_path) if path]
        self._watch.saw(paths, event.is_directory)


class _Warnings(logging.Handler):
    """What the library warns of (a queue that overflowed) means that changes may have been missed."""

    def __init__(self, watch: Watch) -> None:
        super().__init__(logging.WARNING)
        self._watch = watch

    def emit(self, _record: logging.LogRecord) -> None:
        self._watch.lost()
