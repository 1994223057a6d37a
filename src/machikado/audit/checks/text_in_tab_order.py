"""Text that the Tab key stops at, though there is nothing to do (WCAG 2.2, 2.4.3)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_TEXTS = (
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "dt",
    "dd",
    "blockquote",
    "strong",
    "em",
    "b",
    "i",
    "td",
    "th",
    "img",
)
_PLAIN_ROLES = {None, "paragraph", "heading", "listitem", "term", "definition", "blockquote", "strong", "emphasis", "cell", "img", "generic", "columnheader", "rowheader"}  # fmt: skip
_LIVE = {
    "click",
    "keydown",
    "keyup",
    "keypress",
    "mousedown",
    "pointerdown",
    "focus",
    "focusin",
    "mouseenter",
    "mouseover",
    "touchstart",
}


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Texts and pictures with a place in the focus order of their own."""
    for element in page.elements(*_TEXTS):
        written = element.get("tabindex").strip()
        if (
            written.isdigit()
            and element.is_tabbable
            and element.is_rendered
            and not element.has("role")
        ):
            yield element


def _expectation(element: Element, page: Snapshot) -> Fault | None:
    if element.role not in _PLAIN_ROLES or element.has("contenteditable") or element.overflow:
        return None
    around = (element, *element.ancestors())
    heard = set().union(*(e.heard for e in around), *page.heard.values())
    # A hint appears on it, a script moves the focus to it or answers for it.
    is_told_of = any(
        name.startswith(("aria-", "data-", "on")) or name in ("id", "title", "popovertarget")
        for name in element.attributes
    )
    is_composed = any(
        e.has("aria-activedescendant")
        or e.role in ("grid", "treegrid", "listbox", "menu", "tree", "tablist", "application")
        for e in around
    )
    if (
        heard & _LIVE
        or is_told_of
        or is_composed
        or any(e.style.get("position") == "absolute" for e in element.elements())
    ):
        return None
    return Fault(
        Text(
            "操作するもののない文や画像に、Tabキーで止まります（tabindex）。",
            "The Tab key stops at text or a picture that nothing can be done with (tabindex).",
        )
    )


CHECK = Check(
    id="text-in-tab-order",
    title=Text("Tabキーで止まる文", "Text that the Tab key stops at"),
    help=Text("tabindex を消してください。", "Remove the tabindex."),
    criteria=("2.4.3",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<p tabindex="-1">本文</p>',
        '<p id="error" tabindex="0">誤りがあります</p>',
        '<p tabindex="0" onclick="go()" onkeydown="go()">開く</p>',
        '<p tabindex="0" title="くわしい説明">用語</p>',
        '<div tabindex="0" role="region" aria-label="表" style="overflow: auto; height: 40px"><p>長い<br>長い<br>長い<br>文</p></div>',
    ),
    bad=(
        '<p tabindex="0">本文</p>',
        '<h2 tabindex="0">見出し</h2><p>本文</p>',
        '<ul><li tabindex="0">Bread</li><li tabindex="0">Milk</li></ul>',
    ),
)
