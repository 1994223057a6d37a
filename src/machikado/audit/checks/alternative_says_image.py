"""“Image of …”: a screen reader has said that it is an image already (WCAG 2.2, 1.1.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._images import alternative
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text, Weight

# 「桜の写真」 tells a photograph from a drawing; 「…の画像」 tells nothing.
_SAYS = re.compile(
    r"^(an? |the |this is an? )?(image|picture|graphic|img) (of|showing|shows|depicting)\b|"
    r".の画像(です)?。?$|^画像[:：]",
    re.IGNORECASE,
)


def _applies_to(page: Snapshot) -> Iterator[Element]:
    for image in page.elements("img"):
        if image.is_exposed and alternative(image):
            yield image


def _expectation(image: Element, _page: Snapshot) -> Fault | None:
    if not _SAYS.search(alternative(image)):
        return None
    return Fault(
        Text(
            "代替テキストに「画像」とありますが、画像であることは読み上げソフトが伝えます。",
            "Its alternative text says that it is an image, which a screen reader says anyway.",
        )
    )


CHECK = Check(
    id="alternative-says-image",
    title=Text("「…の画像」という代替テキスト", "An alternative text that begins “Image of”"),
    help=Text(
        "「の画像」を取り、写っている内容だけを書いてください。",
        "Leave “Image of” out and write what it shows.",
    ),
    criteria=("1.1.1",),
    weight=Weight.STYLE,
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<img src="a.png" alt="桜の写真">',
        '<img src="a.png" alt="Picture book hour">',
        '<img src="a.png" alt="">',
    ),
    bad=(
        '<img src="a.png" alt="市役所の画像">',
        '<img src="a.png" alt="Image of the town hall">',
    ),
)
