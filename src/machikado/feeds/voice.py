"""The podcast of recorded news: RSS 2.0 with enclosures, and the tags that podcast programs read.

The base is the RSS of the news feed. feedgen's own podcast extension is not used: the parental
advisory it writes (`no`) is one that Apple no longer knows (`true` or `false`), and it has no
transcript and no second file. Sources: Apple's "A Podcaster's Guide to RSS"; the tag specification
of the Podcasting 2.0 namespace (transcript, alternateEnclosure, guid, medium).
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from lxml import etree

from machikado.article.recording import MEDIA_TYPES, Kind, Recording
from machikado.feeds.addresses import VOICE, Format, absolute, feed_addresses
from machikado.feeds.feed import Feed
from machikado.feeds.sanitising import plain
from machikado.feeds.writing import write_rss
from machikado.messages import Catalogue

_ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
_PODCAST = "https://podcastindex.org/namespace/1.0"
_GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The namespace of podcasts' UUIDs (version 5), as the specification of `podcast:guid` gives it."""
_CATEGORY = "Government"
ARTWORK = "/assets/images/podcast.png"
"""The theme's picture for directories of podcasts: square, 1400 to 3000 pixels, RGB without transparency,
its name ending in .png or .jpg (Apple's requirements for show covers). A city puts its own in its theme."""
_PLAIN_TEXT = re.compile(rb"<(title|description|copyright|category|dc:creator|itunes:author)>[^<]*")


def voice_feed(
    news: Feed, recordings: Mapping[str, Recording], site_url: str, words: Catalogue
) -> Feed:
    """The entries of `news` that can be heard; like every channel, a podcast may hold none for a time.

    recordings: those that fit their pages, by the id of the entry (`feed_id`); words: the locale's.
    """
    entries = tuple(
        replace(entry, content="", picture=None) for entry in news.entries if entry.id in recordings
    )
    addresses = feed_addresses(news.locale, VOICE)
    return replace(
        news,
        title=plain(words.gettext("Spoken news of %(site)s", site=news.author)),
        subtitle=plain(
            words.gettext("The newest notices of %(site)s, read aloud.", site=news.author)
        ),
        addresses={form: absolute(site_url, address) for form, address in addresses.items()},
        updated=max((entry.updated for entry in entries), default=news.updated),
        entries=entries,
        channel=VOICE,
    )


def write_voice(feed: Feed, recordings: Mapping[str, Recording], site_url: str) -> bytes:
    """The podcast as RSS 2.0; `feed` and `recordings` as `voice_feed` has them."""
    written = etree.fromstring(write_rss(feed))
    # A namespace can be declared at the root only when the root is made.
    root = etree.Element(
        written.tag,
        written.attrib,
        nsmap={**written.nsmap, "itunes": _ITUNES, "podcast": _PODCAST},
    )
    root.extend(written)
    channel = root[0]
    language = channel.find("language")
    if language is not None:
        # What is spoken; directories of podcasts refuse a variant such as ja-simple.
        language.text = feed.lang.split("-")[0]
    first = channel.find("item")
    for tag, text, attributes in _of_channel(feed, site_url):
        element = etree.Element(tag, attributes)
        element.text = text
        if first is None:
            channel.append(element)
        else:
            first.addprevious(element)
    for item, entry in zip(channel.iter("item"), feed.entries, strict=True):
        _hear(item, recordings[entry.id], entry.link, site_url)
    etree.indent(root)
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return _PLAIN_TEXT.sub(_hexadecimal, data)


def _of_channel(feed: Feed, site_url: str) -> list[tuple[str, str | None, dict[str, str]]]:
    return [
        (f"{{{_ITUNES}}}author", feed.author, {}),
        (f"{{{_ITUNES}}}category", None, {"text": _CATEGORY}),
        (f"{{{_ITUNES}}}explicit", "false", {}),
        (f"{{{_ITUNES}}}image", None, {"href": absolute(site_url, ARTWORK)}),
        (f"{{{_ITUNES}}}type", "episodic", {}),
        (f"{{{_PODCAST}}}guid", podcast_guid(feed.addresses[Format.RSS]), {}),
        (f"{{{_PODCAST}}}medium", "podcast", {}),
    ]


def podcast_guid(address: str) -> str:
    """The UUID of a podcast, from the address of its feed without scheme and final slashes.

    >>> podcast_guid("https://mp3s.nashownotes.com/pc20rss.xml")
    '917393e3-1b1e-5cef-ace4-edaa54e1f810'
    """
    parts = urlsplit(address)
    return str(uuid.uuid5(_GUIDS, f"{parts.netloc}{parts.path}".rstrip("/")))


def _hear(item: etree._Element, recording: Recording, page: str, site_url: str) -> None:
    """Add to an item what is heard, how long it lasts, and where its words are."""

    def url(kind: Kind) -> str:
        return absolute(site_url, recording.file(kind))

    etree.SubElement(
        item,
        "enclosure",
        {
            "url": url(Kind.MP3),
            "length": str(recording.sizes[Kind.MP3]),
            "type": MEDIA_TYPES[Kind.MP3],
        },
    )
    etree.SubElement(item, f"{{{_ITUNES}}}duration").text = str(round(recording.seconds))
    etree.SubElement(item, f"{{{_ITUNES}}}explicit").text = "false"
    other = etree.SubElement(
        item,
        f"{{{_PODCAST}}}alternateEnclosure",
        {
            "type": MEDIA_TYPES[Kind.OPUS],
            "length": str(recording.sizes[Kind.OPUS]),
            "title": "Opus",
        },
    )
    etree.SubElement(other, f"{{{_PODCAST}}}source", {"uri": url(Kind.OPUS)})
    transcript = f"{{{_PODCAST}}}transcript"
    etree.SubElement(item, transcript, {"url": page, "type": "text/html"})
    etree.SubElement(item, transcript, {"url": url(Kind.VTT), "type": MEDIA_TYPES[Kind.VTT]})


def _hexadecimal(text: re.Match[bytes]) -> bytes:
    """See `feeds.writing`: so written, readers take a title for text and not for HTML."""
    return text.group().replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;")
