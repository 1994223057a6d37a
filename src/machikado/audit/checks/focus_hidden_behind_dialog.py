"""Behind an open dialog, a focus stop nobody is told of (ACT 6cfa84; WCAG 2.2, 4.1.2)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """What can be reached by keyboard in hidden parts, while a dialog is open.

    Without a dialog axe-core decides (`aria-hidden-focus`); with one it leaves it to people.
    """
    if not any(_is_open_dialog(element) for element in page.elements()):
        return
    for element in page.elements():
        if element.is_tabbable and _is_hidden(element):
            yield element


def _is_open_dialog(element: Element) -> bool:
    if element.tag != "dialog" and element.get("role") not in ("dialog", "alertdialog"):
        return False
    return element.is_rendered


def _is_hidden(element: Element) -> bool:
    return any(e.get("aria-hidden") == "true" for e in (element, *element.ancestors()))


def _expectation(element: Element, page: Snapshot) -> Fault | None:
    if element.index not in page.probes["hidden-focus"]:
        return None
    return Fault(
        Text(
            "読み上げから隠した部分（aria-hidden）に、キーボードで止まる所があります。",
            "The keyboard stops at a part that screen readers are not told of (aria-hidden).",
        )
    )


_DIALOG = (
    '<div role="dialog" aria-modal="true" aria-label="確認"><button id="ok">はい</button></div>'
)

CHECK = Check(
    id="focus-hidden-behind-dialog",
    title=Text("ダイアログの後ろに残るキーボードの停止点", "A focus stop hidden behind a dialog"),
    help=Text(
        "ダイアログが開いている間は、後ろの部分に inert を付けてください。",
        "While the dialog is open, put inert on what is behind it.",
    ),
    criteria=("4.1.2",),
    act=("6cfa84",),
    probes=("hidden-focus",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        f'{_DIALOG}<div aria-hidden="true" inert><a href="/">戻る</a></div>',
        f'{_DIALOG}<div aria-hidden="true"><a href="/" id="end">guard</a></div>'
        "<script>end.onfocus = () => ok.focus()</script>",
        '<div aria-hidden="true"><a href="/">no dialog: left to axe</a></div>',
    ),
    bad=(
        f'{_DIALOG}<div aria-hidden="true"><a href="/">戻る</a></div>',
        f'{_DIALOG}<div aria-hidden="true"><input title="search"></div>',
    ),
)
