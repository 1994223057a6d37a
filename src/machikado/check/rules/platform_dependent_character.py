"""Characters such as ① ㈱ ㎡, which readers' devices read in different ways or not at all.

They have no success criterion of JIS X 8341-3; municipal guides ask for words instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import normalize

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text, Weight

_FOUND = lazily(r"[①-⓿Ⅰ-ⅿ㈀-㏿❶-➓№‰℃℉Å㋿🄀-🄏]")
_NEEDS = _FOUND
_WORDS = {
    "㈱": "株式会社", "㈲": "有限会社", "㈶": "財団法人", "㈳": "社団法人", "㈻": "学校法人", "㈵": "特別", "㈹": "代表", "㈷": "祝日",
    "㎡": "平方メートル", "㎥": "立方メートル", "㎢": "平方キロメートル", "㎝": "センチメートル", "㎜": "ミリメートル",
    "㎞": "キロメートル", "㎏": "キログラム", "㎎": "ミリグラム", "㏄": "シーシー", "㎖": "ミリリットル", "㎗": "デシリットル",
    "ℓ": "リットル", "㌔": "キロ", "㌘": "グラム", "㌢": "センチ", "㍍": "メートル", "㌧": "トン", "㌦": "ドル", "㌫": "パーセント",
    "㍻": "平成", "㍼": "昭和", "㍽": "大正", "㍾": "明治", "㋿": "令和", "№": "番号", "‰": "パーミル", "℃": "度",
    "㊤": "上", "㊥": "中", "㊦": "下", "㊧": "左", "㊨": "右", "㈰": "日曜日", "㈪": "月曜日", "㈫": "火曜日",
    "㈬": "水曜日", "㈭": "木曜日", "㈮": "金曜日", "㈯": "土曜日",
}  # fmt: skip


def _find(source: SourcePage) -> Iterator[Mark]:
    by_line: dict[int, list[str]] = {}
    for place in source.prose.find(_FOUND, _NEEDS):
        if (
            place.words not in "℃℉"
        ):  # the sign of everyday temperatures is read by every screen reader
            by_line.setdefault(place.line, []).append(place.words)
    for line, found in by_line.items():
        letters = "".join(dict.fromkeys(found))
        instead = "、".join(f"{letter}は「{_plain(letter)}」" for letter in dict.fromkeys(found))
        english = ", ".join(f"`{_plain(letter)}` for {letter}" for letter in dict.fromkeys(found))
        yield Mark(
            line,
            Text(
                f"「{letters}」は、機種によって正しく表示や読み上げがされないことがあります。",
                f"`{letters}` may be shown or read aloud wrongly on some devices.",
            ),
            Text(f"{instead}のように書いてください。", f"Write {english}."),
        )


def _plain(letter: str) -> str:
    if word := _WORDS.get(letter):
        return word
    plain = normalize("NFKC", letter)
    return f"({plain})" if plain.isdigit() and len(plain) < 3 else plain


RULE = Rule(
    id="platform-dependent-character",
    title=Text("機種によって読まれない文字", "Characters that not every device reads"),
    help=Text(
        "丸数字は「(1)」か「1. 」に、単位や「㈱」は言葉に直してください。",
        "Write (1) or `1. ` for circled digits, and words for units and ㈱.",
    ),
    find=_find,
    good=(
        "1番目と(2)と株式会社と平方メートルです。",
        "`①`",
        "○と×と※の意味です。",
        "気温は30℃です。",
        "髙橋さん",
    ),
    bad=(
        "①の窓口です。",
        "㈱盛岡",
        "広さは10㎡です。",
        "第Ⅲ章です。",
        "㍻の計画",
        "表: 時期\n\n| 取組① | 年度 |\n| --- | --- |\n| 公開 | 2019 |",
    ),
    weight=Weight.WARNING,
    japanese=True,
)
