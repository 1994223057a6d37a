"""A year of a Japanese era without the year that the rest of the world counts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.check.prose import MASK
from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text, Weight

_FOUND = lazily(r"(?P<era>令和|平成|昭和)(?P<year>[0-9０-９]{1,2})年(?P<fiscal>度)?")
_NEEDS = lazily("[令平昭]")
_FIRST = {"令和": 2018, "平成": 1988, "昭和": 1925}
"""The year before the first of the era."""
_LAW = lazily(r"[^\n。]{0,12}(?:法律|政令|省令|条例|規則|告示|訓令|要綱|通達|法|令)第")


def _find(source: SourcePage) -> Iterator[Mark]:
    told: set[int] = set()
    for place in source.prose.find(_FOUND, _NEEDS):
        year = _FIRST[place.found["era"]] + int(place.found["year"])
        if year in told or _LAW.match(place.after):
            continue
        told.add(year)
        if any(str(year) in passage.text for passage in source.prose.passages):
            continue
        fiscal = place.found["fiscal"] or ""
        after = place.after.replace(MASK, "")
        day = re.match(r"[0-9０-９]{1,2}月(?:[0-9０-９]{1,2}日)?", after)
        shown = place.words + (day.group() if day and not fiscal else "")
        yield Mark(
            place.line,
            Text(
                f"「{shown}」に西暦がありません。",
                f"`{shown}` does not give the year as other calendars do.",
            ),
            Text(
                f"「{place.words}（{year}年{fiscal}）」のように、西暦も書いてください。",
                f"Write {place.words}（{year}年{fiscal}）.",
            ),
        )


RULE = Rule(
    id="era-without-year",
    title=Text("西暦のない和暦", "An era without the year"),
    help=Text(
        "「令和8年（2026年）」のように、西暦も書いてください。",
        "Give the year too: 令和8年（2026年）.",
    ),
    find=_find,
    good=(
        "令和8年（2026年）4月1日です。令和8年の5月です。",
        "2026年（令和8年）です。",
        "平成25年法律第65号です。",
        "令和元年です。",
        "`令和8年`",
    ),
    bad=("令和8年4月1日です。", "平成30年度の予算です。", "令和8年です。令和8年の春です。"),
    weight=Weight.WARNING,
    japanese=True,
)
