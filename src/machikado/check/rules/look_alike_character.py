"""A character that only looks like the right one: 力 (kanji) for カ, - for ー, ○ for 〇, Cyrillic а for a."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from machikado.check.prose import Place
from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.readings.engine import Engine
from machikado.vocabulary import Text, Weight

_ALIKE = str.maketrans(
    "力二口工夕卜八千三一へべぺり-－‐‑−—―─｜", "カニロエタトハチミーヘベペリーーーーーーーーー"
)
_SWAPPED = "力二口工夕卜八千三一へべぺ"
_DASHES = "\\-－‐‑−—―─"
_KATAKANA = "ァ-ヺー"
_STRANGE = lazily(f"[{_SWAPPED}{_DASHES}]")
_WORD_WITH = lazily(
    rf"(?<![{_KATAKANA}{_SWAPPED}])(?:[{_KATAKANA}]+[{_SWAPPED}{_DASHES}]|[{_SWAPPED}](?=[{_KATAKANA}]))[{_KATAKANA}{_SWAPPED}{_DASHES}]*"
)
_HINT = lazily(
    rf"[{_KATAKANA}{_SWAPPED}](?:(?<=[{_KATAKANA}])[{_SWAPPED}{_DASHES}]|(?<=[{_SWAPPED}])[{_KATAKANA}])"
)
_COMMON = frozenset(
    [
        "サービス",
        "センター",
        "データ",
        "コーナー",
        "ホームページ",
        "ページ",
        "メール",
        "カード",
        "カメラ",
        "カタログ",
        "カレンダー",
        "ロビー",
        "エアコン",
        "エレベーター",
        "タクシー",
        "タオル",
        "トイレ",
        "ハローワーク",
        "ニュース",
        "ニーズ",
        "チラシ",
        "ミニバス",
        "ヘルパー",
        "ベッド",
        "ベビーカー",
        "ペット",
        "ペットボトル",
        "スポーツ",
        "スタート",
        "サポート",
        "バリアフリー",
        "インターネット",
        "コンピューター",
        "コンビニ",
        "ボランティア",
        "コミュニティ",
        "アメリカ",
        "カナダ",
        "プール",
        "スキー",
        "パスポート",
        "マイナンバーカード",
    ]
)
_ZERO = lazily(
    r"(?<=[一二三四五六七八九〇○])[○◯О](?=[一二三四五六七八九〇○◯年月日号条名人円千百])|(?<=[一二三四五六七八九])[○◯](?![○◯一-鿿])"
)
_NUMBER = lazily(r"[ー―—─](?<=\d.)(?=\d)")
_MIXED = lazily(r"[A-Za-z]+[а-яА-ЯёЁα-ωΑ-Ω]+[A-Za-z]*|[а-яА-ЯёЁα-ωΑ-Ω]+[A-Za-z]+")
_HOMOGLYPHS = str.maketrans(
    "АВЕКМНОРСТХаеорсухіΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTXaeopcyxiABEZHIKMNOPTYXo"
)
_CYRILLIC = lazily("[а-яА-ЯёЁα-ωΑ-Ω]")


def _find(source: SourcePage) -> Iterator[Mark]:
    letters = source.prose.letters
    if _HINT.search(source.prose.body.text) or _HINT.search(source.page.title):
        for place in source.prose.find(_WORD_WITH):
            if new := _meant(place, source.site.dictionary):
                yield _mark(place, new)
    if any(c in letters for c in "○◯О"):
        for place in source.prose.find(_ZERO):
            yield _mark(place, "〇")
    if any(c in letters for c in "ー―—─"):
        for place in source.prose.find(_NUMBER):
            yield _mark(place, "-")
    if _CYRILLIC.search(letters):
        for place in source.prose.find(_MIXED):
            plain = place.words.translate(_HOMOGLYPHS)
            if plain.isascii():
                yield _mark(place, plain)


def _meant(place: Place, dictionary: Callable[[], Engine | None]) -> str | None:
    """The word of katakana that is meant; None where what stands there may be right."""
    words = place.words
    if not _STRANGE.search(words):
        return None
    tail = re.search(f"[{_DASHES}]+$", words)
    if tail and len(words) < 4:
        return None
    if words[0] in _SWAPPED and re.search("[一-鿿]$", place.before):
        return None  # 入口ビル: the kanji belongs to the word before
    if words[0] in "へべぺ" and re.search("[ぁ-ん]$", place.before):
        return None
    if words[-1] in "カヵヶケ" and re.match("[一-鿿]", place.after):
        return None  # 二カ所
    meant = words.translate(_ALIKE)
    if meant in _COMMON:
        return meant
    engine = dictionary()
    return meant if engine is not None and _is_word(engine, words, meant) else None


@lru_cache(4096)
def _is_word(engine: Engine, written: str, meant: str) -> bool:
    told = engine.words(meant)
    if len(told) != 1 or not told[0].known or len(meant) < 2:
        return False
    # ブランド力, エネルギー一覧: a known word before a kanji of its own.
    first = re.split(f"[{_SWAPPED}{_DASHES}]", written)[0]
    rest = written[len(first) :]
    if not first or len(rest) > 1 or rest in "-－‐‑−—―─":
        return True
    alone = engine.words(first)
    return not (len(alone) == 1 and alone[0].known)


def _mark(place: Place, new: str) -> Mark:
    return Mark(
        place.line,
        Text(
            f"「{place.before[-3:]}{place.words}{place.after[:3]}」の「{place.words}」に、形の似た別の文字が入っています。",
            f"`{place.words}` holds a character that only looks like the right one.",
        ),
        Text(f"「{new}」と打ち直してください。", f"Type `{new}`."),
        place.fix(new),
    )


RULE = Rule(
    id="look-alike-character",
    title=Text("形の似た別の文字", "A character that only looks right"),
    help=Text("正しい文字で打ち直してください。", "Type it anew."),
    find=_find,
    good=(
        "サービスとカメラとロビーとニュース",
        "ブランド力とエネルギー二倍とプラン一つ",
        "二カ所の入口ビルと出口データと人口ピラミッド",
        "二〇二六年です。○印を付けます。",
        "サイトへアクセスします。ホームへ帰ります。",
        "`力メラ`",
        "019-651-4111とコーヒー",
        "- サービス\n- データ",
        "データ - 2026年",
    ),
    bad=(
        "力メラを使います。",
        "サ-ビスです。",
        "デ一タです。",
        "ホームぺージです。",
        "口ビーで待ちます。",
        "二○二六年です。",
        "電話は019ー651です。",
        "アメリ力に行きます。",
        "РDFを読みます。",
    ),
    weight=Weight.WARNING,
    japanese=True,
)
