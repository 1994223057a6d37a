"""What is kanji and what is kana, and how kana is written one way."""

from __future__ import annotations

from machikado.article.overrides import KANJI as _KANJI
from machikado.patterns import lazily

KANJI = lazily(f"[{_KANJI}]")
"""One ideograph, the marks read like one (々, 〆), and 〇 (Unicode blocks as of 16.0)."""

BASE = lazily(f"(?:[ヶヵ]|ケ(?=[月所国年]))?[{_KANJI}](?:[{_KANJI}ヶヵケ]*[{_KANJI}])?")
"""A run of kanji as furigana stands over it: the ヶ of 三ヶ月 and 霞ヶ関 is read with its neighbours."""

VARIATION = lazily("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""A variation selector: it picks a form of the kanji before it (葛󠄀) and has no reading of its own."""

NUMERALS = "〇零一二三四五六七八九十百千万億兆"

READING = lazily(r"[ぁ-ゖー]+")
"""A reading is written in hiragana; ー occurs in readings of loan words (珈琲)."""

JAPANESE = lazily(f"[{_KANJI}ぁ-ゖァ-ヺ]")

_TO_HIRAGANA = {katakana: katakana - 0x60 for katakana in range(ord("ァ"), ord("ヶ") + 1)}
_TO_KATAKANA = {hiragana: hiragana + 0x60 for hiragana in range(ord("ぁ"), ord("ゖ") + 1)}


def hiragana(text: str) -> str:
    """`text` with katakana as hiragana; everything else, ー too, as it is."""
    return text.translate(_TO_HIRAGANA)


def katakana(text: str) -> str:
    return text.translate(_TO_KATAKANA)


def has_kanji(text: str) -> bool:
    return KANJI.search(text) is not None


_ROWS = (
    "あかさたなはまやらわがざだばぱゃ", "いきしちにひみりぎじぢびぴ", "うくすつぬふむゆるぐずづぶぷゅ",
    "えけせてねへめれげぜでべぺ", "おこそとのほもよろをごぞどぼぽょ",
)  # fmt: skip
VOWEL = {kana: row[0] for row in _ROWS for kana in row}
"""The vowel a kana ends in."""
_LENGTHENS = {"う": "うお", "い": "いえ", "あ": "あ", "え": "え", "お": "お"}
_ALIKE = str.maketrans("ぢづを", "じずお")


def sounds(reading: str) -> str:
    """A reading in hiragana as it sounds: long vowels as ー (とうきょう: とーきょー), ぢ and づ as じ, ず."""
    told, vowel = "", ""
    for kana in reading.translate(_ALIKE):
        if vowel and (kana == "ー" or vowel in _LENGTHENS.get(kana, "")):
            told += "ー"
            continue
        told += kana
        vowel = VOWEL.get(kana, "")
    return told
