"""The ledger survives whatever stops the machine, and stops whatever would break it."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from fakes import START

from machikado.social.keeping import pushing
from machikado.social.ledger import Event, LedgerError, Task, opened, read_lines

TASK = Task("tag:city.example,2026-11-20:ja/1001001", "x")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with opened(tmp_path / "social/ledger.jsonl", start=True) as ledger:
        ledger.add(START, Event.BEGUN, Task("", ""))
        ledger.add(START, Event.CLAIM, TASK, key="k", text="大雪\nです")
    return tmp_path / "social/ledger.jsonl"


def test_a_line_is_one_line_of_json_that_people_can_read(path: Path) -> None:
    assert path.read_text("utf-8").split("\n")[1:] == [
        '{"n":2,"at":"2026-11-20T09:00:00+00:00","event":"claim",'
        '"notice":"tag:city.example,2026-11-20:ja/1001001","network":"x","kind":"post",'
        '"key":"k","text":"大雪\\nです"}',
        "",
    ]


def test_a_line_cut_off_at_any_byte_is_dropped_and_the_next_one_follows(path: Path) -> None:
    whole = path.read_bytes()
    start = whole.index(b"\n") + 1
    for size in range(start, len(whole)):
        path.write_bytes(whole[:size])
        assert [line.event for line in read_lines(path)] == [Event.BEGUN]
        with opened(path) as ledger:
            ledger.add(START, Event.CLAIM, TASK, key="k2")
        assert [line.data.get("key") for line in read_lines(path)] == [None, "k2"]


@pytest.mark.parametrize(
    "broken",
    [
        b"<<<<<<< HEAD\n",
        b'{"n":3}\n',
        b'{"n":4,"at":"2026-11-20T09:00:00+00:00","event":"sent","notice":"a","network":"x","kind":"post"}\n',
        b'{"n":3,"at":"yesterday","event":"sent","notice":"a","network":"x","kind":"post"}\n',
        b"[]\n",
        b"\x00\x00\n",
    ],
)
def test_a_broken_line_stops_everything_and_names_itself(path: Path, broken: bytes) -> None:
    path.write_bytes(path.read_bytes() + broken)
    with pytest.raises(LedgerError, match=r"ledger.jsonl:3: this line of the ledger is broken"):
        read_lines(path)
    with pytest.raises(LedgerError), opened(path):
        pass


def test_a_second_run_is_turned_away_while_the_first_one_works(path: Path) -> None:
    with (
        opened(path),
        pytest.raises(LedgerError, match="another `machikado post` is running"),
        opened(path),
    ):
        pass
    with opened(path) as ledger:
        assert len(ledger.lines) == 2


def test_a_ledger_that_is_not_there_is_never_begun_by_itself(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="there is no ledger"), opened(tmp_path / "a.jsonl"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_is_full_leaves_no_half_line(path: Path) -> None:
    whole = path.read_bytes()
    with opened(path) as ledger:
        # The system itself refuses to let the file grow.
        import resource
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(whole) + 10, hard))
        try:
            with pytest.raises(LedgerError, match="cannot be written"):
                ledger.add(START, Event.SENT, TASK, id="1")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        assert path.read_bytes() == whole
        ledger.add(START, Event.SENT, TASK, id="1")
    assert [line.event for line in read_lines(path)][-1] is Event.SENT


def git(arguments: Sequence[str]) -> bool:
    return subprocess.run(["git", *arguments], capture_output=True, check=False).returncode == 0


def test_of_two_machines_one_claims_and_the_other_sends_nothing(tmp_path: Path) -> None:
    assert git(["init", "--quiet", "--bare", "--initial-branch=ledger", str(tmp_path / "origin")])
    clones = [tmp_path / "one", tmp_path / "two"]
    assert git(["init", "--quiet", "--initial-branch=ledger", str(clones[0])])
    assert git(["-C", str(clones[0]), "remote", "add", "origin", str(tmp_path / "origin")])
    with opened(
        clones[0] / "l.jsonl", start=True, keep=pushing(clones[0] / "l.jsonl", git)
    ) as ledger:
        ledger.add(START, Event.BEGUN, Task("", ""))
    assert git(["clone", "--quiet", "--branch=ledger", str(tmp_path / "origin"), str(clones[1])])
    paths = [clone / "l.jsonl" for clone in clones]
    with (
        opened(paths[0], keep=pushing(paths[0], git)) as first,
        opened(paths[1], keep=pushing(paths[1], git)) as second,
    ):
        first.add(START, Event.CLAIM, TASK, key="k")
        with pytest.raises(LedgerError, match="another run may have gone ahead"):
            second.add(START, Event.CLAIM, TASK, key="k")
    assert git(
        ["clone", "--quiet", "--branch=ledger", str(tmp_path / "origin"), str(tmp_path / "three")]
    )
    assert [line.event for line in read_lines(tmp_path / "three/l.jsonl")] == [
        Event.BEGUN,
        Event.CLAIM,
    ]
