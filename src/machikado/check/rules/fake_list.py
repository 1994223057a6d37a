"""Lines that only look like a list: they begin with ・, ●, ① (WCAG 2.2, failure F2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text

_BULLETS = "→⇒－・･•‣●■○◎◆◇□▪▫▶►▷★☆※➢➤✓✔☑⚫⚪◯♦"
_NUMBERS = {
    **{chr(0x2460 + n): n + 1 for n in range(20)},
    **{chr(0x2474 + n): n + 1 for n in range(20)},
    **{chr(0x2776 + n): n + 1 for n in range(10)},
    **{chr(0x2160 + n): n + 1 for n in range(12)},
}
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_LINE = lazily(
    rf"^[ \u3000]{{0,3}}(?:(?P<bullet>[{_BULLETS}])(?P<more>[{_BULLETS}]?)[ \u3000]*(?=[^\s{_BULLETS}])"
    rf"|(?P<circled>[{''.join(_NUMBERS)}])"
    r"|(?P<number>[(（]?(?:[0-9]{1,2}|[０-９]{1,2})(?:[)）]|[．。、]|[.](?=[^\s\d]))|[０-９]{1,2}(?=[ \u3000]))(?!\d)"
    r"|(?P<kana>[(（](?P<letter>[ア-オあ-お一二三四五])[)）]|(?P<bare>[アイウエオ一二三四五])[ \u3000．、]))",
    re.MULTILINE,
)
_ORDERED = lazily(r"^ {0,3}\d+[.)][ \t]")
_BREAK = lazily(r"<br ?/?>")
_NOTE = "※"


def _find(source: SourcePage) -> Iterator[Mark]:
    body = source.prose.body
    if not _LINE.search(body.text):
        return
    rows: list[tuple[int, str, int | None]] = []
    blank = False
    for number, line in _pieces(body.text, body.line):
        if not line.strip():
            blank = True
            continue
        kind = _kind(line)
        if rows and (kind is None or not _continues(rows, kind, blank)):
            yield from _judge(rows)
            rows = []
        if kind is not None:
            rows.append((number, *kind))
        blank = False
    yield from _judge(rows)


def _pieces(text: str, first: int) -> Iterator[tuple[int, str]]:
    """Every line with its number, cut where the writer broke it; no rows of tables."""
    for number, line in enumerate(text.split("\n"), first):
        if "<br" in line and "|" not in line:
            yield from ((number, piece) for piece in _BREAK.split(line))
        else:
            yield number, line


def _kind(line: str) -> tuple[str, int | None] | None:
    """The mark with which a line begins, and its number where it is one."""
    if _ORDERED.match(line):
        return None
    found = _LINE.match(line)
    if not found:
        return None
    if found["bullet"]:
        return None if found["more"] else (found["bullet"], None)
    if found["circled"]:
        return "①", _NUMBERS[found["circled"]]
    if found["number"]:
        digits = re.sub(r"\D", "", found["number"].translate(_DIGITS))
        return re.sub(r"[\d０-９]+", "1", found["number"]), int(digits)
    letter = found["letter"] or found["bare"]
    order = next(
        row.index(letter) for row in ("アイウエオ", "あいうえお", "一二三四五") if letter in row
    )
    return "(ア)", order + 1


def _continues(
    rows: Sequence[tuple[int, str, int | None]], kind: tuple[str, int | None], after_blank: bool
) -> bool:
    _, mark, last = rows[-1]
    if kind[0] != mark or (after_blank and mark == _NOTE):
        return False
    return last is None or kind[1] == last + 1


def _judge(rows: Sequence[tuple[int, str, int | None]]) -> Iterator[Mark]:
    if len(rows) < 2:
        return
    number, mark, order = rows[0]
    if order is not None:
        instead = Text("「1. 」「2. 」", "`1. ` and `2. `")
    else:
        instead = Text("「- 」（半角のハイフンと空白）", "`- ` (a hyphen and a space)")
    yield Mark(
        number,
        Text(
            f"{number}行目から{len(rows)}行が「{mark}」で始まっていますが、箇条書きになっていません。",
            f"From line {number} on, {len(rows)} lines begin with `{mark}` but are no list.",
        ),
        Text(
            f"各行を{instead.ja}で始め、前後に空行を入れてください。"
            "箇条書きなら、いくつあるかが読み上げで伝わります。",
            f"Begin each line with {instead.en} and leave blank lines around; "
            "a list tells listeners how many items there are.",
        ),
    )


RULE = Rule(
    id="fake-list",
    title=Text("箇条書きに見えるだけの行", "Lines that only look like a list"),
    help=Text(
        "各行を「- 」か「1. 」で始めてください。",
        "Begin each line with `- ` or `1. `.",
    ),
    find=_find,
    good=(
        "- 窓口\n- 電話",
        "1. 窓口\n2. 電話",
        "電話・窓口・郵便で受け付けます。",
        "※料金は変わることがあります。\n\n※雨の日は休みます。",
        "・窓口だけで受け付けます。",
        "```\n・窓口\n・電話\n```",
        "3.14と2.71です。\n2.5倍です。",
        "(2)の場合は\n(5)を見ます。",
        "ア　イ　ウ　エ　オ\n一、二の例を見ます。",
    ),
    bad=(
        "・窓口\n・電話",
        "●窓口\n●電話\n●郵便",
        "・窓口\n\n・電話",
        "①窓口に行く\n②書く",
        "１．窓口に行く\n２．書く",
        "1.窓口に行く\n2.書く",
        "（1）窓口に行く\n（2）書く",
        "※料金は変わります。\n※雨の日は休みます。",
        "■ 窓口\n■ 電話",
        "本文です。\n・窓口\n・電話",
        "（ア）窓口\n（イ）電話",
        "ア　窓口\nイ　電話\nウ　郵便",
        "・窓口<br>・電話",
    ),
    criteria=("1.3.1",),
    level="A",
    japanese=True,
)
