"""Text is cut off at 200 % (ACT rule 59br37; WCAG 2.2, 1.4.4; failure F69)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault, doubt
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text


def _applies_to(page: Snapshot) -> Iterator[Element]:
    for cut in page.probes["zoom"].get("enlarged", ()):
        element = page.element(cut["index"])
        if element is not None and element.is_rendered:
            yield element


def _expectation(element: Element, page: Snapshot) -> Fault:
    cut = next(c for c in page.probes["zoom"]["enlarged"] if c["index"] == element.index)
    if cut["more"] or (cut["axis"] == "across" and cut["ellipsis"]):
        return doubt(
            "200%に拡大すると文字が途中で切れます。全文は、ほかの場所や、リンクやボタンの先で読めますか。",
            "At 200 % text is cut off here. Can all of it be read elsewhere, or behind a link or button?",
        )
    return Fault(
        Text(
            "200%に拡大すると、文字が途中で切れて読めません。",
            "At 200 % text is cut off here and cannot be read.",
        )
    )


CHECK = Check(
    id="text-cut-off-when-enlarged",
    title=Text("拡大すると切れる文字", "Text cut off when enlarged"),
    help=Text(
        "高さや幅を決める指定と「overflow: hidden」を外し、文字に合わせて広がるようにしてください。",
        "Take off the fixed height or width and “overflow: hidden”, so that it grows with its text.",
    ),
    criteria=("1.4.4",),
    act=("59br37",),
    applies_to=_applies_to,
    expectation=_expectation,
    probes=("zoom",),
    good=(
        '<div style="overflow: hidden">市民課の窓口は平日の午前9時から開いています。</div>',
        '<div style="overflow: auto; height: 20px" tabindex="0">A long story<br>of many<br>lines</div>',
        '<p style="height: 20px">市民課の窓口は<br>平日の<br>午前9時から</p>',
        '<span style="position: absolute; width: 1px; height: 1px; overflow: hidden">読み上げだけの言葉</span>',
        '<div style="height: 0; overflow: hidden"><p>閉じている答え</p></div>',
        '<div style="line-height: 20px; font-size: 16px">行の高さが決まっていても切れない</div>',
        # Shortened on purpose, and said to be: a question.
        '<p style="white-space: nowrap; overflow: hidden; text-overflow: ellipsis">'
        + "手続きの" * 60
        + "</p>",
        '<div style="height: 20px; overflow: hidden" aria-hidden="true">飾り<br>飾り</div>',
    ),
    bad=(
        '<div style="height: 20px; overflow: hidden">市民課の窓口は<br>平日の<br>午前9時から</div>',
        "<style>@media (max-width: 700px) { .n { height: 24px; overflow: hidden; width: 200px } }"
        '</style><p class="n">Applications are accepted at the counter on the first floor of the '
        "city hall, from nine in the morning until five in the afternoon.</p>",
        '<p style="white-space: nowrap; overflow: hidden">' + "手続きの" * 60 + "</p>",
        '<p style="height: 10px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis">手続きの案内</p>',
    ),
)
