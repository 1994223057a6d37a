"""Page content is untrusted: only the elements and attributes that an article needs remain."""

from __future__ import annotations

from collections.abc import Callable

import nh3

_COMMON = {"id", "class", "lang", "dir", "title"}
_SVG = {"svg", "g", "rect", "line", "text", "title", "desc", "defs", "pattern", "path"}
TAGS = {
    "a", "abbr", "aside", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col",
    "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h2",
    "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp",
    "rt", "ruby", "s", "samp", "section", "small", "span", "strong", "sub", "summary", "sup", "table",
    "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr",
} | _SVG  # fmt: skip
ATTRIBUTES = {
    "*": _COMMON | {"data-list", "data-generated", "role", "aria-label", "aria-labelledby", "aria-describedby", "aria-hidden"},
    "a": {"href", "hreflang", "type", "rel"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"datetime", "cite"},
    "details": {"open"},
    "div": {"tabindex"},
    "img": {"src", "alt", "width", "height", "loading", "decoding"},
    "ins": {"datetime", "cite"},
    "li": {"value"},
    "ol": {"start", "reversed", "type"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope", "abbr"},
    "time": {"datetime"},
    "svg": {"viewbox", "viewBox", "width", "height", "focusable"},
    "rect": {"x", "y", "width", "height", "fill"},
    "line": {"x1", "y1", "x2", "y2"},
    "path": {"d"},
    "pattern": {"width", "height", "patternUnits", "patternTransform"},
    "text": {"x", "y", "text-anchor"},
}  # fmt: skip
SCHEMES = {"http", "https", "mailto", "tel"}


Attribute = Callable[[str, str, str], str | None]
"""Gives the value of each attribute that remains, from its element, name and value; None takes it out."""


def sanitiser(attribute: Attribute | None = None) -> Callable[[str], str]:
    """What makes HTML safe: no script, style, frames, forms, event handlers and odd address schemes.

    To make one costs as much as to use it; who has many pages keeps it.
    """
    return nh3.Cleaner(
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=attribute,
        url_schemes=SCHEMES,
        link_rel=None,
        strip_comments=True,
    ).clean


sanitise = sanitiser()
"""`html` made safe, every attribute that remains as it was written."""
