"""Links that stand side by side with nothing between them (UAAG; WCAG 1.0, 10.5; F2)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_GAP = 2.0


@lru_cache(maxsize=2)
def _pairs(page: Snapshot) -> dict[Element, Element]:
    """Links of words in line with text, by the one that stands right behind them in the source."""
    found: dict[Element, Element] = {}
    for holder in page.elements():
        for one, other in pairwise(holder.children):
            if not (isinstance(one, Element) and isinstance(other, Element)):
                continue
            if one.tag == other.tag == "a" and _is_plain(one) and _is_plain(other):
                found[other] = one
    return found


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Links of words that follow another such link with nothing between them."""
    return iter(_pairs(page))


def _is_plain(link: Element) -> bool:
    style = link.style
    has_picture = any(True for _ in link.elements("img", "svg"))
    is_drawn = (
        style.get("background-color") != "rgba(0, 0, 0, 0)"
        or style.get("border-left-width") != "0px"
    )
    return (
        link.has("href")
        and link.is_rendered
        and style.get("display") == "inline"
        and not (has_picture or is_drawn)
    )


def _expectation(link: Element, page: Snapshot) -> Fault | None:
    before = _pairs(page)[link]
    first, second = before.box, link.box
    if first is None or second is None or not (before.text and link.text):
        return None
    on_one_line = abs(first.y - second.y) < 4 and first.height < 60
    if not on_one_line or not -1 < second.x - first.right < _GAP or link.before or before.after:
        return None
    return Fault(
        Text(
            f"「{before.text[:30]}」と「{link.text[:30]}」のリンクの間に、区切りがありません。",
            f"Nothing stands between the links “{before.text[:30]}” and “{link.text[:30]}”.",
        )
    )


CHECK = Check(
    id="links-run-together",
    title=Text("区切りのないリンク", "Links that run together"),
    help=Text(
        "間に「｜」や空白を入れるか、箇条書きにしてください。",
        "Put a space or “|” between them, or make them a list.",
    ),
    criteria=(),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<p><a href="/a">北</a>｜<a href="/b">南</a> <a href="/c">東</a></p>',
        '<p><a href="/a" style="margin-right: 8px">北</a><a href="/b">南</a></p>',
        '<p><a href="/a" style="border: 1px solid">北</a><a href="/b" style="border: 1px solid">南</a></p>',
    ),
    bad=('<p><a href="/a">北</a><a href="/b">南</a></p>',),
)
