"""Something appears for the mouse pointer that no key brings up (WCAG 2.2, 2.1.1, 1.4.13)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text


def _applies_to(page: Snapshot) -> Iterator[Element]:
    for hidden in page.probes["hovering"].get("hidden", ()):
        element = page.element(hidden["index"])
        if element is not None and not element.is_rendered and element.text:
            yield element


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    # Said elsewhere to those who do not see: the pointer adds nothing.
    if element.get("aria-hidden") == "true":
        return None
    return Fault(
        Text(
            "マウスを重ねると現れますが、キーボードでは出せません。",
            "It appears under the mouse pointer, but the keyboard cannot bring it up.",
        )
    )


CHECK = Check(
    id="shown-by-mouse-only",
    title=Text("マウスでしか出ない内容", "Shown to the mouse only"),
    help=Text(
        ":hover と同じことを :focus-within にも書くか、ボタンで開くようにしてください。",
        "Write for :focus-within what is written for :hover, or let a button open it.",
    ),
    criteria=("2.1.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    probes=("hovering",),
    good=(
        "<style>ul ul { display: none } li:hover > ul, li:focus-within > ul { display: block }</style>"
        '<ul><li><a href="#a">施設</a><ul><li><a href="#b">図書館</a></li></ul></li></ul>',
        "<style>a:hover { color: red } a:hover span { text-decoration: underline }</style>"
        '<a href="#a"><span>手続き</span></a>',
        "<style>.t { visibility: hidden } button:hover + .t, button:focus + .t { visibility: visible }"
        '</style><button>?</button><span class="t">Help</span>',
        "<style>.m { display: none } nav:hover .m { display: block }</style><nav><button aria-expanded="
        '"false" onclick="go()">Menu</button><div class="m">Parks</div></nav>',
    ),
    bad=(
        "<style>ul ul { display: none } li:hover > ul { display: block }</style>"
        '<ul><li><a href="#a">施設</a><ul><li><a href="#b">図書館</a></li></ul></li></ul>',
        "<style>.t { visibility: hidden } .w:hover .t { visibility: visible }</style>"
        '<p>Fee <span class="w" tabindex="0">?<span class="t">It is free for children.</span></span></p>',
        "<p onmouseover=\"document.getElementById('x').style.display = 'block'\">手数料</p>"
        '<p id="x" style="display: none">一通300円です。</p>',
    ),
)
