"""A link without words, or whose image has none."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.vocabulary import Text


def _find(source: SourcePage) -> Iterator[Mark]:
    for link in source.links:
        if not link.text:
            yield Mark(
                link.line,
                Text(
                    f"リンク（{link.target}）に言葉がありません。",
                    f"The link to {link.target} has no words.",
                ),
            )


RULE = Rule(
    id="empty-link-text",
    title=Text("言葉のないリンク", "A link without words"),
    help=Text(
        "リンクの文言に行き先を書いてください。画像だけのリンクなら、"
        "画像の説明に行き先を書きます。",
        "Say in the link's words where it leads; for a linked image, in its text alternative.",
    ),
    find=_find,
    good=(
        "[施策1-2-2](measures/1-2-2.md)",
        "[`1-2-2`](measures/1-2-2.md)",
        "[![施策1-2-2](map.png)](measures/1-2-2.md)",
        '<a id="place"></a>',
    ),
    bad=(
        "[](measures/1-2-2.md)",
        "[ ](measures/1-2-2.md)",
        "[![](map.png){.decorative}](measures/1-2-2.md)",
        '<a href="measures/1-2-2.md"></a>',
    ),
    criteria=("2.4.4",),
    level="A",
)
