"""Letters and digits of full width (ＡＢＣ１２３), which are read one by one and cannot be dialled."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import normalize

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text, Weight

_FOUND = lazily("[０-９Ａ-Ｚａ-ｚ]+(?:[．－，＠＿：／][０-９Ａ-Ｚａ-ｚ]+)*")
_NEEDS = lazily("[０-９Ａ-Ｚａ-ｚ]")


def _find(source: SourcePage) -> Iterator[Mark]:
    for place in source.prose.find(_FOUND, _NEEDS):
        plain = normalize("NFKC", place.words)
        yield Mark(
            place.line,
            Text(
                f"「{place.words}」は全角の英数字です。",
                f"`{place.words}` is written in full width.",
            ),
            Text(f"「{plain}」と半角で書いてください。", f"Write `{plain}` in half width."),
            # At the start of a line a number with a full stop would become a list.
            None
            if not place.before.strip(" \u3000") and place.after[:1] in "．.)）"
            else place.fix(plain),
        )


RULE = Rule(
    id="full-width-alphanumerics",
    title=Text("全角の英数字", "Letters and digits of full width"),
    help=Text("英数字は半角で書いてください。", "Write letters and digits in half width."),
    find=_find,
    good=("2026年4月1日にPDFを配ります。", "（注）：＋－％", "`ＡＢＣ`", "〇と一二三"),
    bad=(
        "２０２６年の計画です。",
        "ＰＤＦを配ります。",
        "０１９－６５１－４１１１",
        "Ｗｉ－Ｆｉを使います。",
        "Ａ案です。",
    ),
    weight=Weight.WARNING,
    japanese=True,
)
