"""A weekday of one letter, （土）, which is read aloud as the word it is written with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text, Weight

_DAYS = "月火水木金土日祝休振"
_FOUND = lazily(
    rf"(?P<open>[（(])(?P<days>[{_DAYS}](?:[・、,･／/]?[{_DAYS}])*(?:振替|祝日|休日)?|[月火水木金土日][〜～~－-][月火水木金土日])(?P<close>[)）])"
)
_NEEDS = lazily("[（(]")
_DATED = lazily(r"(?:日|\d|週|曜|第\d|年末年始)[ 　]?$")
_BESIDE = lazily(rf"[（(][{_DAYS}][)）][・、,]?$")
_NEXT = lazily(rf"[・、,]?[（(][{_DAYS}][)）]")
_SPAN = lazily("[〜～~－-]")
_NAMES = {**{day: f"{day}曜日" for day in "月火水木金土日"}, "祝": "祝日", "休": "休日"}
_WHOLE = lazily(r"^[月火水木金土日](?:[・、,･／/]?[月火水木金土日祝])+$")


def _find(source: SourcePage) -> Iterator[Mark]:
    for place in source.prose.find(_FOUND, _NEEDS):
        days = place.found["days"]
        is_span = bool(_SPAN.search(days))
        if not (
            _DATED.search(place.before)
            or _BESIDE.search(place.before)
            or _NEXT.match(place.after)
            or (_WHOLE.match(days) and len(days) > 1)
            or is_span
        ):
            continue
        if (
            re.search(r"(?:期|時|年|時|区|営業|何|平|休|祝|半|終|当|前|毎)間?日$", place.before)
            and len(days) == 1
        ):
            continue
        new = _spoken(days)
        yield Mark(
            place.line,
            Text(
                f"「{place.words}」は、曜日として読み上げられません。",
                f"`{place.words}` is not read aloud as a weekday.",
            ),
            Text(
                f"「（{new or '土曜日'}）」のように、「曜日」まで書いてください。",
                f"Write the weekday in full: （{new or '土曜日'}）.",
            ),
            place.fix(f"（{new}）") if new and not is_span else None,
        )


def _spoken(days: str) -> str | None:
    if _SPAN.search(days):
        return "から".join(_NAMES[day] for day in (days[0], days[-1]))
    letters = re.sub("[・、,･／/]|祝日|休日|振替", "", days)
    if any(letter not in _NAMES for letter in letters) or letters != re.sub(
        "[・、,･／/]", "", days
    ):
        return None
    return "・".join(_NAMES[letter] for letter in letters)


RULE = Rule(
    id="weekday-abbreviation",
    title=Text("（土）のような曜日", "A weekday of one letter"),
    help=Text("「（土曜日）」のように書いてください。", "Write the weekday in full: （土曜日）."),
    find=_find,
    good=(
        "4月1日（水曜日）です。",
        "利用料（月）です。",
        "株式会社を（株）と書きます。",
        "期間（日）と、水（水）と、金（金）",
        "`4月1日（水）`",
        "土曜日・日曜日・祝日は休みです。",
    ),
    bad=(
        "4月1日（水）です。",
        "4月5日(日)です。",
        "4月29日（水・祝）です。",
        "休みは（土・日）です。",
        "毎週（金）に集めます。",
        "受付（月～金）",
    ),
    weight=Weight.WARNING,
    japanese=True,
)
