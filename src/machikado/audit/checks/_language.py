"""Which language a text is in: by its script first, then by a statistical model (py3langid)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from machikado.audit.snapshot import Element, Snapshot, TextRun

_MODELLED = [
    "en",
    "fr",
    "de",
    "es",
    "pt",
    "it",
    "nl",
    "vi",
    "id",
    "tl",
    "pl",
    "cs",
    "sv",
    "da",
    "no",
    "fi",
    "tr",
    "hu",
    "ro",
    "cy",
    "la",
    "ga",
    "ca",
    "is",
    "hr",
    "et",
    "lv",
    "lt",
    "sk",
    "sl",
    "sq",
    "eu",
    "gl",
    "sw",
]
_AKA = {"nb": "no", "nn": "no", "fil": "tl", "ms": "id", "in": "id"}
_SCRIPTS: Mapping[str, frozenset[str]] = {
    **{code: frozenset({"LATIN"}) for code in (*_MODELLED, *_AKA)},
    "ja": frozenset({"KANA", "HAN"}),
    "zh": frozenset({"HAN"}),
    "yue": frozenset({"HAN"}),
    "ko": frozenset({"HANGUL", "HAN"}),
    **{code: frozenset({"CYRILLIC"}) for code in ("ru", "uk", "bg", "be", "mk", "kk", "ky", "mn")},
    **{code: frozenset({"ARABIC"}) for code in ("ar", "fa", "ur", "ps")},
    **{code: frozenset({"HEBREW"}) for code in ("he", "yi")},
    **{code: frozenset({"DEVANAGARI"}) for code in ("hi", "ne", "mr")},
    "th": frozenset({"THAI"}),
    "el": frozenset({"GREEK"}),
    "my": frozenset({"MYANMAR"}),
    "km": frozenset({"KHMER"}),
    "bn": frozenset({"BENGALI"}),
    "si": frozenset({"SINHALA"}),
    "ta": frozenset({"TAMIL"}),
}
_OF_SCRIPT = {"KANA": "ja", "HANGUL": "ko", "THAI": "th", "GREEK": "el", "HEBREW": "he"}
_FAMILIES = {"CJK": "HAN", "HIRAGANA": "KANA", "KATAKANA": "KANA", "KATAKANA-HIRAGANA": "KANA"}
_CHINESE_WORDS = set("的和在请請把了是这這们們您你吗嗎吧很都也与與于於從从將将為为請对對")
"""Little words that a Chinese sentence of some length has, and a Japanese name has not."""
_ENGLISH_WORDS = frozenset(
    (
        "the",
        "and",
        "of",
        "with",
        "you",
        "he",
        "she",
        "it",
        "are",
        "said",
        "this",
        "that",
        "from",
        "have",
        "has",
        "not",
        "which",
        "they",
        "were",
        "your",
        "our",
        "its",
    )
)
"""Words that hardly any other language writes so."""
_SENTENCE = 8
"""So many words, most of them in small letters, are no name."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_UNREAD = ("script", "style", "template", "noscript", "code", "pre", "kbd", "samp", "var", "math")
_PICTURES = ("img", "area", "svg", "iframe", "object", "embed", "input")

NAMES = {
    "ja": ("日本語", "Japanese"),
    "en": ("英語", "English"),
    "zh": ("中国語", "Chinese"),
    "ko": ("韓国語", "Korean"),
    "fr": ("フランス語", "French"),
    "de": ("ドイツ語", "German"),
    "es": ("スペイン語", "Spanish"),
    "pt": ("ポルトガル語", "Portuguese"),
    "it": ("イタリア語", "Italian"),
    "nl": ("オランダ語", "Dutch"),
    "vi": ("ベトナム語", "Vietnamese"),
    "id": ("インドネシア語", "Indonesian"),
    "tl": ("フィリピン語", "Filipino"),
    "cy": ("ウェールズ語", "Welsh"),
    "ru": ("ロシア語", "Russian"),
    "ar": ("アラビア語", "Arabic"),
    "th": ("タイ語", "Thai"),
}


def name_of(code: str) -> tuple[str, str]:
    """A language's name in Japanese and English; of rare ones the code."""
    return NAMES.get(code, (code, code))


def primary(tag: str) -> str:
    """The language of a tag without region or script (BCP 47): `en` of `en-GB`."""
    return tag.strip().lower().partition("-")[0]


def is_known(tag: str) -> bool:
    """Whether a text can be told to be in this language or not."""
    return primary(tag) in _SCRIPTS and "-latn" not in tag.lower()


@lru_cache(maxsize=4096)
def _is_foreign_han(character: str) -> bool:
    """Whether Chinese writes it and Japanese computers never did (in GB 2312 or Big5, not in JIS)."""
    return (
        _can("gb2312", character) or _can("big5", character)
        if not _can("cp932", character)
        else False
    )


def _can(encoding: str, character: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _is_chinese(text: str) -> bool:
    """Whether a text without kana is Chinese: by characters of its own, or by its little words."""
    han = [c for c in text if _script(c) == "HAN"]
    foreign = {c for c in han if _is_foreign_han(c)}
    if len(foreign) >= 3 or (foreign and len(han) <= 12):
        return True
    return len(han) >= 12 and len(_CHINESE_WORDS & set(han)) >= 2


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    name = unicodedata.name(character, "").split()
    return _FAMILIES.get(name[0], name[0]) if name else ""


def scripts(text: str) -> Counter[str]:
    """Letters of a text by their script."""
    return Counter(_script(c) for c in text if c.isalpha() and c not in "ーｰ")


@cache
def _model() -> Any:  # noqa: ANN401 - an untyped library
    from py3langid.langid import (  # type: ignore[import-untyped]
        MODEL_FILE,
        LanguageIdentifier,
    )

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(_MODELLED)
    return model


@lru_cache(maxsize=4096)
def _likelihoods(text: str) -> Mapping[str, float]:
    return {code: float(share) for code, share in _model().rank(text)}


def other_language(text: str, tag: str, *, is_strict: bool, is_all: bool = False) -> str | None:
    """The language that a text is in, where it surely is not in that of `tag`; None otherwise.

    Names, loanwords and mixtures are given the benefit of the doubt; `is_strict` asks for more
    evidence, for text that nobody has said to be in any language of its own; `is_all` for less,
    where the text is all there is on a page of a few words.
    """
    declared = primary(tag)
    if not is_known(tag):
        return None
    counts = scripts(text)
    letters = sum(counts.values())
    if not letters:
        return None
    kana = counts["KANA"]
    if declared in ("zh", "yue") and kana > 4 and kana > letters / 4:
        return "ja"
    if declared == "ja" and not kana and _is_chinese(text):
        return "zh"
    own = sum(counts[script] for script in _SCRIPTS[declared])
    if own < letters * 0.1 and not (declared == "ja" and kana):
        return _by_script(text, counts, letters, is_strict=is_strict)
    if _SCRIPTS[declared] != {"LATIN"} or own < letters * 0.9:
        return None
    return _by_words(text, _AKA.get(declared, declared), is_strict=is_strict, is_all=is_all)


def _by_script(text: str, counts: Counter[str], letters: int, *, is_strict: bool) -> str | None:
    if counts["LATIN"] > letters * 0.9:
        return _by_words(text, None, is_strict=is_strict) or (
            _of_any_kind(text) if is_strict else None
        )
    script, most = counts.most_common(1)[0]
    if script == "HAN" and counts["KANA"]:
        script = "KANA"
    least = 8 if is_strict else 2
    if most + counts["HAN"] + counts["KANA"] < least or letters < least:
        return None
    if script in ("KANA", "HANGUL", "THAI", "GREEK", "HEBREW"):
        return _OF_SCRIPT[script]
    if script == "HAN":
        return "zh" if _is_chinese(text) else "ja" if not is_strict else None
    return {"CYRILLIC": "ru", "ARABIC": "ar"}.get(script)


def _of_any_kind(text: str) -> str | None:
    """The likeliest language of a whole sentence in Latin letters, where it cannot be in that of the page."""
    words = _WORD.findall(text)
    if len(words) < _SENTENCE or sum(word[:1].islower() for word in words) < len(words) * 0.7:
        return None
    likely = _likelihoods(" ".join(words[:400]))
    return max(likely, key=lambda code: likely[code])


def _by_words(
    text: str, declared: str | None, *, is_strict: bool, is_all: bool = False
) -> str | None:
    words = _WORD.findall(text)
    plain_words = [word for word in words[1:] if word[:1].islower()]
    if is_strict and declared == "en" and len(_ENGLISH_WORDS & {w.lower() for w in words}) >= 2:
        return None  # A sentence that quotes another language.
    if len(words) < (4 if is_strict else 3) or len(plain_words) < (2 if is_strict else 1):
        return None
    if declared is not None and declared not in _MODELLED:
        return None
    likely = _likelihoods(" ".join(words[:400]))
    found, share = max(likely.items(), key=lambda item: item[1])
    own = likely[declared] if declared else 0.0
    if found == declared or found == "la":
        return None
    if is_strict:
        sure = share > 0.97 and own < 0.005 if len(words) >= 6 else share > 0.99 and own < 0.001
    elif len(words) >= 20:
        sure = share > 0.95 and own < 0.01
    else:
        sure = (share > 0.5 and own < 0.02) or (share > 0.75 and own < 0.12)
        if is_all and len(words) < 10:
            sure = sure or (share > 0.45 and own < share / 2.4)
    return found if sure else None


@lru_cache(maxsize=2)
def texts_by_owner(page: Snapshot) -> Mapping[Element, Sequence[str]]:
    """All that a page says, by the element whose `lang` it inherits; names of pictures and title too."""
    found: dict[Element, list[str]] = defaultdict(list)
    _gather(page.root, page.root, found)
    if page.title.strip() and page.head is not None:
        title = next(page.head.elements("title"), None)
        if title is None or not title.get("lang"):
            found[page.root].append(page.title)
    return found


def _gather(element: Element, owner: Element, found: dict[Element, list[str]]) -> None:
    if element.tag in _UNREAD or element.tag == "head":
        return
    if element.has("lang") or (element.tag == "html" and element.has("xml:lang")):
        owner = element
    is_named = element.tag in _PICTURES and element.get("type") != "hidden"
    if element.is_exposed and element.name and (is_named or element.get("aria-label")):
        found[owner].append(element.name)
    for child in element.children:
        if isinstance(child, Element):
            _gather(child, owner, found)
        elif child.text.strip() and (element.is_rendered or element.is_exposed):
            found[owner].append(child.text)


def said_in(owner: Element, page: Snapshot) -> str:
    """All text that inherits the language of an element, names of pictures told once."""
    return " ".join(" ".join(texts_by_owner(page).get(owner, ())).split())


_BLOCKS = ("p", "li", "blockquote", "q", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "summary", "caption", "legend")  # fmt: skip


def passages(page: Snapshot) -> Iterator[tuple[Element, str]]:
    """Blocks of running text with what they say in the language that they inherit."""
    for element in page.elements(*_BLOCKS):
        if element.is_rendered and next(element.elements(*_BLOCKS), None) is None:
            yield element, own_text(element)


def own_text(element: Element) -> str:
    """What an element says in the language that it inherits, quoted code and titles left out."""
    return " ".join("".join(_own(element)).split())


def _own(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, TextRun):
            yield child.text
        elif not child.has("lang") and child.tag not in (*_UNREAD, "rt", "rp", "cite"):
            yield from _own(child)
        else:
            yield " "
