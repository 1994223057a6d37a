"""Which feeds a site has, and their files: every channel in every locale, in every format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from machikado.content.address import output_file
from machikado.content.locale import Locale
from machikado.content.page import Page
from machikado.feeds.addresses import (
    EVENTS,
    NEWS,
    VOICE,
    Format,
    absolute,
    calendar_address,
    feed_addresses,
    opml_address,
    social_address,
    voice_address,
)
from machikado.feeds.calendar import write_calendar
from machikado.feeds.feed import (
    Feed,
    Newsroom,
    feed_of,
    has_voice,
    notices_of,
    social_feeds,
)
from machikado.feeds.sanitising import plain
from machikado.feeds.titles import channel_title
from machikado.feeds.writing import write_opml, write_rss, written


def every_feed(room: Newsroom) -> Iterator[Feed]:
    """Every feed, locale by locale."""
    for locale in room.site.locales:
        for channel in room.channels():
            yield feed_of(room, locale, channel)


def feed_files(room: Newsroom) -> Iterator[tuple[str, bytes]]:
    """Every feed in every format: its file, from the site's folder, and what is in it."""
    for locale in room.site.locales:
        for channel in room.channels():
            yield from feed_files_of(room, locale, channel)


def feed_files_of(room: Newsroom, locale: Locale, channel: str) -> Iterator[tuple[str, bytes]]:
    """The files of one channel; the list of all feeds of the locale goes with its news."""
    notices = notices_of(room, locale, channel)
    feed = feed_of(room, locale, channel, notices)
    yield from written(feed)
    for network, posts in social_feeds(room, feed, notices):
        # RSS is what services that post from a feed read; the description is the post to the letter.
        yield output_file(social_address(locale, channel, network.id)), write_rss(posts)
    if channel == EVENTS:
        dated = [
            (entry, page.meta.event)
            for entry, (page, _) in zip(feed.entries, notices, strict=True)
            if page.meta.event is not None
        ]
        yield output_file(calendar_address(locale)), write_calendar(feed, dated)
    if channel == NEWS:
        yield output_file(opml_address(locale)), opml(room, locale, feed)
        yield from _podcast(room, locale, feed, [page for page, _ in notices])


def _podcast(
    room: Newsroom, locale: Locale, news: Feed, pages: Iterable[Page]
) -> Iterator[tuple[str, bytes]]:
    """The news of a locale that can be heard, where any was recorded."""
    if not has_voice(room.site, locale, room.assets):
        return
    # Loaded by the first locale that has a podcast; most sites have none.
    from machikado.feeds.voice import voice_feed, write_voice

    heard = {
        page.meta.feed_id: recording
        for page in pages
        if page.meta.feed_id and (recording := room.recorded(page, room.render(page)))
    }
    feed = voice_feed(news, heard, room.site_url, room.catalogues[locale.code])
    yield output_file(voice_address(locale)), write_voice(feed, heard, room.site_url)


def opml(room: Newsroom, locale: Locale, news: Feed) -> bytes:
    """The list of every feed of a locale, to subscribe to them all at once; `news`: its feed of news."""
    words, site = room.catalogues[locale.code], room.site
    rows = [
        (
            plain(channel_title(words, site, locale, channel, news.author)),
            absolute(room.site_url, feed_addresses(locale, channel)[Format.ATOM]),
        )
        for channel in room.channels()
    ]
    if has_voice(site, locale, room.assets):
        title = channel_title(words, site, locale, VOICE, news.author)
        rows.append((plain(title), absolute(room.site_url, voice_address(locale))))
    return write_opml(news, rows)
