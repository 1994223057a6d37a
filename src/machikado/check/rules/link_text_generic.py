"""A link whose words do not say where it leads (WCAG 2.2, failures F63 and F84)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.vocabulary import Text

_GENERIC = {
    "こちら", "こちらから", "こちらへ", "こちらをクリック", "こちらをご覧ください",
    "詳しくはこちら", "くわしくはこちら", "詳細はこちら", "詳細", "詳しく", "くわしく",
    "詳細を見る", "詳しく見る", "ここ", "ここから", "ここをクリック", "クリック",
    "続き", "続きを読む", "続きを見る", "もっと見る", "もっと読む",
    "here", "click", "click here", "more", "read more", "see more", "learn more", "details",
    "这里", "点击这里", "更多", "详情", "這裡", "這裏", "點這裡", "點擊這裡", "詳情", "按此",
    "여기", "여기를 클릭", "클릭", "더보기", "자세히", "자세히 보기",
    "đây", "tại đây", "ở đây", "nhấp vào đây", "bấm vào đây", "xem thêm", "chi tiết",
}  # fmt: skip


def _folded(text: str) -> str:
    """`text` without case, width, spaces, punctuation and symbols."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if unicodedata.category(c)[0] not in "PSZC")


_FOLDED = {_folded(words) for words in _GENERIC}


def _find(source: SourcePage) -> Iterator[Mark]:
    for link in source.links:
        if _folded(link.text) in _FOLDED:
            yield Mark(
                link.line,
                Text(
                    f"リンクの文言「{link.text}」では、行き先が分かりません。",
                    f"The link text `{link.text}` does not say where it leads.",
                ),
            )


RULE = Rule(
    id="link-text-generic",
    title=Text("「こちら」だけのリンク", "A link that only says “here”"),
    help=Text(
        "リンクの文言に行き先を書いてください（例: 「こちら」ではなく「申請書の書き方」）。"
        "読み上げる人は、リンクだけを続けて聞くことがあります。",
        "Write where the link leads (“How to fill in the form”, not “here”); people who "
        "listen often "
        "hear the links alone.",
    ),
    find=_find,
    good=(
        "[地図](measures/1-2-2.md)",
        "[申請書](measures/1-2-2.md)",
        "こちらは[施策1-2-2](measures/1-2-2.md)です。",
        "[続き間のある家](measures/1-2-2.md)",
        "`[こちら](measures/1-2-2.md)`",
    ),
    bad=(
        "[こちら](measures/1-2-2.md)",
        "[＞＞ こちら！](measures/1-2-2.md)",
        "[詳しくはこちら](measures/1-2-2.md)",
        "[Click here.](measures/1-2-2.md)",
        "[**more…**](measures/1-2-2.md)",
        "[![こちら](map.png)](measures/1-2-2.md)",
        '<a href="measures/1-2-2.md">here</a>',
    ),
    criteria=("2.4.4",),
    level="A",
)
