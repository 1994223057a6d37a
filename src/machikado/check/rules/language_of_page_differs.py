"""A page in another language than its folder says: a translation that was never made (WCAG 3.1.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from machikado.check.prose import MASK
from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text

_LEAST = 80
"""Letters from which on a language can be told."""
_GLANCE = {"en": 400, "vi": 400}
"""How many characters tell it; fewer of kanji, kana and hangul, which each say more."""
_SHORT_GLANCE = 200
_SCRIPT = {
    "kana": lazily("[ぁ-ゖァ-ヺ]"),
    "hangul": lazily("[가-힣]"),
    "han": lazily("[㐀-䶿一-鿿]"),
    # Letters of Vietnamese are Latin ones too.
    "vietnamese": lazily("[ăĂđĐơƠưƯạ-ỹẠ-Ỹ]"),
    "latin": lazily("[A-Za-zÀ-ɏḀ-ỿ]"),
}


class _Scripts(dict[int, str]):
    """For `str.translate`: the initial of the script of each character, `-` for any other."""

    def __missing__(self, code: int) -> str:
        found = (name for name, letters in _SCRIPT.items() if letters.match(chr(code)))
        self[code] = initial = _INITIAL.get(next(found, ""), "-")
        return initial


_INITIAL = {"kana": "k", "hangul": "h", "han": "c", "vietnamese": "v", "latin": "l"}
_SCRIPTS = _Scripts()
_NAMES: Mapping[str, Text] = {
    "ja": Text("日本語", "Japanese"),
    "ko": Text("韓国語", "Korean"),
    "zh": Text("中国語", "Chinese"),
    "vi": Text("ベトナム語", "Vietnamese"),
    "en": Text("英語など", "English or the like"),
}
_ENGLISH = lazily(r"\b(?:the|and|of|to|in|is|for|you|with|on|are|this|that|by|from)\b", re.I)
_CHINESE = lazily("[的是在了您們這请請為与與]")
_IN_OTHERS = lazily(r"(<([a-z][a-z0-9]*)\b[^<>]*\blang\s*=[^<>]*>)(.*?)</\2\s*>", re.S | re.I)


def _find(source: SourcePage) -> Iterator[Mark]:
    lang = source.page.locale.lang.partition("-")[0]
    if lang not in _NAMES:
        return
    text = source.prose.body.text
    # Most pages are what they say, and look so where they begin and where they end.
    glance = _GLANCE.get(lang, _SHORT_GLANCE)
    if _language(text[:glance]) == lang and _language(text[-glance:]) in (lang, None):
        return
    if "lang=" in source.page.body:
        text = _without(source.page.body, text)
    found = _language(text)
    if found is None or found == lang:
        return
    yield Mark(
        source.outline.rows[0][0] if source.outline.rows else source.prose.body.line,
        Text(
            f"{_NAMES[lang].ja}のページですが、本文が{_NAMES[found].ja}のようです。",
            f"The page is to be in {_NAMES[lang].en}, but its text seems to be in {_NAMES[found].en}.",
        ),
        Text(
            f"本文を{_NAMES[lang].ja}に訳してください。まだなら、ファイルを消すと、元のページに案内されます。",
            f"Translate the text into {_NAMES[lang].en}, or remove the file: readers are then led to the original.",
        ),
    )


def _without(body: str, text: str) -> str:
    """The text without passages whose language is given."""
    pieces, at = [], 0
    for found in _IN_OTHERS.finditer(body):
        pieces.append(text[at : found.start()])
        at = max(at, found.end())
    return MASK.join([*pieces, text[at:]])


def _language(text: str) -> str | None:
    """The language that most of a text is certainly written in; None where that cannot be told."""
    scripts = text.translate(_SCRIPTS)
    counts = {name: scripts.count(initial) for name, initial in _INITIAL.items()}
    vietnamese = counts.pop("vietnamese")
    counts["latin"] += vietnamese
    # A word of Latin letters has about as many of them as two kanji say.
    weights = {**counts, "latin": counts["latin"] // 3}
    total = sum(weights.values())
    if sum(counts.values()) < _LEAST or total == 0:
        return None
    if weights["hangul"] * 2 > total:
        return "ko"
    if weights["kana"] * 5 > total:
        return "ja" if weights["hangul"] * 5 < total else None
    if weights["han"] * 10 > total * 7:
        return "zh" if weights["kana"] * 20 < total and _is_chinese(text, counts["han"]) else None
    if weights["latin"] * 10 > total * 8 and counts["latin"] >= 2 * _LEAST:
        if vietnamese * 12 > counts["latin"]:
            return "vi"
        return "en" if len(_ENGLISH.findall(text)) * 40 > counts["latin"] else None
    return None


def _is_chinese(text: str, kanji: int) -> bool:
    """Whether a text of kanji alone is Chinese, and no list of Japanese names."""
    if len(_CHINESE.findall(text)) * 60 > kanji:
        return True
    letters = set(_SCRIPT["han"].findall(text))
    return sum(1 for letter in letters if not _is_in_jis(letter)) >= 4


def _is_in_jis(letter: str) -> bool:
    try:
        letter.encode("shift_jisx0213")
    except UnicodeEncodeError:
        return False
    return True


RULE = Rule(
    id="language-of-page-differs",
    title=Text("本文がほかの言語のページ", "A page in another language than it says"),
    help=Text(
        "ページの言語のフォルダーに合う言語で書いてください。",
        "Write in the language of the folder that the page is in.",
    ),
    find=_find,
    good=(
        "日本語の本文です。" * 12,
        "The plan",
        '<div lang="en">'
        + "This is the text of the plan, and it is in the right language. " * 5
        + "</div>",
        "```\n" + "This is the text of a program, and nobody reads it. " * 5 + "\n```",
        "総務部財政部市民部保健福祉部商工観光部教育委員会" * 4,
    ),
    bad=(
        "本市总务部负责信息化推进工作，欢迎来到盛冈市观光旅游。" * 4,
        "모리오카시의 정보화 계획에 대해 설명합니다. " * 5,
        "This is the plan of the city, and it is written for you in the wrong language. " * 5,
        "Đây là kế hoạch của thành phố về việc sử dụng công nghệ thông tin. " * 5,
    ),
    criteria=("3.1.1",),
    level="A",
)
