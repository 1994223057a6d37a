"""A character that nobody sees and that breaks search and reading aloud, or that only looks right.

Zero-width and control characters, spaces that do not break, kana taken apart (か + ゛), radicals that a
PDF gives in the place of kanji (⼈).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category, normalize

from machikado.check.prose import MASK
from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text, Weight

_UNSEEN = (
    "\\u200b\\u200c\\u2060-\\u2064\\ufeff\\u00ad\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\u180e"
)
_CONTROL = "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f"
_FOUND = lazily(
    f"(?P<unseen>[{_UNSEEN}{_CONTROL}]+|(?<![\\U0001f000-\\U0001faff\\u2600-\\u27bf\\ufe0f])\\u200d)"
    "|(?P<line>[\\u2028\\u2029]+)"
    "|(?P<hard>[\\u00a0\\u202f\\u2007]+)"
    "|(?P<apart>[ぁ-ヿA-Za-zÀ-ɏ][\\u3099\\u309a\\u0300-\\u036f]+)"
    "|(?P<radical>[\\u2e80-\\u2fdf]+)"
    "|(?P<variant>[㐀-䶿一-鿿\\U00020000-\\U0003ffff][\\ufe00-\\ufe0f\\U000e0100-\\U000e01ef]+)"
    "|(?P<compatible>[\\uf900-\\ufaff\\U0002f800-\\U0002fa1f]+)"
)
_NEEDS = lazily(
    f"[{_UNSEEN}{_CONTROL}\\u200d\\u2028\\u2029\\u00a0\\u202f\\u2007\\u3099\\u309a\\u0300-\\u036f\\u2e80-\\u2fdf"
    "\\ufe00-\\ufe0f\\U000e0100-\\U000e01ef\\uf900-\\ufaff\\U0002f800-\\U0002fa1f]"
)
_KINDS = {
    "unseen": Text("目に見えない文字", "an invisible character"),
    "line": Text("特別な改行の文字", "a line separator"),
    "hard": Text("改行しない空白（NBSP）", "a no-break space"),
    "apart": Text("2つに分かれた文字", "a letter in two parts"),
    "radical": Text("漢字に似た部首の文字", "a radical in the place of a kanji"),
    "variant": Text("字の形を選ぶ符号（異体字セレクタ）", "a variation selector"),
    "compatible": Text("互換用の漢字", "a compatibility ideograph"),
}


def _find(source: SourcePage) -> Iterator[Mark]:
    told: set[tuple[int, str]] = set()
    for place in source.prose.find(_FOUND, _NEEDS):
        kind = str(place.found.lastgroup)
        words = place.words
        if MASK in words or (kind == "compatible" and normalize("NFC", words) == words):
            continue  # twelve of the block are no doubles (Unicode, section 18.1: U+FA0E, U+FA11 …)
        new = _instead(kind, words)
        if new == words:
            continue
        fix = None if new is None else place.fix(new)
        if fix is None and (place.line, kind) in told:
            continue
        told.add((place.line, kind))
        code = " ".join(f"U+{ord(c):04X}" for c in words[:3])
        seen = place.before[-6:] + ("" if kind in ("unseen", "line", "hard") else words)
        yield Mark(
            place.line,
            Text(
                f"「{_shown(seen)}」のところに、{_KINDS[kind].ja}（{code}）があります。",
                f"There is {_KINDS[kind].en} ({code}) at `{_shown(seen)}`.",
            ),
            _help(kind, words, new),
            fix,
        )


def _shown(text: str) -> str:
    return "".join(c for c in text if category(c)[0] != "C" and c != MASK).strip()


def _instead(kind: str, words: str) -> str | None:
    """What is certainly meant; None where a person has to say."""
    if kind == "unseen":
        return ""
    if kind in ("line", "hard"):
        return " "
    if kind == "apart":
        return normalize("NFC", words)
    if kind == "radical":
        plain = normalize("NFKC", words)
        return None if re.search("[\u2e80-\u2fdf]", plain) else plain
    return None


def _help(kind: str, words: str, new: str | None) -> Text | None:
    if kind in ("apart", "radical") and new:
        return Text(f"「{new}」と打ち直してください。", f"Type `{new}` anew.")
    if kind == "variant":
        return Text(
            "名前などで字の形が要るのでなければ、打ち直してください。検索に合わず、違う形で出る端末もあります。",
            "Type it anew unless a name needs that form: it is not found by search.",
        )
    if kind == "compatible":
        plain = normalize("NFC", words)
        return Text(
            f"名前などで字の形が要るのでなければ、「{plain}」と打ち直してください。検索に合いません。",
            f"Type `{plain}` unless a name needs that form: it is not found by search.",
        )
    return None


RULE = Rule(
    id="invisible-character",
    title=Text("目に見えない文字や、分かれた文字", "Invisible characters and letters in parts"),
    help=Text(
        "その前後を消して、打ち直してください。ほかの資料から写すと、入ることがあります。",
        "Delete the place and type it anew; such characters come along when text is copied.",
    ),
    find=_find,
    good=(
        "がぎぐげごと、パピプペポ",
        "絵文字の👨‍👩‍👧と❄️",
        "髙橋さんと山﨑さん",
        "Chào mừngとcafé",
        "`a\u200bb`",
    ),
    bad=(
        "計\u200b画です。",
        "計画\u00a0です。",
        "か\u3099くです。",
        "\u2f08口の推移です。",
        "葛\U000e0100城市です。",
        "\ufa19社です。",
        "計画\u0008です。",
        "\u202e計画です。",
        "計画\u2028です。",
    ),
    weight=Weight.WARNING,
)
