"""A build that is told which files may have changed gives what a look at all of them gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from incremental.edited_city import City, cold, files, without_mark
from machikado.disk import DiskTree
from machikado.incremental.builder import Builder, Built
from machikado.incremental.store import Store

EDITS = ("body", "new_page", "move", "link", "delete", "translate", "asset", "anchor")


class Watched:
    """A city that is built again and again with one cache, told of the files that were written."""

    def __init__(self, city: City, folder: Path) -> None:
        self.city, self.site = city, folder / "site"
        self.store = Store(folder / "cache.sqlite")
        self.builder = Builder(
            city.project, folder / "cache.sqlite", self.site, "code", dictionaries=False
        )
        self.stamps: dict[str, str] = {}

    def build(self) -> Built:
        before, self.stamps = self.stamps, dict(self.city.project.tree.stamps("docs"))
        names = {*before, *self.stamps}
        only = {name for name in names if before.get(name) != self.stamps.get(name)}
        built = self.builder.build(self.store, self.city.now, lambda _done, _total: None, only)
        self.builder.even_out(self.store)
        return built


@pytest.fixture
def watched(tmp_path: Path, carried: Path) -> Watched:
    return Watched(City(tmp_path / "city", carried), tmp_path / "warm")


def test_after_every_edit_a_told_build_equals_a_cold_one(watched: Watched, tmp_path: Path) -> None:
    watched.build()
    for seed, kind in enumerate(EDITS):
        told = watched.city.edit(kind, seed)
        built = watched.build()
        expected, wanted = cold(watched.city, tmp_path / "cold")
        assert (built.report, built.noted) == (expected.report, expected.noted), told
        if not built.report.blocks:
            assert without_mark(files(watched.site)) == without_mark(wanted), told


def test_the_files_that_differ_from_the_site_before_are_named(watched: Watched) -> None:
    assert watched.build().changed is None
    before = without_mark(files(watched.site))
    watched.city.sheet("ja", "plan/index.md").body += "\n新しい文。\n"
    watched.city.save()
    built = watched.build()
    after = without_mark(files(watched.site))
    assert built.changed == frozenset(n for n in {*before, *after} if before.get(n) != after.get(n))
    assert built.changed is not None
    assert "plan/index.html" in built.changed
    assert watched.build().changed == frozenset()


def test_who_stays_and_builds_again_has_both_trees_alike(watched: Watched) -> None:
    watched.build()
    watched.city.sheet("ja", "plan/index.md").body += "\nあたらしいことば。\n"
    watched.city.save()
    watched.build()
    spare = watched.site.with_name(".site.spare")
    assert files(spare) == files(watched.site)


def test_a_told_build_is_no_proof_for_the_next_one_that_all_files_were_looked_at(watched: Watched) -> None:  # fmt: skip
    watched.build()
    watched.city.sheet("ja", "plan/index.md").body += "\n新しい文。\n"
    watched.city.save()
    built = watched.builder.build(watched.store, watched.city.now, lambda _done, _total: None, ())
    assert built.published is False
    assert watched.builder.build(watched.store, watched.city.now, lambda _done, _total: None).published  # fmt: skip


def test_the_stamp_of_one_file_is_the_one_it_has_among_all(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text("a", encoding="utf-8")
    tree = DiskTree(tmp_path)
    assert tree.stamp("docs/a.md") == tree.stamps("docs")["docs/a.md"]
    assert tree.stamp("docs/b.md") is None
    assert tree.stamp("docs") is None
