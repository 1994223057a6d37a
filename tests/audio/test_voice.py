"""The voice says the furigana's readings, with the accents of the dictionary."""

from __future__ import annotations

import pytest
from studio_kit import the_reader, the_voice

from machikado.audio.voice import Voice
from machikado.readings.kana import hiragana, sounds
from machikado.readings.reader import Given, Reader
from machikado.readings.segment import Segment
from small_city import demo, page_of


@pytest.fixture
def voice() -> Voice:
    return the_voice()


@pytest.fixture
def reader() -> Reader:
    return the_reader()


def kana(voice: Voice, reader: Reader, text: str, *given: Given) -> str:
    return voice.kana(text, reader.readings(text, given))


@pytest.mark.parametrize(
    ("text", "given", "heard"),
    [
        ("行って確かめる方が多い。", (), "イッテタシカメルホーガオーイ。"),
        (
            "行って確かめる方が多い。",
            (Given(0, 2, "おこなっ"), Given(7, 8, "かた")),
            "オコナッテタシカメルカタガオーイ。",
        ),
        ("一日は休みです。", (Given(0, 2, "ついたち"),), "ツイタチワヤスミデス。"),
        ("20日に三匹の犬を見た。", (), "ハツカニサンビキノイヌヲミタ。"),
        ("今日は髙橋さんが来ます。", (), "キョーワタカハシサンガキマス。"),
        ("東京都へ", (Given(0, 3, "ひがしきょうと"),), "ヒガシキョートエ"),
        ("湖を思う。", (Given(0, 1, "うみ"),), "ウミヲオモウ。"),
    ],
)
def test_readings_are_forced_and_particles_long_vowels_and_counters_stay_right(
    voice: Voice, reader: Reader, text: str, given: tuple[Given, ...], heard: str
) -> None:
    assert kana(voice, reader, text, *given) == heard


def test_a_place_of_the_citys_lexicon_is_said_as_the_city_says_it(
    voice: Voice, reader: Reader
) -> None:
    assert kana(voice, reader, "盛岡市内丸へ。") == "モリオカシウチマルエ。"


def accents(voice: Voice, text: str, segments: tuple[Segment, ...]) -> list[tuple[str, int]]:
    return [(f["pron"], f["acc"]) for f in voice._features(text, segments) if f["mora_size"]]


def test_a_word_that_is_read_as_the_dictionary_does_keeps_its_accent(voice: Voice) -> None:
    segments = (Segment("盛岡", "もりおか"), Segment("の"))
    assert accents(voice, "盛岡の", segments) == accents(voice, "盛岡の", (Segment("盛岡の"),))


def test_another_reading_of_the_dictionary_brings_the_accent_it_has_there(voice: Voice) -> None:
    assert accents(voice, "大勢", (Segment("大勢"),)) == [("オーゼー", 3)]
    assert accents(voice, "大勢", (Segment("大勢", "たいせい"),)) == [("タイセー", 0)]
    assert accents(voice, "生物", (Segment("生物", "なまもの"),)) == [("ナマモノ", 1)]


def test_a_reading_that_no_dictionary_has_is_said_flat(voice: Voice) -> None:
    assert accents(voice, "内丸", (Segment("内丸", "ないまるい"),)) == [("ナイマルイ", 0)]


def test_sentences_of_the_demonstration_are_heard_as_their_furigana_reads(
    voice: Voice, reader: Reader
) -> None:
    body = page_of(demo(), "ja/plan/index.md").body
    sentences = [s for s in body.replace("\n", "。").split("。") if s and not s.startswith("[[")]
    checked = 0
    for sentence in sentences[:40]:
        segments = reader.readings(sentence)
        heard = hiragana(voice.kana(sentence, segments))
        for segment in segments:
            if segment.reading:
                checked += 1
                ways = {sounds(segment.reading), segment.reading}
                assert any(way in heard for way in ways), (sentence, segment)
    assert checked > 50


def test_a_sentence_lasts_as_long_as_it_is(voice: Voice, reader: Reader) -> None:
    short, long = "はい。", "はい、これは長い文です。"
    seconds = [len(voice.speak(t, reader.readings(t))) / 2 / voice.rate for t in (short, long)]
    assert 0.6 < seconds[0] < 1.5 < seconds[1] < 4


def test_the_same_sentence_sounds_the_same_twice(voice: Voice, reader: Reader) -> None:
    segments = reader.readings("お知らせです。")
    assert voice.speak("お知らせです。", segments) == voice.speak("お知らせです。", segments)


@pytest.mark.parametrize("text", ["", "😀", "、。", "…", " "])
def test_what_has_no_sound_is_silent_and_breaks_nothing(
    voice: Voice, text: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert voice.speak(text, (Segment(text),)) == b""
    assert capfd.readouterr().err == ""


def test_the_credit_names_the_licence_that_the_voice_ships_with(voice: Voice) -> None:
    from importlib.resources import files

    folder = files("pyopenjtalk").joinpath("htsvoice")
    licence = " ".join(folder.joinpath("LICENSE_mei_normal.htsvoice").read_text("utf-8").split())
    assert 'HTS Voice "Mei"' in licence
    assert "Creative Commons Attribution 3.0" in licence
    assert (voice.credit.name, voice.credit.licence) == ("HTS Voice “Mei”", "CC BY 3.0")
    assert voice.credit.source in licence
