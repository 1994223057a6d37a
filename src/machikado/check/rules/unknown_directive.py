"""A generated list (`[[news]]`) that does not exist or is written so that it is not generated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from machikado.article.outline import Directive
from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text

_OPTIONS: Mapping[str, frozenset[str]] = {
    "aids": frozenset(),
    "children": frozenset(),
    "contact": frozenset(),
    "feeds": frozenset(),
    "glossary": frozenset(),
    "languages": frozenset(),
    "news": frozenset({"limit"}),
    "search": frozenset(),
    "sitemap": frozenset(),
}
"""The lists the generator can make, and the options of each."""
_LOOKS_LIKE_ONE = lazily(r"[\[［]{2}(.+?)[\]］]{2}")


def _find(source: SourcePage) -> Iterator[Mark]:
    directives = {directive.line: directive for directive in source.outline.directives}
    headings = {heading.line for heading in source.outline.headings}
    text_lines = {line for line, _ in source.outline.rows} - headings
    for line, words in source.outline.rows:
        if directive := directives.get(line):
            yield from _judge(directive)
            if {line - 1, line + 1} & text_lines:
                yield Mark(
                    line,
                    Text(
                        f"{words} の上か下に、空行がありません。",
                        f"{words} has no blank line above or below it.",
                    ),
                    Text(
                        "前後に空行を入れて、1行だけの段落にしてください。",
                        "Make it a paragraph of its own, with blank lines around it.",
                    ),
                )
        elif found := _LOOKS_LIKE_ONE.fullmatch(words):
            yield Mark(
                line,
                Text(
                    f"{words} の書き方では、一覧が作られません。",
                    f"{words} is not written as a generated list.",
                ),
                _advice(found.group(1).strip().lower().split(" ")[0]),
            )


def _judge(directive: Directive) -> Iterator[Mark]:
    if directive.name not in _OPTIONS:
        yield Mark(
            directive.line,
            Text(
                f"[[{directive.name}]] という一覧はありません。",
                f"There is no list [[{directive.name}]].",
            ),
            _advice(directive.name),
        )
        return
    for key, value in directive.options.items():
        if key not in _OPTIONS[directive.name]:
            yield Mark(
                directive.line,
                Text(
                    f"[[{directive.name}]] に「{key}」という指定はありません。",
                    f"[[{directive.name}]] has no option `{key}`.",
                ),
                Text(f"「{key}={value}」を消してください。", f"Remove `{key}={value}`."),
            )
        elif not re.fullmatch(r"[1-9][0-9]*", value):
            yield Mark(
                directive.line,
                Text(f"「{key}={value}」は件数ではありません。", f"`{key}={value}` is no number."),
                Text(f"「{key}=5」のように書いてください。", f"Write it as `{key}=5`."),
            )


def _advice(name: str) -> Text | None:
    near = get_close_matches(name, _OPTIONS, n=1)
    if not near:
        return None
    return Text(f"もしかして: [[{near[0]}]]", f"Did you mean [[{near[0]}]]?")


RULE = Rule(
    id="unknown-directive",
    title=Text("作られない一覧", "A list that cannot be generated"),
    help=Text(
        f"使える一覧は {'、'.join(f'[[{name}]]' for name in _OPTIONS)} です。",
        f"The lists are {', '.join(f'[[{name}]]' for name in _OPTIONS)}.",
    ),
    find=_find,
    good=(
        "[[children]]",
        "## お知らせ\n\n[[news limit=5]]\n\nほかのお知らせもあります。",
        "## お知らせ\n[[news]]",
        "`[[newz]]`と書いても一覧にはなりません。",
        "```\n[[newz]]\n```",
        "[[1]](measures/1-2-2.md)",
    ),
    bad=(
        "[[newz]]",
        "[[news limit=five]]",
        "[[children limit=5]]",
        "[[News]]",
        "［［news］］",
        "お知らせ\n[[news]]",
    ),
)
