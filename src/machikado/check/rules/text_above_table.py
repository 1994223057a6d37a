"""A table that the text right above it swallows."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.vocabulary import Text


def _find(source: SourcePage) -> Iterator[Mark]:
    for table in source.outline.tables:
        if table.joined:
            yield Mark(
                table.line,
                Text(
                    "表のすぐ上の行に文章があるため、表になりません。",
                    "Text stands on the line above the table, so it does not become a table.",
                ),
            )


RULE = Rule(
    id="text-above-table",
    title=Text("文章にくっついた表", "A table joined to the text above it"),
    help=Text("表の上に空行を入れてください。", "Leave a blank line above the table."),
    find=_find,
    good=("表: 取組の時期\n\n| 取組 | 年度 |\n| --- | --- |\n| 公開 | 令和元年度 |",),
    bad=("表: 取組の時期\n| 取組 | 年度 |\n| --- | --- |\n| 公開 | 令和元年度 |",),
)
