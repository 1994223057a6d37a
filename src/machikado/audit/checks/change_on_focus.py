"""Getting the focus alone sets something off, or loses it again (WCAG 2.2, 3.2.1, 2.1.1; F55)."""

from __future__ import annotations

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_SAID = {
    "blur": Text(
        "キーボードで選んでも、すぐに外されてしまいます。",
        "When the keyboard reaches it, the page takes the focus away at once.",
    ),
    "window": Text(
        "キーボードで選んだだけで、新しいウィンドウが開きます。",
        "A new window opens as soon as the keyboard reaches it.",
    ),
    "leave": Text(
        "キーボードで選んだだけで、別のページへ移ります。",
        "The page is left as soon as the keyboard reaches it.",
    ),
    "submit": Text(
        "キーボードで選んだだけで、フォームが送られます。",
        "The form is sent as soon as the keyboard reaches it.",
    ),
}


def _deeds(page: Snapshot) -> dict[Element, str]:
    found: dict[Element, str] = {}
    for deed in page.probes["keyboard"].get("deeds", ()):
        if element := page.element(deed["index"]):
            found.setdefault(element, deed["deed"])
    return found


CHECK = Check(
    id="change-on-focus",
    title=Text("選んだだけで起きる変化", "A change as soon as it gets the focus"),
    help=Text(
        "focus のときの仕掛けを外し、押したときに働くようにしてください。",
        "Take the script off focus, and let it work when the control is pressed.",
    ),
    criteria=("3.2.1",),
    applies_to=lambda page: _deeds(page),
    expectation=lambda element, page: Fault(_SAID[_deeds(page)[element]]),
    probes=("keyboard",),
    good=(
        '<a href="#a" onfocus="this.title = 1">手続き</a><button>開く</button>',
        '<p>飾り</p><input aria-label="Search" onfocus="this.value = 2"><a href="#b">Next</a>',
        "<button onclick=\"open('/x')\">別のウィンドウで開く</button>",
    ),
    bad=(
        '<a href="#a" onfocus="this.blur()">手続き</a><a href="#b">施設</a>',
        '<p><a href="#a">一</a> <input aria-label="Help" onfocus="window.open(\'/help\')"></p>',
        '<button onfocus="location.href = \'/elsewhere\'">Map</button><a href="#b">Next</a>',
        '<form action="/s"><input aria-label="Code"><button onfocus="this.form.requestSubmit()">送る'
        "</button></form>",
    ),
)
