"""A name on an element that cannot have one: nobody hears it (ACT kb1m8s; WAI-ARIA 1.2, 5.2.8.6)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text, Weight

_NAMES = ("aria-label", "aria-labelledby", "aria-braillelabel")
_DESCRIPTIONS = ("aria-roledescription", "aria-brailleroledescription")
_NAMELESS_ROLES = {
    "caption", "code", "definition", "deletion", "emphasis", "generic", "insertion", "mark",
    "none", "paragraph", "presentation", "strong", "subscript", "suggestion", "superscript",
    "term", "time",
}  # fmt: skip
_NAMELESS_TAGS = {
    "b", "bdi", "bdo", "big", "caption", "code", "data", "del", "dfn", "div", "em", "i", "ins",
    "kbd", "mark", "p", "pre", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "tt",
    "u", "var",
}  # fmt: skip
"""Elements whose role, by HTML AAM 1.0, prohibits a name as long as no other role is given."""


def _written(element: Element) -> list[str]:
    return [a for a in (*_NAMES, *_DESCRIPTIONS) if element.get(a).strip()]


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Exposed elements with an attribute that names them."""
    for element in page.elements():
        if element.is_exposed and _written(element) and not element.in_frame:
            yield element


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    given = element.get("role").split()
    if given:
        is_nameless = given[0] in _NAMELESS_ROLES
        # With a name, a global attribute, the role is not none after all (presentational conflict).
        if given[0] in ("none", "presentation") and any(element.get(a).strip() for a in _NAMES):
            is_nameless = False
    else:
        is_nameless = element.tag in _NAMELESS_TAGS and not element.is_focusable
    wrong = _written(element) if is_nameless else []
    if not wrong or element.has("contenteditable") or element.has("popover"):
        return None
    return Fault(
        Text(
            f"ここに書いた {wrong[0]} は、読み上げられないことがあります。",
            f"{wrong[0]} is not allowed here, and many screen readers say nothing of it.",
        )
    )


CHECK = Check(
    id="aria-where-nothing-is-said",
    title=Text("読み上げられない場所に付けた名前", "A name where none is allowed"),
    help=Text(
        "言葉は文字として書くか、role を付けた要素（img、group など）に名前を付けてください。",
        "Write the words as text, or name an element that has a role (img, group and so on).",
    ),
    criteria=("4.1.2",),
    act=("kb1m8s", "5c01ea"),
    weight=Weight.WARNING,
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<div aria-live="polite">受付中</div>',
        '<div role="group" aria-label="申請の種類">…</div>',
        '<section aria-label="お知らせ"><p>本文</p></section>',
        '<div tabindex="0" aria-label="Results">…</div>',
    ),
    bad=(
        '<div aria-label="もと100円、いま1円"><s>100円</s> <b>1円</b></div>',
        '<p aria-label="I like bananas">🍌</p>',
        '<span aria-roledescription="card">a</span>',
    ),
)
