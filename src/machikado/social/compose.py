"""From a notice to its post on each network: title, first sentence, link, hashtags, within the limit.

Pure, and cheap enough for every notice of a site: checks of the sources ask it too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from machikado.article.outline import Image, outline, plain
from machikado.content.address import address_of, encoded, path_from
from machikado.content.front_matter import DEFAULT_ZONE, PageType, Social
from machikado.content.locale import Locale
from machikado.content.page import Page
from machikado.social.measure import links
from machikado.social.network import NETWORKS, Network

LINK = "{link}"
"""Where the notice's address stands in words of its own; without it, below them."""

_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
"""What no post may hold: controls, what X calls invalid, and overrides of the direction of writing,
which in a post would turn round what stands beside it."""
_SENTENCE = re.compile(r".+?(?:[。！？]|[.!?](?=\s|$))[」』）)]*", re.DOTALL)
_MARKDOWN_LINK = re.compile(r"\[([^\[\]\n]*)\]\(([^()\s]+)\)")
_URL = re.compile(r"https?://[^\s<>\"'　、。，．「」『』（）【】]+")
_TAG = re.compile(r"(?:(?<=\s)|^)#([^\W_]\w*)")
_LABELS = {
    "ja": ("【訂正】", "【取り消し】"),
    "zh-hans": ("【更正】", "【撤回】"),
    "zh-hant": ("【更正】", "【撤回】"),
    "ko": ("[정정] ", "[취소] "),
    "vi": ("[Đính chính] ", "[Rút lại] "),
    "en": ("Correction: ", "Withdrawn: "),
}
"""What a correction and a withdrawal begin with, by the start of the language's tag."""


@dataclass(frozen=True, slots=True)
class Span:
    """A link or a hashtag in a post: its first character and the one behind it, and where it leads."""

    start: int
    end: int
    tag: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as posts need it.

    id: its permanent feed_id; name: `<locale>/<page id>`, for people; address: its absolute URL;
    locale, path, site: where its page is, the site's address without the slash at its end;
    image: the picture's path from the locale's folder, with its alt;
    digest: changes when what is told changes.
    """

    id: str
    name: str
    title: str
    sentence: str
    address: str
    lang: str
    social: Social
    locale: Locale
    path: str
    site: str
    image: str | None = None
    alt: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """What a notice says on one network.

    image: the picture's path from the locale's folder, None where the network takes none.
    """

    network: Network
    text: str
    lang: str
    fits: bool
    image: str | None = None
    alt: str = ""

    @property
    def length(self) -> int:
        """As `network.limit` counts."""
        return self.network.limit.measure(self.text)


def notice_of(page: Page, site_url: str) -> Notice | None:
    """The notice of a page of news; None where it has no permanent id, which is a fault of its own."""
    if page.meta.feed_id is None:
        return None
    social = page.meta.social or Social()
    image, alt = _picture(page, social)
    return Notice(
        id=page.meta.feed_id,
        name=f"{page.locale.code}/{page.id}",
        title=one_line(page.meta.title) or page.id,
        sentence=_first_sentence(page),
        address=site_url.rstrip("/") + encoded(page.address),
        lang=page.locale.lang,
        social=social,
        locale=page.locale,
        path=page.path,
        site=site_url.rstrip("/"),
        image=image,
        alt=alt,
        digest=f"{page.digest}-{_digest(social)}",
    )


def minted(notice_id: str) -> datetime | None:
    """The day in a notice's `tag:` URI, on which it was given: its first moment in Tokyo.

    >>> str(minted("tag:city.example,2026-11-20:ja/1001001"))
    '2026-11-20 00:00:00+09:00'
    """
    day = notice_id.partition(",")[2].partition(":")[0]
    padded = f"{day}-01-01"[:10] if len(day) == 4 else f"{day}-01"[:10]
    try:
        return datetime.fromisoformat(padded).replace(tzinfo=DEFAULT_ZONE)
    except ValueError:
        return None


def post_on(network: Network, notice: Notice, hashtags: Iterable[str] = ()) -> Post:
    """The post of `notice`: its own words, else derived.

    Words of its own are never cut. From a derived post hashtags go first, then the sentence; a title
    is never cut either, since half a warning can say the opposite.
    """
    own = notice.social.words(network.id)
    if own is not None:
        words = _own_words(own, notice)
        body = words if LINK not in own else words.replace(LINK, notice.address)
        foot = "" if LINK in own else notice.address
        versions = [(body, foot)]
    else:
        with_sentence = notice.sentence and notice.sentence != notice.title
        versions = [(f"{notice.title}\n{notice.sentence}", notice.address)] if with_sentence else []
        versions.append((notice.title, notice.address))
    tags = tags_of([*notice.social.hashtags, *hashtags])
    return _best(network, notice, (text for text in _variants(versions, tags)))


def correction_on(network: Network, notice: Notice, hashtags: Iterable[str] = ()) -> Post:
    """A correction of an earlier post, to be approved: the notice's words for it, or derived."""
    label = _label(notice.lang)[0]
    if notice.social.correction:
        words = _own_words(notice.social.correction, notice)
        return _best(network, notice, iter([f"{label}{words}\n{notice.address}"]))
    post = post_on(network, notice, hashtags)
    versions = [
        f"{label}{post.text}",
        f"{label}{notice.title}\n{notice.sentence}\n{notice.address}",
        f"{label}{notice.title}\n{notice.address}",
    ]
    return _best(network, notice, iter(versions))


def withdrawal_on(network: Network, title: str, lang: str) -> Post:
    """What takes an earlier post back, to be approved; the page may be gone, so there is no link."""
    text = f"{_label(lang)[1]}{title}"
    return Post(network, text, lang, _fits(network, text))


def spans(text: str) -> tuple[Span, ...]:
    """The links (with their scheme) and hashtags of a post, in order, without overlap."""
    urls = [Span(m.start(), m.end(), url=m.group()) for m in _URL.finditer(text)]
    inside = [(span.start, span.end) for span in urls]
    tags = [
        Span(m.start(), m.end(), tag=m.group(1))
        for m in _TAG.finditer(text)
        if not any(start <= m.start() < end for start, end in inside)
    ]
    return tuple(sorted([*urls, *tags], key=lambda span: span.start))


def byte_offsets(text: str, span: Span) -> tuple[int, int]:
    """Where a span is in the UTF-8 of a text: app.bsky.richtext.facet counts bytes, end exclusive."""
    return len(text[: span.start].encode()), len(text[: span.end].encode())


def tags_of(words: Iterable[str]) -> tuple[str, ...]:
    """Hashtags of words: `morioka city` becomes `#MoriokaCity`, which a screen reader can read."""
    tags = []
    for phrase in words:
        parts = re.split(r"[\s_-]+", phrase.lstrip("#").strip())
        joined = parts[0] if len(parts) == 1 else "".join(p[:1].upper() + p[1:] for p in parts)
        tags.append("#" + re.sub(r"[^\w]", "", joined))
    return tuple(dict.fromkeys(tag for tag in tags if len(tag) > 1))


def one_line(text: str) -> str:
    """A text in one line, without what no post may hold."""
    return " ".join(_CONTROLS.sub("", text).split())


def internal_links(words: str) -> Iterator[str]:
    """The targets of links in words of a notice's own that lead to files of the site."""
    for _, target in _MARKDOWN_LINK.findall(words):
        if not re.match(r"[a-z][a-z0-9+.-]*:|//|#", target, re.IGNORECASE):
            yield target


def written_words(social: Social) -> Iterator[tuple[str, str]]:
    """Every text that a notice gives for its posts, with its key."""
    yield from social.texts
    for key in ("text", "correction"):
        if words := getattr(social, key):
            yield key, words


def _own_words(words: str, notice: Notice) -> str:
    """Words of a notice's own: links to pages as their addresses, no controls, lines kept."""

    def address(match: re.Match[str]) -> str:
        text, target = match.groups()
        return f"{text} {_address_of(target, notice)}".strip()

    lines = _MARKDOWN_LINK.sub(address, words).replace("\r", "").split("\n")
    return "\n".join(" ".join(_CONTROLS.sub("", line).split()) for line in lines).strip()


def _address_of(target: str, notice: Notice) -> str:
    """The address of a link in words of a notice's own, which are written as in its text."""
    if not next(internal_links(f"[x]({target})"), None):
        return target
    file, mark, fragment = target.partition("#")
    path = path_from(notice.path, file)
    if path is None:
        return target
    address = (
        address_of(notice.locale, path) if path.endswith(".md") else f"{notice.locale.prefix}{path}"
    )
    return f"{notice.site}{encoded(address)}{mark}{fragment}"


def _variants(versions: Iterable[tuple[str, str]], tags: tuple[str, ...]) -> Iterator[str]:
    for body, foot in versions:
        for count in range(len(tags), -1, -1):
            parts = (body, foot, " ".join(tags[:count]))
            yield "\n".join(part for part in parts if part)


def _best(network: Network, notice: Notice, texts: Iterator[str]) -> Post:
    """The first text that fits; the last one where none does."""
    text, fits = "", False
    for text in texts:
        fits = _fits(network, text)
        if fits:
            break
    image = notice.image if network.picture else None
    return Post(
        network,
        text,
        notice.lang,
        fits,
        image,
        notice.alt if image else "",
    )


def _fits(network: Network, text: str) -> bool:
    return all(limit.holds(text) for limit in network.limits)


def _label(lang: str) -> tuple[str, str]:
    tag = lang.lower()
    return next((_LABELS[key] for key in _LABELS if tag.startswith(key)), _LABELS["en"])


def _picture(page: Page, social: Social) -> tuple[str | None, str]:
    """The picture of the posts: the one named for them, else the first of the text that tells something."""
    if social.image is not None:
        return path_from(page.path, social.image), one_line(social.alt or "")
    if "![" not in page.body:
        return None, ""
    for image in outline(page.body).images:
        if not image.decorative and image.alt and _is_file(image):
            return path_from(page.path, image.target), one_line(image.alt)
    return None, ""


def _is_file(image: Image) -> bool:
    return bool(re.fullmatch(r"(?![a-z]+:|//|/)[^?#]+\.(?:png|jpe?g|webp|gif)", image.target, re.I))


def _first_sentence(page: Page) -> str:
    words = one_line(page.meta.summary) or _first_paragraph(page.body)
    found = _SENTENCE.match(words)
    return found.group().strip() if found else words


def _first_paragraph(body: str) -> str:
    """The words of the first paragraph that is text: no heading, list, table, image or fence."""
    for block in re.split(r"\n\s*\n", body):
        rows = block.strip()
        if rows and not re.match(r"[#|>!`~<:=]|\[\[|-{3}|[-*+]\s|\d+\.\s", rows):
            return one_line(" ".join(plain(row) for row in rows.split("\n")))
    return ""


def _digest(social: Social) -> str:
    """Eight hexadecimal digits of what is said for posts; corrections themselves do not count."""
    import hashlib

    told = (social.text, social.texts, social.hashtags, social.image, social.alt)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:8]


def is_posted(page: Page) -> bool:
    """Whether a page is posted anywhere: no page of another type is, and no notice that says so."""
    social = page.meta.social
    return page.meta.type is PageType.NEWS and (
        social is None or (social.posted and not social.withdrawn)
    )


def notice_in_sources(page: Page) -> Notice | None:
    """The notice of a page as far as its source alone tells: its site is the one of its feed_id."""
    authority = (page.meta.feed_id or "").removeprefix("tag:").partition(",")[0]
    return notice_of(page, f"https://{authority}")


def faults_of_fit(page: Page) -> Iterator[tuple[Network, Post]]:
    """The networks to which a notice is to be posted and where its words do not fit."""
    social = page.meta.social
    if not is_posted(page) or (social is None and _surely_fits(page.meta.title + page.address)):
        return
    notice = notice_in_sources(page)
    if notice is None:
        return
    for network in NETWORKS.values():
        if network.id in notice.social.off:
            continue
        own = notice.social.words(network.id)
        longest = own if own is not None else notice.title
        if _surely_fits(longest + notice.address):
            continue
        post = post_on(network, notice)
        if not post.fits:
            yield network, post


def _surely_fits(text: str) -> bool:
    """Whether a text fits everywhere without counting: no character counts more than two."""
    return 2 * len(text) + 23 * (1 + text.count(".")) <= 280


def shown_links(text: str) -> int:
    """How many links a network makes of a text, also of bare host names: X asks more for them."""
    return len(links(text))
