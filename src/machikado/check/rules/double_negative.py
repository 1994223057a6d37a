"""A double negative, which is easily taken for its contrary."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text, Weight

_FOUND = lazily(
    "(?:[ぁ-ん一-鿿]?ない|[ぁ-ん一-鿿]ず)(?:わけ|こと|もの)(?:では|でも|は|も|に)(?:ない|ありません|なく|ないです|いきません|いかない)"
    "|(?<![少危切])なくは(?:ない|ありません)|なくも(?:ない|ありません)|[いえきしちにみりぎびけせてねめれべ]?ないとは(?:限りません|限らない|言えません|言えない|いえません|いえない)"
    "|[ぁ-ん一-鿿]ざるを得(?:ない|ません)|ないわけには(?:いかない|いきません)|なしには[ぁ-ん一-鿿]{1,6}(?:ない|ません)"
)
_CORE = lazily(
    "ない(?:わけ|こと|もの)[ではもに]|ず(?:わけ|こと|もの)[ではもに]|なく[はも][なあ]|ないとは|ざるを得|なしには"
)
"""What every one of them has, and what is quickly looked for."""


def _find(source: SourcePage) -> Iterator[Mark]:
    for place in source.prose.find(_FOUND, core=_CORE):
        yield Mark(
            place.line,
            Text(
                f"「{place.words}」は、否定が2つ重なっています。",
                f"`{place.words}` is a double negative.",
            ),
        )


RULE = Rule(
    id="double-negative",
    title=Text("否定の重なり", "A double negative"),
    help=Text(
        "「できないわけではない」は「できることもある」のように、否定を使わずに書いてください。",
        "Say it without negatives: “it can be done”, not “it is not impossible”.",
    ),
    find=_find,
    good=(
        "申し込まないと使えません。",
        "使わなければなりません。",
        "できないことがあります。",
        "知らない人はいません。",
    ),
    bad=(
        "できないわけではありません。",
        "使えなくはないです。",
        "遅れないとは限りません。",
        "中止せざるを得ません。",
    ),
    criteria=("3.1.5",),
    level="AAA",
    weight=Weight.STYLE,
    japanese=True,
)
