"""A page that shows images and tells nothing (ACT rule e88epe; WCAG 2.2, 1.1.1)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._images import is_loaded
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_SMALL = 24
"""Pixels: what is smaller shows little."""


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Images kept from assistive technology, on a page that has no words at all."""
    body = page.body
    if (
        body is None
        or body.shown_text
        or any(e.name for e in body.elements() if e.is_exposed and e.name)
    ):
        return
    for element in body.elements("img", "svg", "canvas"):
        if element.is_rendered and not element.closest("object", "button", "a") and _shows(element):
            yield element


def _shows(element: Element) -> bool:
    if element.box is None or min(element.box.width, element.box.height) < _SMALL:
        return False
    if element.tag == "canvas":
        return "drawn" in element.more
    return is_loaded(element) if element.tag == "img" else bool(element.parts)


def _expectation(image: Element, _page: Snapshot) -> Fault | None:
    if image.get("alt").strip():  # `alternative-hidden` tells of it
        return None
    is_kept_out = (
        image.role in (None, "none", "presentation")
        or image.get("aria-hidden").lower() == "true"
        or (image.tag == "img" and image.has("alt"))
    )
    if not is_kept_out or image.get("role").strip() in ("img", "image"):
        return None
    return Fault(
        Text(
            "ページに見えるのはこの画像だけなのに、飾りとして読み上げから外されています。",
            "This image is all that the page shows, yet screen readers are told it is decoration.",
        )
    )


_DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw=="


def _page(body: str) -> str:
    return f'<!doctype html><html lang="ja"><title>お知らせ</title><body>{body}</body></html>'


CHECK = Check(
    id="page-of-hidden-images",
    title=Text("画像だけで、何も伝えないページ", "A page of images that says nothing"),
    help=Text(
        "画像が伝えることを alt に書き、できれば同じ内容を文章でも書いてください。",
        "Write what the image tells into its alt, and better still into the page as text.",
    ),
    criteria=("1.1.1",),
    act=("e88epe",),
    needs_whole_page=True,
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        _page(
            f'<p>あけましておめでとうございます。</p><img src="{_DOT}" width=90 height=90 alt="">'
        ),
        _page(f'<img src="{_DOT}" width=90 height=90 alt="花火">'),
        _page("<canvas width=90 height=90></canvas>"),
        _page(f'<img src="{_DOT}" width=90 height=90 alt="" style="display:none">'),
    ),
    bad=(
        _page(f'<img src="{_DOT}" width=90 height=90 alt="">'),
        _page('<svg width=90 height=90 aria-hidden="true"><circle r=40 cx=40 cy=40 /></svg>'),
    ),
)
