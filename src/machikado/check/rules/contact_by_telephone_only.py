"""A contact that can only be telephoned: people who do not hear or speak cannot ask.

The duty of reasonable accommodation (障害者差別解消法) asks for another way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text, Weight

_HEADING = lazily("問い?合わ?せ|連絡先|相談先|申込先|申し込み先")
_LINE = lazily("(?:問い?合わ?せ先?|連絡先|相談先|申込先|申し込み先)[はをにへ、:： 　]")
_NUMBER = lazily(r"(?<![\d-])[0０]\d{1,4}[-－‐（）()ー]\d{1,4}[-－‐（）()ー]\d{3,4}(?!\d)|tel:")
_OTHER = lazily(
    r"FAX|ＦＡＸ|ファクス|ファックス|ファクシミリ|メール|mail|@|フォーム|手話|電話リレー|チャット|LINE|ライン|郵送|手紙|窓口|来てください|https?://|\.md\)|\[\[contact\]\]",
    re.IGNORECASE,
)


def _find(source: SourcePage) -> Iterator[Mark]:
    body = source.page.body
    if source.page.meta.department or not _NUMBER.search(body) or not _HEADING.search(body):
        return
    if _OTHER.search(body):
        # Another way stands somewhere on the page.
        return
    lines = source.lines
    for heading in source.outline.headings:
        if _HEADING.search(heading.text):
            yield _mark(heading.line)
            return
    for number, line in enumerate(lines, source.page.body_line):
        if _LINE.search(line):
            yield _mark(number)
            return


def _mark(line: int) -> Mark:
    return Mark(
        line,
        Text("問い合わせの方法が電話しかありません。", "The only way to ask is the telephone."),
    )


RULE = Rule(
    id="contact-by-telephone-only",
    title=Text("電話だけの問い合わせ先", "A contact by telephone alone"),
    help=Text(
        "耳が聞こえない人や話せない人も問い合わせられるように、ファクスかメールも書いてください。"
        "department（担当部署）を書けば、自動で付きます。",
        "Give a fax number or an e-mail address too, for people who do not hear or speak; "
        "`department` in the front matter does so.",
    ),
    find=_find,
    good=(
        "## 問い合わせ\n\n総務部 電話 019-000-0000、ファクス 019-000-0001",
        "## 問い合わせ\n\n総務部 電話 019-000-0000、[メール](mailto:info@city.example)",
        "電話は019-000-0000です。",
        "## 問い合わせ\n\n[[contact]]",
    ),
    bad=(
        "## 問い合わせ\n\n総務部 電話 019-000-0000",
        "## お問合せ先\n\n総務部（[019-000-0000](tel:0190000000)）",
        "問い合わせ先は総務部（019-000-0000）です。",
    ),
    weight=Weight.WARNING,
    japanese=True,
)
