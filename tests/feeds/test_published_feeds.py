"""Ids and dates of published entries stay; what has changed is told."""

from __future__ import annotations

import pytest
from feed_city import SITE_URL, news, newsroom, site_of

from machikado.content.front_matter import parse_time
from machikado.content.site import MemorySite
from machikado.feeds.channels import feed_files
from machikado.feeds.published import Comparison, compare
from machikado.vocabulary import Finding, Location

TAG = "tag:city.example,2026-04-01:ja/1001001"
SOURCES = {"ja/news/a.md": news(1), "ja/news/b.md": news(2), "en/news/a.md": news(1, "en", "News")}


def published(sources: dict[str, str]) -> dict[str, bytes]:
    return dict(feed_files(newsroom(site_of(sources))))


def against(
    old: dict[str, bytes], new: dict[str, str] | MemorySite, now: str = "2026-12-01"
) -> Comparison:
    sources = new if isinstance(new, MemorySite) else site_of(new)
    return compare(sources, newsroom(sources.at(parse_time(now))), "docs", old.get)


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(finding.check, str(finding.source)) for finding in findings]


def test_an_untouched_site_has_nothing_to_tell() -> None:
    found = against(published(SOURCES), SOURCES)
    assert (found.findings, found.errors, found.changed) == ((), (), ())
    # Three entries, in the channels of five locales.
    assert (found.feeds, found.entries) == (5 * 8, 3)


def test_a_changed_id_is_found_in_the_line_that_says_it() -> None:
    new = SOURCES | {"ja/news/a.md": news(1, feed_id="tag:city.example,2026:ja/other")}
    found = against(published(SOURCES), new).findings
    assert told(found) == [("published-feed-id-changed", "docs/ja/news/a.md:9")]
    assert TAG in found[0].help.ja
    assert TAG in found[0].help.en


def test_a_changed_id_of_a_page_that_moved_is_found_by_its_number() -> None:
    new = {**SOURCES, "ja/news/new.md": news(1, feed_id="")}
    del new["ja/news/a.md"]
    found = against(published(SOURCES), new).findings
    assert told(found) == [("published-feed-id-changed", "docs/ja/news/new.md:1")]


def test_a_removed_id_line_is_found_by_the_address_of_its_page() -> None:
    old = SOURCES | {"ja/news/a.md": news(1, feed_id="tag:city.example,2026:ja/x")}
    found = against(published(old), SOURCES | {"ja/news/a.md": news(1, feed_id="")}).findings
    assert told(found) == [("published-feed-id-changed", "docs/ja/news/a.md:1")]


def test_a_vanished_entry_is_told_with_the_file_that_it_was() -> None:
    new = {name: text for name, text in SOURCES.items() if name != "ja/news/b.md"}
    assert told(against(published(SOURCES), new).findings) == [
        ("published-feed-id-vanished", "docs/ja/news/b.md")
    ]


@pytest.mark.parametrize(
    "kept",
    [
        {"ja/news/a.md": news(1, expires_at="2026-05-01")},
        {"ja/news/a.md": news(1, type="page")},
        {"ja/news/moved.md": news(1)},
        {"ja/news/a.md": news(1, title="直した題", updated_at="2026-05-01")},
    ],
    ids=["ended", "no news any more", "moved", "corrected"],
)
def test_an_id_that_a_source_still_has_is_not_lost(kept: dict[str, str]) -> None:
    assert against(published({"ja/news/a.md": news(1)}), kept).findings == ()


def test_a_moved_date_is_found_in_the_line_that_says_it() -> None:
    new = {"ja/news/a.md": news(1, publish_at="2026-04-02T09:00")}
    found = against(published({"ja/news/a.md": news(1)}), new).findings
    assert told(found) == [("published-date-moved", "docs/ja/news/a.md:8")]
    assert "2026-04-01T09:00:00+09:00" in found[0].help.en


def test_a_date_that_a_translation_takes_over_is_found_in_its_source_page() -> None:
    pages = {"ja/news/a.md": news(1), "en/news/a.md": news(1, "en", "News", publish_at="")}
    new = pages | {"ja/news/a.md": news(1, publish_at="2026-04-02T09:00")}
    assert told(against(published(pages), new).findings) == [
        ("published-date-moved", "docs/ja/news/a.md:8")
    ]


def test_only_feeds_that_say_something_else_have_changed() -> None:
    new = SOURCES | {"ja/news/c.md": news(3, category="quake", department="kiki")}
    changed = against(published(SOURCES), new).changed
    assert changed == tuple(
        f"{SITE_URL}feeds/{channel}.{form}"
        for channel in ("news", "disaster", "category/quake", "department/kiki")
        for form in ("atom", "rss", "json")
    )


def test_a_first_publication_tells_of_the_feeds_that_hold_something() -> None:
    found = against({}, {"ja/news/a.md": news(1)})
    assert (found.feeds, found.findings) == (0, ())
    assert {address.rpartition("/feeds/")[2] for address in found.changed} == {
        f"{channel}.{form}"
        for channel in ("news", "category/site", "department/joho")
        for form in ("atom", "rss", "json")
    }


@pytest.mark.parametrize("data", [b"<html>", b"[]", b'{"items": [{"id": 1}]}', b"\xff"])
def test_a_published_file_that_is_no_feed_is_told(data: bytes) -> None:
    found = against(published(SOURCES) | {"feeds/news.json": data}, SOURCES)
    assert [problem.subject for problem in found.errors] == ["feeds/news.json"]


def test_a_finding_names_a_line_of_front_matter() -> None:
    new = SOURCES | {"ja/news/a.md": news(1, feed_id="tag:city.example,2026:ja/other")}
    found = against(published(SOURCES), new).findings[0]
    assert found.source == Location("docs/ja/news/a.md", 9)
    assert "feed_id" in new["ja/news/a.md"].split("\n")[8]
