"""A link whose words are symbols alone, which screen readers skip or spell out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.vocabulary import Text


def _find(source: SourcePage) -> Iterator[Mark]:
    for link in source.links:
        if link.text and all(unicodedata.category(c)[0] in "PSZC" for c in link.text):
            if link.target.startswith("#fn"):
                continue
            yield Mark(
                link.line,
                Text(
                    f"リンクの文言が記号「{link.text}」だけです。",
                    f"The link text is only a symbol, `{link.text}`.",
                ),
            )


RULE = Rule(
    id="link-text-symbols",
    title=Text("記号だけのリンク", "A link of symbols alone"),
    help=Text(
        "記号の代わりに、行き先を言葉で書いてください（例: 「▶」ではなく「次の施策」）。",
        "Write where it leads in words (“The next measure”, not “▶”).",
    ),
    find=_find,
    good=(
        "[地図](measures/1-2-2.md)",
        "[→ 施策1-2-2](measures/1-2-2.md)",
        "[2026年度](measures/1-2-2.md)",
    ),
    bad=(
        "[▶](measures/1-2-2.md)",
        "[＞＞](measures/1-2-2.md)",
        "[…](measures/1-2-2.md)",
        "[☎](tel:0190000000)",
        '<a href="measures/1-2-2.md">→</a>',
    ),
    criteria=("2.4.4",),
    level="A",
)
