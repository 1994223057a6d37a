"""A label that does not tell what to enter (ACT rule cc0f0a; WCAG 2.4.6, 3.3.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from machikado.audit.check import Check, Fault
from machikado.audit.checks._fields import (
    TEXT_ROLES,
    fields,
    heading_above,
    label_text,
    seen_group_name,
)
from machikado.audit.checks._links import plain
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_EMPTY_WORDS = re.compile(
    r"(?:menu|info|information|go|ok|data|input|inputs|field|form field|text ?field|text ?box|label|"
    r"enter|enter text|type here|enter here|fill in|fill this in|value|item|submit|click here|here|textarea|"
    r"(?:field|input|label|item|text|box|question)\s?\d+|title here|label here|untitled|test|lorem ipsum.*|"
    r"メニュー|情報|入力|入力欄|入力してください|ここに入力|ここに入力してください|欄|記入|記入欄|項目|データ|テキスト|ラベル|"
    r"フィールド|値|(?:項目|入力|質問|欄)\d+|送信|[a-z]|[-_.*?:：・※]+)"
)
_EMPTY_OF_CHOICE = re.compile(
    r"info|information|data|input|label|field|情報|入力|ラベル|データ|フィールド"
)
"""Those that do not even name a choice: “Menu” may be one."""


def _visible(page: Snapshot) -> Iterator[Element]:
    for field in fields(page):
        if field.is_rendered and (label_text(field, page) or field.get("aria-label").strip()):
            yield field


def _is_for_text(field: Element) -> bool:
    return field.role in TEXT_ROLES or field.tag in ("textarea", "select", "input")


@lru_cache(maxsize=2)
def _twins(page: Snapshot) -> frozenset[Element]:
    """Fields to type in whose label was borne by another one, with nothing seen to tell them apart."""
    met: set[tuple[object, ...]] = set()
    found: set[Element] = set()
    for field in _visible(page):
        if field.get("type").lower() in ("radio", "checkbox") or not _is_for_text(field):
            continue
        frame = field.closest("form", "tr", "li", "dialog", "details", "header", "footer", "nav")
        key = (
            plain(label_text(field, page) or field.get("aria-label")),
            heading_above(field, page),
            seen_group_name(field),
            frame,
            field.closest("table"),
        )
        # Two fields of one id have each other's labels; that is another fault.
        if key in met and page.by_id.get(field.get("id"), field) is field:
            found.add(field)
        met.add(key)
    return frozenset(found)


def _expectation(field: Element, page: Snapshot) -> Fault | None:
    label = label_text(field, page) or field.get("aria-label")
    words = _EMPTY_OF_CHOICE if field.tag == "select" else _EMPTY_WORDS
    if words.fullmatch(plain(label).strip(" :：*＊")):
        return Fault(
            Text(
                f"ラベル「{label}」では、何を入力するのか分かりません。",
                f"The label “{label}” does not tell what to enter.",
            )
        )
    if field in _twins(page):
        return Fault(
            Text(
                f"「{label}」というラベルの欄が2つ以上あり、見分けがつきません。",
                f"Several fields are labelled “{label}” and nothing tells them apart.",
            )
        )
    return None


CHECK = Check(
    id="label-not-descriptive",
    title=Text("内容を伝えないラベル", "A label that does not tell what to enter"),
    help=Text(
        "ラベルに、入力するものの名前を書いてください（例:「お名前」「電話番号」）。",
        "Name in the label what is to be entered, such as “Date of birth”.",
    ),
    criteria=("2.4.6",),
    act=("cc0f0a",),
    applies_to=_visible,
    expectation=_expectation,
    good=(
        "<label>お名前<input></label><label>住所<input></label>",
        "<h2>届け先</h2><label>名前<input></label><h2>請求先</h2><label>名前<input></label>",
        "<fieldset><legend>Home</legend><label>Phone<input></label></fieldset>"
        "<fieldset><legend>Work</legend><label>Phone<input></label></fieldset>",
        "<label>Menu<select><option>Lunch</option></select></label>",
        '<form><label>検索<input type="search"></label></form><form><label>検索<input type="search"></label></form>',
    ),
    bad=(
        "<label>入力<input></label>",
        '<label>Info: <input type="date"></label>',
        '<span id="s" hidden>Search</span><input aria-labelledby="b s"><button id="b">Go</button>',
        "<form><label>名前<input></label><label>名前<input></label></form>",
        "<label>Info<select><option>Red</option></select></label>",
        '<fieldset><legend style="position: absolute; left: -999em">Home</legend><label>Phone<input></label></fieldset>'
        '<fieldset><legend style="position: absolute; left: -999em">Work</legend><label>Phone<input></label></fieldset>',
    ),
)
