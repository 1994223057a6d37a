"""Form fields as checks see them: their labels, their groups, what stands beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from machikado.audit.snapshot import Element, Snapshot, TextRun

_NO_FIELD = ("hidden", "submit", "reset", "button", "image")
TEXT_ROLES = ("textbox", "searchbox", "combobox", "listbox", "spinbutton")


@lru_cache(maxsize=2)
def fields(page: Snapshot) -> Sequence[Element]:
    """What a visitor fills in: inputs but buttons, selects, text areas and their like in ARIA."""
    return tuple(
        e
        for e in page.elements()
        if (e.tag in ("select", "textarea") and e.role not in ("none", "presentation"))
        or (e.tag == "input" and e.get("type").lower() not in _NO_FIELD and e.role is not None)
        or (e.tag not in ("input", "select", "textarea") and e.role in ("textbox", "searchbox"))
    )


def _is_field(element: Element) -> bool:
    return element.tag in ("select", "textarea", "input", "button")


@lru_cache(maxsize=2)
def _labels(page: Snapshot) -> dict[str, list[Element]]:
    found: dict[str, list[Element]] = {}
    for label in page.elements("label"):
        if label.get("for"):
            found.setdefault(label.get("for"), []).append(label)
    return found


def labels(field: Element, page: Snapshot) -> Iterator[Element]:
    """The elements that label a field, by `aria-labelledby`, `for` or around it."""
    by = [page.by_id[name] for name in field.get("aria-labelledby").split() if name in page.by_id]
    if by:
        yield from by
        return
    around = next((e for e in field.ancestors() if e.tag == "label"), None)
    if around is not None:
        yield around
    if field.get("id"):
        yield from (e for e in _labels(page).get(field.get("id"), ()) if e is not around)


def words(element: Element) -> str:
    """The text of a label that can be seen, without the fields in it."""
    return " ".join("".join(_words(element)).split())


def _words(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, TextRun):
            if element.is_rendered:
                yield child.text
        elif not _is_field(child):
            yield from _words(child)
            yield " "
    if element.tag == "img" and element.name:
        yield element.name


def label_text(field: Element, page: Snapshot) -> str:
    """What the labels of a field say to eyes."""
    return " ".join(filter(None, (words(label) for label in labels(field, page))))


def describers(field: Element, page: Snapshot) -> Sequence[Element]:
    """The elements that describe a field or its error, as far as they exist."""
    names = f"{field.get('aria-describedby')} {field.get('aria-errormessage')}".split()
    return [page.by_id[name] for name in names if name in page.by_id]


def is_described_by(field: Element, text: Element, page: Snapshot) -> bool:
    """Whether a text is part of a field's label or description, or of its group's."""
    told = [*describers(field, page), *labels(field, page)]
    for group in field.ancestors():
        if group.tag == "fieldset" or group.role in ("group", "radiogroup"):
            told += describers(group, page)
            told += [part for part in group.parts if part.tag == "legend"]
    return any(text is e or any(a is e for a in text.ancestors()) or text.parent is e for e in told)


def group_name(field: Element) -> str | None:
    """What its nearest named group is called; None without one."""
    for element in field.ancestors():
        if element.tag == "fieldset" or element.role in ("group", "radiogroup", "listbox", "menu"):
            legend = next((part for part in element.parts if part.tag == "legend"), None)
            name = element.name or (legend.text if legend else "")
            if name.strip():
                return name
    return None


def seen_group_name(field: Element) -> str | None:
    """The same, where eyes can see it: a legend off the screen tells nobody which fields these are."""
    for element in field.ancestors():
        if element.tag == "fieldset" or element.role in ("group", "radiogroup"):
            legend = next((part for part in element.parts if part.tag == "legend"), None)
            if legend is not None and legend.text and not legend.is_rendered:
                return None
    return group_name(field)


def nearest_field(text: Element, page: Snapshot) -> Element | None:
    """The only field in the smallest part of the page around a text that has any."""
    for element in text.ancestors():
        if element.tag in ("form", "body", "main", "table"):
            break
        inside = [f for f in fields(page) if _is_within(f, element)]
        if inside:
            return inside[0] if len(inside) == 1 else None
    return _field_right_before(text, page)


def _field_right_before(text: Element, page: Snapshot) -> Element | None:
    """The only field of the part that stands right before a text, in the same form."""
    peers = text.parent.parts if text.parent is not None else []
    place = peers.index(text) if text in peers else 0
    if not place or text.closest("form", "fieldset") is None:
        return None
    before = peers[place - 1]
    inside = [f for f in fields(page) if f is before or _is_within(f, before)]
    return inside[0] if len(inside) == 1 else None


def _is_within(element: Element, other: Element) -> bool:
    return any(ancestor is other for ancestor in element.ancestors())


def heading_above(element: Element, page: Snapshot) -> Element | None:
    """The last heading before an element that can be seen."""
    last = None
    for heading in page.with_role("heading"):
        if heading.index > element.index:
            break
        if heading.is_rendered:
            last = heading
    return last
