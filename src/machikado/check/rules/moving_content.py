"""Text that moves, or media that play by themselves (WCAG 2.2, failure F16)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text

_AUTOPLAY = lazily(r"autoplay=(?:1|true)", re.IGNORECASE)


def _find(source: SourcePage) -> Iterator[Mark]:
    for tag in source.outline.tags:
        if tag.name in ("marquee", "blink"):
            yield Mark(
                tag.line,
                Text(
                    f"<{tag.name}> の文字は動き、止められません。",
                    f"Text in <{tag.name}> moves and cannot be stopped.",
                ),
                Text("ふつうの文章で書いてください。", "Write it as plain text."),
            )
        elif (tag.name in ("audio", "video") and "autoplay" in tag.values) or (
            tag.name in ("iframe", "embed") and _AUTOPLAY.search(tag.values.get("src", ""))
        ):
            yield Mark(
                tag.line,
                Text("音や映像が自動で始まります。", "Sound or video begins to play by itself."),
            )


RULE = Rule(
    id="moving-content",
    title=Text("動く文字や自動再生", "Moving text and media that play by themselves"),
    help=Text("autoplay を消してください。", "Remove autoplay."),
    find=_find,
    good=("`<marquee>`", "[動画を見る](https://video.example/)"),
    bad=(
        "<marquee>お知らせ</marquee>",
        "<blink>お知らせ</blink>",
        '<video src="a.mp4" autoplay></video>',
        '<iframe title="市の動画" src="https://video.example/x?autoplay=1"></iframe>',
    ),
    criteria=("2.2.2",),
    level="A",
)
