"""A label that belongs to no field (WCAG 1.3.1; F68)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._fields import fields
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_LABELABLE = ("input", "select", "textarea", "button", "meter", "progress", "output")


def _applies_to(page: Snapshot) -> Iterator[Element]:
    if any(True for _ in fields(page)):
        yield from (
            e for e in page.elements("label") if e.is_rendered and e.text and not e.in_frame
        )


def _expectation(label: Element, page: Snapshot) -> Fault | None:
    if any(e.tag in _LABELABLE or "-" in e.tag for e in label.elements()) or "click" in label.heard:
        return None
    identity = label.get("id")
    if identity and any(identity in f.get("aria-labelledby").split() for f in page.elements()):
        return None
    wanted = label.get("for")
    found = page.by_id.get(wanted) if wanted else None
    if found is not None and (
        found.tag in _LABELABLE or "-" in found.tag or found.role is not None
    ):
        return None
    return Fault(
        Text(
            f"ラベル「{label.text[:40]}」が、どの欄とも結び付いていません。",
            f"The label “{label.text[:60]}” belongs to no field.",
        )
    )


CHECK = Check(
    id="label-for-nothing",
    title=Text("欄と結び付いていないラベル", "A label without a field"),
    help=Text(
        "label の for に、欄の id と同じ文字を書いてください。",
        "Write the id of the field into the label's for.",
    ),
    criteria=("1.3.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<label for="n">お名前</label><input id="n">',
        "<label>Name<input></label>",
        '<label id="l">Name</label><input aria-labelledby="l">',
    ),
    bad=(
        '<label for="name">お名前</label><input id="n" aria-label="お名前">',
        '<label>Name</label><input title="Name">',
    ),
)
