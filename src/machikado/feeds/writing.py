"""Feeds as bytes: Atom (RFC 4287), RSS 2.0, JSON Feed 1.1 and OPML 2.0; feedgen is mended here."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from email.utils import format_datetime
from html import escape
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from machikado.content.address import output_file
from machikado.feeds.addresses import MEDIA_TYPES, Format, feed_addresses
from machikado.feeds.feed import GENERATOR, Entry, Feed, Picture

_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
_MEDIA = "http://search.yahoo.com/mrss/"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PLAIN_TEXT = re.compile(rb"<(title|description|copyright|category|dc:creator)>[^<]*")
"""Where RSS holds text (an item's description is HTML, which the same spelling leaves as it is)."""
_LINK_ATTRIBUTES = ("rel", "type", "hreflang", "title", "length")


class _FeedMend(BaseExtension):  # type: ignore[misc] # feedgen ships no types
    """Declares namespaces at the root, where feedgen would declare them again in every item.

    In RSS it names the WebSub hub too, which feedgen writes into Atom alone.
    """

    namespaces: Mapping[str, str] = {}
    hub: str | None = None

    def extend_ns(self) -> dict[str, str]:
        return dict(self.namespaces)

    def extend_rss(self, feed: etree._Element) -> etree._Element:
        if self.hub:
            etree.SubElement(feed[0], f"{{{_ATOM}}}link", {"href": self.hub, "rel": "hub"})
        return feed


class _AtomEntryMend(BaseEntryExtension):  # type: ignore[misc]
    """Gives an Atom entry its language, and its links the attributes that feedgen 1.0.0 loses.

    In feedgen's entry.py the loop over links shadows its own variable: rel, type and length are
    read from the new, empty element, so that an enclosure turns into a second alternate link.
    Its media extension wraps what it writes in a group and knows no description.
    """

    links: tuple[Mapping[str, str], ...] = ()
    lang: str | None = None
    picture: Picture | None = None

    def extend_atom(self, feed: etree._Element) -> etree._Element:
        for element, link in zip(feed.findall("link"), self.links, strict=True):
            for name in _LINK_ATTRIBUTES:
                if name in link:
                    element.set(name, link[name])
        if self.lang:
            feed.set(_XML_LANG, self.lang)
        _show(self.picture, feed)
        return feed


class _RssItemMend(BaseEntryExtension):  # type: ignore[misc]
    """Says who wrote an RSS item and when it was changed.

    dc:creator, since RSS's own author is an e-mail address; atom:updated, as RSS has no such date.
    """

    creator: str = ""
    updated: str = ""
    picture: Picture | None = None

    def extend_rss(self, feed: etree._Element) -> etree._Element:
        etree.SubElement(feed, f"{{{_DC}}}creator").text = self.creator
        etree.SubElement(feed, f"{{{_ATOM}}}updated").text = self.updated
        _show(self.picture, feed)
        return feed


def _show(picture: Picture | None, entry: etree._Element) -> None:
    """Add the picture as media:content (Media RSS 1.5.1), with its words as its description."""
    if picture is None:
        return
    facts = {
        "url": picture.url,
        "fileSize": str(picture.length),
        "type": picture.media_type,
        "medium": "image",
        "width": str(picture.size[0]),
        "height": str(picture.size[1]),
    }
    content = etree.SubElement(entry, f"{{{_MEDIA}}}content", facts)
    if picture.alt:
        etree.SubElement(content, f"{{{_MEDIA}}}description", type="plain").text = picture.alt


def write_atom(feed: Feed) -> bytes:
    """The feed as Atom 1.0. Its id is its own address, its entries' ids are their `tag:` URIs."""
    generator = _generator(feed, Format.ATOM)
    if feed.hub:
        generator.link(href=feed.hub, rel="hub")
    generator.register_extension("mend", _FeedMend, _AtomEntryMend, rss=False)
    generator.mend.namespaces = _media_of(feed)
    for entry in feed.entries:
        item = _item(generator, entry)
        links = ({"href": entry.link, "rel": "alternate", "type": "text/html"}, *_enclosed(entry))
        item.link([dict(link) for link in links], replace=True)
        item.mend.links = links
        item.mend.picture = entry.picture
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
    generator.mend.namespaces = {"dc": _DC, **_media_of(feed)}
    generator.mend.hub = feed.hub
    for entry in feed.entries:
        item = _item(generator, entry)
        item.link([{"href": entry.link, "rel": "alternate"}, *_enclosed(entry)])
        # An item's description is HTML by definition, our summary is text.
        item.description(escape(entry.summary, quote=False), isSummary=True)
        item.mend.creator = entry.author or feed.author
        item.mend.updated = entry.updated.isoformat()
        item.mend.picture = entry.picture
    return _PLAIN_TEXT.sub(_hexadecimal, generator.rss_str(pretty=True))


def _enclosed(entry: Entry) -> list[dict[str, str]]:
    """The link to the picture of an entry, with its true length and type."""
    picture = entry.picture
    if picture is None:
        return []
    told = {"href": picture.url, "rel": "enclosure", "type": picture.media_type}
    return [{**told, "length": str(picture.length)}]


def _media_of(feed: Feed) -> dict[str, str]:
    return {"media": _MEDIA} if any(entry.picture for entry in feed.entries) else {}


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
        **({"hubs": [{"type": "WebSub", "url": feed.hub}]} if feed.hub else {}),
        # JSON Feed has no place for rights; "Extensions" lets us make one.
        "_machikado": {"rights": feed.rights},
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
    if picture := entry.picture:
        attachment = {"url": picture.url, "mime_type": picture.media_type}
        if picture.alt:
            attachment["title"] = picture.alt
        item |= {"image": picture.url}
        item |= {"attachments": [{**attachment, "size_in_bytes": picture.length}]}
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


def write_opml(news: Feed, feeds: Sequence[tuple[str, str]]) -> bytes:
    """Titles and addresses of feeds as OPML 2.0 (http://opml.org/spec2.opml, "subscription lists").

    The date is that of the newest news, so that the same site gives the same bytes.
    """
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = news.author
    etree.SubElement(head, "dateModified").text = format_datetime(news.updated)
    body = etree.SubElement(root, "body")
    for title, address in feeds:
        told = {"type": "rss", "text": title, "title": title, "xmlUrl": address}
        told |= {"htmlUrl": news.home, "language": news.lang}
        etree.SubElement(body, "outline", told)
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return data
