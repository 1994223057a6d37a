"""Text is cut off when readers space it out (WCAG 2.2, 1.4.12; failure F104)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault, doubt
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text


def _applies_to(page: Snapshot) -> Iterator[Element]:
    zoom = page.probes["zoom"]
    already = {cut["index"] for cut in zoom.get("plain", ())}
    for cut in zoom.get("spaced", ()):
        element = page.element(cut["index"])
        if element is not None and element.is_rendered and cut["index"] not in already:
            yield element


def _expectation(element: Element, page: Snapshot) -> Fault:
    cut = next(c for c in page.probes["zoom"]["spaced"] if c["index"] == element.index)
    if cut["more"] and cut["axis"] == "across":
        return doubt(
            "字や行の間隔を広げると文字が切れます。全文を読む方法がそばにありますか。",
            "With wider spacing text is cut off here. Is there a way beside it to read all of it?",
        )
    return Fault(
        Text(
            "字や行の間隔を広げると、文字が途中で切れて読めません。",
            "With wider spacing of letters and lines, text is cut off here and cannot be read.",
        )
    )


CHECK = Check(
    id="text-cut-off-when-spaced",
    title=Text("間隔を広げると切れる文字", "Text cut off when spaced out"),
    help=Text(
        "高さを決める指定と「overflow: hidden」を外し、文字に合わせて広がるようにしてください。",
        "Take off the fixed height and “overflow: hidden”, so that it grows with its text.",
    ),
    criteria=("1.4.12",),
    applies_to=_applies_to,
    expectation=_expectation,
    probes=("zoom",),
    good=(
        "<p>市民課の窓口は平日の午前9時から開いています。</p>",
        '<div style="overflow: hidden; min-height: 20px">The library opens at nine.</div>',
        '<p style="line-height: 18px; font-size: 16px">'
        + "行の高さを決めても切れない。" * 20
        + "</p>",
    ),
    bad=(
        '<div style="width: 300px; height: 40px; line-height: 20px; overflow: hidden; font-size: '
        '16px">市民課の窓口は平日の午前9時から午後5時までです</div>',
        '<div style="width: 240px; height: 38px; line-height: 1.15; overflow: hidden; font-size: '
        '16px">The library opens at nine on weekdays, eight else.</div>',
    ),
)
