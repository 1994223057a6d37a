"""Text over images and gradients, as `browser/probes/pixels.py` measured it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from machikado.audit.check import Fault, doubt
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text


def texts(page: Snapshot) -> Iterator[Element]:
    """The elements whose text stands on more than one plain colour."""
    for text in page.probes["pixels"].get("texts", ()):
        element = page.element(text["index"])
        if element is not None and element.is_rendered:
            yield element


def too_faint(element: Element, page: Snapshot, small: float, large: float) -> Fault | None:
    """Its fault where nearly all of it has less contrast than it needs; a question where much has."""
    text: Mapping[str, Any] = next(
        t for t in page.probes["pixels"]["texts"] if t["index"] == element.index
    )
    is_large = text["size"] >= 24 or (text["size"] >= 18.66 and text["weight"] >= 700)
    needed = large if is_large else small
    if text["high"] < needed - 0.05 and not text["shadow"]:
        return Fault(
            Text(
                f"背景の画像や模様との明暗の差が足りません（{text['high']}対1、必要なのは{needed}対1）。",
                f"Too little contrast with the picture or pattern behind it ({text['high']}:1, "
                f"needed {needed}:1).",
            )
        )
    if text["middle"] < needed:
        return doubt(
            "背景の画像や模様に重なる文字です。どこも無理なく読めますか。",
            "Text over a picture or pattern. Can all of it be read with ease?",
        )
    return None
