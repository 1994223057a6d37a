from __future__ import annotations

from datetime import UTC, datetime

import pytest
from feed_city import home, news, news_feed, newsroom, site_of

from machikado.content.front_matter import parse_time
from machikado.content.locale import Locale
from machikado.feeds.addresses import MEDIA_TYPES, Format, absolute, feed_addresses
from machikado.feeds.channels import every_feed, feed_files
from machikado.feeds.feed import Entry, Topic, feed_words
from machikado.messages import Catalogue

JA = Locale("ja", "ja", "日本語", "ja", "ja", is_default=True)
EASY = Locale("ja-easy", "ja-simple", "やさしい日本語", "ja", None)


def test_addresses_lie_in_the_feeds_folder_of_the_locale() -> None:
    assert feed_addresses(JA) == {
        "atom": "/feeds/news.atom",
        "rss": "/feeds/news.rss",
        "json": "/feeds/news.json",
    }
    assert feed_addresses(EASY)[Format.RSS] == "/ja-easy/feeds/news.rss"


def test_another_channel_has_addresses_of_its_own() -> None:
    assert feed_addresses(EASY, "news/site")[Format.ATOM] == "/ja-easy/feeds/news/site.atom"


def test_every_format_has_its_media_type() -> None:
    assert MEDIA_TYPES == {
        "atom": "application/atom+xml",
        "rss": "application/rss+xml",
        "json": "application/feed+json",
    }


def test_absolute_addresses_are_uris_below_the_site_url() -> None:
    url = absolute("https://city.example/base/", "/en/粗大 ごみ#1/")
    assert url == "https://city.example/base/en/%E7%B2%97%E5%A4%A7%20%E3%81%94%E3%81%BF%231/"


def test_an_entry_says_what_its_front_matter_says() -> None:
    site = site_of({"ja/news/open.md": news(5, updated_at="2026-04-08T12:00")})
    assert news_feed(site).entries == (
        Entry(
            id="tag:city.example,2026-04-05:ja/1001005",
            title="お知らせ",
            summary="要約5",
            link="https://city.example/base/news/open/",
            published=parse_time("2026-04-05T09:00:00+09:00"),
            updated=parse_time("2026-04-08T12:00:00+09:00"),
            content="<p>本文5</p>",
            lang="ja",
            category=Topic("site", "このサイト"),
            author="情報企画課",
        ),
    )


def test_entries_are_the_newest_first() -> None:
    site = site_of({f"ja/news/{day}.md": news(day) for day in (3, 9, 1, 7)})
    assert [entry.summary for entry in news_feed(site).entries] == [
        "要約9",
        "要約7",
        "要約3",
        "要約1",
    ]


def test_a_feed_keeps_the_fifty_newest() -> None:
    pages = {}
    for n in range(60):
        keys = {"id": str(1002000 + n), "feed_id": f"tag:city.example,2026:{n}", "summary": str(n)}
        pages[f"ja/news/{n}.md"] = news(1, publish_at=f"{1950 + n}-01-01", **keys)
    summaries = [entry.summary for entry in news_feed(site_of(pages)).entries]
    assert summaries == [str(n) for n in range(59, 9, -1)]


def test_an_update_moves_updated_and_never_published() -> None:
    before = news_feed(site_of({"ja/news/a.md": news(5)})).entries[0]
    after = news_feed(site_of({"ja/news/a.md": news(5, updated_at="2026-06-01")})).entries[0]
    assert (after.id, after.published) == (before.id, before.published)
    assert before.updated == before.published
    assert after.updated == parse_time("2026-06-01")


def test_updated_on_the_day_of_publication_is_not_before_it() -> None:
    entry = news_feed(site_of({"ja/news/a.md": news(5, updated_at="2026-04-05")})).entries[0]
    assert entry.updated == entry.published == parse_time("2026-04-05T09:00")


def test_a_correction_of_an_old_notice_updates_the_feed() -> None:
    site = site_of({"ja/news/a.md": news(5, updated_at="2026-06-01"), "ja/news/b.md": news(9)})
    assert news_feed(site).updated == parse_time("2026-06-01")


def test_untranslated_news_is_in_no_other_language_and_its_translation_in_its_own() -> None:
    site = site_of(
        {
            "ja/news/a.md": news(1),
            "ja/news/b.md": news(2),
            "en/news/b.md": news(2, "en", "News", category="", department="", publish_at=""),
        }
    )
    ids = {
        locale.code: [e.id for e in news_feed(site, locale.code).entries] for locale in site.locales
    }
    assert ids == {
        "ja": ["tag:city.example,2026-04-02:ja/1001002", "tag:city.example,2026-04-01:ja/1001001"],
        "ja-easy": [],
        "en": ["tag:city.example,2026-04-02:en/1001002"],
        "zh-Hant": [],
        "ko": [],
    }


def test_a_translation_names_category_and_department_in_its_language() -> None:
    site = site_of(
        {"ja/news/b.md": news(2), "en/news/b.md": news(2, "en", "News", category="", department="")}
    )
    entry = news_feed(site, "en").entries[0]
    assert (entry.category, entry.author) == (Topic("site", "This site"), "Information Division")


def test_an_entry_of_an_unknown_department_has_no_author_of_its_own() -> None:
    entry = news_feed(
        site_of({"ja/news/a.md": news(1, department="nobody", category="none")})
    ).entries[0]
    assert (entry.author, entry.category) == (None, None)


def test_news_before_its_time_or_after_its_end_is_absent() -> None:
    site = site_of(
        {
            "ja/news/a.md": news(1, expires_at="2026-04-03"),
            "ja/news/b.md": news(2),
            "ja/news/c.md": news(9),
        }
    )
    shown = news_feed(site.at(parse_time("2026-04-05"))).entries
    assert [entry.summary for entry in shown] == ["要約2"]


def test_only_news_with_a_permanent_id_is_in_a_feed() -> None:
    site = site_of(
        {
            "ja/news/a.md": news(1, feed_id=""),
            "ja/news/b.md": news(2),
            "ja/c.md": news(3, type="page"),
        }
    )
    assert [entry.summary for entry in news_feed(site).entries] == ["要約2"]


def test_an_empty_feed_is_dated_by_the_home_of_its_locale() -> None:
    site = site_of({"ja/index.md": home("家", publish_at="2026-03-01", updated_at="2026-03-04")})
    assert news_feed(site).updated == parse_time("2026-03-04")
    assert news_feed(site, "en").updated == datetime(1970, 1, 1, tzinfo=UTC)


def test_a_title_keeps_its_characters_but_no_controls_and_no_line_breaks() -> None:
    raw = '"停電\\x01 の\\n<b>お知らせ</b> & שלום 👩‍👩‍👧 \\ufffe全角　空白"'
    entry = news_feed(site_of({"ja/news/a.md": news(1, title=raw)})).entries[0]
    assert entry.title == "停電 の <b>お知らせ</b> & שלום 👩‍👩‍👧 全角　空白"


def test_a_title_of_control_characters_alone_becomes_the_page_id() -> None:
    entry = news_feed(site_of({"ja/news/a.md": news(1, title='"\\x01\\x02"')})).entries[0]
    assert entry.title == "1001001"


def test_a_time_without_a_zone_is_refused_by_the_model() -> None:
    time = parse_time("2026-04-01")
    with pytest.raises(ValueError, match="2026-04-01T00:00:00 has no time zone"):
        Entry(
            "tag:x,2026:1", "t", "", "https://x.example/", time.replace(tzinfo=None), time, "", "ja"
        )


def test_the_words_of_a_feed_come_from_the_catalogue_and_the_home_of_its_locale() -> None:
    site = site_of({"ja/index.md": home("街角"), "en/index.md": home("Corner")})
    catalogue = Catalogue({"News of %(site)s": "%(site)sのお知らせ"})
    assert feed_words(catalogue, site, site.locales["ja"]).title == "街角のお知らせ"
    assert feed_words(Catalogue({}), site, site.locales["en"]).title == "News of Corner"
    assert feed_words(Catalogue({}), site, site.locales["ko"]).publisher == "街角"


def test_every_locale_has_every_channel() -> None:
    site = site_of({"ja/news/a.md": news(1)})
    feeds = list(every_feed(newsroom(site)))
    assert list(dict.fromkeys(feed.lang for feed in feeds)) == ["ja", "ja-simple", "en", "zh-Hant", "ko"]  # fmt: skip
    assert [feed.channel for feed in feeds[:8]] == [
        *("news", "disaster", "events"),
        *("category/site", "category/flood", "category/quake"),
        *("department/joho", "department/kiki"),
    ]


def test_a_channel_has_a_file_for_every_format_and_network() -> None:
    names = [name for name, _ in feed_files(newsroom(site_of({"ja/news/a.md": news(1)})))]
    assert names[:8] == [
        *("feeds/news.atom", "feeds/news.rss", "feeds/news.json"),
        *(f"feeds/social/{name}/news.rss" for name in ("bluesky", "mastodon", "line", "x")),
        "feeds/feeds.opml",
    ]
    assert names[-2:] == ["ko/feeds/social/line/department/kiki.rss", "ko/feeds/social/x/department/kiki.rss"]  # fmt: skip
    assert len(names) == len(set(names)) == 5 * (8 * 7 + 2)
