"""Words that only a style sheet knows (WCAG 2.2, 1.3.1, F87)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_WORDS = re.compile(r"[A-Za-z]{3,}.*|[぀-ヿ㐀-鿿々]{2,}.*", re.DOTALL)
_SYMBOL_FONT = re.compile(r"icon|symbol|glyph|awesome|dingbat", re.IGNORECASE)


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Elements that are seen with something before or after them."""
    for element in page.elements():
        if element.is_rendered and (element.before or element.after):
            yield element


def _expectation(element: Element, page: Snapshot) -> Fault | None:
    for content in (element.before, element.after):
        if "counter" in content:
            continue
        words = _WORDS.search(" ".join(_STRING.findall(content)))
        if words and not _is_known(words[0].strip(), element, page):
            return Fault(
                Text(
                    f"「{words[0][:60]}」は、スタイルシートだけが書いている言葉です。",
                    f"“{words[0][:60]}” is written by the style sheet alone.",
                )
            )
    return None


def _is_known(words: str, element: Element, page: Snapshot) -> bool:
    """Whether the page itself says it as well, or no reader is to read it as words."""
    if _SYMBOL_FONT.search(element.style.get("font-family", "")) or "_" in words:
        return True
    attributes = (value for e in (element, element.parent) if e for value in e.attributes.values())
    if any(words.strip(" :：") in value for value in attributes):
        return True
    return element.get("aria-hidden") == "true" or words.strip(" :：()（）") in page.text


def _styled(style: str, body: str) -> str:
    return f"<style>{style}</style>{body}"


CHECK = Check(
    id="words-made-by-css",
    title=Text("スタイルシートが書いた言葉", "Words made by a style sheet"),
    help=Text(
        "言葉はページの本文に書き、content には飾りだけを入れてください。",
        "Write the words in the page, and leave only decoration to `content`.",
    ),
    criteria=("1.3.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        _styled('p::before { content: "★ " }', "<p>新着</p>"),
        _styled("p::after { content: attr(data-unit) }", '<p data-unit="円です">100</p>'),
        _styled(
            'ol { counter-reset: a } li::before { counter-increment: a; content: counter(a) ". " }',
            "<ol><li>申請書を書く</li></ol>",
        ),
        _styled('i::before { content: "arrow_back"; font-family: "Material Icons" }', "<i></i>"),
    ),
    bad=(
        _styled('p::before { content: "重要: " }', "<p>明日は休館です</p>"),
        _styled('p::after { content: " Applications close on Friday" }', "<p>Grants</p>"),
    ),
)
