"""A notice that shouts: rows of exclamation marks, or whole words in capitals."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.social.compose import is_posted, written_words
from machikado.vocabulary import Text

_MARKS = lazily("[!！‼⁉]{2,}|‼")
_CAPITALS = lazily(r"(?<![\w#/.@-])[A-Z]{4,}(?:[\s,]+[A-Z]{3,}){2,}(?![\w/])")
"""Three words in a row: one or two may be names that are written so."""


def _find(source: SourcePage) -> Iterator[Mark]:
    page = source.page
    if not is_posted(page):
        return
    texts = [("title", page.meta.title)]
    if page.meta.social:
        texts += [(f"social.{key}", words) for key, words in written_words(page.meta.social)]
    for key, words in texts:
        if found := _MARKS.search(words) or _CAPITALS.search(words):
            yield Mark(
                page.lines[key],
                Text(
                    f"「{found.group()}」は、叫んでいるように読まれます。",
                    f"`{found.group()}` reads like shouting.",
                ),
            )


_HEAD = "---\nid: 1002000\ntype: news\npublish_at: 2026-04-01\nfeed_id: tag:city.example,2026-04-01:ja/1002000\n"

RULE = Rule(
    id="social-shouting",
    title=Text("叫んでいるようなお知らせ", "A notice that shouts"),
    help=Text(
        "「！」は1つまでにし、英語は大文字だけで書かないでください。急ぐことは、言葉で伝えます。",
        "Use one exclamation mark at most and no sentences in capitals; say in words what is urgent.",
    ),
    find=_find,
    good=(
        f"{_HEAD}title: 避難してください！\n---\n",
        f"{_HEAD}title: NHK WORLD の番組\n---\n",
        f"{_HEAD}title: ICTとLGWANの説明\nsocial:\n  x: 文です。\n---\n",
        "---\nid: 1002000\ntitle: すごい！！\n---\n",
    ),
    bad=(
        f"{_HEAD}title: 避難！！\n---\n",
        f"{_HEAD}title: 題名\nsocial:\n  x: 大変です!!!\n---\n",
        f"{_HEAD}title: PLEASE LEAVE YOUR HOUSES\n---\n",
    ),
)
