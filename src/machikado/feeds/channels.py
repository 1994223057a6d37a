"""Which feeds a site has: every channel in every locale, with the words of its catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from machikado.content.locale import Locale
from machikado.content.site import Site
from machikado.feeds.feed import Feed, FeedWords, Render, news_feed
from machikado.feeds.writing import written
from machikado.messages import Catalogue


def every_feed(
    site: Site, catalogues: Mapping[str, Catalogue], site_url: str, render: Render
) -> Iterator[Feed]:
    """Every feed, locale by locale; `site` is the site as readers may see it (`Site.at`).

    The one channel today is all news; those of a category or a department are to be added here.
    """
    for locale in site.locales:
        yield from feeds_of(site, locale, catalogues, site_url, render)


def feeds_of(
    site: Site,
    locale: Locale,
    catalogues: Mapping[str, Catalogue],
    site_url: str,
    render: Render,
) -> Iterator[Feed]:
    """Every feed of one locale."""
    words = feed_words(catalogues[locale.code], site, locale)
    yield news_feed(site, locale, site_url, render, words)


def feed_files(
    site: Site, catalogues: Mapping[str, Catalogue], site_url: str, render: Render
) -> Iterator[tuple[str, bytes]]:
    """Every feed in every format: its file, from the site's folder, and what is in it."""
    for locale in site.locales:
        yield from feed_files_of(site, locale, catalogues, site_url, render)


def feed_files_of(
    site: Site,
    locale: Locale,
    catalogues: Mapping[str, Catalogue],
    site_url: str,
    render: Render,
) -> Iterator[tuple[str, bytes]]:
    """Every feed of one locale in every format: its file, and what is in it."""
    for feed in feeds_of(site, locale, catalogues, site_url, render):
        yield from written(feed)


def feed_words(catalogue: Catalogue, site: Site, locale: Locale) -> FeedWords:
    """What the news feed of `locale` says of itself; the site is called what its home is called."""
    home = site.home(locale) or site.home(site.locales.default)
    name = home.title if home else ""
    return FeedWords(
        title=catalogue.gettext("News of %(site)s", site=name),
        subtitle=catalogue.gettext("The newest notices of %(site)s, in full.", site=name),
        rights=catalogue.gettext("The texts of this site may be used under CC BY 4.0."),
        publisher=name or None,
    )
