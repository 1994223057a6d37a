"""A name that was left blank (○○市, XXX): a draft that nobody finished, or a riddle for listeners."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text, Weight

_FOUND = lazily(
    r"[〇○◯●]{2,}(?![〇○◯●年一二三四五六七八九])|[×✕]{2,}|[△▲]{2,}(?=[市町村区課部様さ月日年円者])|□{2,}|[XxＸｘ]{3,}(?![A-Za-z])|＊{2,}(?=[市町村区課部様月日年円者])"
)
_NEEDS = lazily("[〇○◯●×✕△▲□XxＸｘ＊]")


def _find(source: SourcePage) -> Iterator[Mark]:
    for place in source.prose.find(_FOUND, _NEEDS):
        if place.before.endswith(("例", "例: ", "例えば", "例：", "たとえば")) or re.search(
            "[一二三四五六七八九]$", place.before
        ):
            continue
        yield Mark(
            place.line,
            Text(
                f"「{place.words}{place.after[:2].strip()}」は、伏せ字のままです。",
                f"`{place.words}` stands in the place of a name.",
            ),
        )


RULE = Rule(
    id="blank-name",
    title=Text("伏せ字", "A name left blank"),
    help=Text(
        "本当の名前や数を書いてください。例なら「例えば」と書き、「ある市」のように言葉にします。",
        "Write the name or the number; for an example use words.",
    ),
    find=_find,
    good=("○はあり、×はなしです。", "二〇〇〇年です。", "`○○市`", "2×3です。", "例: ○○市"),
    bad=("○○市の取組です。", "××課に聞いてください。", "電話は□□□です。", "XXXXを押します。"),
    weight=Weight.STYLE,
    japanese=True,
)
