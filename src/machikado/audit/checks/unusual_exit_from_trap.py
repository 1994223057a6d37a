"""The focus leaves only by a key that nobody tries unless told (ACT rule a1b64e; WCAG 2.2, 2.1.2)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._walk import traps
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text, Weight


def _applies_to(page: Snapshot) -> Iterator[Element]:
    return (element for element, trap in traps(page) if trap["documented"])


def _expectation(element: Element, page: Snapshot) -> Fault:
    key = next(trap["documented"] for at, trap in traps(page) if at is element)
    return Fault(
        Text(
            f"ここから出られるのは {key} だけで、ふつうのキーでは出られません。",
            f"Only {key} leads out of here; the usual keys do not.",
        )
    )


CHECK = Check(
    id="unusual-exit-from-trap",
    title=Text("特別なキーでしか抜け出せない部分", "Left only by a special key"),
    help=Text(
        "できるだけ、TabキーかEscキーで出られるようにしてください。",
        "Let the Tab key or Esc lead out, if you can.",
    ),
    criteria=("2.1.2",),
    act=("a1b64e",),
    weight=Weight.STYLE,
    applies_to=_applies_to,
    expectation=_expectation,
    probes=("keyboard",),
    good=(
        '<a href="#a">手続き</a><button>申し込む</button>',
        "<label>Code <textarea onkeydown=\"if (event.key === 'Escape') this.blur()\"></textarea>"
        "</label>",
    ),
    bad=(
        '<p>地図から出るには Ctrl+K を押します。</p><button id="m">地図</button><a href="#b">次</a>'
        '<script>const m = document.getElementById("m"); m.addEventListener("keydown", (e) => {'
        ' if (e.key === "Tab") e.preventDefault();'
        ' if (e.ctrlKey && e.key === "k") document.querySelector("a").focus(); });</script>',
    ),
)
