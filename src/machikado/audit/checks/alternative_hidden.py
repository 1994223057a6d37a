"""An image with words for it that nobody is told of (ACT e88epe; WCAG 2.2, 1.1.1, F38)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._images import alternative, block_of, is_loaded, plain
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_DECORATION = {"", "icon", "アイコン", "image", "画像", "decoration", "飾り", "spacer"}


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Images that are seen, have an alternative text, and are kept from assistive technology."""
    for image in page.elements("img"):
        if image.is_rendered and is_loaded(image) and plain(alternative(image)):
            yield image


def _expectation(image: Element, _page: Snapshot) -> Fault | None:
    is_decorated = image.get("role").strip().lower() in ("none", "presentation")
    is_hidden = image.get("aria-hidden").strip().lower() == "true"
    if not (is_decorated or is_hidden) or (
        is_decorated and image.role not in (None, "none", "presentation")
    ):
        return None
    said = plain(alternative(image))
    around = image.inside("link", "button") or block_of(image)
    named = plain(around.text + (around.name or ""))
    # Not hidden by itself alone, or told in words beside it: nothing is lost.
    if said in _DECORATION or said in named or _shares_words(alternative(image), around.text):
        return None
    if image.inside("link", "button") and (image.inside("link", "button") or image).name:
        return None
    return Fault(
        Text(
            f"「{alternative(image)[:60]}」という代替テキストがあるのに、"
            "読み上げから隠されています（role=none、aria-hidden）。",
            f"Its text, “{alternative(image)[:60]}”, is hidden from screen readers "
            "(role=none, aria-hidden).",
        )
    )


def _shares_words(said: str, text: str) -> bool:
    words = {word for word in said.casefold().split() if len(word) > 3}
    return bool(words & set(text.casefold().split()))


CHECK = Check(
    id="alternative-hidden",
    title=Text("隠された代替テキスト", "A hidden alternative text"),
    help=Text(
        '意味のある画像なら role と aria-hidden を消し、飾りなら alt を空（alt=""）にしてください。',
        'Remove role and aria-hidden if the image means something; write alt="" if it does not.',
    ),
    criteria=("1.1.1",),
    act=("e88epe",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" role="none" alt="">',
        '<p><img src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==" '
        'width=20 height=20 aria-hidden="true" alt="市役所"> 市役所</p>',
        '<img src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==" '
        'width=20 height=20 alt="City logo">',
    ),
    bad=(
        '<img src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==" '
        'width=20 height=20 role="none" alt="開館時間は9時から17時">',
        '<img src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==" '
        'width=20 height=20 aria-hidden="true" alt="City logo">',
    ),
)
