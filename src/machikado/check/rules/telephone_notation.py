"""A telephone number behind ℡ or ☎, or with its area code in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text, Weight

_FOUND = lazily(
    r"(?P<sign>[℡☎☏📞📱✆]\ufe0f?)"
    r"|(?<![A-Za-z])(?P<tel>TEL|Tel|tel|ＴＥＬ)(?![A-Za-z])(?=[.．:：]?[ 　]?[(（]?[\d０-９])"
    r"|(?<![\d０-９])(?P<area>[(（]0\d{1,4}[)）][ ]?\d{1,4}[-－‐ー−]\d{4})(?!\d)"
    r"|(?<![\d０-９])(?P<inner>0\d{1,4}[ ]?[(（]\d{1,4}[)）][ ]?\d{4})(?!\d)"
    r"|(?P<extension>[(（]内[)）]|(?<![一-鿿])内[)）]|(?:(?<=[\d\s　])|^)内(?=[\d：:]))(?=[ ]?\d{2,5})"
)
_HINT = lazily(
    "[℡☎☏📞📱✆ＴTt0-9(（内](?:(?<=[℡☎☏📞📱✆])|(?<=[ＴTt])[ＥEe][ＬLl]|(?<=[0-9])[(（][0-9]|(?<=[(（])[0内]|(?<=内)[)）0-9:：])"
)


def _find(source: SourcePage) -> Iterator[Mark]:
    for place in source.prose.find_at(_HINT, _FOUND, back=7):
        kind = place.found.lastgroup
        if kind in ("sign", "tel"):
            new = "電話"
            said = Text(
                f"「{place.words}」は、「電話」と読み上げられないことがあります。",
                f"`{place.words}` may not be read aloud as “telephone”.",
            )
        elif kind == "extension":
            new = "内線"
            said = Text(
                f"「{place.words}」は、内線のことだと伝わりません。",
                f"`{place.words}` is not understood as an extension.",
            )
        else:
            new = "-".join(re.findall(r"\d+", place.words))
            said = Text(
                f"電話番号「{place.words}」は、括弧のために続けて読まれません。",
                f"The telephone number `{place.words}` is broken up by its brackets.",
            )
        yield Mark(
            place.line,
            said,
            Text(f"「{new}」と書いてください。", f"Write `{new}`."),
            place.fix(new),
        )


RULE = Rule(
    id="telephone-notation",
    title=Text("電話番号の書き方", "How a telephone number is written"),
    help=Text("「電話 019-000-0000」のように書いてください。", "Write it as 電話 019-000-0000."),
    find=_find,
    good=(
        "電話 019-651-4111（内線 1234）です。",
        "[019-651-4111](tel:0196514111)",
        "ホテルとHOTELとtelnet",
        "`℡`と`TEL 019`",
        "（019）の列と、市内（5）の窓口",
    ),
    bad=(
        "℡ 019-651-4111",
        "☎019-651-4111",
        "TEL 019-651-4111",
        "電話は(019)651-4111です。",
        "電話は019(651)4111です。",
        "電話 019-651-4111（内）2345",
    ),
    weight=Weight.WARNING,
    japanese=True,
)
