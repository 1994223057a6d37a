"""Furigana in HTML: where it stands, where it must not, and that nothing else changes."""

from __future__ import annotations

import re

import pytest

from machikado.article.overrides import without_overrides
from machikado.readings.furigana import written_furigana
from machikado.readings.grades import ALL, BEYOND, NAMES, above_grade, grade, kanji_by_grade
from machikado.readings.lexicon import Entry, EntryKind, Lexicon, read_lexicon
from machikado.readings.reader import Given, Reader
from machikado.readings.ruby import faulty_overrides, sentences, with_ruby
from machikado.vocabulary import Location


def _short(html: str) -> str:
    """`<ruby data-grade="3">駅<rt aria-hidden="true">えき</rt></ruby>` as 駅(えき)."""
    return re.sub(
        r'<ruby data-grade="\d"(?: data-name)?>(.*?)<rt aria-hidden="true">(.*?)</rt></ruby>',
        r"\1(\2)",
        html,
    )


def _bare(html: str) -> str:
    return re.sub(
        r'<ruby data-grade="\d"(?: data-name)?>(.*?)<rt aria-hidden="true">.*?</rt></ruby>',
        r"\1",
        html,
    )


def test_the_markup_tells_the_grade_and_is_silent_to_screen_readers(reader: Reader) -> None:
    assert with_ruby("<p>駅へ</p>", reader) == (
        '<p><ruby data-grade="3">駅<rt aria-hidden="true">えき</rt></ruby>へ</p>'
    )


def test_a_hard_proper_name_is_marked(reader: Reader) -> None:
    assert with_ruby("玉山", reader) == (
        '<ruby data-grade="1" data-name>玉山<rt aria-hidden="true">たまやま</rt></ruby>'
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            '<h2 id="漢字">市の<em>取り扱い</em>窓口</h2>',
            '<h2 id="漢字">市(し)の<em>取(と)り扱(あつか)い</em>窓口(まどぐち)</h2>',
        ),
        (
            '<a href="/漢字/?a=1&amp;b=2" title="市役所">市役所</a>',
            '<a href="/漢字/?a=1&amp;b=2" title="市役所">市役所(しやくしょ)</a>',
        ),
        ("<p>食<b>べ</b>る、行<i>っ</i>た</p>", "<p>食(た)<b>べ</b>る、行(い)<i>っ</i>た</p>"),
        ("盛<b>岡</b>市", "盛(もり)<b>岡(おか)</b>市(し)"),
        ("<code>漢字</code><pre>漢字</pre>", "<code>漢字</code><pre>漢字</pre>"),
        ("<ruby>漢字<rt>かんじ</rt></ruby>", "<ruby>漢字<rt>かんじ</rt></ruby>"),
        (
            '<span lang="zh-Hans">汉字 中国</span><p lang="en">Tokyo 東京 <i lang="ja">駅</i></p>',
            '<span lang="zh-Hans">汉字 中国</span>'
            '<p lang="en">Tokyo 東京 <i lang="ja">駅(えき)</i></p>',
        ),
        ("市民&amp;駅&#x5e02;&nbsp;町", "市民(しみん)&amp;駅(えき)&#x5e02;(し)&nbsp;町(まち)"),
        ("<!-- 漢字 --><svg><text>漢字</text></svg>", "<!-- 漢字 --><svg><text>漢字</text></svg>"),
        ('<img alt="漢字" src="漢字.png">駅', '<img alt="漢字" src="漢字.png">駅(えき)'),
        ('<td title="a > 漢字">駅</td>', '<td title="a > 漢字">駅(えき)</td>'),
        ("会議を<strong>行</strong>った", "会議(かいぎ)を<strong>行(おこな)</strong>った"),
        ("会議を<br>行った", "会議(かいぎ)を<br>行(い)った"),
        ("Hello, world 123", "Hello, world 123"),
        ("", ""),
    ],
)
def test_furigana_stands_over_japanese_text_alone(
    html: str, expected: str, bare_reader: Reader
) -> None:
    assert _short(with_ruby(html, bare_reader)) == expected


def test_a_page_in_another_language_gets_none(reader: Reader) -> None:
    assert with_ruby("<p>東京</p>", reader, lang="zh-Hant") == "<p>東京</p>"
    assert _short(with_ruby("<p>駅</p>", reader, lang="ja-simple")) == "<p>駅(えき)</p>"


def test_levels_choose_the_words(reader: Reader) -> None:
    html = "<p>私は駅で玉山の人を待つ</p>"
    assert _short(with_ruby(html, reader, ALL)) == (
        "<p>私(わたし)は駅(えき)で玉山(たまやま)の人(ひと)を待(ま)つ</p>"
    )
    assert _short(with_ruby(html, reader, above_grade(3))) == (
        "<p>私(わたし)は駅で玉山の人を待つ</p>"
    )
    assert _short(with_ruby(html, reader, NAMES)) == "<p>私は駅で玉山(たまやま)の人を待つ</p>"


def test_grades_are_those_of_the_official_table() -> None:
    counts = {year: len(kanji) for year, kanji in kanji_by_grade().items()}
    assert counts == {1: 80, 2: 160, 3: 200, 4: 202, 5: 193, 6: 191}
    assert len(set("".join(kanji_by_grade().values()))) == 1026
    assert [grade(word) for word in ("一", "人々", "駅", "岡", "私", "鬱", "市役所")] == [
        1, 1, 3, 4, 6, BEYOND, 3,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{生姜町|しょうがちょう}へ", "生姜町(しょうがちょう)へ"),
        ("{上田｜かみだ}と上田", "上田(かみだ)と上田(うえだ)"),
        ("{取り扱い|とりあつかい}", "取(と)り扱(あつか)い"),
        ("{葛󠄀城|かつらぎ}へ", "葛󠄀城(かつらぎ)へ"),
        ("{駅|}へ", "駅(えき)へ"),
        ("{駅|エキ}へ", "駅(えき)へ"),
        ("{|えき}駅", "{|えき}駅(えき)"),
        ("{|}駅", "{|}駅(えき)"),
        ("{a|b}駅", "{a|b}駅(えき)"),
        ("<code>{駅|えき}</code>", "<code>{駅|えき}</code>"),
        ("{駅|<b>えき</b>}", "駅(えき)<b></b>"),
    ],
)
def test_an_override_is_followed_and_a_senseless_one_breaks_nothing(
    written: str, expected: str, bare_reader: Reader
) -> None:
    assert _short(with_ruby(written, bare_reader)) == expected


def test_an_override_is_its_word_alone_for_feeds_and_search() -> None:
    assert without_overrides("{生姜町|しょうがちょう}の{|かい}{a|b}") == "生姜町の{|かい}{a|b}"


def test_senseless_overrides_are_told_with_file_and_line() -> None:
    markdown = (
        "# 題\n{|かんじ}\n`{漢|カ}` {漢字|かんじ}\n{漢|カ} {かな|かな} {a|b}\n\n{扱い|あつかえ}\n"
    )
    findings = faulty_overrides(markdown, "docs/ja/a.md", first_line=9)
    assert [(f.source, f.message.ja) for f in findings] == [
        (Location("docs/ja/a.md", 10), "読みの指定「{|かんじ}」に言葉がありません。"),
        (Location("docs/ja/a.md", 12), "読みの指定「{漢|カ}」の読みがひらがなではありません。"),
        (Location("docs/ja/a.md", 12), "読みの指定「{かな|かな}」の言葉に漢字がありません。"),
        (
            Location("docs/ja/a.md", 14),
            "読みの指定「{扱い|あつかえ}」の読みが言葉のかなと合いません。",
        ),
    ]
    assert {f.help.ja for f in findings} == {
        "「{漢字|かんじ}」のように、漢字を含む言葉、縦線、ひらがなの読みの順に書いてください。"
    }


def test_sentences_go_on_across_inline_elements_and_end_with_blocks() -> None:
    html = "<p>市の<b>駅</b>へ。{玉|たま}を<code>x</code>見る</p><p>かな</p><li>町</li>"
    assert list(sentences(html)) == [
        ("市の駅へ。", ()),
        ("玉を\ufffc見る", (Given(0, 1, "たま"),)),
        ("町", ()),
    ]


@pytest.mark.parametrize(
    "html",
    [
        "<p>😀🎌👨‍👩‍👧‍👦" * 50 + "</p>",
        "<p>\ue000\uf8ff漢字\ue123</p>",
        "<p>ｶﾝｼﾞ ﾊﾟﾋﾟﾌﾟ 漢字ｶﾞ</p>",
        "<p>漢字 한국어 العربية ไทย Ελληνικά 漢字</p>",
        "<p>開いたまま<b>駅<table><td>町",
        "</p></b>駅</div>",
        "<p>a < b 駅 & 町 > c</p>",
        "<P LANG=ja>駅<BR/>町</P>",
        "\n\n  \t",
    ],
)
def test_an_odd_page_comes_back_whole(html: str, reader: Reader) -> None:
    assert _bare(with_ruby(html, reader)) == html


def test_a_form_chosen_for_a_kanji_stays_with_it_under_one_reading() -> None:
    lexicon, findings = read_lexicon("surface,reading,kind\n葛󠄀城市,かつらぎし,place\n".encode())
    assert findings == ()
    written = written_furigana(lexicon)
    for form in ("葛城市", "葛󠄀城市"):
        assert f">{form}<rt" in written.on_html(f"<p>{form}の計画</p>", "ja")
    assert faulty_overrides("{葛󠄀城|かつらぎ}", "docs/ja/a.md") == ()


def test_a_hundred_thousand_characters_come_back_whole(reader: Reader) -> None:
    html = "<p>" + "市役所の窓口で、手続きを行います。" * 6000 + "漢" * 3000 + "</p>"
    assert _bare(with_ruby(html, reader)) == html


def test_without_dictionaries_only_what_an_editor_wrote_is_annotated() -> None:
    lexicon = Lexicon((Entry("盛岡市", "もりおかし", EntryKind.PLACE),))
    written = written_furigana(lexicon)
    assert written.on_html("<p>市の計画です。</p>", "ja") == "<p>市の計画です。</p>"
    assert "もりおかし" in written.on_html("<p>盛岡市の計画です。</p>", "ja-simple")
    assert "なまもの" in written.on_html("<p>{生物|なまもの}の計画です。</p>", "ja")
    assert written.on_html("<p>盛岡市</p>", "zh-Hans") == "<p>盛岡市</p>"
