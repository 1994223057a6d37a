"""Dates as readers of a locale write them, with the Japanese era beside the Gregorian year."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date
from markupsafe import Markup

from machikado.content.front_matter import DEFAULT_ZONE
from machikado.content.locale import Locale
from machikado.messages import Catalogue

ERAS = (
    (date(2019, 5, 1), "令和", "Reiwa"),
    (date(1989, 1, 8), "平成", "Heisei"),
    (date(1926, 12, 25), "昭和", "Showa"),
)
"""First day, Japanese and romanised name of each era (元号法; 政令 for each change), the newest first."""


@dataclass(frozen=True)
class DateText:
    """A date for a <time>: `iso` for machines, `text` for people, `html` the same with furigana."""

    iso: str
    text: str
    html: Markup = field(default=Markup(), compare=False)


def era_year(day: date) -> tuple[str, str, int] | None:
    """The era's Japanese name, its romanised name and the year in it, or None before 1926-12-25."""
    for first, japanese, romanised in ERAS:
        if day >= first:
            return japanese, romanised, day.year - first.year + 1
    return None


def spell(moment: datetime, locale: Locale, catalogue: Catalogue) -> DateText:
    """The day of `moment` in Tokyo, in both calendars.

    >>> # ja: 令和8年（2026年）11月22日; en: 22 November 2026 (Reiwa 8)
    """
    day = moment.astimezone(DEFAULT_ZONE).date()
    era = era_year(day)
    if era is None:
        return DateText(day.isoformat(), _long(day, locale.cldr))
    japanese, romanised, year = era
    if locale.cldr == "ja":
        era_name = f"{japanese}{'元' if year == 1 else year}年"
        return DateText(day.isoformat(), f"{era_name}（{day.year}年）{day.month}月{day.day}日")
    return DateText(
        day.isoformat(),
        catalogue.gettext(
            "%(date)s (%(era)s %(year)s)",
            date=_long(day, locale.cldr),
            era=_era_name(romanised, catalogue),
            year="元" if year == 1 and locale.cldr.startswith("zh") else year,
        ),
    )


@lru_cache(maxsize=4096)
def _long(day: date, cldr: str) -> str:
    # Pages share their days: a city publishes many at once, and lists repeat them.
    return format_date(day, "long", locale=cldr)


def _era_name(romanised: str, catalogue: Catalogue) -> str:
    # Spelt out one by one, so that the extraction of messages sees them.
    names = {
        "Reiwa": catalogue.gettext("Reiwa"),
        "Heisei": catalogue.gettext("Heisei"),
        "Showa": catalogue.gettext("Showa"),
    }
    return names[romanised]
