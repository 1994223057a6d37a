"""Where feeds are published: one address for each locale, channel and format."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from urllib.parse import quote

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

NAMES: Mapping[Format, str] = {
    Format.ATOM: "Atom",
    Format.RSS: "RSS 2.0",
    Format.JSON: "JSON Feed",
}
"""What each format is called, in every language."""

NEWS = "news"
"""The channel of all news. A channel selects entries and names its files (next: `news/<id>`)."""


def feed_addresses(locale: Locale, channel: str = NEWS) -> Mapping[Format, str]:
    """The addresses of one channel in one locale, from the site's root, in the order of `Format`.

    >>> ja = Locale("ja", "ja", "日本語", "ja", "ja", is_default=True)
    >>> feed_addresses(ja)[Format.ATOM]
    '/feeds/news.atom'
    """
    return {form: f"{locale.prefix}feeds/{channel}.{form}" for form in Format}


def absolute(site_url: str, address: str) -> str:
    """The absolute URL of an address from the site's root.

    Characters beyond ASCII are percent-encoded: an RSS link is a URI (RFC 3986, section 2.1).

    >>> absolute("https://city.example/machikado/", "/en/news/")
    'https://city.example/machikado/en/news/'
    """
    return site_url.rstrip("/") + "/" + quote(address.lstrip("/"), safe="/-._~!$&'()*+,;=:@")
