"""A choice that takes the visitor elsewhere at once (WCAG 3.2.2; F36, F37)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._fields import fields
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_LEAVES = re.compile(
    r"\blocation\b\s*(?:\.href\s*)?=|location\.(?:assign|replace)\(|window\.open\(|\.submit\(|requestSubmit\("
)
_ON_CHANGE = re.compile(
    r"(?:getElementById\(\s*['\"]|querySelector\(\s*['\"]#)([\w-]+)['\"]\s*\)\s*\.?\s*"
    r"(?:addEventListener\(\s*['\"](?:change|input)['\"]\s*,|onchange\s*=)\s*(?P<done>.{0,300})",
    re.DOTALL,
)
_HANDLERS = ("onchange", "oninput", "onselect", "onfocus", "onblur")


def _applies_to(page: Snapshot) -> Iterator[Element]:
    return (f for f in fields(page) if not f.in_frame)


def _expectation(field: Element, page: Snapshot) -> Fault | None:
    written = " ".join(field.get(name) for name in _HANDLERS)
    if not (_LEAVES.search(written) or _is_scripted(field, page)):
        return None
    return Fault(
        Text(
            "選んだり入力したりするだけで、別のページへ移ります。",
            "Choosing or typing here leads to another page at once.",
        )
    )


def _is_scripted(field: Element, page: Snapshot) -> bool:
    """Whether a short script of the page itself visibly does so."""
    identity = field.get("id")
    if not identity or not field.heard & {"change", "input"}:
        return False
    return any(
        found[1] == identity and _LEAVES.search(found["done"].split("addEventListener")[0])
        for script in page.elements("script")
        if len(script.code) < 5000
        for found in _ON_CHANGE.finditer(script.code)
    )


CHECK = Check(
    id="change-that-navigates",
    title=Text("選ぶだけで移る欄", "A choice that leads away at once"),
    help=Text(
        "「移動」や「検索」のボタンを付け、押してから移るようにしてください。",
        "Add a button such as “Go”, and move only when it is pressed.",
    ),
    criteria=("3.2.2",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<label>地域<select onchange="show(this.value)"><option>北</option></select></label>',
        "<form><label>Area<select><option>North</option></select></label><button>Go</button></form>",
    ),
    bad=(
        '<label>地域<select onchange="location.href=this.value"><option>北</option></select></label>',
        '<form><label>Area<select onchange="this.form.submit()"><option>North</option></select></label></form>',
        '<label>Area<select id="a"><option>North</option></select></label>'
        "<script>document.getElementById('a').addEventListener('change', () => { location.href = '/north/' })</script>",
    ),
)
