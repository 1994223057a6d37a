"""A role that takes away what an element means (WCAG 1.3.1; F92)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_MEANT = ("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "blockquote", "fieldset")


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Headings, lists, quotations and groups with `role="presentation"`."""
    for element in page.elements(*_MEANT):
        is_taken = element.get("role").strip().lower() in ("presentation", "none")
        if (
            is_taken
            and element.role in (None, "none", "presentation")
            and element.is_rendered
            and element.text
        ):
            yield element


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    # The list of a menu or of tabs is none, where its items have roles of their own.
    inner = [e for part in element.parts for e in (part, *part.parts)]
    is_widget = any(e.get("role") not in ("", "presentation", "none", "listitem") for e in inner)
    if is_widget or element.inside("menu", "menubar", "tablist", "toolbar", "tree", "listbox"):
        return None
    return Fault(
        Text(
            f'<{element.tag}> の意味が、role="{element.get("role")}" で失われています。',
            f'role="{element.get("role")}" takes away what <{element.tag}> means.',
        )
    )


CHECK = Check(
    id="meaning-taken-away",
    title=Text("role で失われた意味", "Meaning taken away by a role"),
    help=Text("role を消してください。", "Remove the role."),
    criteria=("1.3.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<h2>手数料</h2><ul><li>無料</li></ul>",
        '<ul role="presentation"><li role="tab" aria-selected="true">一</li></ul>',
        '<div role="presentation"><h2>手数料</h2></div>',
    ),
    bad=(
        '<h2 role="presentation">手数料</h2>',
        '<ul role="none"><li>身分証明書</li><li>印鑑</li></ul>',
    ),
)
