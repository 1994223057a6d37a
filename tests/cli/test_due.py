"""`machikado due` tells what appears and ends, and what that means for feeds and posts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from machikado.cli.due import due
from scratch_city import Run, city_in, run
from small_city import news

NOW = "2026-11-20T10:00:00+09:00"


@pytest.fixture
def city(tmp_path: Path) -> Path:
    folder = city_in(tmp_path)
    (folder / "social.yml").write_text("networks: { line: {}, x: {} }\n", "utf-8")
    pages = {
        "snow": news(1001002, "大雪のお知らせ", "2026-11-21T09:00", expires_at="2026-11-23T17:00"),
        "old": news(1001003, "先週のお知らせ", "2026-11-19T09:00", social="{x: false}"),
    }
    for name, text in pages.items():
        (folder / f"docs/ja/news/{name}.md").write_text(text, "utf-8")
    return folder


def told(city: Path, *arguments: str, language: str = "en") -> Run:
    return run(due, city, "--now", NOW, *arguments, language=language)


def test_what_comes_is_told_with_feeds_and_posts(city: Path) -> None:
    assert told(city, language="ja") == Run(
        0,
        "2026-11-21 09:00  公開  大雪のお知らせ  (docs/ja/news/snow.md)\n"
        "    言語: ja\n"
        "    フィード: news\n"
        "    投稿: line:ja/1001002, x:ja/1001002\n"
        "2026-11-23 17:00  終了  大雪のお知らせ  (docs/ja/news/snow.md)\n"
        "    言語: ja\n"
        "    フィード: news\n",
        "",
    )
    assert told(city, "--within", "1").out.count("大雪") == 1
    assert "Nothing appears or ends until 2026-11-20 22:00." in told(city, "--within", "0.5").err


def test_what_came_since_is_told_for_programs(city: Path) -> None:
    (one,) = json.loads(told(city, "--since", "2026-11-19", "--format", "json").out)["due"]
    assert one == {
        "at": "2026-11-19T09:00:00+09:00",
        "change": "appears",
        "page": "1001003",
        "title": "先週のお知らせ",
        "files": ["docs/ja/news/old.md"],
        "locales": ["ja"],
        "feeds": {"ja": ["news"]},
        "posts": ["line:ja/1001003"],
    }


def test_wrong_use_is_told_in_words(city: Path) -> None:
    assert told(city, "--since", "2026-11-19", "--within", "1").code == 2
    (city / "social.yml").write_text("networks: { threads: {} }\n", "utf-8")
    assert "threads" in told(city).err
