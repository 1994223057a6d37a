"""Spacing of text that a style attribute fixes with `!important` (WCAG 2.2, 1.4.12)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.snapshot import Element, Snapshot

_INHERITS = ("inherit", "unset", "revert", "revert-layer")


def fixed_spacing(page: Snapshot, name: str, least: float) -> Iterator[Element]:
    """The elements with text of their own that have less of it than `least` times their font size.

    As the ACT rules have it, the value must be declared in a style attribute with `!important` and
    be the one that counts; an element below that declares its own is judged by itself.
    """
    for element in page.elements():
        if not element.is_rendered or element.box is None or not _declares(element, name):
            continue
        if element.closest("svg") is not None:
            continue
        if element.box.right > 0 and element.box.bottom > 0 and _is_short(element, name, least):
            yield element


def _is_short(element: Element, name: str, least: float) -> bool:
    """Whether text in it that takes its spacing from it has too little, for its own size of type."""
    value, size = _measured(element, name)
    for run in element.runs():
        if not run.text.strip() or run.box is None or run.parent is None:
            continue
        around = [run.parent, *run.parent.ancestors()]
        between = around[: around.index(element)]
        if any(_declares(e, name) for e in between) or not run.parent.is_rendered:
            continue
        has, of = _measured(run.parent, name)
        is_from_it = abs(has - value) < 0.01 or abs(has / of - value / size) < 0.01
        if is_from_it and has < least * of - 0.001:
            return True
    return False


def _measured(element: Element, name: str) -> tuple[float, float]:
    """The spacing and the size of type, in pixels."""
    return _pixels(element.style.get(name, "")), _pixels(element.style.get("font-size", "")) or 16


def _declares(element: Element, name: str) -> bool:
    if name not in element.get("style").lower() or not re.search(
        r"!\s*important", element.get("style"), re.I
    ):
        return False
    value, is_fixed = "", False
    for declaration in element.get("style").split(";"):
        said, _, given = declaration.partition(":")
        if said.strip().lower() == name:
            plain, mark, _ = given.lower().partition("!")
            if mark or not is_fixed:
                value, is_fixed = plain.strip(), bool(mark)
    return is_fixed and bool(value) and value not in _INHERITS


def _pixels(value: str) -> float:
    found = re.match(r"-?[\d.]+", value)
    return float(found[0]) if found else 0.0


def good_and_bad(
    name: str, narrow: str, wide: str, text: str = "The library opens at nine."
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Examples of such spacing, without and with the fault."""
    good = (
        f'<p style="{name}: {wide} !important">{text}</p>',
        f'<p style="{name}: {narrow}">{text}</p>',
        f"<style>p {{ {name}: {narrow} !important }}</style><p>{text}</p>",
        f'<p style="{name}: {narrow} !important; {name}: {wide} !important">{text}</p>',
        f'<p style="{name}: {narrow} !important"></p>',
        f'<p hidden style="{name}: {narrow} !important">{text}</p>',
        f'<svg><text y="20" style="{name}: {narrow} !important">{text}</text></svg>',
        f'<div style="{name}: {narrow} !important"><p style="{name}: {wide} !important">{text}</p>'
        "</div>",
        f'<p><span style="{name}: inherit !important">{text}</span></p>',
    )
    bad = (
        f'<p style="{name}: {narrow} !important">{text}</p>',
        f'<p style="{name}: normal !important">{text}</p>',
        f'<p style="{name}: {wide}; {name}: {narrow}!IMPORTANT">{text}</p>',
    )
    return good, bad
