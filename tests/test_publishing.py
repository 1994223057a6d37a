from __future__ import annotations

import os
from pathlib import Path

import pytest

from machikado import publishing
from machikado.publishing import replacing, write_files


def files(folder: Path) -> dict[str, str]:
    """The text of every file below `folder`, by name."""
    return {
        f.relative_to(folder).as_posix(): f.read_text() for f in folder.rglob("*") if f.is_file()
    }


def names(folder: Path) -> list[str]:
    return [entry.name for entry in folder.iterdir()]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A published site, alone in its folder."""
    old = tmp_path / "public" / "site"
    old.mkdir(parents=True)
    (old / "index.html").write_text("old")
    (old / "gone.html").write_text("old")
    return old


@pytest.fixture(params=["exchange", "two renames"])
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways to swap two folders: in one step, and where the system cannot."""
    if request.param == "two renames":
        monkeypatch.setattr(publishing, "_exchange", lambda _one, _other: False)


@pytest.mark.usefixtures("_way")
def test_a_whole_site_takes_the_place_of_the_old_one_and_leaves_nothing_beside_it(
    site: Path,
) -> None:
    with replacing(site) as folder:
        (folder / "index.html").write_text("new")
        assert files(site) == {"index.html": "old", "gone.html": "old"}
    assert files(site) == {"index.html": "new"}
    assert names(site.parent) == ["site"]


def half_a_build(site: Path, error: type[BaseException]) -> None:
    with replacing(site) as folder:
        (folder / "index.html").write_text("new")
        raise error


@pytest.mark.usefixtures("_way")
@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_a_build_that_fails_or_is_stopped_leaves_the_old_site_untouched(
    site: Path, error: type[BaseException]
) -> None:
    before = site.stat()
    with pytest.raises(error):
        half_a_build(site, error)
    assert files(site) == {"index.html": "old", "gone.html": "old"}
    assert (site.stat().st_ino, site.stat().st_mtime) == (before.st_ino, before.st_mtime)
    assert names(site.parent) == ["site"]


def test_the_first_build_makes_the_folder_and_those_above_it(tmp_path: Path) -> None:
    with replacing(tmp_path / "a" / "b" / "site") as folder:
        (folder / "index.html").write_text("new")
    assert files(tmp_path) == {"a/b/site/index.html": "new"}


def test_a_first_build_that_fails_leaves_no_site(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no"), replacing(tmp_path / "site"):
        raise ValueError("no")
    assert names(tmp_path) == []


def test_a_web_server_of_another_user_may_read_the_site(tmp_path: Path) -> None:
    with replacing(tmp_path / "site"):
        pass
    assert (tmp_path / "site").stat().st_mode & 0o777 == 0o755


def test_the_new_site_is_built_on_the_disk_of_the_old_one(site: Path) -> None:
    with replacing(site) as folder:
        assert folder.parent == site.parent
        assert names(folder) == []


def test_a_swap_that_fails_half_way_puts_the_old_site_back(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "_exchange", lambda _one, _other: False)
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if ".next-" in self.name:
            raise OSError("disk full")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="disk full"), replacing(site) as folder:
        (folder / "index.html").write_text("new")
    assert files(site) == {"index.html": "old", "gone.html": "old"}
    assert names(site.parent) == ["site"]


def test_a_reader_sees_the_old_site_whole_or_the_new_one_whole(site: Path) -> None:
    if not publishing._exchange(site, site):
        pytest.skip("this system cannot exchange two folders in one step")
    opened = os.open(site, os.O_RDONLY)
    try:
        with replacing(site) as folder:
            (folder / "index.html").write_text("new")
        # The folder that was opened before the swap has become the one that was removed.
        assert names(site) == ["index.html"]
        assert not os.path.samestat(os.fstat(opened), site.stat())
    finally:
        os.close(opened)


def test_files_are_written_with_the_folders_they_need(tmp_path: Path) -> None:
    written = write_files(tmp_path, [("a.txt", b"1"), ("b/c/d.txt", "街".encode())])
    assert written == 2
    assert files(tmp_path) == {"a.txt": "1", "b/c/d.txt": "街"}


def test_what_a_killed_build_left_is_removed_a_day_later_and_not_before(site: Path) -> None:
    young, old = (site.with_name(f"site.next-{name}") for name in ("young", "old"))
    for leftover in (young, old):
        leftover.mkdir()
    day_ago = young.stat().st_mtime - publishing.LEFTOVER_AGE - 1
    os.utime(old, (day_ago, day_ago))
    with replacing(site) as folder:
        (folder / "index.html").write_text("new")
    assert sorted(names(site.parent)) == ["site", "site.next-young"]
