"""How a word is read, written behind it in brackets: 氏名（しめい）."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import normalize

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.readings.engine import Engine
from machikado.readings.kana import hiragana
from machikado.vocabulary import Text, Weight

_HINT = lazily("[（(][ぁ-ゖァ-ヺー]{2,}[)）]")
_FOUND = lazily(r"([々〆ヶ㐀-䶿一-鿿]+)[（(]([ぁ-ゖァ-ヺー]{2,})[)）]")
_WORDS = lazily(
    "また|など|のみ|まで|から|ください|です|ます|なし|あり|含む|ごと|ほか|以外|できる|する|とおり|うち"
)
"""What stands in brackets and is no reading."""
_MOST = 4
"""Kana that a kanji is read with, at most, where no dictionary is at hand."""


def _find(source: SourcePage) -> Iterator[Mark]:
    for place in source.prose.find_at(_HINT, _FOUND, back=12):
        kanji, kana = place.found.groups()
        word = _word_read(source.site.dictionary(), kanji, hiragana(kana))
        if word is None or (hiragana(kana) != kana and source.site.dictionary() is None):
            continue
        begins = place.found.start() + len(kanji) - len(word)
        ruby = f"{{{word}|{hiragana(kana)}}}"
        yield Mark(
            place.line,
            Text(
                f"「{word}（{kana}）」は、ふりがなが括弧で書かれています。",
                f"`{word}（{kana}）` gives a reading in brackets.",
            ),
            Text(
                f"{ruby} と書くと、ふりがなになります。括弧では、同じ言葉が2回読み上げられます。",
                f"Write {ruby} for furigana; in brackets the word is read aloud twice.",
            ),
            place.passage.fix(begins, place.found.end(), ruby) if hiragana(kana) == kana else None,
        )


def _word_read(engine: Engine | None, kanji: str, kana: str) -> str | None:
    """The last part of `kanji` that is read `kana`; None where the kana are no reading of it."""
    if engine is None:
        fits = len(kanji) <= len(kana) <= _MOST * len(kanji) and not _WORDS.search(kana)
        return kanji if fits and len(kanji) > 1 else None
    reading, begins = "", len(kanji)
    words = list(engine.words(kanji))
    units = [unit for word in words for unit in engine.units(kanji, word)]
    for told in (words, units):
        reading, begins = "", len(kanji)
        for word in reversed(told):
            reading, begins = word.reading + reading, word.start
            if _unvoiced(reading) == _unvoiced(kana):
                return kanji[begins:]
    if kana in engine.names(kanji):
        return kanji
    return None


def _unvoiced(kana: str) -> str:
    """A reading without ゛ and ゜: 所 is しょ or じょ, and a dictionary tells one of them."""
    return "".join(c for c in normalize("NFD", kana) if c not in "\u3099\u309a")


RULE = Rule(
    id="reading-in-brackets",
    title=Text("括弧で書いたふりがな", "A reading in brackets"),
    help=Text("{漢字|かんじ} の形で書いてください。", "Write it as {漢字|かんじ}."),
    find=_find,
    good=(
        "{不来方|こずかた}です。",
        "本人（または代理人）が来てください。",
        "資料（のみ）を渡します。",
        "計画（あらまし）を説明します。",
        "`氏名（しめい）`",
    ),
    bad=(
        "氏名（しめい）を書きます。",
        "住所(じゅうしょ)を書きます。",
        "市の施策（しさく）です。",
        "総務部（そうむぶ）",
        "避難所（ひなんじょ）",
    ),
    criteria=("3.1.6",),
    level="AAA",
    weight=Weight.STYLE,
    japanese=True,
)
