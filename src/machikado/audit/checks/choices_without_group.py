"""Choices that belong together but are not grouped, or under no name (WCAG 1.3.1, 3.3.2; H71)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from machikado.audit.check import Check, Fault
from machikado.audit.checks._fields import fields, group_name, label_text
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


_PARTS_OF_DATE = (("day", "month", "year"), ("日", "月", "年"))
_DATE = {word: part for words in _PARTS_OF_DATE for part, word in enumerate(words)}


@lru_cache(maxsize=2)
def _dates(page: Snapshot) -> dict[Element, int]:
    """The first of fields in a row that are called day, month and year, in any order."""
    found: dict[Element, int] = {}
    shown = [
        f
        for f in fields(page)
        if f.is_exposed and f.get("type").lower() not in ("radio", "checkbox")
    ]
    for first, second, third in zip(shown, shown[1:], shown[2:], strict=False):
        parts = {
            _DATE.get(label_text(f, page).strip(" :：*").lower()) for f in (first, second, third)
        }
        if parts == {0, 1, 2} and first.closest("form") is third.closest("form"):
            found[first] = 3
    return found


def _date_ungrouped(field: Element, _page: Snapshot) -> Fault | None:
    if group_name(field) is not None:
        return None
    return Fault(
        Text(
            "年・月・日の欄が、何の日付かを伝える名前の下にまとめられていません。",
            "The fields for day, month and year are not in a group that tells which date is asked for.",
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
        id="date-without-group",
        title=Text("まとめられていない日付の欄", "Parts of a date without a group"),
        help=_HELP,
        criteria=("1.3.1", "3.3.2"),
        applies_to=_dates,
        expectation=_date_ungrouped,
        good=(
            "<fieldset><legend>生年月日</legend><label>年<input></label><label>月<input></label><label>日<input></label></fieldset>",
            "<label>Day<input></label><label>Name<input></label><label>Year<input></label>",
            '<label>Date<input type="date"></label>',
        ),
        bad=(
            "<p>生年月日</p><label><input>年</label><label><input>月</label><label><input>日</label>",
            "<p>Date of birth</p><label>Day <input></label><label>Month <input></label><label>Year <input></label>",
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
