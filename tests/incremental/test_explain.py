"""Why a page was made anew is told in words, on one screen, whatever the reason."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from incremental.edited_city import EDITS, City, build
from machikado.content.front_matter import DEFAULT_ZONE
from machikado.incremental import codec
from machikado.incremental.builder import Builder
from machikado.incremental.explain import Explanation, explanation, kinds
from machikado.incremental.ledger import microseconds
from machikado.incremental.store import Store

FILE = "docs/ja/plan/p1.md"
SCREEN = 24


@pytest.fixture
def city(tmp_path: Path, carried: Path) -> City:
    city = City(tmp_path / "city", carried)
    city.save()
    return city


def explained(city: City, cache: Path, file: str = FILE) -> Explanation | None:
    build(city, cache, cache / "site")
    store = Store(cache / "cache.sqlite")
    builder = Builder(
        city.project, cache / "cache.sqlite", cache / "site", "code", dictionaries=False
    )
    try:
        keys = builder.dependencies(store, file, city.now)
        return explanation(store, file, keys, microseconds(city.now))
    finally:
        store.close()


def reasons(told: Explanation | None) -> list[str]:
    assert told is not None
    return [reason.en for reason in told.reasons]


def test_a_new_page_says_that_it_is_new(city: City, tmp_path: Path) -> None:
    told = explained(city, tmp_path / "warm")
    assert reasons(told) == ["the page is new, or its time has come"]
    assert told is not None
    assert told.is_recent
    assert told.made == datetime(2026, 4, 1, 9, tzinfo=DEFAULT_ZONE)


def test_an_edited_page_names_its_own_source_once(city: City, tmp_path: Path) -> None:
    build(city, tmp_path / "warm", tmp_path / "warm/site")
    city.sheet("ja", "plan/p1.md").title = "新しい題"
    city.save()
    assert reasons(explained(city, tmp_path / "warm")) == ["its own source changed"]


def test_a_page_that_shows_another_names_that_one(city: City, tmp_path: Path) -> None:
    city.sheet("ja", "plan/p1.md").body += "\n[次の頁](p5.md)\n"
    city.add("ja", "plan/p5.md")
    city.save()
    build(city, tmp_path / "warm", tmp_path / "warm/site")
    del city.sheets["ja", "plan/p5.md"]
    city.sheet("ja", "plan/p1.md").body = "リンクなし\n"
    city.save()
    assert "its own source changed" in reasons(explained(city, tmp_path / "warm"))


def test_a_setting_a_template_and_a_department_are_named(city: City, tmp_path: Path) -> None:
    city.sheet("ja", "plan/p1.md").keys["department"] = "joho"
    city.save()
    build(city, tmp_path / "warm", tmp_path / "warm/site")
    text = (city.root / "i18n/departments.yml").read_text(encoding="utf-8")
    city.write("i18n/departments.yml", text.replace("000-0000", "111-1111"))
    assert "the department joho changed" in reasons(explained(city, tmp_path / "warm"))
    city.configure(site_url="https://other.example/")
    told = reasons(explained(city, tmp_path / "warm"))
    assert told == ["a setting, a catalogue or a template changed"]


def test_a_page_that_was_not_made_anew_says_when_it_was_and_why_then(
    city: City, tmp_path: Path
) -> None:
    explained(city, tmp_path / "warm")
    city.now = city.now.replace(day=2)
    told = explained(city, tmp_path / "warm")
    assert told is not None
    assert (told.is_recent, told.made.day) == (False, 1)


@pytest.mark.parametrize("file", ["docs/ja/nowhere.md", "docs/assets/x.png", ""])
def test_of_what_is_no_public_page_nothing_is_told(city: City, tmp_path: Path, file: str) -> None:
    assert explained(city, tmp_path / "warm", file) is None


def test_every_reason_of_every_edit_has_words_and_fits_on_a_screen(
    city: City, tmp_path: Path
) -> None:
    cache = tmp_path / "warm"
    city.add("ja", "plan/q.md").keys["department"] = "joho"
    for number, kind in enumerate(EDITS):
        if kind in ("break_link", "unreadable", "faulty", "renumber"):
            continue
        city.edit(kind, number)
        if build(city, cache, cache / "site").report.blocks:
            city.go_back()
            continue
        city.remember()
        store = Store(cache / "cache.sqlite")
        builder = Builder(
            city.project, cache / "cache.sqlite", cache / "site", "code", dictionaries=False
        )
        rows = store.rows("SELECT subject, why FROM products WHERE kind = 'page'")
        for file, why in rows:
            for key in codec.plain(why):
                assert key.partition(" ")[0] in kinds(), (kind, key)
            keys = builder.dependencies(store, file, city.now) if number % 9 == 0 else set()
            assert {key.partition(" ")[0] for key in keys} <= kinds(), kind
            told = explanation(store, file, keys, microseconds(city.now))
            assert told is not None
            assert len(told.reasons) + len(told.uses) + 2 <= SCREEN
            for text in (*told.reasons, *(use for use, _ in told.uses)):
                assert text.ja
                assert "{" not in text.ja + text.en
                assert text.ja != text.en
        store.close()
