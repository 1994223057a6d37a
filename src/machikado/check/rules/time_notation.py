"""A time of day written with a colon (10:00), which is read aloud in strange ways."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text, Weight

_TIME = r"\d{1,2}[:：]\d{2}"
_RANGE = r"[ ]?[〜～~－\-–—ー―][ ]?"
_FOUND = lazily(
    rf"(?:(?<=[AaPp][Mm])|(?<![A-Za-z\d:：/.．]))(?P<half>午前|午後)?(?P<first>{_TIME})(?![:：\d])"
    rf"(?:(?P<range>{_RANGE})(?:(?P<half2>午前|午後)?(?P<second>{_TIME})(?![:：\d]))?)?"
)
_LATER = lazily("午後|夜|夕|[AaPp][Mm]")
_CORE = lazily(r"[:：]\d\d")
_RATIO = lazily(r"(?:縮尺|比率|割合|比|倍率|第\d*章?)[はがを]?[ 　]?$")


def _find(source: SourcePage) -> Iterator[Mark]:
    for place in source.prose.find(_FOUND, core=_CORE):
        found = place.found
        times = [found[name] for name in ("first", "second") if found[name]]
        if _RATIO.search(place.before) or not all(map(_exists, times)):
            continue
        is_afternoon = _LATER.search(place.before + place.after[:3]) is not None
        # Where the other end is 17:15 all 24 hours are counted, and 8:30 is of the morning.
        is_of_24 = bool(found["second"]) and int(re.split("[:：]", found["second"])[0]) > 12
        first = _spoken(found["half"], found["first"], is_afternoon and not is_of_24, is_of_24)
        second = found["second"] and _spoken(found["half2"], found["second"], is_afternoon)
        new = None
        if first and not found["range"]:
            new = first
        elif first and second:
            new = f"{first}から{second}" + (
                "" if place.after.startswith(("まで", "の間")) else "まで"
            )
        elif (
            first and found["range"] and not found["second"] and not re.match(r"\d|午", place.after)
        ):
            new = f"{first}から"
        guess = new or "から".join(
            _guess(found[half], found[time])
            for half, time in (("half", "first"), ("half2", "second"))
            if found[time]
        )
        yield Mark(
            place.line,
            Text(
                f"時刻「{place.words.strip()}」は、読み上げで正しく伝わりません。",
                f"The time `{place.words.strip()}` is not read aloud properly.",
            ),
            Text(
                f"「{guess}」のように、午前か午後と「時」「分」で書いてください。",
                f"Write it in words, as {guess}.",
            ),
            place.fix(new) if new else None,
        )


def _exists(time: str) -> bool:
    hour, minute = (int(part) for part in re.split("[:：]", time))
    return hour <= 24 and minute < 60


def _spoken(half: str | None, time: str, is_afternoon: bool, is_of_24: bool = False) -> str | None:
    """The time in words; None where it may be of the morning or of the afternoon."""
    hour, minute = (int(part) for part in re.split("[:：]", time))
    if hour == 24 or (half and hour > 12):
        return None
    if half is None:
        is_early = hour < 9 and not time.startswith("0") and not is_of_24
        if hour in (0, 12) or (hour < 12 and (is_afternoon or is_early)):
            return None
        half, hour = ("午前", hour) if hour < 12 else ("午後", hour - 12)
    return _words(half, hour, minute)


def _guess(half: str | None, time: str) -> str:
    hour, minute = (int(part) for part in re.split("[:：]", time))
    if half is None:
        half = "午前" if hour < 12 else "午後"
        hour = hour if hour < 12 else hour - 12
    return _words(half, hour, minute)


def _words(half: str, hour: int, minute: int) -> str:
    return f"{half}{hour}時{f'{minute}分' if minute else ''}"


RULE = Rule(
    id="time-notation",
    title=Text("「10:00」の形の時刻", "A time such as 10:00"),
    help=Text(
        "「午前10時」「午後1時30分」のように書いてください。",
        "Write times in words: 午前10時, 午後1時30分.",
    ),
    find=_find,
    good=(
        "午前10時から午後3時30分までです。",
        "縮尺1:25の地図と、16:9の画面です。",
        "縮尺は1:50です。",
        "`10:00`と書きません。",
        "https://city.example/10:00/",
    ),
    bad=(
        "10:00に始まります。",
        "13:30〜15:00です。",
        "午後3:00までです。",
        "10:00~です。",
        "９：３０に開きます。".replace("９：３０", "9：30"),
        "表: 時間\n\n| 曜日 | 時間 |\n| --- | --- |\n| 月曜日 | 8:30-17:15 |",
    ),
    weight=Weight.WARNING,
    japanese=True,
)
