"""The dictionaries in a process of their own, which loads them while another one does other work.

Loading them takes about a second of a processor: as long as a whole build in which one page changed.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from machikado.readings.engine import EngineMissingError, Word


class Apart:
    """Begins to load the dictionaries at once; `engines` are answered from there.

    Raises EngineMissingError where a dictionary is not installed.
    """

    def __init__(self, versions: Sequence[str]) -> None:
        """versions: of the two dictionaries, as each tells it itself."""
        start = "fork" if sys.platform.startswith("linux") else "spawn"
        context: Any = multiprocessing.get_context(start)
        self._connection, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self._versions = versions

    @property
    def engines(self) -> tuple[_Far, _Far]:
        """Both dictionaries, as `Engine`s."""
        first, second = self._versions
        return _Far(self._connection, 0, first), _Far(self._connection, 1, second)

    def close(self) -> None:
        self._connection.close()
        self._process.kill()
        self._process.join()


def begin() -> Apart | None:
    """The dictionaries apart; None where one of them is not installed."""
    from machikado.readings.openjtalk import OpenJTalk
    from machikado.readings.sudachi import Sudachi

    try:
        return Apart((OpenJTalk().version, Sudachi().version))
    except EngineMissingError:
        return None


class _Far:
    """An engine that is asked over the connection, one question at a time."""

    def __init__(self, connection: Connection, number: int, version: str) -> None:
        self._connection, self._number = connection, number
        self.version = version

    def words(self, sentence: str) -> Sequence[Word]:
        words: Sequence[Word] = self._ask("words", sentence)
        return words

    def units(self, sentence: str, word: Word) -> Sequence[Word]:
        units: Sequence[Word] = self._ask("units", sentence, word)
        return units

    def names(self, surface: str) -> frozenset[str]:
        names: frozenset[str] = self._ask("names", surface)
        return names

    def _ask(self, method: str, *values: object) -> Any:  # noqa: ANN401 - what the method gives
        self._connection.send((self._number, method, values))
        return self._connection.recv()


def _serve(connection: Connection) -> None:
    """Load the dictionaries, then answer until nobody asks any more; Ctrl+C is the parent's to answer."""
    from machikado.readings.openjtalk import OpenJTalk
    from machikado.readings.sudachi import Sudachi

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    engines = (OpenJTalk(), Sudachi())
    for engine in engines:
        engine.words("読")
    with suppress(EOFError, OSError):
        while True:
            number, method, values = connection.recv()
            answer: Callable[..., object] = getattr(engines[number], method)
            connection.send(answer(*values))
