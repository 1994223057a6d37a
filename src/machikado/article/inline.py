"""Inline Markdown, looked for only in text that can hold any: the same result with far less searching.

Python-Markdown tries each of its inline patterns on each piece of text, one after the other, though
most of a page's text holds no mark of any. That was a third of the time an article took.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown, inlinepatterns
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

MARKS: Mapping[str, str] = {
    inlinepatterns.BACKTICK_RE: "`",
    inlinepatterns.ESCAPE_RE: "\\",
    inlinepatterns.LINK_RE: "[",
    inlinepatterns.REFERENCE_RE: "[",
    inlinepatterns.IMAGE_LINK_RE: "[",
    inlinepatterns.IMAGE_REFERENCE_RE: "[",
    inlinepatterns.AUTOLINK_RE: "<",
    inlinepatterns.AUTOMAIL_RE: "<",
    inlinepatterns.HTML_RE: "<",
    inlinepatterns.ENTITY_RE: "&",
    inlinepatterns.LINE_BREAK_RE: "\n",
    # Those that have no name: emphasis, and the footnotes extension.
    r"\*|_": "*_",
    r"\[\^([^\]]*)\]": "[",
}
"""By the regular expression of an inline pattern: characters of which its every match holds one."""


def quicken(md: Markdown) -> None:
    """Let `md` look for inline Markdown only where there can be any."""
    # An extension that brought an inline processor of its own keeps it.
    if type(md.treeprocessors["inline"]) is InlineProcessor:
        md.treeprocessors.register(_Inline(md), "inline", 20)


class _Inline(InlineProcessor):
    """Python-Markdown's own, which passes over what is sealed as an `AtomicString`."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        patterns: Any = list(self.md.inlinePatterns)
        # For every pattern on every text it asks for one by number: a list answers sooner than a Registry.
        self.inlinePatterns = patterns
        mark = _any_mark(tuple(pattern.getCompiledRegExp().pattern for pattern in patterns))
        if mark is None:
            return super().run(tree, ancestors)
        sealed = list(_without(mark, tree))
        for element, text in sealed:
            element.text = AtomicString(text)
        rendered = super().run(tree, ancestors)
        # What comes later (extensions for abbreviations, say) must not find it sealed.
        for element, text in sealed:
            element.text = text
        return rendered


@cache
def _any_mark(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    """What finds a mark of any of the patterns; None where one of them is not known here."""
    if not MARKS.keys() >= set(patterns):
        return None
    return re.compile(f"[{re.escape(''.join(MARKS[pattern] for pattern in patterns))}]")


def _without(mark: re.Pattern[str], tree: Element) -> Iterable[tuple[Element, str]]:
    """The elements below `tree`, and their text, in whose text no pattern can match."""
    for element in tree.iter():
        text = element.text
        if text and type(text) is str and not mark.search(text):
            yield element, text
