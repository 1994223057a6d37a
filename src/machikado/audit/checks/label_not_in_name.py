"""A control called otherwise than it reads: voice control misses it (ACT 2ee8b8; WCAG 2.2, 2.5.3)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot, TextRun
from machikado.vocabulary import Text

_ROLES = (
    "button", "checkbox", "gridcell", "link", "menuitem", "menuitemcheckbox", "menuitemradio",
    "option", "radio", "searchbox", "switch", "tab", "treeitem",
)  # fmt: skip
"""Widgets that can take their name from what they contain (WAI-ARIA 1.2, 5.2.8.4)."""
_ASIDE = re.compile(r"\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]")
_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(r"[぀-ヿ㐀-䶿一-鿿豈-﫿]")
"""Scripts written without spaces: kana and kanji."""
_SYMBOL_FONT = re.compile(r"icon|symbol|glyph|awesome|dingbat|wingding", re.IGNORECASE)


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Controls that show words and have been given a name besides."""
    for element in page.with_role(*_ROLES):
        if element.tag in ("input", "select", "textarea"):
            continue
        is_met = element.is_exposed and element.is_rendered and element.name
        if is_met and any(element.get(a).strip() for a in ("aria-label", "aria-labelledby")):
            yield element


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    shown = _shown(element)
    label, name = _words(_ASIDE.sub(" ", shown)), _words(element.name or "")
    # One letter is mostly a picture of something: X closes, i informs.
    if not label or (len(label) == 1 and len(label[0]) == 1 and not label[0].isdigit()):
        return None
    if _is_within(label, name):
        return None
    said, called = shown[:60], (element.name or "").strip()[:60]
    return Fault(
        Text(
            f"「{said}」と見えているのに、名前は「{called}」です。"
            "音声で操作する人が呼んでも動きません。",
            f"It reads “{said}” but is called “{called}”: it does not answer people who speak it.",
        )
    )


def _shown(element: Element) -> str:
    return " ".join("".join(_parts(element)).split())


def _parts(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, TextRun):
            if element.is_rendered and child.box is not None and not _is_of_symbols(element):
                yield child.text
        elif child.tag not in ("rt", "rp", "svg", "img"):
            is_inline = child.style.get("display", "inline") in ("inline", "ruby", "contents")
            gap = "" if is_inline and child.tag != "br" else " "
            yield gap
            yield from _parts(child)
            yield gap


def _is_of_symbols(element: Element) -> bool:
    return bool(_SYMBOL_FONT.search(element.style.get("font-family", "")))


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", _unspoilt(text)).casefold())


def _unspoilt(text: str) -> str:
    """As it was meant, where a page does not say that it is in UTF-8: no fault of the label."""
    with suppress(UnicodeError):
        return text.encode("cp1252").decode("utf-8")
    return text


def _is_within(label: list[str], name: list[str]) -> bool:
    """Whether the words stand in the name, in a row; letters where words have no spaces between."""
    if _UNSPACED.search("".join(label)):
        return "".join(label) in "".join(name)
    return any(name[at : at + len(label)] == label for at in range(len(name) - len(label) + 1))


CHECK = Check(
    id="label-not-in-name",
    title=Text("見た目と違う名前のボタンやリンク", "A control whose name is not what it reads"),
    help=Text(
        "aria-label を消すか、見えている言葉をそのまま含む名前にしてください。",
        "Remove the aria-label, or begin it with the very words that are shown.",
    ),
    criteria=("2.5.3",),
    act=("2ee8b8",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<a href="/a" aria-label="申請書（PDF）">申請書</a>',
        '<button aria-label="Next page in the list">Next Page</button>',
        '<button aria-label="閉じる">×</button> <button aria-label="Close">X</button>',
        '<button aria-label="Search by date">Search by date (YYYY-MM-DD)</button>',
        '<a href="/b" aria-label="お知らせ 一覧を見る">お知らせ一覧を見る</a>',
        '<a href="/a">市役所</a> <button aria-label="検索"><svg></svg></button>',
    ),
    bad=(
        '<button aria-label="送信する">申し込む</button>',
        '<a href="/a" aria-label="find out more">Apply for a permit</a>',
        '<a href="#y" aria-label="twenty twenty-one">2021</a>',
        '<a href="#d" aria-label="Download form">Download <span aria-hidden=true>tax</span> form</a>',
    ),
)
