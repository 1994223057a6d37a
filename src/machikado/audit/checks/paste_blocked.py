"""A field of a sign-in that keeps people from pasting (WCAG 2.2, 3.3.8)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_STOPS = re.compile(r"return\s+false|preventDefault")
_SIGN_IN = ("password", "email", "tel")


def _applies_to(page: Snapshot) -> Iterator[Element]:
    for field in page.elements("input"):
        code = "one-time-code" in field.get("autocomplete") or "username" in field.get(
            "autocomplete"
        )
        if field.is_rendered and (field.get("type").lower() in _SIGN_IN or code):
            yield field


def _expectation(field: Element, _page: Snapshot) -> Fault | None:
    if not _STOPS.search(field.get("onpaste")):
        return None
    return Fault(
        Text(
            "貼り付けができないので、パスワードを覚えて打つしかありません。",
            "Nothing can be pasted: people must remember and type it.",
        )
    )


CHECK = Check(
    id="paste-blocked",
    title=Text("貼り付けのできない欄", "A field that refuses pasting"),
    help=Text("onpaste を消してください。", "Remove `onpaste`."),
    criteria=("3.3.8",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<label>パスワード <input type="password"></label>',
        '<label>題名 <input onpaste="return false"></label>',
    ),
    bad=('<label>パスワード <input type="password" onpaste="return false"></label>',),
)
