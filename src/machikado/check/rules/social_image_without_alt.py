"""A picture chosen for the posts of a notice without words for those who cannot see it."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.social.compose import is_posted
from machikado.vocabulary import Text


def _find(source: SourcePage) -> Iterator[Mark]:
    social = source.page.meta.social
    if social and social.image and not social.alt and is_posted(source.page):
        yield Mark(
            source.page.lines["social.image"],
            Text(
                f"投稿の画像「{social.image}」に説明（alt）がありません。",
                f"The picture of the posts, `{social.image}`, has no text alternative (alt).",
            ),
        )


_HEAD = "---\nid: 1002000\ntitle: 題名\ntype: news\npublish_at: 2026-04-01\nfeed_id: tag:city.example,2026-04-01:ja/1002000\n"

RULE = Rule(
    id="social-image-without-alt",
    title=Text("投稿の画像に説明がない", "A picture of a post without a text alternative"),
    help=Text(
        "social の中に「alt: 画像が伝えること」の行を足してください。",
        "Add a line `alt:` under social that says what the picture tells.",
    ),
    find=_find,
    good=(
        f"{_HEAD}social:\n  image: map.png\n  alt: 盛岡駅の周りの地図\n---\n",
        f"{_HEAD}social:\n  text: 文\n---\n",
    ),
    bad=(f"{_HEAD}social:\n  image: map.png\n---\n", f"{_HEAD}social: {{image: map.png}}\n---\n"),
    criteria=("1.1.1",),
    level="A",
)
