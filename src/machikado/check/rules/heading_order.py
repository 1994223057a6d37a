"""A heading of the wrong level: the title again, or a level left out on the way down."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.vocabulary import Text


def _find(source: SourcePage) -> Iterator[Mark]:
    above = 1
    for line, level, name in _headings(source):
        if level == 1:
            yield Mark(
                line,
                Text(
                    f"本文に、題名と同じ段の見出し「{name}」（# 1つ）があります。",
                    f"The heading `{name}` has the level of the title (one #).",
                ),
                Text(
                    "ページの題名は title に書いたものです。本文の見出しは「##」"
                    "から始めてください。",
                    "The page's title is `title` in the front matter; start the body's "
                    "headings with ##.",
                ),
            )
        elif level > above + 1:
            mended = f"<h{above + 1}>" if name == f"<h{level}>" else f"{'#' * (above + 1)} {name}"
            yield Mark(
                line,
                Text(
                    f"見出し「{name}」は # が{level}つで、その上の見出し"
                    f"（{'題名' if above == 1 else f'# が{above}つ'}）から段が飛んでいます。",
                    f"The heading `{name}` (level {level}) leaves out a level "
                    f"after {'the title' if above == 1 else f'one of level {above}'}.",
                ),
                Text(f"「{mended}」にしてください。", f"Make it `{mended}`."),
            )
        above = level


def _headings(source: SourcePage) -> list[tuple[int, int, str]]:
    """Line, level and words of each heading, those written as HTML too."""
    written = [(one.line, one.level, one.text) for one in source.outline.headings]
    raw = [
        (tag.line, int(tag.name[1]), f"<{tag.name}>")
        for tag in source.outline.tags
        if re.fullmatch(r"h[1-6]", tag.name)
    ]
    return sorted(written + raw)


RULE = Rule(
    id="heading-order",
    title=Text("段の飛んだ見出し", "A heading of the wrong level"),
    help=Text(
        "本文の見出しは「##」から始め、その下を「###」「####」と1段ずつ下げてください。",
        "Start with ## and go down one level at a time: ###, then ####.",
    ),
    find=_find,
    good=(
        "## 取り組むこと\n\n### 手順\n\n## 時期",
        "## 一\n\n### 二\n\n#### 三\n\n## 四",
        "見出しのない本文",
        "```sh\n# 説明\n```",
        "<!--\n# 下書き\n-->",
        "\\# 見出しではない",
    ),
    bad=(
        "# 計画の全体",
        "### 手順",
        "## 取り組むこと\n\n#### 手順",
        "計画の全体\n=====",
        "<h1>計画の全体</h1>",
        "#見出し",
    ),
)
