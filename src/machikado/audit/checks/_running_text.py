"""Running text of a page, for checks of how it is set (WCAG 1.4.8, and what every guide to web writing asks)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from machikado.audit.snapshot import Element, Snapshot, TextRun

_BLOCKS = ("p", "li", "dd", "td", "blockquote", "div", "figcaption", "section", "article", "main")
UNSPACED = re.compile(r"[぀-ヿ㐀-鿿]")
LONG = 120
"""Letters (`size_of`) of a text that is read for more than a moment."""
LONG_EN = (
    "The town hall is closed on Mondays and on public holidays. Please call the service desk if you need help "
    "on such a day, or send a letter to us. We answer within a week in most cases."
)
LONG_JA = (
    "市役所の窓口は、月曜日と祝日はお休みです。お困りのときは、電話か手紙でお知らせください。" * 3
)


@lru_cache(maxsize=1)
def texts(page: Snapshot) -> tuple[tuple[Element, str], ...]:
    """Elements with running text of their own, and that text; several checks ask of the same page in turn."""
    return tuple(_texts(page))


def _texts(page: Snapshot) -> Iterator[tuple[Element, str]]:
    for element in page.elements(*_BLOCKS):
        if (
            not element.is_rendered
            or element.in_frame
            or element.closest("pre", "code", "svg", "nav", "footer")
        ):
            continue
        if any(
            e.role in ("heading", "button", "link", "img") for e in (element, *element.ancestors())
        ):
            continue
        own = any(isinstance(child, TextRun) and child.text.strip() for child in element.children)
        holds = any(e.style.get("display") != "inline" for e in element.parts if e.tag != "br")
        if (own or element.tag in ("p", "li")) and not holds and element.shown_text:
            yield element, element.shown_text


def size_of(text: str) -> int:
    """Letters, each kana or kanji counting as two."""
    return len(text) + len(UNSPACED.findall(text))


def pixels(element: Element, name: str) -> float:
    """A length of its style; 0 where it is none."""
    written = element.style.get(name, "")
    try:
        return float(written.removesuffix("px"))
    except ValueError:
        return 0.0


def long_texts(page: Snapshot) -> Iterator[Element]:
    """Elements with long running text of their own."""
    return (element for element, text in texts(page) if size_of(text) >= LONG)
