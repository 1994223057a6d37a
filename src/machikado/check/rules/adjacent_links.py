"""Two links side by side to one place (WCAG 2.2, technique H2), or with nothing between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text, Weight

_IMAGE = r"!\[[^\[\]\n]*\]\([^()\n]*\)(?:\{[^{}\n]*\})?"
_LINK = lazily(
    rf"(?<!!)\[((?:[^\[\]\n]|{_IMAGE})+)\]\(\s*([^()\s]+(?:\([^()\s]*\)[^()\s]*)*)[^()\n]*\)(?:\{{[^{{}}\n]*\}})?"
    r"|<a\b[^<>]*\bhref\s*=\s*[\"']?([^\"'\s<>]+)[^<>]*>(.*?)</a\s*>",
    re.IGNORECASE | re.DOTALL,
)
_GAP = lazily(r"(?:[ \t\u3000]|<br ?/?>|\n(?![ \t]*\n)(?![ \t]*(?:[-*+]|\d+\.)[ \t]))*")


_SIDE_BY_SIDE = lazily(r"[)}>](?:[ \t\u3000\n]|<[bB][rR] ?/?>)*(?:!?\[|<[aA]\b)")
"""The end of one and the beginning of another, which is quickly looked for."""


def _find(source: SourcePage) -> Iterator[Mark]:
    text = source.outline.text
    if len(source.links) < 2 or not _SIDE_BY_SIDE.search(text):
        return
    for one, other in pairwise(_LINK.finditer(text)):
        gap = text[one.end() : other.start()]
        if not _GAP.fullmatch(gap):
            continue
        line = source.page.body_line + text.count("\n", 0, other.start())
        if _target(one) == _target(other):
            yield Mark(
                line,
                Text(
                    f"同じ行き先（{_target(one)}）へのリンクが、2つ並んでいます。",
                    f"Two links side by side lead to {_target(one)}.",
                ),
                Text(
                    "1つのリンクにまとめてください。画像と文字なら、[![](画像){.decorative} 文字](行き先) と書きます。",
                    "Make them one link; for an image and words write [![](image){.decorative} words](target).",
                ),
            )
        elif not gap:
            yield Mark(
                line,
                Text(
                    "2つのリンクの間に、区切りがありません。",
                    "Nothing stands between two links.",
                ),
                Text(
                    "間に「、」などを入れるか、箇条書きにしてください。",
                    "Put a comma between them, or make them a list.",
                ),
            )


def _target(found: re.Match[str]) -> str:
    return found.group(2) or found.group(3)


RULE = Rule(
    id="adjacent-links",
    title=Text("隣り合うリンク", "Adjacent links"),
    help=Text("1つにまとめるか、間を区切ってください。", "Make them one, or divide them."),
    find=_find,
    good=(
        "[施策1-2-2](measures/1-2-2.md)、[トップ](../index.md)",
        "- [施策1-2-2](measures/1-2-2.md)\n- [施策1-2-2の時期](measures/1-2-2.md)",
        "[![](map.png){.decorative} 施策1-2-2](measures/1-2-2.md)",
        "[施策1-2-2](measures/1-2-2.md)と、その[まとめ](measures/1-2-2.md)",
        "[施策1-2-2](measures/1-2-2.md) [トップ](../index.md)",
    ),
    bad=(
        "[![施策の図](map.png)](measures/1-2-2.md) [施策1-2-2](measures/1-2-2.md)",
        "[施策](measures/1-2-2.md)[1-2-2](measures/1-2-2.md)",
        "[施策1-2-2](measures/1-2-2.md)[トップ](../index.md)",
        "[![施策の図](map.png)](measures/1-2-2.md)\n[施策1-2-2](measures/1-2-2.md)",
    ),
    weight=Weight.WARNING,
)
