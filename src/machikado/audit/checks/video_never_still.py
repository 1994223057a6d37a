"""A silent film that begins by itself and cannot be stopped (WCAG 2.2.2; F16)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._media import SILENT_FILM
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_FREE = 5.0
"""Seconds that anything may move by itself (2.2.2)."""
_STOPS = re.compile(r"stop|pause|play|停止|一時|止め|再生", re.IGNORECASE)


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Films that are seen and begin by themselves."""
    for video in page.elements("video"):
        if video.is_rendered and (video.has("autoplay") or video.media.get("played")):
            yield video


def _expectation(video: Element, page: Snapshot) -> Fault | None:
    media = video.media
    seconds = media.get("duration")
    if video.has("controls") or not media.get("ready"):
        return None
    if not video.has("loop") and (seconds is None or seconds <= _FREE):
        return None
    controls = page.with_role("button", "link", "checkbox", "switch")
    if any(
        _STOPS.search(f"{e.name} {e.get('class')} {e.get('id')}") for e in controls if e.is_rendered
    ):
        return None
    if "click" in video.heard or any("click" in e.heard for e in list(video.ancestors())[:2]):
        return None
    return Fault(
        Text(
            "動画がひとりでに始まり、止める方法がありません。",
            "The film begins by itself and nothing stops it.",
        )
    )


def _film(attributes: str) -> str:
    return f'<video src="{SILENT_FILM}" aria-label="川" {attributes}></video>'


CHECK = Check(
    id="video-never-still",
    title=Text("止められない動画", "A film that cannot be stopped"),
    help=Text(
        "controls を付けるか、autoplay を外すか、「停止」のボタンを置いてください。",
        "Add `controls`, take `autoplay` away, or place a button that stops it.",
    ),
    criteria=("2.2.2",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        _film("controls autoplay loop muted"),
        _film("controls"),
        _film("autoplay loop muted") + "<button>動画を停止</button>",
        _film("autoplay muted"),
    ),
    bad=(_film("autoplay loop muted"),),
)
