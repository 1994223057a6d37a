"""What a feed says, whatever its format: the newest entries of one channel in one locale."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from machikado.content.front_matter import DEFAULT_ZONE
from machikado.content.locale import Locale
from machikado.content.page import Page
from machikado.content.site import Site
from machikado.feeds.addresses import NEWS, Format, absolute, feed_addresses
from machikado.feeds.sanitising import article_html, plain

MOST_ENTRIES = 50
"""How many entries a feed keeps; readers fetch it often and remember the older ones themselves."""

Render = Callable[[Page], str]
"""Renders the article of a page: HTML with links relative to the page or to the host."""


@dataclass(frozen=True, slots=True)
class FeedWords:
    """What the feeds of one locale say of themselves, in its language.

    publisher: who speaks in an entry that names no department; the title where it is None.
    """

    title: str
    subtitle: str
    rights: str
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """What an entry is about: the id of a category, and its name in the entry's language."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One notice. Raises ValueError for a time without a zone, which no format can carry.

    id: the permanent `tag:` URI of its front matter;
    link: the page's absolute URL;
    published: when it first appeared, which never moves; updated: when its text last changed;
    content: sanitised HTML with absolute addresses.
    """

    id: str
    title: str
    summary: str
    link: str
    published: datetime
    updated: datetime
    content: str
    lang: str
    category: Topic | None = None
    author: str | None = None

    def __post_init__(self) -> None:
        _require_zone(self.published)
        _require_zone(self.updated)


@dataclass(frozen=True, slots=True)
class Feed:
    """One channel in one locale, the newest entry first.

    home: the absolute URL of the locale's home; addresses: the feed's own URL in each format;
    author: who speaks where an entry names nobody (RFC 4287, section 4.1.1, wants an author).
    """

    locale: Locale
    title: str
    subtitle: str
    rights: str
    author: str
    home: str
    addresses: Mapping[Format, str]
    updated: datetime
    entries: tuple[Entry, ...] = ()
    channel: str = NEWS

    def __post_init__(self) -> None:
        _require_zone(self.updated)

    @property
    def lang(self) -> str:
        return self.locale.lang


def news_feed(site: Site, locale: Locale, site_url: str, render: Render, words: FeedWords) -> Feed:
    """The news of `locale`, newest first; `site` is the site as readers may see it (`Site.at`).

    Only pages written in the locale: an untranslated notice is in the feed of its own language. A
    notice without feed_id, which `machikado check` reports, has no permanent id and stays out.
    """
    pages = (page for page in site.news(locale) if page.meta.feed_id is not None)
    entries = tuple(_entry(site, page, site_url, render) for page in islice(pages, MOST_ENTRIES))
    title = plain(words.title)
    return Feed(
        locale=locale,
        title=title,
        subtitle=plain(words.subtitle),
        rights=plain(words.rights),
        author=plain(words.publisher or "") or title,
        home=absolute(site_url, site.home_address(locale)),
        addresses={form: absolute(site_url, at) for form, at in feed_addresses(locale).items()},
        updated=max(entry.updated for entry in entries) if entries else _last_change(site, locale),
        entries=entries,
    )


def _entry(site: Site, page: Page, site_url: str, render: Render) -> Entry:
    meta = page.meta
    if meta.feed_id is None or meta.publish_at is None:
        raise ValueError(f"{page.file} has no feed_id or no publish_at")
    code, default = page.locale.code, site.locales.default.code
    category = site.categories.get(meta.category or "")
    department = site.departments.get(meta.department or "")
    link = absolute(site_url, page.address)
    return Entry(
        id=plain(meta.feed_id),
        # Of a title made of control characters nothing is left, but a feed needs one.
        title=plain(meta.title) or page.id,
        summary=plain(meta.summary),
        link=link,
        published=_moment(meta.publish_at),
        # `2026-04-01` means its first moment: earlier than the publication at nine that day.
        updated=_moment(max(meta.updated_at or meta.publish_at, meta.publish_at)),
        content=article_html(render(page), link),
        lang=page.locale.lang,
        category=Topic(category.id, plain(category.name(code, default))) if category else None,
        author=plain(department.name(code, default)) if department else None,
    )


def _last_change(site: Site, locale: Locale) -> datetime:
    """When the locale last changed: what an empty feed says, not the time of the build."""
    changes = [page.updated_at for page in site.in_locale(locale) if page.updated_at is not None]
    return _moment(max(changes)) if changes else datetime(1970, 1, 1, tzinfo=UTC)


def _moment(time: datetime) -> datetime:
    """`time` in the site's zone, to the second."""
    return time.astimezone(DEFAULT_ZONE).replace(microsecond=0)


def _require_zone(time: datetime) -> None:
    if time.utcoffset() is None:
        raise ValueError(f"{time.isoformat()} has no time zone")
