"""A link to a file that does not say so (WCAG 2.4.9; G201 likewise for windows)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from machikado.audit.check import Check, Fault
from machikado.audit.checks._links import context, links, plain, target
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_FILE = re.compile(
    r"\.(pdf|docx?|xls[xm]?|pptx?|zip|csv|odt|ods|odp|rtf|epub|mp3|wav|mp4|mov|avi|wmv|jtdc?|lzh)$"
)
_SAID_BY = {
    "pdf": ("pdf", "ピーディーエフ"),
    "doc": ("doc", "word", "ワード"),
    "xls": ("xls", "excel", "エクセル", "spreadsheet"),
    "ppt": ("ppt", "powerpoint", "パワーポイント", "slides"),
    "zip": ("zip", "圧縮"),
    "mp3": ("mp3", "audio", "sound", "listen", "音声", "聞く"),
    "wav": ("wav", "audio", "sound", "listen", "音声", "聞く"),
    "mp4": ("mp4", "video", "movie", "watch", "動画", "映像", "ビデオ"),
    "mov": ("mov", "video", "movie", "watch", "動画", "映像", "ビデオ"),
    "avi": ("avi", "video", "movie", "watch", "動画", "映像", "ビデオ"),
    "wmv": ("wmv", "video", "movie", "watch", "動画", "映像", "ビデオ"),
    "jtd": ("jtd", "一太郎"),
}


def _kind(link: Element, page: Snapshot) -> str:
    found = _FILE.search(urlsplit(target(link, page)).path.lower())
    return found[1] if found else ""


def _applies_to(page: Snapshot) -> Iterator[Element]:
    return (link for link in links(page) if _kind(link, page))


def _expectation(link: Element, page: Snapshot) -> Fault | None:
    kind = _kind(link, page)
    around = context(link, page)
    said = plain(
        " ".join(
            [
                link.name or "",
                link.text,
                link.get("title"),
                link.get("type"),
                link.before,
                link.after,
            ]
            + [element.text for element in around]
            + [image.name or "" for e in around for image in e.elements("img", "svg")]
        )
    )
    words = _SAID_BY.get(kind[:3], (kind,))
    if any(word in said for word in words):
        return None
    return Fault(
        Text(
            f"リンク「{link.name}」は{kind.upper()}ファイルに行きますが、そう書かれていません。",
            f"The link “{link.name}” opens a {kind.upper()} file but does not say so.",
        )
    )


CHECK = Check(
    id="file-link-without-format",
    title=Text("ファイルだと分からないリンク", "A link to a file that does not say so"),
    help=Text(
        "リンクの言葉に、形式と大きさを書いてください（例:「総合計画（PDF、2MB）」）。",
        "Add format and size to the link text, as in “Master plan (PDF, 2 MB)”.",
    ),
    criteria=("2.4.9",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<p><a href="/plan.pdf">総合計画（ＰＤＦ、2MB）</a></p>',
        '<p><a href="/plan.pdf">Master plan</a> (PDF, 2 MB)</p>',
        '<p><a href="/form.docx">申請書<img src="" alt="ワード"></a></p>',
        '<p><a href="/pdf/">計画の一覧</a></p>',
    ),
    bad=(
        '<p><a href="/plan.pdf">総合計画</a></p>',
        '<p>Please read the <a href="/files/plan.PDF?v=2">master plan</a>.</p>',
        '<p><a href="/form.xlsx">申請書</a></p>',
    ),
)
