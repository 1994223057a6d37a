"""A page that tells nothing itself and only leads to a PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.content.front_matter import PageType
from machikado.patterns import lazily
from machikado.vocabulary import Text, Weight

_FILE = lazily(r"\.(?:pdf|docx?|xlsx?|pptx?)(?:[?#].*)?$", re.IGNORECASE)
_LEAST = 60
"""Letters of its own from which on a page tells something itself."""


def _find(source: SourcePage) -> Iterator[Mark]:
    if source.page.meta.type in (PageType.SECTION, PageType.HELP) or source.outline.directives:
        return
    files = [link for link in source.links if "." in link.target and _FILE.search(link.target)]
    if files and source.prose.own_letters < _LEAST:
        yield Mark(
            files[0].line,
            Text(
                "このページの内容は、ファイル（PDFなど）の中にしかありません。",
                "What this page is about stands in a file (PDF) alone.",
            ),
        )


_HEAD = "---\nid: 1002000\ntitle: 計画の案内\n---\n"

RULE = Rule(
    id="only-files",
    title=Text("PDFだけのページ", "A page that is only a PDF"),
    help=Text(
        "だれに、何を、いつまでに知らせるのかなどの要点を、このページにも文章で書いてください。"
        "PDFは、スマートフォンや読み上げでは読みにくいことがあります。",
        "Tell the main points here too; PDF is hard to read on a telephone or by listening.",
    ),
    find=_find,
    good=(
        f"{_HEAD}{'この計画は、市民の暮らしをよくするための計画です。' * 4}問い合わせは総務部へ。\n\n[案内（PDF、120KB）](../assets/leaflet.pdf)",
        f"{_HEAD}[計画の全体](measures/1-2-2.md)",
        "[案内（PDF、120KB）](../assets/leaflet.pdf)",
    ),
    bad=(
        f"{_HEAD}[案内（PDF、120KB）](../assets/leaflet.pdf)",
        f"{_HEAD}## 計画の案内\n\n次の資料を見てください。\n\n- [案内（PDF、120KB）](../assets/leaflet.pdf)",
    ),
    weight=Weight.WARNING,
    japanese=True,
)
