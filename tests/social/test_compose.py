"""What a notice says on each network: derived or its own, within the limit, readable by everybody."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

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
from machikado.social.network import NETWORKS, Network
from small_city import news, page_of, site_of

SITE = "https://city.example/base/"
FAMILY = "👨‍👩‍👧‍👦"
VECTORS = json.loads(Path(__file__).with_name("twitter-text-lengths.json").read_text("utf-8"))[
    "vectors"
]
"""Read from twitter-text's conformance/validate.yml; the file says from which state, and the licence."""
EMOJI_BY_CODE_POINT = {
    "Count a mix of single byte single word, and double word unicode characters",
    "Count unicode emoji chars outside the basic multilingual plane with skin tone modifiers",
}
"""What version 2 of the configuration counts otherwise: each code point of an emoji by itself."""


@pytest.mark.parametrize(
    "vector", VECTORS, ids=lambda one: f"{one['section']}-{one['description']}"
)
def test_x_weighs_a_text_as_twitter_text_does(vector: dict[str, Any]) -> None:
    weight = x_length(vector["text"])
    if (
        vector["section"] == "WeightedTweetsCounterTest"
        and vector["description"] in EMOJI_BY_CODE_POINT
    ):
        # X counts by version 3, and its own vector of this text is in the section of version 3.
        assert weight < vector["weightedLength"]
        return
    assert weight == vector["weightedLength"]
    # Also not valid are characters that no post of ours holds: `one_line` takes them out.
    assert (weight <= 280 and not {"\ufffe", "\uffff"} & set(vector["text"])) is vector["valid"]


def test_all_published_lengths_of_x_are_tested() -> None:
    assert Counter(vector["section"] for vector in VECTORS) == {
        "WeightedTweetsCounterTest": 20,
        "WeightedTweetsWithDiscountedEmojiCounterTest": 22,
        "UnicodeDirectionalMarkerCounterTest": 2,
    }


def test_each_network_counts_in_its_own_way() -> None:
    text = f"雪{FAMILY}🍎 https://city.example.com/a/long/path/to/a/page/"
    assert graphemes(text) == 4 + 47
    assert bytes_of(text) == 3 + 25 + 4 + 1 + 47
    assert mastodon_length(text) == 4 + 23
    assert utf16_units(text) == 1 + 11 + 2 + 1 + 47
    assert x_length(text) == 2 + 2 + 2 + 1 + 23


@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)
def test_a_quick_look_never_takes_what_is_too_long_for_short(network: Network) -> None:
    pieces = ["雪", "a", "©", "1\u20e3", FAMILY, "🇯🇵", "\u0301", "\ufb2c", " http://t.co ", "t.co ", "é", "가", "\U0001d15e"]  # fmt: skip
    chance = random.Random(6)  # noqa: S311
    for _ in range(300):
        text = "".join(chance.choices(pieces, k=chance.randrange(30)))
        for limit in network.limits:
            assert limit.bound(text) >= limit.measure(text), text


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
