"""A frame whose contents are not named (WCAG 2.2, technique H64)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text

_JAPANESE = lazily("[ぁ-ゖァ-ヺ㐀-䶿一-鿿]")


def _find(source: SourcePage) -> Iterator[Mark]:
    for tag in source.outline.tags:
        if tag.name not in ("iframe", "frame"):
            continue
        title = tag.values.get("title", "").strip()
        if not title:
            yield Mark(
                tag.line,
                Text("埋め込み（iframe）に名前（title）がありません。", "The frame has no title."),
            )
        elif source.page.locale.lang.startswith("ja") and not _JAPANESE.search(title):
            yield Mark(
                tag.line,
                Text(
                    f"埋め込み（iframe）の名前「{title}」が日本語ではありません。",
                    f"The title of the frame, `{title}`, is not in Japanese.",
                ),
            )


RULE = Rule(
    id="iframe-without-title",
    title=Text("名前のない埋め込み", "A frame without a title"),
    help=Text(
        '何が入っているかを、title="盛岡駅の周りの地図" のように日本語で書いてください。'
        "このサイトでは埋め込みは公開されないので、リンクにするほうが確かです。",
        'Say what it holds, in the page\'s language: title="Map of the station". This generator takes '
        "frames out; a link is safer.",
    ),
    find=_find,
    good=("[盛岡駅の周りの地図](https://maps.example/)", "`<iframe src='x'>`"),
    bad=(
        '<iframe src="https://maps.example/"></iframe>',
        '<iframe src="https://video.example/" title="Video player"></iframe>',
        '<iframe src="https://video.example/" title=""></iframe>',
    ),
    criteria=("2.4.1", "4.1.2"),
    level="A",
)
