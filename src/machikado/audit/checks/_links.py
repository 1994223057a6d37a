"""Links as checks see them: where they lead, what stands around them, whether their words say anything."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from machikado.audit.snapshot import Element, Snapshot, TextRun

_MOVES = re.compile(
    r"location(?:\.href)?\s*=\s*['\"]([^'\"]+)['\"]|(?:assign|replace|open)\(\s*['\"]([^'\"]+)['\"]"
)
_FORMATS = {
    "html", "epub", "pdf", "plain text", "text", "txt", "word", "excel", "csv", "doc", "docx",
    "xls", "xlsx", "ppt", "pptx", "zip", "jpg", "jpeg", "png", "mp3", "mp4", "テキスト", "ワード",
    "エクセル", "pdf版", "word版", "excel版", "pdfファイル", "html版", "csv版",
}  # fmt: skip
GENERIC = _FORMATS | {
    # Japanese
    "こちら", "こちらへ", "こちらから", "こちらをクリック", "こちらをご覧ください", "こちらのページ",
    "こちらのリンク", "ここ", "ここへ", "ここから", "ここをクリック", "詳細", "詳細へ", "詳細はこちら",
    "詳細はこちらへ", "詳細はこちらから", "詳細を見る", "詳細ページ", "詳細ページへ", "詳しく",
    "詳しくは", "詳しくはこちら", "詳しくはこちらへ", "詳しくはこちらから", "詳しく見る", "くわしく",
    "くわしくはこちら", "くわしく見る", "もっと", "もっと見る", "もっと読む", "もっと詳しく", "続き",
    "続きを読む", "続きを見る", "続きはこちら", "クリック", "クリックしてください", "リンク",
    "リンク先", "リンクはこちら", "このページ", "このリンク", "このサイト", "サイトへ", "ページへ",
    "ページはこちら", "見る", "読む", "開く", "ダウンロード", "ダウンロードはこちら", "ダウンロードする",
    "資料", "資料はこちら", "ファイル", "参照", "表示", "表示する", "をクリック", "そちら", "アクセスはこちら",
    "申込みはこちら", "お申し込みはこちら", "お問い合わせはこちら", "申請はこちら",
    # English
    "click here", "click", "click this link", "click this", "here", "read more", "more", "learn more",
    "find out more", "see more", "show more", "view more", "discover more", "know more", "details",
    "more details", "more info", "more information", "further information", "further details",
    "view details", "see details", "full details", "info", "information", "view", "see", "open",
    "read", "continue", "continue reading", "read on", "go", "go here", "go to", "link", "this link",
    "this page", "this", "that", "page", "website", "web page", "webpage", "site", "download",
    "download here", "tap here", "press here", "start here", "look here", "see here", "read here",
    "read this", "follow this link", "find out", "find out here", "more here", "see this", "it",
    "this article", "this document", "this site", "this website", "this post", "visit", "visit site",
    "visit website", "get more", "learn more here", "read more here", "document", "file", "button",
    # Others that live in Japanese cities
    "点击这里", "点击此处", "这里", "此处", "更多", "详情", "查看详情", "查看更多", "了解更多", "點擊這裡",
    "點擊此處", "這裡", "詳情", "查看詳情", "更多資訊", "여기", "여기를 클릭", "여기를 클릭하세요", "더보기",
    "더 보기", "자세히", "자세히 보기", "클릭", "tại đây", "xem thêm", "bấm vào đây", "nhấn vào đây",
    "chi tiết", "aquí", "haga clic aquí", "haz clic aquí", "más", "leer más", "ver más",
    "más información", "aqui", "clique aqui", "saiba mais", "leia mais", "mais", "mais informações",
    "ici", "cliquez ici", "en savoir plus", "lire la suite", "plus", "plus d'informations", "hier",
    "hier klicken", "klicken sie hier", "mehr", "mehr erfahren", "weiterlesen", "mehr lesen", "qui",
    "clicca qui", "leggi tutto", "scopri di più", "dito", "i-click dito", "mag-click dito",
    "magbasa pa", "di sini", "klik di sini", "selengkapnya", "baca selengkapnya", "ที่นี่", "คลิกที่นี่",
    "อ่านเพิ่มเติม", "यहाँ क्लिक गर्नुहोस्", "थप पढ्नुहोस्",
}  # fmt: skip
"""Link text that says nothing of where the link leads, as `plain` writes it."""

_POINTING = re.compile(
    r"(?:this|these|that|those) [a-z]+|(?:この|こちらの|その|あの)(?:ページ|製品|商品|資料|文書|記事|リンク|サイト|"
    r"ファイル|書類|情報|ところ|場所|内容|案内|お知らせ|もの)"
)
_DETAILS = re.compile(
    r"(?:詳しく|くわしく|詳細|続き|一覧|お?申し?込みは?|ご覧)?(?:は|を)?[、,]?\s?(?:こちら|コチラ)(?:へ|から|まで|より|です|をご覧ください|をクリック|をどうぞ)?"
)
_EDGE = re.compile(r"^[^\w]+|[^\w]+$")


def plain(text: str) -> str:
    """For comparing: full-width forms made plain, case and white space evened out."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def is_generic(name: str) -> bool:
    """Whether link text of this wording could stand on any link."""
    words = _EDGE.sub("", plain(name))
    return words in GENERIC or bool(_POINTING.fullmatch(words) or _DETAILS.fullmatch(words))


def is_format(name: str) -> bool:
    """Whether link text names a file format and nothing else."""
    return _EDGE.sub("", plain(name)) in _FORMATS


def target(link: Element, page: Snapshot) -> str:
    """The absolute address that a link leads to, "" where none can be read."""
    if link.href:
        return urljoin(page.url, link.href)  # of an SVG it is as written
    found = _MOVES.search(link.get("onclick"))
    written = (found[1] or found[2]) if found else link.get("href") or link.get("xlink:href")
    return urljoin(page.url, written) if written else ""


@lru_cache(maxsize=2)
def links(page: Snapshot) -> Sequence[Element]:
    """The links that assistive technology meets, in document order."""
    return tuple(e for e in page.elements() if e.role == "link" and e.is_exposed)


def context(link: Element, page: Snapshot) -> tuple[Element, ...]:
    """Its programmatically determined context (ACT glossary): list items, paragraph, cell, description."""
    found: list[Element] = []
    paragraph = cell = None
    for element in link.ancestors():
        if element.role == "listitem" or (element.tag == "li" and element.role is None):
            found.append(element)
        elif paragraph is None and (
            element.role == "paragraph" or (element.tag == "p" and not element.get("role"))
        ):
            paragraph = element
        elif cell is None and element.tag in ("td", "th"):
            cell = element
    if paragraph is not None:
        found.append(paragraph)
    if cell is not None:
        found.append(cell)
        found.extend(_headers(cell, page))
    found.extend(
        page.by_id[name] for name in link.get("aria-describedby").split() if name in page.by_id
    )
    return tuple(found)


def _headers(cell: Element, page: Snapshot) -> Iterator[Element]:
    """The header cells of a cell of a plain table: named by it, in its row, above it."""
    named = [page.by_id[name] for name in cell.get("headers").split() if name in page.by_id]
    row = cell.parent
    if named or row is None:
        yield from named
        return
    yield from (other for other in row.parts if other.tag == "th" and other is not cell)
    place = row.parts.index(cell)
    table = cell.closest("table")
    for line in table.elements("tr") if table else ():
        if line is not row and len(line.parts) > place and line.parts[place].tag == "th":
            yield line.parts[place]


def said_around(link: Element, page: Snapshot) -> str:
    """What its context says beside links; its own description too."""
    return " ".join(_without_links(element) for element in context(link, page)).strip()


def _without_links(element: Element) -> str:
    said: list[str] = []
    for child in element.children:
        if isinstance(child, TextRun):
            said.append(child.text)
        elif child.role != "link":
            said.append(
                f" {child.name or ''} " if child.tag in ("img", "svg") else _without_links(child)
            )
    return "".join(said)


def has_words(text: str) -> bool:
    """Whether a text has any letters or figures."""
    return any(character.isalnum() for character in text)


def leads_to_its_namesake(link: Element, page: Snapshot) -> bool:
    """Whether it leads to a heading of the same wording, as in a table of contents."""
    address, fragment = urldefrag(link.href)
    place_there = page.by_id.get(unquote(fragment)) if fragment else None
    if place_there is None or address != urldefrag(page.url).url:
        return False
    return plain(place_there.text) == plain(link.text)


def heading_before(link: Element) -> Element | None:
    """The heading that stands above a link within the same part of the page, if one does."""
    element: Element = link
    while element.parent is not None:
        peers = element.parent.parts
        for peer in reversed(peers[: peers.index(element)]):
            if peer.role == "heading":
                return peer
        element = element.parent
        if element.tag in ("body", "main"):
            return None
    return None


def place(address: str) -> str:
    """An address for comparing: no fragment, scheme, `www.`, index file or end slash."""
    parts = urlsplit(urldefrag(address).url)
    path = re.sub(r"(?:/index\.\w+|/)$", "", parts.path)
    query = "&".join(p for p in parts.query.split("&") if p and not p.startswith("utm_"))
    return f"{parts.netloc.removeprefix('www.').lower()}{path}{'?' + query if query else ''}"


def same_purpose(first: str, second: str, page: Snapshot) -> bool | None:
    """Whether two addresses serve one purpose; None where it cannot be known."""
    if place(first) == place(second):
        return True
    pages = page.probes.get("linked-pages", {})
    one, other = (pages.get(urldefrag(address).url) for address in (first, second))
    if one and other:
        if place(one["url"]) == place(other["url"]):
            return True
        if not one["text"] and not other["text"]:
            return True if one["title"] == other["title"] and one["title"] else None
        if one["text"] == other["text"]:
            return True
        return None if _are_alike(one["text"], other["text"]) else False
    first_parts, second_parts = urlsplit(first), urlsplit(second)
    if first_parts.scheme != second_parts.scheme and "http" not in first_parts.scheme:
        return None
    if place(first).partition("?")[0] == place(second).partition("?")[0]:
        return None
    return False


def _are_alike(one: str, other: str) -> bool:
    """Whether two long texts differ in no more than a date or a counter."""
    words, others = set(one.split()), set(other.split())
    both = len(words & others)
    return both > 40 and both / len(words | others) > 0.95
