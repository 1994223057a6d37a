from __future__ import annotations

from datetime import date

import pytest

from machikado.content.front_matter import parse_time
from machikado.furniture.dates import DateText, era_year, spell
from small_city import catalogues_of, demo

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
        "1926-12-24": "24 December 1926",
        "1989-01-07": "7 January 1989 (Showa 64)",
        "1989-01-08": "8 January 1989 (Heisei 1)",
        "2019-04-30": "30 April 2019 (Heisei 31)",
        "2019-05-01": "1 May 2019 (Reiwa 1)",
        "2026-11-22": "22 November 2026 (Reiwa 8)",
    },
    "zh-Hans": {
        "1926-12-24": "1926年12月24日",
        "1989-01-07": "1989年1月7日（昭和64年）",
        "1989-01-08": "1989年1月8日（平成元年）",
        "2019-04-30": "2019年4月30日（平成31年）",
        "2019-05-01": "2019年5月1日（令和元年）",
        "2026-11-22": "2026年11月22日（令和8年）",
    },
    "zh-Hant": {
        "1926-12-24": "1926年12月24日",
        "1989-01-07": "1989年1月7日（昭和64年）",
        "1989-01-08": "1989年1月8日（平成元年）",
        "2019-04-30": "2019年4月30日（平成31年）",
        "2019-05-01": "2019年5月1日（令和元年）",
        "2026-11-22": "2026年11月22日（令和8年）",
    },
    "ko": {
        "1926-12-24": "1926년 12월 24일",
        "1989-01-07": "1989년 1월 7일(쇼와 64년)",
        "1989-01-08": "1989년 1월 8일(헤이세이 1년)",
        "2019-04-30": "2019년 4월 30일(헤이세이 31년)",
        "2019-05-01": "2019년 5월 1일(레이와 1년)",
        "2026-11-22": "2026년 11월 22일(레이와 8년)",
    },
    "vi": {
        "1926-12-24": "24 tháng 12, 1926",
        "1989-01-07": "7 tháng 1, 1989 (Showa năm thứ 64)",
        "1989-01-08": "8 tháng 1, 1989 (Heisei năm thứ 1)",
        "2019-04-30": "30 tháng 4, 2019 (Heisei năm thứ 31)",
        "2019-05-01": "1 tháng 5, 2019 (Reiwa năm thứ 1)",
        "2026-11-22": "22 tháng 11, 2026 (Reiwa năm thứ 8)",
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
