"""A link that opens a new window without a word of warning (WCAG 2.2, technique G201)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text, Weight

_MARKDOWN = lazily(
    r"(?<!!)\[([^\[\]\n]*)\]\([^()\n]*\)\{[^{}\n]*target\s*=\s*[\"']?_(?:blank|new)[^{}\n]*\}([^\n]{0,20})",
    re.IGNORECASE,
)
_TOLD = lazily(
    r"(?:別|新し|新規)[^\n]{0,3}(?:ウィンドウ|ウインドウ|画面|タブ|窓)|外部(?:サイト|リンク)|new (?:window|tab)|새 창|새 탭|新窗口|新視窗|cửa sổ mới",
    re.IGNORECASE,
)


def _find(source: SourcePage) -> Iterator[Mark]:
    text = source.outline.text
    if "_blank" not in text and "_new" not in text:
        return
    first = source.page.body_line
    for found in _MARKDOWN.finditer(text):
        if not _TOLD.search(found.group(1) + found.group(2)):
            yield _mark(first + text.count("\n", 0, found.start()), found.group(1))
    for tag in source.outline.tags:
        values = tag.values if tag.name in ("a", "area") else {}
        opens = values.get("target", "").lower() in ("_blank", "_new")
        told = f"{tag.words} {values.get('title', '')} {values.get('aria-label', '')}"
        if opens and not _TOLD.search(told):
            yield _mark(tag.line, tag.words)


def _mark(line: int, words: str) -> Mark:
    return Mark(
        line,
        Text(
            f"リンク「{words}」は新しいウィンドウで開きますが、そのことが書かれていません。",
            f"The link `{words}` opens a new window without saying so.",
        ),
    )


RULE = Rule(
    id="new-window-without-notice",
    title=Text("知らせずに開く新しいウィンドウ", "A new window without notice"),
    help=Text(
        "target=_blank を消してください。どうしても要るなら、「（新しいウィンドウで開きます）」と書きます。",
        "Remove target=_blank, or say “(opens in a new window)”.",
    ),
    find=_find,
    good=(
        "[市のサイト](https://city.example/)",
        "[市のサイト（新しいウィンドウで開きます）](https://city.example/){target=_blank}",
        '<a href="https://city.example/" target="_blank">市のサイト（別ウィンドウ）</a>',
        "`target=_blank`",
    ),
    bad=(
        "[市のサイト](https://city.example/){target=_blank}",
        '[市のサイト](https://city.example/){: target="_blank" }',
        '<a href="https://city.example/" target="_blank">市のサイト</a>',
    ),
    criteria=("3.2.5",),
    level="AAA",
    weight=Weight.WARNING,
)
