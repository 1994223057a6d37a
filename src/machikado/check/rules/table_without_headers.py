"""A table whose cells no header explains (WCAG 2.2, failure F91), or that is misused for layout (F46)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text

_TABLE = lazily(r"<table\b([^<>]*)>|</table\s*>", re.I)
_HEADER = lazily(r"<th\b", re.I)
_ROLE = lazily(r"role\s*=\s*[\"']?(?:presentation|none)\b", re.I)
_NAMED = lazily(r"<(?:th|caption)\b|\bsummary\s*=\s*[\"'][^\"']", re.I)
_CELL = lazily(r"(?<!\\)\|")


def _find(source: SourcePage) -> Iterator[Mark]:
    lines = source.lines
    first = source.page.body_line
    for table in source.outline.tables:
        head = _cells(lines[table.line - first])
        if not any(head) or (len(head) > 1 and not any(head[1:])):
            yield Mark(
                table.line,
                Text(
                    "表の1行目（見出しの行）が空です。",
                    "The first row of the table, its headers, is empty.",
                ),
            )
        elif not all(head[1:]):
            yield Mark(
                table.line,
                Text(
                    f"表の見出しの行に、空のマスがあります（左から{head.index('', 1) + 1}番目）。",
                    f"A header of the table is empty (number {head.index('', 1) + 1} from the left).",
                ),
            )
    if any(tag.name == "table" for tag in source.outline.tags):
        yield from _html(source.outline.text, first)


def _cells(line: str) -> list[str]:
    return [cell.strip(" \u3000*_") for cell in _CELL.split(line.strip().strip("|"))]


def _html(text: str, first: int) -> Iterator[Mark]:
    opened: list[re.Match[str]] = []
    for found in _TABLE.finditer(text):
        if not found.group().startswith("</"):
            if opened:
                yield Mark(
                    first + text.count("\n", 0, found.start()),
                    Text("表の中に表があります。", "A table stands within a table."),
                    Text(
                        "表を段組みに使わず、文章や箇条書きにしてください。表が2つ要るなら、続けて書きます。",
                        "Use no table for layout; write text or lists. Two tables stand one after the other.",
                    ),
                )
            opened.append(found)
            continue
        if not opened:
            continue
        start = opened.pop()
        inside = text[start.start() : found.end()]
        is_layout = bool(_ROLE.search(start.group()))
        line = first + text.count("\n", 0, start.start())
        if is_layout and _NAMED.search(inside):
            yield Mark(
                line,
                Text(
                    "段組み用（role=presentation）の表に、見出しや題名があります。",
                    "A table for layout (role=presentation) has headers or a caption.",
                ),
                Text(
                    "本当の表なら role を消してください。段組みなら、表を使わないでください。",
                    "Remove the role where it is a real table; use no table for layout.",
                ),
            )
        elif not is_layout and not _HEADER.search(inside):
            yield Mark(
                line,
                Text("表に見出しのマス（th）がありません。", "The table has no header cells (th)."),
            )


RULE = Rule(
    id="table-without-headers",
    title=Text("見出しのない表", "A table without headers"),
    help=Text(
        "1行目に、列の見出しを書いてください（例: | 取組 | 年度 |）。",
        "Write the headers of the columns in the first row: | Step | Year |.",
    ),
    find=_find,
    good=(
        "表: 時期\n\n| 取組 | 年度 |\n| --- | --- |\n| 公開 | 2019 |",
        "表: 時期\n\n|  | 午前 | 午後 |\n| --- | --- | --- |\n| 月曜日 | 休み | 開く |",
        "<table><caption>時期</caption><tr><th>取組</th><td>公開</td></tr></table>",
        "```\n|  |  |\n| --- | --- |\n```",
    ),
    bad=(
        "表: 時期\n\n|  |  |\n| --- | --- |\n| 公開 | 2019 |",
        "表: 時期\n\n| 取組 |  | 場所 |\n| --- | --- | --- |\n| 公開 | 2019 | 市役所 |",
        "<table><caption>時期</caption><tr><td>取組</td><td>公開</td></tr></table>",
        '<table role="presentation"><caption>時期</caption><tr><td>公開</td></tr></table>',
        "<table><caption>時期</caption><tr><th>公開</th><td><table role='none'><tr><td>一</td></tr></table></td></tr></table>",
    ),
    criteria=("1.3.1",),
    level="A",
)
