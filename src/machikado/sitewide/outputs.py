"""All outputs that no single page makes: feeds, sitemap, search indexes, robots.txt, status."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from machikado.article.outline import outline
from machikado.assets import published_assets
from machikado.content.page import Page
from machikado.content.site import Site
from machikado.feeds.channels import feed_files
from machikado.feeds.feed import Newsroom
from machikado.furniture.recorded import recordings
from machikado.messages import Catalogue
from machikado.project import Project
from machikado.sitewide.addresses import absolute_of, robots
from machikado.sitewide.search import search_files, search_row
from machikado.sitewide.sitemap import sitemap_entry, sitemap_files
from machikado.sitewide.status import status_file, translation_status


def outputs(
    project: Project,
    site: Site,
    catalogues: Mapping[str, Catalogue],
    render: Callable[[Page], str],
) -> Iterator[tuple[str, bytes]]:
    """Every file, by its name from the site's folder; `render` gives the article of a page as HTML."""
    absolute = absolute_of(project)
    pages = sorted(site.pages, key=lambda page: page.address)
    yield from sitemap_files((sitemap_entry(site, page, absolute) for page in pages), absolute)
    yield "robots.txt", robots(absolute)
    for locale in site.locales:
        rows = {
            page.address: (page.id, search_row(page, outline(page.body), project.base_path))
            for page in site.in_locale(locale)
        }
        yield from search_files(locale, rows)
    assets = published_assets(project.root / project.docs, site.locales)
    hub = project.websub_hub
    heard = recordings(catalogues, assets)
    room = Newsroom(site, catalogues, project.site_url, render, assets, hub, heard)
    yield from feed_files(room)
    yield "status.json", status_file(translation_status(site))
