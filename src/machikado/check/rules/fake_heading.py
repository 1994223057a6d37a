"""A line that only looks like a heading: bold, in brackets, behind a mark (WCAG 2.2, failure F2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text

_BREAK = r"(?:  +|\\|[ ]*<br ?/?>)?"
_BOLD = lazily(
    rf"^ {{0,3}}(?:\*\*\*?|___?)(?P<words>[^*_]+)(?:\*\*\*?|___?)[:：]?(?P<break>{_BREAK})$"
    r"|^ {0,3}\*\*(?P<before>[^*]+)\*\*<br ?/?>.+$"
    rf"|^ {{0,3}}<(?P<tag>b|strong|big|font)\b[^<>]*>(?P<inside>[^<>]+)</(?P=tag)>(?P<end>{_BREAK})$",
    re.I,
)
_BRACKETS = lazily(
    rf"^ {{0,3}}(?P<words>[【《≪〈＜\[［〔][^【】《》≪≫〈〉＜＞\[\]［］〔〕（）()]+[】》≫〉＞\]］〕])(?P<break>{_BREAK})$"
)
_MARKED = lazily(
    rf"^ {{0,3}}(?P<words>[■□◆◇●○◎▼▽▲△★☆▪◾◼▶►§❖]+[ 　]?[^\s■□◆◇●○◎▼▽▲△★☆][^\n]*?)(?P<break>{_BREAK})$"
)
_NEEDS = lazily(r"\*\*|__|<(?:b|strong|big|font)\b|[【《≪〈＜［〔■□◆◇●○◎▼▽▲△★☆▪◾◼▶►§❖]", re.I)
_SENTENCE = lazily(r"[。！？!?]|[：:、][^\s*_]|\d{3,}|\d円|[0-9０-９]年|^[\d,.\s円人件%％]+$")
_NO_HEADING = lazily(r"[〇○●×□△]{2}|^[○●]$")
_LONGEST = 40


def _find(source: SourcePage) -> Iterator[Mark]:
    body = source.prose.body
    if not _NEEDS.search(source.outline.text):
        return
    lines = source.lines
    for number, line in enumerate(lines):
        words = _looks_like_one(lines, number, line)
        if words:
            yield Mark(
                body.line + number,
                Text(
                    f"「{words}」は見出しのように見えますが、見出しになっていません。",
                    f"`{words}` looks like a heading but is none.",
                ),
                Text(
                    f"見出しなら「## {words.strip('【】《》≪≫〈〉＜＞[]［］〔〕■□◆◇●○◎▼▽▲△★☆▪◾◼▶►§❖ 　')}」のように"
                    "「##」か「###」を付けてください。見出しでなければ、文の中に書いてください。",
                    "Begin a heading with ## or ###; where it is none, write it within a sentence.",
                ),
            )


def _looks_like_one(lines: Sequence[str], number: int, line: str) -> str | None:
    bold = _BOLD.match(line)
    found = bold or _BRACKETS.match(line) or _MARKED.match(line)
    if not found:
        return None
    groups = found.groupdict()
    words = (groups.get("words") or groups.get("inside") or groups.get("before") or "").strip()
    if not words or len(words) > _LONGEST or _SENTENCE.search(words) or _NO_HEADING.search(words):
        return None
    above = lines[number - 1] if number else ""
    if above.strip() and not above.startswith("#"):
        return None
    next_line = lines[number + 1] if number + 1 < len(lines) else ""
    is_broken = groups.get("break") or groups.get("end") or not bold
    if next_line.strip() and not is_broken:
        return None
    if next_line.lstrip().startswith("{:"):
        return None
    if groups.get("before"):
        return words
    below = next((one for one in lines[number + 1 :] if one.strip()), "")
    if not below or below.startswith("#"):
        return None
    return None if _is_alike(line, below) else words


def _is_alike(line: str, below: str) -> bool:
    """Whether the next line is of the same kind: together they are a list, if anything."""
    kinds = (_BOLD, _BRACKETS, _MARKED)
    if _MARKED.match(line):
        return below.lstrip()[:1] == line.lstrip()[:1]
    return any(kind.match(line) and kind.match(below) for kind in kinds)


RULE = Rule(
    id="fake-heading",
    title=Text("見出しに見えるだけの行", "A line that only looks like a heading"),
    help=Text(
        "見出しなら「##」か「###」を付けてください。読み上げる人は、見出しをたどって読むところを探します。",
        "Begin a heading with ## or ###; people who listen find their way by headings.",
    ),
    find=_find,
    good=(
        "**申し込みは要りません。**\n\n直接来てください。",
        "本文の中の**大切な言葉**です。",
        "【注意】窓口は休みです。\n\n電話は使えます。",
        "## 取り組むこと\n\n本文です。",
        "本文です。\n\n**盛岡市**",
        "- **場所**\n- **時間**",
        "**場所**: 市役所\n\n本文です。",
        "表: 時期\n\n| **取組** | 場所 |\n| --- | --- |\n| **公開** | 市役所 |",
        "`**見本**`\n\n本文です。",
        '!!! note "持ち物"\n    本人が確認できるもの。',
        "**500円**\n\n税を含みます。",
    ),
    bad=(
        "**申し込みの方法**\n\n窓口に来てください。",
        "【申し込みの方法】\n\n窓口に来てください。",
        "■申し込みの方法\n\n窓口に来てください。",
        "◆ 持ち物\n窓口に来てください。",
        "__申し込みの方法__\n\n- 窓口\n- 電話",
        "<b>申し込みの方法</b>\n\n窓口に来てください。",
        "**持ち物**<br>本人が確認できるもの",
        "**持ち物**  \n本人が確認できるもの",
        "## 一\n\n**申し込みの方法：**\n\n窓口に来てください。",
    ),
    criteria=("1.3.1",),
    level="A",
    japanese=True,
)
