"""A text alternative that is too long to be listened to at once."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.vocabulary import Text, Weight

_LONGEST = 80
"""Characters of full width: a letter of the Latin alphabet counts as half of one."""


def _find(source: SourcePage) -> Iterator[Mark]:
    for image in source.images:
        length = round(sum(0.5 if c < "\u1100" else 1 for c in image.alt))
        if length > _LONGEST:
            yield Mark(
                image.line,
                Text(
                    f"画像の説明が{length}字あり、長すぎます（目安は{_LONGEST}字まで）。",
                    f"The text alternative is too long ({length} of {_LONGEST} characters of full width).",
                ),
            )


RULE = Rule(
    id="image-alt-too-long",
    title=Text("長すぎる画像の説明", "A text alternative that is too long"),
    help=Text(
        "画像の説明には要点だけを書き、くわしいことは本文に書いてください。",
        "Say the main point there and the details in the text of the page.",
    ),
    find=_find,
    good=(f"![{'あ' * 80}](map.png)", f"![{'a' * 160}](map.png)", "![](map.png){.decorative}"),
    bad=(f"![{'あ' * 81}](map.png)", f'<img src="map.png" alt="{"あ" * 100}">'),
    criteria=("1.1.1",),
    level="A",
    weight=Weight.WARNING,
)
