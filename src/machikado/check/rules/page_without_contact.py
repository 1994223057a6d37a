"""A page that does not say whom to ask."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.content.front_matter import PageType
from machikado.patterns import lazily
from machikado.vocabulary import Text, Weight

_CONTACT = lazily(
    r"問い?合わ?せ|連絡先|相談先|担当[課部係室]|申込先|申し込み先|提出先|電話|℡|TEL|FAX|ファク|ファックス|メール|mailto:|tel:|@|\d{2,4}-\d{2,4}-\d{3,4}|\[\[contact\]\]",
    re.IGNORECASE,
)
_LEAST = 80
"""Letters from which on a page raises questions."""


def _find(source: SourcePage) -> Iterator[Mark]:
    page = source.page
    if page.meta.department or page.is_home or page.is_not_found or page.meta.translation:
        return
    if page.meta.type not in (PageType.PAGE, PageType.NEWS, PageType.EVENT):
        return
    if source.prose.own_letters < _LEAST or source.outline.directives or _CONTACT.search(page.body):
        return
    yield Mark(
        page.lines.get("title", 1),
        Text("問い合わせ先がありません。", "The page does not say whom to ask."),
    )


_HEAD = "---\nid: 1002000\ntitle: 計画の案内\n---\n"
_TEXT = "この計画は、市民の暮らしをよくするための計画です。" * 4

RULE = Rule(
    id="page-without-contact",
    title=Text("問い合わせ先のないページ", "A page without a contact"),
    help=Text(
        "ページの情報に department（担当部署）を書いてください。部署の名前、電話、メールが自動で付きます。",
        "Write `department` in the front matter; its name, telephone and e-mail are then shown.",
    ),
    find=_find,
    good=(
        _TEXT,
        f"{_HEAD}短い文です。",
        f"{_HEAD}{_TEXT}\n\n問い合わせは総務部（電話 019-000-0000、ファクス 019-000-0001）へ。",
    ),
    bad=(f"{_HEAD}{_TEXT}",),
    weight=Weight.WARNING,
    japanese=True,
)
