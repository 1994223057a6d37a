"""An invisible image that makes room (WCAG 2.2, 1.1.1 and 1.3.2; F38, C18)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._images import file_name
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_NAME = re.compile(
    r"^(spacer|blank|transparent|clear|pixel|dummy|1x1|space|shim|trans|dot_?clear)"
    r"[-_0-9a-z]{0,6}\.(gif|png)$",
    re.IGNORECASE,
)


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Images that are there for their room: called so, or of one dot and drawn large."""
    for image in page.elements("img"):
        if image.box is not None and (_NAME.match(file_name(image)) or _is_stretched_dot(image)):
            yield image


def _is_stretched_dot(image: Element) -> bool:
    natural = image.more.get("natural")
    is_late = image.get("loading") == "lazy" or image.has("data-src") or image.has("data-original")
    if natural != [1, 1] or image.box is None or is_late or image.has("srcset"):
        return False
    return max(image.box.width, image.box.height) > 4 and image.is_rendered


def _expectation(_image: Element, _page: Snapshot) -> Fault | None:
    return Fault(
        Text(
            "見えない画像で間隔を空けています。",
            "An invisible image is used to make room.",
        )
    )


_DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw=="

CHECK = Check(
    id="spacer-image",
    title=Text("間隔を空けるための画像", "A spacer image"),
    help=Text(
        "画像を消し、間隔はスタイルシート（margin など）で空けてください。",
        "Remove the image and make room in the style sheet (margin, gap).",
    ),
    criteria=("1.1.1", "1.3.2"),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        f'<img src="{_DOT}" alt="" width=1 height=1>',
        '<img src="space-museum.jpg" alt="宇宙の博物館" width=90 height=90>',
        f'<img src="{_DOT}" data-src="a.jpg" loading="lazy" alt="Library" width=90 height=90>',
    ),
    bad=(
        f'<img src="{_DOT}" alt="" width=200 height=10>',
        '<img src="/img/spacer.gif" alt="spacer" width=20 height=20>',
    ),
)
