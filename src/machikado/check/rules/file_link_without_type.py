"""A link to a PDF, an Excel or a Word file that does not say so: another program opens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text, Weight

_KINDS = {
    "pdf": ("PDF", "PDF|ピーディーエフ"),
    "xls": ("Excel", "Excel|エクセル|XLSX?|表計算"),
    "doc": ("Word", "Word|ワード|DOCX?"),
    "ppt": ("PowerPoint", "PowerPoint|パワーポイント|パワポ|PPTX?"),
    "csv": ("CSV", "CSV"),
    "zip": ("ZIP", "ZIP|圧縮"),
    "jtd": ("一太郎", "一太郎|JTD"),
    "rtf": ("RTF", "RTF|リッチテキスト"),
    "od": ("OpenDocument", "OpenDocument|ODT|ODS|ODP|オープンドキュメント"),
    "txt": ("テキスト", "テキスト|TXT|text"),
}
_FILE = lazily(r"\.(pdf|xls|doc|ppt|csv|zip|jtd|rtf|od|txt)[xmtsp]?(?:[?#].*)?$", re.IGNORECASE)


def _find(source: SourcePage) -> Iterator[Mark]:
    for link in source.links:
        found = _FILE.search(unquote(link.target)) if "." in link.target else None
        if found is None:
            continue
        kind, words = _KINDS[found.group(1).lower()]
        if re.search(
            words, f"{link.text} {_behind(source, link.target, link.line)}", re.IGNORECASE
        ):
            continue
        yield Mark(
            link.line,
            Text(
                f"リンク「{link.text}」に、{kind}のファイルであることが書かれていません。",
                f"The link `{link.text}` does not say that it leads to a file of {kind}.",
            ),
            Text(
                f"「{link.text}（{kind}、120KB）」のように、種類と大きさを書いてください。",
                f"Say what it is and how large: “{link.text} ({kind}, 120 KB)”.",
            ),
        )


def _behind(source: SourcePage, target: str, line: int) -> str:
    """The words right behind a link, up to the end of a bracket."""
    lines = source.lines
    number = line - source.page.body_line
    text = lines[number] if 0 <= number < len(lines) else ""
    at = text.find(target)
    if at < 0:
        return ""
    behind = text[at + len(target) :].removeprefix(")").removeprefix('">')
    found = re.match(r"[^（(\[［、。|]{0,6}[（(\[［]([^（）()\[\]［］]{1,30})", behind)
    return found.group(1) if found else ""


RULE = Rule(
    id="file-link-without-type",
    title=Text(
        "種類の書かれていない資料へのリンク", "A link to a file that does not say what it is"
    ),
    help=Text(
        "「（PDF、120KB）」のように、種類と大きさを書いてください。",
        "Say what it is and how large: “(PDF, 120 KB)”.",
    ),
    find=_find,
    good=(
        "[案内（PDF、120KB）](../assets/leaflet.pdf)",
        "[案内](../assets/leaflet.pdf)（PDF、120KB）",
        "[計画](measures/1-2-2.md)",
        "[申請書（エクセル、20KB）](https://city.example/form.xlsx)",
    ),
    bad=(
        "[案内](../assets/leaflet.pdf)",
        "[申請書](https://city.example/form.xlsx)",
        "[様式](https://city.example/form.docx?v=2)",
        '<a href="../assets/leaflet.pdf">案内</a>',
    ),
    weight=Weight.WARNING,
)
