"""One id given by hand to two places of a page."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.vocabulary import Text


def _find(source: SourcePage) -> Iterator[Mark]:
    first: dict[str, int] = {}
    for anchor in source.outline.anchors:
        if anchor.id in first:
            yield Mark(
                anchor.line,
                Text(
                    f"名前（id）「{anchor.id}」は、{first[anchor.id]}行目でも使われています。",
                    f"The id `{anchor.id}` is already used in line {first[anchor.id]}.",
                ),
            )
        first.setdefault(anchor.id, anchor.line)


RULE = Rule(
    id="duplicate-heading-id",
    title=Text("同じ名前（id）が2つ", "The same id twice"),
    help=Text(
        "どちらかの {#名前} を変えるか、消してください。消すと、見出しの言葉から自動で付きます。",
        "Change or remove one of them; a heading without an id gets one from its words.",
    ),
    find=_find,
    good=(
        "## 一 {#one}\n\n## 二 {#two}",
        "## 同じ見出し\n\n## 同じ見出し",
        "## 一 {#one}\n\n`{#one}`",
    ),
    bad=(
        "## 一 {#one}\n\n## 二 {#one}",
        '## 一 {#one}\n\n<span id="one">二</span>',
    ),
)
