"""A script that reloads or leaves the page after a time (WCAG 2.2, 2.2.1, F58)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_GOES = r"(?:window\.|document\.|self\.|top\.)?location(?:\.href|\.assign|\.replace|\.reload)?\s*(?:=[^=]|\()"
_LATER = re.compile(
    r"set(?:Timeout|Interval)\(\s*(?:(?:\(\)|_|e)\s*=>|function\s*\w*\s*\(\)\s*\{|[\"'`])\s*\{?\s*"
    + _GOES
    + r"[^;}]{0,120}?[;}\s\"'`)]*,\s*(\d[\d\s*_.]*)\s*\)"
)
_AT_ONCE, _LONG = 1_000, 72_000_000
"""Milliseconds: a redirect at once, and the 20 hours that need no way to ask for more."""


def _applies_to(page: Snapshot) -> Iterator[Element]:
    return (
        script
        for script in page.elements("script")
        if not script.in_frame and "ocation" in script.code
    )


def _expectation(script: Element, _page: Snapshot) -> Fault | None:
    found = _LATER.search(script.code)
    if not found or not _AT_ONCE < _milliseconds(found[1]) < _LONG:
        return None
    return Fault(
        Text(
            "しばらくすると、ひとりでに再読み込みや移動をします。読んだり入力したりする途中で失われます。",
            "After a time the page reloads or leaves by itself; what is being read or filled in is lost.",
        )
    )


def _milliseconds(written: str) -> float:
    total = 1.0
    for factor in written.replace("_", "").split("*"):
        try:
            total *= float(factor)
        except ValueError:
            return 0.0
    return total


CHECK = Check(
    id="reload-by-script",
    title=Text("ひとりでに再読み込みするページ", "A page that reloads or leaves by itself"),
    help=Text(
        "再読み込みは、読む人がボタンで選べるようにしてください。",
        "Let readers ask for it with a button or link.",
    ),
    criteria=("2.2.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<script>function again() { location.reload() }</script><button onclick='again()'>更新</button>",
        "<script>setTimeout(() => { document.title = 'お知らせ' }, 5000)</script>",
        "<script>if (location.hash) setTimeout(() => { window.scrollTo(0, 0) }, 2000)</script>",
    ),
    bad=(
        "<script>setTimeout(() => location.reload(), 20000)</script>",
        "<script>setTimeout(function () { window.location.href = '/next/'; }, 60 * 1000);</script>",
        """<script>setInterval("location.reload()", 30000)</script>""",
    ),
)
