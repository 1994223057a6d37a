"""Words drawn on a canvas that nothing repeats (ACT rule e88epe; WCAG 2.2, 1.1.1)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._images import plain
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Canvases that text was drawn on and that have no name and nothing inside."""
    for canvas in page.elements("canvas"):
        if canvas.is_rendered and plain(str(canvas.more.get("drawn", ""))):
            yield canvas


def _expectation(canvas: Element, page: Snapshot) -> Fault | None:
    drawn = str(canvas.more["drawn"])
    has_other_form = canvas.name or canvas.text or canvas.get("aria-describedby")
    in_named = canvas.inside("link", "button", "img", "figure")
    if has_other_form or (in_named and in_named.name) or plain(drawn) in plain(page.text):
        return None
    # The labels of a chart whose figures stand in a table beside it.
    if any(table.is_exposed for table in page.elements("table")):
        return None
    return Fault(
        Text(
            f"描いた文字「{drawn[:60]}」は、読み上げでは伝わりません。",
            f"The words “{drawn[:60]}” are drawn, and screen readers cannot read them.",
        )
    )


def _canvas(attributes: str, inside: str = "") -> str:
    return (
        f'<canvas id="c" {attributes}>{inside}</canvas>'
        '<script>c.getContext("2d").fillText("本日休館", 5, 20)</script>'
    )


CHECK = Check(
    id="text-drawn-on-canvas",
    title=Text("読めない、描かれた文字", "Words drawn on a canvas"),
    help=Text(
        "同じ内容を文字で書くか、canvas に role=img と aria-label を付けてください。",
        "Write the same as text, or give the canvas role=img and an aria-label.",
    ),
    criteria=("1.1.1",),
    act=("e88epe",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        _canvas('role="img" aria-label="本日休館"'),
        _canvas("", "本日休館"),
        "<p>本日休館</p>" + _canvas(""),
        "<canvas></canvas>",
    ),
    bad=(_canvas(""), "<p>Library</p>" + _canvas("")),
)
