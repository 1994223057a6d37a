"""What is said of a page, in reading order, and where each sentence stands."""

from __future__ import annotations

import pytest

from machikado.audio.script import Sentence, digest_of, script
from machikado.readings.reader import Given


def said(article: str, title: str = "", summary: str = "") -> list[str]:
    return [sentence.said for sentence in script(title, summary, article, "画像: {words}")]


def places(article: str) -> list[tuple[str, str]]:
    return [(one.place, one.shown) for one in script("題名", "要約。", article)]


def test_title_summary_headings_paragraphs_and_items_are_said_in_reading_order() -> None:
    article = (
        '<h2 id="a">見出し</h2><p>一つ目の文です。二つ目は<b>太い</b>文です。</p>'
        "<ul><li>りんご</li><li>みかん<ul><li>小さいみかん</li></ul></li></ul><p>終わり</p>"
    )
    assert places(article) == [
        ("h1", "題名"),
        ("summary", "要約。"),
        ("h2:1", "見出し"),
        ("p:1", "一つ目の文です。"),
        ("p:1", "二つ目は太い文です。"),
        ("li:1", "りんご"),
        ("li:2", "みかん"),
        ("li:3", "小さいみかん"),
        ("p:2", "終わり"),
    ]


def test_a_heading_is_followed_by_a_longer_pause_than_a_paragraph_and_that_than_a_sentence() -> (
    None
):
    sentences = script("", "", "<h2>見出し</h2><p>一。二。</p>")
    assert [sentence.pause for sentence in sentences] == [0.6, 0.1, 0.4]


def test_a_table_is_said_row_by_row_with_the_headings_of_its_columns() -> None:
    table = (
        "<table><caption>収集日</caption><thead><tr><th>ごみ</th><th>曜日</th><th>時刻</th></tr></thead>"
        '<tbody><tr><th scope="row">燃える</th><td>月曜</td><td>朝</td></tr>'
        '<tr><th scope="row">紙</th><td colspan="2">なし</td></tr></tbody></table>'
    )
    assert said(table) == ["収集日", "燃える、曜日、月曜、時刻、朝。", "紙、曜日、なし。"]
    assert [one.place for one in script("", "", table)] == ["caption:1", "tr:2", "tr:3"]


def test_a_row_that_ends_in_a_full_stop_gets_no_second_one() -> None:
    assert said("<table><tbody><tr><td>開く。</td></tr></tbody></table>") == ["開く。"]


def test_a_cell_that_reaches_down_keeps_the_columns_of_the_rows_below() -> None:
    table = (
        "<table><thead><tr><th>区</th><th>月</th><th>日</th></tr></thead><tbody>"
        '<tr><td rowspan="2">北</td><td>五月</td><td>一日</td></tr><tr><td>六月</td><td>二日</td></tr>'
        "</tbody></table>"
    )
    assert said(table) == ["区、北、月、五月、日、一日。", "月、六月、日、二日。"]


def test_items_of_a_numbered_list_are_said_with_their_numbers() -> None:
    assert said('<ol start="3"><li>開ける</li><li value="7">閉める</li></ol>') == [
        "3、開ける",
        "7、閉める",
    ]


def test_an_image_is_said_by_its_alternative_and_decoration_is_not() -> None:
    assert said('<p>前<img src="a.png" alt="市役所の建物">後</p><img src="b.png" alt="">') == [
        "前",
        "画像: 市役所の建物",
        "後",
    ]


def test_a_chart_is_said_by_its_title() -> None:
    chart = '<figure><svg role="img"><title>結果の図</title><text>39</text></svg></figure>'
    assert said(chart) == ["画像: 結果の図"]


def test_an_abbreviation_is_said_in_japanese_words_and_else_letter_by_letter() -> None:
    article = (
        '<p><abbr title="情報通信技術">ICT</abbr>と<abbr title="World Wide Web">WWW</abbr></p>'
    )
    assert said(article) == ["情報通信技術とWWW"]
    assert script("", "", article)[0].shown == "ICTとWWW"


def test_code_navigation_hidden_and_generated_parts_are_not_said() -> None:
    article = (
        "<pre><code>rm -rf</code></pre><nav><a>目次</a></nav><p>本文"
        '<sup><a class="footnote-ref" href="#fn:1">1</a></sup><span data-generated="">（英語）</span></p>'
        '<div data-generated=""><p>一覧</p></div><p aria-hidden="true">飾り</p><p>後</p>'
    )
    assert places(article)[2:] == [("p:1", "本文"), ("p:3", "後")]


def test_a_paragraph_in_another_language_is_not_for_this_voice_but_a_word_is() -> None:
    assert said('<p lang="en">Hello.</p><p>駅の<span lang="en">PR</span>です</p>') == ["駅のPRです"]


def test_furigana_is_not_said_twice_but_tells_the_reading() -> None:
    (sentence,) = script(
        "", "", "<p>市の<ruby>内丸<rt aria-hidden='true'>うちまる</rt></ruby>です</p>"
    )
    assert sentence == Sentence(
        "市の内丸です", "市の内丸です", (Given(2, 4, "うちまる"),), "p:1", 0.4
    )


def test_a_reading_written_in_the_text_is_kept_and_its_signs_are_not_said() -> None:
    (sentence,) = script("", "", "<p>{内丸|うちまる}の{方|カタ}</p>")
    assert (sentence.said, sentence.given) == ("内丸の方", (Given(0, 2, "うちまる"),))


def test_the_digest_is_of_the_words_alone_whoever_has_put_furigana_on_them() -> None:
    plain = script("題", "", "<p>内丸です</p>")
    ruby = script("題", "", "<p><ruby>内丸<rt>うちまる</rt></ruby>です</p>")
    override = script("題", "", "<p>{内丸|ないまる}です</p>")
    assert digest_of(plain) == digest_of(ruby) == digest_of(override)
    assert digest_of(plain) != digest_of(script("題", "", "<p>内丸でした</p>"))
    assert digest_of(plain) != digest_of(script("題", "", "<ul><li>内丸です</li></ul>"))


def test_the_digest_of_a_long_sentence_is_the_same_with_furigana_and_without() -> None:
    for comma in ("、", ""):
        plain = f"<p>{f'漢字とかな{comma}' * 200}</p>"
        ruby = plain.replace("漢字", "<ruby>漢字<rt>かんじ</rt></ruby>")
        assert digest_of(script("", "", plain)) == digest_of(script("", "", ruby))


def test_signs_are_said_in_words_and_readings_stay_with_their_words() -> None:
    (sentence,) = script(
        "", "", "<p>※9時〜17時、https://city.example/?a=1 の{内丸|うちまる}まで</p>"
    )
    assert sentence.said == "9時から17時、アドレス の内丸まで"
    assert sentence.given == (Given(14, 16, "うちまる"),)
    assert sentence.said[14:16] == "内丸"


@pytest.mark.parametrize("article", ["", "<p></p>", "<p>😀🎉</p>", "<p>――。…</p>", "<p>\ue000</p>"])
def test_a_page_of_emoji_or_of_nothing_has_nothing_to_be_said(article: str) -> None:
    assert said(article) == []


def test_half_width_kana_is_widened_and_emoji_and_controls_are_left_out() -> None:
    assert said("<p>ｶﾞｽ😀の\u200b元栓\ue000</p>") == ["ガスの元栓"]


def test_a_very_long_sentence_is_cut_at_commas_and_loses_nothing() -> None:
    text = "長い文の一部、" * 5000
    sentences = said(f"<p>{text}</p>")
    assert "".join(sentences) == text
    assert max(map(len, sentences)) <= 200
    assert {sentence[-1] for sentence in sentences} == {"、"}


def test_a_closing_bracket_stays_with_its_sentence() -> None:
    assert said("<p>「行きます。」と言った。次の文</p>") == [
        "「行きます。」",
        "と言った。",
        "次の文",
    ]
