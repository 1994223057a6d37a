"""A sentence in another language that does not say so (WCAG 2.2, technique H58).

Names, loanwords and titles are no such passages: only what reads as a sentence of its own counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text

_LATIN = "A-Za-zÀ-ɏḀ-ỿ"
_RUN = lazily(
    rf"[{_LATIN}][{_LATIN}0-9'’\-]*(?:[ ,;:.!?&()/“”\"]+[{_LATIN}0-9][{_LATIN}0-9'’\-]*){{3,}}[.!?]?"
)
_WORD = lazily(rf"[{_LATIN}][{_LATIN}'’]*")
_SPOKEN = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "am",
        "has",
        "have",
        "had",
        "will",
        "would",
        "can",
        "could",
        "must",
        "should",
        "shall",
        "may",
        "might",
        "do",
        "does",
        "did",
        "not",
        "please",
        "you",
        "your",
        "we",
        "our",
        "us",
        "they",
        "them",
        "he",
        "she",
        "it",
        "this",
        "that",
        "these",
        "those",
        "if",
        "when",
        "how",
        "what",
        "where",
        "who",
        "why",
        "i",
        "my",
        "there",
        "here",
        "cannot",
        "don't",
        "click",
    ]
)
_JOINING = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "on",
        "at",
        "for",
        "from",
        "by",
        "with",
        "and",
        "or",
        "as",
        "about",
        "into",
        "until",
        "after",
        "before",
        "all",
        "any",
        "no",
    ]
)
_VIETNAMESE = lazily("[ăĂđĐơƠưƯạ-ỹẠ-Ỹ]")
_ROMANCE = frozenset(
    [
        "que",
        "por",
        "para",
        "con",
        "los",
        "las",
        "una",
        "del",
        "está",
        "são",
        "você",
        "não",
        "uma",
        "dos",
        "das",
        "por",
        "favor",
        "aqui",
        "como",
        "mais",
        "pela",
        "pelo",
        "ang",
        "mga",
        "ng",
        "sa",
        "hindi",
        "ay",
        "para",
        "po",
        "inyong",
        "kung",
        "untuk",
        "dan",
        "yang",
        "tidak",
        "dengan",
        "anda",
        "silakan",
        "ini",
    ]
)
_SCRIPTS = (
    (lazily(r"[가-힣]+(?:[ ,.!?·~0-9]+[가-힣]+)+|[가-힣]{6,}"), "ko", Text("韓国語", "Korean")),
    (lazily(r"[а-яА-ЯёЁіїєґІЇЄҐ]+(?:[ ,.!?-]+[а-яА-ЯёЁіїєґІЇЄҐ]+){2,}"), "ru", Text("ロシア語など", "Russian or the like")),
    (lazily(r"[\u0e00-\u0e7f]{8,}"), "th", Text("タイ語", "Thai")),
    (lazily(r"[\u0600-\u06ff]+(?:[ ،.؟]+[\u0600-\u06ff]+){2,}"), "ar", Text("アラビア語など", "Arabic or the like")),
    (lazily(r"[\u0900-\u097f]+(?:[ ,।]+[\u0900-\u097f]+){2,}"), "ne", Text("ネパール語など", "Nepali or the like")),
    (lazily(r"[\u1000-\u109f]{8,}"), "my", Text("ビルマ語", "Burmese")),
    (lazily(r"[\u1780-\u17ff]{8,}"), "km", Text("クメール語", "Khmer")),
    (lazily(r"[\u0980-\u09ff]+(?:[ ,।]+[\u0980-\u09ff]+){2,}"), "bn", Text("ベンガル語", "Bengali")),
)  # fmt: skip
_SCRIPT_LETTERS = lazily("[가-힣а-яА-Я\u0600-\u06ff\u0900-\u109f\u0e00-\u0e7f\u1780-\u17ff]")
_KANJI = lazily("[㐀-鿿]")
_CHINESE = lazily(r"[㐀-䶿一-鿿](?:[㐀-䶿一-鿿0-9，、：；“”‘’ ]*[㐀-䶿一-鿿])")
_MAY_RUN = lazily(
    rf"[{_LATIN}]{{2,}}[ ,;:.!?&()/“”\"'’]+[{_LATIN}0-9'’]+[ ,;:.!?&()/“”\"]+[{_LATIN}0-9]"
)
_NEEDS = lazily(r"[A-Za-zÀ-ɏḀ-ỿ가-힣а-яА-Я\u0600-\u06ff\u0900-\u109f\u0e00-\u0e7f\u1780-\u17ff]")
_LANGUAGE = lazily(r"(<([a-z][a-z0-9]*)\b[^<>]*\blang\s*=[^<>]*>)(.*?)</\2\s*>", re.S | re.I)
_ATTRIBUTE = lazily(r"\{[^{}\n]*\blang\s*=[^{}\n]*\}")
_TRADITIONAL = frozenset(
    "們你您這嗎請與從麼讓還個為關於說請問歡迎點擊更多資訊頁們經來對時會學實務區號機場車辦"
)


def _find(source: SourcePage) -> Iterator[Mark]:
    marked = _marked(source) if "lang" in source.page.body else ()
    told: set[int] = set()
    for text, at, line, lang, name in _passages(source):
        if any(start <= at < end for start, end in marked) or line in told:
            continue
        told.add(line)
        shown = text if len(text) <= 40 else f"{text[:40]}…"
        yield Mark(
            line,
            Text(
                f"{name.ja}の文「{shown}」に、言語が示されていません。",
                f"The language of `{shown}` ({name.en}) is not given.",
            ),
            Text(
                f'<span lang="{lang}">文</span> のように囲んでください。読み上げが、その言語の発音になります。',
                f'Write <span lang="{lang}">…</span> around it, so that it is pronounced as {name.en}.',
            ),
        )


def _passages(source: SourcePage) -> Iterator[tuple[str, int, int, str, Text]]:
    """Words, their place in the body (-1 in front matter), their line, and what language they are in."""
    prose = source.prose
    has_letters = _NEEDS.search(prose.letters)
    scripts = _SCRIPTS if _SCRIPT_LETTERS.search(prose.letters) else ()
    for passage in prose.passages:
        text = passage.text
        if has_letters:
            for found in _RUN.finditer(text) if _MAY_RUN.search(text) else ():
                if lang := _latin(found.group()):
                    at = -1 if passage.key else found.start()
                    yield found.group(), at, passage.line_of(found.start()), *lang
            for pattern, code, name in scripts:
                for found in pattern.finditer(text):
                    at = -1 if passage.key else found.start()
                    yield found.group(), at, passage.line_of(found.start()), code, name
    foreign = {c for c in _KANJI.findall(prose.letters) if _only_chinese(c)}
    if len(foreign) < 2:
        return
    for passage in prose.passages:
        for found in _CHINESE.finditer(passage.text):
            words = found.group()
            simplified = {c for c in words if _is_simplified(c)}
            letters = foreign & set(words)
            if len(words) >= 6 and len(letters) >= 2:
                at = -1 if passage.key else found.start()
                code = "zh-Hans" if simplified else "zh-Hant"
                yield words, at, passage.line_of(found.start()), code, Text("中国語", "Chinese")


def _latin(words: str) -> tuple[str, Text] | None:
    """The language of a run of Latin words, where it reads as a sentence."""
    told = [word.lower().replace("’", "'") for word in _WORD.findall(words)]
    if len(told) < 4:
        return None
    spelt = sum(bool(_VIETNAMESE.search(word)) for word in told)
    if spelt >= 2 and spelt * 4 >= len(told):
        return "vi", Text("ベトナム語", "Vietnamese")
    content = [word for word in _WORD.findall(words)[1:] if word.lower() not in _JOINING | _SPOKEN]
    if sum(word[0].islower() for word in content) * 2 < len(content):
        # Names and titles begin their words with capitals.
        return None
    if any(word in _SPOKEN for word in told) or (
        words[-1] in ".!?" and any(w in _JOINING for w in told)
    ):
        return "en", Text("英語", "English")
    if sum(word in _JOINING for word in told) >= 2 and len(told) >= 6:
        return "en", Text("英語", "English")
    if sum(word in _ROMANCE for word in told) >= 2:
        return "pt", Text("ほかの言語", "another language")
    return None


def _marked(source: SourcePage) -> tuple[tuple[int, int], ...]:
    """The places of the body whose language is given, half open."""
    body = source.page.body
    places = [found.span() for found in _LANGUAGE.finditer(body)]
    for found in _ATTRIBUTE.finditer(body):
        # An attribute list belongs to the words before it, or stands below its paragraph.
        above = body.rfind("\n\n", 0, found.start())
        alone = body.rfind("\n", 0, found.start()) + 1 == found.start()
        begins = above + 1 if alone else body.rfind("\n", 0, found.start()) + 1
        places.append((max(begins, 0), found.end()))
    return tuple(places)


@cache
def _only_chinese(character: str) -> bool:
    return (
        character in _TRADITIONAL
        or _is_simplified(character)
        or not _in(character, "shift_jisx0213")
    )


@cache
def _is_simplified(character: str) -> bool:
    return not _in(character, "shift_jisx0213") and _in(character, "gb2312")


def _in(character: str, charset: str) -> bool:
    try:
        character.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


RULE = Rule(
    id="foreign-text-without-lang",
    title=Text(
        "言語が示されていない外国語の文", "A sentence in another language that does not say so"
    ),
    help=Text(
        '<span lang="en">文</span> のように、言語を付けてください。',
        'Give its language: <span lang="en">…</span>.',
    ),
    find=_find,
    good=(
        '<span lang="en">Please visit our website for more information.</span>',
        "Web Content Accessibility Guidelinesのことです。Internet of Things (IoT) も使います。",
        "한국어、简体中文、Tiếng Việt、English、Русскийで読めます。",
        "Act on the Protection of Personal Informationという法律です。",
        "国際交流員のJohn Smithさんと、髙橋さん、山﨑さん",
        "`Please do not touch this file.`と出ます。",
        "Please read this page in English.\n{: lang=en }",
        '<p lang="zh-Hans">欢迎来到盛冈市，请看这里。</p>',
        "マイナンバーカード、Wi-Fi、PDF、QRコードを使います。",
    ),
    bad=(
        "Please visit our website for more information.",
        "次のように言います。Where is the city hall? と聞きます。",
        "欢迎来到盛冈市，请看这里的信息。",
        "盛冈市為您提供這個服務。",
        "모리오카시에 오신 것을 환영합니다.",
        "Chào mừng bạn đến với thành phố.",
        "Добро пожаловать в город.",
        "- ยินดีต้อนรับสู่เมือง",
    ),
    criteria=("3.1.2",),
    level="AA",
    japanese=True,
)
