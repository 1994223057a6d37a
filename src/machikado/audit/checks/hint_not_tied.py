"""A hint beside a field that screen readers do not connect with it (WCAG 1.3.1; ARIA1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._fields import is_described_by, nearest_field
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_HINT = re.compile(r"(?:^|[-_\s])(?:hint|help|helper|instructions?|note|description)(?:[-_\s]?text)?(?:$|[-_\s])", re.I)  # fmt: skip


def _applies_to(page: Snapshot) -> Iterator[Element]:
    for element in page.elements("p", "span", "div", "small"):
        if not element.is_rendered or not element.text or element.role in ("alert", "status"):
            continue
        if not _HINT.search(f"{element.get('class')} {element.get('id')}"):
            continue
        if next(element.elements("input", "select", "textarea", "button", "a"), None) is None:
            yield element


def _expectation(hint: Element, page: Snapshot) -> Fault | None:
    field = nearest_field(hint, page)
    if field is None or not field.is_rendered or is_described_by(field, hint, page):
        return None
    if field.get("type").lower() in ("radio", "checkbox"):
        return None
    return Fault(
        Text(
            f"説明「{hint.text[:40]}」が、欄と結び付いていません。",
            f"The hint “{hint.text[:60]}” is not tied to its field.",
        )
    )


CHECK = Check(
    id="hint-not-tied",
    title=Text("欄と結び付いていない説明", "A hint not tied to its field"),
    help=Text(
        "説明に id を付け、欄の aria-describedby にその id を書いてください。",
        "Give the hint an id and name it in the field's aria-describedby.",
    ),
    criteria=("1.3.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<div><label>番号<input aria-describedby="h"></label><span class="hint" id="h">数字8けた</span></div>',
        '<div><label>Number <span class="hint">8 figures</span><input></label></div>',
        '<p class="note">お問い合わせは窓口へ</p>',
    ),
    bad=(
        '<div><label for="n">番号</label><span class="hint">数字8けた</span><input id="n"></div>',
        '<div><label for="n">Number</label><input id="n"><p class="help-text">8 figures</p></div>',
    ),
)
