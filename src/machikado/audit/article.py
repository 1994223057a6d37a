"""Where on a page an element stands, as the page's Markdown would count it; from its snapshot alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import cached_property

from machikado.audit.snapshot import Element, Snapshot, TextRun
from machikado.audit.source import Holdings, Place

_BLOCKS = {
    "p", "li", "td", "th", "caption", "dt", "dd", "summary", "figcaption", "h1", "h2", "h3", "h4",
    "h5", "h6", "blockquote",
}  # fmt: skip
_NESTED = {"ul", "ol", "dl", "table", "blockquote", "details", "figure"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_SILENT = {"rt", "rp", "script", "style", "template"}


def _has_class(element: Element, name: str) -> bool:
    return name in element.get("class").split()


def _kind(element: Element) -> str | None:
    if element.tag in _HEADINGS:
        return "heading"
    if element.tag == "a" and element.has("href"):
        return "link"
    return "image" if element.tag == "img" else None


class Article:
    """The part of a page that an editor wrote, if there is exactly one such part."""

    def __init__(self, page: Snapshot) -> None:
        bodies = [e for e in page.elements() if _has_class(e, "article-body")]
        # With two articles there is no telling which file a part belongs to.
        self._body = bodies[0] if len(bodies) == 1 else None

    def place(self, found: Element | None) -> Place | None:
        """Where an element stands, or None where no editor wrote it."""
        if found is None:
            return None
        # No editor writes a ruby: what is wrong with it is wrong with the text around it.
        ruby = found.closest("ruby")
        element = (ruby.parent or ruby) if ruby else found
        for part in ("title", "summary"):
            if any(_has_class(e, f"page-{part}") for e in (element, *element.ancestors())):
                return Place(part)
        body = self._body
        if body is None or element is body or not self._is_in(element) or self._is_made(element):
            return None
        anchor = next((e for e in (element, *element.ancestors()) if _kind(e)), None)
        if anchor is not None and self._is_in(anchor):
            kind, member = _kind(anchor) or "", anchor
        else:
            kind, member = (_kind(anchor) if anchor else None) or element.tag, element
        peers = self._peers(kind)
        block = element.closest(*_BLOCKS)
        row = element.closest("tr")
        return Place(
            part="article",
            kind=kind,
            ordinal=peers.index(member) if member in peers else -1,
            count=len(peers),
            block=_words(block, _NESTED) if block and self._is_in(block) else "",
            row=_words(row) if row and self._is_in(row) else "",
        )

    @cached_property
    def holdings(self) -> Holdings:
        """What the article holds, to be held against the outline of its source."""
        if self._body is None:
            return Holdings()
        return Holdings(
            heading=tuple(_words(e) for e in self._peers("heading")),
            link=tuple(_words(e) for e in self._peers("link")),
            image=tuple(e.get("alt") for e in self._peers("image")),
        )

    def _peers(self, kind: str) -> list[Element]:
        is_peer: Callable[[Element], bool] = (
            (lambda e: _kind(e) == kind)
            if kind in ("heading", "link", "image")
            else (lambda e: e.tag == kind)
        )
        inside = self._body.elements() if self._body else ()
        return [e for e in inside if is_peer(e) and not self._is_made(e)]

    def _is_in(self, element: Element) -> bool:
        return element is self._body or any(e is self._body for e in element.ancestors())

    def _is_made(self, element: Element) -> bool:
        """Whether the generator made it, inside what the editor wrote."""
        for e in (element, *element.ancestors()):
            if e is self._body:
                return False
            if e.has("data-generated"):
                return True
        return False


def _words(element: Element, without: Collection[str] = ()) -> str:
    """The words an editor wrote in an element: images by their alt, no generated parts or readings."""
    return " ".join("".join(_said(element, without)).split())


def _said(element: Element, without: Collection[str]) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, TextRun):
            yield child.text
            continue
        if child.has("data-generated") or child.tag in _SILENT or child.tag in without:
            continue
        if child.tag == "img":
            yield child.get("alt")
        else:
            yield from _said(child, without)
        if child.tag in ("td", "th", "br"):
            yield " "
