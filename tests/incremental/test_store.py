"""The cache: all of a transaction or nothing, and whatever is wrong with the file, a cache that works."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from machikado.incremental.store import VERSION, Store, discard, locked


def files(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_what_is_kept_is_there_when_the_cache_is_opened_again(tmp_path: Path) -> None:
    first = Store(tmp_path / "deep" / "cache.sqlite")
    first.keep("one", b"\x00\xff")
    first.keep("two", 2)
    first.keep("two", 3)
    first.close()
    again = Store(tmp_path / "deep" / "cache.sqlite")
    assert (again.fact("one"), again.fact("two"), again.fact("three")) == (b"\x00\xff", 3, None)


def half(store: Store, error: type[BaseException]) -> None:
    with store.transaction():
        store.keep("one", 1)
        raise error


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_a_transaction_that_fails_writes_nothing(
    tmp_path: Path, error: type[BaseException]
) -> None:
    store = Store(tmp_path / "cache.sqlite")
    with pytest.raises(error):
        half(store, error)
    assert store.fact("one") is None
    with store.transaction():
        store.keep("one", 2)
    assert store.fact("one") == 2


def test_a_reader_sees_what_was_committed_and_cannot_write(tmp_path: Path) -> None:
    file = tmp_path / "a %20b?#.sqlite"
    store = Store(file)
    reader = Store(file, read_only=True)
    with store.transaction():
        store.keep("one", 1)
        assert reader.fact("one") is None
    assert reader.fact("one") == 1
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.keep("one", 2)


def test_a_cache_that_was_emptied_knows_nothing_and_takes_new_facts() -> None:
    store = Store(None)
    store.keep("one", 1)
    store.write("INSERT INTO products(kind, subject, stale) VALUES('page', 'a', 1)")
    store.forget()
    assert (store.fact("one"), store.rows("SELECT * FROM products")) == (None, [])
    store.keep("one", 2)
    assert store.fact("one") == 2


def test_a_cache_of_another_version_is_made_anew(tmp_path: Path) -> None:
    file = tmp_path / "cache.sqlite"
    other = sqlite3.connect(file)
    other.execute("CREATE TABLE facts(title TEXT)")
    other.execute(f"PRAGMA user_version = {VERSION + 1}")
    other.commit()
    other.close()
    store = Store(file)
    store.keep("one", 1)
    assert (store.fact("one"), store.one("PRAGMA user_version")) == (1, VERSION)


@pytest.mark.parametrize(
    "content", [b"no database at all", b"SQLite format 3\x00" + b"\xff" * 4096]
)
def test_a_file_that_is_no_cache_is_replaced(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "cache.sqlite"
    file.write_bytes(content)
    store = Store(file)
    store.keep("one", 1)
    assert store.fact("one") == 1


def test_what_is_left_of_a_deleted_cache_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "cache.sqlite"
    store = Store(file)
    store.keep("one", 1)
    assert files(tmp_path) == ["cache.sqlite", "cache.sqlite-shm", "cache.sqlite-wal"]
    file.unlink()
    again = Store(file)
    assert again.fact("one") is None
    again.keep("one", 2)
    assert again.fact("one") == 2


def test_a_cache_is_thrown_away_with_all_its_files(tmp_path: Path) -> None:
    file = tmp_path / "cache.sqlite"
    store = Store(file)
    store.keep("one", 1)
    discard(file)
    discard(file)
    assert files(tmp_path) == []
    store.close()


def test_one_build_waits_for_the_other_and_says_so_once(tmp_path: Path) -> None:
    told: list[str] = []
    ended = threading.Event()
    may_end = threading.Event()

    def waits() -> None:
        told.append("waits")
        may_end.set()

    def other() -> None:
        with locked(tmp_path / "cache" / "lock", waits):
            told.append("works")
        ended.set()

    with locked(tmp_path / "cache" / "lock", lambda: told.append("never")):
        thread = threading.Thread(target=other)
        thread.start()
        assert may_end.wait(20)
        assert told == ["waits"]
    assert ended.wait(20)
    thread.join()
    assert told == ["waits", "works"]


def broken_off(store: Store) -> None:
    seconds = iter([0.0, 0.1, 0.7, 0.7, 0.8])
    with store.transactions(lambda: next(seconds)) as step:
        store.keep("first", 1)
        step()  # after 0.1 s: too soon
        store.keep("second", 2)
        step()  # after 0.7 s: both are kept
        store.keep("third", 3)
        step()  # 0.1 s later
        raise KeyError


def test_a_long_transaction_is_ended_now_and_then(tmp_path: Path) -> None:
    store = Store(tmp_path / "cache.sqlite")
    with pytest.raises(KeyError):
        broken_off(store)
    assert [store.fact(name) for name in ("first", "second", "third")] == [1, 2, None]


def test_what_a_series_of_transactions_wrote_is_there_when_it_ends(tmp_path: Path) -> None:
    store = Store(tmp_path / "cache.sqlite")
    with store.transactions() as step:
        store.keep("first", 1)
        step()
    assert Store(tmp_path / "cache.sqlite", read_only=True).fact("first") == 1
