"""Choices that belong together but are not grouped, or under no name (WCAG 1.3.1, 3.3.2; H71)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from machikado.audit.check import Check, Fault
from machikado.audit.checks._fields import fields, group_name
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text


@lru_cache(maxsize=2)
def _choices(page: Snapshot) -> dict[Element, int]:
    """The first of each set of radio buttons or check boxes, with how many there are."""
    found: dict[tuple[object, ...], list[Element]] = defaultdict(list)
    for field in fields(page):
        kind = field.get("type").lower()
        if kind in ("radio", "checkbox") and field.is_exposed and field.get("name"):
            found[kind, field.get("name"), field.closest("form")].append(field)
    return {several[0]: len(several) for several in found.values() if len(several) > 1}


def _ungrouped(field: Element, page: Snapshot) -> Fault | None:
    if group_name(field) is not None:
        return None
    count = _choices(page)[field]
    return Fault(
        Text(
            f"{count}つの選択肢が、何の選択肢かを伝える名前の下にまとめられていません。",
            f"{count} choices belong together but are not in a group that tells what they are about.",
        )
    )


def _fieldsets(page: Snapshot) -> Iterator[Element]:
    for fieldset in page.elements("fieldset"):
        holds = any(field.closest("fieldset") is fieldset for field in fields(page))
        if holds and fieldset.is_exposed and fieldset.role == "group":
            yield fieldset


def _unnamed(fieldset: Element, _page: Snapshot) -> Fault | None:
    legend = next((part for part in fieldset.parts if part.tag == "legend"), None)
    if (fieldset.name or "").strip() or (legend is not None and legend.text):
        return None
    return Fault(
        Text(
            "欄のまとまり（fieldset）に名前（legend）がありません。",
            "A group of fields (fieldset) has no name (legend).",
        )
    )


_HELP = Text(
    "fieldset で囲み、最初に legend で質問を書いてください。",
    "Put them into a fieldset that begins with a legend with the question.",
)

CHECKS = (
    Check(
        id="choices-without-group",
        title=Text("まとめられていない選択肢", "Choices without a group"),
        help=_HELP,
        criteria=("1.3.1",),
        applies_to=_choices,
        expectation=_ungrouped,
        good=(
            '<fieldset><legend>性別</legend><label><input type="radio" name="s">女性</label>'
            '<label><input type="radio" name="s">男性</label></fieldset>',
            '<div role="radiogroup" aria-label="Colour"><label><input type="radio" name="c">Red</label>'
            '<label><input type="radio" name="c">Blue</label></div>',
            '<label><input type="checkbox" name="ok">同意する</label>',
        ),
        bad=(
            '<p>性別</p><label><input type="radio" name="s">女性</label><label><input type="radio" name="s">男性</label>',
            '<p>Colour</p><label><input type="checkbox" name="c">Red</label><label><input type="checkbox" name="c">Blue</label>',
        ),
    ),
    Check(
        id="fieldset-without-legend",
        title=Text("名前のないまとまり", "A fieldset without a legend"),
        help=_HELP,
        criteria=("1.3.1",),
        applies_to=_fieldsets,
        expectation=_unnamed,
        good=(
            "<fieldset><legend>住所</legend><label>番地<input></label></fieldset>",
            '<fieldset aria-label="Address"><label>Street<input></label></fieldset>',
            "<fieldset><p>欄のないまとまり</p></fieldset>",
        ),
        bad=(
            "<fieldset><label>番地<input></label></fieldset>",
            "<fieldset><legend></legend><label>Street<input></label></fieldset>",
        ),
    ),
)
