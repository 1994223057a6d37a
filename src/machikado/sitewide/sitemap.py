"""The sitemap: every public page with its real translations and the day its text last changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from machikado.content.front_matter import DEFAULT_ZONE
from machikado.content.site import Site
from machikado.furniture.alternates import alternates

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
LIMIT = 50_000
"""URLs a file may hold (sitemaps.org protocol)."""


def sitemap(site: Site, absolute: Callable[[str], str]) -> Iterator[tuple[str, bytes]]:
    """The files of the sitemap: `sitemap.xml`, and its parts when there are more than LIMIT URLs."""
    register_namespace("", SITEMAP)
    register_namespace("xhtml", XHTML)
    urls = list(_urls(site, absolute))
    parts = [urls[start : start + LIMIT] for start in range(0, len(urls), LIMIT)] or [[]]
    if len(parts) == 1:
        yield "sitemap.xml", _document("urlset", parts[0])
        return
    index: list[Element] = []
    for number, part in enumerate(parts, 1):
        name = f"sitemap-{number}.xml"
        yield name, _document("urlset", part)
        entry = Element(f"{{{SITEMAP}}}sitemap")
        SubElement(entry, f"{{{SITEMAP}}}loc").text = absolute(f"/{name}")
        index.append(entry)
    yield "sitemap.xml", _document("sitemapindex", index)


def _urls(site: Site, absolute: Callable[[str], str]) -> Iterator[Element]:
    for page in sorted(site.pages, key=lambda page: page.address):
        if page.is_not_found:
            continue
        url = Element(f"{{{SITEMAP}}}url")
        SubElement(url, f"{{{SITEMAP}}}loc").text = absolute(page.address)
        if page.updated_at is not None:
            day = page.updated_at.astimezone(DEFAULT_ZONE).date()
            SubElement(url, f"{{{SITEMAP}}}lastmod").text = day.isoformat()
        if page.locale.hreflang:
            for alternate in alternates(site, page.id, absolute):
                SubElement(
                    url,
                    f"{{{XHTML}}}link",
                    {"rel": "alternate", "hreflang": alternate.hreflang, "href": alternate.href},
                )
        yield url


def _document(name: str, children: list[Element]) -> bytes:
    root = Element(f"{{{SITEMAP}}}{name}")
    root.extend(children)
    indent(root)
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"
