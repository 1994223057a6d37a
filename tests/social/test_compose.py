"""What a notice says on each network: derived or its own, within the limit, readable by everybody."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import notice

from machikado.social.compose import (
    Notice,
    byte_offsets,
    correction_on,
    notice_of,
    one_line,
    post_on,
    spans,
    tags_of,
    withdrawal_on,
)
from machikado.social.measure import (
    bytes_of,
    emoji_in,
    graphemes,
    mastodon_length,
    utf16_units,
    x_length,
)
from machikado.social.network import NETWORKS
from small_city import news, page_of, site_of

SITE = "https://city.example/base/"
FAMILY = "👨‍👩‍👧‍👦"
LONG_LABEL = "somesuperlongurl" * 750

# Facts of twitter-text's conformance/validate.yml, WeightedTweetsWithDiscountedEmojiCounterTest and
# UnicodeDirectionalMarkerCounterTest, written anew: a text, and what it weighs under version 3.
# The whole file (24 of 24) was compared when these were taken.
WEIGHTS = [
    ("Hi http://test.co", 26),
    ("http://test.co", 23),
    ("285 chars-" + "xxxxxxxxxx-" * 25, 285),
    ("285 chars- http://www.twitter.com/jack " + "xxxxxxxxxx-" * 24, 299),
    ("xxxxxxxxxx-" * 24 + " http://www.twitter.com/jack ", 289),
    ("https://www.twitter.com/aloha " * 10, 240),
    ("故人西辞黄" * 32, 320),
    ("😷" * 160, 320),
    ("the" + "故人西辞黄" * 32, 323),
    ("A\u0301B", 2),
    ("A\ufb2c", 4),
    (f"H🐱☺{FAMILY}", 7),
    ("😷👾😡🔥💩", 10),
    ("🙋🏽👨‍🎤", 4),
    ("ABC\u202a\uffffABC\ufffe", 12),
    ("\u2066\u202ahttp://foobar.پاکستان/\u202c\u2069", 31),
    (f"https://{LONG_LABEL}.com/foo https://validurl.com", 8 + 16 * 750 + 8 + 1 + 23),
]


@pytest.mark.parametrize(("text", "weight"), WEIGHTS, ids=range(len(WEIGHTS)))
def test_x_weighs_a_text_as_twitter_text_does(text: str, weight: int) -> None:
    assert x_length(text) == weight


def test_each_network_counts_in_its_own_way() -> None:
    text = f"雪{FAMILY}🍎 https://city.example.com/a/long/path/to/a/page/"
    assert graphemes(text) == 4 + 47
    assert bytes_of(text) == 3 + 25 + 4 + 1 + 47
    assert mastodon_length(text) == 4 + 23
    assert utf16_units(text) == 1 + 11 + 2 + 1 + 47
    assert x_length(text) == 2 + 2 + 2 + 1 + 23


def test_emoji_are_counted_as_they_are_read_out() -> None:
    assert [emoji_in(text) for text in (FAMILY, "🇯🇵☃️", "1、2#©", "雪⛄❄️", "")] == [1, 2, 0, 2, 0]


def written(title: str = "大雪のお知らせ", body: str = "本文です。", **keys: str) -> Notice:
    page = page_of(
        site_of({"ja/news/snow.md": news(1001001, title, "2026-11-20", body, **keys)}),
        "ja/news/snow.md",
    )
    found = notice_of(page, SITE)
    assert found is not None
    return found


def text_on(network: str, told: Notice, *tags: str) -> str:
    return post_on(NETWORKS[network], told, tags).text


def test_a_post_is_title_first_sentence_link_and_hashtags() -> None:
    told = written(summary="収集の時刻が変わります。くわしくはページをご覧ください。")
    for network in NETWORKS:
        assert text_on(network, told, "盛岡市", "morioka city").split("\n") == [
            "大雪のお知らせ",
            "収集の時刻が変わります。",
            "https://city.example/base/news/snow/",
            "#盛岡市 #MoriokaCity",
        ]


def test_without_a_summary_the_first_sentence_is_that_of_the_text() -> None:
    body = "## 見出し\n\n![図](a.png)\n\n**明日**から[変わります](a.md)。つづき。"
    assert written(body=body).sentence == "明日から変わります。"


def test_hashtags_go_first_then_the_sentence_and_the_title_never() -> None:
    long = written("題" * 97, summary=f"{'要' * 20}。")
    long_tag = "盛岡市からのお知らせ"
    assert text_on("x", long, long_tag).split("\n")[1:] == [f"{'要' * 20}。", long.address]
    longer = written("題" * 110, summary=f"{'要' * 60}。")
    assert text_on("x", longer).split("\n") == ["題" * 110, longer.address]
    endless = post_on(NETWORKS["x"], written("題" * 10_000))
    assert not endless.fits
    assert endless.text.startswith("題" * 10_000)


def test_words_of_its_own_are_kept_with_links_as_on_the_page() -> None:
    social = '{ x: "くわしくは[計画](../plan/index.md#top)へ", bluesky: "{link} です", line: false, hashtags: [雪] }'
    told = written(social=social)
    assert (
        text_on("x", told)
        == f"くわしくは計画 https://city.example/base/plan/#topへ\n{told.address}\n#雪"
    )
    assert text_on("bluesky", told) == f"{told.address} です\n#雪"
    assert told.social.off == {"line"}


@pytest.mark.parametrize("title", ["題\u202e名\u0007", "題名\ufeff", "題\u2066名\u2069"])
def test_controls_and_turned_directions_are_not_passed_on(title: str) -> None:
    assert text_on("x", notice_with(title=title)).split("\n")[0] == "題名"


def notice_with(title: str, sentence: str = "要約です。") -> Notice:
    return replace(notice(1), title=one_line(title), sentence=sentence)


def test_html_and_right_to_left_words_are_text() -> None:
    told = notice_with(title="<b>מזג אוויר</b> & שלג", sentence="")
    assert text_on("mastodon", told).startswith("<b>מזג אוויר</b> & שלג\n")


def test_links_and_hashtags_are_known_by_their_bytes() -> None:
    text = "雪👨‍👩‍👧‍👦です https://city.example/a/ #盛岡市 #1 a#b"
    found = [(span.url or span.tag, byte_offsets(text, span)) for span in spans(text)]
    assert found == [
        ("https://city.example/a/", (35, 58)),
        ("盛岡市", (59, 69)),
        ("1", (70, 72)),
    ]
    data = text.encode()
    assert [data[start:end].decode() for _, (start, end) in found] == [
        "https://city.example/a/",
        "#盛岡市",
        "#1",
    ]


def test_hashtags_of_several_words_are_in_camel_case() -> None:
    assert tags_of(["morioka city", "#雪", "雪", "Open-Data", "iOS"]) == (
        "#MoriokaCity",
        "#雪",
        "#OpenData",
        "#iOS",
    )


def test_a_picture_is_the_one_named_or_the_first_that_tells_something() -> None:
    body = "![](deco.png){.decorative}\n\n![駅の地図](img/map.png)"
    found = written(body=body)
    assert (found.image, found.alt) == ("news/img/map.png", "駅の地図")
    named = written(body=body, social="{ image: ../snow.jpg, alt: 除雪車 }")
    assert (named.image, named.alt) == ("snow.jpg", "除雪車")
    assert post_on(NETWORKS["x"], named).image == "snow.jpg"
    assert post_on(NETWORKS["line"], named).image is None


def test_corrections_and_withdrawals_say_what_they_are() -> None:
    told = written(summary="要約です。")
    assert correction_on(NETWORKS["x"], told).text.startswith("【訂正】大雪のお知らせ\n")
    own = written(social="{ correction: 時刻は10時です。 }")
    assert correction_on(NETWORKS["x"], own).text == f"【訂正】時刻は10時です。\n{own.address}"
    assert withdrawal_on(NETWORKS["x"], "大雪", "ja").text == "【取り消し】大雪"
    assert withdrawal_on(NETWORKS["x"], "Snow", "en").text == "Withdrawn: Snow"
    assert withdrawal_on(NETWORKS["x"], "雪", "zh-Hant").text == "【撤回】雪"


def test_what_is_said_only_of_the_posts_changes_the_digest() -> None:
    plain, said = written(), written(social="{ x: 別の文 }")
    corrected = written(social="{ correction: 別の文 }")
    assert plain.digest == corrected.digest != said.digest
