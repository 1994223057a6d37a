"""Words drawn on a canvas, or in a hidden drawing, that nothing repeats (ACT rule e88epe; WCAG 2.2, 1.1.1)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._images import plain
from machikado.audit.snapshot import Element, Snapshot, TextRun
from machikado.vocabulary import Text


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Canvases that text was drawn on and that have no name and nothing inside."""
    for canvas in page.elements("canvas"):
        if canvas.is_rendered and plain(str(canvas.more.get("drawn", ""))):
            yield canvas
    yield from (svg for svg in page.elements("svg") if _is_hidden_text(svg))


def _is_hidden_text(svg: Element) -> bool:
    """Whether a drawing shows several words, is kept from screen readers and holds nothing else."""
    if any(text.is_exposed for text in svg.elements("text", "tspan")):
        return False
    return (
        svg.is_rendered
        and len(_drawn(svg).split()) >= 2
        and svg.inside("link", "button", "img", "figure") is None
    )


def _drawn(drawing: Element) -> str:
    if drawing.tag == "canvas":
        return str(drawing.more.get("drawn", ""))
    return " ".join(text.shown_text for text in drawing.elements("text"))


def _expectation(canvas: Element, page: Snapshot) -> Fault | None:
    drawn = _drawn(canvas)
    if canvas.tag == "svg":
        return None if _is_told(canvas, drawn, page) else _fault(drawn)
    has_other_form = canvas.name or canvas.text or canvas.get("aria-describedby")
    in_named = canvas.inside("link", "button", "img", "figure")
    if has_other_form or (in_named and in_named.name) or plain(drawn) in plain(page.text):
        return None
    # The labels of a chart whose figures stand in a table beside it.
    if any(table.is_exposed for table in page.elements("table")):
        return None
    return _fault(drawn)


def _is_told(svg: Element, drawn: str, page: Snapshot) -> bool:
    """Whether any of the longer words is told elsewhere, or a table beside it may be the same."""
    if any(table.is_exposed for table in page.elements("table")):
        return True
    inside = set(svg.runs())
    told = plain(
        " ".join(
            run.text
            for e in page.elements()
            if e.is_exposed
            for run in e.children
            if isinstance(run, TextRun) and run not in inside
        )
    )
    told += plain(" ".join(e.name or "" for e in page.elements() if e.is_exposed))
    return any(plain(word) in told for word in drawn.split() if len(plain(word)) > 2)


def _fault(drawn: str) -> Fault:
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
        '<svg width="200" height="40"><text y="20">Closed on Monday</text></svg>',
        '<p>Closed on Mondays</p><svg aria-hidden="true" width="200" height="40"><text y="20">Closed on Monday</text></svg>',
        '<svg role="none" width="200" height="40"><text y="20">Closed on Monday</text></svg>',
        '<svg aria-hidden="true" width="20" height="20"><text y="15">¥</text></svg>',
    ),
    bad=(
        _canvas(""),
        "<p>Library</p>" + _canvas(""),
        '<p>Library</p><svg aria-hidden="true" width="200" height="40"><text y="20">Closed on Monday</text></svg>',
    ),
)
