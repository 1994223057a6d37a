"""The disk is a tree of names; the package fills in catalogues, never pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from machikado.disk import DiskTree


def write(root: Path, *names: str) -> Path:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(root.name, encoding="utf-8")
    return root


@pytest.fixture
def tree(tmp_path: Path) -> DiskTree:
    own = write(tmp_path / "own", "docs/ja/a.md", "i18n/locales.yml", "docs/.draft", ".git/x")
    package = write(tmp_path / "package", "docs/ja/b.md", "i18n/locales.yml", "i18n/en/x.po")
    return DiskTree(own, package, filled="i18n")


def test_files_are_sorted_and_hidden_ones_are_left_out(tree: DiskTree) -> None:
    assert tree.files() == ["docs/ja/a.md", "i18n/en/x.po", "i18n/locales.yml"]
    assert tree.files("docs") == ["docs/ja/a.md"]
    assert tree.files("i18n/en") == ["i18n/en/x.po"]
    assert tree.files("nowhere") == []


def test_the_projects_own_file_comes_first_and_the_package_fills_in(tree: DiskTree) -> None:
    assert tree.read("i18n/locales.yml") == b"own"
    assert tree.read("i18n/en/x.po") == b"package"
    assert tree.exists("i18n/en/x.po")


def test_pages_of_the_package_are_not_the_projects(tree: DiskTree) -> None:
    assert not tree.exists("docs/ja/b.md")
    with pytest.raises(FileNotFoundError):
        tree.read("docs/ja/b.md")
