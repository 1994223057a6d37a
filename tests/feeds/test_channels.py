"""Which entries each channel holds, its pictures, its posts, and the list of all channels."""

from __future__ import annotations

import json
from pathlib import Path

import feedparser
import pytest
from feed_city import SITE_URL, home, news, news_feed, newsroom, site_of
from lxml import etree
from PIL import Image

from machikado.assets import published_assets
from machikado.content.front_matter import parse_time
from machikado.content.site import Site
from machikado.feeds.channels import feed_files, feed_files_of
from machikado.feeds.feed import MOST_ENTRIES, Feed, Picture, feed_of, notices_of, social_feeds
from machikado.feeds.writing import write_atom, write_json_feed, write_rss
from machikado.social.network import NETWORKS

A = "{http://www.w3.org/2005/Atom}"
MEDIA = "{http://search.yahoo.com/mrss/}"
HUB = "https://hub.example/"
MAP = '"2026 map.png"'


def titles(site: Site, channel: str, locale: str = "ja") -> list[str]:
    return [entry.title for entry in news_feed(site, locale, channel=channel).entries]


def city() -> Site:
    return site_of(
        {
            "ja/index.md": home("街角"),
            "ja/news/a.md": news(1, title="雨", category="flood", department="kiki"),
            "ja/news/b.md": news(2, title="税"),
            "ja/news/c.md": news(3, title="揺れ", category="quake", department="kiki"),
            "ja/news/d.md": news(4, title="祭り", type="event"),
            "en/news/a.md": news(1, "en", "Rain", category="", department="", publish_at=""),
        }
    )


@pytest.mark.parametrize(
    ("channel", "expected"),
    [
        ("news", ["揺れ", "税", "雨"]),
        ("disaster", ["揺れ", "雨"]),
        ("events", ["祭り"]),
        ("category/flood", ["雨"]),
        ("category/site", ["税"]),
        ("department/kiki", ["揺れ", "雨"]),
        ("department/joho", ["税"]),
    ],
)
def test_a_channel_holds_its_own_entries_the_newest_first(
    channel: str, expected: list[str]
) -> None:
    assert titles(city(), channel) == expected


def test_a_translation_is_in_the_channels_of_its_source_page() -> None:
    assert titles(city(), "disaster", "en") == titles(city(), "department/kiki", "en") == ["Rain"]


def test_a_channel_whose_last_notice_has_ended_keeps_its_feed() -> None:
    site = site_of({"ja/news/a.md": news(1, category="flood", expires_at="2026-04-03")})
    files = dict(feed_files(newsroom(site.at(parse_time("2026-04-05")))))
    assert feedparser.parse(files["feeds/category/flood.atom"]).entries == []
    assert json.loads(files["feeds/category/flood.json"])["items"] == []


def test_a_channel_keeps_the_newest_entries_alone_whatever_its_kind() -> None:
    days = [f"2026-{n // 28 + 1:02}-{n % 28 + 1:02}" for n in range(MOST_ENTRIES + 2)]
    sources = {
        f"ja/news/{n}.md": news(
            n, title=f"{n}", publish_at=day, category="flood" if n % 2 else "quake"
        )
        for n, day in enumerate(days)
    }
    newest = [str(n) for n in range(MOST_ENTRIES + 1, 1, -1)]
    site = site_of(sources)
    for channel in ("news", "disaster", "department/joho"):
        assert titles(site, channel) == newest


def test_channels_are_called_by_what_they_are_about() -> None:
    site = city()
    found = {c: news_feed(site, channel=c).title for c in newsroom(site).channels()}
    assert found["news"] == "街角のお知らせ"
    assert found["disaster"] == "Emergency news of 街角"
    assert found["events"] == "Events of 街角"
    assert found["category/flood"] == "News of 街角: 大雨"
    assert found["department/kiki"] == "News of 街角: 危機管理課"


def test_an_id_that_is_no_file_name_becomes_one() -> None:
    site = city()
    site.categories["a/../b"] = site.categories["flood"]  # type: ignore[index]
    names = [name for name, _ in feed_files(newsroom(site)) if "a-" in name]
    assert names[0] == "feeds/category/a-..-b.atom"


# Hub, rights, OPML --------------------------------------------------------------------------


def test_every_format_names_the_hub_and_none_does_without_one() -> None:
    site = city()
    told = feed_of(newsroom(site, hub=HUB), site.locales["ja"])
    atom, rss = etree.fromstring(write_atom(told)), etree.fromstring(write_rss(told))
    assert [link.get("href") for link in atom.findall(f"{A}link[@rel='hub']")] == [HUB]
    assert [link.get("href") for link in rss.findall(f"channel/{A}link[@rel='hub']")] == [HUB]
    assert json.loads(write_json_feed(told))["hubs"] == [{"type": "WebSub", "url": HUB}]
    silent = news_feed(site)
    assert b"hub" not in write_atom(silent) + write_rss(silent) + write_json_feed(silent)


def test_the_list_of_all_feeds_names_every_channel_once() -> None:
    site = city()
    files = dict(feed_files_of(newsroom(site), site.locales["ja"], "news"))
    root = etree.fromstring(files["feeds/feeds.opml"])
    assert root.get("version") == "2.0"
    assert root.findtext("head/title") == "街角"
    assert root.findtext("head/dateModified") == "Fri, 03 Apr 2026 09:00:00 +0900"
    rows = [(o.get("type"), o.get("text"), o.get("xmlUrl")) for o in root.iter("outline")]
    assert rows[1] == ("rss", "Emergency news of 街角", f"{SITE_URL}feeds/disaster.atom")
    assert len(rows) == len(newsroom(site).channels()) == 8


# Pictures -----------------------------------------------------------------------------------


def pictured(
    tmp_path: Path, body: str = "![駅前の地図](map.png)", extra: bytes = b"", **keys: str
) -> Feed:
    """The feed of one notice with a picture of 40 × 30 px, to which `extra` bytes are added."""
    file = tmp_path / "ja/news/map.png"
    file.parent.mkdir(parents=True)
    Image.new("1", (40, 30)).save(file)
    file.write_bytes(file.read_bytes() + extra)
    (tmp_path / "ja/news/broken.png").write_bytes(b"\x89PNG\r\n")
    site = site_of({"ja/news/a.md": news(1, **keys) + body})
    room = newsroom(site, assets=published_assets(tmp_path, site.locales))
    return feed_of(room, site.locales["ja"])


def test_the_first_picture_is_enclosed_with_its_true_length_type_and_words(tmp_path: Path) -> None:
    feed = pictured(tmp_path)
    length = (tmp_path / "ja/news/map.png").stat().st_size
    url = "https://city.example/base/news/map.png"
    assert feed.entries[0].picture == Picture(url, length, "image/png", (40, 30), "駅前の地図")
    atom = etree.fromstring(write_atom(feed)).find(f"{A}entry")
    rss = etree.fromstring(write_rss(feed)).find("channel/item")
    link = {"rel": "enclosure", "href": url, "type": "image/png", "length": str(length)}
    assert [dict(e.attrib) for e in atom.findall(f"{A}link[@rel='enclosure']")] == [link]
    assert [e.get("rel") for e in atom.findall(f"{A}link")] == ["alternate", "enclosure"]
    assert dict(rss.find("enclosure").attrib) == {
        "url": url,
        "type": "image/png",
        "length": str(length),
    }
    for entry in (atom, rss):
        content = entry.find(f"{MEDIA}content")
        assert dict(content.attrib) == {
            "url": url,
            "fileSize": str(length),
            "type": "image/png",
            "medium": "image",
            "width": "40",
            "height": "30",
        }
        assert content.findtext(f"{MEDIA}description") == "駅前の地図"
        assert content.find(f"{MEDIA}description").get("type") == "plain"
    item = json.loads(write_json_feed(feed))["items"][0]
    assert item["image"] == url
    assert item["attachments"] == [
        {"url": url, "mime_type": "image/png", "title": "駅前の地図", "size_in_bytes": length}
    ]


def test_the_picture_named_for_posts_is_the_feeds_too(tmp_path: Path) -> None:
    feed = pictured(tmp_path, body="本文", social="{ image: map.png, alt: 別の説明 }")
    picture = feed.entries[0].picture
    assert picture is not None
    assert (picture.url[-7:], picture.alt) == ("map.png", "別の説明")


def test_a_picture_of_20_megabytes_has_its_true_length(tmp_path: Path) -> None:
    feed = pictured(tmp_path, extra=bytes(20_000_000))
    picture = feed.entries[0].picture
    assert picture is not None
    assert picture.length > 20_000_000


@pytest.mark.parametrize("name", ["missing.png", "broken.png"])
def test_a_picture_that_is_not_there_or_broken_is_left_out(tmp_path: Path, name: str) -> None:
    feed = pictured(tmp_path, body=f"![地図の絵]({name})")
    assert feed.entries[0].picture is None
    assert b"enclosure" not in write_atom(feed) + write_rss(feed)


# Posts --------------------------------------------------------------------------------------


def posts(site: Site, channel: str = "news") -> dict[str, Feed]:
    room, locale = newsroom(site), site.locales["ja"]
    feed = feed_of(room, locale, channel)
    found = social_feeds(room, feed, notices_of(room, locale, channel))
    return {network.id: feed for network, feed in found}


def test_a_post_in_a_feed_says_what_would_be_posted_and_fits() -> None:
    long = "いつもの窓口はお休みです。" * 30
    for name, feed in posts(site_of({"ja/news/a.md": news(1, title="休み", summary=long)})).items():
        text = feed.entries[0].summary
        assert text.startswith("休み\n")
        assert text.endswith("https://city.example/base/news/a/")
        assert all(limit.measure(text) <= limit.most for limit in NETWORKS[name].limits)


def test_a_post_has_the_words_written_for_its_network() -> None:
    site = site_of({"ja/news/a.md": news(1, social="{ x: 短い言葉 {link} }".replace("短い言葉 {link}", '"短い言葉 {link}"'))})  # fmt: skip
    found = posts(site)
    link = "https://city.example/base/news/a/"
    assert found["x"].entries[0].summary == f"短い言葉 {link}"
    assert found["x"].entries[0].content == f'短い言葉 <a href="{link}">{link}</a>'
    assert found["line"].entries[0].summary == f"お知らせ\n要約1\n{link}"
    assert found["line"].entries[0].content == f'お知らせ<br>要約1<br><a href="{link}">{link}</a>'


def test_a_notice_is_in_no_feed_of_a_network_it_is_not_posted_to() -> None:
    sources = {
        "ja/news/a.md": news(1, social="false"),
        "ja/news/b.md": news(2, social="{ x: false }"),
        "ja/news/c.md": news(3, title="長" * 300),
        "ja/news/d.md": news(4, social="{ withdrawn: true }"),
    }
    found = {
        name: [entry.id[-1] for entry in feed.entries]
        for name, feed in posts(site_of(sources)).items()
    }
    assert found == {"bluesky": ["2"], "mastodon": ["3", "2"], "line": ["3", "2"], "x": []}


def test_a_feed_of_posts_is_rss_with_the_same_ids_and_its_own_address() -> None:
    site = city()
    files = dict(feed_files_of(newsroom(site, hub=HUB), site.locales["ja"], "disaster"))
    parsed = feedparser.parse(files["feeds/social/x/disaster.rss"])
    assert parsed.bozo is False
    assert parsed.feed.title == "Emergency news of 街角 (X)"
    links = {link.rel: link.href for link in parsed.feed.links}
    assert links["self"] == "https://city.example/base/feeds/social/x/disaster.rss"
    # The hub is told of no feed of posts: those who post from it look by themselves.
    assert "hub" not in links
    assert [e.id for e in parsed.entries] == [
        e.id for e in news_feed(site, channel="disaster").entries
    ]
