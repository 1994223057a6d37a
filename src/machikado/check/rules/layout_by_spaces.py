"""Columns or a table made of spaces (WCAG 2.2, failures F33 and F34)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from machikado.check.prose import MASK
from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text

_GAP = lazily(
    r"(?<=\S)(?:\u3000|[ ]{3,}|\t|(?:&(?:nbsp|emsp|ensp);){2,})(?:[ \u3000\t]|&(?:nbsp|emsp|ensp);)*(?=\S)"
)
_GAP_MARKS = ("\u3000", "   ", "\t", "&")
"""One of them is in every gap."""
_SKIPPED = lazily(r"^\s*(?:\||#|$)|^[ \t]*[-:| ]+$")
_NAME = lazily(
    r"[々一-鿿ぁ-ゖァ-ヺー]{1,4}(?<![日時前後円課部係室人年月号階料額み])\u3000[々一-鿿ぁ-ゖァ-ヺー]{1,4}(?<![日時前後円課部係室人年月号階料額み])"
)
"""A person's: 佐藤　花子."""
_MARKER = lazily(r"^\s*(?:[-*+]|\d+\.)\s+")
_PRE = lazily(r"<pre\b[^<>]*>(.*?)</pre\s*>", re.S | re.I)
_ROWS = 3
"""As many lines with a gap at the same place make a column."""


def _find(source: SourcePage) -> Iterator[Mark]:
    body = source.prose.body
    if any(mark in body.text for mark in _GAP_MARKS) and _GAP.search(body.text):
        yield from _columns(body.text.split("\n"), body.line)
    if "<pre" in body.written:
        for found in _PRE.finditer(body.written):
            if "<code" not in found.group() and MASK not in body.text[
                found.start() : found.start(1)
            ].strip(MASK):
                yield from _columns(found.group(1).split("\n"), body.line_of(found.start(1)))


def _columns(lines: Sequence[str], first: int) -> Iterator[Mark]:
    rows: list[tuple[int, str, set[int]]] = []
    for number, line in enumerate([*lines, ""], first):
        gaps = [] if _SKIPPED.match(line) or "|" in line else list(_GAP.finditer(line))
        if gaps:
            words = _MARKER.sub("", line).strip()
            edges = {_width(line[: gap.start()]) * 2 for gap in gaps}
            edges |= {_width(line[: gap.end()]) * 2 + 1 for gap in gaps}
            rows.append((number, words, edges))
            continue
        yield from _judge(rows)
        rows = []


def _judge(rows: Sequence[tuple[int, str, set[int]]]) -> Iterator[Mark]:
    if len(rows) < _ROWS:
        return
    if all(_NAME.fullmatch(words) for _, words, _ in rows):
        return
    for n in range(len(rows) - _ROWS + 1):
        if set.intersection(*(edges for _, _, edges in rows[n : n + _ROWS])):
            number = rows[n][0]
            yield Mark(
                number,
                Text(
                    f"{number}行目から、空白で列をそろえた表のような並びがあります。",
                    f"From line {number} on, columns are made of spaces, like a table.",
                ),
            )
            return


def _width(text: str) -> int:
    """Columns on the screen: a character of full width takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


RULE = Rule(
    id="layout-by-spaces",
    title=Text("空白で作った表や段組み", "A table or columns made of spaces"),
    help=Text(
        "空白でそろえた列は、読み上げると1行ずつ続けて読まれ、文字を大きくすると崩れます。"
        "表（| 列 | 列 |）か、「- 」の箇条書きにしてください。",
        "Such columns are read line by line and fall apart when text is enlarged. "
        "Make it a table (| a | b |) or a list with `- `.",
    ),
    find=_find,
    good=(
        "佐藤　花子\n鈴木　一郎\n高橋　次郎",
        "　字を下げた段落です。\n　もう一つです。\n　三つめです。",
        "表: 時間\n\n| 曜日　　 | 時間　　 |\n| --- | --- |\n| 月曜日　 | 午前　　 |\n| 火曜日　 | 午後　　 |\n| 水曜日　 | 休み　　 |",
        "```\n月曜日　　午前\n火曜日　　午後\n水曜日　　休み\n```",
        "電話　二つ\n\n住所　一つ\n\n氏名　三つ",
        "- 一つ\n- 二つ\n- 三つ",
    ),
    bad=(
        "月曜日　　午前\n火曜日　　午後\n水曜日　　休み",
        "品名　　　　　数量　　料金\n机　　　　　　二　　　百円\n長机　　　　　三　　　千円",
        "<pre>\n品名　　数量\n机　　　二\n長机　　三\n</pre>",
        "- 月曜日　　　午前\n- 火曜日　　　午後\n- 水曜日　　　休み",
        "月曜日    午前\n火曜日    午後\n水曜日    休み",
    ),
    criteria=("1.3.1", "1.3.2"),
    level="A",
    japanese=True,
)
