"""What a feed says, whatever its format: the newest entries of one channel in one locale."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import escape

from machikado.article.recording import Recording, has_sidecar
from machikado.article.typesetter import Asset, AssetLookup
from machikado.content.front_matter import DEFAULT_ZONE
from machikado.content.locale import Locale
from machikado.content.page import Page
from machikado.content.site import Site
from machikado.feeds.addresses import (
    CATEGORY,
    DISASTER,
    EVENTS,
    NEWS,
    Format,
    absolute,
    channels_of,
    feed_addresses,
    social_address,
)
from machikado.feeds.sanitising import article_html, plain
from machikado.feeds.titles import channel_title, subject_of
from machikado.messages import Catalogue
from machikado.readings.furigana import is_japanese
from machikado.social.compose import Notice, Post, notice_of, post_on, spans
from machikado.social.network import NETWORKS, Network

MOST_ENTRIES = 50
"""How many entries a feed keeps; readers fetch it often and remember the older ones themselves."""

GENERATOR = "Machikado"
"""What feeds say that they were made by."""

Render = Callable[[Page], str]
"""Renders the article of a page: HTML with links relative to the page or to the host."""


def no_assets(_path: str) -> Asset | None:
    return None


@dataclass(frozen=True)
class Newsroom:
    """What feeds are made from. `site` is the site as readers may see it (`Site.at`).

    assets: looks up pictures by their path below docs/; hub: the WebSub hub that every feed names;
    recorded: the recording of a page with this article, where there is one.
    """

    site: Site
    catalogues: Mapping[str, Catalogue]
    site_url: str
    render: Render
    assets: AssetLookup = no_assets
    hub: str | None = None
    recorded: Callable[[Page, str], Recording | None] = lambda _page, _html: None

    def channels(self) -> Sequence[str]:
        return channels_of(self.site.categories, self.site.departments)


@dataclass(frozen=True, slots=True)
class FeedWords:
    """What the feeds of one channel say of themselves, in its locale's language.

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
class Picture:
    """The picture of an entry: absolute URL, bytes, media type, width and height in px, and its words."""

    url: str
    length: int
    media_type: str
    size: tuple[int, int]
    alt: str


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
    picture: Picture | None = None

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
    hub: str | None = None

    def __post_init__(self) -> None:
        _require_zone(self.updated)

    @property
    def lang(self) -> str:
        return self.locale.lang


def notices_of(
    room: Newsroom, locale: Locale, channel: str = NEWS
) -> Sequence[tuple[Page, Notice]]:
    """The newest pages of a channel, each as the notice that is posted."""
    found = ((page, notice_of(page, room.site_url)) for page in _pages(room.site, locale, channel))
    return [(page, notice) for page, notice in found if notice is not None]


def has_voice(site: Site, locale: Locale, look_up: AssetLookup) -> bool:
    """Whether a locale has a podcast: where any of its newest news was ever recorded.

    What it holds are the recordings that fit their pages still, which may for a time be none.
    """
    return is_japanese(locale.lang) and any(
        page.meta.feed_id is not None and has_sidecar(page, look_up)
        for page in _pages(site, locale, NEWS)
    )


def feed_of(
    room: Newsroom,
    locale: Locale,
    channel: str = NEWS,
    notices: Sequence[tuple[Page, Notice]] | None = None,
) -> Feed:
    """The newest entries of a channel in `locale`.

    Only pages written in the locale: an untranslated notice is in the feed of its own language. A
    notice without feed_id, which `machikado check` reports, has no permanent id and stays out.
    """
    words = feed_words(room.catalogues[locale.code], room.site, locale, channel)
    if notices is None:
        notices = notices_of(room, locale, channel)
    entries = tuple(_entry(room, page, notice) for page, notice in notices)
    return Feed(
        locale=locale,
        title=words.title,
        subtitle=words.subtitle,
        rights=words.rights,
        author=words.publisher or words.title,
        home=absolute(room.site_url, room.site.home_address(locale)),
        addresses={
            form: absolute(room.site_url, at)
            for form, at in feed_addresses(locale, channel).items()
        },
        updated=max(entry.updated for entry in entries)
        if entries
        else _last_change(room.site, locale),
        entries=entries,
        channel=channel,
        hub=room.hub,
    )


def social_feeds(
    room: Newsroom, feed: Feed, notices: Sequence[tuple[Page, Notice]]
) -> Iterator[tuple[Network, Feed]]:
    """The feed of posts of the channel for each network: what `machikado post` would send there.

    A notice that is not to be posted there, or whose words do not fit, is not in it.
    """
    for network in NETWORKS.values():
        posts = [
            (entry, post_on(network, notice))
            for entry, (_, notice) in zip(feed.entries, notices, strict=True)
            if notice.social.posted
            and not notice.social.withdrawn
            and network.id not in notice.social.off
        ]
        address = absolute(room.site_url, social_address(feed.locale, feed.channel, network.id))
        yield (
            network,
            replace(
                feed,
                title=f"{feed.title} ({network.name})",
                subtitle="",
                hub=None,
                addresses={Format.RSS: address},
                entries=tuple(_posted(entry, post) for entry, post in posts if post.fits),
            ),
        )


def _posted(entry: Entry, post: Post) -> Entry:
    """The entry as a post; a network that takes no pictures gets none."""
    picture = replace(entry.picture, alt=post.alt) if entry.picture and post.image else None
    return replace(entry, summary=post.text, content=_as_html(post.text), picture=picture)


def _as_html(text: str) -> str:
    """The text of a post with its lines and its links."""
    parts, position = [], 0
    for span in spans(text):
        if span.url:
            url = escape(span.url)
            parts += [
                escape(text[position : span.start], quote=False),
                f'<a href="{url}">{url}</a>',
            ]
            position = span.end
    parts.append(escape(text[position:], quote=False))
    return "".join(parts).replace("\n", "<br>")


def feed_words(catalogue: Catalogue, site: Site, locale: Locale, channel: str = NEWS) -> FeedWords:
    """What a feed of `locale` says of itself; the site is called what its home is called."""
    home = site.home(locale) or site.home(site.locales.default)
    name = home.title if home else ""
    return FeedWords(
        title=plain(channel_title(catalogue, site, locale, channel, name)),
        subtitle=plain(catalogue.gettext("The newest notices of %(site)s, in full.", site=name)),
        rights=plain(catalogue.gettext("The texts of this site may be used under CC BY 4.0.")),
        publisher=plain(name) or None,
    )


def _pages(site: Site, locale: Locale, channel: str) -> Sequence[Page]:
    """The newest pages of a channel; the site is never asked for more than a feed keeps."""
    if channel == NEWS:
        return site.news(locale, MOST_ENTRIES)
    if channel == EVENTS:
        return site.events(locale, MOST_ENTRIES)
    if channel == DISASTER:
        urgent = [category.id for category in site.categories.values() if category.urgent]
        pages = [p for name in urgent for p in site.news(locale, MOST_ENTRIES, category=name)]
        pages.sort(key=lambda page: (page.meta.publish_at, page.id), reverse=True)
        return pages[:MOST_ENTRIES]
    name = subject_of(site, channel)[0]
    if channel.startswith(f"{CATEGORY}/"):
        return site.news(locale, MOST_ENTRIES, category=name)
    return site.news(locale, MOST_ENTRIES, department=name)


def _entry(room: Newsroom, page: Page, notice: Notice) -> Entry:
    meta, site = page.meta, room.site
    if meta.publish_at is None:
        raise ValueError(f"{page.file} has no publish_at")
    code, default = page.locale.code, site.locales.default.code
    category = site.categories.get(meta.category or "")
    department = site.departments.get(meta.department or "")
    return Entry(
        id=plain(notice.id),
        # Of a title made of control characters nothing is left, but a feed needs one.
        title=plain(meta.title) or page.id,
        summary=plain(meta.summary),
        link=notice.address,
        published=_moment(meta.publish_at),
        # `2026-04-01` means its first moment: earlier than the publication at nine that day.
        updated=_moment(max(meta.updated_at or meta.publish_at, meta.publish_at)),
        content=article_html(room.render(page), notice.address),
        lang=page.locale.lang,
        category=Topic(category.id, plain(category.name(code, default))) if category else None,
        author=plain(department.name(code, default)) if department else None,
        picture=_picture(room, notice),
    )


def _picture(room: Newsroom, notice: Notice) -> Picture | None:
    """The picture of the notice's posts, found in the same three places as on the page."""
    if notice.image is None:
        return None
    folders = (f"{notice.locale.code}/", f"{room.site.locales.default.code}/", "")
    asset = next(filter(None, (room.assets(f"{at}{notice.image}") for at in folders)), None)
    if asset is None or asset.size is None or not asset.media_type:
        return None
    url = absolute(room.site_url, asset.address)
    return Picture(url, asset.length, asset.media_type, asset.size, plain(notice.alt))


def _last_change(site: Site, locale: Locale) -> datetime:
    """When the locale's home last changed: what an empty feed says, not the time of the build."""
    home = site.home(locale)
    changed = home.updated_at if home else None
    return _moment(changed) if changed else datetime(1970, 1, 1, tzinfo=UTC)


def _moment(time: datetime) -> datetime:
    """`time` in the site's zone, to the second."""
    return time.astimezone(DEFAULT_ZONE).replace(microsecond=0)


def _require_zone(time: datetime) -> None:
    if time.utcoffset() is None:
        raise ValueError(f"{time.isoformat()} has no time zone")
