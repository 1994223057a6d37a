"""A date written with slashes, full stops or the letter of an era: 4/1, 2026.4.1, R6.4.1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text, Weight

_NO_WORD = r"(?<![A-Za-z0-9_/.\-])"
_END = r"(?![A-Za-z0-9_/:：]|[.\-]\d|[年月日])"
_WEEKDAY = r"[（(][月火水木金土日](?:曜日?)?[・、]?祝?[)）]"
_RANGE = r"[ ]?[〜～~－–—\-][ ]?"
_FOUND = lazily(
    rf"{_NO_WORD}(?P<year>(?:19|20)\d\d)(?P<mark>[/.\-])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}}){_END}"
    rf"|{_NO_WORD}(?P<era>[RHSTrhs])(?P<eyear>\d{{1,2}}|元)(?:[./](?P<emonth>\d{{1,2}})[./](?P<eday>\d{{1,2}}){_END}|(?P<only>年度?))"
    rf"|(?P<named>令和|平成|昭和)(?P<nyear>\d{{1,2}}|元)(?P<nmark>[./])(?P<nmonth>\d{{1,2}})(?P=nmark)(?P<nday>\d{{1,2}}){_END}"
    rf"|{_NO_WORD}(?P<m>\d{{1,2}})/(?P<d>\d{{1,2}})(?![A-Za-z0-9_/:]|[.]\d|-(?!\d{{1,2}}/\d)|[年月日])"
)
_HINT = lazily(r"[0-9RHSTrhs元](?:[/.\-][0-9]|(?:[0-9]{1,2}|元)(?:年|[./]))")
_ERAS = {"R": "令和", "H": "平成", "S": "昭和", "T": "大正"}
_DATED_BEFORE = lazily(
    rf"(?:年度?|毎年|締切|〆切|期限|期日|日時|日程|開催日?|令和\d+|{_WEEKDAY}?{_RANGE}|第\d回)[:：はが]?[ 　]?$"
)
_DATED_AFTER = lazily(
    rf"[ ]?{_WEEKDAY}|(?:必着|消印|締切|〆切|開催|開始|開店|開館|開庁|時点|現在|付け?|より|実施|放送|発売|公開|更新|配布|改定|施行|発行|掲載)|{_RANGE}\d{{1,2}}[/月]"
)
_WITH_DAY = lazily(rf"[ ]?{_WEEKDAY}|必着|消印|開催")
_DATED_LOOSELY = lazily(r"(?:まで|から|に|は|の|[〜～~](?!\d)|[ 　]|$|\s*\|)")


def _find(source: SourcePage) -> Iterator[Mark]:
    for place in source.prose.find_at(_HINT, _FOUND, back=6):
        new = _spoken(place.found)
        if new is None or (
            place.found["m"] and not _is_date(place.found, place.before, place.after)
        ):
            continue
        certain = (
            place.found["year"]
            or place.found["named"]
            or (place.found["era"] and place.found["era"].isupper())
        )
        yield Mark(
            place.line,
            Text(
                f"日付「{place.words}」は、読み上げで正しく伝わりません。",
                f"The date `{place.words}` is not read aloud properly.",
            ),
            Text(
                f"「{new}」のように、年・月・日を付けて書いてください。",
                f"Write it in words, as {new}.",
            ),
            place.fix(new) if certain or _WITH_DAY.match(place.after) else None,
        )


def _spoken(found: re.Match[str]) -> str | None:
    """The date in words; None where there is no such day."""
    if found["year"]:
        year, month, day = int(found["year"]), int(found["month"]), int(found["day"])
        return f"{year}年{month}月{day}日" if _exists(year, month, day) else None
    if found["era"]:
        era = f"{_ERAS[found['era'].upper()]}{found['eyear']}"
        if found["only"]:
            return f"{era}{found['only']}" if found["era"].isupper() else None
        month, day = int(found["emonth"]), int(found["eday"])
        return f"{era}年{month}月{day}日" if _exists(2000, month, day) else None
    if found["named"]:
        month, day = int(found["nmonth"]), int(found["nday"])
        era = f"{found['named']}{found['nyear']}"
        return f"{era}年{month}月{day}日" if _exists(2000, month, day) else None
    month, day = int(found["m"]), int(found["d"])
    return f"{month}月{day}日" if _exists(2000, month, day) else None


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _is_date(found: re.Match[str], before: str, after: str) -> bool:
    """Whether 4/1 is a day: a fraction (1/2, 3/4) looks the same."""
    if _DATED_AFTER.match(after) or (
        _DATED_BEFORE.search(before) and not after.startswith(("以上", "以下", "程度"))
    ):
        return True
    is_fraction = int(found["m"]) < int(found["d"]) <= 12
    alone = not before.strip(" \u3000|-*・○●") or before.rstrip().endswith("|")
    return alone and not is_fraction and bool(_DATED_LOOSELY.match(after))


RULE = Rule(
    id="date-notation",
    title=Text("「4/1」「R6.4.1」の形の日付", "A date such as 4/1 or R6.4.1"),
    help=Text(
        "「2026年4月1日」のように、年・月・日を付けて書いてください。",
        "Write dates in words: 2026年4月1日.",
    ),
    find=_find,
    good=(
        "2026年4月1日（水曜日）です。",
        "費用の1/2を補助します。3/4以上の人が答えました。",
        "建設CALS/ECとTCP/IPと24/7",
        "第1.2.3版とv2026.4.1と192.168.10.1",
        "計画 2019-2022と、施策1-2-2です。",
        "`2026/4/1`と`R6.4.1`",
        "電話は019-651-4111です。2026-2030年の計画です。",
        "R2の係数は0.95です。H2ブロッカーです。",
    ),
    bad=(
        "2026/4/1に始まります。",
        "2026.4.1更新",
        "R6.4.1に改定しました。",
        "R6年度の予算です。",
        "4/1（水）に始まります。",
        "締切は9/30です。",
        "表: 時期\n\n| 日付 | 行事 |\n| --- | --- |\n| 4/1 | 開始 |",
        "2026-04-01に公開します。",
    ),
    weight=Weight.WARNING,
    japanese=True,
)
