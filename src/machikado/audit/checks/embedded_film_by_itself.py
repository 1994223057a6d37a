"""An embedded film that begins by itself, with its sound (WCAG 2.2, 1.4.2, F23)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_PLAYERS = re.compile(
    r"//(?:[\w-]+\.)*(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|soundcloud\.com|nicovideo\.jp)/",
    re.IGNORECASE,
)
_STARTS = re.compile(r"[?&](?:autoplay|auto_play)=(?:1|true)\b", re.IGNORECASE)
_MUTED = re.compile(r"[?&](?:mute|muted|background)=(?:1|true)\b", re.IGNORECASE)


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Frames and the like that show a player of films or sound."""
    for frame in page.elements("iframe", "embed", "object"):
        if _PLAYERS.search(_address(frame)) and frame.style.get("display") != "none":
            yield frame


def _address(frame: Element) -> str:
    return frame.get("src") or frame.get("data")


def _expectation(frame: Element, _page: Snapshot) -> Fault | None:
    if not _STARTS.search(_address(frame)) or _MUTED.search(_address(frame)):
        return None
    return Fault(
        Text(
            "埋め込んだ動画が、音とともにひとりでに始まります。",
            "The embedded film begins by itself, with its sound.",
        )
    )


CHECK = Check(
    id="embedded-film-by-itself",
    title=Text("ひとりでに始まる埋め込み動画", "An embedded film that begins by itself"),
    help=Text("アドレスから autoplay=1 を消してください。", "Take autoplay=1 out of its address."),
    criteria=("1.4.2",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<iframe title="橋の動画" src="https://www.youtube.com/embed/x"></iframe>',
        '<iframe title="橋の動画" src="https://www.youtube.com/embed/x?autoplay=1&amp;mute=1"></iframe>',
        '<iframe title="地図" src="/map?autoplay=1"></iframe>',
    ),
    bad=(
        '<iframe title="橋の動画" src="https://www.youtube.com/embed/x?autoplay=1"></iframe>',
        '<iframe title="The bridge" src="https://player.vimeo.com/video/1?title=0&amp;autoplay=true"></iframe>',
    ),
)
