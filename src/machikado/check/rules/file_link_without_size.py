"""A link to a file that does not say how large it is: somebody pays for the transfer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text, Weight

_FILE = lazily(
    r"\.(?:pdf|xlsx?|xlsm|docx?|pptx?|csv|zip|jtd|rtf|od[tsp])(?:[?#].*)?$", re.IGNORECASE
)
_SIZE = lazily(
    r"[\d０-９][ ]?(?:KB|MB|GB|キロバイト|メガバイト|ギガバイト|バイト|B(?![A-Za-z]))",
    re.IGNORECASE,
)


def _find(source: SourcePage) -> Iterator[Mark]:
    lines = source.lines
    for link in source.links:
        if "." not in link.target or not _FILE.search(unquote(link.target)):
            continue
        number = link.line - source.page.body_line
        line = lines[number] if 0 <= number < len(lines) else ""
        behind = (
            line[line.find(link.target) + len(link.target) :][:40] if link.target in line else ""
        )
        if not _SIZE.search(f"{link.text} {behind}"):
            yield Mark(
                link.line,
                Text(
                    f"資料へのリンク「{link.text}」に、大きさが書かれていません。",
                    f"The link `{link.text}` to a file does not say how large it is.",
                ),
            )


RULE = Rule(
    id="file-link-without-size",
    title=Text("大きさの書かれていない資料へのリンク", "A link to a file without its size"),
    help=Text(
        "「（PDF、120KB）」のように、大きさも書いてください。",
        "Say how large it is: “(PDF, 120 KB)”.",
    ),
    find=_find,
    good=(
        "[案内（PDF、120KB）](../assets/leaflet.pdf)",
        "[案内](../assets/leaflet.pdf)（PDF、1.2メガバイト）",
        "[計画](measures/1-2-2.md)",
    ),
    bad=(
        "[案内（PDF）](../assets/leaflet.pdf)",
        "[申請書（エクセル）](https://city.example/form.xlsx)",
    ),
    weight=Weight.STYLE,
)
