"""`machikado build`: its options, what it says in both languages, and how it ends."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from machikado.cli.build import build
from machikado.publishing import exchange
from scratch_city import CONFIGURATION, Run, city_in, run
from small_city import source, translated

LANGUAGES = """\
  - i18n:
      docs_structure: folder
      languages:
        - { locale: ja, name: 日本語, default: true, build: true }
        - { locale: en, name: English, build: true }
"""
NOW = "2026-11-20T09:00"
PLAN = source(1002, "計画", "本文")


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A city of four pages in two languages."""
    city = city_in(tmp_path / "city")
    (city / "mkdocs.yml").write_text(CONFIGURATION + LANGUAGES, encoding="utf-8")
    (city / "i18n/locales.yml").write_text(
        "- { code: ja, name: 日本語, default: true }\n- { code: en, name: English }\n",
        encoding="utf-8",
    )
    write(city, "docs/ja/plan.md", PLAN)
    home = (city / "docs/ja/index.md").read_text(encoding="utf-8")
    write(city, "docs/en/index.md", translated(home, "Home", "Welcome."))
    return city


def write(city: Path, name: str, text: str) -> None:
    (city / name).parent.mkdir(parents=True, exist_ok=True)
    (city / name).write_text(text, encoding="utf-8", newline="\n")


def built(city: Path, *options: str, language: str = "en", now: str = NOW) -> Run:
    return run(build, city, "--now", now, "--jobs", "1", *options, language=language)


def files(folder: Path) -> dict[str, bytes]:
    return {
        f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()
    }


def last(said: Run) -> str:
    """The last line for people, without the seconds."""
    return said.err.strip().splitlines()[-1].rpartition(" (" if " (" in said.err else "（")[0]


# What it says -----------------------------------------------------------------------------------


def test_a_build_says_how_many_pages_it_made_and_the_next_that_nothing_has_changed(
    city: Path,
) -> None:
    first = built(city)
    assert (first.code, first.out) == (0, "")
    assert last(first) == f"Made 4 of 4 pages; {city / 'site'} is up to date"
    for _ in range(2):
        again = built(city)
        assert again.code == 0
        assert f"Nothing has changed; {city / 'site'} is up to date (4 pages" in again.err
    write(city, "docs/ja/plan.md", PLAN + "Revised.\n")
    assert last(built(city)) == f"Made 1 of 4 pages; {city / 'site'} is up to date"


def test_a_build_speaks_japanese(city: Path) -> None:
    site = city / "site"
    assert f"4ページのうち4ページを作り、{site} を新しくしました" in built(city, language="ja").err
    assert (
        f"変わったところはありません。{site} は最新です（4ページ" in built(city, language="ja").err
    )


def test_a_quiet_build_says_nothing(city: Path) -> None:
    assert built(city, "--quiet") == Run(0, "", "")
    assert built(city, "--quiet") == Run(0, "", "")


def test_faults_are_told_with_file_and_line_and_the_site_stays(city: Path) -> None:
    built(city)
    before = files(city / "site")
    write(city, "docs/ja/plan.md", source(1002, "計画", "[先](nowhere.md)"))
    for _ in range(2):
        done = built(city, "--quiet")
        assert done.code == 1
        assert "docs/ja/plan.md:6: " in done.out + done.err
        assert "1 faults in the sources; nothing was built" in done.err
        assert files(city / "site") == before
    assert "公開中のサイトは元のままです" in built(city, language="ja").err


def test_a_page_appears_when_its_time_has_come_though_no_file_has_changed(city: Path) -> None:
    write(city, "docs/ja/plan.md", source(1002, "計画", "本文", publish_at="2026-12-01"))
    built(city)
    assert not (city / "site/plan/index.html").exists()
    built(city, now="2026-12-01T00:00")
    assert (city / "site/plan/index.html").exists()


# --explain --------------------------------------------------------------------------------------


def test_explain_says_why_a_page_was_made_anew_and_what_it_is_made_from(city: Path) -> None:
    done = built(city, "--explain", str(city / "docs/ja/plan.md"))
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0] == "docs/ja/plan.md was made anew. Why:"
    assert lines[1] == "  - the page is new, or its time has come"
    assert "What it is made from:" in lines
    assert len(lines) <= 24


def test_explain_says_when_a_page_was_made_last(city: Path) -> None:
    built(city)
    write(city, "docs/ja/index.md", (city / "docs/ja/index.md").read_text("utf-8") + "末尾。\n")
    later = "2026-11-21T09:00"
    done = built(city, "--explain", str(city / "docs/ja/plan.md"), now=later)
    assert done.out.startswith(
        "docs/ja/plan.md was not made anew; it was made last on 2026-11-20 09:00. Why then:\n"
    )
    done = built(city, "--explain", str(city / "docs/ja/plan.md"), now=later, language="ja")
    assert "今回は作り直していません。前に作ったのは 2026-11-20 09:00 です" in done.out
    assert "このページが使っているもの:" in done.out


def test_explain_works_where_nothing_has_changed(city: Path) -> None:
    built(city)
    done = built(city, "--explain", str(city / "docs/ja/plan.md"))
    assert done.code == 0
    assert "docs/ja/plan.md was" in done.out


def test_explain_takes_a_path_from_where_one_stands_and_from_the_project(
    city: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder, given in ((city / "docs/ja", "plan.md"), (city.parent, "docs/ja/plan.md")):
        monkeypatch.chdir(folder)
        assert built(city, "--explain", given).out.startswith("docs/ja/plan.md was")


@pytest.mark.parametrize("page", ["docs/ja/nowhere.md", "mkdocs.yml"])
def test_explain_refuses_what_is_no_public_page(city: Path, page: str) -> None:
    done = built(city, "--explain", str(city / page))
    assert done.code == 2
    assert f"{page} is not the source of a page that is public now." in done.err
    assert (
        "公開されているページの原稿ではありません"
        in built(city, "--explain", str(city / page), language="ja").err
    )


def test_explain_refuses_a_path_outside_the_project(city: Path) -> None:
    done = built(city, "--explain", str(city.parent / "x.md"))
    assert done.code == 2
    assert "outside the project's folder" in done.err


# The cache --------------------------------------------------------------------------------------


def test_without_a_cache_everything_is_made_and_none_is_read_or_written(city: Path) -> None:
    built(city)
    cache = city / ".machikado/cache.sqlite"
    before = cache.read_bytes()
    done = built(city, "--no-cache")
    assert last(done) == f"Made 4 of 4 pages; {city / 'site'} is up to date"
    assert cache.read_bytes() == before
    cache.write_bytes(b"broken")
    assert built(city, "--no-cache").code == 0
    assert cache.read_bytes() == b"broken"


def delete(cache: Path) -> None:
    cache.unlink()


def garble(cache: Path) -> None:
    cache.write_bytes(b"no database")


def truncate(cache: Path) -> None:
    with sqlite3.connect(cache) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    with cache.open("r+b") as file:
        file.truncate(cache.stat().st_size // 2)


def scratch(cache: Path) -> None:
    """Overwrite the middle of every page of the file but the first."""
    data = bytearray(cache.read_bytes())
    for start in range(4096, len(data), 4096):
        data[start : start + 200] = b"\xa5" * 200
    cache.write_bytes(data)


def from_another_version(cache: Path) -> None:
    with sqlite3.connect(cache) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()


def with_a_wild_wal(cache: Path) -> None:
    cache.with_name("cache.sqlite-wal").write_bytes(b"\x00" * 9999)


@pytest.mark.parametrize(
    "harm", [delete, garble, truncate, scratch, from_another_version, with_a_wild_wal]
)
@pytest.mark.parametrize("is_edited", [False, True])
def test_whatever_happened_to_the_cache_the_next_build_is_right(
    city: Path, harm: Callable[[Path], None], is_edited: bool
) -> None:
    built(city)
    harm(city / ".machikado/cache.sqlite")
    if is_edited:
        write(city, "docs/ja/plan.md", PLAN + "Revised.\n")
    done = built(city)
    assert (done.code, "Traceback" in done.err) == (0, False), done.err
    found = files(city / "site")
    built(city, "--no-cache")
    assert found == files(city / "site")
    assert "Nothing has changed" in built(city).err or built(city).code == 0


def test_a_cache_folder_that_cannot_be_used_is_told_and_no_cache_helps(city: Path) -> None:
    (city / ".machikado").write_text("a file is in the way")
    done = built(city)
    assert done.code == 2
    assert "With --no-cache it is not needed." in done.err
    assert "--no-cache を付けると" in built(city, language="ja").err
    assert built(city, "--no-cache").code == 0


def test_a_full_disk_is_told_in_a_sentence_and_the_site_stays(
    city: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(city)
    before = files(city / "site")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    write(city, "docs/ja/plan.md", PLAN + "Revised.\n")
    with monkeypatch.context() as patch:
        patch.setattr("machikado.incremental.hands.place", full)
        done = built(city)
    assert done.code == 2
    assert "No space left on device" in done.err
    assert files(city / "site") == before
    assert built(city).code == 0
    assert "Revised." in (city / "site/plan/index.html").read_text(encoding="utf-8")


def test_a_site_that_cannot_be_exchanged_is_told_and_stays(
    city: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(city)
    before = files(city / "site")

    def refuse(_new: Path, _old: Path) -> None:
        raise OSError(30, "Read-only file system")

    write(city, "docs/ja/plan.md", PLAN + "Revised.\n")
    with monkeypatch.context() as patch:
        patch.setattr("machikado.incremental.publication.exchange", refuse)
        done = built(city)
    assert done.code == 2
    assert f"Cannot write to {city / 'site'}" in done.err
    assert files(city / "site") == before
    assert exchange is not refuse
    assert "site is up to date" in built(city).err
    assert "Revised." in (city / "site/plan/index.html").read_text(encoding="utf-8")


def test_two_builds_at_once_wait_for_each_other(city: Path) -> None:
    environment = {**os.environ, "MACHIKADO_LANG": "en"}
    environment.pop("MACHIKADO_NOW", None)
    command = [
        *(sys.executable, "-c", "from machikado.cli import main; main()", "build"),
        *("--now", NOW, "--config-file", str(city / "mkdocs.yml"), "--jobs", "1"),
    ]
    for more in ([], ["--no-cache"]):
        write(city, "docs/ja/plan.md", PLAN + f"{more}\n")
        both = [
            subprocess.Popen(
                [*command, *options], env=environment, stderr=subprocess.PIPE, text=True
            )
            for options in ([], more)
        ]
        said = [process.communicate(timeout=60)[1] for process in both]
        assert [process.returncode for process in both] == [0, 0], said
        found = files(city / "site")
        built(city, "--no-cache", "--site-dir", str(city / "alone"))
        assert found == files(city / "alone")


# Parts ------------------------------------------------------------------------------------------


def test_locales_are_built_apart_and_merged_into_the_whole_site(city: Path) -> None:
    built(city)
    whole = files(city / "site")
    for code in ("ja", "en"):
        done = built(city, "--locale", code)
        assert done.code == 0
        assert str(city / f"site-{code}") in done.err
    assert files(city / "site") == whole
    parts = [str(city / "site-ja"), str(city / "site-en")]
    done = run(build, city, "--merge", *parts, "--site-dir", str(city / "joined"))
    assert done.code == 0
    assert f"Joined 2 folders into {city / 'joined'} ({len(whole) - 1} files)." in done.err
    assert files(city / "joined") == whole


def test_a_merge_of_one_part_is_refused_with_what_is_missing(city: Path) -> None:
    built(city, "--locale", "ja")
    for language, said in (("en", "missing: en"), ("ja", "足りない: en")):
        done = run(build, city, "--merge", str(city / "site-ja"), language=language)
        assert done.code == 2
        assert said in done.err
    assert not (city / "site").exists()


@pytest.mark.parametrize(
    ("options", "ja", "en"),
    [
        (["--locale", "tv"], "「tv」という言語はありません。使えるのは en, ja です。", "There is no locale `tv`; the site has en, ja."),
        (["--merge"], "--merge の後には", "After --merge name the folders"),
        (["--merge", ".", "--locale", "ja"], "--merge の後には", "After --merge name the folders"),
        (["--merge", ".", "--no-cache"], "--merge の後には", "After --merge name the folders"),
        (["--merge", "."], "作ったフォルダーではありません", "was not made by `machikado build --locale`"),
        (["."], "「.」の意味がわかりません", "What is `.` for?"),
        (["--explain", "x.md", "--no-cache"], "--no-cache と一緒には使えません", "cannot go with --no-cache"),
    ],
)  # fmt: skip
def test_misuse_is_told_in_one_sentence(
    city: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], ja: str, en: str
) -> None:
    monkeypatch.chdir(city)
    for language, said in (("ja", ja), ("en", en)):
        done = run(build, city, *options, language=language)
        assert (done.code, done.out) == (2, "")
        assert said in done.err
    assert not (city / "site").exists()


@pytest.mark.parametrize("options", [["--jobs", "0"], ["--jobs", "many"], ["--now", "gestern"]])
def test_a_value_that_is_none_is_wrong_use(city: Path, options: list[str]) -> None:
    assert run(build, city, *options).code == 2


def test_several_processes_make_the_same_site(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built(city)
    one = files(city / "site")
    monkeypatch.setattr("machikado.incremental.hands.FEW", 0)
    monkeypatch.setattr("machikado.incremental.hands.BATCH", 1)
    done = run(build, city, "--now", NOW, "--jobs", "3", "--site-dir", str(city / "three"))
    assert done.code == 0
    assert files(city / "three") == one
