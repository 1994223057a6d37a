"""Words or a picture for posts that lead to a file of the site that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.content.address import path_from
from machikado.social.compose import internal_links, is_posted, written_words
from machikado.vocabulary import Text


def _find(source: SourcePage) -> Iterator[Mark]:
    page, social = source.page, source.page.meta.social
    if social is None or not is_posted(page):
        return
    named = [
        (key, target) for key, words in written_words(social) for target in internal_links(words)
    ]
    if social.image:
        named.append(("image", social.image))
    for key, target in named:
        path = path_from(page.path, target.partition("#")[0])
        is_there = path is not None and (
            (path.endswith(".md") and source.site.page_at(path) is not None)
            or source.site.has_file(path)
        )
        if not is_there:
            yield Mark(
                page.lines[f"social.{key}"],
                Text(
                    f"投稿の「{target}」が見つかりません。",
                    f"`{target}` of the posts is not there.",
                ),
            )


_HEAD = "---\nid: 1002000\ntitle: 題名\ntype: news\npublish_at: 2026-04-01\nfeed_id: tag:city.example,2026-04-01:ja/1002000\n"

RULE = Rule(
    id="social-dead-link",
    title=Text("投稿の中の、行き先のないリンク", "A post that leads to nowhere"),
    help=Text(
        "リンクや画像は、本文と同じように、ファイル（.md、.png など）への相対パスで書いてください。",
        "Write links and pictures as in the text: relative paths to the files (.md, .png).",
    ),
    find=_find,
    good=(
        f"{_HEAD}social:\n  x: くわしくは[施策](measures/1-2-2.md)\n---\n",
        f"{_HEAD}social:\n  x: 市のサイト https://city.example/\n  image: map.png\n  alt: 駅の地図\n---\n",
    ),
    bad=(
        f"{_HEAD}social:\n  x: くわしくは[施策](measures/1-2-3.md)\n---\n",
        f"{_HEAD}social:\n  image: maps.png\n  alt: 駅の地図\n---\n",
    ),
)
