"""The structure of a Markdown text with the line of every part.

Python-Markdown tells no line numbers, and checks and findings must name the line an editor wrote.
This scanner knows just what they need (headings, links, images, tables, raw HTML, text) and skips
code and comments; it never changes what is rendered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_INLINE_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*(\{[^{}]*\})?[ \t]*$")
_HEADING_WITHOUT_SPACE = re.compile(r"^(#{1,6})([^#\s!].*)$")
_TARGET = r"\(\s*(?:<([^<>\n]*)>|([^()\s]*(?:\([^()\s]*\)[^()\s]*)*))(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
_IMAGE = re.compile(r"!\[((?:[^\[\]]|\[[^\[\]]*\])*)\]" + _TARGET + r"(\{[^{}\n]*\})?")
_LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|!?\[[^\[\]]*\](?:\([^()]*\))?)*)\]" + _TARGET + r"(\{[^{}\n]*\})?")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\s+[^<>]*?)?)(/?)>")
_ATTRIBUTE_ID = re.compile(r"#([^\s{}#.]+)")
_ROW = re.compile(r"^\s*\|.*\|\s*$")
_DIRECTIVE = re.compile(r"^\[\[([a-z][a-z-]*)((?: [a-z]+=[^\s\]]+)*)\]\]\s*$")


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
    """An opening HTML tag written by hand, with its attributes as written."""

    name: str
    attributes: str
    line: int


@dataclass(frozen=True, slots=True)
class Directive:
    """A paragraph `[[name key=value]]` that the generator fills with a list."""

    name: str
    options: dict[str, str]
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


def outline(body: str, first_line: int = 1) -> Outline:
    """Take `body` apart; `first_line` is the line of the file at which it starts."""
    visible = mask(body)
    lines = visible.split("\n")
    headings: list[Heading] = []
    directives: list[Directive] = []
    rows: list[tuple[int, str]] = []
    for number, line in enumerate(lines, first_line):
        if found := _HEADING.match(line):
            marks, text, attributes = found.groups()
            named = _ATTRIBUTE_ID.search(attributes or "")
            headings.append(Heading(len(marks), plain(text), number, named.group(1) if named else None))
        elif found := _HEADING_WITHOUT_SPACE.match(line):
            headings.append(Heading(len(found.group(1)), plain(found.group(2)), number))
        elif found := _DIRECTIVE.match(line):
            options = dict(part.split("=", 1) for part in found.group(2).split())
            directives.append(Directive(found.group(1), options, number))
        if words := plain(line):
            rows.append((number, words))
    return Outline(
        tuple(headings),
        tuple(_links(visible, first_line)),
        tuple(_images(visible, first_line)),
        tuple(_tags(visible, first_line)),
        tuple(directives),
        tuple(rows),
    )


def mask(body: str) -> str:
    """`body` with code and comments blanked out; every other character keeps its line and column."""
    kept: list[str] = []
    fence = ""
    for line in body.split("\n"):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark.group(1).startswith(fence):
                fence = ""
            kept.append("")
        elif mark:
            fence = mark.group(1)
            kept.append("")
        else:
            kept.append(_INLINE_CODE.sub(lambda m: " " * len(m.group()), line))
    return _COMMENT.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), "\n".join(kept))


def _line_of(text: str, position: int, first_line: int) -> int:
    return first_line + text.count("\n", 0, position)


def _links(text: str, first_line: int) -> Iterator[Link]:
    for m in _LINK.finditer(text):
        yield Link(plain(m.group(1)), m.group(2) or m.group(3) or "", _line_of(text, m.start(), first_line))


def _images(text: str, first_line: int) -> Iterator[Image]:
    for m in _IMAGE.finditer(text):
        decorative = ".decorative" in (m.group(4) or "")
        line = _line_of(text, m.start(), first_line)
        yield Image(m.group(1).strip(), m.group(2) or m.group(3) or "", line, decorative)


def _tags(text: str, first_line: int) -> Iterator[Tag]:
    for m in _TAG.finditer(text):
        if not m.group(1):
            yield Tag(m.group(2).lower(), m.group(3).strip(), _line_of(text, m.start(), first_line))


_PLAIN = (
    (_IMAGE, r"\1"),
    (_LINK, r"\1"),
    (re.compile(r"</?[A-Za-z][^<>]*>"), ""),
    (re.compile(r"\{[:#.][^{}]*\}|\{: [^{}]*\}"), ""),
    (re.compile(r"^\s*(?:#{1,6}|[-*+]|\d+\.|>|:)(?=\s)"), ""),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)(.+?)(?<=\S)\*"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|~-])"), r"\1"),
)


def plain(markdown: str) -> str:
    """The words of one line of Markdown, as a reader would see them, with single spaces."""
    text = markdown
    for pattern, replacement in _PLAIN:
        text = pattern.sub(replacement, text)
    if _ROW.match(text):
        if re.fullmatch(r"[\s|:-]+", text):
            return ""
        text = text.strip().strip("|").replace("|", " ")
    return " ".join(text.split())
