"""Something moves or blinks without end, and nothing stops it (WCAG 2.2, 2.2.2; failures F4, F16)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from machikado.audit.check import Check, Fault, doubt
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_MOVES = {"transform", "translate", "left", "right", "top", "bottom", "marginLeft", "marginTop", "rotate", "scale", "backgroundPosition"}  # fmt: skip
_BLINKS = {"opacity", "visibility", "color", "backgroundColor"}
_SMALL = 64 * 64
"""Square pixels: a spinner, not content."""


def _moving(page: Snapshot) -> Iterator[tuple[Element, Mapping[str, Any]]]:
    for move in page.probes["time"].get("moving", ()):
        element = page.element(move["index"])
        if element is not None and set(move["properties"]) & (_MOVES | _BLINKS):
            yield element, move


def _applies_to(page: Snapshot) -> Iterator[Element]:
    return (element for element, _ in _moving(page))


def _expectation(element: Element, page: Snapshot) -> Fault | None:
    move = next(m for e, m in _moving(page) if e is element)
    around = (element, *element.ancestors())
    is_waiting = any(e.role == "progressbar" or e.get("aria-busy") == "true" for e in around)
    if is_waiting or (not move["text"] and move["area"] < _SMALL):
        return None
    if move["canPause"]:
        return doubt(
            "ずっと動いている部分です。止めるボタンは、この部分に効きますか。",
            "This moves without end. Does the button on the page stop it?",
        )
    if not move["text"] and not any(element.elements("img")) and element.tag != "img":
        return doubt(
            "ずっと動いている部分です。内容を伝えるもので、気が散りませんか。",
            "This moves without end. Does it tell something, or distract?",
        )
    return Fault(
        Text(
            "ずっと動いたり点滅したりして、止める方法がありません。",
            "It moves or blinks without end, and there is no way to stop it.",
        )
    )


CHECK = Check(
    id="endless-motion",
    title=Text("止められない動き", "Motion that cannot be stopped"),
    help=Text(
        "動きを5秒以内に終えるか、止めるボタンを付けてください。",
        "Let it end within five seconds, or add a button that stops it.",
    ),
    criteria=("2.2.2",),
    applies_to=_applies_to,
    expectation=_expectation,
    probes=("time",),
    good=(
        "<p>動かない文字</p>",
        "<style>@keyframes f { from { opacity: 0 } } p { animation: f 1s }</style><p>現れる文字</p>",
        "<style>@keyframes s { to { transform: rotate(360deg) } } .s { animation: s 1s infinite; "
        "width: 24px; height: 24px; border: 2px solid }</style><div class='s'></div>",
        "<style>@keyframes b { 50% { opacity: 0 } } .b { animation: b 1s infinite }</style>"
        "<p class='b'>News</p><button onclick=\"document.querySelector('.b').className = ''\">Pause</button>",
    ),
    bad=(
        "<style>@keyframes b { 50% { opacity: 0 } } .b { animation: b 1s infinite }</style>"
        "<p class='b'>緊急のお知らせ</p>",
        '<div style="overflow: hidden; white-space: nowrap"><p id="q">Council meeting on Monday</p></div><script>let x = 300;'
        'setInterval(() => { x = x < -300 ? 300 : x - 2; q.style.marginLeft = x + "px"; }, 30);</script>',
        "<style>@keyframes m { to { transform: translateX(-100%) } } .m { animation: m 10s linear "
        "infinite }</style><div class='m'>Council meeting on Monday</div>",
    ),
)
