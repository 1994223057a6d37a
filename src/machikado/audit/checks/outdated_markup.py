"""Elements and attributes that only say how something looks (WCAG 2.2, 1.3.1, G115, F2)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_ELEMENTS = {
    "font", "center", "big", "tt", "strike", "basefont", "acronym", "applet", "dir", "isindex",
    "listing", "plaintext", "xmp", "nobr", "spacer", "multicol", "frameset", "bgsound",
}  # fmt: skip
"""HTML Living Standard, 16.2: elements that authors must not use; blink and marquee are axe-core's."""
_ATTRIBUTES = {
    "align": {"div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "td", "th", "tr", "caption"},
    "bgcolor": {"body", "table", "td", "th", "tr"},
    "color": {"font", "hr"},
    "text": {"body"},
    "link": {"body"},
    "background": {"body", "table", "td"},
}


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """The first of each kind: one slip of a template is told once."""
    told: set[str] = set()
    for element in page.elements():
        slip = _slip(element)
        if slip and slip not in told and not element.in_frame:
            told.add(slip)
            yield element


def _slip(element: Element) -> str:
    if element.tag in _ELEMENTS:
        return element.tag
    return next(
        (a for a, tags in _ATTRIBUTES.items() if element.tag in tags and element.has(a)), ""
    )


def _expectation(element: Element, _page: Snapshot) -> Fault:
    slip = _slip(element)
    return Fault(
        Text(
            f"今のHTMLにない、見た目だけの書き方（{slip}）です。",
            f"“{slip}” is no longer part of HTML: it only says how something looks.",
        )
    )


CHECK = Check(
    id="outdated-markup",
    title=Text("見た目だけの古い書き方", "Outdated markup"),
    help=Text(
        "意味を表す要素（見出し、em、strong など）を使い、見た目はスタイルシートで決めてください。",
        "Use elements that say what it is (headings, em, strong), and style sheets for its looks.",
    ),
    criteria=("1.3.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=("<p><strong>重要</strong> <em>x</em></p>", '<div style="text-align:center">市</div>'),
    bad=(
        "<center>お知らせ</center>",
        '<font color="red">Closed</font>',
        '<p align="right">部長</p>',
    ),
)
