"""A focus stop inside a control that hides its parts (ACT rule 307n5z; WCAG 2.2, 4.1.2)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_ROLES = (
    "button", "checkbox", "graphics-symbol", "img", "image", "math", "menuitemcheckbox",
    "menuitemradio", "meter", "option", "progressbar", "radio", "scrollbar", "separator", "slider",
    "switch", "tab",
)  # fmt: skip
"""Roles whose children are presentational (WAI-ARIA 1.2, 5.2.9): assistive technology skips them."""


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Exposed elements of these roles."""
    for element in page.with_role(*_ROLES):
        if element.is_exposed:
            yield element


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    if not any(part.is_tabbable for part in element.elements()):
        return None
    return Fault(
        Text(
            "ボタンなど1つのものとして読まれる部分の中に、キーボードで止まる所があります。",
            "Inside what is read as one control there is another stop for the keyboard.",
        )
    )


CHECK = Check(
    id="focus-inside-control",
    title=Text("操作できるものの中の、操作できるもの", "A control inside a control"),
    help=Text(
        "リンクやボタンを、外側の操作部品の中から外に出してください。",
        "Move the inner link, button or tabindex out of the control around it.",
    ),
    criteria=("4.1.2",),
    act=("307n5z",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<button><span>申し込む</span></button>",
        "<button><a>no address</a></button>",
        '<a href="/"><span tabindex="0">市役所</span></a>',
        '<div role="checkbox" aria-checked="false" tabindex="0">同意する</div>',
    ),
    bad=(
        '<button><span tabindex="0">開く</span></button>',
        '<p role="checkbox" aria-checked="false" tabindex="0">I agree to the <a href="/t">terms</a></p>',
    ),
)
