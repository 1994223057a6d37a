"""What each channel is called, in the language of its locale."""

from __future__ import annotations

from collections.abc import Mapping

from machikado.content.department import Category, Department
from machikado.content.locale import Locale
from machikado.content.site import Site
from machikado.feeds.addresses import CATEGORY, DISASTER, EVENTS, NEWS, VOICE, channel_of
from machikado.messages import Catalogue


def channel_title(
    catalogue: Catalogue, site: Site, locale: Locale, channel: str, site_name: str
) -> str:
    """What a channel is called in `locale`; `site_name`: what the site is called there."""
    if channel == NEWS:
        return catalogue.gettext("News of %(site)s", site=site_name)
    if channel == DISASTER:
        return catalogue.gettext("Emergency news of %(site)s", site=site_name)
    if channel == VOICE:
        return catalogue.gettext("Spoken news of %(site)s", site=site_name)
    if channel == EVENTS:
        return catalogue.gettext("Events of %(site)s", site=site_name)
    name = subject_of(site, channel)[1].name(locale.code, site.locales.default.code)
    return catalogue.gettext("News of %(site)s: %(name)s", site=site_name, name=name)


def subject_of(site: Site, channel: str) -> tuple[str, Category | Department]:
    """The id and the entry of the category or department that a channel is about."""
    kind, _, name = channel.partition("/")
    known: Mapping[str, Category | Department]
    known = site.categories if kind == CATEGORY else site.departments
    if name in known:
        return name, known[name]
    # An id that no file can be named by.
    return next((key, known[key]) for key in known if channel_of(kind, key) == channel)
