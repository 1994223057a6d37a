"""A title that only says once more what the link says (WCAG, H33)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._links import links, plain
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text, Weight


def _applies_to(page: Snapshot) -> Iterator[Element]:
    return (link for link in links(page) if link.get("title").strip() and link.text)


def _expectation(link: Element, _page: Snapshot) -> Fault | None:
    if plain(link.get("title")) != plain(link.text):
        return None
    return Fault(
        Text(
            f"title がリンクの言葉「{link.text[:40]}」と同じで、2回読み上げられることがあります。",
            f"The title repeats the link text “{link.text[:40]}”, which may be read out twice.",
        )
    )


CHECK = Check(
    id="title-repeats-text",
    title=Text("リンクの言葉を繰り返す title", "A title that repeats the link text"),
    help=Text("title を消してください。", "Remove the title."),
    criteria=(),
    applies_to=_applies_to,
    expectation=_expectation,
    good=('<a href="/a" title="料金と時間">図書館</a>', '<a href="/a">図書館</a>'),
    bad=('<a href="/a" title="図書館">図書館</a>',),
    weight=Weight.WARNING,
)
