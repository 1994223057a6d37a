"""A dialog opens and the focus stays behind it, or gets away from it (WCAG 2.2, 2.4.3)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text


def _applies_to(page: Snapshot) -> Iterator[Element]:
    for dialog in page.probes["dialogs"].get("dialogs", ()):
        if dialog["modal"] and (opener := page.element(dialog["opener"])):
            yield page.element(dialog["index"]) or opener


def _expectation(element: Element, page: Snapshot) -> Iterator[Fault]:
    dialog = next(
        d for d in page.probes["dialogs"]["dialogs"] if element.index in (d["index"], d["opener"])
    )
    if not dialog["took"]:
        yield Fault(
            Text(
                "開いたとき、フォーカスが中に移りません。",
                "When it opens, the focus does not move into it.",
            )
        )
    elif dialog["left"]:
        yield Fault(
            Text(
                "開いている間に、Tabキーで後ろの部分へ出てしまいます。",
                "While it is open, Tab goes on to what lies behind it.",
            )
        )


_OPEN = (
    "<button onclick=\"const d = document.getElementById('d'); d.hidden = false; {}\">開く</button>"
    '<a href="#a">後ろのリンク</a><div id="d" hidden role="dialog" aria-modal="true" aria-label="お知らせ" '
    'style="position: fixed; inset: 20%; background: #fff; border: 1px solid"><p>本文</p>'
    '<button onclick="this.parentElement.hidden = true">閉じる</button></div>'
)

CHECK = Check(
    id="dialog-ignores-focus",
    title=Text("フォーカスを受け取らないダイアログ", "A dialog that ignores the focus"),
    help=Text(
        "dialog 要素を showModal() で開いてください。フォーカスの出入りはブラウザーが受け持ちます。",
        "Use the dialog element and open it with showModal(): the browser then looks after the focus.",
    ),
    criteria=("2.4.3",),
    applies_to=_applies_to,
    expectation=_expectation,
    probes=("dialogs",),
    good=(
        "<button onclick=\"document.getElementById('d').showModal()\">開く</button><a href='#a'>後ろ</a>"
        '<dialog id="d" aria-label="お知らせ"><form method="dialog"><button>閉じる</button></form></dialog>',
        "<button onclick=\"document.getElementById('m').hidden = false\" id='o'>Menu</button>"
        '<div id="m" hidden><a href="#a">Parks</a></div>',
    ),
    bad=(
        _OPEN.format(""),
        _OPEN.format("d.querySelector('button').focus();"),
    ),
)
