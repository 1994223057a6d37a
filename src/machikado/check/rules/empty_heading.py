"""A heading without words."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.vocabulary import Text


def _find(source: SourcePage) -> Iterator[Mark]:
    for heading in source.outline.headings:
        if not heading.text:
            yield Mark(
                heading.line, Text("見出しに言葉がありません。", "The heading has no words.")
            )


RULE = Rule(
    id="empty-heading",
    title=Text("空の見出し", "An empty heading"),
    help=Text(
        "見出しの言葉を書くか、「#」の行を消してください。",
        "Write the heading's words, or remove the line with #.",
    ),
    find=_find,
    good=("## 取り組むこと", "## `make`", "## ![盛岡市の紋章](map.png)", "```\n##\n```"),
    bad=("##", "## ", "## {#name}", "## ![](map.png){.decorative}"),
)
