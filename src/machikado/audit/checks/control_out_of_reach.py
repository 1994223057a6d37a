"""A button that Tab passes over (WCAG 2.1.1)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_MOVED_IN = (
    "toolbar", "tablist", "menu", "menubar", "listbox", "grid", "treegrid", "tree", "radiogroup", "combobox",
    "row", "gridcell", "option", "slider", "spinbutton", "feed", "application", "carousel",
)  # fmt: skip
"""In these, arrows move the focus, or a key does what the button does."""


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Buttons taken out of the order of Tab, outside widgets that arrows move in."""
    for element in page.elements("button", "input", "select", "textarea"):
        if element.tag == "input" and element.get("type").lower() == "hidden":
            continue
        if element.get("tabindex").strip() != "-1" or not (
            element.is_rendered and element.is_exposed
        ):
            continue
        if element.has("disabled") or element.in_frame or element.inside(*_MOVED_IN):
            continue
        yield element


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    if element.role in (
        "tab",
        "radio",
        "menuitem",
        "option",
        "treeitem",
        "menuitemradio",
        "menuitemcheckbox",
    ):
        return None
    around = [
        e for e in list(element.ancestors())[:4] if e.tag not in ("html", "body", "main", "form")
    ]
    # A field beside it may do the same with keys: the arrow of a combobox, the steps of a number.
    if any(e.is_tabbable or any(inner.is_tabbable for inner in e.elements()) for e in around[:2]):
        return None
    return Fault(
        Text(
            'マウスでは押せますが、Tabキーでは選べません（tabindex="-1"）。',
            'A mouse can press it, but Tab passes over it (tabindex="-1").',
        )
    )


CHECK = Check(
    id="control-out-of-reach",
    title=Text("Tabキーで選べない部品", "A control that Tab passes over"),
    help=Text('tabindex="-1" を消してください。', 'Remove tabindex="-1".'),
    criteria=("2.1.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<button>開く</button>",
        '<div role="tablist"><button role="tab" aria-selected="true">一</button>'
        '<button role="tab" aria-selected="false" tabindex="-1">二</button></div>',
        '<div><label>駅 <input role="combobox" aria-expanded="false"></label>'
        '<button tabindex="-1" aria-label="一覧">▼</button></div>',
        '<button tabindex="-1" disabled>開く</button>',
    ),
    bad=('<p><button tabindex="-1" onclick="go()">開く</button></p>',),
)
