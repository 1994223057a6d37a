from __future__ import annotations

import json
import re
from typing import Any

import pytest

from machikado.article.outline import outline
from machikado.content.front_matter import parse_time
from machikado.content.site import Site
from machikado.sitewide import search
from machikado.sitewide.search import _KATAKANA, fold, part_of, parts_of, search_files, search_row
from small_city import ROOT, demo, site_of, source, translated


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ｺﾞﾐ", "ごみ"),
        ("ゴミ", "ごみ"),
        ("ごみ", "ごみ"),
        ("ＩＣＴ", "ict"),
        ("ﾏｲﾅﾝﾊﾞｰ", "まいなんばー"),
        ("ヴェ", "ゔぇ"),
        ("①", "1"),
        ("か\u3099", "が"),
        ("Ｗｉ－Ｆｉ", "wi-fi"),
        ("漢字・한국어 Tiếng Việt", "漢字・한국어 tiếng việt"),
    ],
)
def test_spellings_of_one_word_meet(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_the_browser_folds_the_same_letters() -> None:
    script = (ROOT / "overrides/assets/javascripts/machikado.js").read_text(encoding="utf-8")
    found = re.search(r"\[\\u([0-9a-f]{4})-\\u([0-9a-f]{4})\]/g.*charCodeAt\(0\) - 0x60", script)
    assert found is not None
    first, last = (int(code, 16) for code in found.groups())
    assert range(first, last + 1) == range(min(_KATAKANA), max(_KATAKANA) + 1)


PLAN = source(
    1000002,
    "ゴミの計画",
    "## 出し方\n\n[粗大ｺﾞﾐ](x.md)は*電話*で。\n\n```\ncode\n```\n\n<!-- メモ -->\n\n[[news limit=5]]\n\n"
    "| 品目 | 料金 |\n|---|---|\n| 机 | 500 |",
    summary="ごみの出し方",
)


def city() -> Site:
    return site_of(
        {
            "ja/index.md": source(1000001, "家"),
            "ja/plan.md": PLAN,
            "ja/404.md": source(1000003, "ありません"),
            "ja/over.md": source(1000004, "終わり", expires_at="2026-01-01"),
            "en/plan.md": translated(PLAN, "Waste plan", "Bulky waste."),
        }
    ).at(parse_time("2026-04-01"))


def index(site: Site, code: str, base_path: str = "/") -> tuple[str, Any]:
    ((name, data),) = search_files(site.locales[code], rows_of(site, code, base_path))
    return name, json.loads(data)


def rows_of(site: Site, code: str, base_path: str = "/") -> dict[str, tuple[str, str]]:
    return {
        page.address: (page.id, search_row(page, outline(page.body), base_path))
        for page in site.in_locale(site.locales[code])
    }


def test_the_index_holds_what_readers_see_folded_and_neither_code_nor_comments() -> None:
    name, rows = index(city(), "ja", "/base/")
    assert name == "search/index.json"
    assert [row["u"] for row in rows] == ["/base/", "/base/plan/"]
    assert rows[1] == {
        "u": "/base/plan/",
        "t": "ゴミの計画",
        "s": "ごみの出し方",
        "x": "ごみの計画 ごみの出し方 出し方 粗大ごみは電話で。 品目 料金 机 500",
    }


def test_the_index_holds_the_pages_of_its_own_language_alone() -> None:
    assert index(city(), "en") == (
        "en/search/index.json",
        [{"u": "/en/plan/", "t": "Waste plan", "s": "", "x": "waste plan  bulky waste."}],
    )
    assert index(city(), "ko") == ("ko/search/index.json", [])


@pytest.mark.parametrize("code", [locale.code for locale in demo().locales])
def test_every_page_of_the_demo_is_in_the_index_of_its_language_once(code: str) -> None:
    pages = demo().in_locale(demo().locales[code])
    addresses = [row["u"] for row in index(demo(), code)[1]]
    assert addresses == sorted(page.address for page in pages if not page.is_not_found)


def test_pages_that_are_not_public_cannot_be_found() -> None:
    assert "終わり" not in json.dumps(index(city(), "ja")[1], ensure_ascii=False)


def test_the_index_of_a_large_locale_is_in_parts_that_its_directory_names_with_a_digest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(search, "PART", 2)
    pages = {f"ja/p{n}.md": source(1000100 + n, f"題{n}") for n in range(7)}
    site = site_of(pages)
    files = dict(search_files(site.locales["ja"], rows_of(site, "ja")))
    names = [f"search/{n}.json" for n in range(4)]
    assert list(files) == [*names, "search/index.json"]
    parts = json.loads(files["search/index.json"])["parts"]
    assert [re.sub(r"\?v=[0-9a-f]{10}$", "", part) for part in parts] == [
        f"{n}.json" for n in range(4)
    ]
    rows = [row for name in names for row in json.loads(files[name])]
    assert sorted(row["t"] for row in rows) == [f"題{n}" for n in range(7)]
    for page in site.pages:
        part = json.loads(files[f"search/{part_of(page.id, 4)}.json"])
        assert page.address in [row["u"] for row in part]


def test_an_index_is_cut_into_more_parts_only_when_it_has_doubled() -> None:
    assert [parts_of(n) for n in (0, 512, 513, 1024, 1025, 2048, 10_000)] == [1, 1, 4, 4, 8, 8, 64]
