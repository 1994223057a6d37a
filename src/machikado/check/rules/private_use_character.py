"""A character of the private use area (外字), which only the writer's own computer can show."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text

_FOUND = lazily("[\ue000-\uf8ff\U000f0000-\U0010fffd]+")


def _find(source: SourcePage) -> Iterator[Mark]:
    for place in source.prose.find(_FOUND, _FOUND):
        code = " ".join(f"U+{ord(c):04X}" for c in place.words)
        around = f"{place.before[-4:]}〓{place.after[:4]}"
        yield Mark(
            place.line,
            Text(
                f"「{around}」の〓のところに、ほかの人には見えない外字（{code}）があります。",
                f"At 〓 in `{around}` stands a character ({code}) that others cannot see.",
            ),
        )


RULE = Rule(
    id="private-use-character",
    title=Text("外字", "A character of the private use area"),
    help=Text(
        "ふつうの漢字か、かなで書いてください。外字は、ほかの人の端末では「・」や空白になります。",
        "Write an ordinary character or kana; others see a blank or a box.",
    ),
    find=_find,
    good=("髙橋さんと𠮷野さん", "`\ue000`"),
    bad=("\ue000橋さん", "\U000f0001野さん"),
)
