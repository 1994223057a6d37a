"""A place named by its colour alone (WCAG 2.2, failures F13 and F81)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text, Weight

_COLOUR = "赤|青|緑|黄|黄緑|橙|紫|桃|水|灰|黒|白|茶|紺|朱|オレンジ|ピンク|グレー|グリーン|ブルー|レッド|イエロー"
_PART = (
    "太?字(?!幕|体|数|画|句|典)|文字(?!放送|盤|情報|通訳|列|数)|枠|部分|線(?!路|量|引|の内側|の外側|より)|印(?!鑑|刷|象|紙|影)|箇所|か所|カ所|ところ|所(?!得|属|在|有)|欄|"
    "ボタン|マーク|リンク|項目|セル|マス|背景|網掛け|塗り(?:つぶし)?|矢印|点線|下線|丸印|文(?!化|書|庫|具)|表示"
)
_FOUND = lazily(
    rf"(?<![一-鿿ァ-ヺー])(?:"
    rf"(?:{_COLOUR})(?:色?の|色い|い|色)(?:太|小さ[いな]|大きな|細い|二重)?(?:{_PART})"
    r"|(?:赤|青|緑|黄|朱)(?:枠|文字|線(?=の|部分|で)|丸|印)(?!目|鑑|刷|路)"
    r"|色の(?:付い|つい|濃い|薄い|違う)た?(?:部分|欄|セル|マス|ところ|枠|日|文字|項目)"
    rf"|(?:{_COLOUR})(?:色の|い)日(?=[はがにをも])"
    r"|(?:赤|青|朱)(?:太字|字(?=の(?:箇所|部分|項目|ところ|文字|日|欄|行|もの)|で(?:示|表|書|記|強調|印)|は(?:必須|変更|休み|休業|中止|注意)|部分))"
    r")"
    r"|(?:赤|青|緑|黄|黄緑|橙|紫|オレンジ|ピンク|グレー)色?で(?:示|表示|記載|書|塗|囲|強調|表)"
)
_HINT = lazily(
    "[色赤青緑黄橙紫桃水灰黒白茶紺朱]|オレンジ|ピンク|グレー|グリーン|ブルー|レッド|イエロー"
)


def _find(source: SourcePage) -> Iterator[Mark]:
    for place in source.prose.find_at(_HINT, _FOUND, back=0):
        yield Mark(
            place.line,
            Text(
                f"「{place.words}」は、色だけで場所や意味を伝えています。",
                f"`{place.words}` points by colour alone.",
            ),
        )


RULE = Rule(
    id="colour-only",
    title=Text("色だけの言い方", "Something told by colour alone"),
    help=Text(
        "色が分からなくても伝わるように、名前や印の言葉でも書いてください"
        "（例: 「赤い字の項目」ではなく「「必須」と書かれた項目」）。",
        "Say it without the colour too (“the fields marked ‘required’”, not “the red fields”).",
    ),
    find=_find,
    good=(
        "「必須」と書かれた項目を入力します。",
        "財政は赤字です。黒字になりました。",
        "赤十字と、青空と、白線の内側と、緑の羽根",
        "黄色い点字ブロックと、赤ちゃんと、青少年",
        "白書と、水の線量と、黒い服",
        "`赤字の箇所`",
    ),
    bad=(
        "赤字の箇所を直します。",
        "青い枠の中に書いてください。",
        "赤色の部分は必ず書きます。",
        "緑のボタンを押します。",
        "休みの日は赤で示しています。",
        "オレンジ色の印が目印です。",
        "赤枠の中に書きます。",
    ),
    criteria=("1.4.1",),
    level="A",
    weight=Weight.WARNING,
    japanese=True,
)
