"""A list that holds nothing (WCAG 2.2, 1.3.1)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text, Weight


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Lists as HTML has them; those that scripts fill later are hidden or spoken (aria-live)."""
    for element in page.elements("ul", "ol", "dl"):
        is_plain = not element.has("role") and element.role in ("list", None)
        is_live = any(e.has("aria-live") for e in (element, *element.ancestors()))
        if element.is_exposed and is_plain and not is_live:
            yield element


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    if element.parts or element.text:
        return None
    # Nothing to be seen and nothing to be heard: a place that a script fills.
    if element.has("id") or any(name.startswith("data-") for name in element.attributes):
        return None
    return Fault(
        Text(
            "中身のない箇条書きが、「0項目のリスト」などと読み上げられます。",
            "An empty list is read out as a list of nothing.",
        )
    )


CHECK = Check(
    id="empty-list",
    title=Text("中身のない箇条書き", "An empty list"),
    help=Text("項目を書くか、箇条書きを消してください。", "Write its items, or remove the list."),
    criteria=("1.3.1",),
    weight=Weight.WARNING,
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<ul><li>申請書</li></ul>",
        '<ul id="results"></ul>',
        "<ul hidden></ul>",
        '<div aria-live="polite"><ul></ul></div>',
    ),
    bad=("<p>持ち物</p><ul></ul>", "<ol>  </ol>", "<dl></dl>"),
)
