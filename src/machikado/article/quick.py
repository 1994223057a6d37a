"""Python-Markdown with less looking for what is not there: the same result in half the time.

It tries each of its inline patterns on each piece of text, one after the other, though most of a page's
text holds no mark of any; it sorts out its steps anew for every block; and it writes a table of contents
into a page that never asked for one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache, partial
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from markdown import Markdown, inlinepatterns
from markdown.blockparser import BlockParser
from markdown.extensions.toc import TocTreeprocessor
from markdown.serializers import RE_AMP, to_xhtml_string
from markdown.treeprocessors import InlineProcessor, UnescapeTreeprocessor
from markdown.util import STX, AtomicString, Registry

_QUOTE = '"'
_EMPTY: frozenset[str] = frozenset(ElementTree.HTML_EMPTY)
"""The elements that have no end: Python-Markdown takes them from there too."""
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


_BLOCKS = frozenset(
    [
        "markdown.blockprocessors.EmptyBlockProcessor",
        "markdown.blockprocessors.ListIndentProcessor",
        "markdown.blockprocessors.CodeBlockProcessor",
        "markdown.blockprocessors.HashHeaderProcessor",
        "markdown.blockprocessors.SetextHeaderProcessor",
        "markdown.blockprocessors.HRProcessor",
        "markdown.blockprocessors.OListProcessor",
        "markdown.blockprocessors.UListProcessor",
        "markdown.blockprocessors.BlockQuoteProcessor",
        "markdown.blockprocessors.ReferenceProcessor",
        "markdown.blockprocessors.ParagraphProcessor",
        "markdown.extensions.admonition.AdmonitionProcessor",
        "markdown.extensions.def_list.DefListIndentProcessor",
        "markdown.extensions.def_list.DefListProcessor",
        "markdown.extensions.footnotes.FootnoteBlockProcessor",
        "markdown.extensions.md_in_html.MarkdownInHtmlProcessor",
        "markdown.extensions.sane_lists.SaneOListProcessor",
        "markdown.extensions.sane_lists.SaneUListProcessor",
        "markdown.extensions.tables.TableProcessor",
        "pymdownx.details.DetailsProcessor",
        "pymdownx.superfences.SuperFencesCodeBlockProcessor",
    ]
)
"""Steps that leave a block of one line alone unless it begins as `_PARAGRAPH` does not."""
_NEEDED: Mapping[str, str] = {
    "markdown.blockprocessors.HashHeaderProcessor": "#",
    "markdown.blockprocessors.BlockQuoteProcessor": ">",
    "markdown.blockprocessors.ReferenceProcessor": "[",
    "markdown.extensions.def_list.DefListProcessor": ":",
    "markdown.extensions.footnotes.FootnoteBlockProcessor": "[^",
    "markdown.extensions.md_in_html.MarkdownInHtmlProcessor": STX,
    "markdown.extensions.tables.TableProcessor": "|",
}
"""Steps that leave every block alone that does not hold this."""
_PARAGRAPH = re.compile(r"[^\s\d#>_*+:\[!?=~`<|\x02-][^\n]*\Z")


def quicken(md: Markdown) -> None:
    """Let `md` look for Markdown only where there can be any. All its extensions are registered by now."""
    # An extension that brought an inline processor of its own keeps it.
    if type(md.treeprocessors["inline"]) is InlineProcessor:
        md.treeprocessors.register(_Inline(md), "inline", 20)
    parser: Any = md.parser
    is_plain = type(parser) is BlockParser
    if is_plain and type(parser.blockprocessors) is Registry:
        parser.blockprocessors = _Settled(parser.blockprocessors)
        parser.parseBlocks = partial(_parse_blocks, parser)
    if type(md.treeprocessors["unescape"]) is UnescapeTreeprocessor:
        md.treeprocessors.register(_Unescape(md), "unescape", 0)
    if "toc" in md.treeprocessors and type(md.treeprocessors["toc"]) is TocTreeprocessor:
        md.treeprocessors.register(_Toc(md.treeprocessors["toc"]), "toc", 5)


def _parse_blocks(parser: Any, parent: Element, blocks: list[str]) -> None:  # noqa: ANN401 - BlockParser's parts
    """As `BlockParser.parseBlocks`: a block that can only be a paragraph is tried as nothing else."""
    while blocks:
        block = blocks[0]
        steps = iter(parser.blockprocessors)
        if parser.blockprocessors.are_known and _PARAGRAPH.match(block):
            parser.blockprocessors["paragraph"].run(parent, blocks)
            continue
        for step, needed in zip(steps, parser.blockprocessors.needed, strict=True):
            if (
                needed in block
                and step.test(parent, block)
                and step.run(parent, blocks) is not False
            ):
                break


class _Settled(Registry[Any]):
    """The registry `of`, put in order once and not each time it is walked through: once a block."""

    def __init__(self, of: Registry[Any]) -> None:
        super().__init__()
        vars(self).update(vars(of))
        self._settled: tuple[Any, ...] | None = None
        self.are_known = False
        """Whether its steps are all among `_BLOCKS`."""
        self.needed: tuple[str, ...] = ()
        """For each of its steps what a block must hold: `_NEEDED`."""

    def __iter__(self) -> Iterator[Any]:
        if self._settled is None:
            self._settled = tuple(super().__iter__())
            kinds = [f"{type(step).__module__}.{type(step).__name__}" for step in self._settled]
            self.are_known = _BLOCKS.issuperset(kinds)
            self.needed = tuple(_NEEDED.get(kind, "") for kind in kinds)
        return iter(self._settled)

    def register(self, item: Any, name: str, priority: float) -> None:  # noqa: ANN401 - as Registry
        self._settled = None
        super().register(item, name, priority)

    def deregister(self, name: str, strict: bool = True) -> None:
        self._settled = None
        super().deregister(name, strict)


class _Toc(TocTreeprocessor):
    """Python-Markdown's own `of`, which draws a table of contents only where the text asks for one."""

    def __init__(self, of: TocTreeprocessor) -> None:
        vars(self).update(vars(of))
        # A city's pages have the same headings again and again.
        self.slugify = lru_cache(4096)(of.slugify)
        self._is_asked = False

    def run(self, doc: Element) -> None:
        marker, lines = self.marker, getattr(self.md, "lines", ())
        self._is_asked = bool(marker) and any(marker in line for line in lines)
        self.marker = marker if self._is_asked else ""
        try:
            super().run(doc)
        finally:
            self.marker = marker

    def build_toc_div(self, toc_list: list[Any]) -> Element:
        return super().build_toc_div(toc_list) if self._is_asked else Element("div")


class _Unescape(UnescapeTreeprocessor):
    """Python-Markdown's own, which looks for an escaped character only where one is marked."""

    def unescape(self, text: str) -> str:
        return super().unescape(text) if STX in text else text


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


class _OddError(Exception):
    """A tree that holds more than elements with names, attributes and text."""


def serialise(root: Element) -> str:
    """A tree as Python-Markdown's `to_xhtml_string` writes it."""
    pieces: list[str] = []
    try:
        _write(root, pieces.append)
    except (_OddError, RecursionError):
        return to_xhtml_string(root)
    return "".join(pieces)


def _write(element: Element, write: Callable[[str], object]) -> None:
    tag = element.tag
    if type(tag) is not str:
        raise _OddError
    write(f"<{tag}")
    for name, value in sorted(element.items()) if len(element.attrib) > 1 else element.items():
        if type(name) is not str or not isinstance(value, str):
            raise _OddError
        write(f' {name}="{_escaped(value).replace(_QUOTE, "&quot;")}"')
    if tag.lower() in _EMPTY:
        write(" />")
    else:
        write(">")
        if text := element.text:
            write(text if tag.lower() in ("script", "style") else _escaped(text))
        for child in element:
            _write(child, write)
        write(f"</{tag}>")
    if element.tail:
        write(_escaped(element.tail))


def _escaped(text: str) -> str:
    if "&" in text:
        text = RE_AMP.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


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
