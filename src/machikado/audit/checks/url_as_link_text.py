"""A link that shows its address instead of words (WCAG 2.4.9; G91)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._links import links
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_ADDRESS = re.compile(r"(?:https?://\S+|www\.[\w.-]+/\S+)", re.IGNORECASE)


def _applies_to(page: Snapshot) -> Iterator[Element]:
    return (link for link in links(page) if link.name)


def _expectation(link: Element, _page: Snapshot) -> Fault | None:
    if not _ADDRESS.fullmatch((link.name or "").strip()):
        return None
    return Fault(
        Text(
            f"リンクの言葉がアドレス「{link.name}」のままで、読み上げると聞き取れません。",
            f"The link text is the bare address “{link.name}”, which is hard to follow when read out.",
        )
    )


CHECK = Check(
    id="url-as-link-text",
    title=Text("アドレスのままのリンク", "An address as link text"),
    help=Text("行き先のページの名前を書いてください。", "Write the name of the page it leads to."),
    criteria=("2.4.9",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<p><a href="https://www.city.example.jp/">まちの公式サイト</a></p>',
        '<p>You can register at <a href="https://www.example.org/">example.org</a>.</p>',
        '<p><a href="mailto:info@example.jp">info@example.jp</a></p>',
    ),
    bad=(
        '<p>くわしくは <a href="https://www.example.jp/a/b.html">https://www.example.jp/a/b.html</a></p>',
        '<p>See <a href="https://www.example.org/">https://www.example.org/</a></p>',
    ),
)
