"""Two trees: readers see a whole site, and what a step leaves behind is made good by the next."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from incremental.edited_city import files
from machikado import publishing
from machikado.incremental import publication as module
from machikado.incremental.glance import MARK
from machikado.incremental.publication import (
    Publication,
    digest_of,
    mark_of,
    place,
    tree_digest,
    write_mark,
)
from machikado.incremental.store import Store

FIRST = {"index.html": "home", "plan/index.html": "plan", "plan/part/index.html": "part"}


class Site:
    """A site folder, whose wanted files a test gives; every file is a product of its own, as in a build."""

    def __init__(self, folder: Path, store: Store | None = None) -> None:
        self.folder = folder
        self.store = store or Store(None)

    @property
    def publication(self) -> Publication:
        return Publication(self.store, self.folder / "site")

    def publish(self, wanted: Mapping[str, str]) -> bool:
        publication = self.publication
        with self.store.transaction():
            self._mark(publication, {n: digest_of(text.encode()) for n, text in wanted.items()})
        for number in publication.begin():
            self.store.write("UPDATE products SET stale = 1 WHERE number = ?", number)
        publication.clear()
        stale = self.store.rows("SELECT number, subject FROM products WHERE stale")
        for number, name in stale:
            data = wanted[name].encode()
            place(publication.next_dir, name, data)
            with self.store.transaction():
                self.store.write("UPDATE products SET stale = 0 WHERE number = ?", number)
                publication.record(number, {name: digest_of(data)})
        return publication.finish()

    def _mark(self, publication: Publication, wanted: Mapping[str, bytes]) -> None:
        """Mark what differs, and give up what is gone."""
        known = dict(self.store.rows("SELECT name, digest FROM outputs"))
        for number, name in self.store.rows("SELECT number, subject FROM products"):
            if name not in wanted:
                publication.withdraw(number)
                self.store.write("DELETE FROM products WHERE number = ?", number)
        for name, digest in wanted.items():
            if known.get(name) != digest:
                self.store.write(
                    "INSERT INTO products(kind, subject, stale) VALUES('file', ?, 1) "
                    "ON CONFLICT DO UPDATE SET stale = 1",
                    name,
                )

    def read(self, name: str = "site") -> dict[str, str]:
        found = files(self.folder / name)
        return {name: data.decode() for name, data in found.items() if name != MARK}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path / "public")


@pytest.fixture(params=["exchange", "two renames"])
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways to swap two folders: in one step, and where the system cannot."""
    if request.param == "two renames":
        monkeypatch.setattr(publishing, "_exchange", lambda _one, _other: False)


@pytest.fixture(params=["hard links", "copies"])
def _disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system with hard links, and one without."""

    def refuse(_source: object, _target: object) -> None:
        raise OSError("no hard links here")

    if request.param == "copies":
        monkeypatch.setattr(os, "link", refuse)


# Trees ------------------------------------------------------------------------------------------


def test_the_digest_of_a_tree_does_not_depend_on_the_order_of_its_files() -> None:
    rows = [("a", digest_of(b"1")), ("b", digest_of(b"2")), ("c", digest_of(b""))]
    assert tree_digest(rows) == tree_digest(reversed(rows))
    assert tree_digest(rows) != tree_digest(rows[:2])
    assert tree_digest([]) == "0" * 64


def test_the_digest_of_a_tree_tells_names_and_contents_apart() -> None:
    one, two = digest_of(b"1"), digest_of(b"2")
    assert tree_digest([("a", one), ("b", two)]) != tree_digest([("a", two), ("b", one)])


@pytest.mark.parametrize("content", [b"", b"[]", b'"x"', b"{", b"\xff"])
def test_a_mark_that_is_none_says_nothing(tmp_path: Path, content: bytes) -> None:
    assert mark_of(tmp_path) == {}
    (tmp_path / MARK).write_bytes(content)
    assert mark_of(tmp_path) == {}


def test_a_mark_says_what_was_written(tmp_path: Path) -> None:
    write_mark(tmp_path, "abc", {"locales": ["ja", "やさしい"]})
    assert mark_of(tmp_path) == {"schema": 1, "digest": "abc", "locales": ["ja", "やさしい"]}


def test_a_file_is_never_written_into(tmp_path: Path) -> None:
    place(tmp_path, "deep/er/a.html", b"old")
    os.link(tmp_path / "deep/er/a.html", tmp_path / "twin.html")
    place(tmp_path, "deep/er/a.html", b"new")
    assert (tmp_path / "deep/er/a.html").read_bytes() == b"new"
    assert (tmp_path / "twin.html").read_bytes() == b"old"


def test_a_web_server_of_another_user_may_read_files_and_folders(site: Site) -> None:
    umask = os.umask(0o022)
    try:
        site.publish(FIRST)
    finally:
        os.umask(umask)
    assert (site.folder / "site").stat().st_mode & 0o777 == 0o755
    assert (site.folder / "site/plan/index.html").stat().st_mode & 0o777 == 0o644


# Publishing -------------------------------------------------------------------------------------


@pytest.mark.usefixtures("_way", "_disk")
def test_each_wanted_site_is_published_whole_and_the_one_before_is_kept_beside(site: Site) -> None:
    assert site.publish(FIRST)
    assert site.read() == FIRST
    second = {**FIRST, "plan/index.html": "new plan", "news/index.html": "news"}
    assert site.publish(second)
    assert (site.read(), site.read(".site.spare")) == (second, FIRST)
    third = {"index.html": "new home"}
    assert site.publish(third)
    assert (site.read(), site.read(".site.spare")) == (third, second)
    assert site.publish(FIRST)
    assert (site.read(), site.read(".site.spare")) == (FIRST, third)
    assert sorted(entry.name for entry in site.folder.iterdir()) == [".site.spare", "site"]


def test_a_site_bears_the_digest_of_all_its_files(site: Site) -> None:
    site.publish(FIRST)
    site.publish({**FIRST, "plan/index.html": "new plan", "a.html": "a"})
    rows = [(name, digest_of(text.encode())) for name, text in site.read().items()]
    assert mark_of(site.folder / "site") == {"schema": 1, "digest": tree_digest(rows)}


def test_files_and_folders_of_pages_that_are_gone_are_gone_from_both_trees(site: Site) -> None:
    site.publish(FIRST)
    for _ in range(2):
        site.publish({"index.html": "home"})
        site.publish({"index.html": "home again"})
    for tree in ("site", ".site.spare"):
        assert sorted(entry.name for entry in (site.folder / tree).iterdir()) == [
            *("index.html", MARK)
        ]


def test_a_file_becomes_a_folder_and_a_folder_a_file(site: Site) -> None:
    one, other = {"map": "file", "x/y": "in a folder"}, {"map/a.html": "a", "x": "file"}
    for wanted in (one, other, one, other):
        site.publish(wanted)
        assert site.read() == wanted


def test_a_site_that_is_as_wanted_is_left_alone(site: Site) -> None:
    assert not site.publication.is_current
    site.publish(FIRST)
    before = (site.folder / "site").stat()
    assert site.publication.is_current
    assert not site.publish(FIRST)
    assert (site.folder / "site").stat().st_ino == before.st_ino


def test_a_build_writes_into_no_file_that_readers_see(site: Site) -> None:
    site.publish(FIRST)
    site.publish({**FIRST, "index.html": "two"})
    inodes = {name: (site.folder / "site" / name).stat().st_ino for name in FIRST}
    with (site.folder / "site/plan/index.html").open() as opened:
        site.publish({**FIRST, "index.html": "three", "plan/index.html": "three"})
        assert opened.read() == "plan"
    found = {name: (site.folder / "site" / name).stat().st_ino for name in FIRST}
    assert found["plan/part/index.html"] == inodes["plan/part/index.html"]
    assert found["plan/index.html"] != inodes["plan/index.html"]


def test_what_a_site_says_of_itself_makes_it_another_site(site: Site) -> None:
    site.publish(FIRST)
    publication = site.publication
    publication.says = {"locales": ["ja"]}
    assert not publication.is_current
    publication.begin()
    assert publication.finish()
    assert mark_of(site.folder / "site")["locales"] == ["ja"]
    assert site.read() == FIRST


# What happens to folders ------------------------------------------------------------------------


def foreign(folder: Path) -> None:
    (folder / MARK).unlink()
    (folder / "index.html").unlink()
    (folder / "index.html").write_text("by another program")
    (folder / "left-over.html").write_text("of another program")


def gone(folder: Path) -> None:
    for file in sorted(folder.rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    folder.rmdir()


@pytest.mark.parametrize("tree", ["site", ".site.spare", "both"])
@pytest.mark.parametrize("harm", [foreign, gone])
def test_a_tree_that_is_not_as_it_was_left_is_made_anew(
    site: Site, tree: str, harm: object
) -> None:
    site.publish(FIRST)
    site.publish({**FIRST, "index.html": "two"})
    for name in ("site", ".site.spare") if tree == "both" else (tree,):
        harm(site.folder / name)  # type: ignore[operator]
    third = {**FIRST, "index.html": "three"}
    site.publish(third)
    assert site.read() == third
    site.publish({**third, "a.html": "a"})
    assert site.read() == {**third, "a.html": "a"}


def test_with_another_cache_everything_is_made_anew(site: Site) -> None:
    site.publish(FIRST)
    other = Site(site.folder)
    other.publish({"index.html": "other"})
    assert other.read() == {"index.html": "other"}
    site.publish({**FIRST, "a.html": "a"})
    assert site.read() == {**FIRST, "a.html": "a"}


def test_a_site_is_known_by_its_content_wherever_it_lies(site: Site) -> None:
    site.publish(FIRST)
    (site.folder / "site").rename(site.folder / "copy")
    assert not site.publication.is_current
    (site.folder / "copy").rename(site.folder / "site")
    assert site.publication.is_current


# Builds that were stopped -----------------------------------------------------------------------


class StoppedError(Exception):
    """Here a build is stopped."""


def stops(monkeypatch: pytest.MonkeyPatch, name: str, after: int) -> None:
    """Have a function of the publication stop the build at its call number `after`."""
    real = getattr(module, name)
    calls: Iterator[int] = iter(range(10_000))

    def stopping(*arguments: object, **named: object) -> object:
        if next(calls) >= after:
            raise StoppedError
        return real(*arguments, **named)

    monkeypatch.setattr(module, name, stopping)


@pytest.mark.parametrize("name", ["_link", "write_mark", "exchange", "_clone", "place"])
@pytest.mark.parametrize("after", [0, 1, 2, 3])
@pytest.mark.parametrize("start", ["anew", "with a spare", "without a spare", "foreign"])
def test_wherever_a_build_stops_readers_see_a_whole_site_and_the_next_build_is_right(
    site: Site, name: str, after: int, start: str
) -> None:
    second = {"index.html": "two", "plan/index.html": "plan", "a/b.html": "b", "c.html": "c"}
    if start != "anew":
        site.publish({**FIRST, "d.html": "d"})
        site.publish(FIRST)
    if start == "without a spare":
        gone(site.folder / ".site.spare")
    if start == "foreign":
        foreign(site.folder / "site")
    before = site.read() if start != "anew" else {}
    with pytest.MonkeyPatch.context() as patch:
        stops(patch, name, after)
        try:
            site.publish(second)
        except StoppedError:
            found = site.read() if (site.folder / "site").exists() else {}
            assert found in (before, second)
    third = {"index.html": "three", "plan/index.html": "plan", "c.html": "c"}
    for wanted in (third, second, FIRST):
        site.publish(wanted)
        assert site.read() == wanted


def test_what_a_stopped_build_placed_and_did_not_record_is_never_published(site: Site) -> None:
    site.publish(FIRST)
    site.publish({**FIRST, "index.html": "two"})
    site.store.write("UPDATE products SET stale = 1 WHERE subject = 'plan/index.html'")
    publication = site.publication
    publication.begin()
    place(publication.next_dir, "orphan/index.html", b"of a page that was deleted meanwhile")
    place(publication.next_dir, "plan/index.html", b"half a pa")
    lost = site.publication.begin()
    assert not (publication.next_dir / "orphan").exists()
    assert lost == []
    wanted = {**FIRST, "index.html": "three"}
    site.publish(wanted)
    assert site.read() == wanted


def test_the_work_of_a_build_whose_last_commits_were_lost_is_not_taken_up(site: Site) -> None:
    site.publish(FIRST)
    site.publish({**FIRST, "index.html": "two"})
    publication = site.publication
    publication.begin()
    place(publication.next_dir, "plan/index.html", b"of another work")
    (publication.next_dir / MARK).unlink()
    (publication.next_dir / MARK).write_text(json.dumps({"work": "another"}))
    wanted = {**FIRST, "index.html": "three"}
    site.publish(wanted)
    assert site.read() == wanted
