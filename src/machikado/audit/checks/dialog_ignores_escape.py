"""Esc does not close a dialog (ARIA Authoring Practices, dialog; WCAG 2.2, 2.1.1)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text


def _applies_to(page: Snapshot) -> Iterator[Element]:
    for dialog in page.probes["dialogs"].get("dialogs", ()):
        element = page.element(dialog["index"]) or page.element(dialog["opener"])
        if element is not None and dialog["modal"] and not dialog["closed"]:
            yield element


CHECK = Check(
    id="dialog-ignores-escape",
    title=Text("Escキーで閉じないダイアログ", "A dialog that Esc does not close"),
    help=Text(
        "dialog 要素を showModal() で開くか、Escキーで閉じるようにしてください。",
        "Open a dialog element with showModal(), or let Esc close it.",
    ),
    criteria=(),
    applies_to=_applies_to,
    expectation=lambda _element, _page: Fault(
        Text("Escキーを押しても閉じません。", "Esc does not close it.")
    ),
    probes=("dialogs",),
    good=(
        "<button onclick=\"document.getElementById('d').showModal()\">開く</button>"
        '<dialog id="d" aria-label="お知らせ"><form method="dialog"><button>閉じる</button></form></dialog>',
    ),
    bad=(
        "<button onclick=\"const d = document.getElementById('d'); d.hidden = false; d.querySelector("
        "'button').focus()\">Open</button>"
        '<div id="d" hidden role="dialog" aria-modal="true" aria-label="News" style="position: fixed; '
        'inset: 20%"><button onclick="this.parentElement.hidden = true">Close</button></div>',
    ),
)
