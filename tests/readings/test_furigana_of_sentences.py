"""Sentences as a city writes them, and what stands over them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from furigana_said import said, said_between

from machikado.readings.engine import Word
from machikado.readings.heteronyms import Heteronym, heteronyms
from machikado.readings.judgement import Reason
from machikado.readings.lexicon import EntryKind, Lexicon, read_lexicon
from machikado.readings.reader import Doubt, Given, MemoryCache, Reader, open_reader
from machikado.readings.segment import Segment, split

SENTENCES = (
    "住民票(じゅうみんひょう)の写(うつ)しは、市役所(しやくしょ)の窓口(まどぐち)でお渡(わた)しします。",
    "3月(がつ)20日(はつか)（金(きん)）に1人(ひとり)で3匹(びき)の犬(いぬ)と行(い)った。",
    "4月(がつ)1日(ついたち)から12月(がつ)10日(とおか)まで、8分(ぷん)ごとに6本(ぽん)走(はし)ります。",
    "令和(れいわ)8年(ねん)、平成(へいせい)31年(ねん)、昭和(しょうわ)61年(ねん)、明治(めいじ)元年(がんねん)",
    "二〇二六(にせんにじゅうろく)年(ねん)十月(じゅうがつ)三日(みっか)",
    "3億(おく)5千(せん)万(まん)円(えん)、8百(ぴゃく)人(にん)、3分(ぶん)の1",
    "三(さん)ヶ月(かげつ)、2か月(げつ)、5階(かい)、3階(がい)、20歳(さい)、2人(ふたり)",
    "会議(かいぎ)を行(おこな)った後(あと)、学校(がっこう)に行(い)った。",
    "早(はや)く出(で)かけた方(ほう)がよい。希望(きぼう)する方(かた)は申(もう)し込(こ)んでください。",
    "申(もう)し込(こ)み、受(う)け付(つ)け、引(ひ)っ越(こ)し、手続(てつづ)き、取(と)り扱(あつか)い",
    "髙橋(たかはし)さんと﨑山(さきやま)さんと佐々木(ささき)さん",
    "読(よ)み方(かた)（ふりがな）と方法(ほうほう)（フィード）",
    "65歳(さい)以上(いじょう)の方(かた)は、1年(ねん)中(じゅう)使(つか)えます。",
    "盛岡市(もりおかし)内丸(うちまる)12番(ばん)2号(ごう)",
    "2日(ふつか)（月(げつ)）、3日(みっか)（火(か)）、4日(よっか)（水(すい)）、5日(いつか)（木(もく)）",
    "私(わたし)はｶﾞﾗｽとペットボトルの収集(しゅうしゅう)日(び)を調(しら)べた。",
)


def _plain(expected: str) -> str:
    text, skip = "", False
    for char in expected:
        if char in "()":
            skip = char == "("
        elif not skip:
            text += char
    return text


@pytest.mark.parametrize("expected", SENTENCES)
def test_a_city_s_sentence_is_read_as_people_read_it(expected: str, reader: Reader) -> None:
    assert said(reader.readings(_plain(expected))) == expected


COUNTERS = {
    "本": "ぽん ほん ぼん ほん ほん ぽん ほん ぽん ほん ぽん",
    "匹": "ぴき ひき びき ひき ひき ぴき ひき ぴき ひき ぴき",
    "分": "ぷん ふん ぷん ぷん ふん ぷん ふん ぷん ふん ぷん",
    "階": "かい かい がい かい かい かい かい かい かい かい",
    "軒": "けん けん げん けん けん けん けん けん けん けん",
    "杯": "ぱい はい ばい はい はい ぱい はい ぱい はい ぱい",
    "足": "そく そく ぞく そく そく そく そく そく そく そく",
    "月": "がつ がつ がつ がつ がつ がつ がつ がつ がつ がつ",
    "回": "かい かい かい かい かい かい かい かい かい かい",
    "冊": "さつ さつ さつ さつ さつ さつ さつ さつ さつ さつ",
    "袋": "ふくろ ふくろ ふくろ ふくろ ふくろ ふくろ ふくろ ふくろ ふくろ ふくろ",
}


@pytest.mark.parametrize("counter", COUNTERS)
def test_a_counter_sounds_as_its_number_wants(counter: str, reader: Reader) -> None:
    told = [reader.readings(f"これは{number}{counter}です。")[1].reading for number in range(1, 11)]
    assert told == COUNTERS[counter].split()


def test_days_of_a_month_that_are_one_word_are_read_over_the_number(reader: Reader) -> None:
    assert [said(reader.readings(f"3月{day}日")) for day in (1, 2, 10, 14, 20, 21)] == [
        "3月(がつ)1日(ついたち)",
        "3月(がつ)2日(ふつか)",
        "3月(がつ)10日(とおか)",
        "3月(がつ)14日(じゅうよっか)",
        "3月(がつ)20日(はつか)",
        "3月(がつ)21日(にち)",
    ]


@pytest.mark.parametrize(
    "row",
    [row for rows in heteronyms().values() for row in rows if row.example],
    ids=lambda row: row.example,
)
def test_a_word_of_two_readings_is_read_as_its_neighbours_want(
    row: Heteronym, bare_reader: Reader
) -> None:
    start, end = row.example.index("["), row.example.index("]") - 1
    segments = bare_reader.readings(row.example.replace("[", "").replace("]", ""))
    assert said_between(segments, start, end) == row.reading


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "詳しくは{}へお問い合わせください。",
        "令和8年4月から、{}と{}の担当者が集まります。",
        "岩手県{}内の3か所で、12人が{}を訪ねた。",
        "（{}）",
    ],
)
def test_every_name_of_the_lexicon_is_right_inside_running_sentences(
    around: str, reader: Reader, city_lexicon: Lexicon
) -> None:
    wrong = []
    for entry in city_lexicon.entries:
        sentence = around.replace("{}", entry.surface)
        segments = reader.readings(sentence)
        at = sentence.find(entry.surface)
        while at >= 0:
            told = said_between(segments, at, at + len(entry.surface))
            if told != entry.reading:
                wrong.append((sentence, told))
            at = sentence.find(entry.surface, at + 1)
    assert wrong == []


def test_the_lexicon_names_every_japanese_department(city_lexicon: Lexicon) -> None:
    departments = Path(__file__).resolve().parents[2] / "i18n" / "departments.yml"
    lines = departments.read_text(encoding="utf-8").splitlines()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("    ja:")]
    assert names
    assert [name for name in names if city_lexicon.find(name) is None] == []


def test_a_person_of_the_lexicon_is_read_as_the_lexicon_says() -> None:
    lexicon, _ = read_lexicon("surface,reading,kind\n内舘茂,うちだてしげる,person\n".encode())
    reader = open_reader(lexicon)
    assert isinstance(reader, Reader)
    assert said(reader.readings("内舘茂市長は、市民を前に話した。")) == (
        "内舘茂(うちだてしげる)市長(しちょう)は、市民(しみん)を前(まえ)に話(はな)した。"
    )
    assert reader.doubts("内舘茂市長は、市民を前に話した。") == ()


def test_a_lexicon_name_inside_a_longer_word_is_left_to_the_dictionary() -> None:
    lexicon, _ = read_lexicon("surface,reading,kind\n大通,おおどおり,place\n".encode())
    reader = open_reader(lexicon)
    assert isinstance(reader, Reader)
    assert said(reader.readings("大通商店街の大通りを歩く。")) == (
        "大通(おおどおり)商店街(しょうてんがい)の大通(おおどお)りを歩(ある)く。"
    )


def test_a_reading_given_for_one_place_counts_there_alone(bare_reader: Reader) -> None:
    sentence = "上田と上田"
    assert said(bare_reader.readings(sentence, [Given(0, 2, "かみだ")])) == (
        "上田(かみだ)と上田(うえだ)"
    )


def test_where_the_dictionaries_differ_an_editor_gets_a_ready_line(bare_reader: Reader) -> None:
    doubts = bare_reader.doubts("岩手山と内丸")
    assert doubts[0] == Doubt(
        "岩手山と内丸",
        0,
        "岩手山",
        "いわてやま",
        "いわてさん",
        Reason.NAME,
        EntryKind.PLACE,
    )
    assert doubts[0].lexicon_line == "岩手山,いわてやま,place"


def test_what_the_lexicon_settles_is_not_asked(bare_reader: Reader, reader: Reader) -> None:
    assert [doubt.surface for doubt in bare_reader.doubts("岩手山に登る")] == ["岩手山"]
    assert reader.doubts("岩手山に登る") == ()


def test_readings_are_taken_from_the_cache_and_put_there() -> None:
    cache = MemoryCache()
    reader = open_reader(cache=cache)
    assert isinstance(reader, Reader)
    first = reader.readings("岩手山に登る")
    again = Reader(_Silent(), _Silent(), cache=cache)
    again.__dict__["_rules"] = reader._rules
    assert again.readings("岩手山に登る") == first
    assert again.doubts("岩手山に登る") == reader.doubts("岩手山に登る")


class _Silent:
    """An engine that must not be asked."""

    version = "0"

    def words(self, sentence: str) -> Sequence[Word]:
        raise AssertionError(sentence)

    def units(self, sentence: str, word: Word) -> Sequence[Word]:
        raise AssertionError(sentence, word)

    def names(self, surface: str) -> frozenset[str]:
        raise AssertionError(surface)


def test_the_fingerprint_changes_with_the_lexicon_and_not_with_its_order() -> None:
    def fingerprint(*lines: str) -> str:
        told = "\n".join(("surface,reading,kind", *lines))
        reader = open_reader(read_lexicon(told.encode())[0])
        assert isinstance(reader, Reader)
        return reader.fingerprint

    one, two = "内丸,うちまる,place", "玉山,たまやま,place"
    assert fingerprint(one, two) == fingerprint(two, one)
    assert fingerprint(one) != fingerprint(one, two)


@pytest.mark.parametrize(
    ("surface", "reading", "expected"),
    [
        ("取り扱い", "とりあつかい", "取(と)り扱(あつか)い"),
        ("言い争い", "いいあらそい", "言(い)い争(あらそ)い"),
        ("思い入れ", "おもいいれ", "思(おも)い入(い)れ"),
        ("食べる", "たべる", "食(た)べる"),
        ("人々", "ひとびと", "人々(ひとびと)"),
        ("霞ヶ関", "かすみがせき", "霞ヶ関(かすみがせき)"),
        ("ヶ月", "かげつ", "ヶ月(かげつ)"),
        ("1人", "ひとり", "1人(ひとり)"),
        ("ガス管", "がすかん", "ガス管(かん)"),
    ],
)
def test_okurigana_stays_outside_the_ruby(surface: str, reading: str, expected: str) -> None:
    segments = split(surface, reading)
    assert segments is not None
    assert said(segments) == expected


def test_a_reading_that_does_not_fit_the_word_is_not_split() -> None:
    assert split("取り扱い", "とりあつかえ") is None
    assert split("漢字", "") is None


@pytest.mark.parametrize(
    "text",
    [
        "😀🎌👨‍👩‍👧‍👦",
        "\ue000漢字\uf8ff",
        "ｶﾝｼﾞ漢字ﾊﾟﾊﾟ",
        "한국어 漢字 العربية ไทย",
        "漢字\u0000\u200b\u202e漢字",
        "々々々〆〇",
        "𠮷野家𩸽",
        "①②㈱㌔Ⅲ漢字",
        "１２３，４５６．７８",
        "",
    ],
)
def test_whatever_is_written_comes_back_as_it_was(text: str, reader: Reader) -> None:
    assert "".join(segment.surface for segment in reader.readings(text)) == text


def test_a_hundred_thousand_characters_without_a_full_stop_are_read(reader: Reader) -> None:
    text = "市役所の窓口で手続きを行う" * 7700
    segments = reader.readings(text)
    assert "".join(segment.surface for segment in segments) == text
    assert sum(segment == Segment("市役所", "しやくしょ") for segment in segments) > 7500


def test_without_an_engine_there_is_one_message_and_no_reader(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "sudachipy", None)
    message = open_reader()
    assert not isinstance(message, Reader)
    assert message.ja == (
        "SudachiPy がインストールされていないため、ふりがなを付けずにページを作ります。"
    )
    assert message.en == "SudachiPy is not installed: pages are made without furigana."
