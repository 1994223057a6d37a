"""Feeds as bytes: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1; feedgen is mended here."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from machikado.content.address import output_file
from machikado.feeds.addresses import MEDIA_TYPES, Format, feed_addresses
from machikado.feeds.feed import Entry, Feed

GENERATOR = "Machikado"
_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PLAIN_TEXT = re.compile(rb"<(title|description|copyright|category|dc:creator)>[^<]*")
"""Where RSS holds text (an item's description is HTML, which the same spelling leaves as it is)."""
_LINK_ATTRIBUTES = ("rel", "type", "hreflang", "title", "length")


class _FeedMend(BaseExtension):  # type: ignore[misc] # feedgen ships no types
    """Declares Dublin Core at the root, where feedgen would declare it again in every item."""

    def extend_ns(self) -> dict[str, str]:
        return {"dc": _DC}


class _AtomEntryMend(BaseEntryExtension):  # type: ignore[misc]
    """Gives an Atom entry its language, and its links the attributes that feedgen 1.0.0 loses.

    In feedgen's entry.py the loop over links shadows its own variable: rel, type and length are
    read from the new, empty element, so that an enclosure turns into a second alternate link.
    """

    links: tuple[Mapping[str, str], ...] = ()
    lang: str | None = None

    def extend_atom(self, feed: etree._Element) -> etree._Element:
        for element, link in zip(feed.findall("link"), self.links, strict=True):
            for name in _LINK_ATTRIBUTES:
                if name in link:
                    element.set(name, link[name])
        if self.lang:
            feed.set(_XML_LANG, self.lang)
        return feed


class _RssItemMend(BaseEntryExtension):  # type: ignore[misc]
    """Says who wrote an RSS item and when it was changed.

    dc:creator, since RSS's own author is an e-mail address; atom:updated, as RSS has no such date.
    """

    creator: str = ""
    updated: str = ""

    def extend_rss(self, feed: etree._Element) -> etree._Element:
        etree.SubElement(feed, f"{{{_DC}}}creator").text = self.creator
        etree.SubElement(feed, f"{{{_ATOM}}}updated").text = self.updated
        return feed


def write_atom(feed: Feed) -> bytes:
    """The feed as Atom 1.0. Its id is its own address, its entries' ids are their `tag:` URIs."""
    generator = _generator(feed, Format.ATOM)
    generator.register_extension("mend", BaseExtension, _AtomEntryMend, rss=False)
    for entry in feed.entries:
        item = _item(generator, entry)
        links = ({"href": entry.link, "rel": "alternate", "type": "text/html"},)
        item.link([dict(link) for link in links], replace=True)
        item.mend.links = links
        item.mend.lang = entry.lang if entry.lang != feed.lang else None
        if entry.summary:
            item.summary(entry.summary)
        item.author(name=entry.author or feed.author)
    data: bytes = generator.atom_str(pretty=True)
    return data


def write_rss(feed: Feed) -> bytes:
    """The feed as RSS 2.0: the summary as description, the article as content:encoded."""
    generator = _generator(feed, Format.RSS)
    generator.register_extension("mend", _FeedMend, _RssItemMend, atom=False)
    for entry in feed.entries:
        item = _item(generator, entry)
        item.link(href=entry.link)
        # An item's description is HTML by definition, our summary is text.
        item.description(escape(entry.summary, quote=False), isSummary=True)
        item.mend.creator = entry.author or feed.author
        item.mend.updated = entry.updated.isoformat()
    return _PLAIN_TEXT.sub(_hexadecimal, generator.rss_str(pretty=True))


def _hexadecimal(text: re.Match[bytes]) -> bytes:
    """`&` and `<` as hexadecimal references: so written, most readers take a title for text.

    RSS 2.0 leaves open whether a title is text or HTML; this is what the RSS Best
    Practices Profile ("Character Data") and w3c/feedvalidator advise.
    """
    return text.group().replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;")


def _generator(feed: Feed, form: Format) -> FeedGenerator:
    """A FeedGenerator with all that feedgen would otherwise fill in by itself, such as the time."""
    generator = FeedGenerator()
    generator.id(feed.addresses[form])
    generator.title(feed.title)
    generator.subtitle(feed.subtitle or feed.title)
    generator.author(name=feed.author)
    generator.rights(feed.rights)
    generator.language(feed.lang)
    generator.updated(feed.updated)
    generator.generator(GENERATOR)
    # The last link added becomes RSS's <link>, which must be the page for people.
    generator.link(href=feed.addresses[form], rel="self", type=MEDIA_TYPES[form])
    generator.link(href=feed.home, rel="alternate", type="text/html", hreflang=feed.lang)
    return generator


def _item(generator: FeedGenerator, entry: Entry) -> FeedEntry:
    item = generator.add_entry(order="append")
    item.id(entry.id)
    item.title(entry.title)
    item.published(entry.published)
    item.updated(entry.updated)
    if entry.content:
        item.content(entry.content, type="html")
    if entry.category:
        item.category(term=entry.category.id, label=entry.category.label)
    return item


def write_json_feed(feed: Feed) -> bytes:
    """The feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.addresses[Format.JSON],
        "description": feed.subtitle or feed.title,
        "language": feed.lang,
        "authors": [{"name": feed.author}],
        "items": [_json_item(feed, entry) for entry in feed.entries],
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _json_item(feed: Feed, entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.link,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.content,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [{"name": entry.author or feed.author}],
        "tags": [entry.category.label] if entry.category else [],
        "language": entry.lang,
    }
    return {key: value for key, value in item.items() if value or key == "content_html"}


WRITERS: Mapping[Format, Callable[[Feed], bytes]] = {
    Format.ATOM: write_atom,
    Format.RSS: write_rss,
    Format.JSON: write_json_feed,
}


def written(feed: Feed) -> Iterator[tuple[str, bytes]]:
    """The feed in every format: its file, from the site's folder, and the bytes in it."""
    addresses = feed_addresses(feed.locale, feed.channel)
    for form, write in WRITERS.items():
        yield output_file(addresses[form]), write(feed)
