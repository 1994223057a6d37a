"""Events as a calendar: what programs that read RFC 5545 get."""

from __future__ import annotations

import re

import pytest
from feed_city import news, newsroom, site_of

from machikado.content.front_matter import Occasion, parse, split
from machikado.feeds.channels import feed_files_of

TIMES = "{begins: 2026-12-10T10:00, ends: 2026-12-10T15:30, place: '市役所, 1階; ロビー'}"
DAYS = "{begins: 2026-12-31, ends: 2027-01-03}"


def event(day: int, title: str, occasion: str | None, **keys: str) -> str:
    """An event announced on a day of April 2026."""
    return news(day, title=title, type="event", category="", event=occasion or "", **keys)


def calendar_of(*events: str) -> bytes:
    room = newsroom(site_of({f"ja/events/{n}.md": text for n, text in enumerate(events)}))
    ja = room.site.locales.default
    return dict(feed_files_of(room, ja, "events"))["feeds/events.ics"]


def lines_of(calendar: bytes) -> list[str]:
    return calendar.decode().replace("\r\n ", "").split("\r\n")


def test_an_event_is_in_the_calendar_at_its_time_and_place() -> None:
    lines = lines_of(calendar_of(event(1, "祭り", TIMES, summary="屋台が出ます。")))
    begin, end = lines.index("BEGIN:VEVENT"), lines.index("END:VEVENT")
    assert lines[begin + 1 : end] == [
        "UID:tag:city.example\\,2026-04-01:ja/1001001",
        "DTSTAMP:20260401T000000Z",
        "CREATED:20260401T000000Z",
        "LAST-MODIFIED:20260401T000000Z",
        "DTSTART;TZID=Asia/Tokyo:20261210T100000",
        "DTEND;TZID=Asia/Tokyo:20261210T153000",
        "SUMMARY;LANGUAGE=ja:祭り",
        "DESCRIPTION;LANGUAGE=ja:屋台が出ます。\\nhttps://city.example/base/events/0/",
        "LOCATION;LANGUAGE=ja:市役所\\, 1階\\; ロビー",
        "URL:https://city.example/base/events/0/",
    ]


def test_days_end_before_the_day_behind_them() -> None:
    lines = lines_of(calendar_of(event(1, "休み", DAYS), event(2, "日", "{begins: 2026-12-31}")))
    found = [line for line in lines if line.startswith("DT") and "VALUE=DATE" in line]
    assert found == [
        *("DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101"),
        *("DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270104"),
    ]


def test_what_does_not_say_when_it_is_stands_in_no_calendar() -> None:
    lines = lines_of(calendar_of(event(1, "祭り", None)))
    assert "BEGIN:VEVENT" not in lines
    # A calendar without any component would be none (section 3.6).
    assert lines.count("BEGIN:VTIMEZONE") == 1


def test_lines_are_folded_between_letters_and_end_as_the_format_wants() -> None:
    calendar = calendar_of(event(1, "長い題名" * 60 + "👨‍👩‍👧‍👦", TIMES))
    assert calendar.endswith(b"END:VCALENDAR\r\n")
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", calendar)
    assert max(map(len, calendar.split(b"\r\n"))) <= 75
    for piece in calendar.split(b"\r\n"):
        piece.decode()
    assert f"SUMMARY;LANGUAGE=ja:{'長い題名' * 60}👨‍👩‍👧‍👦" in lines_of(calendar)


@pytest.mark.parametrize(
    ("written", "line", "said"),
    [
        ("event: soon", 4, "event: event has no content."),
        ("event:\n  begin: 2026-12-10", 5, "event.begin: event has no key `begin`."),
        ("event:\n  begins: 12/10", 5, "event.begins: `12/10` is no ISO 8601 date."),
        ("event:\n  place: 市役所", 4, "event.begins: `None` is no ISO 8601 date."),
        (
            "event:\n  begins: 2026-12-10\n  ends: 2026-12-09",
            6,
            "event.ends: is before the beginning.",
        ),
        (
            "event:\n  begins: 2026-12-10T10:00\n  ends: 2026-12-10",
            6,
            "event.ends: has a time where begins has none, or the other way round.",
        ),
    ],
)
def test_a_fault_is_told_at_its_own_line(written: str, line: int, said: str) -> None:
    parsed = parse(split(f"---\nid: 1001001\ntitle: 題名\n{written}\n---\n"))
    (fault,) = parsed.faults
    assert (fault.line, fault.message.en) == (line, said)


def test_a_time_without_an_end_is_read() -> None:
    parsed = parse(split("---\nid: 1001001\ntitle: 題名\nevent: {begins: 2026-12-10T10:00}\n---\n"))
    occasion = parsed.values["event"]
    assert isinstance(occasion, Occasion)
    assert (occasion.ends, occasion.all_day, occasion.place) == (None, False, "")
