"""One build: what it makes, what it tells, and what it leaves alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from incremental.edited_city import City, build, cold, files
from machikado.engine import EngineError
from machikado.incremental.builder import Builder, Built
from machikado.incremental.hands import Analysed, Crew, Hand, Printed
from machikado.incremental.index import SourceChangedError
from machikado.incremental.inputs import Inputs
from machikado.incremental.store import Store
from machikado.vocabulary import ConfigurationError


@pytest.fixture
def city(tmp_path: Path, carried: Path) -> City:
    return City(tmp_path / "city", carried)


@pytest.fixture
def warm(tmp_path: Path) -> Path:
    return tmp_path / "warm"


def built(
    city: City, warm: Path, told: list[tuple[int, int]] | None = None, jobs: int = 1
) -> Built:
    """A build that tells its progress."""
    store = Store(warm / "cache.sqlite")
    builder = Builder(
        city.project, warm / "cache.sqlite", warm / "site", "code", jobs, dictionaries=False
    )
    seen = [] if told is None else told
    try:
        return builder.build(store, city.now, lambda done, total: seen.append((done, total)))
    finally:
        store.close()


def made(city: City, warm: Path, edit: Callable[[City], object]) -> tuple[int, set[str]]:
    """How many pages an edit has printed, and which files of the site are new or other ones."""
    before = files(warm / "site")
    edit(city)
    city.save()
    done = built(city, warm)
    after = files(warm / "site")
    changed = {n for n in {*before, *after} if before.get(n) != after.get(n)}
    return done.printed, changed - {"machikado.json"}


def test_the_first_build_prints_every_page_and_the_next_none(city: City, warm: Path) -> None:
    first = built(city, warm)
    assert (first.pages, first.printed, first.published) == (12, 12, True)
    again = built(city, warm)
    assert (again.pages, again.printed, again.published) == (12, 0, False)
    assert again.report == first.report


def test_a_word_in_a_page_that_nobody_shows_prints_that_page_alone(city: City, warm: Path) -> None:
    built(city, warm)
    printed, changed = made(city, warm, lambda c: body(c, "plan/p1.md", "言葉"))
    assert printed == 1
    assert changed == {"plan/p1/index.html", "search/index.json"}


def body(city: City, path: str, words: str) -> None:
    city.sheet("ja", path).body += f"\n{words}\n"


def test_a_title_is_new_wherever_it_is_shown(city: City, warm: Path) -> None:
    built(city, warm)

    def retitle(city: City) -> None:
        city.sheet("ja", "plan/p1.md").title = "新しい題"

    printed, changed = made(city, warm, retitle)
    assert {"plan/p1/index.html", "search/index.html", "search/index.json"} <= changed
    assert printed < 12


def test_a_file_that_was_only_touched_changes_nothing(city: City, warm: Path) -> None:
    built(city, warm)
    for file in (city.root / "docs").rglob("*.md"):
        os.utime(file, ns=(1, 1))
    done = built(city, warm)
    assert (done.printed, done.published) == (0, False)


def test_an_edit_that_keeps_size_and_time_is_seen(city: City, warm: Path) -> None:
    built(city, warm)
    file = city.root / "docs/ja/plan/p1.md"
    stat = file.stat()
    file.write_bytes(file.read_bytes().replace("本文".encode(), "文本".encode()))
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert built(city, warm).printed == 1
    assert "文本" in (warm / "site/plan/p1/index.html").read_text(encoding="utf-8")


def test_an_edit_in_the_very_moment_of_a_build_is_seen_by_the_next_one(
    city: City, warm: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(city, warm)
    body(city, "plan/p1.md", "一回目")
    city.save()
    real = Hand.print

    def meanwhile(hand: Hand, tasks: Sequence[tuple[str, bool]]) -> list[Printed]:
        city.write("overrides/lists/news.html", "<p>meanwhile</p>")
        city.write("docs/ja/plan/map.png", b"meanwhile")
        return real(hand, tasks)

    monkeypatch.setattr(Hand, "print", meanwhile)
    built(city, warm)
    monkeypatch.undo()
    assert built(city, warm).published
    assert files(warm / "site") == cold(city, warm.parent / "cold")[1]


def test_a_source_that_is_written_while_it_is_built_is_built_as_it_is_in_the_end(
    city: City, warm: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, writes = Hand.analyse, iter(range(2))

    def meanwhile(hand: Hand, names: Sequence[str]) -> list[Analysed]:
        for number in writes:
            city.write("docs/ja/plan/p1.md", city.sheet("ja", "plan/p1.md").text() + f"{number}\n")
            break
        return real(hand, names)

    monkeypatch.setattr(Hand, "analyse", meanwhile)
    built(city, warm)
    assert files(warm / "site") == cold(city, warm.parent / "cold")[1]


def test_a_source_that_never_rests_ends_the_build(
    city: City, warm: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Hand.analyse

    def meanwhile(hand: Hand, names: Sequence[str]) -> list[Analysed]:
        body(city, "plan/p1.md", "また")
        city.save()
        return real(hand, names)

    monkeypatch.setattr(Hand, "analyse", meanwhile)
    with pytest.raises(SourceChangedError, match=r"docs/ja/plan/p1\.md"):
        built(city, warm)
    assert not (warm / "site").exists()


def test_faults_stop_the_build_and_the_site_stays_until_they_are_mended(
    city: City, warm: Path
) -> None:
    built(city, warm)
    before = files(warm / "site")
    body(city, "plan/p1.md", "[なし](nowhere.md)")
    city.save()
    broken = built(city, warm)
    assert broken.report.blocks
    assert [str(finding.source) for finding in broken.report.findings] == ["docs/ja/plan/p1.md:10"]
    assert (broken.published, files(warm / "site")) == (False, before)
    again = built(city, warm)
    assert again.report == broken.report
    city.sheet("ja", "plan/p1.md").body = "直しました。\n"
    city.save()
    assert (built(city, warm).printed, built(city, warm).published) == (1, False)
    assert "直しました" in (warm / "site/plan/p1/index.html").read_text(encoding="utf-8")


def test_a_page_comes_and_goes_with_the_clock_and_the_clock_alone(city: City, warm: Path) -> None:
    keys = city.sheet("ja", "plan/p1.md").keys
    keys |= {"publish_at": "2026-04-03", "expires_at": "2026-04-05"}
    city.save()
    seen = []
    for day in (0, 2, 3, 5, 3, 0):
        city.now = city.now.replace(day=1 + day)
        built(city, warm)
        seen.append((warm / "site/plan/p1/index.html").exists())
        assert files(warm / "site") == cold(city, warm.parent / "cold")[1]
    assert seen == [False, True, True, False, True, False]


@pytest.mark.parametrize("jobs", [1, 3])
def test_progress_begins_at_nothing_and_ends_with_every_page(
    city: City, warm: Path, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("machikado.incremental.hands.FEW", 2)
    monkeypatch.setattr("machikado.incremental.hands.BATCH", 5)
    told: list[tuple[int, int]] = []
    built(city, warm, told, jobs)
    assert (told[0], told[-1]) == ((0, 12), (12, 12))
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_one_process_and_several_print_the_same_site(
    city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = build(city, tmp_path / "one", tmp_path / "one" / "site")
    monkeypatch.setattr("machikado.incremental.hands.FEW", 0)
    monkeypatch.setattr("machikado.incremental.hands.BATCH", 2)
    three = build(city, tmp_path / "three", tmp_path / "three" / "site", jobs=3)
    assert one == three
    assert files(tmp_path / "one" / "site") == files(tmp_path / "three" / "site")


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_broken_template_is_named_with_the_page_it_was_to_draw(
    city: City, warm: Path, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("machikado.incremental.hands.FEW", 2)
    built(city, warm)
    before = files(warm / "site")
    for name in ("main.html", "home.html", "404.html"):
        city.write(f"overrides/{name}", "{% if %}")
    with pytest.raises(EngineError, match=r"^docs/\S+\.md: TemplateSyntaxError: "):
        built(city, warm, jobs=jobs)
    assert files(warm / "site") == before
    for name in ("main.html", "home.html", "404.html"):
        (city.root / "overrides" / name).unlink()
    built(city, warm)
    assert files(warm / "site") == before


def test_a_worker_that_is_killed_ends_the_build_with_advice(
    city: City, warm: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("machikado.incremental.hands.FEW", 2)
    monkeypatch.setattr(Hand, "print", _die)
    with pytest.raises(EngineError, match=r"a worker process ended unexpectedly .* --jobs 1"):
        built(city, warm, jobs=2)
    monkeypatch.undo()
    built(city, warm)
    assert files(warm / "site") == cold(city, warm.parent / "cold")[1]


def _die(_hand: Hand, _tasks: object) -> object:
    os._exit(9)


_die.__name__ = "print"


def test_a_crew_gives_back_what_its_hands_made_in_order(
    city: City, warm: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("machikado.incremental.hands.FEW", 2)
    monkeypatch.setattr("machikado.incremental.hands.BATCH", 3)
    built(city, warm)
    store = Store(warm / "cache.sqlite")
    builder = Builder(
        city.project, warm / "cache.sqlite", warm / "site", "code", dictionaries=False
    )
    workplace = builder.workplace(Inputs(city.project, store, "code"), 0)
    names = [f"docs/{code}/{path}" for code, path in sorted(city.sheets)]
    for jobs in (1, 2):
        crew = Crew(workplace, store, jobs)
        try:
            read = [one.file for batch in crew.work(Hand.read, names) for one in batch]
        finally:
            crew.dismiss()
        assert read == names


def test_broken_vocabulary_ends_the_build_and_the_site_stays(city: City, warm: Path) -> None:
    built(city, warm)
    before = files(warm / "site")
    city.write("i18n/departments.yml", "- { id: joho }")
    with pytest.raises(ConfigurationError, match=r"i18n/departments\.yml"):
        built(city, warm)
    assert files(warm / "site") == before
