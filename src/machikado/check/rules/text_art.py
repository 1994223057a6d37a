"""A picture or a face made of characters, which is read aloud sign by sign (WCAG 2.2, failure F72)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text

_EYE = r"[\^＾><＞＜TＴ;；・･´｀`￣°ﾟ≧≦´ˊˋ•●◕∩⌒~]"
_MOUTH = r"[_＿\-ー〜～ωωдДoOｏＯ∀▽ﾛロ.。,、▿◡︶ε皿∇\^]"
_FACE = lazily(
    rf"[＼\\ヽ╲o⊂m]?[（(][ *＊✿≧;；]?{_EYE}[ *＊;；]?{_MOUTH}{{0,2}}[ *＊;；]?{_EYE}[ *＊;；oO；゜ﾟ]{{0,2}}[)）][／/ﾉノm╱bゞ;；♪☆!！]*"
    r"|[（(][;；]?[´｀`]?[・･][ω∀Д▽д_＿][・･][`´｀;；]?[)）]"
    r"|m[（(][_＿ \ufffe]{1,3}[)）]m|[（(][;；]_[;；][)）]|[（(]つ?´?[∀Д][｀`][)）]|Σ[（(]|\(・∀・\)"
    r"|(?<![A-Za-z])orz(?![A-Za-z])|\( ?͡"
    r"|(?<=[\s。、！!ぁ-ヺ一-鿿])(?::-?[)(D]|;-?\)|:-[PO|])(?=\s|$)"
)
_CORE = lazily(rf"[（(Σo:;](?:[ *＊✿≧;；]?{_EYE}|[;；´｀`・･_＿つ∀Д \ufffe（()D͡]|rz|-[)(DPO|])")
"""What every face has, and what is quickly looked for."""
_STROKES = lazily(
    r"[／＼|｜_＿￣─━│┃┌┐└┘├┤┬┴┼╋∧∨⊂⊃∪∩∥／〈〉＜＞\\/<>()（）' 　´`ヽノ.,;:'\"~^ーω・∀Дﾉｿ|#*=+-]"
)
_BOX = lazily(r"[／＼￣─━│┃┌┐└┘├┤┬┴┼╋∧∨⊂⊃∪∥｜ヽ]|[/\\_|]{2,}|[<>]--|--[<>]|\(_")
_BOX_SIGN = lazily(r"[／＼￣─━│┃┌┐└┘├┤┬┴┼╋∧∨⊂⊃∪∥｜ヽ]")
_BOX_STROKES = lazily(r"[/\\_|<>(-](?:(?<=[/\\_|])[/\\_|]|(?<=[<>])--|(?<=-)-[<>]|(?<=\()_)")
"""`_BOX` in two parts that are quickly looked for."""
_MARKDOWN = lazily(r"[-=_*|: ]+|\|.*\|")
_WORDS = lazily("[ぁ-んァ-ヺ一-鿿A-Za-z0-9]{3}")
_ROWS = 3


def _find(source: SourcePage) -> Iterator[Mark]:
    drawn: set[int] = set()
    for first, count in _pictures(source):
        drawn.update(range(first, first + count))
        yield Mark(
            first,
            Text(
                f"{first}行目から、文字を並べて作った絵があります。",
                f"From line {first} on, a picture is made of characters.",
            ),
        )
    for place in source.prose.find(_FACE, core=_CORE):
        if place.line not in drawn:
            yield Mark(
                place.line,
                Text(
                    f"顔文字「{place.words.strip()}」は、記号として1つずつ読み上げられます。",
                    f"The emoticon `{place.words.strip()}` is read aloud sign by sign.",
                ),
                Text("消すか、気持ちを言葉で書いてください。", "Remove it, or say it in words."),
            )


def _pictures(source: SourcePage) -> Iterator[tuple[int, int]]:
    """The first line of each picture, and how many lines it has."""
    body = source.prose.body
    if not (_BOX_SIGN.search(source.prose.letters) or _BOX_STROKES.search(body.text)):
        return
    rows: list[str] = []
    for number, line in enumerate([*body.text.split("\n"), ""], body.line):
        bare = line.strip(" \u3000")
        if _is_drawn(bare):
            rows.append(bare)
            continue
        if len(rows) >= _ROWS and sum(bool(_BOX.search(row)) for row in rows) * 2 >= len(rows):
            yield number - len(rows), len(rows)
        rows = []


def _is_drawn(line: str) -> bool:
    """Whether a line is strokes for the most part, and no row of a table or other Markdown."""
    if (
        len(line) < 2
        or _WORDS.search(line)
        or line.startswith(("[", "<", "!", ">", "#"))
        or _MARKDOWN.fullmatch(line)
    ):
        return False
    return len(_STROKES.findall(line)) * 10 >= len(line) * 7


RULE = Rule(
    id="text-art",
    title=Text("文字で作った絵や顔文字", "A picture or a face made of characters"),
    help=Text(
        "画像にして説明を付けるか、言葉で書いてください。",
        "Make it an image with a text alternative, or say it in words.",
    ),
    find=_find,
    good=(
        "対象（市民）と、費用（無料）です。",
        "a^2 + b^2 と (x_1, x_2)",
        "```\n(^_^)\n```",
        "表: 時期\n\n| 取組 | 年度 |\n| --- | --- |\n| 公開 | 2019 |",
        "（・）と（；）の使い方",
    ),
    bad=(
        "お待ちしています(^_^)",
        "ごめんなさいm(_ _)m",
        "来てください（＾▽＾）",
        "残念です(T_T)",
        "　∧＿∧\n（　・∀・）\n（　　　つ\n｜　｜　｜",
        "ありがとう＼(^o^)／",
    ),
    criteria=("1.1.1",),
    level="A",
    japanese=True,
)
