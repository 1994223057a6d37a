"""All outputs that no single page makes: feeds, sitemap, search indexes, robots.txt, status."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urljoin

from machikado.content.address import encoded
from machikado.content.page import Page
from machikado.content.site import Site
from machikado.feeds import feed_files
from machikado.messages import Catalogue
from machikado.project import Project
from machikado.sitewide.search import search_index
from machikado.sitewide.sitemap import sitemap
from machikado.sitewide.status import translation_status


def outputs(
    project: Project,
    site: Site,
    catalogues: Mapping[str, Catalogue],
    render: Callable[[Page], str],
) -> Iterator[tuple[str, bytes]]:
    """Every file, by its name from the site's folder; `render` gives the article of a page as HTML."""

    def absolute(address: str) -> str:
        return urljoin(project.site_url, project.base_path.rstrip("/") + encoded(address))

    yield from sitemap(site, absolute)
    yield "robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {absolute('/sitemap.xml')}\n".encode()
    for locale in site.locales:
        yield search_index(site, locale, project.base_path)
    yield from feed_files(site, catalogues, project.site_url, render)
    yield "status.json", _status(site)


def _status(site: Site) -> bytes:
    rows = [
        {
            "locale": status.locale.code,
            "counts": status.counts,
            "unreviewed": status.unreviewed,
        }
        for status in translation_status(site)
    ]
    return json.dumps({"schema": 1, "locales": rows}, ensure_ascii=False, indent=2).encode() + b"\n"
