"""A span written with 〜, ～ or a hyphen, which is not read aloud or read as something else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text, Weight

_UNIT = "年度|年生|年|月|日|時|分|時半|曜日|曜|歳|才|人|円|回|号|ページ|章|か月|カ月|ヶ月|週間|丁目|番|階|度|[)）]|[A-Z]"
_FOUND = lazily(
    rf"(?:(?:(?:令和|平成|昭和|午前|午後)?(?:\d+|元)|[一二三四五六七八九十])(?:{_UNIT})?|[月火水木金土日]曜日?)[)）]?[ ]?(?P<mark>[〜～]|(?<!~)~(?!~)|(?<=[日時分月年度])[-－])[ ]?"
    r"(?=(?:午前|午後|翌|正午|令和|平成|約|\d|[一二三四五六七八九十]|[月火水木金土日]曜|小学|中学|高校))"
)
_HINT = lazily("[〜～~－-][ ]?[0-9午翌正令平約一二三四五六七八九十月火水木金土日小中高]")


def _find(source: SourcePage) -> Iterator[Mark]:
    for place in source.prose.find_at(_HINT, _FOUND, back=8):
        if re.search("[:：/]\\d?$", place.before):
            continue  # 8:30〜17:15 and 4/1〜4/30 are told of as times and dates
        around = f"{place.words}{re.split('[ 、。|（(]', place.after)[0][:8]}".strip()
        new = around.replace(place.found["mark"], "から", 1)
        yield Mark(
            place.line,
            Text(
                f"「{around}」の「{place.found['mark']}」は、読み上げられないことがあります。",
                f"The `{place.found['mark']}` of `{around}` may not be read aloud.",
            ),
            Text(f"「{new}まで」のように書いてください。", f"Write it as {new}まで."),
        )


RULE = Rule(
    id="range-mark",
    title=Text("「〜」で書いた範囲", "A span written with 〜"),
    help=Text("「から」「まで」で書いてください。", "Write から and まで."),
    find=_find,
    good=(
        "午前10時から午後3時までです。",
        "計画の愛称は「〜つながる〜」です。",
        "019-651-4111と020-8530です。",
        "`10時〜15時`",
        "施策1-2-2と2019-2022",
    ),
    bad=(
        "午前10時〜午後3時です。",
        "4月1日～30日です。",
        "5〜10人です。",
        "令和元年度～令和4年度です。",
    ),
    weight=Weight.STYLE,
    japanese=True,
)
