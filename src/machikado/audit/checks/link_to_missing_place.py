"""A link to a place on the same page that does not exist (WCAG 2.4.1, 2.4.4)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote, urldefrag

from machikado.audit.check import Check, Fault
from machikado.audit.checks._links import links
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text


@lru_cache(maxsize=2)
def _places(page: Snapshot) -> frozenset[str]:
    ids = {e.get("id") for e in page.elements()}
    return frozenset(ids | {e.get("name") for e in page.elements("a", "map")})


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Links within the page; what scripts handle or routes of applications are left alone."""
    here = urldefrag(page.url).url
    for link in links(page):
        address, fragment = urldefrag(link.href)
        is_here = address == here and fragment and not link.in_frame
        if is_here and not link.heard and fragment.lower() != "top" and fragment[0] not in "/!:":
            yield link


def _expectation(link: Element, page: Snapshot) -> Fault | None:
    fragment = urldefrag(link.href).fragment
    if {fragment, unquote(fragment)} & _places(page):
        return None
    return Fault(
        Text(
            f"リンク「{link.name}」の行き先「#{unquote(fragment)}」が、このページにありません。",
            f"The link “{link.name}” leads to “#{unquote(fragment)}”, which is not on this page.",
        )
    )


CHECK = Check(
    id="link-to-missing-place",
    title=Text("行き先のないページ内リンク", "A link to nowhere on the page"),
    help=Text(
        "行き先の id を確かめ、リンクか行き先を直してください。",
        "Check the id of the place it leads to and mend the link or the place.",
    ),
    criteria=("2.4.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<p><a href="#fees">手数料</a></p><h2 id="fees">手数料</h2>',
        '<p><a href="#手数料">手数料</a></p><h2 id="手数料">手数料</h2>',
        '<p><a href="#top">上へ</a> <a href="#">上へ</a> <a href="#/route">地図</a></p>',
    ),
    bad=(
        '<p><a href="#fees">手数料</a></p><h2 id="fee">手数料</h2>',
        '<p><a href="#main-content">Skip to main content</a></p>',
    ),
    needs_whole_page=True,
)
