"""A table that does not say what it is about."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.vocabulary import Text, Weight


def _find(source: SourcePage) -> Iterator[Mark]:
    for table in source.outline.tables:
        if not table.joined and not table.caption:
            yield Mark(table.line, Text("表に題名がありません。", "The table has no caption."))


RULE = Rule(
    id="table-without-caption",
    title=Text("題名のない表", "A table without a caption"),
    help=Text(
        "表の上に「表: 何の表か」という行と、空行を1つ入れてください。",
        "Above the table write a line “Table: what it is about” and a blank line.",
    ),
    find=_find,
    good=(
        "表: 取組の時期\n\n| 取組 | 年度 |\n| --- | --- |\n| 公開 | 令和元年度 |",
        "Table: Schedule\n\n| Step | Year |\n|---|---|\n| Open | 2019 |",
        "## 時期\n表: 取組の時期\n\n取組 | 年度\n--- | ---\n公開 | 令和元年度",
        "```\n| 取組 | 年度 |\n| --- | --- |\n```",
        "A | B を選びます。\n\n---",
    ),
    bad=(
        "| 取組 | 年度 |\n| --- | --- |\n| 公開 | 令和元年度 |",
        "次の表のとおりです。\n\n| 取組 | 年度 |\n| --- | --- |\n| 公開 | 令和元年度 |",
        "表:\n\n| 取組 | 年度 |\n| --- | --- |\n| 公開 | 令和元年度 |",
        "表: 取組の時期\n\n説明\n\n取組 | 年度\n--- | ---\n公開 | 令和元年度",
    ),
    weight=Weight.WARNING,
)
