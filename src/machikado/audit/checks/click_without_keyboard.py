"""Something can be clicked that no key reaches (WCAG 2.2, 2.1.1; failures F42, F54, F59)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_CLICKS = {"click", "dblclick", "mousedown", "mouseup", "pointerdown", "pointerup", "touchstart", "touchend"}  # fmt: skip
_ACTING = {"button", "link", "checkbox", "switch"}
"""Roles that take the focus themselves; others may be moved to with arrows from their container."""
_WHOLE = {"html", "body", "main", "form", "fieldset", "table", "tbody", "thead", "ul", "ol", "dl", "nav", "header", "footer", "section", "article", "dialog"}  # fmt: skip
_LONG = 120
"""So much text is no control but a part of the page that listens for what is in it."""


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """What answers to the mouse, or says that it does."""
    for element in page.elements():
        if not element.is_rendered or element.tag in _WHOLE or element.is_focusable:
            continue
        if (
            element.role in _ACTING
            and element.is_exposed
            and element.tag not in ("label", "option")
        ) or (element.heard & _CLICKS and (_is_told_to_act(element) or _looks_clickable(element))):
            yield element


def _is_told_to_act(element: Element) -> bool:
    return any(element.has(f"on{event}") for event in _CLICKS)


def _looks_clickable(element: Element) -> bool:
    return element.style.get("cursor") == "pointer" or element.tag in ("a", "img", "svg")


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    if element.get("aria-disabled") == "true" or element.has("disabled") or element.has("inert"):
        return None
    if element.tag == "label" or element.closest("label") or element.closest("select"):
        return None
    says_something = element.shown_text or element.name or any(element.elements("img", "svg"))
    is_picture = element.tag in ("img", "svg")
    if not (says_something or is_picture) or len(element.shown_text) > _LONG:
        return None
    around = (e for e in element.ancestors() if e.tag not in ("body", "html"))
    if any(e.is_focusable and e.heard | {e.role} & _ACTING for e in around):
        return None
    if any(inner.is_focusable for inner in element.elements()):
        return None
    return Fault(
        Text(
            "マウスで押せますが、キーボードでは選べません。",
            "A mouse can press it, but the keyboard cannot reach it.",
        )
    )


CHECK = Check(
    id="click-without-keyboard",
    title=Text("キーボードで選べないボタン", "A control that no key reaches"),
    help=Text(
        "押すと何かが起きるものは button、別のページへ行くものは href の付いた a にしてください。",
        "Make it a button where pressing it does something, and a link with an href where it leads "
        "elsewhere.",
    ),
    criteria=("2.1.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<button onclick="go()">開く</button><a href="#a" onclick="go()">手続き</a>',
        '<div onclick="go()"><a href="#a">カード全体が押せる</a><p>詳しい説明</p></div>',
        '<ul onclick="go()"><li><button>消す</button></li></ul>',
        '<div role="button" tabindex="0" onclick="go()" onkeydown="go()">Open</div>',
        '<button><span onclick="go()">Open</span></button>',
        '<label onclick="go()">同意する <input type="checkbox"></label>',
        '<div role="tablist"><div role="tab" tabindex="0" aria-selected="true">一</div>'
        '<div role="tab" tabindex="-1" aria-selected="false" onclick="go()">二</div></div>',
        '<div role="button" aria-disabled="true">送信</div>',
        '<div onclick="close()" style="position: fixed; inset: 0"></div>',
        '<div onclick="go()" hidden>見えない</div>',
        "<p>本文</p><script>document.body.addEventListener('click', () => {});</script>",
    ),
    bad=(
        '<div onclick="go()">開く</div>',
        '<span class="button" id="b" style="cursor: pointer">申し込む</span><script>'
        'document.getElementById("b").addEventListener("click", () => {});</script>',
        '<a onclick="go()">詳しく見る</a>',
        '<img src="" alt="Search" width="20" height="20" onclick="go()">',
        '<div role="button">Send</div>',
        '<p><span ondblclick="go()">Open</span></p>',
        '<span role="link" onclick="go()">地図</span>',
        '<td onclick="go()">Sort</td><p onmousedown="go()" onclick="go()">Sort by name</p>',
    ),
)
