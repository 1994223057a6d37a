"""When pages appear and end: what falls due between two moments, for readers, feeds and posts alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from machikado.content.page import Page
from machikado.content.site import Site


class Change(StrEnum):
    """What happens to a page at its time."""

    APPEARS = "appears"
    ENDS = "ends"


@dataclass(frozen=True, slots=True)
class Turn:
    """The editions of a page that appear, or end, at one moment; in the order of the locales."""

    at: datetime
    change: Change
    pages: tuple[Page, ...]


def turns(site: Site, after: datetime, until: datetime) -> list[Turn]:
    """What appears and ends after `after`, and at `until` at the latest; the earliest first.

    A translation follows its source page: it is never public before it, nor after.
    """
    found: dict[tuple[datetime, Change, str], list[Page]] = {}
    for locale in site.locales:
        for page in site.in_locale(locale):
            for at, change in _changes(page, site.source_of(page)):
                if after < at <= until:
                    found.setdefault((at, change, page.id), []).append(page)
    ordered = sorted(found, key=lambda key: (key[0], key[1] is Change.ENDS, key[2]))
    return [Turn(at, change, tuple(found[at, change, name])) for at, change, name in ordered]


def _changes(page: Page, source: Page) -> Iterator[tuple[datetime, Change]]:
    begins = max(filter(None, (page.meta.publish_at, source.meta.publish_at)), default=None)
    ends = min(filter(None, (page.meta.expires_at, source.meta.expires_at)), default=None)
    if begins is not None:
        yield begins, Change.APPEARS
    if ends is not None:
        yield ends, Change.ENDS
