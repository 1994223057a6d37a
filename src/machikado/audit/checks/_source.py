"""Faults in the HTML itself: what a parser has to guess (WCAG 2.0, 4.1.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import html5lib

from machikado.vocabulary import Text

_MOST_CHARACTERS = 400_000
"""A longer source is not taken apart: it would take seconds."""

NESTING = {
    "unexpected-end-tag": Text(
        "終了タグ </{name}> に対応する開始タグがありません。",
        "</{name}> closes nothing: there is no start tag to it.",
    ),
    "end-tag-too-early": Text(
        "終了タグ </{name}> が早すぎるか、対応する開始タグがありません。",
        "</{name}> comes before other elements are closed, or closes nothing.",
    ),
    "end-tag-too-early-named": Text(
        "終了タグ </{gotName}> より前に、閉じていない要素があります。",
        "</{gotName}> comes before an element inside it is closed.",
    ),
    "end-tag-too-early-ignored": Text(
        "終了タグ </{name}> に対応する開始タグがありません。",
        "</{name}> closes nothing: there is no start tag to it.",
    ),
    "adoption-agency-1.1": Text(
        "終了タグ </{name}> の入れ子が正しくありません。", "</{name}> does not close in turn."
    ),
    "adoption-agency-1.2": Text(
        "終了タグ </{name}> の入れ子が正しくありません。", "</{name}> does not close in turn."
    ),
    "adoption-agency-1.3": Text(
        "終了タグ </{name}> の入れ子が正しくありません。", "</{name}> does not close in turn."
    ),
    "adoption-agency-4.4": Text(
        "終了タグ </{name}> の入れ子が正しくありません。", "</{name}> does not close in turn."
    ),
    "expected-closing-tag-but-got-eof": Text(
        "要素 {name} が、最後まで閉じられていません。", "{name} is never closed."
    ),
    "unexpected-start-tag-implies-end-tag": Text(
        "<{startName}> の中に、閉じないまま <{endName}> があります。",
        "<{startName}> begins before <{endName}> is closed.",
    ),
    "unexpected-end-tag-implies-table-voodoo": Text(
        "表の中で </{name}> の入れ子が正しくありません。",
        "</{name}> does not close in turn inside a table.",
    ),
    "unexpected-start-tag-implies-table-voodoo": Text(
        "表のセルの外に <{name}> があります。", "<{name}> stands in a table outside its cells."
    ),
    "unexpected-cell-end-tag": Text(
        "表のセルの中で </{name}> の入れ子が正しくありません。",
        "</{name}> does not close in turn inside a cell.",
    ),
    "eof-in-attribute-value-double-quote": Text(
        "属性の引用符が閉じられていません。", "The quotation mark of an attribute is not closed."
    ),
    "eof-in-attribute-value-single-quote": Text(
        "属性の引用符が閉じられていません。", "The quotation mark of an attribute is not closed."
    ),
    "eof-in-tag-name": Text("タグが閉じられていません。", "A tag is not closed."),
    "expected-closing-tag-but-got-char": Text(
        "タグの書き方が正しくありません。", "A tag is not written as a tag."
    ),
    "unexpected-character-in-attribute-name": Text(
        "属性の引用符か空白が足りません。", "A quotation mark or space is missing in a tag."
    ),
    "invalid-character-in-attribute-name": Text(
        "属性の引用符か空白が足りません。", "A quotation mark or space is missing in a tag."
    ),
    "unexpected-character-after-attribute-value": Text(
        "属性の間に空白がありません。", "Two attributes have no space between them."
    ),
}
"""html5lib's codes of what 4.1.1 names (complete tags, nesting), each in our words."""

DUPLICATES = {
    "duplicate-attribute": Text(
        "同じ属性が2度書かれています。", "The same attribute is written twice."
    ),
}

_ONE_TAG = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<![^>]*>|"
    r"<(script|style|textarea|title)\b[^>]*>.*?</\1\s*>|"
    r"<(/?)([a-zA-Z][^\s/>]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"([^\s=\"'/<>]+)(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?")
_VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
}  # fmt: skip


class Slip(NamedTuple):
    """Something that a parser had to guess: html5lib's code, in which line, in our words."""

    code: str
    line: int
    message: Text


@lru_cache(maxsize=4)
def slips(source: str) -> tuple[Slip, ...]:
    """All slips that 4.1.1 names, in the order of the source."""
    if len(source) > _MOST_CHARACTERS or is_plainly_well_formed(source):
        return ()
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(source)
    return tuple(_told(parser.errors))


def _told(errors: list[tuple[tuple[int, int], str, dict[str, str]]]) -> Iterator[Slip]:
    for (line, _column), code, values in errors:
        told = {**NESTING, **DUPLICATES}.get(code)
        # Browsers add these two themselves; nobody's tree differs by them.
        if told is None or values.get("name") in ("br", "html", "body", "head"):
            continue
        if code == "unexpected-start-tag-implies-end-tag" and values.get("startName") not in (
            "a", "button", "nobr", "h1", "h2", "h3", "h4", "h5", "h6", "form", "option",
        ):  # fmt: skip
            continue
        yield Slip(code, line, Text(_filled(told.ja, values), _filled(told.en, values)))


def _filled(text: str, values: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: str(values.get(found[1], "…")), text)


def is_plainly_well_formed(source: str) -> bool:
    """Whether every tag is closed in turn and no attribute repeated: most pages, seen at a glance.

    It says no too often and yes never wrongly: the parser, far slower, then decides.
    """
    open_: list[str] = []
    end = 0
    for tag in _ONE_TAG.finditer(source):
        if "<" in source[end : tag.start()]:
            return False
        end = tag.end()
        if tag[3] is None:
            continue
        name, rest = tag[3].lower(), tag[4]
        if tag[2]:
            if not open_ or open_.pop() != name:
                return False
            continue
        attributes = [a.lower() for a in _ATTRIBUTE.findall(rest)]
        if len(attributes) != len(set(attributes)) or '"' in _ATTRIBUTE.sub("", rest):
            return False
        if name in _VOID or (rest.endswith("/") and "svg" in open_):
            continue
        if open_ and not _may_hold(open_, name):
            return False
        open_.append(name)
    return not open_ and "<" not in source[end:]


_INLINE = {
    "a", "abbr", "audio", "b", "bdi", "bdo", "br", "button", "canvas", "cite", "code", "data",
    "datalist", "del", "dfn", "em", "i", "iframe", "img", "input", "ins", "kbd", "label", "map",
    "mark", "meter", "noscript", "object", "output", "picture", "progress", "q", "rb", "rp", "rt",
    "ruby", "s", "samp", "select", "slot", "small", "span", "strong", "sub", "sup", "svg", "template",
    "time", "u", "var", "video",
}  # fmt: skip


def _may_hold(open_: list[str], name: str) -> bool:
    """Whether the parser leaves this element where it is written."""
    if "svg" in open_ or "math" in open_:
        return True
    if "p" in open_ and name not in _INLINE:
        return False
    if name in ("a", "button", "option", "form") and name in open_:
        return False
    if re.fullmatch("h[1-6]", name) and re.fullmatch("h[1-6]", open_[-1]):
        return False
    if open_[-1] in ("table", "tbody", "thead", "tfoot", "tr"):
        return name in ("caption", "colgroup", "tbody", "thead", "tfoot", "tr", "td", "th")
    if name in ("td", "th", "tr", "tbody", "thead", "tfoot", "caption"):
        return False
    return not (name == "li" and open_[-1] == "li")
