"""A link whose words do not say where it leads (WCAG 2.2, failures F63 and F84)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.readings.kana import hiragana
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


_IN_BRACKETS = lazily(
    r"[（(\[［][^（）()]*(?:PDF|KB|MB|Excel|Word|エクセル|ワード|キロバイト|別|新|外部)[^（）()]*[)）\]］]",
    re.I,
)
_SUBJECT = (
    "(?:もっと)?(?:詳しい|くわしい|詳しく|くわしく|詳細な?|続き|もっと|さらに|他|その他|一覧|だうんろーど|ぺーじ|情報|内容)?"
    "(?:の)?(?:情報|内容|説明|こと|記事|ぺーじ)?(?:については|に関しては|は|を|が|の)?"
)
_PLACE = "(?:こちら側?|ここ|このぺーじ|このりんく|このさいと|下記|以下|次|りんく|りんく先|くりっく|たっぷ)"
_REST = (
    "(?:の)?(?:ぺーじ|りんく|りんく先|さいと|うぇぶさいと|ほーむぺーじ|ふぁいる|資料|ぼたん|あどれす|url|pdf|excel|word)?"
    "(?:から|へ|に|まで|を|で)?"
    "(?:ご?覧|ごらん|ご?確認|ご?参照|見て|くりっく|たっぷ|押して|開いて|あくせす|だうんろーど|どうぞ)?"
    "(?:に?なって|して|に?なれます|いただけます|できます|する|します)?(?:下さい|ください)?"
    "(?:pdf|excel|word|えくせる|わーど)?(?:ふぁいる)?(?:で開く|が開きます)?"
)
_PHRASE = lazily(
    f"{_SUBJECT}{_PLACE}{_REST}"
    "|(?:もっと|さらに)?(?:詳しい|くわしい|詳細な?)(?:情報|内容|説明|ぺーじ)(?:へ|を見る|を読む)?"
    "|もっと(?:詳しく|くわしく|知る|見る|読む)|(?:詳細|続き|全文)(?:へ|を表示|はりんく先)"
)
"""Words that point without saying at what, however they are put together."""


def _folded(text: str) -> str:
    """`text` without case, width, spaces, punctuation and symbols; katakana as hiragana."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return hiragana("".join(c for c in folded if unicodedata.category(c)[0] not in "PSZC"))


_FOLDED = {_folded(words) for words in _GENERIC}


@lru_cache(4096)
def _is_generic(text: str) -> bool:
    folded = _folded(_IN_BRACKETS.sub("", text))
    return folded in _FOLDED or _PHRASE.fullmatch(folded) is not None


def _find(source: SourcePage) -> Iterator[Mark]:
    for link in source.links:
        if _is_generic(link.text):
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
        "[申請書はこちら](measures/1-2-2.md)と[リンク集](measures/1-2-2.md)",
        "[ここから始める英語](measures/1-2-2.md)",
        "`[こちら](measures/1-2-2.md)`",
    ),
    bad=(
        "[こちら](measures/1-2-2.md)",
        "[＞＞ こちら！](measures/1-2-2.md)",
        "[詳しくはこちら](measures/1-2-2.md)",
        "[コチラ](measures/1-2-2.md)",
        "[詳しい内容は、こちらのページをご覧ください。](measures/1-2-2.md)",
        "[こちら（PDF、120KB）](measures/1-2-2.md)",
        "[Click here.](measures/1-2-2.md)",
        "[**more…**](measures/1-2-2.md)",
        "[![こちら](map.png)](measures/1-2-2.md)",
        '<a href="measures/1-2-2.md">here</a>',
    ),
    criteria=("2.4.4",),
    level="A",
)
