"""A field that only screen readers are told the name of (WCAG 2.2, 3.3.2)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._fields import fields, label_text
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_HOLDERS = ("p", "div", "li", "td", "dd", "span", "fieldset", "form", "section", "tr")


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Fields with a name that nothing shows: no label, no placeholder, no value."""
    for field in fields(page):
        is_plain = field.tag != "select" and field.get("type").lower() not in (
            "radio",
            "checkbox",
            "range",
            "color",
            "file",
            "search",
        )
        is_named = field.get("aria-label").strip() or field.get("title").strip()
        is_told = field.get("placeholder").strip() or field.value or field.role == "searchbox"
        if (
            is_plain
            and is_named
            and not is_told
            and field.is_rendered
            and not label_text(field, page)
        ):
            yield field


def _expectation(field: Element, page: Snapshot) -> Fault | None:
    # Words, a picture or a button right beside it may tell what it is for (G167); a cell has its headers.
    if field.closest("table", "svg") is not None or field.inside(
        "table", "grid", "search", "combobox"
    ):
        return None
    block = next((e for e in field.ancestors() if e.tag in _HOLDERS), None)
    form = field.closest("form")
    around = (
        form
        if form is not None and sum(f.closest("form") is form for f in fields(page)) == 1
        else block
    )
    if (
        around is None
        or around.shown_text
        or any(True for _ in around.elements("button", "img", "svg"))
    ):
        return None
    if any(
        e.get("type").lower() in ("submit", "button", "image") for e in around.elements("input")
    ):
        return None
    peers = around.parent.parts if around.parent else []
    before = peers[peers.index(around) - 1] if around in peers and peers.index(around) else None
    if before is not None and 0 < len(before.shown_text) <= 80 and around.tag != "form":
        return None
    return Fault(
        Text(
            f"欄の名前「{(field.name or '').strip()}」が画面に見えません。",
            f"The name of the field, “{(field.name or '').strip()}”, cannot be seen.",
        )
    )


CHECK = Check(
    id="label-not-visible",
    title=Text("見えないラベル", "A label that cannot be seen"),
    help=Text(
        "label で、欄のそばに名前を書いてください。", "Write its name beside it, in a label."
    ),
    criteria=("3.3.2",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<form><label>お名前<input></label></form>",
        '<form><input aria-label="検索"><button>検索</button></form>',
        '<form><p>お名前 <input aria-label="お名前"></p></form>',
        '<form><div>Name</div><div><input aria-label="Name"></div></form>',
        '<form><input aria-label="Search" placeholder="Search"></form>',
        '<table><tr><th>Name</th><th>Age</th></tr><tr><td><input aria-label="Name"></td><td>3</td></tr></table>',
        '<form><input type="search" aria-label="サイト内検索"></form>',
    ),
    bad=(
        '<form><p><input aria-label="お名前"></p><p><input aria-label="住所"></p><button>送る</button></form>',
        '<form><div><input title="Name"></div><div><label>Town <input></label></div><button>Send</button></form>',
    ),
)
