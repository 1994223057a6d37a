"""What a feed may carry: article HTML with absolute addresses, and text without controls."""

from __future__ import annotations

import re
from functools import lru_cache

import nh3

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""What XML 1.0 forbids (section 2.2, production Char) or advises against: lxml raises for it."""
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Overrides of the direction of writing: left open, one would turn round what a reader shows beside it."""
_BREAKS = re.compile(r"[\t\n\r \u2028\u2029]+")

_ELEMENTS = {
    "a", "abbr", "article", "aside", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite",
    "code", "col", "colgroup", "data", "dd", "del", "details", "dfn", "div", "dl", "dt", "em",
    "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i",
    "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "section", "small",
    "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead",
    "time", "tr", "u", "ul", "var", "wbr",
}  # fmt: skip
_DROPPED_WHOLE = {
    "button", "canvas", "datalist", "dialog", "embed", "form", "iframe", "meter", "noscript",
    "object", "optgroup", "option", "output", "progress", "rp", "rt", "rtc", "script", "select",
    "style", "svg", "template", "textarea",
}  # fmt: skip
"""Elements whose text means nothing outside the page; of ruby only the base text stays."""
_ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href", "hreflang"},
    "img": {"src", "alt", "width", "height"},
    "abbr": {"title"},
    "dfn": {"title"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "time": {"datetime"},
    "data": {"value"},
    "th": {"scope", "colspan", "rowspan", "abbr"},
    "td": {"colspan", "rowspan"},
    "col": {"span"},
    "colgroup": {"span"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}


@lru_cache(maxsize=256)  # a notice stands in the feeds of all news, its category and its department
def article_html(html: str, page_url: str) -> str:
    """The HTML of an article as a feed may carry it; `page_url` is the page's absolute URL.

    An allowlist of article elements, no ids, classes, styles, scripts or controls; every relative
    `href` and `src` is resolved against `page_url`, one that cannot be resolved is removed.
    """
    cleaner = nh3.Cleaner(
        tags=_ELEMENTS,
        clean_content_tags=_DROPPED_WHOLE,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        url_relative=("rewrite_with_base", page_url),
        link_rel=None,
    )
    # Before, so that no control character hides a scheme; after, since parsing makes one of `&#1;`.
    return _FORBIDDEN.sub("", cleaner.clean(_FORBIDDEN.sub("", html))).strip()


def plain(text: str) -> str:
    """One line of text without controls of any kind; markup in it is text and stays as it is."""
    return _BREAKS.sub(" ", _TURNS.sub("", _FORBIDDEN.sub("", text))).strip()
