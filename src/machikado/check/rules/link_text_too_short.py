"""A link of one or two characters, or whose words are a bare address."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.check.prose import MASK
from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text, Weight

_ADDRESS = lazily(
    r"(?:https?://|www\.)\S+|(?:[a-z0-9-]+\.)+(?:jp|com|org|net|go\.jp)(?:/\S*)?", re.I
)
_SHORT = lazily(r"\w|[A-Za-z0-9Ａ-Ｚａ-ｚ０-９\W_]{2}|次へ|前へ|戻る|進む")
_AUTOLINK = lazily(r"<(https?://[^<>\s]+)>")


def _find(source: SourcePage) -> Iterator[Mark]:
    for link in source.links:
        if _ADDRESS.fullmatch(link.text):
            yield _of_address(link.line, link.text)
        elif _SHORT.fullmatch(link.text) and any(c.isalnum() for c in link.text):
            if link.target.startswith(("#", "term:")):
                continue  # footnotes, an index of initials, a word of the glossary
            yield Mark(
                link.line,
                Text(
                    f"リンクの文言「{link.text}」は短すぎて、行き先が分かりません。",
                    f"The link text `{link.text}` is too short to say where it leads.",
                ),
            )
    body = source.prose.body
    if "<http" in body.written:
        for found in _AUTOLINK.finditer(body.written):
            # Where the address itself is blank it stands in code.
            if body.text[found.start()] == MASK and source.outline.text[found.start()] == "<":
                yield _of_address(body.line_of(found.start()), found.group(1))


def _of_address(line: int, text: str) -> Mark:
    return Mark(
        line,
        Text(
            f"リンクの文言が、アドレス「{text}」のままです。",
            f"The link text is a bare address, `{text}`.",
        ),
        Text(
            "行き先のページの名前を、[名前](アドレス) のように書いてください。"
            "アドレスは、1文字ずつ読み上げられます。",
            "Write the name of the page: [name](address). Addresses are read letter by letter.",
        ),
    )


RULE = Rule(
    id="link-text-too-short",
    title=Text("短すぎるリンクの文言", "A link text that is too short"),
    help=Text(
        "行き先が分かるように、3文字以上の言葉で書いてください。",
        "Say where it leads in a few words; two characters are hard to understand and to press.",
    ),
    find=_find,
    good=(
        "[ICT](term:ict)",
        "[地図](measures/1-2-2.md)と[様式](measures/1-2-2.md)と[申請書](measures/1-2-2.md)",
        "## 一 {#one}\n\n[1](#one)",
        "[8月](measures/1-2-2.md)と[ごみ](measures/1-2-2.md)",
        "[info@city.example](mailto:info@city.example)",
        "アドレスは https://city.example/ です。`<https://city.example/>`",
    ),
    bad=(
        "[1](measures/1-2-2.md)",
        "[図](measures/1-2-2.md)",
        "[A3](measures/1-2-2.md)",
        "[戻る](measures/1-2-2.md)",
        "[https://city.example/plan/](https://city.example/plan/)",
        "<https://city.example/plan/>",
    ),
    criteria=("2.4.4",),
    level="A",
    weight=Weight.WARNING,
)
