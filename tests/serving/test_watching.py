"""Watching: every way of saving a file is told by the file's own name; what is no source is not told."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from machikado.serving import watching
from machikado.serving.watching import Watch


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "docs" / "ja").mkdir(parents=True)
    (tmp_path / "docs" / "ja" / "a.md").write_text("a", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("a", encoding="utf-8")
    return tmp_path


def in_place(file: Path) -> None:
    file.write_text("b", encoding="utf-8")


def by_rename(file: Path) -> None:
    beside = file.with_name(f"{file.name}.tmp")
    beside.write_text("b", encoding="utf-8")
    beside.replace(file)


def as_vim_does(file: Path) -> None:
    backup = file.with_name(f"{file.name}~")
    file.rename(backup)
    file.write_text("b", encoding="utf-8")
    backup.unlink()


@pytest.mark.parametrize("save", [in_place, by_rename, as_vim_does])
def test_a_file_is_told_once_however_an_editor_saves_it(
    project: Path, save: Callable[[Path], None]
) -> None:
    with Watch(project, ["docs"]) as watch:
        save(project / "docs" / "ja" / "a.md")
        told = watch.wait(10)
        assert told is not None
        assert "docs/ja/a.md" in told
        assert all(name.startswith("docs/ja/a.md") for name in told)
        assert watch.wait(0.2) == frozenset()


def test_settings_are_told_and_what_is_hidden_or_beside_the_sources_is_not(project: Path) -> None:
    with Watch(project, ["docs"]) as watch:
        (project / "docs" / "ja" / ".a.md.swp").write_text("b", encoding="utf-8")
        (project / "notes.txt").write_text("b", encoding="utf-8")
        (project / "site").mkdir()
        assert watch.wait(0.3) == frozenset()
        (project / "mkdocs.yml").write_text("b", encoding="utf-8")
        assert watch.wait(10) == frozenset({"mkdocs.yml"})


def test_a_new_folder_may_bring_anything(project: Path) -> None:
    with Watch(project, ["docs"]) as watch:
        (project / "docs" / "en").mkdir()
        assert watch.wait(10) is None
        (project / "docs" / "en" / "b.md").write_text("b", encoding="utf-8")
        assert watch.wait(10) == frozenset({"docs/en/b.md"})


def test_a_watched_folder_that_is_replaced_is_watched_on(project: Path) -> None:
    with Watch(project, ["docs"]) as watch:
        (project / "docs").rename(project / "old")
        (project / "docs" / "ja").mkdir(parents=True)
        assert watch.wait(10) is None
        (project / "docs" / "ja" / "c.md").write_text("b", encoding="utf-8")
        while (told := watch.wait(10)) is None:
            pass
        assert told == frozenset({"docs/ja/c.md"})


def test_many_changes_at_once_concern_everything(project: Path) -> None:
    with Watch(project, ["docs"]) as watch:
        for number in range(watching.MOST + 1):
            os.close(os.open(project / "docs" / f"{number}.md", os.O_CREAT | os.O_WRONLY))
        assert watch.wait(10) is None


def test_without_word_from_the_system_the_files_are_looked_at(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object, **_named: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(watching, "Observer", refuse)
    monkeypatch.setattr(watching, "POLL", 0.05)
    with Watch(project, ["docs"]) as watch:
        assert watch.is_polling
        (project / "docs" / "ja" / "a.md").write_text("longer", encoding="utf-8")
        assert watch.wait(10) == frozenset({"docs/ja/a.md"})
