"""Underlined text that is no link (WCAG 1.3.1, advisory)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text, Weight

_BLUES = ("rgb(0, 0, 238)", "rgb(0, 0, 255)", "rgb(29, 112, 184)", "rgb(5, 99, 193)", "rgb(17, 85, 204)")  # fmt: skip
"""Blues of links: of browsers, pure blue, GOV.UK, office software."""


def _applies_to(page: Snapshot) -> Iterator[Element]:
    for element in page.elements("span", "u", "b", "strong", "em", "font", "p", "div"):
        if element.is_rendered and "underline" in element.style.get("text-decoration-line", ""):
            yield element


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    if element.style.get("color") not in _BLUES or not element.text or element.heard:
        return None
    is_live = element.role in ("link", "button") or element.inside("link", "button", "heading")
    if is_live or any(e.role == "link" for e in element.elements()):
        return None
    return Fault(
        Text(
            f"「{element.text[:40]}」は青字に下線でリンクに見えますが、リンクではありません。",
            f"“{element.text[:40]}” is blue and underlined like a link but is none.",
        )
    )


CHECK = Check(
    id="text-that-looks-like-link",
    title=Text("リンクに見える文字", "Text that looks like a link"),
    help=Text(
        "リンクにするか、青字と下線をやめてください。",
        "Make it a link, or do without blue and underline.",
    ),
    criteria=("1.3.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<p><u>締め切りは金曜日</u></p>",
        '<p><a href="/a/"><span style="color:#00f;text-decoration:underline">地図</span></a></p>',
    ),
    bad=(
        '<p><span style="color:#00f;text-decoration:underline">地図を見る</span></p>',
        '<p>See the <u style="color:blue">opening hours</u>.</p>',
    ),
    weight=Weight.WARNING,
)
