"""A part of the page named by its place alone (WCAG 2.2, failures F14 and F26).

「上記」「下記」 by themselves are no failure: they tell an order that can be heard.
"""

from __future__ import annotations

from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text, Weight

_CONTROL = "メニュー|ボタン|バナー|アイコン|リンク|フォーム|タブ|サイドバー|検索窓|検索欄|入力欄|カレンダー|ナビゲーション"
_SHOWN = "図|表(?![示現情彰面紙札記明題向])|写真|画像|地図|イラスト|欄|枠|一覧|コーナー|グラフ|記事|QRコード"
_FOUND = lazily(
    rf"(?<![一-鿿])(?:(?:画面|ページ|このページ)の?)?"
    rf"(?:(?:右|左|右側|左側|右上|左上|右下|左下|右端|左端|右横|左横|横)(?:側|隅|端)?(?:の|にある|に表示される|に出る|に並ぶ)?(?:{_CONTROL}|{_SHOWN})"
    rf"|(?:上|下|上部|下部|真上|真下|最上部|最下部|一番上|一番下)(?:の|にある|に表示される|に出る)(?:{_CONTROL})"
    rf"|(?:上記|下記)(?:の|にある)(?:ボタン|メニュー|バナー|アイコン|タブ|フォーム|入力欄))"
    r"(?![「『一-鿿ァ-ヺー])"
    rf"|(?:丸い|四角い|三角の|円形の|四角の|丸の|菱形の|大きい|小さい|大きな|小さな)(?:ボタン|アイコン|バナー)(?!「)"
)
_CORE = lazily(
    rf"[右左横上下側端隅部記丸四三円菱大小](?:(?:の|にある|に表示される|に出る|に並ぶ)?(?:{_CONTROL}|{_SHOWN})"
    r"|(?:い|角い|の|角の|形の|きい|さい|きな|さな)(?:ボタン|アイコン|バナー))"
)
"""What every one of them has, and what is quickly looked for."""


def _find(source: SourcePage) -> Iterator[Mark]:
    for place in source.prose.find(_FOUND, core=_CORE):
        if place.before.endswith(("」の", "」", "』の", "」という")):
            continue
        yield Mark(
            place.line,
            Text(
                f"「{place.words}」は、場所や形だけで示しています。",
                f"`{place.words}` is told by its place or shape alone.",
            ),
        )


RULE = Rule(
    id="position-only",
    title=Text("場所や形だけの言い方", "Something told by its place alone"),
    help=Text(
        "名前で書いてください（例: 「右のボタン」ではなく「「申し込む」ボタン」）。"
        "画面が狭いと並び方が変わり、読み上げる人には場所が伝わりません。",
        "Name it (“the button ‘Apply’”, not “the button on the right”); "
        "places change on narrow screens and are not heard.",
    ),
    find=_find,
    good=(
        "上記のとおりです。下記の書類を持ってきてください。",
        "「申し込む」ボタンを押します。右上の「メニュー」ボタンを押します。",
        "右側通行です。左官の仕事です。横断歩道の右を歩きます。",
        "次の表のとおりです。上の表と下の図を見ます。",
        "右の表示を消します。左手の写真館です。",
        "`右のボタン`",
    ),
    bad=(
        "右のボタンを押してください。",
        "左メニューから選びます。",
        "下記のボタンを押します。",
        "画面右上のアイコンから開きます。",
        "ページの下にあるリンクから進みます。",
        "右の写真のとおりです。",
        "丸いボタンを押します。",
    ),
    criteria=("1.3.3",),
    level="A",
    weight=Weight.WARNING,
    japanese=True,
)
