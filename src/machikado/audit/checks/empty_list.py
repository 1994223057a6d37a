"""A list, or an item of one, that holds nothing (WCAG 2.2, 1.3.1)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Lists as HTML has them; those that scripts fill later are hidden or spoken (aria-live)."""
    for element in page.elements("ul", "ol", "dl"):
        is_plain = not element.has("role") and element.role in ("list", None)
        is_live = any(e.has("aria-live") for e in (element, *element.ancestors()))
        if element.is_exposed and is_plain and not is_live:
            yield element
            yield from (part for part in element.parts if part.tag == "li" and _is_met(part))


def _is_met(item: Element) -> bool:
    """Whether an item is as high as a line, and neither a rule between others nor filled by a script."""
    is_drawn = item.before or item.after or item.style.get("background-image", "none") != "none"
    is_bare = (
        item.has("id")
        or item.has("role")
        or any(name.startswith("data-") for name in item.attributes)
    )
    has_height = item.box is not None and item.box.height >= 8
    return item.is_exposed and has_height and not is_drawn and not is_bare and not item.heard


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    if element.parts or element.text:
        return None
    # Nothing to be seen and nothing to be heard: a place that a script fills.
    if element.has("id") or any(name.startswith("data-") for name in element.attributes):
        return None
    if element.tag == "li":
        return Fault(Text("中身のない項目があります。", "An item of the list is empty."))
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
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<ul><li>申請書</li></ul>",
        '<ul id="results"></ul>',
        '<ul><li>申請書</li><li class="divider" style="height: 1px"></li><li>印鑑</li></ul>',
        '<ul><li>申請書</li><li role="separator"></li><li><img src="x.png" alt=""></li></ul>',
        "<ul hidden></ul>",
        '<div aria-live="polite"><ul></ul></div>',
    ),
    bad=("<p>持ち物</p><ul></ul>", "<ol>  </ol>", "<dl></dl>", "<ul><li>申請書</li><li></li></ul>"),
)
