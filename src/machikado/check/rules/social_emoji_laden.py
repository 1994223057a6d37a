"""A notice laden with emoji, each of which a screen reader reads out by its name."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.social.compose import is_posted, written_words
from machikado.social.measure import emoji_in
from machikado.vocabulary import Text

_MOST = 2
"""Enough for a mark at either end; more is read as a list of names."""


def _find(source: SourcePage) -> Iterator[Mark]:
    page = source.page
    if not is_posted(page):
        return
    texts = [("title", page.meta.title)]
    if page.meta.social:
        texts += [(f"social.{key}", words) for key, words in written_words(page.meta.social)]
    for key, words in texts:
        if (count := emoji_in(words)) > _MOST:
            yield Mark(
                page.lines[key],
                Text(
                    f"絵文字が{count}個あります（{_MOST}個まで）。",
                    f"There are {count} emoji (at most {_MOST}).",
                ),
            )


_HEAD = "---\nid: 1002000\ntype: news\npublish_at: 2026-04-01\nfeed_id: tag:city.example,2026-04-01:ja/1002000\n"

RULE = Rule(
    id="social-emoji-laden",
    title=Text("絵文字の多いお知らせ", "A notice with many emoji"),
    help=Text(
        "絵文字を減らし、言葉で書いてください。音声で読む人には、1つずつ名前が読み上げられます。",
        "Take emoji out and use words: to people who listen, each one is read out by its name.",
    ),
    find=_find,
    good=(
        f"{_HEAD}title: 花火大会 🎆\n---\n",
        f"{_HEAD}title: 家族の日 👨‍👩‍👧‍👦👨‍👩‍👧‍👦\n---\n",
        f"{_HEAD}title: 1、2、3、4＃©\n---\n",
    ),
    bad=(
        f"{_HEAD}title: 🎆🎆花火大会🎆🎆\n---\n",
        f"{_HEAD}title: 題名\nsocial:\n  text: 雪です⛄❄️☃️\n---\n",
    ),
)
