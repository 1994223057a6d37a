"""The words in an empty field hardly show (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.contrast import colour_of, contrast
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_NEEDED = 4.5
_NEEDED_IF_LARGE = 3.0
_LARGE = 24


def _applies_to(page: Snapshot) -> Iterator[Element]:
    for found in page.probes["pixels"].get("placeholders", ()):
        element = page.element(found["index"])
        if element is not None and element.is_rendered and element.get("placeholder").strip():
            yield element


def _expectation(field: Element, page: Snapshot) -> Fault | None:
    found = next(p for p in page.probes["pixels"]["placeholders"] if p["index"] == field.index)
    front, back = colour_of(found["colour"]), colour_of(found["background"])
    if front is None or back is None:
        return None
    front = (*front[:3], front[3] * found["opacity"])
    ratio = contrast(front, back)
    needed = _NEEDED_IF_LARGE if found["size"] >= _LARGE else _NEEDED
    if ratio >= needed - 0.05:
        return None
    return Fault(
        Text(
            f"空の欄に出る言葉（placeholder）の色が薄すぎます（{ratio:.1f}対1、必要なのは{needed:g}対1）。",
            f"The words in the empty field are too faint ({ratio:.1f}:1, needed {needed:g}:1).",
        )
    )


CHECK = Check(
    id="faint-placeholder",
    title=Text("薄すぎる入力例", "Faint words in an empty field"),
    help=Text(
        "入力例は欄の外に書くか、::placeholder の色を濃くしてください。",
        "Write the hint outside the field, or make the colour of ::placeholder darker.",
    ),
    criteria=("1.4.3",),
    applies_to=_applies_to,
    expectation=_expectation,
    probes=("pixels",),
    good=(
        '<label>氏名 <input placeholder="例: 山田花子"></label>',
        "<style>::placeholder { color: #555 }</style><label>Name <input placeholder='Ann'></label>",
        "<style>::placeholder { color: #ddd }</style><label>氏名 <input placeholder='例' disabled></label>",
    ),
    bad=(
        "<style>::placeholder { color: #bbb }</style><label>氏名 <input placeholder='例'></label>",
        "<style>input::placeholder { color: #000; opacity: 0.3 }</style>"
        "<label>Name <input placeholder='Ann'></label>",
    ),
)
