"""Sound that begins by itself and cannot be stopped (ACT 80f0bf, 4c31df; WCAG 2.2, 1.4.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.check import Check, Fault, doubt
from machikado.audit.checks._media import facts, tone
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_FREE = 3.0
"""So many seconds of sound need no way to stop them (1.4.2)."""
_STOPS = re.compile(
    r"\b(pause|stop|mute|silence|sound off|turn off)\b|一時停止|停止|止める|ミュート|消音|音を消",
    re.IGNORECASE,
)
_FRAGMENT = re.compile(r"#t=(?:npt:)?([\d.]*)(?:,([\d.]+))?")


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Audio and video that begin by themselves, not muted."""
    for medium in page.elements("audio", "video"):
        starts = medium.has("autoplay") or medium.media.get("played")
        if starts and not medium.has("muted") and not medium.media.get("muted"):
            yield medium


def _expectation(medium: Element, page: Snapshot) -> Fault | None:
    known = facts(medium, page)
    if not known or known["sounds"] is False or _can_be_stopped(medium, page):
        return None
    lasts = _lasts(medium, known["duration"])
    if lasts is not None and lasts <= _FREE and not medium.has("loop"):
        return None
    if known["sounds"] is None:
        return doubt(
            "ひとりでに始まるこの動画に、音はありますか。音があれば、止めるボタンは近くにありますか。",
            "Does what begins here by itself have sound? If so, is there a button to stop it?",
        )
    return Fault(
        Text(
            "音がひとりでに鳴り始め、止める方法がありません。読み上げの声が聞こえなくなります。",
            "Sound begins by itself and nothing stops it: it drowns a screen reader's voice.",
        )
    )


def _can_be_stopped(medium: Element, page: Snapshot) -> bool:
    if medium.has("controls") and medium.is_rendered:
        return True
    return any(
        button.is_rendered and button.is_exposed and _STOPS.search(button.name or "")
        for button in page.with_role("button", "switch", "checkbox", "link")
    )


def _lasts(medium: Element, duration: float | None) -> float | None:
    """Seconds that it plays, as far as its address cuts it (Media Fragments, 4.2.1)."""
    found = _FRAGMENT.search(str(medium.media.get("src", "")))
    start = float(found[1] or 0) if found else 0.0
    if found and found[2]:
        return float(found[2]) - start
    return None if duration is None else duration - start


CHECK = Check(
    id="sound-by-itself",
    title=Text("ひとりでに鳴り、止められない音", "Sound that begins by itself"),
    help=Text(
        "autoplay を消してください。必要なら、近くに停止ボタンを置くか controls を付けてください。",
        "Remove autoplay. Where it is needed, put a stop button beside it, or controls on it.",
    ),
    criteria=("1.4.2",),
    act=("80f0bf", "aaa1bf", "4c31df"),
    probes=("media",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        f'<audio src="{tone(4)}" autoplay controls></audio>',
        f'<audio src="{tone(4)}" controls></audio>',
        f'<audio src="{tone(2)}" autoplay></audio>',
        f'<audio src="{tone(4)}" autoplay></audio><button>音を止める</button>',
        f'<audio src="{tone(4)}" autoplay muted></audio>',
    ),
    bad=(
        f'<audio src="{tone(4)}" autoplay></audio>',
        f'<audio src="{tone(4)}" autoplay></audio><button hidden>Pause</button>',
        f'<audio src="{tone(1)}" autoplay loop></audio>',
    ),
)
