"""What appears and ends when, in every language at once."""

from __future__ import annotations

from datetime import datetime, timedelta

from machikado.content.front_matter import DEFAULT_ZONE
from machikado.content.schedule import turns
from small_city import news, site_of, translated

START = datetime(2026, 11, 20, tzinfo=DEFAULT_ZONE)
WEEK = timedelta(days=7)


def told(files: dict[str, str], until: datetime = START + WEEK) -> list[tuple[str, str, list[str]]]:
    return [
        (
            f"{turn.at:%d %H:%M}",
            turn.change.value,
            [page.file.removeprefix("docs/") for page in turn.pages],
        )
        for turn in turns(site_of(files), START, until)
    ]


def test_what_appears_and_what_ends_is_told_in_the_order_of_its_time() -> None:
    files = {
        "ja/news/a.md": news(1001001, "あ", "2026-11-22T09:00", expires_at="2026-11-24T17:00"),
        "ja/news/b.md": news(1001002, "い", "2026-11-20T09:00", expires_at="2026-11-22T09:00"),
        "ja/news/c.md": news(1001003, "う", "2026-11-19"),
        "ja/news/d.md": news(1001004, "え", "2026-12-19"),
    }
    assert told(files) == [
        ("20 09:00", "appears", ["ja/news/b.md"]),
        ("22 09:00", "appears", ["ja/news/a.md"]),
        ("22 09:00", "ends", ["ja/news/b.md"]),
        ("24 17:00", "ends", ["ja/news/a.md"]),
    ]


def test_the_moment_of_the_beginning_is_past_and_that_of_the_end_is_not() -> None:
    files = {
        "ja/news/a.md": news(1001001, "あ", "2026-11-20T00:00"),
        "ja/news/b.md": news(1001002, "い", "2026-11-27T00:00"),
    }
    assert [files for _, _, files in told(files)] == [["ja/news/b.md"]]


def test_a_translation_appears_with_its_source() -> None:
    source = news(1001001, "あ", "2026-11-22T09:00")
    ours = translated(source, "A", feed_id="tag:city.example,2026-11-22:en/1001001")
    files = {"ja/news/a.md": source, "en/news/a.md": ours}
    assert told(files) == [("22 09:00", "appears", ["ja/news/a.md", "en/news/a.md"])]
