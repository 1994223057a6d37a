"""Two links side by side that lead to the same place (H2; WCAG technique H2; F89)."""

from __future__ import annotations

from functools import lru_cache

from machikado.audit.check import Check, Fault
from machikado.audit.checks._links import has_words, target
from machikado.audit.snapshot import Element, Snapshot, TextRun
from machikado.vocabulary import Text


@lru_cache(maxsize=2)
def _pairs(page: Snapshot) -> dict[Element, Element]:
    """Each second link of a pair, with the first: nothing but empty space stands between them."""
    found: dict[Element, Element] = {}
    last: Element | None = None
    for node in page.nodes:
        if isinstance(node, TextRun):
            inside = node.parent
            if has_words(node.text) and inside is not None and inside.is_exposed:
                within = next((e for e in (inside, *inside.ancestors()) if e.tag == "a"), None)
                last = last if within is not None and within is last else None
        elif node.tag == "a" and node.role == "link" and node.is_exposed:
            if last is not None and _are_a_pair(last, node, page):
                found[node] = last
            last = node
        elif last is not None and not _is_within(node, last) and _breaks(node):
            last = None
    return found


def _breaks(element: Element) -> bool:
    """Whether something else to operate or to see begins, or another part of the page."""
    return element.is_tabbable or element.tag in (
        "li", "td", "th", "tr", "h1", "h2", "h3", "section", "article", "nav", "img", "svg", "dt", "dd",
    )  # fmt: skip


def _is_within(element: Element, other: Element) -> bool:
    return any(ancestor is other for ancestor in element.ancestors())


def _are_a_pair(first: Element, second: Element, page: Snapshot) -> bool:
    address = target(first, page)
    return (
        address.startswith("http")
        and not first.get("href").endswith("#")
        and address == target(second, page)
    )


def _expectation(link: Element, page: Snapshot) -> Fault:
    first = _pairs(page)[link]
    return Fault(
        Text(
            f"「{first.name or '画像'}」と「{link.name or '画像'}」の2つのリンクが並び、行き先が同じです。",
            f"Two links side by side lead to the same place: “{first.name or 'image'}” and "
            f"“{link.name or 'image'}”.",
        )
    )


CHECK = Check(
    id="adjacent-links-to-one-target",
    title=Text("並んだ、行き先の同じリンク", "Neighbouring links to one place"),
    help=Text(
        '画像と言葉を1つのリンクにまとめてください（画像は alt="" に）。',
        'Put image and words into one link, with alt="" on the image.',
    ),
    criteria=("2.4.9",),
    applies_to=_pairs,
    expectation=_expectation,
    good=(
        '<p><a href="/a/"><img src="" alt="">図書館</a> <a href="/b/">公民館</a></p>',
        '<ul><li><a href="/a/">図書館</a></li><li><a href="/a/">図書館の案内</a></li></ul>',
        '<p><a href="/a/">図書館</a>では、<a href="/a/">図書館</a>の本を</p>',
    ),
    bad=(
        '<p><a href="/a/"><img src="" alt="図書館"></a> <a href="/a/">図書館</a></p>',
        '<div><a href="/a/"><img src="" alt=""></a><p><a href="/a/">Library</a></p></div>',
    ),
)
