"""A sentence that is too long to be followed."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.check.prose import MASK
from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text, Weight

_END = lazily(r"[。！？!?\n|]")
_LONGEST, _LONGEST_IN_EASY = 120, 60
"""Characters; the second of やさしい日本語, whose guidelines ask for short sentences."""


def _find(source: SourcePage) -> Iterator[Mark]:
    is_easy = source.page.locale.lang != "ja"
    longest = _LONGEST_IN_EASY if is_easy else _LONGEST
    body = source.prose.body
    at = 0
    for end in _END.finditer(f"{body.text}\n"):
        if end.start() - at > longest and end.group() not in "\n|":
            words = body.text[at : end.start()].replace(MASK, "").strip(" \u3000-*#>「」[]")
            if len(words) > longest:
                yield Mark(
                    body.line_of(end.start()),
                    Text(
                        f"「{words[:12]}…」の文は{len(words)}字あり、長くて分かりにくくなっています。",
                        f"The sentence `{words[:12]}…` has {len(words)} characters and is hard to follow.",
                    ),
                    Text(
                        f"{longest}字までを目安に、2つ以上の文に分けてください。",
                        f"Make it two sentences or more, of {longest} characters at most.",
                    ),
                )
        at = end.end()


RULE = Rule(
    id="sentence-too-long",
    title=Text("長すぎる文", "A sentence that is too long"),
    help=Text("文を分けてください。", "Divide the sentence."),
    find=_find,
    good=(
        "短い文です。" * 30,
        f"{'あ' * 119}。",
        "[施策1-2-2](https://city.example/" + "a" * 200 + ")",
    ),
    bad=(f"{'あ' * 121}。",),
    criteria=("3.1.5",),
    level="AAA",
    weight=Weight.STYLE,
    japanese=True,
)
