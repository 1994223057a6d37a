"""An emergency told by a picture or a PDF alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.content.front_matter import PageType
from machikado.patterns import lazily
from machikado.vocabulary import Text

_FILE = lazily(r"\.(?:pdf|docx?|xlsx?|pptx?)(?:[?#].*)?$", re.IGNORECASE)
_CATEGORIES = frozenset(
    {"emergency", "disaster", "bousai", "bosai", "saigai", "kinkyu", "evacuation"}
)
_TITLE = lazily(
    "緊急|避難(?:指示|勧告|情報|所を?(?:開設|開き)|してください)|警戒レベル|特別警報|警報|災害(?:情報|対策本部)|被害|地震|津波|大雨|洪水|"
    "土砂災害|台風|大雪|噴火|停電|断水|熊|クマの?出没|不審者"
)
_LEAST = 40


def _find(source: SourcePage) -> Iterator[Mark]:
    meta = source.page.meta
    is_urgent = meta.category in _CATEGORIES or (
        meta.type is PageType.NEWS and _TITLE.search(meta.title)
    )
    if not is_urgent or source.prose.own_letters >= _LEAST:
        return
    files = [link.line for link in source.links if _FILE.search(link.target)]
    images = [image.line for image in source.images if not image.decorative]
    if files or images:
        yield Mark(
            min(files + images),
            Text(
                "緊急の情報が、画像かファイル（PDFなど）だけで伝えられています。",
                "Urgent information is given by an image or a file (PDF) alone.",
            ),
        )


_HEAD = "---\nid: 1002000\ntype: news\npublish_at: 2026-04-01\nfeed_id: tag:city.example,2026-04-01:ja/1002000\n"

RULE = Rule(
    id="emergency-without-text",
    title=Text("文章のない緊急情報", "An emergency without text"),
    help=Text(
        "どこで何が起きたか、だれが、いつ、どうすればよいかを、文章で書いてください。"
        "画像とPDFは、読み上げ、翻訳、通知に使えません。",
        "Say in words what happened where, and who is to do what and when. "
        "Images and PDF cannot be read aloud, translated or sent.",
    ),
    find=_find,
    good=(
        f"{_HEAD}title: 避難指示を出しました\n---\n\n{'川の水が増えています。内丸の人は、すぐに市役所へ逃げてください。' * 3}問い合わせは総務部へ。\n\n![避難する所の地図](map.png)",
        f"{_HEAD}title: お祭りを開きます\n---\n\n![お祭りの案内](map.png)",
        "![災害のときに逃げる所の地図](map.png)",
    ),
    bad=(
        f"{_HEAD}title: 避難指示を出しました\n---\n\n![避難する所の地図](map.png)",
        f"{_HEAD}title: 断水のお知らせ\n---\n\n[断水する地区（PDF、120KB）](../assets/leaflet.pdf)",
    ),
    japanese=True,
)
