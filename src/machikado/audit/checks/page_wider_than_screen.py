"""At 320 pixels the page must be scrolled sideways (WCAG 2.2, 1.4.10; failure F102)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_NARROW = 320
_SPARE = 12
"""So many pixels too wide cost nobody a scroll."""
_WIDE_BY_NATURE = {"table", "pre", "code", "img", "svg", "video", "canvas", "iframe", "object", "embed", "math", "map", "figure"}  # fmt: skip


def _applies_to(page: Snapshot) -> Iterator[Element]:
    if page.viewport[0] == _NARROW and page.scroll[0] > _NARROW + _SPARE and page.body:
        yield page.body


def _expectation(_body: Element, page: Snapshot) -> Iterator[Fault]:
    told: set[Element] = set()
    for element in page.elements():
        if not _sticks_out(element) or any(e in told for e in element.ancestors()):
            continue
        told.add(element)
        yield Fault(
            Text(
                "幅320ピクセルの画面（400%の拡大）で右へはみ出し、横にも動かさないと読めません。",
                "On a screen 320 pixels wide (400 % zoom) it sticks out: one must scroll sideways.",
            ),
            element=element,
        )
        if len(told) == 3:
            return


def _sticks_out(element: Element) -> bool:
    box = element.box
    if box is None or box.x >= 4 * _NARROW or not element.is_rendered:
        return False
    runs = [
        r.box for r in element.children if not isinstance(r, Element) and r.text.strip() and r.box
    ]
    if max(b.right for b in (box, *runs)) <= _NARROW + _SPARE:
        return False
    own = bool(runs)
    is_control = element.tag in ("input", "select", "textarea", "button")
    if not own and not is_control:
        return False
    for part in (element, *element.ancestors()):
        if part.tag in ("body", "html"):
            break
        if part.tag in _WIDE_BY_NATURE or part.role in (
            "table",
            "grid",
            "treegrid",
            "toolbar",
            "math",
        ):
            return False
        if (
            part.style.get("overflow-x", "visible") != "visible"
            or part.style.get("position") == "fixed"
        ):
            return False
    return not element.in_frame


CHECK = Check(
    id="page-wider-than-screen",
    title=Text("横にはみ出すページ", "A page wider than the screen"),
    help=Text(
        "幅をピクセルで決めず、max-width: 100% や折り返し（flex-wrap）を使ってください。",
        "Set no width in pixels; use max-width: 100% and let it wrap (flex-wrap).",
    ),
    criteria=("1.4.10",),
    applies_to=_applies_to,
    expectation=_expectation,
    needs_whole_page=True,
    good=(
        "<p>市民課の窓口は平日の午前9時から開いています。</p>",
        '<table style="width: 900px"><tr><th>月</th><td>日程の表は横に長くてよい</td></tr></table>',
        '<div style="overflow-x: auto" tabindex="0"><p style="width: 900px">Scrolls by itself</p></div>',
        '<pre>const address = "a very long line of code that is not wrapped at all, ever, by anybody"</pre>',
        '<p style="position: absolute; left: -9999px; width: 500px">画面の外</p>',
    ),
    bad=(
        '<div style="width: 960px"><p>市民課の窓口は平日の午前9時から開いています。</p></div>',
        '<p style="white-space: nowrap">The counter on the first floor is open from nine to five.</p>',
        '<p style="min-width: 600px">Minimum width</p>',
    ),
)
