"""A sign for required fields that nobody explains (WCAG 3.3.2; H90)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._fields import fields, label_text
from machikado.audit.snapshot import Element, Snapshot, TextRun
from machikado.vocabulary import Text

_SIGN = re.compile(r"[*＊※✱]\s*[:：]?$|^[*＊※✱]")
_EXPLAINED = re.compile(
    r"[*＊※✱][^。.]{0,40}(?:required|mandatory|must|compulsory|必須|必ず|入力)"
    r"|(?:required|mandatory|asterisk|必須|必ず)[^。.]{0,40}(?:[*＊※✱]|asterisk)|asterisk",
    re.I,
)


def _applies_to(page: Snapshot) -> Iterator[Element]:
    if not _EXPLAINED.search(page.text):
        yield from (f for f in fields(page) if f.is_rendered and _is_signed(f, page))


def _is_signed(field: Element, page: Snapshot) -> bool:
    """Whether its label bears a sign, or one stands alone between label and field."""
    if _SIGN.search(label_text(field, page)):
        return True
    peers = (
        [n for n in field.parent.children if isinstance(n, Element) or n.text.strip()]
        if field.parent
        else []
    )
    before = peers[peers.index(field) - 1] if field in peers and peers.index(field) else None
    is_shown = isinstance(before, TextRun) or (before is not None and before.is_rendered)
    return is_shown and before is not None and before.text.strip() in ("*", "＊", "✱")


def _expectation(field: Element, page: Snapshot) -> Fault | None:
    label = label_text(field, page)
    if re.search(r"required|必須", label, re.I):
        return None
    return Fault(
        Text(
            f"「{label}」の印の意味が、どこにも書かれていません。",
            f"Nothing explains the sign in “{label}”.",
        )
    )


CHECK = Check(
    id="required-sign-unexplained",
    title=Text("説明のない必須の印", "An unexplained sign for required fields"),
    help=Text(
        "ラベルに「（必須）」と書くか、フォームの初めに「* は必須です」と書いてください。",
        "Write “(required)” into the label, or “* means required” before the form.",
    ),
    criteria=("3.3.2",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<p>* は必須です。</p><label>お名前 *<input required></label>",
        "<label>Name (required)<input required></label>",
        "<label>お名前<span>必須</span><input></label>",
    ),
    bad=(
        '<p><label for="n">Name</label> <span style="color: #c00">*</span> <input id="n"></p>',
        "<label>お名前 ＊<input></label>",
        "<label>Name *<input required></label>",
    ),
)
