"""Redirect pages: old addresses lead to the page's present one, also without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urljoin

from markupsafe import Markup

from machikado.content.address import output_file
from machikado.content.page import Page
from machikado.content.site import old_address
from machikado.furniture.locale_view import Surroundings
from machikado.messages import Catalogue

_PAGE = Markup(
    '<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
    "<title>{title}</title>\n"
    '<meta http-equiv="refresh" content="0; url={href}">\n'
    '<meta name="robots" content="noindex">\n<link rel="canonical" href="{canonical}">\n</head>\n'
    '<body>\n<main>\n<h1>{title}</h1>\n<p>{moved} <a href="{href}">{title}</a></p>\n</main>\n</body>\n</html>\n'
)


def redirects(
    page: Page, catalogues: Mapping[str, Catalogue], surroundings: Surroundings
) -> Iterator[tuple[str, str]]:
    """The file and the HTML of every old address of `page`."""
    for alias in page.meta.aliases:
        href = surroundings.url(page.address)
        html = _PAGE.format(
            lang=page.locale.lang,
            title=page.title,
            href=href,
            canonical=urljoin(surroundings.site_url, href),
            moved=catalogues[page.locale.code].gettext("This page has moved:"),
        )
        old = old_address(page, alias)
        last = old.rpartition("/")[2]
        yield output_file(old if "." in last or old.endswith("/") else f"{old}/"), str(html)
