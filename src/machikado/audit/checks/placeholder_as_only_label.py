"""A field whose only label is a placeholder (WCAG 3.3.2; 1.3.1)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._fields import fields, labels
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text


def _applies_to(page: Snapshot) -> Iterator[Element]:
    return (f for f in fields(page) if f.is_rendered and f.get("placeholder").strip())


def _expectation(field: Element, page: Snapshot) -> Fault | None:
    named = any(field.get(name).strip() for name in ("aria-label", "title"))
    if named or any(label.text.strip() or label.name for label in labels(field, page)):
        return None
    return Fault(
        Text(
            f"欄の説明が、入力すると消える「{field.get('placeholder')}」しかありません。",
            f"The field has no label but the placeholder “{field.get('placeholder')}”, which "
            "disappears on typing.",
        )
    )


CHECK = Check(
    id="placeholder-as-only-label",
    title=Text("プレースホルダーだけのラベル", "A placeholder as the only label"),
    help=Text("label で欄の名前を付けてください。", "Give the field a label element."),
    criteria=("1.3.1", "3.3.2"),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<label>お名前<input placeholder="例: 広島 太郎"></label>',
        '<input type="search" aria-label="Search" placeholder="Search"><button>Go</button>',
    ),
    bad=(
        '<input placeholder="お名前">',
        '<label></label><textarea placeholder="Your message"></textarea>',
    ),
)
