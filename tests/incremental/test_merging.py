"""Parts that were built apart make the site that one build gives, or are refused with a reason."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from incremental.edited_city import City, build, files
from machikado.incremental.builder import Builder
from machikado.incremental.glance import MARK
from machikado.incremental.merging import MergeError, merge
from machikado.incremental.store import Store

SPLIT = (("ja", "ko"), ("en", "ja-easy", "zh-Hant"))


@pytest.fixture
def city(tmp_path: Path, carried: Path) -> City:
    city = City(tmp_path / "city", carried)
    for code in ("en", "ko"):
        for path in ("index.md", "plan/p1.md", "404.md"):
            city.sheets[code, path] = city.add(code, path)
            city.sheets[code, path].id = city.sheet("ja", path).id
            city.sheets[code, path].body = f"In {code}.\n"
            city.sheets[code, path].made_from = "0" * 16
    city.write("docs/en/plan/map.txt", "map")
    city.write("docs/assets/all.txt", "all")
    city.save()
    return city


def part(city: City, folder: Path, codes: Sequence[str], days: int = 0) -> Path:
    """The folder of a build of some locales alone."""
    store = Store(None)
    cache = folder / "cache.sqlite"
    site = folder / "site"
    builder = Builder(
        city.project, cache, site, "code", locales=frozenset(codes), dictionaries=False
    )
    now = city.now.replace(day=city.now.day + days)
    built = builder.build(store, now, lambda _done, _total: None)
    assert not built.report.blocks, built.report.findings
    store.close()
    return site


@pytest.fixture
def parts(city: City, tmp_path: Path) -> list[Path]:
    return [part(city, tmp_path / codes[0], codes) for codes in SPLIT]


def test_merged_parts_are_the_site_that_one_build_gives(
    city: City, parts: list[Path], tmp_path: Path
) -> None:
    build(city, tmp_path / "warm", tmp_path / "warm" / "site")
    whole = files(tmp_path / "warm" / "site")
    assert merge(parts, tmp_path / "merged") == len(whole) - 1
    assert files(tmp_path / "merged") == whole
    assert merge(parts[::-1], tmp_path / "merged") == len(whole) - 1
    assert files(tmp_path / "merged") == whole


def test_a_part_holds_its_own_locales_and_what_all_share(parts: list[Path]) -> None:
    second = files(parts[1])
    assert "en/plan/p1/index.html" in second
    assert "en/plan/map.txt" in second
    assert "assets/all.txt" in second
    assert "sitemap.xml" in second
    assert "index.html" not in second
    assert not [name for name in second if name.startswith("ko/")]


def nothing(_city: City) -> None:
    pass


def edited(city: City) -> None:
    city.sheet("ja", "plan/p1.md").body += "\n改めました。\n"
    city.save()


def configured(city: City) -> None:
    city.project = replace(city.project, site_url="https://other.example/")


@pytest.mark.parametrize(
    ("change", "days"),
    [(edited, 0), (configured, 0), (nothing, 3)],
)
def test_parts_of_different_sources_settings_or_times_are_refused(
    city: City, tmp_path: Path, change: Callable[[City], None], days: int
) -> None:
    city.sheet("ja", "plan/p2.md" if ("ja", "plan/p2.md") in city.sheets else "plan/p1.md").keys[
        "expires_at"
    ] = "2026-04-03"
    city.save()
    first = part(city, tmp_path / "ja", SPLIT[0])
    change(city)
    second = part(city, tmp_path / "en", SPLIT[1], days)
    with pytest.raises(MergeError) as refused:
        merge([first, second], tmp_path / "merged")
    assert "were made from different sources, settings or times" in refused.value.text.en
    assert not (tmp_path / "merged").exists()


def test_locales_that_are_missing_or_twice_are_named(parts: list[Path], tmp_path: Path) -> None:
    with pytest.raises(MergeError, match=r"missing: en, ja-easy, zh-Hant; twice: none"):
        merge(parts[:1], tmp_path / "merged")
    with pytest.raises(MergeError, match=r"missing: none; twice: ja, ko"):
        merge([*parts, parts[0]], tmp_path / "merged")


def test_a_folder_that_is_no_part_is_named(city: City, parts: list[Path], tmp_path: Path) -> None:
    build(city, tmp_path / "warm", tmp_path / "warm" / "site")
    for stranger in (tmp_path / "city", tmp_path / "warm" / "site", tmp_path / "nowhere"):
        with pytest.raises(MergeError) as refused:
            merge([parts[0], stranger], tmp_path / "merged")
        assert refused.value.text.en == f"{stranger} was not made by `machikado build --locale`."
        assert str(stranger) in refused.value.text.ja


def test_a_shared_file_that_differs_is_named(parts: list[Path], tmp_path: Path) -> None:
    file = parts[1] / "assets/all.txt"
    file.unlink()
    file.write_text("changed by hand")
    with pytest.raises(MergeError) as refused:
        merge(parts, tmp_path / "merged")
    assert str(file) in refused.value.text.en
    assert not (tmp_path / "merged").exists()


def test_a_refused_merge_leaves_the_published_site(parts: list[Path], tmp_path: Path) -> None:
    merge(parts, tmp_path / "merged")
    before = files(tmp_path / "merged")
    mark = json.loads((parts[1] / MARK).read_text())
    (parts[1] / MARK).unlink()
    (parts[1] / MARK).write_text(json.dumps({**mark, "made_from": "0"}))
    with pytest.raises(MergeError):
        merge(parts, tmp_path / "merged")
    assert files(tmp_path / "merged") == before
