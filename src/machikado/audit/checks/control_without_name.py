"""A role that makes a control, and no name to it (ACT 97a4e1, m6b1q3, c487ae; WCAG 2.2, 4.1.2).

axe-core's `aria-command-name` reports all three roles under the rule of buttons alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_NATIVE = ("button", "input", "summary", "area")
"""Elements that other rules name: `button-name`, `input-button-name`, `summary-without-name`."""


def _with_role(role: str) -> Callable[[Snapshot], Iterator[Element]]:
    def applies_to(page: Snapshot) -> Iterator[Element]:
        for element in page.with_role(role):
            is_native = element.tag in _NATIVE
            is_link = element.tag == "a" and element.has("href") and role == "link"
            if element.is_exposed and not is_native and not is_link:
                yield element

    return applies_to


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    if (element.name or "").strip():
        return None
    return Fault(
        Text(
            "押せるものに名前がなく、読み上げでは何か分かりません。",
            "This control has no name: a screen reader cannot say what it does.",
        )
    )


def _check(id_: str, role: str, act: str, title: Text, good: str, bad: str) -> Check:
    return Check(
        id=id_,
        title=title,
        help=Text(
            "何をするものか、中に文字で書くか、画像なら alt に書いてください。",
            "Write in it what it does, or into the alt of its image.",
        ),
        criteria=("4.1.2",),
        act=(act,),
        applies_to=_with_role(role),
        expectation=_expectation,
        good=(good, f'<span role="{role}" hidden></span>'),
        bad=(bad,),
    )


CHECKS = (
    _check(
        "button-role-without-name",
        "button",
        "97a4e1",
        Text("名前のないボタン（role）", "A button by role, without a name"),
        '<span role="button" tabindex="0">開く</span>',
        '<span role="button" tabindex="0"></span>',
    ),
    _check(
        "menu-item-without-name",
        "menuitem",
        "m6b1q3",
        Text("名前のないメニュー項目", "A menu item without a name"),
        '<div role="menu"><span role="menuitem" tabindex="0">New file</span></div>',
        '<div role="menu"><span role="menuitem" tabindex="0"><img src="" alt=""></span></div>',
    ),
    _check(
        "link-role-without-name",
        "link",
        "c487ae",
        Text("名前のないリンク（role）", "A link by role, without a name"),
        '<span role="link" tabindex="0">市役所</span>',
        '<span role="link" tabindex="0"></span>',
    ),
)
