"""A picture that means something, put into the background (WCAG 2.2, 1.1.1, F3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_FILE = re.compile(r"url\([\"']?([^\"')]+)[\"']?\)")
_MEANS = re.compile(
    r"(?<![a-z])(logo|chart|graph|diagram|infographic|map|floorplan|timetable|poster|flyer|"
    r"notice|heading|headline|title|phone|address|menu|schedule|welcome|text|sale|offer|promo)"
    r"(?![a-z])|地図|グラフ|ロゴ|案内|見出し|お知らせ",
    re.IGNORECASE,
)
_LEAST = 20
"""Pixels on either side: what is smaller is a bullet or an icon beside words."""

_CAPTION = 80
"""A neighbour of fewer letters may tell what the picture shows."""


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Empty elements that show nothing but a picture file of their own."""
    for element in page.elements():
        image = element.style.get("background-image", "none")
        box = element.box
        if "url(" not in image or element.text:
            continue
        if element.is_rendered and box and min(box.width, box.height) >= _LEAST:
            yield element


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    found = _FILE.search(element.style["background-image"])
    if found is None or found[1].startswith("data:"):
        return None
    name = unquote(found[1].partition("?")[0]).rpartition("/")[2]
    is_told = element.name or any(
        part.name or part.tag in ("img", "svg", "video", "canvas", "input", "iframe")
        for part in element.elements()
    )
    holder = element.inside("link", "button", "img", "figure", "heading")
    if is_told or (holder and (holder.name or holder.text)) or not _MEANS.search(name):
        return None
    if element.get("aria-hidden") == "true" or element.get("role") in ("none", "presentation"):
        return None
    if any(0 < len(beside.text) < _CAPTION for beside in _neighbours(element)):
        return None
    return Fault(
        Text(
            f"背景の画像（{name}）が伝えていることは、読み上げでも印刷でも伝わりません。",
            f"What the background picture ({name}) tells is lost to screen readers and in print.",
        )
    )


def _neighbours(element: Element) -> list[Element]:
    parts = element.parent.parts if element.parent else []
    at = parts.index(element) if element in parts else 0
    return [e for e in (*parts[max(at - 1, 0) : at], *parts[at + 1 : at + 2]) if e.tag != "h1"]


_BOX = "width:200px;height:80px;background-image:url"

CHECK = Check(
    id="background-with-content",
    title=Text("背景に置かれた意味のある画像", "A meaningful picture in the background"),
    help=Text(
        "img として置いて alt を書くか、role=img と aria-label を付けてください。",
        "Put it in as an img with an alt, or add role=img and an aria-label.",
    ),
    criteria=("1.1.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        f'<div style="{_BOX}(/img/fireworks.jpg)"></div>',
        f'<div style="{_BOX}(/img/logo.png)" role="img" aria-label="盛岡市"></div>',
        f'<a href="/" style="display:block;{_BOX}(/img/logo.png)">盛岡市</a>',
        f'<div><p>市役所の地図</p><div style="{_BOX}(/img/map.png)"></div></div>',
    ),
    bad=(
        f'<div style="{_BOX}(/img/opening-chart.png)"></div>',
        f'<div style="{_BOX}(/img/city-logo.png)"></div>',
    ),
)
