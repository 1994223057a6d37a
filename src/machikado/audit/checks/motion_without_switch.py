"""Moving the device does something, and nothing switches that off (ACT rule c249d5; WCAG 2.2, 2.5.4)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text


def _applies_to(page: Snapshot) -> Iterator[Element]:
    if page.body is not None and page.probes["time"].get("motion"):
        yield page.body


def _expectation(_body: Element, page: Snapshot) -> Fault | None:
    if page.probes["time"]["motion"]["disabled"]:
        return None
    return Fault(
        Text(
            "機器を振ったり傾けたりすると内容が変わり、その働きを切れません。",
            "Shaking or tilting the device changes the page, and that cannot be switched off.",
        )
    )


_TILT = (
    '<p>値 <output id="v">0</output></p><script>let v = 0, off = false; const set = (d) => {'
    ' document.getElementById("v").textContent = v += d; };'
    'addEventListener("deviceorientation", (e) => { if (!off && e.gamma > 20) set(1); });</script>'
)

CHECK = Check(
    id="motion-without-switch",
    title=Text("切れない、動きによる操作", "Operation by motion that cannot be switched off"),
    help=Text(
        "機器の動きに反応しないようにする切り替えを、ページに置いてください。",
        "Put a switch on the page that makes it ignore the motion of the device.",
    ),
    criteria=("2.5.4",),
    act=("c249d5",),
    applies_to=_applies_to,
    expectation=_expectation,
    probes=("time",),
    good=(
        "<p>動きに反応しないページ</p>",
        _TILT
        + '<label><input type="checkbox" onclick="off = this.checked"> 動きで操作しない</label>',
        '<p>Counts only</p><script>let n = 0; addEventListener("devicemotion", () => { n++; });</script>',
    ),
    bad=(_TILT, _TILT + '<button onclick="set(1)">増やす</button>'),
)
