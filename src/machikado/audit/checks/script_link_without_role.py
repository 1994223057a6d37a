"""Text that a script turns into a link (WCAG F42, F59: 1.3.1, 2.1.1, 4.1.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_MOVES = re.compile(r"\blocation\b\s*(?:\.href\s*)?=|location\.(?:assign|replace)\(|window\.open\(")
_REAL = ("a", "area", "button", "input", "select", "textarea", "option", "label", "summary", "form", "body")  # fmt: skip


def _applies_to(page: Snapshot) -> Iterator[Element]:
    for element in page.elements():
        if (
            element.is_rendered
            and element.tag not in _REAL
            and _MOVES.search(element.get("onclick"))
        ):
            yield element


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    if element.get("role") in ("link", "button", "menuitem", "tab", "option"):
        return None
    if element.closest("a", "button") or any(e.role == "link" for e in element.elements()):
        return None
    return Fault(
        Text(
            f"「{element.text[:40]}」は押すとページが移りますが、リンクとして作られていません。",
            f"“{element.text[:40]}” leads elsewhere when clicked but is not made as a link.",
        )
    )


CHECK = Check(
    id="script-link-without-role",
    title=Text("リンクでない要素で作ったリンク", "A link made of a script"),
    help=Text(
        '<a href="…"> のリンクにしてください。キーボードでも、読み上げでも使えます。',
        "Make it a real link (an a element with href): keyboards and screen readers know it.",
    ),
    criteria=("1.3.1", "2.1.1", "4.1.2"),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<p><a href="/map/">地図</a></p>',
        '<p><span role="link" tabindex="0" onclick="location=\'/map/\'">地図</span></p>',
        '<div onclick="location=\'/map/\'"><a href="/map/">地図</a><p>カード全体を押せる</p></div>',
        '<p onclick="count()">地図</p>',
    ),
    bad=(
        "<p><span onclick=\"location.href='/map/'\">地図</span></p>",
        "<p>See the <u onclick=\"window.open('/map/')\">map</u>.</p>",
    ),
)
