"""An image read out twice: its alternative text stands beside it (WCAG 2.2, 1.1.1, H2)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._images import alternative, plain
from machikado.audit.snapshot import Element, Snapshot, TextRun
from machikado.vocabulary import Text

_SHORT = 3
"""Shorter texts meet by chance."""


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Exposed images with an alternative text; those inside a link or button are axe-core's."""
    for image in page.elements("img"):
        is_met = image.is_exposed and image.is_rendered and not image.inside("link", "button")
        if is_met and len(plain(alternative(image))) >= _SHORT:
            yield image


def _expectation(image: Element, _page: Snapshot) -> Fault | None:
    said = plain(alternative(image))
    if said not in (plain(text) for text in _beside(image)):
        return None
    return Fault(
        Text(
            f"代替テキスト「{alternative(image)[:60]}」は、すぐそばの文字と同じで、2回読まれます。",
            f"Its alternative text, “{alternative(image)[:60]}”, stands beside it: it is read twice.",
        )
    )


def _beside(image: Element) -> Iterator[str]:
    """What stands right before and after it, and the caption of its figure."""
    figure = image.closest("figure")
    if figure is not None:
        yield from (caption.text for caption in figure.elements("figcaption"))
    holder: Element = image
    while holder.parent is not None:
        siblings = [
            child
            for child in holder.parent.children
            if child is holder or isinstance(child, Element) or child.text.strip()
        ]
        at = siblings.index(holder)
        for sibling in (*siblings[max(at - 1, 0) : at], *siblings[at + 1 : at + 2]):
            if isinstance(sibling, TextRun) or sibling.tag != "img":
                yield sibling.text
        if len(siblings) > 1 or holder.parent.tag in ("body", "main", "article", "section"):
            return
        holder = holder.parent


CHECK = Check(
    id="alternative-repeats-text",
    title=Text(
        "そばの文字と同じ代替テキスト", "An alternative text that repeats the text beside it"
    ),
    help=Text(
        '文字で分かるなら alt="" にし、そうでなければ画像にしかない内容を書いてください。',
        'Write alt="" if the text says it all; else write what only the image tells.',
    ),
    criteria=("1.1.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<figure><img src="a.png" alt="雪をかぶった岩手山"><figcaption>岩手山</figcaption></figure>',
        '<p><img src="a.png" alt=""> 市役所</p>',
        '<p>The library <img src="a.png" alt="map"> opens at nine.</p>',
    ),
    bad=(
        '<figure><img src="a.png" alt="岩手山"><figcaption>岩手山</figcaption></figure>',
        '<div><img src="a.png" alt="City library"><p>City library</p></div>',
    ),
)
