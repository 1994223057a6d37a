"""The view of one page: all that its template shows, as plain values in the reader's language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from markupsafe import Markup

from machikado.article.typesetter import Article, Heading, Listing, UsedTerm, language_name
from machikado.content.department import Term
from machikado.content.front_matter import Method, PageType
from machikado.content.locale import Locale
from machikado.content.page import Page
from machikado.content.site import TranslationStatus
from machikado.feeds.addresses import CATEGORY, DEPARTMENT, DISASTER, EVENTS, Format, channel_of
from machikado.furniture import linked_data
from machikado.furniture.alternates import Alternate, alternates
from machikado.furniture.dates import DateText, spell
from machikado.furniture.locale_view import Surroundings
from machikado.furniture.recorded import recorded_audio
from machikado.furniture.values import (
    Block,
    Branch,
    Contact,
    Contents,
    FeedLink,
    LanguageChoice,
    Link,
    NewsItem,
    Notice,
    RecordedAudio,
)

RELATED = 5
"""How many related pages are shown at most."""


class PageView:
    """Everything about one page that its template shows. Attributes are computed when asked for."""

    def __init__(self, page: Page, article: Article, surroundings: Surroundings) -> None:
        self.page = page
        self.article = article
        self._all = surroundings
        self._site = surroundings.site
        self._words = surroundings.catalogues[page.locale.code]
        self._locale = surroundings.locale_view(page.locale)

    def once(self, *key: Hashable, caller: Callable[[], str]) -> str:
        """A part that pages share, drawn by the first that shows it; `key` is all that it shows."""
        return self._locale.once(*key, caller=caller)

    # What the page is ------------------------------------------------------------------------

    def gettext(self, msgid: str, **values: object) -> str:
        """A message of the theme in this page's language."""
        return self._words.gettext(msgid, **values)

    def shown(self, msgid: str, **values: object) -> Markup:
        """A message of the theme as readers see it: as safe HTML, with furigana where it is Japanese."""
        return self._locale.shown(msgid, **values)

    def annotated(self, text: str, lang: str | None = None) -> Markup:
        """A text as safe HTML with furigana; in this page's language where no other is given."""
        return self._locale.annotated(text, lang)

    @property
    def lang(self) -> str:
        return self.page.locale.lang

    @property
    def locale(self) -> str:
        return self.page.locale.code

    @property
    def kind(self) -> str:
        """`home`, `not-found` or `page`: which template draws it."""
        if self.page.is_home:
            return "home"
        return "not-found" if self.page.is_not_found else "page"

    @property
    def template(self) -> str:
        return {"home": "home.html", "not-found": "404.html", "page": "main.html"}[self.kind]

    @property
    def title(self) -> str:
        return self.page.title

    @property
    def summary(self) -> str:
        return self.page.meta.summary

    @property
    def title_html(self) -> Markup:
        """The title as safe HTML, with furigana where it is Japanese."""
        return self._locale.annotated(self.title)

    @property
    def summary_html(self) -> Markup:
        return self._locale.annotated(self.summary)

    @property
    def is_news(self) -> bool:
        return self.page.meta.type is PageType.NEWS

    @property
    def number(self) -> str:
        """The page number: its permanent id, the same in every language."""
        return self.page.id

    @property
    def site_name(self) -> str:
        return self._locale.name

    @property
    def document_title(self) -> str:
        return self.site_name if self.page.is_home else f"{self.title} | {self.site_name}"

    @property
    def demonstration(self) -> bool:
        return self._all.demonstration

    @property
    def category(self) -> str:
        category = self._site.categories.get(self.page.meta.category or "")
        return category.name(self.locale, self._site.locales.default.code) if category else ""

    @cached_property
    def published(self) -> DateText | None:
        return self._date(self.page.meta.publish_at)

    @cached_property
    def updated(self) -> DateText | None:
        return self._date(self.page.updated_at)

    def _date(self, moment: datetime | None) -> DateText | None:
        if moment is None:
            return None
        date = spell(moment, self.page.locale, self._words)
        return replace(date, html=self.annotated(date.text))

    # Addresses -------------------------------------------------------------------------------

    def url(self, address: str) -> str:
        """What a browser is given for an address from the site's root."""
        return self._all.url(address)

    @cached_property
    def _href(self) -> str:
        return self._all.url(self.page.address)

    def absolute(self, address: str) -> str:
        return self._all.absolute(address)

    def asset(self, name: str) -> str:
        return self._all.asset(name)

    @property
    def canonical(self) -> str | None:
        """The page's absolute address; a page for missing addresses has none."""
        return None if self.page.is_not_found else self.absolute(self.page.address)

    @cached_property
    def alternates(self) -> Sequence[Alternate]:
        """Real translations only, reciprocal, with x-default; no tag that search engines do not know."""
        if self.page.is_not_found or not self.page.locale.hreflang:
            return ()
        return alternates(self._site, self.page.id, self.absolute)

    @property
    def home(self) -> Link:
        return Link(self.site_name, self.url(self.page.locale.prefix), current=self.page.is_home)

    @property
    def search_address(self) -> str | None:
        link = self._locale.link_to("search.md")
        return link.href if link else None

    @property
    def search_index(self) -> str:
        return self._locale.search_index

    def link(self, target: Page, text: str = "") -> Link:
        """A link for readers of this page; a target in another language says so and lands on a notice."""
        return self._here(self._locale.link(target, text))

    def link_to(self, path: str) -> Link | None:
        """A link to the page at `path` in the reader's language, or to its original."""
        link = self._locale.link_to(path)
        return self._here(link) if link else None

    def _here(self, link: Link) -> Link:
        """The link as this page shows it: one to the page itself says so."""
        return replace(link, current=True) if link.href == self._href else link

    # Ways around -----------------------------------------------------------------------------

    @cached_property
    def languages(self) -> Sequence[LanguageChoice]:
        """All locales, each in its own language; a missing translation leads to the notice about it."""
        group = self._site.translations(self.page.id)
        original = self._site.source_of(self.page)
        choices: list[LanguageChoice] = []
        for locale in self._site.locales:
            own = group.get(locale.code)
            if own is not None:
                choices.append(
                    LanguageChoice(
                        locale.name,
                        locale.lang,
                        self.url(own.address),
                        locale.lang,
                        own is self.page,
                        html=self._locale.named(locale),
                    )
                )
                continue
            words = self._all.locale_view(locale)
            choices.append(
                LanguageChoice(
                    locale.name,
                    locale.lang,
                    f"{self.url(original.address)}#from-{locale.code}",
                    original.locale.lang,
                    missing=words.shown("not translated"),
                    html=self._locale.named(locale),
                )
            )
        return choices

    @cached_property
    def notices(self) -> Sequence[Notice]:
        """On an original: one notice for each locale that has no edition of it."""
        if self._site.source_of(self.page) is not self.page:
            return ()
        group = self._site.translations(self.page.id)
        return [self._notice(locale) for locale in self._site.locales if locale.code not in group]

    def _notice(self, locale: Locale) -> Notice:
        words = self._all.locale_view(locale)
        nearest = self._nearest(locale)
        language = words.annotated(language_name(self.page.locale, locale))
        back = nearest.title if nearest else locale.name
        return Notice(
            id=f"from-{locale.code}",
            lang=locale.lang,
            title=words.shown(
                "This page is not available in %(name)s.", name=words.annotated(locale.name)
            ),
            text=words.shown("The page below is in %(language)s.", language=language),
            back=Link(
                self._all.catalogues[locale.code].gettext("Back to: %(title)s", title=back),
                self.url(nearest.address if nearest else locale.prefix),
                hreflang=locale.lang,
                html=words.shown("Back to: %(title)s", title=words.annotated(back)),
            ),
            close=words.shown("Read this page"),
        )

    def _nearest(self, locale: Locale) -> Page | None:
        """The nearest section above this page that exists in `locale`."""
        for page in reversed(self._site.breadcrumb(self.page)[:-1]):
            if own := self._site.translations(page.id).get(locale.code):
                return own
        return self._site.home(locale)

    @cached_property
    def breadcrumb(self) -> Sequence[Link]:
        return [
            self.link(step, text=self.gettext("Home") if step.is_home else "")
            for step in self._site.breadcrumb(self.page)
        ]

    @cached_property
    def menu(self) -> Sequence[Link]:
        """The main sections, that of this page marked."""
        return [
            replace(link, current=True)
            if link.hreflang is None and self._href.startswith(link.href)
            else link
            for link in self._locale.menu
        ]

    @cached_property
    def footer(self) -> Sequence[Link]:
        """The pages about the site itself."""
        return [self._here(link) for link in self._locale.footer]

    @cached_property
    def related(self) -> Sequence[Link]:
        """Pages named by the editor, else the neighbours in the same section."""
        if self.page.is_home or self.page.is_not_found:
            return ()
        if self.page.meta.related:
            found = [self._edition(page_id) for page_id in self.page.meta.related]
            return [self.link(page) for page in found if page][:RELATED]
        if self.page.is_index:
            return ()
        siblings = [p for p in self._site.siblings(self.page) if not p.is_index]
        if self.page not in siblings:
            return ()
        here = siblings.index(self.page)
        start = max(0, min(here - RELATED // 2, len(siblings) - RELATED - 1))
        near = [p for p in siblings[start : start + RELATED + 1] if p is not self.page]
        return [self.link(page) for page in near[:RELATED]]

    @cached_property
    def following(self) -> Link | None:
        """The page that is read after this one: the first below it, else the next beside it."""
        if self.page.is_home or self.page.is_not_found:
            return None
        if self.page.is_index:
            below = self._site.children(self.page)
            return self.link(below[0]) if below else None
        beside = [page for page in self._site.siblings(self.page) if not page.is_index]
        after = beside[beside.index(self.page) + 1 :] if self.page in beside else []
        return self.link(after[0]) if after else None

    def _edition(self, page_id: str) -> Page | None:
        group = self._site.translations(page_id)
        return group.get(self.locale) or next(map(self._site.source_of, group.values()), None)

    @cached_property
    def contents(self) -> Sequence[Contents]:
        """The table of contents: headings of level 2 with those of level 3 below; none for a short page."""
        entries: list[tuple[Heading, list[Contents]]] = []
        for heading in self.article.headings:
            if heading.level == 2:
                entries.append((heading, []))
            elif heading.level == 3 and entries:
                entries[-1][1].append(Contents(heading, title=self.annotated(heading.text)))
        if len(entries) < 2:
            return ()
        return [
            Contents(heading, below, self.annotated(heading.text)) for heading, below in entries
        ]

    # Notes about the page --------------------------------------------------------------------

    @cached_property
    def translation_note(self) -> str:
        """How this translation was made, where a reader must know; empty on originals."""
        translation = self.page.meta.translation
        if translation is None:
            return ""
        notes = []
        if translation.method is Method.MACHINE:
            notes.append(self.gettext("This page was translated by machine."))
        elif translation.method is Method.MACHINE_EDITED:
            notes.append(
                self.gettext("This page was translated by machine and edited by a person.")
            )
        if translation.reviewer is None:
            notes.append(self.gettext("No person has reviewed the translation."))
        return " ".join(notes)

    @cached_property
    def is_outdated(self) -> bool:
        """Whether the source page has changed since this translation was made."""
        return self._site.status(self.page.id, self.page.locale) is TranslationStatus.OUTDATED

    @property
    def source_link(self) -> Link:
        source = self._site.source_of(self.page)
        language = language_name(source.locale, self.page.locale)
        text = self.gettext("Read the original (%(language)s)", language=language)
        return Link(text, self.url(source.address), hreflang=source.locale.lang)

    @cached_property
    def recording(self) -> RecordedAudio | None:
        """What is heard in place of the page, where it was recorded as it is now."""
        found = self._all.recorded(self.page, self.article)
        return recorded_audio(found, self.url, self.lang) if found else None

    @cached_property
    def contact(self) -> Contact | None:
        department = self._site.departments.get(self.page.meta.department or "")
        if department is None:
            return None
        name = department.name(self.locale, self._site.locales.default.code)
        return Contact(name, department.phone, department.fax, department.email, department.example)

    @property
    def report_address(self) -> str | None:
        return self._all.report_to

    @property
    def report_link(self) -> Link | None:
        """Where a reader is told how to report a problem: the accessibility policy."""
        return self.link_to("accessibility.md")

    # Lists -----------------------------------------------------------------------------------

    @cached_property
    def blocks(self) -> Sequence[Block]:
        return [
            Block(html=part) if isinstance(part, str) else self._fill(part)
            for part in self.article.parts
        ]

    def _fill(self, listing: Listing) -> Block:
        items: Sequence[object] = ()
        if listing.name == "children":
            items = [
                replace(link, summary_html=self._locale.annotated(link.summary))
                for link in map(self.link, self._site.children(self.page))
            ]
        elif listing.name == "news":
            limit = listing.options.get("limit", "")
            items = self.news(int(limit) if limit.isdecimal() else None)
        elif listing.name == "glossary":
            items = self.glossary
        elif listing.name == "sitemap":
            items = self.site_map
        elif listing.name == "feeds":
            items = self._locale.channels
        elif listing.name == "languages":
            items = self.language_list
        elif listing.name == "contact":
            items = [self.contact] if self.contact else []
        return Block(name=listing.name, items=items)

    def news(self, limit: int | None = None) -> Sequence[NewsItem]:
        pages = self._site.news(self.page.locale, limit)
        return [item for page in pages if (item := self._news_item(page))]

    @cached_property
    def urgent(self) -> Sequence[NewsItem]:
        return [
            item for page in self._site.urgent(self.page.locale) if (item := self._news_item(page))
        ]

    def _news_item(self, page: Page) -> NewsItem | None:
        date = self._date(page.meta.publish_at)
        if date is None:
            return None
        category = self._site.categories.get(page.meta.category or "")
        name = category.name(self.locale, self._site.locales.default.code) if category else ""
        return NewsItem(date, name, self.link(page))

    @cached_property
    def terms(self) -> Sequence[UsedTerm]:
        """Glossary terms to explain below the article; the glossary itself needs none."""
        lists = {part.name for part in self.article.parts if isinstance(part, Listing)}
        return () if "glossary" in lists else self.article.terms

    @property
    def glossary_link(self) -> Link | None:
        return self.link_to("plan/glossary.md")

    @cached_property
    def glossary(self) -> Sequence[Term]:
        terms = self._site.glossary.terms
        own = terms.get(self.locale) or terms.get(self._site.locales.default.code, {})
        return list(own.values())

    @cached_property
    def site_map(self) -> Sequence[Branch]:
        """Each page below the nearest section that its locale has, in the order of their ids."""
        below: dict[str, list[Page]] = defaultdict(list)
        for page in sorted(self._site.mapped(self.page.locale), key=lambda page: page.id):
            above = self._site.parent(page)
            if above and not page.is_not_found:
                below[above.path].append(page)

        def branches(path: str) -> list[Branch]:
            return [Branch(self.link(page), branches(page.path)) for page in below[path]]

        return branches("index.md")

    @property
    def language_list(self) -> Sequence[LanguageChoice]:
        """Every edition of the site, by its home."""
        return self._locale.editions

    @property
    def feeds(self) -> Sequence[FeedLink]:
        """The feeds that programs find on this page: all news, and those of what it is about."""
        links = list(self._locale.feeds)
        for channel in self._channels():
            links += self._locale.feeds_of(channel, [Format.ATOM])
        if self._lists_news or self._lists_feeds:
            links += self._locale.podcast
        return links

    @property
    def _lists_news(self) -> bool:
        return self.page.is_home or self.page.path == "news/index.md"

    @property
    def _lists_feeds(self) -> bool:
        return any(
            isinstance(part, Listing) and part.name == "feeds" for part in self.article.parts
        )

    def _channels(self) -> Iterator[str]:
        site, meta = self._site, self.page.meta
        if self._lists_news:
            if any(category.urgent for category in site.categories.values()):
                yield DISASTER
            yield EVENTS
        if meta.type is PageType.EVENT:
            yield EVENTS
        if self.is_news and (category := meta.category or "") in site.categories:
            yield channel_of(CATEGORY, category)
        if self.is_news and (department := meta.department or "") in site.departments:
            yield channel_of(DEPARTMENT, department)

    @property
    def opml(self) -> str:
        """The list of all feeds in this page's language, for programs."""
        return self._locale.opml

    # For machines ----------------------------------------------------------------------------

    @property
    def og_locale(self) -> str:
        """The locale as Open Graph spells it (https://ogp.me/): language_TERRITORY."""
        return _OG_LOCALES.get(self.page.locale.cldr, self.page.locale.cldr)

    @cached_property
    def json_ld(self) -> str:
        site_url = self._all.site_url
        graph = [linked_data.organisation(self.site_name, site_url)]
        if not self.page.is_home and not self.page.is_not_found:
            way = self._site.breadcrumb(self.page)
            graph.append(
                linked_data.breadcrumb([(step.title, self.absolute(step.address)) for step in way])
            )
        published, updated = self.page.meta.publish_at, self.page.updated_at
        if self.is_news and published and updated:
            graph.append(
                linked_data.news_article(
                    self.title,
                    self.summary,
                    self.absolute(self.page.address),
                    self.lang,
                    published,
                    max(published, updated),
                    f"{site_url}#organization",
                )
            )
        return linked_data.script(graph)


_OG_LOCALES = {
    "ja": "ja_JP",
    "en": "en_US",
    "zh_Hans": "zh_CN",
    "zh_Hant": "zh_TW",
    "ko": "ko_KR",
    "vi": "vi_VN",
}
"""The territory that Open Graph wants, for CLDR locales that name none."""
