"""Where feeds are published: one address for each locale, channel and format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from urllib.parse import quote

from machikado.content.department import Category, Department
from machikado.content.front_matter import FrontMatter, PageType
from machikado.content.locale import Locale


class Format(StrEnum):
    """The formats every feed is offered in; the value is the end of its address."""

    ATOM = "atom"
    RSS = "rss"
    JSON = "json"


MEDIA_TYPES: Mapping[Format, str] = {
    Format.ATOM: "application/atom+xml",
    Format.RSS: "application/rss+xml",
    Format.JSON: "application/feed+json",
}
"""RFC 4287, section 7; the RSS Advisory Board's autodiscovery; JSON Feed 1.1, 'Discovery'."""

CALENDAR_TYPE, CALENDAR_NAME = "text/calendar", "iCalendar"
"""RFC 5545, section 8.1, and what it is called in every language."""

NAMES: Mapping[Format, str] = {
    Format.ATOM: "Atom",
    Format.RSS: "RSS 2.0",
    Format.JSON: "JSON Feed",
}
"""What each format is called, in every language."""

NEWS = "news"
"""The channel of all news. A channel selects entries and names its files."""
DISASTER = "disaster"
"""The channel of the news of every `urgent` category."""
EVENTS = "events"
VOICE = "voice"
"""The channel of news that can be heard. It exists as RSS alone: podcasts know no other format."""
CATEGORY, DEPARTMENT = "category", "department"
"""What the channels of one category and of one department begin with: `category/<id>`."""


def channels_of(
    categories: Mapping[str, Category], departments: Mapping[str, Department]
) -> Sequence[str]:
    """Every channel of each locale.

    They follow from the vocabulary alone: a category without news keeps its feed, which is empty, so
    that nobody's subscription breaks when the last notice ends.
    """
    urgent = any(category.urgent for category in categories.values())
    return [
        NEWS,
        *([DISASTER] if urgent else []),
        EVENTS,
        *(channel_of(CATEGORY, name) for name in categories),
        *(channel_of(DEPARTMENT, name) for name in departments),
    ]


def channels_with(
    meta: FrontMatter,
    categories: Mapping[str, Category],
    departments: Mapping[str, Department],
) -> Iterator[str]:
    """The channels whose feeds hold a page with this front matter."""
    if meta.feed_id is None:
        return
    if meta.type is PageType.EVENT:
        yield EVENTS
    if meta.type is not PageType.NEWS:
        return
    yield NEWS
    category = categories.get(meta.category or "")
    if category is not None:
        if category.urgent:
            yield DISASTER
        yield channel_of(CATEGORY, category.id)
    if (department := meta.department or "") in departments:
        yield channel_of(DEPARTMENT, department)


def channel_of(kind: str, name: str) -> str:
    """The channel of one category or department.

    >>> channel_of(CATEGORY, "emergency")
    'category/emergency'
    """
    return f"{kind}/{name.replace('/', '-')}"


def feed_addresses(locale: Locale, channel: str = NEWS) -> Mapping[Format, str]:
    """The addresses of one channel in one locale, from the site's root, in the order of `Format`.

    >>> ja = Locale("ja", "ja", "日本語", "ja", "ja", is_default=True)
    >>> feed_addresses(ja)[Format.ATOM]
    '/feeds/news.atom'
    """
    return {form: f"{locale.prefix}feeds/{channel}.{form}" for form in Format}


def voice_address(locale: Locale) -> str:
    """The address of a locale's podcast, from the site's root.

    >>> voice_address(Locale("ja", "ja", "日本語", "ja", "ja", is_default=True))
    '/feeds/voice.rss'
    """
    return feed_addresses(locale, VOICE)[Format.RSS]


def social_address(locale: Locale, channel: str, network: str) -> str:
    """The address of the channel's feed of posts for a social network (RSS 2.0).

    >>> social_address(Locale("en", "en", "English", "en", "en"), NEWS, "x")
    '/en/feeds/social/x/news.rss'
    """
    return f"{locale.prefix}feeds/social/{network}/{channel}.{Format.RSS}"


def calendar_address(locale: Locale) -> str:
    """The address of a locale's events as a calendar (iCalendar)."""
    return f"{locale.prefix}feeds/{EVENTS}.ics"


def opml_address(locale: Locale) -> str:
    """The address of the list of every feed of a locale (OPML 2.0)."""
    return f"{locale.prefix}feeds/feeds.opml"


def absolute(site_url: str, address: str) -> str:
    """The absolute URL of an address from the site's root.

    Characters beyond ASCII are percent-encoded: an RSS link is a URI (RFC 3986, section 2.1).

    >>> absolute("https://city.example/machikado/", "/en/news/")
    'https://city.example/machikado/en/news/'
    """
    return site_url.rstrip("/") + "/" + quote(address.lstrip("/"), safe="/-._~!$&'()*+,;=:@")
