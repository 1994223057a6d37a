"""Rows of symbols for decoration, and cells of a table that say something by a symbol alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.check.prose import MASK
from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text, Weight

_SYMBOL = "★☆◎●▲▽▼◇◆□■※→⇒←↑↓⇔➡♪♫♡♥❤✿❀◉☀☺✨⭐🌸"
_ROW = lazily(
    rf"[{_SYMBOL}](?:[ 　]?[{_SYMBOL}])+"
    r"|[＊*]{3,}(?=[^\s*＊])|(?<=[^\s*＊])[＊*]{3,}"
    r"|([━─＝=～〜－\-＋+・ー＿])\1{4,}"
    r"|[!！?？]{3,}"
)
_HINT = lazily(
    rf"[{_SYMBOL}＊*━─＝=～〜－\-＋+・ー＿!！?？][{_SYMBOL}＊*━─＝=～〜－\-＋+・ー＿!！?？ 　]"
)
_AROUND = lazily(
    r"^[ \t]*(?:#{2,6}[ \t]*)?([★☆♪♡♥❤✿❀✨⭐🌸～〜][^\n]*[★☆♪♡♥❤✿❀✨⭐🌸～〜])[ \t]*$|^[ \t]*(?:#{2,6}[ \t]*)?([■●◆▼]{2}[^\n]+[■●◆▼]{2})[ \t]*$|^#{2,6}[ \t]*([★☆♪♡♥❤✿❀✨⭐🌸◆◇■□●◎▼▲])",
    re.M,
)
_MARKS = lazily("[★☆♪♡♥❤✿❀✨⭐🌸～〜◆◇■□●◎▼▲]")
_LINE = lazily(r"^[ \t]*[-*_=:|+ \t]+$")
_CELL = lazily(r"(?<=\|)[ \t]*([○〇◯×✕✖✗△▲◎●✓✔☑☆★－ー―–—−‐\-])[ \t]*(?=\|)")


def _find(source: SourcePage) -> Iterator[Mark]:
    body = source.prose.body
    told: set[int] = set()
    for place in source.prose.find_at(_HINT, _ROW):
        whole = (place.before + place.words + place.after).strip()
        if (
            _LINE.match(whole)
            or place.line in told
            or re.fullmatch("□{2,}|●{2,}|■{2,}", place.words)
        ):
            continue
        told.add(place.line)
        yield _decoration(place.line, place.words)
    for found in _AROUND.finditer(body.text) if _MARKS.search(source.prose.letters) else ():
        line = body.line_of(found.start())
        if line not in told:
            told.add(line)
            yield _decoration(line, found.group(3) or (found.group(2) or found.group(1))[0])
    yield from _cells(source)


def _decoration(line: int, words: str) -> Mark:
    shown = words if len(words) <= 10 else f"{words[:10]}…"
    return Mark(
        line,
        Text(
            f"飾りの記号「{shown}」は、1つずつ読み上げられます。",
            f"The decoration `{shown}` is read aloud sign by sign.",
        ),
        Text(
            "消してください。区切りは見出し（##）で、強調は **言葉** で書けます。",
            "Remove it; divide text by headings (##) and stress it by **words**.",
        ),
    )


def _cells(source: SourcePage) -> Iterator[Mark]:
    """The first cell of each table that holds a symbol alone whose meaning the page does not tell."""
    body = source.prose.body
    lines = body.text.split("\n")
    for table in source.outline.tables:
        for number in range(table.line - body.line + 2, len(lines)):
            line = lines[number]
            if "|" not in line:
                break
            symbols = _CELL.findall(line if line.strip().endswith("|") else f"|{line}|")
            unknown = [
                one
                for one in symbols
                if one in "○〇◯×✕✖✗△▲◎●✓✔☑☆★" and not _is_told(body.text, one)
            ]
            if unknown:
                yield Mark(
                    body.line + number,
                    Text(
                        f"表のマスに「{unknown[0]}」だけが書かれ、意味が伝わりません。",
                        f"A cell of the table holds `{unknown[0]}` alone, whose meaning is not told.",
                    ),
                    Text(
                        "「あり」「なし」「利用できる」のように言葉で書いてください。",
                        "Write words: “yes”, “no”, “open”.",
                    ),
                )
                break


def _is_told(text: str, symbol: str) -> bool:
    """Whether the page says somewhere what the symbol means: ○は「できる」です, ○: あり."""
    return (
        re.search(
            rf"[「（(]?{re.escape(symbol)}[」）)]?(?:印)?[ ]?(?:は|が|の|=|＝|:|：|…|・・)",
            text.replace(MASK, ""),
        )
        is not None
    )


RULE = Rule(
    id="decorative-symbols",
    title=Text("飾りの記号や、記号だけのマス", "Symbols for decoration or alone in a cell"),
    help=Text("記号を消すか、言葉で書いてください。", "Remove the symbols, or use words."),
    find=_find,
    good=(
        "※料金は変わります。",
        "本文です。\n\n---\n\n本文です。\n\n***\n\n本文です。",
        "表: 設備\n\n| 場所 | 設備 |\n| --- | --- |\n| 市役所 | あり |",
        "○はあり、×はなしです。\n\n表: 設備\n\n| 場所 | 設備 |\n| --- | --- |\n| 市役所 | ○ |",
        "**大切な言葉**と*強調*",
        "表: 数\n\n| 場所 | 数 |\n| --- | --- |\n| 市役所 | - |",
        "`★★★`",
        "来てください！ 本当ですか？",
        "……と言いました。",
    ),
    bad=(
        "★★★お知らせ★★★",
        "→→→申請書を出します。",
        "## ★お知らせ",
        "☆夏のお祭り☆",
        "━━━━━━━━━━",
        "表: 設備\n\n| 場所 | 設備 |\n| --- | --- |\n| 市役所 | ○ |\n| 図書館 | × |",
        "来てください！！！",
    ),
    weight=Weight.WARNING,
    japanese=True,
)
