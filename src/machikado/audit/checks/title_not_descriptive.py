"""A page title that does not tell what the page is about (ACT rule c4a8a4; WCAG 2.4.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from machikado.audit.check import Check, Fault
from machikado.audit.checks._links import plain
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_EMPTY_WORDS = re.compile(
    r"(?:(?:無題|untitled)-?\d+|無題|無題の?(?:ドキュメント|文書|ページ)|タイトル|ページ(?:の)?タイトル|新しいページ\s?\d*|新規(?:ページ|文書|ドキュメント)|"
    r"名称未設定|ページ\s?\d*|ドキュメント|文書\d*|テスト(?:ページ)?|サンプル(?:ページ)?|ホームページ|ウェブページ|"
    r"untitled(?: document| page)?\s?\d*|title|page title|the title|new page\s?\d*|page\s?\d*|document\s?\d*|web ?page|"
    r"my (?:web)?page|website|web site|test(?: page)?|sample(?: page)?|insert title here|enter title here|default|"
    r"welcome|home(?: ?page)?|main page|ようこそ|トップ(?:ページ)?|example|todo|tbd|index|microsoft word - .*|[-_.?!*/| ]+|\w+\.(?:html?|php|aspx?|jsp|docx?|pdf))"
)
_WELCOME = {
    "welcome", "to", "the", "at", "in", "of", "a", "an", "our", "home", "homepage", "page",
    "official", "website", "site", "on", "for", "and", "from", "by", "with", "us",
}  # fmt: skip
_LATIN_WORD = re.compile(r"[a-z]+")
_SMALL_PAGE = 300
"""A page of no more letters, without headings, is about the one thing that its title names."""


def _applies_to(page: Snapshot) -> Iterator[Element]:
    title = next(page.elements("title"), None)
    if title is not None and page.title.strip() and not title.in_frame:
        yield title


def _expectation(_title: Element, page: Snapshot) -> Fault | None:
    title = plain(page.title)
    file = PurePosixPath(unquote(urlsplit(page.url).path)).name.lower()
    if _EMPTY_WORDS.fullmatch(title) or (title == file and "." in file):
        return _fault(page)
    if (
        _names_only_the_site(title, page)
        or _is_of_something_else(title, page)
        or _is_not_the_one_meant(title, page)
    ):
        return _fault(page)
    return None


def _names_only_the_site(title: str, page: Snapshot) -> bool:
    """Whether the main heading ends in the title and says before it what the page is."""
    heading = next((e for e in page.elements("h1") if e.is_exposed and not e.in_frame), None)
    name = plain((heading.name or heading.text) if heading else "")
    if name == title or not name.endswith(title):
        return False
    rest = set(_LATIN_WORD.findall(name.removesuffix(title)))
    return len(rest - _WELCOME) >= 2 and bool(re.search(r"\b(?:at|on|of|by)(?: the)? $", name.removesuffix(title)))  # fmt: skip


def _is_of_something_else(title: str, page: Snapshot) -> bool:
    """Whether a little page takes up all but the first, telling word of its title."""
    text = plain(page.text)
    words = [w for w in _LATIN_WORD.findall(title) if w not in _WELCOME]
    has_headings = any(True for _ in page.with_role("heading"))
    if not re.fullmatch(r"[a-z ]+", title) or not 2 <= len(words) <= 4:
        return False
    if has_headings or not text.isascii() or len(text) > _SMALL_PAGE:
        return False
    if any(True for _ in page.elements("img", "svg", "iframe", "form", "video", "canvas")):
        return False
    said = set(_LATIN_WORD.findall(text))
    if len(said) < 8:
        return False
    first, *others = (_is_among(word, said) for word in words)
    return not first and any(others)


def _is_not_the_one_meant(title: str, page: Snapshot) -> bool:
    """Whether a second `title`, which browsers pass over, is of the page, and the first is not."""
    titles = [
        plain(e.text) for e in page.elements("title") if not e.in_frame and e.closest("svg") is None
    ]
    said = set(_LATIN_WORD.findall(plain(page.text)))
    if len(titles) < 2 or titles[0] != title or len(said) < 8:
        return False
    first, *others = (
        [w for w in _LATIN_WORD.findall(t) if w not in _WELCOME and len(w) > 3] for t in titles
    )
    return not any(_is_among(w, said) for w in first) and any(
        sum(_is_among(w, said) for w in other) >= 2 for other in others
    )


def _is_among(word: str, said: set[str]) -> bool:
    """Whether a word is there in any of its forms: harvest, harvesting."""
    stem = word[: max(4, len(word) - 3)]
    return any(other.startswith(stem) for other in said)


def _fault(page: Snapshot) -> Fault:
    return Fault(
        Text(
            f"ページの題名「{page.title}」では、何のページか分かりません。",
            f"The page title “{page.title}” does not tell what the page is about.",
        )
    )


def _page(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body>{body}</body></html>"
    )


CHECK = Check(
    id="title-not-descriptive",
    title=Text("内容を伝えないページの題名", "A page title that does not tell"),
    help=Text(
        "題名を「ページの内容 - サイトの名前」の形で書いてください。",
        "Write the title as “what the page is about - name of the site”.",
    ),
    criteria=("2.4.2",),
    act=("c4a8a4",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        _page("ごみの出し方 - まちかど市", "<h1>ごみの出し方</h1>"),
        _page("まちかど市", "<h1>ようこそ、まちかど市へ</h1>"),
        _page("Machikado City", "<h1>Welcome to Machikado City</h1>"),
        _page(
            "Pear season</title><title>Fruit",
            "<p>Pears ripen here from August on. Come and pick your own.</p>",
        ),
        _page("Welcome to Northtown", "<h1>Northtown</h1>"),
        _page("Pear season", "<p>Pears ripen here from August on. Come and pick your own.</p>"),
        _page("University Library", "<h1>University Library opening hours</h1>"),
    ),
    bad=(
        _page("無題ドキュメント", "<h1>ごみの出し方</h1>"),
        _page("index.html", "<h1>Waste</h1>"),
        _page(
            "Wrong title</title><title>Pears of the season",
            "<p>Pears ripen here from August on: this season has begun. Come and pick.</p>",
        ),
        _page("Welcome", "<h1>Opening hours of the museum</h1>"),
        _page("Machikado Library", "<h1>Results for “whales” at the Machikado Library</h1>"),
        _page(
            "Pear picking",
            "<p>You can pick plums in our garden from June until the end of July.</p>",
        ),
    ),
    needs_whole_page=True,
)
