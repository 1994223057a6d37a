"""A text alternative that says once more what stands beside the image."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text

_IMAGE = lazily(r"!\[([^\[\]\n]+)\]\((?:<[^<>\n]*>|[^()\n]*)\)(?:\{[^{}\n]*\})?")
_FOLDED = lazily(r"[\s\W_]+")


_SENTENCE = 8
"""Letters of what is no mere name."""


def _find(source: SourcePage) -> Iterator[Mark]:
    if not source.outline.images:
        return
    body = source.prose.body
    lines = source.lines
    rows = dict(source.outline.rows)
    for number, line in enumerate(lines):
        for image in _IMAGE.finditer(line):
            alt = _folded(image.group(1))
            if alt and (
                _is_beside(line, image, alt) or _is_around(rows, body.line + number, line, alt)
            ):
                yield Mark(
                    body.line + number,
                    Text(
                        f"画像の説明「{image.group(1)}」が、すぐ隣の文字と同じです。",
                        f"The text alternative `{image.group(1)}` repeats the words beside the image.",
                    ),
                )


def _is_beside(line: str, image: re.Match[str], alt: str) -> bool:
    """Whether the link that holds the image, or the rest of the line, says the same."""
    opened = line.rfind("[", 0, image.start())
    if opened >= 0 and line[opened - 1 : opened] != "!" and line.find("](", image.end()) >= 0:
        inside = line[opened + 1 : image.start()] + line[image.end() : line.find("](", image.end())]
        if _folded(inside) == alt:
            return True
    rest = line[: image.start()] + line[image.end() :]
    return _folded(rest) == alt


def _is_around(rows: dict[int, str], number: int, line: str, alt: str) -> bool:
    """Whether the image is alone on its line, and the paragraph right below it, or above, is the same words."""
    if _folded(_IMAGE.sub("", line)):
        return False
    below = next((n for n in (number + 1, number + 2) if n in rows), None)
    above = next((n for n in (number - 1, number - 2) if rows.get(n, "").strip()), None)
    if below is not None and _folded(rows[below]) == alt:
        return True
    # A heading above may name what the image shows; a sentence need not be said twice.
    return above is not None and len(alt) >= _SENTENCE and _folded(rows[above]) == alt


def _folded(text: str) -> str:
    return _FOLDED.sub("", text)


RULE = Rule(
    id="image-alt-repeats-text",
    title=Text("隣の文字と同じ画像の説明", "A text alternative that repeats the words beside it"),
    help=Text(
        "同じことが2回読み上げられます。飾りの画像なら ![](ファイル名){.decorative} とし、"
        "そうでなければ、隣の文字にない内容を書いてください。",
        "It is read twice. A decorative image is written ![](file){.decorative}; otherwise write what "
        "the words beside it do not say.",
    ),
    find=_find,
    good=(
        "![盛岡駅の周りの地図](map.png)\n\n盛岡駅から市役所までは、歩いて20分です。",
        "[![](map.png){.decorative} 施策1-2-2](measures/1-2-2.md)",
        "## 開運橋\n\n![開運橋](map.png)",
        "[![施策1-2-2](map.png)](measures/1-2-2.md)",
        "地図のとおりです。![地図](map.png)",
    ),
    bad=(
        "[![施策1-2-2](map.png) 施策1-2-2](measures/1-2-2.md)",
        "![開運橋と岩手山](map.png)\n\n開運橋と岩手山",
        "![開運橋と岩手山](map.png)\n開運橋と岩手山",
        "![開運橋と岩手山](map.png) 開運橋と岩手山",
        "開運橋と岩手山です。\n\n![開運橋と岩手山です。](map.png)",
    ),
    criteria=("1.1.1",),
    level="A",
)
