"""Text whose size follows the window, so that enlarging the page does not enlarge it (WCAG 1.4.4; F94)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_LARGE = 30.0
"""Letters of so many pixels may shrink where there is less room: they stay larger than the text."""


def _applies_to(page: Snapshot) -> Iterator[Element]:
    for text in page.probes["zoom"].get("unmoved", ()):
        element = page.element(text["index"])
        if element is not None and element.is_rendered and text["size"][1] < _LARGE:
            yield element


def _expectation(_element: Element, _page: Snapshot) -> Fault:
    return Fault(
        Text(
            "画面を200%に拡大しても、文字が大きくなりません。",
            "Enlarging the page to 200 % does not enlarge this text.",
        )
    )


CHECK = Check(
    id="text-that-does-not-grow",
    title=Text("拡大しても大きくならない文字", "Text that does not grow"),
    help=Text(
        "文字の大きさを vw や vh だけで決めず、rem で書くか、calc(1rem + 0.5vw) のように足してください。",
        "Do not size text by vw or vh alone: use rem, or add to it as in calc(1rem + 0.5vw).",
    ),
    criteria=("1.4.4",),
    applies_to=_applies_to,
    expectation=_expectation,
    probes=("zoom",),
    good=(
        "<p style='font-size: 1rem'>ふつうの文字の大きさです。</p>",
        "<p style='font-size: calc(1rem + 0.5vw)'>少しだけ変わる大きさです。</p>",
        "<style>h1 { font-size: 4rem } @media (max-width: 700px) { h1 { font-size: 2rem } }</style><h1>見出しの文字</h1>",
    ),
    bad=("<p style='font-size: 1.6vw'>窓に合わせて変わる大きさです。</p>",),
)
