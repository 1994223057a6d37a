"""The typesetter: what Machikado adds to Python-Markdown, and how its HTML becomes an article.

Any engine can use it: it calls `begin(page)`, renders the page with `extension` among the Markdown
extensions, and gives the HTML to `finish`. `ArticleRenderer` does so without any engine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Self
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element, SubElement

import markdown
from babel import Locale as Cldr
from markdown.extensions import Extension
from markdown.serializers import to_xhtml_string
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from machikado.article.overrides import guarded, without_overrides
from machikado.article.quick import quicken, serialise
from machikado.article.sanitise import sanitiser
from machikado.article.tables import arrange
from machikado.content.address import encoded, path_from
from machikado.content.department import Term
from machikado.content.locale import Locale
from machikado.content.page import Page
from machikado.content.site import Site
from machikado.messages import Catalogue

DIRECTIVE = re.compile(r"^\[\[([a-z][a-z-]*)((?: [a-z]+=[^\s\]]+)*)\]\]$")
_AFTER_LINK = re.compile(r"\s*[:：]\s*(.*)", re.DOTALL)
_PLACEHOLDER = re.compile(r'<div data-list="([a-z-]+)((?: [a-z]+=[^\s"]+)*)"></div>')


@dataclass(frozen=True)
class Heading:
    """A heading of the article: `id` is its fragment, `level` 2 to 6."""

    level: int
    id: str
    text: str


@dataclass(frozen=True)
class Listing:
    """A place in the article that a generated list fills: `[[news limit=5]]`."""

    name: str
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class UsedTerm:
    """A glossary term this article uses, and the locale its explanation is written in."""

    term: Term
    locale: Locale


@dataclass(frozen=True)
class Article:
    """The body of a page: HTML (str) and generated lists in turn, its headings and its terms."""

    parts: Sequence[str | Listing]
    headings: Sequence[Heading] = ()
    terms: Sequence[UsedTerm] = ()

    @property
    def html(self) -> str:
        """The article's own words, without generated lists."""
        return "".join(part for part in self.parts if isinstance(part, str))


@dataclass(frozen=True)
class Asset:
    """A file beside the pages: its address from the site's root and, for an image, its size in px.

    length: in bytes; media_type: that of an image, by its content; text: what the sidecar of a
    recording says (`article.recording`).
    """

    address: str
    size: tuple[int, int] | None = None
    length: int = 0
    media_type: str = ""
    text: str = ""


AssetLookup = Callable[[str], Asset | None]
"""From a file's path below docs/ to what is published of it."""


@cache
def language_name(locale: Locale, reader: Locale) -> str:
    """What readers of one locale call the language of another: "Japanese", 日本語."""
    own = Cldr.parse(locale.cldr)
    # Without the territory: a reader is told "English", not "British English".
    name = Cldr(own.language, script=own.script).get_display_name(reader.cldr)
    return name or locale.name


class Typesetter:
    """Resolves links, images, terms and tables of one page after another."""

    def __init__(
        self,
        site: Site,
        catalogues: Mapping[str, Catalogue],
        base_path: str = "/",
        asset: AssetLookup = lambda _path: None,
    ) -> None:
        self.site = site
        self.base_path = base_path
        self._catalogues = catalogues
        self._asset = asset
        self._sanitise = sanitiser(self._written)
        self._page: Page | None = None
        self._headings: list[Heading] = []
        self._terms: dict[str, UsedTerm] = {}

    @property
    def extension(self) -> Extension:
        return _ArticleExtension(self)

    def begin(self, page: Page) -> None:
        """Set the page whose Markdown is rendered next."""
        self._page, self._headings, self._terms = page, [], {}

    def finish(self, html: str) -> Article:
        """The article of the page begun last, from its rendered HTML. Nothing unsafe remains in it."""
        parts: list[str | Listing] = []
        clean = self._sanitise(html)
        position = 0
        for found in _PLACEHOLDER.finditer(clean):
            parts.append(clean[position : found.start()])
            options = dict(option.split("=", 1) for option in found.group(2).split())
            parts.append(Listing(found.group(1), options))
            position = found.end()
        parts.append(clean[position:])
        kept = [part for part in parts if isinstance(part, Listing) or part.strip()]
        return Article(tuple(kept), tuple(self._headings), tuple(self._terms.values()))

    def url(self, address: str) -> str:
        """The path a browser is given for an address from the site's root, below the base path."""
        return self.base_path.rstrip("/") + encoded(address)

    @property
    def page(self) -> Page:
        if self._page is None:
            raise RuntimeError("begin(page) comes before rendering")
        return self._page

    def arrange(self, root: Element) -> None:
        """Complete the rendered tree of the current page, in place."""
        for paragraph in [e for e in root.iter("p") if not len(e)]:
            if found := DIRECTIVE.match((paragraph.text or "").strip()):
                paragraph.tag, paragraph.text = "div", None
                paragraph.set("data-list", found.group(1) + found.group(2))
        words = self._catalogues[self.page.locale.code]
        arrange(
            root,
            unnamed=words.gettext("Table"),
            hint=words.gettext("On a narrow screen this table can be moved sideways."),
        )
        _lift_list_classes(root)
        for element in root.iter():
            if element.get("class") == "footnote-backref":
                # Python-Markdown says it in English; the link itself is a mere arrow.
                for name in ("title", "aria-label"):
                    element.set(name, words.gettext("Back to the text"))
            elif element.tag == "a":
                self._link(element)
            elif element.tag == "img":
                self._image(element)
            elif element.tag in ("h2", "h3", "h4") and element.get("id"):
                text = without_overrides("".join(element.itertext()).strip())
                self._headings.append(Heading(int(element.tag[1]), element.get("id") or "", text))

    def _link(self, link: Element) -> None:
        href = link.get("href", "")
        if href.startswith("term:"):
            self._term(link, href.removeprefix("term:"))
            return
        address, target = self._destination(href)
        if address is None:
            # A page before its time or after its end: its name stays, and leads nowhere.
            link.tag = "span"
            link.attrib.pop("href", None)
            return
        if target is not None and target.locale.code != self.page.locale.code:
            self._mark_foreign(link, target)
        link.set("href", address)

    def _destination(self, href: str) -> tuple[str | None, Page | None]:
        """The address that `href` means, None for a page that is not public, and the page it is of."""
        named = self._file(href)
        if named is None:
            return href, None
        path, rest = named
        if not path.endswith(".md"):
            asset = self._find_asset(path)
            return (self.url(asset.address) + rest if asset else href), None
        target = self.site.resolve(self.page.locale, path)
        if target is None:
            return None, None
        if target.locale.code != self.page.locale.code:
            rest = f"#from-{self.page.locale.code}"
        return self.url(target.address) + rest, target

    def _file(self, address: str) -> tuple[str, str] | None:
        """The file that a relative address names, from the locale's folder, and its `?query#fragment`."""
        # What the lines below would find too; after `arrange` most links are such.
        if address[:1] in ("", "/", "#"):
            return None
        try:
            parts = urlsplit(address)
        except ValueError:  # `http://[x`: no address at all
            return None
        if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
            return None
        path = path_from(self.page.path, unquote(parts.path))
        return None if path is None else (path, parts._replace(path="").geturl())

    def _written(self, tag: str, name: str, value: str) -> str | None:
        """The attribute of an element: links and images written as HTML are in no tree before this."""
        if (tag, name) == ("a", "href"):
            return self._destination(value)[0]
        if (tag, name) == ("img", "src") and (asset := self._asset_at(value)):
            return self.url(asset.address)
        return value

    def _mark_foreign(self, link: Element, target: Page) -> None:
        """Say that the target is in another language, in words and for machines."""
        reader = self.page.locale
        link.set("hreflang", target.locale.lang)
        note = SubElement(link, "span", {"class": "in-language", "data-generated": ""})
        note.text = self._catalogues[reader.code].gettext(
            " (%(language)s)", language=language_name(target.locale, reader)
        )

    def _term(self, link: Element, term_id: str) -> None:
        own = self.page.locale
        for locale in (own, self.site.locales.default):
            if term := self.site.glossary.find(term_id, locale.code):
                if term_id not in self._terms:
                    link.set("id", f"term-{term_id}-use")
                self._terms.setdefault(term_id, UsedTerm(term, locale))
                link.set("href", f"#term-{term_id}")
                link.set("class", "term")
                return
        # An unknown term stays readable; `machikado check` names the line.
        link.tag = "span"
        link.attrib.pop("href", None)

    def _image(self, image: Element) -> None:
        classes = image.get("class", "").split()
        if "decorative" in classes:
            image.set("alt", "")
        src = image.get("src", "")
        if self._file(src) is None:
            return
        if asset := self._asset_at(src):
            image.set("src", self.url(asset.address))
            if asset.size:
                # Known sizes keep the text from jumping while images arrive.
                image.set("width", str(asset.size[0]))
                image.set("height", str(asset.size[1]))
        image.set("loading", "lazy")
        image.set("decoding", "async")

    def _asset_at(self, address: str) -> Asset | None:
        named = self._file(address)
        return self._find_asset(named[0]) if named else None

    def _find_asset(self, path: str) -> Asset | None:
        """A file named from the page's folder: this locale's own, the default's, or a shared one."""
        return (
            self._asset(f"{self.page.locale.code}/{path}")
            or self._asset(f"{self.site.locales.default.code}/{path}")
            or self._asset(path)
        )


def _lift_list_classes(root: Element) -> None:
    """A `{: .tasks }` below a list belongs to the list, not to its last item as attr_list has it.

    In such a list, what follows an item's link after a colon is what the link is about.
    """
    for items in [e for e in root.iter() if e.tag in ("ul", "ol") and len(e)]:
        kind = items[-1].attrib.pop("class", "")
        if not kind:
            continue
        items.set("class", kind)
        for item in items:
            link = item[0] if len(item) else None
            about = _AFTER_LINK.match((link.tail if link is not None else "") or "")
            if link is not None and about:
                note = Element("span", {"class": "about"})
                note.text, link.tail = about.group(1), None
                note.extend(list(item)[1:])
                for child in list(item)[1:]:
                    item.remove(child)
                item.append(note)


class _ArticleExtension(Extension):
    def __init__(self, typesetter: Typesetter) -> None:
        super().__init__()
        self._typesetter = typesetter

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        quicken(md)
        # After attr_list (8) and toc (5) have set classes and ids, before any engine's link step (0).
        # Between inline marks (20) and attr_list (8), which would take a reading for attributes.
        md.treeprocessors.register(_Guard(md), "overrides", 9)
        md.treeprocessors.register(_Arrange(md, self._typesetter), "machikado", 4)


class _Guard(Treeprocessor):
    """Keeps `{漢字|かんじ}` as it is, wherever it stands."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.text and element.tag not in ("code", "pre"):
                element.text = _kept(element.text)
            if element.tail:
                element.tail = _kept(element.tail)


def _kept(text: str) -> str:
    # What Markdown treats as finished (code, mostly) stays so.
    return text if isinstance(text, AtomicString) else guarded(text)


class _Arrange(Treeprocessor):
    def __init__(self, md: markdown.Markdown, typesetter: Typesetter) -> None:
        super().__init__(md)
        self._typesetter = typesetter

    def run(self, root: Element) -> None:
        self._typesetter.arrange(root)


class _Markdown(markdown.Markdown):
    """Python-Markdown that looks up once a page whether an element is a block.

    Each of its steps asks so of each element, and the answer is a search through sixty names.
    """

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - Python-Markdown's
        self._blocks: dict[object, bool] = {}
        super().__init__(**settings)

    def reset(self) -> Self:
        self._blocks.clear()
        return super().reset()

    def is_block_level(self, tag: object) -> bool:
        known = self._blocks.get(tag)
        if known is None:
            known = self._blocks[tag] = super().is_block_level(tag)
        return known


class ArticleRenderer:
    """Renders pages without an engine, with the same Markdown extensions as the engine has."""

    def __init__(
        self, typesetter: Typesetter, extensions: Sequence[Any], configs: Mapping[str, Any]
    ) -> None:
        self._typesetter = typesetter
        self._markdown = _Markdown(
            extensions=[*extensions, typesetter.extension], extension_configs=dict(configs)
        )
        # An extension may write another way.
        if self._markdown.serializer is to_xhtml_string:
            self._markdown.serializer = serialise

    def render(self, page: Page) -> Article:
        self._typesetter.begin(page)
        self._markdown.reset()
        return self._typesetter.finish(self._markdown.convert(page.body))
