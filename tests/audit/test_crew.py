"""Worker processes that die, hang or never start: every page is answered for once."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from machikado.audit.crew import look_at_all
from machikado.audit.sight import (
    Browser,
    BrowserGoneError,
    Opener,
    Patience,
    Seen,
    UnseenError,
    Visit,
)
from machikado.vocabulary import Text


@dataclass(frozen=True)
class Pretender:
    """A browser that does what the page's name says; `memory` outlives its process."""

    memory: Path

    @contextmanager
    def __call__(self, setup: str, origin: str | None) -> Iterator[Browser]:  # noqa: ARG002
        yield self

    def look(self, visit: Visit) -> Seen:
        if visit.url == "hangs":
            time.sleep(60)
        if visit.url == "kills" or (visit.url == "kills once" and not self.memory.exists()):
            self.memory.touch()
            os._exit(1)
        if visit.url == "crashes":
            raise BrowserGoneError("Target crashed")
        if visit.url == "unseen":
            raise UnseenError(Text("なし", "none"))
        return Seen(visit.url, ())


@dataclass(frozen=True)
class Stillborn:
    """A browser that never starts."""

    @contextmanager
    def __call__(self, setup: str, origin: str | None) -> Iterator[Browser]:  # noqa: ARG002
        raise BrowserGoneError("no display")
        yield


@dataclass
class SlowlyStillborn:
    """A browser that never starts, and takes its time over that where it is the first."""

    marks: Path

    @contextmanager
    def __call__(self, setup: str, origin: str | None) -> Iterator[Browser]:  # noqa: ARG002
        try:
            self.marks.mkdir()
        except FileExistsError:
            pass
        else:
            time.sleep(3)
        raise BrowserGoneError("no display")
        yield


def look(urls: Sequence[str], opener: Opener, jobs: int = 2) -> list[Seen | str]:
    visits = [Visit(url, (), "", None, Patience(load=1, page=1)) for url in urls]
    answers = dict(look_at_all(visits, opener, "", None, jobs))
    assert sorted(answers) == list(range(len(urls)))
    return [a if isinstance(a, Seen) else a.en for _, a in sorted(answers.items())]


def test_every_page_is_looked_at(tmp_path: Path) -> None:
    pages = [f"page {number}" for number in range(7)]
    assert look(pages, Pretender(tmp_path / "m")) == [Seen(page, ()) for page in pages]


def test_a_page_that_kills_its_browser_once_is_looked_at_again(tmp_path: Path) -> None:
    pages = ["kills once", "a", "b"]
    assert look(pages, Pretender(tmp_path / "m"), jobs=1) == [Seen(page, ()) for page in pages]


def test_a_page_that_kills_every_browser_is_named_and_the_rest_is_looked_at(tmp_path: Path) -> None:
    answers = look(["kills", "crashes", "unseen", "a"], Pretender(tmp_path / "m"))
    died = "The browser died twice while showing this page; it was not audited"
    assert answers == [
        f"{died} (its process ended).",
        f"{died} (Target crashed).",
        "none",
        Seen("a", ()),
    ]


def test_a_page_that_never_ends_is_given_up_and_the_rest_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("machikado.audit.crew._START", 1.0)
    answers = look(["a", "hangs", "b"], Pretender(tmp_path / "m"), jobs=1)
    assert answers[0] == Seen("a", ())
    assert isinstance(answers[1], str)
    assert answers[1].startswith("The audit did not finish within 1 seconds and was given up")
    assert answers[2] == Seen("b", ())


def test_without_a_working_browser_no_page_passes() -> None:
    told = "No browser could be started; this page was not audited (no display)."
    assert look([str(number) for number in range(9)], Stillborn()) == [told] * 9


def test_no_page_is_blamed_for_browsers_that_never_started(tmp_path: Path) -> None:
    told = "No browser could be started; this page was not audited (no display)."
    pages = [str(number) for number in range(9)]
    assert look(pages, SlowlyStillborn(tmp_path / "m")) == [told] * 9
