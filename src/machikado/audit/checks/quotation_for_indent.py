"""A quotation that quotes nothing, used to indent (WCAG 2.2, 1.3.1, F43)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot, TextRun
from machikado.vocabulary import Text

_NO_QUOTATION = {
    "blockquote",
    "ul",
    "ol",
    "dl",
    "table",
    "img",
    "form",
    "iframe",
    "h1",
    "h2",
    "h3",
    "h4",
    "video",
}


def _applies_to(page: Snapshot) -> Iterator[Element]:
    for element in page.elements("blockquote"):
        if element.is_exposed and not element.has("cite") and not element.has("class"):
            yield element


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    has_text = any(isinstance(c, TextRun) and c.text.strip() for c in element.children)
    parts = element.parts
    if has_text or not parts or not all(part.tag in _NO_QUOTATION for part in parts):
        return None
    return Fault(
        Text(
            "引用でないものが blockquote に入っています。読み上げでは「引用」と読まれます。",
            "What stands in this blockquote is no quotation, but is announced as one.",
        )
    )


CHECK = Check(
    id="quotation-for-indent",
    title=Text("字下げのための引用", "A quotation used to indent"),
    help=Text(
        "blockquote を取り、字下げはスタイルシートで行ってください。",
        "Take the blockquote off and indent with a style sheet.",
    ),
    criteria=("1.3.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=("<blockquote><p>雨ニモマケズ</p></blockquote>", "<blockquote>To be</blockquote>"),
    bad=("<blockquote><ul><li>申請書</li></ul></blockquote>",),
)
