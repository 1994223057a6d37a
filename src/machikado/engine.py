"""The one door to whatever renders pages; nothing above it knows which engine stands behind."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from shutil import copyfile
from typing import ClassVar, Protocol

from jinja2 import TemplateError

from machikado.content.address import output_file
from machikado.press import Press

Progress = Callable[[int, int], None]
"""Told now and then: how many pages are done, and how many there are."""
BATCH = 16
"""Pages a worker prints before it tells: large enough that telling costs nothing."""


class EngineError(Exception):
    """The engine could not render the site; the message is its own."""


class Engine(Protocol):
    """Renders every published page and copies the files beside them."""

    def build(self, press: Press, into: Path, now: datetime, progress: Progress) -> None:
        """Write the press's site, which is that of `now`, into the empty folder `into`.

        Raises EngineError.
        """
        ...


class OwnEngine:
    """Prints pages by `jobs` processes, without any other program."""

    def __init__(self, jobs: int = 1) -> None:
        self._jobs = jobs

    def build(self, press: Press, into: Path, now: datetime, progress: Progress) -> None:  # noqa: ARG002 - the press has the site of now
        total = len(press.site.pages)
        batches = [range(start, min(start + BATCH, total)) for start in range(0, total, BATCH)]
        done = 0
        progress(done, total)
        for count in self._print(press, into, batches):
            done += count
            progress(done, total)
        for name, source in press.files():
            copyfile(source, _place(into, name))
        for page in press.site.pages:
            for name, html in press.redirects(page):
                _place(into, name).write_text(html, encoding="utf-8")

    def _print(self, press: Press, into: Path, batches: Sequence[range]) -> Iterator[int]:
        """Print every batch; yields the number of pages of each that is done."""
        job = _Job(press, into)
        # Only a forked worker has the whole site at hand without being sent it.
        if self._jobs == 1 or len(batches) < 2 or not sys.platform.startswith("linux"):
            yield from map(job.print, batches)
            return
        with multiprocessing.get_context("fork").Pool(self._jobs, job.adopt) as pool:
            yield from pool.imap_unordered(_print_adopted, batches)


class _Job:
    """What each worker does with its batches."""

    current: ClassVar[_Job]

    def __init__(self, press: Press, into: Path) -> None:
        self._press, self._into = press, into

    def adopt(self) -> None:
        """Make this the job of the worker it runs in; Ctrl+C is the parent's to answer."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _Job.current = self

    def print(self, batch: range) -> int:
        for page in self._press.site.pages[batch.start : batch.stop]:
            try:
                html = self._press.print(page)
            except TemplateError as error:
                raise EngineError(f"{page.file}: {type(error).__name__}: {error}") from None
            _place(self._into, output_file(page.address)).write_text(html, encoding="utf-8")
        return len(batch)


def _print_adopted(batch: range) -> int:
    return _Job.current.print(batch)


def _place(folder: Path, name: str) -> Path:
    """The file `name` below `folder`, whose own folder is there."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    return file
