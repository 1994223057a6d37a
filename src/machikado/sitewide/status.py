"""The status of every translation, as a table of counts and a list of what waits for work."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from machikado.content.locale import Locale
from machikado.content.site import Site, TranslationStatus


@dataclass(frozen=True)
class LocaleStatus:
    """How the pages of one locale stand: a count of each status, and the files that want work.

    outdated: files whose source has changed since; missing: sources that have no such translation;
    unreviewed: how many translations no person has reviewed.
    """

    locale: Locale
    counts: dict[TranslationStatus, int]
    outdated: tuple[str, ...]
    missing: tuple[str, ...]
    unreviewed: int


def translation_status(site: Site) -> list[LocaleStatus]:
    """One status a locale, in the order of the locales."""
    return [_of(site, locale) for locale in site.locales]


def _of(site: Site, locale: Locale) -> LocaleStatus:
    counts: Counter[TranslationStatus] = Counter()
    outdated: list[str] = []
    missing: list[str] = []
    unreviewed = 0
    for page_id in site.ids:
        status = site.status(page_id, locale)
        counts[status] += 1
        group = site.translations(page_id)
        if status is TranslationStatus.MISSING:
            missing.append(site.source_of(next(iter(group.values()))).file)
            continue
        page = group[locale.code]
        if status is TranslationStatus.OUTDATED:
            outdated.append(page.file)
        if page.meta.translation is not None and page.meta.translation.reviewer is None:
            unreviewed += 1
    return LocaleStatus(
        locale,
        {status: counts[status] for status in TranslationStatus},
        tuple(sorted(outdated)),
        tuple(sorted(missing)),
        unreviewed,
    )


def status_file(statuses: Iterable[LocaleStatus]) -> bytes:
    """The counts of every locale as JSON."""
    rows = [
        {"locale": status.locale.code, "counts": status.counts, "unreviewed": status.unreviewed}
        for status in statuses
    ]
    return json.dumps({"schema": 1, "locales": rows}, ensure_ascii=False, indent=2).encode() + b"\n"
