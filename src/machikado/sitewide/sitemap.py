"""The sitemap: every public page with its real translations and the day its text last changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape

from machikado.content.front_matter import DEFAULT_ZONE
from machikado.content.page import Page
from machikado.content.site import Site
from machikado.furniture.alternates import alternates

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
LIMIT = 50_000
"""URLs a file may hold (sitemaps.org protocol)."""


def sitemap_entry(site: Site, page: Page, absolute: Callable[[str], str]) -> str:
    """The `<url>` of a page, with its alternates; nothing for a page that has no address of its own."""
    if page.is_not_found:
        return ""
    lines = [f"    <loc>{escape(absolute(page.address))}</loc>"]
    if page.updated_at is not None:
        day = page.updated_at.astimezone(DEFAULT_ZONE).date()
        lines.append(f"    <lastmod>{day.isoformat()}</lastmod>")
    if page.locale.hreflang:
        lines.extend(
            f'    <xhtml:link rel="alternate" hreflang="{escape(alternate.hreflang)}" '
            f'href="{escape(alternate.href)}" />'
            for alternate in alternates(site, page.id, absolute)
        )
    return "\n".join(["  <url>", *lines, "  </url>\n"])


def sitemap_files(
    entries: Iterable[str], absolute: Callable[[str], str]
) -> Iterator[tuple[str, bytes]]:
    """The files of the sitemap: `sitemap.xml`, and its parts when there are more than LIMIT URLs.

    entries: what `sitemap_entry` says of every page, in the order of their addresses.
    """
    urls = [entry for entry in entries if entry]
    parts = [urls[start : start + LIMIT] for start in range(0, len(urls), LIMIT)] or [[]]
    if len(parts) == 1:
        yield "sitemap.xml", _document("urlset", parts[0])
        return
    index: list[str] = []
    for number, part in enumerate(parts, 1):
        name = f"sitemap-{number}.xml"
        yield name, _document("urlset", part)
        location = escape(absolute(f"/{name}"))
        index.append(f"  <sitemap>\n    <loc>{location}</loc>\n  </sitemap>\n")
    yield "sitemap.xml", _document("sitemapindex", index)


def _document(name: str, children: list[str]) -> bytes:
    spaces = f' xmlns="{SITEMAP}"' + (f' xmlns:xhtml="{XHTML}"' if name == "urlset" else "")
    text = (
        f'<?xml version="1.0" encoding="utf-8"?>\n<{name}{spaces}>\n{"".join(children)}</{name}>\n'
    )
    return text.encode()
