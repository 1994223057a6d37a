"""A title that was never written: 無題, Untitled (WCAG 2.2, failure F25)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text

_EMPTY = lazily(
    r"無題(?:の?(?:ドキュメント|文書|ページ))?\d*|名称未設定\d*|新規(?:ページ|文書|記事|ドキュメント)?\d*|新しいページ\d*|(?:ページの?)?タイトル(?:未設定|なし|を入力)?|"
    r"ページ\d*|仮(?:題|タイトル)?|テスト(?:ページ|投稿|記事)?\d*|ダミー(?:ページ|テキスト|タイトル)?|サンプル(?:ページ)?\d*|ここに(?:題名|タイトル).*|"
    r"untitled(?:\s*(?:document|page|\d+))?|new (?:page|document|post)\d*|page ?\d*|title|no title|test(?: ?page)?\d*|dummy|sample(?: ?page)?|"
    r"document\d*|lorem ipsum.*|index(?:\.(?:md|html?))?|home ?page|[\W_\d]{1,2}|x{3,}|〇{2,}|○{2,}.*",
    re.IGNORECASE,
)
_FILE = lazily(r"[\w.-]+\.(?:md|html?|docx?|pdf|xlsx?|txt)", re.IGNORECASE)


def _find(source: SourcePage) -> Iterator[Mark]:
    page = source.page
    if page.is_not_found:
        return
    title = unicodedata.normalize("NFKC", page.title).strip()
    if _EMPTY.fullmatch(title) or _FILE.fullmatch(title):
        yield Mark(
            page.lines.get("title", 1),
            Text(
                f"題名が「{page.title}」のままで、内容が伝わりません。",
                f"The title `{page.title}` does not say what the page is about.",
            ),
        )


RULE = Rule(
    id="placeholder-title",
    title=Text("仮のままの題名", "A title that was never written"),
    help=Text(
        "何のページかが分かる題名を、title に書いてください（例: 「ごみの出し方」）。",
        "Say in `title` what the page is about (“How to put out rubbish”).",
    ),
    find=_find,
    good=(
        "---\nid: 1002000\ntitle: ごみの出し方\n---\n",
        "---\nid: 1002000\ntitle: テストの受け方\n---\n",
        "---\nid: 1002000\ntitle: 2026年度の予算\n---\n",
    ),
    bad=(
        "---\nid: 1002000\ntitle: 無題\n---\n",
        "---\nid: 1002000\ntitle: Untitled Document\n---\n",
        "---\nid: 1002000\ntitle: 新規ページ\n---\n",
        "---\nid: 1002000\ntitle: index.html\n---\n",
    ),
    criteria=("2.4.2",),
    level="A",
)
