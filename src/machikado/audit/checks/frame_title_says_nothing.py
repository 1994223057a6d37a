"""A frame called “frame” (WCAG 2.2, 4.1.2 and 2.4.1, H64)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._images import plain
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_NOTHING = {
    plain(word)
    for word in (
        "frame", "iframe", "i frame", "inline frame", "untitled", "untitled frame", "title", "embed",
        "embedded content", "content", "page", "widget", "external content", "blank", "none",
        "frame title", "iframe title", "insert title here", "placeholder", "test", "todo", "default",
        "フレーム", "インラインフレーム", "タイトル", "無題", "埋め込み", "コンテンツ", "外部コンテンツ",
        "埋め込みコンテンツ", "ページ",
    )
}  # fmt: skip
_ADDRESS = re.compile(r"^(https?:)?//\S+$|^\S+\.(html?|php|aspx?|jsp)(\?\S*)?$|^about:blank$")
_NUMBERED = re.compile(r"^(i?frame|フレーム)\d+$")


def _applies_to(page: Snapshot) -> Iterator[Element]:
    for frame in page.elements("iframe", "frame"):
        if frame.is_exposed and (frame.name or "").strip():
            yield frame


def _expectation(frame: Element, _page: Snapshot) -> Fault | None:
    name = (frame.name or "").strip()
    if not (plain(name) in _NOTHING or _NUMBERED.match(plain(name)) or _ADDRESS.match(name)):
        return None
    return Fault(
        Text(
            f"フレームの名前「{name[:60]}」では、中に何があるか分かりません。",
            f"The frame's name, “{name[:60]}”, does not say what is in it.",
        )
    )


CHECK = Check(
    id="frame-title-says-nothing",
    title=Text("中身の分からないフレームの名前", "A frame whose title says nothing"),
    help=Text(
        "iframe の title に、中に何があるか（例: 市役所周辺の地図）を書いてください。",
        "Say in the title of the iframe what is in it, such as “Map around the town hall”.",
    ),
    criteria=("4.1.2",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<iframe title="市役所周辺の地図" srcdoc="<p>a</p>"></iframe>',
        '<iframe title="Video: how to sort waste" srcdoc="<p>a</p>"></iframe>',
    ),
    bad=(
        '<iframe title="iframe" srcdoc="<p>a</p>"></iframe>',
        '<iframe title="フレーム1" srcdoc="<p>a</p>"></iframe>',
        '<iframe title="map.html" srcdoc="<p>a</p>"></iframe>',
    ),
)
