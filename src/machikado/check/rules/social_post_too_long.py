"""A notice whose post would be too long for a social network, so that it could not be sent."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.social.compose import Post, faults_of_fit
from machikado.vocabulary import Text


def _find(source: SourcePage) -> Iterator[Mark]:
    page = source.page
    found: dict[int, list[Post]] = {}
    for network, post in faults_of_fit(page):
        keys = (f"social.{network.id}", "social.text", "title")
        own = page.meta.social.words(network.id) if page.meta.social else None
        line = next(page.lines[key] for key in (keys if own else keys[2:]) if key in page.lines)
        found.setdefault(line, []).append(post)
    for line, posts in found.items():
        # All that one text is too long for, the shortest limit last: to that it must be cut.
        posts.sort(key=lambda post: -post.network.limit.most)
        told = [(post.network.name, post.length, post.network.limit.most) for post in posts]
        yield Mark(
            line,
            Text(
                "、".join(f"{name} の投稿が長すぎます（{length}、上限は{most}）" for name, length, most in told) + "。",
                "; ".join(f"The post on {name} is too long ({length} of {most})" for name, length, most in told) + ".",
            ),
        )  # fmt: skip


_HEAD = "---\nid: 1002000\ntype: news\npublish_at: 2026-04-01\nfeed_id: tag:city.example,2026-04-01:ja/1002000\n"

RULE = Rule(
    id="social-post-too-long",
    title=Text("長すぎて投稿できないお知らせ", "A notice too long to be posted"),
    help=Text(
        "題名を短くするか、social に短い文を書いてください。X では全角の文字は2、リンクは23と数えます。"
        "投稿しないなら「x: false」のように書きます。",
        "Shorten the title, or write shorter words under social. On X a Japanese letter counts 2 and "
        "a link 23. Where it is not to be posted, write `x: false`.",
    ),
    find=_find,
    good=(
        f"{_HEAD}title: 大雪の日のごみ収集について\n---\n",
        f"{_HEAD}title: {'長' * 200}\nsocial:\n  x: 短い文\n---\n",
        f"{_HEAD}title: {'長' * 200}\nsocial:\n  x: false\n---\n",
        f"{_HEAD}title: {'長' * 200}\nsocial: false\n---\n",
        f"---\nid: 1002000\ntitle: {'長' * 200}\n---\n",
    ),
    bad=(
        f"{_HEAD}title: {'長' * 200}\n---\n",
        f"{_HEAD}title: 題名\nsocial:\n  x: {'長' * 140}\n---\n",
        f"{_HEAD}title: 題名\nsocial:\n  bluesky: {'長' * 300}\n---\n",
        f"{_HEAD}title: 題名\nsocial:\n  text: {'長' * 6000}\n---\n",
    ),
)
