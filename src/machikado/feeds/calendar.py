"""The events of a locale as a calendar: iCalendar (RFC 5545), which calendar programs subscribe to.

Two rules are all it needs of the format's own: how text is escaped (section 3.3.11) and how a line of
more than 75 bytes is folded (section 3.1); a library for them would be one more to keep.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from machikado.content.front_matter import DEFAULT_ZONE, Occasion
from machikado.feeds.feed import GENERATOR, Entry, Feed

_MOST = 75
"""The most bytes of a line, its end not counted (section 3.1)."""
_ZONE = (
    "BEGIN:VTIMEZONE",
    f"TZID:{DEFAULT_ZONE.key}",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0900",
    "TZOFFSETTO:+0900",
    "TZNAME:JST",
    "END:STANDARD",
    "END:VTIMEZONE",
)
_ESCAPED = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n", "\r": None})


def write_calendar(feed: Feed, events: Iterable[tuple[Entry, Occasion]]) -> bytes:
    """The calendar of a feed's events that say when they are; their UID is their permanent id.

    A program takes an event for the same by its UID, and for a changed one by LAST-MODIFIED, so that an edit
    moves the event instead of adding one. One that ended is in it until its page ends.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{GENERATOR}//{feed.locale.code}//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        _text("NAME", feed.title),
        # Older than RFC 7986's NAME, and what most programs read.
        _text("X-WR-CALNAME", feed.title),
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        # The zone of every time in it; and a calendar must have one component, also without events.
        *_ZONE,
    ]
    for entry, occasion in events:
        lines += _event(entry, occasion)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


def _event(entry: Entry, occasion: Occasion) -> Iterator[str]:
    language = f";LANGUAGE={entry.lang}"
    yield "BEGIN:VEVENT"
    yield _text("UID", entry.id)
    yield f"DTSTAMP:{_moment(entry.updated)}"
    yield f"CREATED:{_moment(entry.published)}"
    yield f"LAST-MODIFIED:{_moment(entry.updated)}"
    if occasion.all_day:
        last = (occasion.ends or occasion.begins).astimezone(DEFAULT_ZONE)
        yield f"DTSTART;VALUE=DATE:{occasion.begins.astimezone(DEFAULT_ZONE):%Y%m%d}"
        # The first day that is not part of it (section 3.6.1).
        yield f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}"
    else:
        yield f"DTSTART;{_in_tokyo(occasion.begins)}"
        if occasion.ends is not None:
            yield f"DTEND;{_in_tokyo(occasion.ends)}"
    yield _text(f"SUMMARY{language}", entry.title)
    if entry.summary:
        yield _text(f"DESCRIPTION{language}", f"{entry.summary}\n{entry.link}")
    if occasion.place:
        yield _text(f"LOCATION{language}", occasion.place)
    if entry.category:
        yield _text(f"CATEGORIES{language}", entry.category.label)
    yield f"URL:{entry.link}"
    yield "END:VEVENT"


def _text(name: str, value: str) -> str:
    return f"{name}:{value.translate(_ESCAPED)}"


def _in_tokyo(time: datetime) -> str:
    return f"TZID={DEFAULT_ZONE.key}:{time.astimezone(DEFAULT_ZONE):%Y%m%dT%H%M%S}"


def _moment(time: datetime) -> str:
    """In UTC, as the moments of the entry itself must be (section 3.8.7)."""
    return f"{time.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _folded(line: str) -> Iterator[str]:
    """A content line in pieces of at most 75 bytes, each but the first behind a space; no letter is cut."""
    piece, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > _MOST:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + width
    yield piece
