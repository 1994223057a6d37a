"""The crew: worker processes with a browser each, which look at pages and survive them."""

from __future__ import annotations

import gc
import multiprocessing
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import Literal

from machikado.audit.sight import BrowserGoneError, Opener, Seen, UnseenError, Visit
from machikado.vocabulary import Text

_READY: Literal["ready"] = "ready"
_Answer = Literal["ready"] | Seen | UnseenError | BrowserGoneError
_CONTEXT = multiprocessing.get_context("spawn")
_TRIES = 2
"""A page on which a browser dies is shown to one more browser, then given up."""
_STARTS = 3
"""So many browsers in a row that never started: there is no working browser."""
_START = 60.0
"""Seconds a browser may take to start."""


@dataclass
class _Worker:
    process: BaseProcess
    pipe: Connection
    index: int = -1
    patience: float = 0
    deadline: float = 0
    has_started: bool = False

    def show(self, index: int, visit: Visit) -> None:
        """Give it the next page; the clock starts, later for a browser that has yet to start."""
        self.index = index
        self.patience = visit.patience.load + visit.patience.page
        self.deadline = monotonic() + self.patience + (0 if self.has_started else _START)
        # A worker that is gone already is heard of when its answer is asked for.
        with suppress(OSError):
            self.pipe.send(visit)

    def started(self) -> None:
        self.has_started = True
        self.deadline = monotonic() + self.patience

    def dismiss(self) -> None:
        """Nobody asks any more: let it close its browser and go."""
        self.pipe.close()
        self.process.join(_START)
        self.end()

    def end(self) -> None:
        """Stop at once; Playwright's driver sees its pipe close and takes the browser with it."""
        self.pipe.close()
        self.process.kill()
        self.process.join()


def look_at_all(
    visits: Sequence[Visit], opener: Opener, setup: str, origin: str | None, jobs: int
) -> Iterator[tuple[int, Seen | Text]]:
    """Look at every page with up to `jobs` browsers.

    Yields the number of each visit once, as they are done, with what was seen, or why nothing was.
    """
    queue = deque(range(len(visits)))
    tries = [0] * len(visits)
    workers: list[_Worker] = []
    stillborn = 0
    try:
        while queue or workers:
            while queue and len(workers) < max(1, jobs):
                workers.append(_hire(opener, setup, origin))
                workers[-1].show(queue[0], visits[queue.popleft()])
            for worker in _heard_or_late(workers):
                index, answer = worker.index, _answer(worker)
                if answer == _READY:
                    worker.started()
                    stillborn = 0
                    continue
                if isinstance(answer, Seen | UnseenError):
                    yield index, answer if isinstance(answer, Seen) else answer.text
                    if queue:
                        worker.show(queue[0], visits[queue.popleft()])
                        continue
                    workers.remove(worker)
                    worker.dismiss()
                    continue
                workers.remove(worker)
                worker.end()
                if isinstance(answer, TimeoutError):
                    yield index, _too_long(visits[index])
                    continue
                # From here on it is a BrowserGoneError.
                # A browser that never started says nothing about the page it was to show.
                if worker.has_started:
                    tries[index] += 1
                else:
                    stillborn += 1
                if stillborn >= _STARTS:
                    for left in (index, *queue, *(other.index for other in workers)):
                        yield left, _no_browser(answer)
                    return
                if tries[index] < _TRIES:
                    queue.appendleft(index)
                else:
                    yield index, _died(answer)
    finally:
        for worker in workers:
            worker.end()


def _hire(opener: Opener, setup: str, origin: str | None) -> _Worker:
    ours, theirs = _CONTEXT.Pipe()
    process = _CONTEXT.Process(target=_work, args=(theirs, opener, setup, origin), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _heard_or_late(workers: Sequence[_Worker]) -> list[_Worker]:
    patience = max(0.0, min(worker.deadline for worker in workers) - monotonic())
    heard = wait([worker.pipe for worker in workers], patience)
    now = monotonic()
    return [worker for worker in workers if worker.pipe in heard or worker.deadline <= now]


def _answer(worker: _Worker) -> _Answer | TimeoutError:
    if not worker.pipe.poll():
        return TimeoutError()
    try:
        answer: _Answer = worker.pipe.recv()
    except (EOFError, OSError):
        return BrowserGoneError("its process ended")
    return answer


def _work(pipe: Connection, opener: Opener, setup: str, origin: str | None) -> None:
    """The life of one worker: it ends when its browser does, or when nobody asks any more."""
    # What a page leaves behind is freed with it; to look for cycles after each page is dear.
    gc.set_threshold(100_000, 50, 100)
    try:
        with opener(setup, origin) as browser:
            pipe.send(_READY)
            while True:
                visit = pipe.recv()
                try:
                    pipe.send(browser.look(visit))
                except UnseenError as unseen:
                    pipe.send(unseen)
    except BrowserGoneError as gone:
        pipe.send(gone)
    except (EOFError, OSError, KeyboardInterrupt):
        return


def _too_long(visit: Visit) -> Text:
    seconds = f"{visit.patience.page:g}"
    return Text(
        f"{seconds}秒たっても検査が終わらず、打ち切りました。ページのプログラムが止まらないか、"
        "ページが大きすぎます。",
        f"The audit did not finish within {seconds} seconds and was given up: a script that never "
        "ends, or a page too big.",
    )


def _died(answer: Exception) -> Text:
    return Text(
        f"ページを表示するとブラウザーが2回とも止まり、検査できませんでした（{answer}）。",
        f"The browser died twice while showing this page; it was not audited ({answer}).",
    )


def _no_browser(answer: Exception) -> Text:
    return Text(
        f"ブラウザーを起動できず、検査できませんでした（{answer}）。",
        f"No browser could be started; this page was not audited ({answer}).",
    )
