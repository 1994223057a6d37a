"""The real translations of a page as search engines are told of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from machikado.content.site import Site


@dataclass(frozen=True)
class Alternate:
    """One `<link rel="alternate" hreflang>`; the address is absolute."""

    hreflang: str
    href: str


def alternates(site: Site, page_id: str, absolute: Callable[[str], str]) -> list[Alternate]:
    """The hreflang set of one page: each real edition that search engines can be told, then x-default."""
    group = site.translations(page_id)
    entries = [
        Alternate(page.locale.hreflang, absolute(page.address))
        for page in group.values()
        if page.locale.hreflang
    ]
    if not entries:
        return []
    default = group.get(site.locales.default.code)
    first = absolute(default.address) if default else entries[0].href
    return [*entries, Alternate("x-default", first)]
