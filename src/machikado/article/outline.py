"""The structure of a Markdown text with the line of every part.

Python-Markdown tells no line numbers, and checks and findings must name the line an editor wrote.
This scanner knows just what they need (headings, links, images, tables, raw HTML, text) and skips
code and comments; it never changes what is rendered.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from markdown.extensions.toc import unique
from pymdownx.slugs import slugify

from machikado.article.overrides import without_overrides
from machikado.article.tables import CAPTION
from machikado.patterns import lazily

_FENCE = lazily(r"^(?:[ \t]|>)*(`{3,}(?=[^`]*$)|~{3,})")
_INDENTED = lazily(r"^(?: {4}| {0,3}\t)")
_CONTAINER = lazily(r"^ {0,3}(?:[-*+][ \t]|\d+\.[ \t]|!!!|\?\?\?|===|\[\^[^\]]+\]:|:[ \t])")
"""What holds indented text that is no code: lists, admonitions, tabs, footnotes, definitions."""
_INLINE_CODE = lazily(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_COMMENT = lazily(r"<!--.*?-->", re.DOTALL)
_RAW_TEXT = lazily(r"(<(pre|script|style|textarea)\b[^<>]*>)(.*?)(?=</\2\s*>)", re.S | re.I)
_HEADING = lazily(r"^(#{1,6})[ \t]*(.*?)[ \t]*#*(?:(?<=[ \t])(\{[^{}]*\}))?[ \t]*$")
_UNDERLINE = lazily(r"^(?:(=+)|-+)[ ]*$")
_TRAILING_ATTRIBUTES = lazily(r"[ \t]+(\{[^{}]*\})[ \t]*$")
_WORDS = r"(?:[^\[\]\n]|\n(?![ \t]*\n))"
"""Any text of one paragraph without brackets."""
_TARGET = (
    r"\(\s*(?:<([^<>\n]*)>|([^()\s]*(?:\([^()\s]*\)[^()\s]*)*))"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
)
_ATTRIBUTES = r"(\{[^{}\n]*\})?"
_ALT = rf"(?<!\\)!\[((?:{_WORDS}|\[{_WORDS}*\])*)\]"
_TEXT = rf"(?<![!\\])\[((?:{_WORDS}|!?\[{_WORDS}*\](?:\([^()]*\))?(?:\{{[^{{}}\n]*\}})?)*)\]"
_IMAGE = lazily(_ALT + _TARGET + _ATTRIBUTES)
_LINK = lazily(_TEXT + _TARGET + _ATTRIBUTES)
_DEFINITION = lazily(r"^ {0,3}\[(?!\^)([^\[\]]+)\]:[ \t]*<?([^\s<>]+)>?", re.MULTILINE)
_NAMED_IMAGE = lazily(rf"{_ALT}(?:[ ]?\[({_WORDS}*)\])?(?![\[(:]){_ATTRIBUTES}")
_NAMED_LINK = lazily(rf"{_TEXT}(?:[ ]?\[({_WORDS}*)\])?(?![\[(:])")
_VALUE = r"(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+(?=[\s>]|$))"
_TAG = lazily(rf"<([A-Za-z][A-Za-z0-9-]*)((?:[\s/]+[^\s\"'<>/=]+(?:\s*=\s*{_VALUE})?)*)[\s/]*>")
_TAG_ATTRIBUTE = lazily(rf"([^\s\"'<>/=]+)(?:\s*=\s*({_VALUE}))?")
_RAW_LINK = lazily(r"(.*?)</a\s*>", re.S | re.I)
_ATTRIBUTE_LIST = lazily(r"\{:?[ ]*((?:[#.]|[A-Za-z-]+=)[^{}\n]*)\}")
_ATTRIBUTE_ID = lazily(r"(?<![^\s{:])#([^\s{}#.]+)")
_ROW = lazily(r"^\s*\|.*\|\s*$")
_RULE = lazily(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_DIRECTIVE = lazily(r"^\[\[([a-z][a-z-]*)((?: [a-z]+=[^\s\]]+)*)\]\]\s*$")
_SLUG = slugify(case="lower")
"""As mkdocs.yml tells the toc extension; its other parts need no such agreement."""
Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    text: str
    line: int
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    target: str
    line: int


@dataclass(frozen=True, slots=True)
class Image:
    alt: str
    target: str
    line: int
    decorative: bool


@dataclass(frozen=True, slots=True)
class Tag:
    """An opening HTML tag written by hand: its attributes as written and, of a link, its words."""

    name: str
    attributes: str
    line: int
    words: str = ""

    @property
    def values(self) -> dict[str, str]:
        """The attributes by lower-case name, with entities resolved; no value is an empty text."""
        return {
            name.lower(): html.unescape(value.strip("\"'"))
            for name, value in _TAG_ATTRIBUTE.findall(self.attributes)
        }


@dataclass(frozen=True, slots=True)
class Directive:
    """A paragraph `[[name key=value]]` that the generator fills with a list."""

    name: str
    options: dict[str, str]
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """A pipe table: the line of its first row and the caption of the paragraph directly above.

    joined: text stands on the very line above, so that Python-Markdown takes no table from it.
    """

    line: int
    caption: str | None
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Anchor:
    """An id written by hand, in an attribute list (`{#id}`) or in an HTML tag."""

    id: str
    line: int


@dataclass(frozen=True, slots=True)
class Outline:
    """All parts in the order in which they are written."""

    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    images: tuple[Image, ...]
    tags: tuple[Tag, ...]
    directives: tuple[Directive, ...]
    rows: tuple[tuple[int, str], ...]
    """Every line with text: its number and its words without Markdown."""
    tables: tuple[Table, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    text: str = ""
    """The text with code and comments blanked out; all else keeps its place."""


def outline(body: str, first_line: int = 1) -> Outline:
    """Take `body` apart; `first_line` is the line of the file at which it starts."""
    shown = _without_blocks(body)
    visible = _INLINE_CODE.sub(_blank, shown) if "`" in shown else shown
    lines = visible.split("\n")
    directives: list[Directive] = []
    rows: list[tuple[int, str]] = []
    for number, line in enumerate(lines, first_line):
        if line.startswith("[[") and (found := _DIRECTIVE.match(line)):
            options = dict(part.split("=", 1) for part in found.group(2).split())
            directives.append(Directive(found.group(1), options, number))
        if words := plain(line):
            rows.append((number, words))
    tags = tuple(_tag(m, visible, shown, first_line) for m in _TAG.finditer(visible))
    return Outline(
        tuple(_headings(lines, shown.split("\n"), first_line)),
        _in_order(_links(visible, shown, first_line)),
        _in_order(_images(visible, shown, first_line)),
        tags,
        tuple(directives),
        tuple(rows),
        tuple(_tables(lines, first_line)),
        tuple(_anchors(lines, tags, first_line)),
        visible,
    )


def fragments(parts: Outline) -> frozenset[str]:
    """Every `#fragment` that leads to a place on the page.

    Headings without an id of their own get one from Python-Markdown's toc extension: their words as
    a slug, with `_1`, `_2` … where an id is taken.
    """
    taken = {anchor.id for anchor in parts.anchors}
    for heading in parts.headings:
        if heading.id is None:
            unique(_SLUG(html.unescape(heading.text), "-"), taken)
    return frozenset(taken)


def _without_blocks(body: str) -> str:
    """`body` with blocks of code, raw text and comments blanked out; all else keeps its place."""
    lines = body.split("\n")
    kept: list[str] = []
    in_container, after_blank, in_code = False, True, False
    number = 0
    while number < len(lines):
        line = lines[number]
        if end := _fence_end(lines, number):
            kept.extend(" " * len(code) for code in lines[number:end])
            number, after_blank = end, True
            continue
        number += 1
        if not line.strip():
            after_blank = True
            kept.append(line)
            continue
        indented = bool(_INDENTED.match(line))
        in_code = indented and not in_container and (after_blank or in_code)
        if not indented:
            is_container = bool(_CONTAINER.match(line))
            in_container = is_container or (in_container and not after_blank)
        kept.append(" " * len(line) if in_code else line)
        after_blank = False
    text = "\n".join(kept)
    if "<!--" in text:
        # A comment's mark inside inline code is only shown, so code is hidden while comments are found.
        coded = _INLINE_CODE.sub(_blank, text)
        for found in _COMMENT.finditer(coded):
            text = text[: found.start()] + _blank(found) + text[found.end() :]
    if "</" not in text:
        return text
    return _RAW_TEXT.sub(lambda m: m.group(1) + re.sub(r"[^\n]", " ", m.group(3)), text)


def _fence_end(lines: list[str], start: int) -> int | None:
    """The line after the block of code that a fence opens at `start`; None where none does."""
    line = lines[start]
    opened = _FENCE.match(line) if "```" in line or "~~~" in line else None
    if opened is None:
        return None
    fence = opened.group(1)
    closing = re.compile(rf"^(?:[ \t]|>)*{fence[0]}{{{len(fence)},}}[ \t]*$")
    return next((n + 1 for n in range(start + 1, len(lines)) if closing.match(lines[n])), None)


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found.group())


def _line_of(text: str, position: int, first_line: int) -> int:
    return first_line + text.count("\n", 0, position)


def _headings(lines: list[str], shown: list[str], first_line: int) -> Iterator[Heading]:
    after_blank = True
    for n, line in enumerate(lines):
        if line.startswith("#") and (found := _HEADING.match(shown[n])):
            marks, text, attributes = found.groups()
            named = _ATTRIBUTE_ID.search(attributes or "")
            yield Heading(
                len(marks), plain(text), first_line + n, named.group(1) if named else None
            )
            after_blank = True
            continue
        is_text = bool(line.strip())
        below = lines[n + 1] if is_text and after_blank and n + 1 < len(lines) else ""
        if underline := _UNDERLINE.match(below):
            attributes = _TRAILING_ATTRIBUTES.search(line)
            named = _ATTRIBUTE_ID.search(attributes.group(1)) if attributes else None
            text = plain(_TRAILING_ATTRIBUTES.sub("", shown[n]))
            level = 1 if underline.group(1) else 2
            yield Heading(level, text, first_line + n, named.group(1) if named else None)
        after_blank = not is_text


def _links(text: str, shown: str, first_line: int) -> Iterator[tuple[int, Link]]:
    def link(start: int, words: str, target: str) -> tuple[int, Link]:
        return start, Link(plain(words), target, _line_of(text, start, first_line))

    for m in _each(_LINK, "[", text) if "](" in text else ():
        yield link(m.start(), shown[m.start(1) : m.end(1)], m.group(2) or m.group(3) or "")
    definitions = _definitions(text)
    for m in _NAMED_LINK.finditer(text) if definitions else ():
        if target := definitions.get(_name(m.group(2) or m.group(1))):
            yield link(m.start(), shown[m.start(1) : m.end(1)], target)


def _images(text: str, shown: str, first_line: int) -> Iterator[tuple[int, Image]]:
    def image(start: int, alt: str, target: str, decorative: bool) -> tuple[int, Image]:
        return start, Image(alt.strip(), target, _line_of(text, start, first_line), decorative)

    for m in _each(_IMAGE, "![", text):
        alt, target = shown[m.start(1) : m.end(1)], m.group(2) or m.group(3) or ""
        yield image(m.start(), alt, target, _is_decorative(m.group(4)))
    definitions = _definitions(text)
    for m in _NAMED_IMAGE.finditer(text) if definitions else ():
        if target := definitions.get(_name(m.group(2) or m.group(1))):
            alt = shown[m.start(1) : m.end(1)]
            yield image(m.start(), alt, target, _is_decorative(m.group(3)))


def _each(pattern: re.Pattern[str], mark: str, text: str) -> Iterator[re.Match[str]]:
    """As `finditer`, for a pattern whose matches begin with `mark`: it is tried nowhere else."""
    at = text.find(mark)
    while at >= 0:
        found = pattern.match(text, at)
        if found:
            yield found
        at = text.find(mark, found.end() if found else at + 1)


def _in_order(parts: Iterable[tuple[int, Part]]) -> tuple[Part, ...]:
    return tuple(part for _, part in sorted(parts, key=lambda pair: pair[0]))


def _is_decorative(attributes: str | None) -> bool:
    return bool(re.search(r"(?<![\w-])\.decorative(?![\w-])", attributes or ""))


def _definitions(text: str) -> dict[str, str]:
    if "]:" not in text:
        return {}
    return {_name(m.group(1)): m.group(2) for m in _DEFINITION.finditer(text)}


def _name(reference: str) -> str:
    return " ".join(reference.lower().split())


def _tag(found: re.Match[str], text: str, shown: str, first_line: int) -> Tag:
    name, attributes = found.group(1).lower(), found.group(2).strip()
    within = _RAW_LINK.match(shown, found.end()) if name == "a" else None
    words = plain(within.group(1)) if within else ""
    return Tag(name, attributes, _line_of(text, found.start(), first_line), words)


def _tables(lines: list[str], first_line: int) -> Iterator[Table]:
    for n in range(len(lines) - 1):
        if "|" not in lines[n] or _RULE.match(lines[n]):
            continue
        if "|" not in lines[n + 1] or not _RULE.match(lines[n + 1]):
            continue
        joined = n > 0 and bool(lines[n - 1].strip()) and not lines[n - 1].startswith("#")
        above = n - 1
        while above >= 0 and not lines[above].strip():
            above -= 1
        start = above
        while start > 0 and lines[start - 1].strip() and not lines[start - 1].startswith("#"):
            start -= 1
        words = lines[start] if start >= 0 else ""
        caption = CAPTION.sub("", words).strip() if CAPTION.match(words) else None
        yield Table(first_line + n, caption, joined)


def _anchors(lines: list[str], tags: Iterable[Tag], first_line: int) -> list[Anchor]:
    found = [
        Anchor(name, number)
        for number, line in enumerate(lines, first_line)
        if "{" in line
        for attributes in _ATTRIBUTE_LIST.findall(line)
        for name in _ATTRIBUTE_ID.findall(attributes)
    ]
    for tag in tags:
        # `name` on a link is how ids were written in HTML 4; browsers still go there.
        name = tag.values.get("id") or (tag.values.get("name") if tag.name == "a" else None)
        if name:
            found.append(Anchor(name, tag.line))
    return sorted(found, key=lambda anchor: anchor.line)


_CLOSING_TAG = lazily(r"</[A-Za-z][^<>]*>")
_ANY_ATTRIBUTES = lazily(r"\{[:#.][^{}]*\}|\{: [^{}]*\}")
_LINE_START = lazily(r"\s*(?:#{1,6}|[-*+]|\d+\.|>|:)(?=\s)")
_STRONG = lazily(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = lazily(r"(?<![\\*])\*(?=\S)(.+?)(?<=[^\s\\])\*")
_EMPHASIS_BELOW = lazily(r"(?<![\w_])_(?=\S)(.+?)(?<=\S)_(?![\w_])")
_ESCAPE = lazily(r"\\([\\`*_{}\[\]()#+.!|~-])")
_RULE_OF_ROW = lazily(r"[\s|:-]+")
_KEPT = lazily(r"\ue000(\d+)\ue001")


def plain(markdown: str) -> str:
    """The words of one line of Markdown, as a reader would see them, with single spaces."""
    # Most lines hold few marks or none: a pattern is tried only where the characters it needs are.
    codes: list[str] = []

    def keep(found: re.Match[str]) -> str:
        codes.append(found.group(2))
        return f"\ue000{len(codes) - 1}\ue001"

    text = _INLINE_CODE.sub(keep, markdown) if "`" in markdown else markdown
    if "](" in text:
        text = _LINK.sub(r"\1", _IMAGE.sub(r"\1", text))
    if "<" in text:
        text = _CLOSING_TAG.sub("", _TAG.sub("", text))
    text = without_overrides(text)
    if "{" in text:
        text = _ANY_ATTRIBUTES.sub("", text)
    if found := _LINE_START.match(text):
        text = text[found.end() :]
    if "*" in text or "_" in text:
        text = _STRONG.sub(r"\2", text)
        text = _EMPHASIS_BELOW.sub(r"\1", _EMPHASIS.sub(r"\1", text))
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    if "|" in text and _ROW.match(text):
        if _RULE_OF_ROW.fullmatch(text):
            return ""
        text = text.strip().strip("|").replace("|", " ")
    if codes:
        # Whoever writes these private characters themselves gets them back.
        text = _KEPT.sub(lambda m: codes[n] if (n := int(m[1])) < len(codes) else m[0], text)
    return " ".join(text.split())
