"""A link that goes nowhere and starts a script instead (WCAG 4.1.2)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._links import links
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text, Weight


def _applies_to(page: Snapshot) -> Iterator[Element]:
    return (link for link in links(page) if link.tag == "a")


def _expectation(link: Element, _page: Snapshot) -> Fault | None:
    to = link.get("href").strip().lower()
    acts = to.startswith("javascript:") or (to == "#" and "click" in link.heard)
    if not acts:
        return None
    return Fault(
        Text(
            f"「{link.name}」はリンクですが、ページへ移らずにスクリプトを動かします。",
            f"“{link.name}” is a link but leads nowhere: it starts a script.",
        )
    )


CHECK = Check(
    id="link-that-acts-as-button",
    title=Text("ボタンの代わりのリンク", "A link used as a button"),
    help=Text(
        "動きを起こすものは button にしてください。",
        "Use a button for what starts an action.",
    ),
    criteria=("4.1.2",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<p><a href="#">ページの先頭へ</a></p>',
        '<p><a href="/print/" onclick="print()">印刷用ページ</a></p>',
        '<p><a href="#" role="button" onclick="print()">印刷</a></p>',
    ),
    bad=(
        '<p><a href="#" onclick="print()">印刷</a></p>',
        '<p><a href="javascript:void(0)">Open menu</a></p>',
    ),
    weight=Weight.WARNING,
)
