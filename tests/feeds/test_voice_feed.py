"""The podcast of recorded news is one that podcast programs accept."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace
from email.utils import parsedate_to_datetime

import feedparser
import pytest
from lxml import etree
from PIL import Image

from machikado.article.recording import Kind, Recording, VoiceCredit
from machikado.article.typesetter import Asset, AssetLookup
from machikado.content.site import Site
from machikado.feeds.addresses import NEWS, voice_address
from machikado.feeds.channels import feed_files_of
from machikado.feeds.feed import Feed, Newsroom, feed_of, has_voice
from machikado.feeds.voice import ARTWORK, podcast_guid, voice_feed, write_voice
from small_city import ROOT, SITE_URL, catalogues_of, news, site_of, source, translated

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
HOSTILE = "</title>]]><b>A & B</b>"
STEM = "https://city.example/base/assets/audio/ja/1001002-bbbbbbbbbbbb"


def city() -> Site:
    pages = {"ja/index.md": source(1000001, "街角")}
    for day in (1, 2, 3):
        number, date = 1001000 + day, f"2026-04-{day:02}"
        item = news(number, f"題{day}", f"{date}T09:00", summary=f"要約{day}", department="joho")
        feed_id = f"tag:city.example,{date}:ja-easy/{number}"
        pages[f"ja/news/{day}.md"] = item
        pages[f"ja-easy/news/{day}.md"] = translated(item, f"題{day}", feed_id=feed_id)
    return site_of(pages)


def news_of(locale: str = "ja") -> Feed:
    site = city()
    room = Newsroom(site, catalogues_of(site), SITE_URL, lambda _page: "<p>本文</p>")
    return feed_of(room, site.locales[locale])


def recording(locale: str = "ja", page: str = "1001002") -> Recording:
    sizes = {Kind.OPUS.value: 146_354, Kind.MP3.value: 219_131, Kind.VTT.value: 1242}
    credit = VoiceCredit("Mei", "NIT", "CC BY 3.0", "https://x.example/", "https://y.example/")
    return Recording(page, locale, "a" * 64, "b" * 64, 62.6, 3, sizes, credit, "e")


def podcast(locale: str = "ja") -> bytes:
    feed = news_of(locale)
    recordings = {f"tag:city.example,2026-04-02:{locale}/1001002": recording(locale)}
    heard = voice_feed(feed, recordings, SITE_URL, catalogues_of(city())[locale])
    return write_voice(heard, recordings, SITE_URL)


def test_only_news_that_can_be_heard_is_in_the_podcast_with_true_length_and_type() -> None:
    parsed = feedparser.parse(podcast())
    assert not parsed.bozo
    (entry,) = parsed.entries
    assert (entry.title, entry.id) == ("題2", "tag:city.example,2026-04-02:ja/1001002")
    assert entry.summary == "要約2"
    (enclosure,) = entry.enclosures
    assert (enclosure.href, enclosure.length, enclosure.type) == (
        f"{STEM}.mp3",
        "219131",
        "audio/mpeg",
    )
    assert entry.itunes_duration == "63"
    assert entry.link == "https://city.example/base/news/2/"
    assert parsed.feed.title == "声の広報（街角）"
    assert parsed.feed.link == "https://city.example/base/"
    assert parsed.feed.author == "街角"


def test_the_channel_has_every_tag_that_podcast_directories_require() -> None:
    channel = etree.fromstring(podcast())[0]
    told = {child.tag: child for child in channel if child.tag != "item"}
    assert told[f"{ITUNES}explicit"].text == "false"
    assert told[f"{ITUNES}category"].get("text") == "Government"
    assert told[f"{ITUNES}type"].text == "episodic"
    picture = "https://city.example/base/assets/images/podcast.png"
    assert told[f"{ITUNES}image"].get("href") == picture
    assert told["language"].text == "ja"
    assert told["description"].text == "街角の新しいお知らせを、声でお届けします。"
    assert uuid.UUID(told[f"{PODCAST}guid"].text).version == 5
    links = [e.get("href") for e in channel.iter("{http://www.w3.org/2005/Atom}link")]
    assert "https://city.example/base/feeds/voice.rss" in links


def test_an_item_has_the_second_format_and_its_words_as_transcripts() -> None:
    (item,) = etree.fromstring(podcast())[0].iter("item")
    (other,) = item.iter(f"{PODCAST}alternateEnclosure")
    assert dict(other.attrib) == {
        "type": "audio/ogg; codecs=opus",
        "length": "146354",
        "title": "Opus",
    }
    assert [e.get("uri") for e in other] == [f"{STEM}.opus"]
    assert [dict(e.attrib) for e in item.iter(f"{PODCAST}transcript")] == [
        {"url": "https://city.example/base/news/2/", "type": "text/html"},
        {"url": f"{STEM}.vtt", "type": "text/vtt"},
    ]
    assert (
        parsedate_to_datetime(item.findtext("pubDate")).isoformat() == "2026-04-02T09:00:00+09:00"
    )
    assert item.find("guid").get("isPermaLink") == "false"
    assert len(item.findall("enclosure")) == 1


def test_namespaces_are_declared_once_at_the_root() -> None:
    head, _, rest = podcast().partition(b"<channel>")
    assert set(re.findall(rb"xmlns:(\w+)", head)) >= {b"itunes", b"podcast", b"atom"}
    assert b"xmlns" not in rest


def test_easy_japanese_is_japanese_to_a_directory_of_podcasts() -> None:
    assert etree.fromstring(podcast("ja-easy"))[0].findtext("language") == "ja"


def test_the_picture_is_one_that_directories_of_podcasts_take() -> None:
    """Apple's requirements for show covers: square, 1400 to 3000 pixels, RGB without transparency."""
    with Image.open(ROOT / "overrides" / ARTWORK.lstrip("/")) as picture:
        assert (picture.format, picture.mode) == ("PNG", "RGB")
        width, height = picture.size
    assert width == height
    assert 1400 <= width <= 3000
    assert (ROOT / "overrides" / ARTWORK.lstrip("/")).stat().st_size < 512_000


def lookup(*names: str) -> AssetLookup:
    found = Asset("")
    return lambda path: found if path in names else None


def files_of(look_up: AssetLookup, locale: str = "ja") -> dict[str, bytes]:
    site = city()
    room = Newsroom(site, catalogues_of(site), SITE_URL, lambda _page: "<p>本文</p>", look_up)
    return dict(feed_files_of(room, site.locales[locale], NEWS))


def test_a_locale_in_which_nothing_was_recorded_has_no_podcast() -> None:
    site = city()
    assert not has_voice(site, site.locales["ja"], lookup())
    files = files_of(lookup())
    assert "feeds/voice.rss" not in files
    assert b"voice.rss" not in files["feeds/feeds.opml"]


def test_a_podcast_whose_recordings_fit_no_page_any_more_stays_and_holds_nothing() -> None:
    sidecar = lookup("assets/audio/ja/1001002.json")
    files = files_of(sidecar)
    parsed = feedparser.parse(files["feeds/voice.rss"])
    assert not parsed.bozo
    assert (parsed.feed.title, parsed.entries) == ("声の広報（街角）", [])
    assert etree.fromstring(files["feeds/voice.rss"])[0].find(f"{ITUNES}image") is not None
    outlines = etree.fromstring(files["feeds/feeds.opml"]).iter("outline")
    assert [(e.get("text"), e.get("xmlUrl")) for e in outlines][-1] == (
        "声の広報（街角）",
        "https://city.example/base/feeds/voice.rss",
    )
    assert "ja-easy/feeds/voice.rss" not in files_of(sidecar, "ja-easy")


def test_hostile_words_stay_words() -> None:
    feed = news_of()
    entry = replace(feed.entries[1], title=HOSTILE, summary=HOSTILE)
    hostile = replace(feed, entries=(entry,), author=HOSTILE)
    recordings = {entry.id: recording()}
    heard = voice_feed(hostile, recordings, SITE_URL, catalogues_of(city())["ja"])
    written = write_voice(heard, recordings, SITE_URL)
    (item,) = etree.fromstring(written)[0].iter("item")
    assert item.findtext("title") == HOSTILE
    assert b"&lt;/title" not in written
    assert feedparser.parse(written).entries[0].title == HOSTILE


def test_the_same_news_makes_the_same_bytes() -> None:
    assert podcast() == podcast()


@pytest.mark.parametrize(
    ("address", "guid"),
    [
        ("https://mp3s.nashownotes.com/pc20rss.xml", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
        ("https://podnews.net/rss/", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
    ],
)
def test_a_podcasts_uuid_is_made_as_in_the_examples_of_the_specification(
    address: str, guid: str
) -> None:
    assert podcast_guid(address) == guid


def test_each_locale_has_its_own_address() -> None:
    locales = city().locales
    assert voice_address(locales["ja-easy"]) == "/ja-easy/feeds/voice.rss"
