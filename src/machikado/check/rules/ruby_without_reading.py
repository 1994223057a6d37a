"""Ruby in HTML without the reading itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text

_RUBY = lazily(r"<ruby\b[^<>]*>(.*?)(?:</ruby\s*>|\n[ \t]*\n|\Z)", re.IGNORECASE | re.DOTALL)
_READING = lazily(r"<rt\b[^<>]*>\s*[^\s<]", re.IGNORECASE)


def _find(source: SourcePage) -> Iterator[Mark]:
    text = source.outline.text
    if "<ruby" not in text.lower():
        return
    for found in _RUBY.finditer(text):
        if not _READING.search(found.group(1)):
            yield Mark(
                source.page.body_line + text.count("\n", 0, found.start()),
                Text("<ruby> の中に読み（<rt>）がありません。", "<ruby> has no reading (<rt>)."),
            )


RULE = Rule(
    id="ruby-without-reading",
    title=Text("読みのないルビ", "Ruby without a reading"),
    help=Text(
        "{漢字|かんじ} と書くと、ふりがなになります。HTMLは要りません。",
        "Write {漢字|かんじ} for furigana; no HTML is needed.",
    ),
    find=_find,
    good=(
        "<ruby>漢字<rp>（</rp><rt>かんじ</rt><rp>）</rp></ruby>",
        "<ruby>漢字<rt>かんじ</rt></ruby>",
        "{不来方|こずかた}",
        "`<ruby>`",
    ),
    bad=("<ruby>漢字</ruby>", "<ruby>漢字<rt></rt></ruby>"),
)
