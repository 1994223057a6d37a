from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import feedparser
import pytest
from feed_city import home, news, news_feed, site_of
from lxml import etree

from machikado.content.page import Page
from machikado.content.site import Site
from machikado.feeds.feed import Entry, Feed
from machikado.feeds.writing import write_atom, write_json_feed, write_rss, written

A = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
CODES = ("ja", "ja-easy", "en", "zh-Hant", "ko")
HOSTILE = "</title>]]><b>\u202eשלום\u202c</b> & 👩‍👩‍👧 " + "長" * 10_000


def city() -> Site:
    pages = {"ja/index.md": home("街角", publish_at="2026-03-01")}
    for code in CODES[:4]:  # Korean has no news
        pages[f"{code}/news/a.md"] = news(1, code, f"{code} 1", updated_at="2026-04-08T12:00")
        pages[f"{code}/news/b.md"] = news(2, code, f"{code} 2")
    return site_of(pages)


def article(page: Page) -> str:
    return f'<h2 id="x">{page.title}</h2><p>5 &lt; 6 &amp; <a href="../b/">x</a></p>'


def rfc4287() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(str(Path(__file__).with_name("rfc4287.rng"))))


@pytest.fixture(params=CODES)
def feed(request: pytest.FixtureRequest) -> Feed:
    return news_feed(city(), request.param, article)


def hostile_feed() -> Feed:
    feed = news_feed(city(), "ja", article)
    entry = replace(feed.entries[0], title=HOSTILE, summary=HOSTILE, author=HOSTILE)
    return replace(feed, title=HOSTILE, subtitle=HOSTILE, author=HOSTILE, entries=(entry,))


def test_atom_follows_the_grammar_of_rfc_4287(feed: Feed) -> None:
    rfc4287().assertValid(etree.fromstring(write_atom(feed)))


def test_the_grammar_refuses_what_feedgen_would_write_unmended() -> None:
    atom = write_atom(news_feed(city(), "ja", article))
    assert not rfc4287().validate(etree.fromstring(atom.replace(b'type="html"', b'type="CDATA"')))


@pytest.mark.parametrize("write", [write_atom, write_rss])
def test_feedparser_reads_each_locale_without_complaint(
    write: Callable[[Feed], bytes], feed: Feed
) -> None:
    parsed = feedparser.parse(write(feed))
    assert parsed.bozo is False
    assert parsed.feed.language == feed.lang
    assert parsed.feed.title == "街角のお知らせ"
    assert parsed.feed.rights == "CC BY 4.0"
    read = [
        (e.id, e.title, e.link, e.published_parsed[:5], e.updated_parsed[:5])
        for e in parsed.entries
    ]
    assert read == [
        (e.id, e.title, e.link, _utc(e.published), _utc(e.updated)) for e in feed.entries
    ]
    assert [e.content[0].value for e in parsed.entries] == [e.content for e in feed.entries]


def _utc(time: datetime) -> tuple[int, ...]:
    return tuple(time.utctimetuple()[:5])


def test_atom_has_all_that_rfc_4287_requires(feed: Feed) -> None:
    root = etree.fromstring(write_atom(feed))
    here = f"{feed.home}feeds/news.atom"
    assert root.get(XML_LANG) == feed.lang
    assert root.findtext(f"{A}id") == here
    assert root.findtext(f"{A}author/{A}name") == "街角"
    assert root.findtext(f"{A}generator") == "Machikado"
    assert [dict(link.attrib) for link in root.findall(f"{A}link")] == [
        {"href": here, "rel": "self", "type": "application/atom+xml"},
        {"href": feed.home, "rel": "alternate", "type": "text/html", "hreflang": feed.lang},
    ]


def test_an_atom_entry_has_all_that_rfc_4287_requires() -> None:
    root = etree.fromstring(write_atom(news_feed(city(), "en", article)))
    assert root.findtext(f"{A}updated") == "2026-04-08T12:00:00+09:00"
    entry = root.findall(f"{A}entry")[1]
    assert entry.findtext(f"{A}id") == "tag:city.example,2026-04-01:en/1001001"
    assert entry.findtext(f"{A}title") == "en 1"
    assert entry.findtext(f"{A}published") == "2026-04-01T09:00:00+09:00"
    assert entry.findtext(f"{A}updated") == "2026-04-08T12:00:00+09:00"
    assert entry.findtext(f"{A}author/{A}name") == "Information Division"
    assert entry.findtext(f"{A}summary") == "要約1"
    assert dict(entry.find(f"{A}category").attrib) == {"term": "site", "label": "This site"}
    assert [dict(link.attrib) for link in entry.findall(f"{A}link")] == [
        {"href": "https://city.example/base/en/news/a/", "rel": "alternate", "type": "text/html"}
    ]
    content = entry.find(f"{A}content")
    assert content.get("type") == "html"
    assert content.text == (
        '<h2>en 1</h2><p>5 &lt; 6 &amp; <a href="https://city.example/base/en/news/b/">x</a></p>'
    )


def test_an_entry_in_another_language_says_so() -> None:
    feed = news_feed(city())
    feed = replace(feed, entries=(replace(feed.entries[0], lang="en"), feed.entries[1]))
    langs = [e.get(XML_LANG) for e in etree.fromstring(write_atom(feed)).findall(f"{A}entry")]
    assert langs == ["en", None]


def test_an_entry_without_a_department_is_by_the_publisher() -> None:
    feed = news_feed(city())
    feed = replace(feed, entries=(replace(feed.entries[0], author=None),))
    entry = etree.fromstring(write_atom(feed)).find(f"{A}entry")
    assert entry.findtext(f"{A}author/{A}name") == "街角"
    assert etree.fromstring(write_rss(feed)).findtext(f".//{CREATOR}") == "街角"
    assert json.loads(write_json_feed(feed))["items"][0]["authors"] == [{"name": "街角"}]


def test_rss_links_to_the_home_for_people_and_to_itself(feed: Feed) -> None:
    channel = etree.fromstring(write_rss(feed)).find("channel")
    assert channel.findtext("link") == feed.home
    assert [dict(link.attrib) for link in channel.findall(f"{A}link")] == [
        {"href": f"{feed.home}feeds/news.rss", "rel": "self", "type": "application/rss+xml"}
    ]
    assert channel.findtext("language") == feed.lang
    assert channel.findtext("copyright") == "CC BY 4.0"


def test_an_rss_item_has_a_guid_that_is_no_link_and_an_author_without_email() -> None:
    channel = etree.fromstring(write_rss(news_feed(city(), "en", article))).find("channel")
    assert channel.findtext("lastBuildDate") == "Wed, 08 Apr 2026 12:00:00 +0900"
    item = channel.findall("item")[1]
    assert item.findtext("guid") == "tag:city.example,2026-04-01:en/1001001"
    assert item.find("guid").get("isPermaLink") == "false"
    assert item.findtext("link") == "https://city.example/base/en/news/a/"
    assert item.findtext("pubDate") == "Wed, 01 Apr 2026 09:00:00 +0900"
    assert item.findtext(f"{A}updated") == "2026-04-08T12:00:00+09:00"
    assert item.findtext(CREATOR) == "Information Division"
    assert item.find("author") is None
    assert item.findtext("category") == "This site"
    assert item.findtext("description") == "要約1"
    assert item.findtext(CONTENT).startswith("<h2>en 1</h2>")


def test_namespaces_are_declared_once_at_the_root_of_rss() -> None:
    assert write_rss(news_feed(city())).count(b"xmlns:") == 3


def test_text_in_rss_is_spelled_so_that_readers_take_it_for_text() -> None:
    feed = replace(news_feed(city()), title="税 & <b>ごみ</b>")
    entry = replace(feed.entries[0], title="A & B", summary="5 < 6 & 7")
    rss = write_rss(replace(feed, entries=(entry,)))
    assert "<title>税 &#x26; &#x3C;b&gt;ごみ&#x3C;/b&gt;</title>".encode() in rss
    item = etree.fromstring(rss).find("channel/item")
    assert item.findtext("title") == "A & B"
    assert item.findtext("description") == "5 &lt; 6 &amp; 7"


def test_json_feed_1_1_says_the_same() -> None:
    feed = news_feed(city(), "en", article)
    assert json.loads(write_json_feed(replace(feed, entries=feed.entries[1:]))) == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "街角のお知らせ",
        "home_page_url": "https://city.example/base/en/",
        "feed_url": "https://city.example/base/en/feeds/news.json",
        "description": "新しいお知らせ",
        "language": "en",
        "authors": [{"name": "街角"}],
        "_machikado": {"rights": "CC BY 4.0"},
        "items": [
            {
                "id": "tag:city.example,2026-04-01:en/1001001",
                "url": "https://city.example/base/en/news/a/",
                "title": "en 1",
                "summary": "要約1",
                "content_html": "<h2>en 1</h2><p>5 &lt; 6 &amp; "
                '<a href="https://city.example/base/en/news/b/">x</a></p>',
                "date_published": "2026-04-01T09:00:00+09:00",
                "date_modified": "2026-04-08T12:00:00+09:00",
                "authors": [{"name": "Information Division"}],
                "tags": ["This site"],
                "language": "en",
            }
        ],
    }


def test_an_empty_feed_is_valid_in_every_format() -> None:
    feed = news_feed(city(), "ko")
    assert feed.entries == ()
    rfc4287().assertValid(etree.fromstring(write_atom(feed)))
    for write in (write_atom, write_rss):
        parsed = feedparser.parse(write(feed))
        assert (parsed.bozo, parsed.entries) == (False, [])
    assert json.loads(write_json_feed(feed))["items"] == []


def test_an_entry_of_nothing_but_a_title_is_valid() -> None:
    feed = news_feed(city())
    full = feed.entries[0]
    bare = Entry(full.id, full.title, "", full.link, full.published, full.updated, "", "ja")
    feed = replace(feed, subtitle="", entries=(bare,))
    rfc4287().assertValid(etree.fromstring(write_atom(feed)))
    assert etree.fromstring(write_rss(feed)).findtext("channel/description") == feed.title
    assert json.loads(write_json_feed(feed))["items"][0]["content_html"] == ""


def test_a_hostile_text_of_ten_thousand_characters_arrives_whole() -> None:
    feed = hostile_feed()
    atom, rss = etree.fromstring(write_atom(feed)), etree.fromstring(write_rss(feed))
    rfc4287().assertValid(atom)
    assert feedparser.parse(write_atom(feed)).bozo is False
    assert feedparser.parse(write_rss(feed)).bozo is False
    assert atom.findtext(f"{A}entry/{A}title") == HOSTILE
    assert rss.findtext("channel/item/title") == HOSTILE
    assert rss.findtext(f"channel/item/{CREATOR}") == HOSTILE
    assert json.loads(write_json_feed(feed))["items"][0]["title"] == HOSTILE


def test_two_runs_write_the_same_bytes(feed: Feed) -> None:
    again = news_feed(city(), feed.locale.code, article)
    assert dict(written(again)) == dict(written(feed))
