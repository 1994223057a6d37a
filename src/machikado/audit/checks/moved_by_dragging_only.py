"""Something can be moved by dragging and by nothing else (WCAG 2.2, 2.5.7, 2.1.1)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_KEYS = {"keydown", "keyup", "keypress", "click"}


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """The first of each group of things that say that they can be dragged."""
    groups: set[int] = set()
    for element in page.elements():
        if (
            element.get("draggable") != "true"
            or not element.is_rendered
            or element.tag in ("a", "img")
        ):
            continue
        holder = element.parent.index if element.parent else -1
        if _is_heard(element) and holder not in groups:
            groups.add(holder)
            yield element


def _is_heard(element: Element) -> bool:
    return any(
        "dragstart" in e.heard or "drop" in e.heard or e.has("ondragstart")
        for e in (element, *element.ancestors())
    )


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    if (
        element.is_focusable
        or element.heard & _KEYS
        or any(e.is_focusable for e in element.elements())
    ):
        return None
    group = element.parent
    around = group.parent if group is not None else None
    # Buttons beside the group may move what was chosen in it.
    is_part = around is not None and around.tag not in ("body", "main", "html")
    if is_part and around is not None and any(around.elements("button", "select")):
        return None
    return Fault(
        Text(
            "ドラッグでしか動かせず、キーボードでは操作できません。",
            "It can only be dragged: neither keys nor single clicks move it.",
        )
    )


CHECK = Check(
    id="moved-by-dragging-only",
    title=Text("ドラッグでしか動かせない部品", "Moved by dragging only"),
    help=Text(
        "「上へ」「下へ」のようなボタンも付けてください。",
        "Add buttons that do the same, such as “Up” and “Down”.",
    ),
    criteria=("2.1.1", "2.5.7"),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<ul><li draggable="true" ondragstart="go()">図書館 <button>上へ</button></li></ul>',
        '<div draggable="true" tabindex="0" ondragstart="go()" onkeydown="go()">図書館</div>',
        '<a href="#a" draggable="true" ondragstart="go()">図書館</a>',
        '<p draggable="true">本文</p>',
    ),
    bad=(
        '<ul><li draggable="true" ondragstart="go()">図書館</li><li draggable="true" ondragstart="go()">公園</li></ul>',
        '<div id="b"><div draggable="true">図書館</div></div><script>'
        'document.getElementById("b").addEventListener("drop", () => {});</script>',
    ),
)
