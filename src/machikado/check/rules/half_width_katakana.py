"""Katakana of half width (ｶﾀｶﾅ), which search does not find and some voices do not read."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import normalize

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text, Weight

_FOUND = lazily("[｡-ﾟ]+")


def _find(source: SourcePage) -> Iterator[Mark]:
    for place in source.prose.find(_FOUND, _FOUND):
        plain = normalize("NFKC", place.words)
        yield Mark(
            place.line,
            Text(
                f"「{place.words}」は半角のカタカナです。",
                f"`{place.words}` is katakana of half width.",
            ),
            Text(f"「{plain}」と全角で書いてください。", f"Write `{plain}` in full width."),
            place.fix(plain),
        )


RULE = Rule(
    id="half-width-katakana",
    title=Text("半角のカタカナ", "Katakana of half width"),
    help=Text("全角で書いてください。", "Write katakana in full width."),
    find=_find,
    good=("マイナンバーカードのサービス", "`ｶﾅ`", '[計画](measures/1-2-2.md "ｶﾅ")'),
    bad=("ﾏｲﾅﾝﾊﾞｰです。", "計画｡", "![ﾊﾞｽの地図](map.png)", "サービｽ"),
    weight=Weight.WARNING,
    japanese=True,
)
