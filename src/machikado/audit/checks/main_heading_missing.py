"""A page of some length without a main heading (WCAG 1.3.1, 2.4.6, advisory; G141)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_SHORT = 500
"""Letters that a page may have before it needs a heading."""


def _applies_to(page: Snapshot) -> Iterator[Element]:
    if page.body is not None and (len(page.text) > _SHORT or _has_headings(page)):
        yield page.body


def _has_headings(page: Snapshot) -> bool:
    return any(e.is_exposed and not e.in_frame for e in page.with_role("heading"))


def _expectation(_body: Element, page: Snapshot) -> Fault | None:
    for heading in page.with_role("heading"):
        level = heading.get("aria-level") or heading.tag.removeprefix("h")
        if level == "1" and heading.is_exposed:
            return None
    return Fault(
        Text(
            "ページの主題を書いた見出し（h1）がありません。",
            "No main heading (h1) tells what the page is about.",
        )
    )


CHECK = Check(
    id="main-heading-missing",
    title=Text("主題の見出しがないページ", "A page without a main heading"),
    help=Text("h1 を1つ、本文の初めに書いてください。", "Begin the content with one h1."),
    criteria=("1.3.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<h2>持ち物</h2><h2>窓口</h2>",
        '<!doctype html><html lang="ja"><title>短い</title><body><p>短いページ</p></body></html>',
    ),
    bad=(
        '<!doctype html><html lang="ja"><title>ごみ</title><body><h2>持ち物</h2><h2>窓口</h2></body></html>',
        f'<!doctype html><html lang="en"><title>Waste</title><body><p>{"Sort your waste. " * 40}</p></body></html>',
    ),
    needs_whole_page=True,
)
