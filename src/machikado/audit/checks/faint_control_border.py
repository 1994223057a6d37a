"""A field whose edge can hardly be seen (WCAG 2.2, 1.4.11)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._fields import fields
from machikado.audit.contrast import behind, colour_of, contrast
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_NEEDED = 3.0
_NO_EDGE = ("radio", "checkbox", "range", "color", "file", "image")
_SIDES = ("top", "right", "bottom", "left")
_NEAR = 3
"""A box around a field is its edge where it stands so near: so many steps up."""


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Fields to write in, and lists to choose from."""
    for field in fields(page):
        disabled = field.has("disabled") or field.get("aria-disabled") == "true"
        if not field.is_rendered or disabled or field.get("type").lower() in _NO_EDGE:
            continue
        if field.box and field.box.width > 20 and field.tag in ("input", "select", "textarea"):
            yield field


def _expectation(field: Element, _page: Snapshot) -> Fault | None:
    outside = behind(field.parent)
    if outside is None or field.style.get("box-shadow", "none") != "none":
        return None
    best = 1.0
    around = [field, *list(field.ancestors())[:_NEAR]]
    for element in around:
        if element is not field and not _hugs(element, field):
            break
        if element.style.get("background-image", "none") != "none":
            return None
        ground = behind(element.parent)
        if ground is None or element.style.get("box-shadow", "none") != "none":
            return None
        for side in _SIDES:
            colour = colour_of(element.style.get(f"border-{side}-color", ""))
            if colour and element.style.get(f"border-{side}-width", "0px") != "0px":
                best = max(best, contrast(colour, ground))
        fill = colour_of(element.style.get("background-color", ""))
        if fill and fill[3] > 0:
            best = max(best, contrast(fill, ground))
        if element.style.get("outline-style", "none") != "none":
            return None
    if best >= _NEEDED:
        return None
    return Fault(
        Text(
            f"入力欄の枠が薄すぎます（{best:.1f}対1、必要なのは3対1）。",
            f"The edge of this field is too faint ({best:.1f}:1, needed 3:1).",
        )
    )


def _hugs(outer: Element, field: Element) -> bool:
    """Whether a box is hardly larger than the field, so that its edge is seen as the field's."""
    if outer.box is None or field.box is None:
        return False
    return outer.box.height < field.box.height + 40 and outer.tag not in (
        "form",
        "body",
        "main",
        "td",
    )


CHECK = Check(
    id="faint-control-border",
    title=Text("見えにくい入力欄の枠", "A field without a visible edge"),
    help=Text(
        "枠線を、まわりの色と3対1以上の差がある色にしてください（白い地なら #767676 など）。",
        "Give the border a contrast of 3:1 or more with what is around it, such as #767676 on white.",
    ),
    criteria=("1.4.11",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<label>氏名 <input></label> <label>地区 <select><option>北</option></select></label>",
        '<label>氏名 <input style="border: 0; border-bottom: 2px solid #555"></label>',
        '<div style="background: #eee"><label>氏名 <input style="border: 1px solid #666"></label></div>',
        '<label>検索 <span style="display: inline-block; border: 1px solid #333"><input style="border: 0">'
        "</span></label>",
        '<label>氏名 <input disabled style="border: 1px solid #ddd"></label>',
        '<label>氏名 <input style="border: 0; background: #333; color: #fff"></label>',
    ),
    bad=(
        '<label>氏名 <input style="border: 1px solid #ddd"></label>',
        '<label>氏名 <textarea style="border: 0; background: #f4f4f4"></textarea></label>',
    ),
)
