"""A link whose text is nothing but punctuation (WCAG 2.4.4)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._links import has_words, links
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text


def _applies_to(page: Snapshot) -> Iterator[Element]:
    return (link for link in links(page) if (link.name or "").strip())


def _expectation(link: Element, _page: Snapshot) -> Fault | None:
    if has_words(link.name or "") or has_words(link.get("title")):
        return None
    return Fault(
        Text(
            f"リンクの言葉が記号「{(link.name or '').strip()}」だけで、行き先が分かりません。",
            f"The link text is only “{(link.name or '').strip()}”: nobody can tell where it leads.",
        )
    )


CHECK = Check(
    id="link-text-of-symbols",
    title=Text("記号だけのリンク", "A link of symbols only"),
    help=Text(
        "行き先を言葉で書いてください（例:「→」ではなく「次のページ」）。",
        "Write where it leads in words, such as “Next page” instead of “>”.",
    ),
    criteria=("2.4.4",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<p><a href="/2/">2</a> <a href="/a/">A</a> <a href="/next/">次へ →</a></p>',
        '<p><a href="/next/" aria-label="次のページ">→</a></p>',
        '<p>注<a href="#note-1" title="本文へ戻る">↩</a></p>',
    ),
    bad=(
        '<p><a href="/next/">→</a></p>',
        '<p>Waste <a href="/waste/">&gt;&gt;</a></p>',
        '<p>ごみ <a href="/waste/">…</a></p>',
    ),
)
