"""The ledger: one line of JSON for everything that was claimed, sent, refused or decided.

Lines are only ever added. `add` returns when the line is safe on the disk (and with whoever keeps
it besides, see `keep`); what it announces happens after that. A line that a crash cut off at the
end was therefore never acted upon and is dropped; a broken line anywhere else stops all posting.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from machikado.vocabulary import Text


class Event(StrEnum):
    """What a line tells.

    begun: the first line, from when on notices are followed; claim: about to be sent; sent: the
    network has it; refused: it certainly has not taken it; unknown: no answer; absent: looked for, and not there; uncertain: only a person can say.
    By a person: approved, dismissed, confirmed (it was posted), denied (it was not).
    """

    BEGUN = "begun"
    CLAIM = "claim"
    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    ABSENT = "absent"
    UNCERTAIN = "uncertain"
    APPROVED = "approved"
    DISMISSED = "dismissed"
    CONFIRMED = "confirmed"
    DENIED = "denied"


NOT_ARRIVED = (Event.REFUSED, Event.ABSENT, Event.DENIED)
"""After these a message is known not to be there."""


class Task(NamedTuple):
    """What is to be posted once: a notice (its feed_id) on a network; `kind` is `post`,
    `correction-1`, `correction-2` … or `withdrawal`."""

    notice: str
    network: str
    kind: str = "post"


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `number` counts from 1 without a gap, so that a lost line is noticed."""

    number: int
    at: datetime
    event: Event
    task: Task
    data: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> str:
        told = {
            "n": self.number,
            "at": self.at.isoformat(),
            "event": self.event.value,
            "notice": self.task.notice,
            "network": self.task.network,
            "kind": self.task.kind,
            **self.data,
        }
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


class LedgerError(Exception):
    """The ledger cannot be used; nothing is posted without it. `text` says what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class Disk(Protocol):
    """Where the bytes of a ledger are; every method raises OSError where it cannot do what it says."""

    def read(self) -> bytes:
        """All of them."""

    def append(self, data: bytes) -> None:
        """Put `data` at the end; returns when it is safe. If it fails, any part of it may be there."""

    def cut(self, size: int) -> None:
        """Take away what stands behind the first `size` bytes; returns when that is safe."""


class Ledger:
    """An open ledger that nobody else writes to; on a disk of files, use `opened`."""

    def __init__(self, disk: Disk, name: str, keep: Callable[[], None] = lambda: None) -> None:
        self._disk, self._name, self._keep = disk, name, keep
        data = disk.read()
        self.lines, self._size = _parsed(data, name)
        if self._size < len(data):
            disk.cut(self._size)

    def add(self, at: datetime, event: Event, task: Task, **data: object) -> Line:
        """Write a line and return when it is safe; raises LedgerError, and then it is not."""
        line = Line(len(self.lines) + 1, at, event, task, data)
        written = (line.as_json() + "\n").encode()
        try:
            self._disk.append(written)
        except OSError as error:
            with suppress(OSError):
                self._disk.cut(self._size)
            raise LedgerError(
                Text(
                    f"{self._name}: 台帳に書けません（{error.strerror}）。投稿を止めました。",
                    f"{self._name}: the ledger cannot be written ({error.strerror}). Nothing more is posted.",
                )
            ) from None
        self._size += len(written)
        self.lines.append(line)
        self._keep()
        return line


class _File:
    """The disk as the system gives it; the descriptor is open for reading and appending."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def read(self) -> bytes:
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        pieces = []
        while piece := os.read(self._descriptor, 1 << 20):
            pieces.append(piece)
        return b"".join(pieces)

    def append(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._descriptor, data) :]
        os.fsync(self._descriptor)

    def cut(self, size: int) -> None:
        os.ftruncate(self._descriptor, size)
        os.fsync(self._descriptor)


@contextmanager
def opened(
    path: Path, *, start: bool = False, keep: Callable[[], None] = lambda: None
) -> Iterator[Ledger]:
    """Open the ledger at `path` for this process alone; `start` makes a new one.

    keep: called after each line, to bring it to a place that outlives this machine; it raises
    LedgerError where that place says no, and then nothing is sent.
    Raises LedgerError where the file is not there, is broken, or is held by another run.
    """
    flags = os.O_RDWR | os.O_APPEND | (os.O_CREAT if start else 0)
    try:
        if start:
            path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, flags, 0o644)
    except FileNotFoundError:
        raise LedgerError(
            Text(
                f"{path}: 台帳がありません。台帳なしでは、同じ投稿を2回出すおそれがあります。"
                "はじめて使うときだけ --start-ledger を付けてください。",
                f"{path}: there is no ledger, and without it posts could be sent twice. "
                "The very first time, add --start-ledger.",
            )
        ) from None
    except OSError as error:
        raise LedgerError(
            Text(
                f"{path}: 台帳を開けません（{error.strerror}）。",
                f"{path}: the ledger cannot be opened ({error.strerror}).",
            )
        ) from None
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LedgerError(
                Text(
                    f"{path}: ほかの machikado post が動いています。終わってからもう一度実行してください。",
                    f"{path}: another `machikado post` is running. Try again when it has ended.",
                )
            ) from None
        if start:
            _fsync_folder(path.parent)
        yield Ledger(_File(descriptor), str(path), keep)
    finally:
        os.close(descriptor)


def read_lines(path: Path) -> list[Line]:
    """The lines of a ledger that is only looked at; none where there is no file."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return []
    return _parsed(data, str(path))[0]


def _fsync_folder(folder: Path) -> None:
    """Make a new file's name as safe as its content."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _parsed(data: bytes, name: str) -> tuple[list[Line], int]:
    """The lines, and how many bytes they take; a last line that was cut off is left out."""
    lines: list[Line] = []
    at = 0
    while at < len(data):
        end = data.find(b"\n", at)
        written = data[at : len(data) if end < 0 else end]
        line = _line(written) if end >= 0 else None
        if end < 0:
            return lines, at
        if line is None or line.number != len(lines) + 1:
            number = len(lines) + 1
            raise LedgerError(
                Text(
                    f"{name}:{number}: 台帳のこの行が壊れています。手で直さず、前の版に戻してください。",
                    f"{name}:{number}: this line of the ledger is broken. Do not mend it by hand; "
                    "go back to an earlier version.",
                )
            )
        lines.append(line)
        at = end + 1
    return lines, at


def _line(written: bytes) -> Line | None:
    try:
        # Decoded first: given bytes, `json` would guess their encoding, line by line.
        told = json.loads(written.decode())
        number, at, event = told.pop("n"), told.pop("at"), told.pop("event")
        task = Task(told.pop("notice"), told.pop("network"), told.pop("kind"))
        return Line(number, datetime.fromisoformat(at), Event(event), task, told)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
