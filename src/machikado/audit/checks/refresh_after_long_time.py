"""A page that reloads itself after a day (ACT rule bisz58; WCAG 2.2, 2.2.4 and 3.2.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text, Weight

_LONG = 72_000
"""Seconds, 20 hours: what comes sooner is axe-core's `meta-refresh` (2.2.1)."""
_DELAY = re.compile(r"\s*(\d+)(?:\.[\d.]*)?\s*(?:[;,].*|\s+\S.*)?$", re.DOTALL)


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """The first refresh that means anything: a browser obeys no other."""
    for meta in page.elements("meta"):
        is_refresh = meta.get("http-equiv").strip().lower() == "refresh" and not meta.in_frame
        if is_refresh and _DELAY.match(meta.get("content")):
            yield meta
            return


def _expectation(meta: Element, _page: Snapshot) -> Fault | None:
    found = _DELAY.match(meta.get("content"))
    if found is None or int(found[1]) <= _LONG:
        return None
    return Fault(
        Text(
            "読んでいる間に、ページがひとりでに読み込み直されます。",
            "The page reloads by itself while somebody reads it.",
        )
    )


CHECK = Check(
    id="refresh-after-long-time",
    title=Text("ひとりでに読み込み直すページ", "A page that reloads by itself"),
    help=Text(
        "http-equiv=refresh の行を消し、新しい内容はリンクやボタンで開けるようにしてください。",
        "Remove the http-equiv=refresh; let people open what is new by a link or a button.",
    ),
    criteria=("2.2.4", "3.2.5"),
    act=("bisz58",),
    weight=Weight.WARNING,
    needs_whole_page=True,
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<!doctype html><html lang="en"><title>Old</title><meta http-equiv="refresh" content="0; URL=x">',
        '<!doctype html><html lang="ja"><title>案内</title><meta http-equiv="refresh" content=""><p>本文</p>',
        "<p>no refresh</p>",
    ),
    bad=(
        '<!doctype html><html lang="ja"><title>案内</title><meta http-equiv="refresh" content="80000"><p>本文</p>',
    ),
)
