"""The view of one locale: what every page of it shows alike, made once for them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from urllib.parse import urljoin

from markupsafe import Markup

from machikado.article.recording import Recording
from machikado.article.typesetter import Article, AssetLookup, language_name
from machikado.content.address import encoded
from machikado.content.front_matter import PageType
from machikado.content.locale import Locale
from machikado.content.page import Page
from machikado.content.site import Site
from machikado.feeds.addresses import (
    CALENDAR_NAME,
    CALENDAR_TYPE,
    EVENTS,
    MEDIA_TYPES,
    NAMES,
    NEWS,
    VOICE,
    Format,
    calendar_address,
    channels_of,
    feed_addresses,
    opml_address,
)
from machikado.feeds.titles import channel_title
from machikado.furniture.values import FeedChannel, FeedLink, LanguageChoice, Link
from machikado.messages import Catalogue
from machikado.readings.furigana import is_japanese


@dataclass(frozen=True)
class Surroundings:
    """What is the same on every page of one build.

    asset: from a theme file to the address a browser is given; report_to: where problems are reported;
    recorded: the recording of a page with this article, where there is one;
    assets: looks up files by their path below docs/;
    annotate: from a text and its language (BCP 47) to safe HTML, with furigana where it is Japanese.
    """

    site: Site
    catalogues: Mapping[str, Catalogue]
    site_url: str
    base_path: str
    asset: Callable[[str], str]
    demonstration: bool = False
    report_to: str | None = None
    recorded: Callable[[Page, Article], Recording | None] = lambda _page, _article: None
    assets: AssetLookup = lambda _path: None
    annotate: Callable[[str, str], str] = lambda text, _lang: escape(text, quote=False)

    def url(self, address: str) -> str:
        """What a browser is given for an address from the site's root."""
        return self.base_path.rstrip("/") + encoded(address)

    def absolute(self, address: str) -> str:
        return self._origin + self.url(address)

    @cached_property
    def _origin(self) -> str:
        return urljoin(self.site_url, "/").rstrip("/")

    def locale_view(self, locale: Locale) -> LocaleView:
        if locale.code not in self._views:
            self._views[locale.code] = LocaleView(locale, self)
        return self._views[locale.code]

    @cached_property
    def _views(self) -> dict[str, LocaleView]:
        return {}


class LocaleView:
    """What all pages of `locale` show. The parts that ask for pages are shared (`Site.shared`)."""

    def __init__(self, locale: Locale, surroundings: Surroundings) -> None:
        self.locale = locale
        self._all = surroundings
        self._site = surroundings.site
        self._words = surroundings.catalogues[locale.code]
        self._drawn: dict[tuple[Hashable, ...], str] = {}
        self._shown: dict[str, Markup] = {}

    def shared(self, name: str) -> object:
        """The shared value `name`, made anew: `name`, `menu`, `footer` or `link <path>`."""
        kind, _, path = name.partition(" ")
        if kind == "link":
            return self._link_to(path)
        return {"name": self._name, "menu": self._menu, "footer": self._footer}[kind]()

    @property
    def name(self) -> str:
        """What the site is called here: as its home page is."""
        return self._site.shared(f"{self.locale.code} name", self._name)

    @property
    def menu(self) -> Sequence[Link]:
        """The main sections; one that has a category to itself is called by that short name."""
        return self._site.shared(f"{self.locale.code} menu", self._menu)

    @property
    def footer(self) -> Sequence[Link]:
        """The pages about the site itself."""
        return self._site.shared(f"{self.locale.code} footer", self._footer)

    def link_to(self, path: str) -> Link | None:
        """A link to the page at `path` in the reader's language, or to its original."""
        return self._site.shared(f"{self.locale.code} link {path}", lambda: self._link_to(path))

    def annotated(self, text: str, lang: str | None = None) -> Markup:
        """A text as safe HTML, with furigana where it is Japanese; in this locale's language by default."""
        # Escaped, and then marked with tags of our own.
        return Markup(self._all.annotate(text, self.locale.lang if lang is None else lang))  # noqa: S704

    def shown(self, msgid: str, **values: object) -> Markup:
        """A message of the theme as safe HTML with furigana; a value that is no HTML is escaped.

        Its words are read before the values stand in them, and so the same on every page.
        """
        words = self._shown.get(msgid)
        if words is None:
            words = self._shown[msgid] = self.annotated(self._words.gettext(msgid))
        return words % values if values else words

    def named(self, locale: Locale) -> Markup:
        """What a locale calls itself, with furigana for readers of Japanese alone."""
        return self.annotated(locale.name, locale.lang if is_japanese(self.locale.lang) else "")

    def once(self, *key: Hashable, caller: Callable[[], str]) -> str:
        """What `caller` draws, drawn once for all pages of this locale whose `key` is the same."""
        if key not in self._drawn:
            self._drawn[key] = caller()
        return self._drawn[key]

    @cached_property
    def feeds(self) -> Sequence[FeedLink]:
        return self.feeds_of(NEWS)

    def feeds_of(self, channel: str, forms: Sequence[Format] = tuple(Format)) -> list[FeedLink]:
        """The feeds of a channel."""
        title = channel_title(self._words, self._site, self.locale, channel, self.name)
        addresses = feed_addresses(self.locale, channel)
        links = [
            FeedLink(self._all.url(addresses[form]), MEDIA_TYPES[form], NAMES[form], title)
            for form in forms
        ]
        if channel == EVENTS:
            calendar = self._all.url(calendar_address(self.locale))
            links.append(FeedLink(calendar, CALENDAR_TYPE, CALENDAR_NAME, title))
        return links

    @property
    def channels(self) -> Sequence[FeedChannel]:
        """Every channel."""
        site = self._site
        every = list(map(self.feeds_of, channels_of(site.categories, site.departments)))
        if self.podcast:
            every.insert(1, self.podcast)
        return [FeedChannel(feeds[0].title, feeds) for feeds in every]

    @property
    def podcast(self) -> list[FeedLink]:
        """The feed of recorded news, where there is one."""
        # Loaded by the few pages that name it.
        from machikado.feeds.feed import has_voice

        if not has_voice(self._site, self.locale, self._all.assets):
            return []
        return [
            replace(link, format=f"Podcast, {link.format}")
            for link in self.feeds_of(VOICE, [Format.RSS])
        ]

    @property
    def opml(self) -> str:
        """The list of all feeds of this locale, for programs."""
        return self._all.url(opml_address(self.locale))

    @cached_property
    def search_index(self) -> str:
        return self._all.url(f"{self.locale.prefix}search/index.json")

    def link(self, target: Page, text: str = "") -> Link:
        """A link for readers of this locale; one to another language says so and lands on a notice."""
        href = self._all.url(target.address)
        words = text or target.title
        if target.locale.code == self.locale.code:
            return Link(words, href, target.meta.summary, html=self.annotated(words))
        language = language_name(target.locale, self.locale)
        lang = self.locale.lang if text else target.locale.lang
        return Link(
            words,
            f"{href}#from-{self.locale.code}",
            target.meta.summary,
            lang=None if text else target.locale.lang,
            hreflang=target.locale.lang,
            note=self.shown(" (%(language)s)", language=self.annotated(language)),
            html=self.annotated(words, lang),
        )

    @cached_property
    def editions(self) -> Sequence[LanguageChoice]:
        """Every edition of the site, by its home."""
        return [
            LanguageChoice(
                locale.name,
                locale.lang,
                self._all.url(locale.prefix),
                locale.lang,
                locale is self.locale,
                html=self.named(locale),
            )
            for locale in self._site.locales
        ]

    def _name(self) -> str:
        home = self._site.home(self.locale) or self._site.home(self._site.locales.default)
        return home.title if home else self._all.site_url

    def _menu(self) -> Sequence[Link]:
        sections = list(self._top(PageType.SECTION))
        shared = Counter(page.meta.category for page in sections)
        return tuple(self._menu_link(page, shared[page.meta.category] == 1) for page in sections)

    def _menu_link(self, page: Page, by_category: bool) -> Link:
        category = self._site.categories.get(page.meta.category or "") if by_category else None
        # Without a name in the reader's language the title serves, which tells its own.
        return self.link(page, category.names.get(self.locale.code, "") if category else "")

    def _footer(self) -> Sequence[Link]:
        return tuple(self.link(page) for page in self._top(PageType.PAGE, PageType.HELP))

    def _top(self, *types: PageType) -> Iterator[Page]:
        home = self._site.home(self._site.locales.default)
        for page in self._site.children(home) if home else ():
            if page.meta.type in types:
                yield self._site.translations(page.id).get(self.locale.code, page)

    def _link_to(self, path: str) -> Link | None:
        page = self._site.resolve(self.locale, path)
        return self.link(page) if page else None
