"""A home-made control takes the focus but no key (WCAG 2.2, 2.1.1; failure F42)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_BY_ITSELF = {"a", "area", "button", "input", "select", "textarea", "summary", "label", "option", "iframe", "audio", "video", "details"}  # fmt: skip
_KEYS = {"keydown", "keyup", "keypress"}
_POINTING = {"mousedown", "mouseup", "dblclick", "touchstart", "touchend"}


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """What takes the focus and answers to clicks without being a control of HTML."""
    for element in page.elements():
        if element.is_tabbable and element.is_rendered and "click" in element.heard:
            is_link = element.tag in ("a", "area") and not element.has("href")
            if element.tag not in _BY_ITSELF or is_link:
                yield element
        elif (
            element.tag == "button"
            and element.is_tabbable
            and element.is_rendered
            and _answers_to_mouse_only(element)
        ):
            yield element


def _answers_to_mouse_only(button: Element) -> bool:
    """Whether a button listens to the mouse and to nothing that a key sets off (F54)."""
    is_native = button.closest("form") is not None or any(
        button.has(name)
        for name in ("popovertarget", "commandfor", "data-toggle", "data-bs-toggle", "form")
    )
    return (
        not is_native and bool(button.heard & _POINTING) and not button.heard & (_KEYS | {"click"})
    )


def _expectation(element: Element, page: Snapshot) -> Fault | None:
    if element.has("contenteditable") or any(inner.is_focusable for inner in element.elements()):
        return None
    heard = set().union(*(e.heard for e in (element, *element.ancestors())), *page.heard.values())
    if heard & (_KEYS | {"click"} if element.tag == "button" else _KEYS):
        return None
    return Fault(
        Text(
            "キーボードで選べますが、EnterキーやSpaceキーを押しても何も起きません。",
            "The keyboard reaches it, but neither Enter nor Space does anything.",
        )
    )


CHECK = Check(
    id="control-without-key-handling",
    title=Text("キーの効かないボタン", "A control that answers to no key"),
    help=Text(
        "button か、href の付いた a にしてください。そうすればキーが効きます。",
        "Make it a button, or a link with an href: those answer to keys by themselves.",
    ),
    criteria=("2.1.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<button onclick="go()">開く</button>',
        '<button onclick="go()" onmousedown="press()">開く</button>',
        '<div onclick="go()"><button onmousedown="press()">Open</button></div>',
        '<a href="#a" role="button" onclick="go()">開く</a>',
        '<div role="button" tabindex="0" onclick="go()" onkeydown="go()">開く</div>',
        '<div onkeyup="go()"><span tabindex="0" role="button" onclick="go()">Open</span></div>',
        '<div role="button" tabindex="0" onclick="go()">Open</div><script>'
        'document.addEventListener("keydown", () => {});</script>',
        '<div tabindex="0" role="region" aria-label="表"><table><tr><td>1</td></tr></table></div>',
    ),
    bad=(
        '<div role="button" tabindex="0" onclick="go()">開く</div>',
        '<span tabindex="0" onclick="go()">詳しく見る</span>',
        '<a tabindex="0" onclick="go()">More</a>',
        '<button onmousedown="go()">開く</button>',
        '<div role="checkbox" aria-checked="false" tabindex="0" id="c">Agree</div><script>'
        'document.getElementById("c").addEventListener("click", () => {});</script>',
    ),
)
