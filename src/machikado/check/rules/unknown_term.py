"""A `term:` link to a word that the glossary does not explain."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.vocabulary import Text


def _find(source: SourcePage) -> Iterator[Mark]:
    for link in source.links:
        scheme, _, name = link.target.partition(":")
        if scheme != "term" or name in (terms := source.site.terms()):
            continue
        near = get_close_matches(name, sorted(terms), n=3)
        yield Mark(
            link.line,
            Text(f"用語集に「{name}」はありません。", f"The glossary has no term `{name}`."),
            Text(
                f"もしかして: {'、'.join(f'term:{one}' for one in near)}",
                f"Did you mean {', '.join(f'term:{one}' for one in near)}?",
            )
            if near
            else None,
        )


RULE = Rule(
    id="unknown-term",
    title=Text("用語集にない用語", "A term that the glossary does not have"),
    help=Text(
        "i18n/glossary/ にある用語の id を書くか、用語集に足してください。",
        "Use the id of a term in i18n/glossary/, or add the term there.",
    ),
    find=_find,
    good=("[ICT](term:ict)を使います。", "`[ICT](term:unknown)`"),
    bad=("[ICT](term:itc)を使います。", "[IoT](term:)"),
)
