"""Only moving the device does something (ACT rule 7677a9; WCAG 2.2, 2.5.4)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text


def _applies_to(page: Snapshot) -> Iterator[Element]:
    if page.body is not None and page.probes["time"].get("motion"):
        yield page.body


def _expectation(_body: Element, page: Snapshot) -> Fault | None:
    if page.probes["time"]["motion"]["control"]:
        return None
    return Fault(
        Text(
            "機器を振ったり傾けたりしないとできない操作があり、代わりのボタンがありません。",
            "Something is done only by shaking or tilting the device; no button does the same.",
        )
    )


_TILT = (
    '<p>値 <output id="v">0</output></p><script>let v = 0; const set = (d) => {'
    ' document.getElementById("v").textContent = v += d; };'
    'addEventListener("devicemotion", (e) => { if (e.rotationRate.gamma > 5) set(1); });</script>'
)

CHECK = Check(
    id="motion-without-control",
    title=Text("動きでしかできない操作", "Operation by motion alone"),
    help=Text(
        "同じことができるボタンや入力欄を、ページに置いてください。",
        "Put a button or a field on the page that does the same.",
    ),
    criteria=("2.5.4",),
    act=("7677a9",),
    applies_to=_applies_to,
    expectation=_expectation,
    probes=("time",),
    good=(
        "<p>動きに反応しないページ</p>",
        _TILT + '<button onclick="set(1)">増やす</button>',
        _TILT + '<label>Value <input type="number" value="0"></label>',
    ),
    bad=(_TILT, _TILT + "<button>Search</button>"),
)
