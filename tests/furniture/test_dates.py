from __future__ import annotations

from datetime import date

import pytest
from small_city import catalogues_of, demo

from machikado.content.front_matter import parse_time
from machikado.furniture.dates import DateText, era_year, spell

DAYS = {
    "ja": {
        "1926-12-24": "1926年12月24日",
        "1989-01-07": "昭和64年（1989年）1月7日",
        "1989-01-08": "平成元年（1989年）1月8日",
        "2019-04-30": "平成31年（2019年）4月30日",
        "2019-05-01": "令和元年（2019年）5月1日",
        "2026-11-22": "令和8年（2026年）11月22日",
    },
    "ja-easy": {
        "1926-12-24": "1926年12月24日",
        "1989-01-07": "昭和64年（1989年）1月7日",
        "1989-01-08": "平成元年（1989年）1月8日",
        "2019-04-30": "平成31年（2019年）4月30日",
        "2019-05-01": "令和元年（2019年）5月1日",
        "2026-11-22": "令和8年（2026年）11月22日",
    },
    "en": {
        "1926-12-24": "December 24, 1926",
        "1989-01-07": "January 7, 1989 (Showa 64)",
        "1989-01-08": "January 8, 1989 (Heisei 1)",
        "2019-04-30": "April 30, 2019 (Heisei 31)",
        "2019-05-01": "May 1, 2019 (Reiwa 1)",
        "2026-11-22": "November 22, 2026 (Reiwa 8)",
    },
}


@pytest.mark.parametrize("day", DAYS["ja"])
@pytest.mark.parametrize("code", [locale.code for locale in demo().locales])
def test_a_day_is_written_in_both_calendars_as_readers_of_the_locale_write_it(
    code: str, day: str
) -> None:
    site = demo()
    words = catalogues_of(site)[code]
    assert spell(parse_time(day), site.locales[code], words) == DateText(day, DAYS[code][day])


@pytest.mark.parametrize(
    ("day", "era"),
    [
        ("1926-12-24", None),
        ("1926-12-25", ("昭和", "Showa", 1)),
        ("1989-01-07", ("昭和", "Showa", 64)),
        ("1989-01-08", ("平成", "Heisei", 1)),
        ("2019-04-30", ("平成", "Heisei", 31)),
        ("2019-05-01", ("令和", "Reiwa", 1)),
        ("2020-01-01", ("令和", "Reiwa", 2)),
    ],
)
def test_an_era_begins_on_its_first_day(day: str, era: tuple[str, str, int] | None) -> None:
    assert era_year(date.fromisoformat(day)) == era


@pytest.mark.parametrize(
    ("moment", "iso"),
    [
        ("2019-04-30T14:59:59+00:00", "2019-04-30"),
        ("2019-04-30T15:00:00+00:00", "2019-05-01"),
        ("2019-04-30T23:59:59", "2019-04-30"),
        ("2019-05-01T00:30:00+14:00", "2019-04-30"),
    ],
)
def test_the_day_is_that_of_tokyo_wherever_the_time_was_written(moment: str, iso: str) -> None:
    locales = demo().locales
    written = spell(parse_time(moment), locales["ja"], catalogues_of(demo())["ja"])
    assert written == DateText(iso, DAYS["ja"][iso])
