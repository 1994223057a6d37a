"""Walking a page with the Tab key: where the focus stops, what it looks like there, whether it is caught.

Its answer: count, of what can be tabbed to; complete, whether all of it was walked; stops, in order,
each with its number (`index`), `box`, what `changed` about its looks (`0:outline` the element itself,
others what is near it; None where that is not known), `outline` drawn around it, `cover` the fixed
element that hides it, `unseen` where it has no size, `pixels` whether a picture of the window differed
where styles told nothing, `caret` whether it shows a text cursor; traps, each with its members and how
it can be left: `forward`, `back`, `standard` by keys that everybody tries, `documented` a key that the
page names; deeds, what the page did of itself when the focus arrived at an element (`index`): `blur`
it, open a `window`, `leave`, `submit` a form.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

from machikado.browser.probes.probe import Probe

STOPS = 60
SECONDS = 3.0
SECONDS_CAUGHT = 12.0
"""Whether a trap can be left is tried for so long: it is rare and has to be certain."""
PICTURES = 6
"""So many stops are photographed: a picture of the window costs as much as ten keystrokes."""

_PATIENCE = 40
"""Milliseconds that a page gets to send the focus back, where it listens at all."""
_MANY_STOPS_OF_ITS_OWN = {"iframe", "frame", "object", "embed", "video", "audio", "input"}
_PLAYER_STOPS = 14
"""A frame or player keeps the focus for at most so many keystrokes."""
_ARROWS = ("ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft")
_STATE = "window.__machikadoKeyboard"


class _Walk:
    """One walk through one page."""

    def __init__(self, page: Page) -> None:
        self._page = page
        page.evaluate((files(__package__) / "keyboard.js").read_text(encoding="utf-8"))
        begun = self._ask("begin", STOPS + 20)
        self.count: int = begun["count"]
        self.suspects: list[int] = begun["suspects"]
        self._patience = _PATIENCE if begun["listens"] else 0
        self._end = time.monotonic() + SECONDS
        self.stops: list[dict[str, Any]] = []
        self.traps: list[dict[str, Any]] = []
        self.is_complete = False

    def _ask(self, name: str, *arguments: Any) -> Any:  # noqa: ANN401
        return self._page.evaluate(f"(given) => {_STATE}.{name}(...given)", list(arguments))

    def press(self, key: str) -> dict[str, Any]:
        self._page.keyboard.press(key)
        stop: dict[str, Any] = self._ask("stop", self._patience)
        return stop

    def forward(self) -> None:
        """Tab until the focus leaves the page, is caught, or enough has been seen."""
        seen: list[int] = []
        while len(self.stops) < STOPS and time.monotonic() < self._end:
            stop = self.press("Tab")
            index = stop["index"]
            if index < 0:
                self.is_complete = bool(stop["outside"])
                if self.is_complete or (seen and len(seen) > self.count):
                    return
                seen.append(index)
                if seen[-3:] == [-1, -1, -1]:
                    return
                continue
            if index in seen:
                if _rests(stop, seen):
                    seen.append(index)
                    continue
                if trap := self._trap(seen[seen.index(index) :]):
                    self.traps.append(trap)
                return
            seen.append(index)
            self.stops.append(stop)

    def try_suspects(self) -> None:
        """Elements too far down to be walked to that listen for keys or for losing the focus."""
        if self.traps or self.is_complete:
            return
        known = {stop["index"] for stop in self.stops}
        for index in self.suspects:
            if index in known or time.monotonic() > self._end + 1:
                continue
            stays = self._ask("focus", index) and all(
                self.press("Tab")["index"] == index for _ in range(2)
            )
            if stays and (trap := self._trap([index])):
                self.traps.append(trap)
                return

    def _trap(self, members: Sequence[int]) -> dict[str, Any] | None:
        """How these can be left that Tab goes round in; None where it does leave them."""
        members = list(dict.fromkeys(member for member in members if member >= 0))
        inside = set(members)
        if not inside or len(inside) > STOPS / 2 or self._leaves("Tab", inside):
            return None
        trap = {"members": members, "back": False, "standard": False, "documented": None}
        trap["back"] = self._from(members[-1:], lambda: self._leaves("Shift+Tab", inside))
        trap["standard"] = trap["back"] or self._leaves_by_common_keys(members)
        if not trap["standard"]:
            trap["documented"] = self._documented_exit(members)
        return trap

    def _from(self, starts: Iterable[int], try_: Any) -> bool:  # noqa: ANN401
        return any(self._ask("focus", start) and try_() for start in starts)

    def _leaves(self, key: str, inside: set[int]) -> bool:
        """Whether pressing `key` again and again gets out of the page, or at least far away."""
        away = 0
        players = [s for s in self.stops if s["index"] in inside and _has_stops_of_its_own(s)]
        for _ in range(2 * len(inside) + 12 + _PLAYER_STOPS * len(players)):
            if time.monotonic() > self._end + SECONDS_CAUGHT:
                return True
            stop = self.press(key)
            if stop["index"] < 0 and stop.get("outside"):
                return True
            away = 0 if stop["index"] in inside else away + 1
            # A player's own stops are no sign that it keeps the focus.
            if away == 0 and len(inside) < 4 and not _has_stops_of_its_own(stop):
                inside_again = self.press(key)["index"] in inside
                if inside_again and self.press(key)["index"] in inside:
                    return False
        return away > 0

    def _leaves_by_common_keys(self, members: Sequence[int]) -> bool:
        inside = set(members)
        for start in members[:3]:
            for keys in (("Escape",), _ARROWS):
                if not self._ask("focus", start):
                    continue
                for key in keys:
                    self._page.keyboard.press(key)
                if self._leaves("Tab", inside) or not self._stand(members):
                    return True
        for start in members[:6]:
            for key in ("Enter", "Space"):
                if self._ask("focus", start):
                    self._page.keyboard.press(key)
                    if not self._stand(members) or self._leaves("Tab", inside):
                        return True
        return False

    def _stand(self, members: Sequence[int]) -> bool:
        """Whether any of them can still be seen: a closed dialog holds nobody."""
        return any(self._ask("stands", member) for member in members)

    def _documented_exit(self, members: Sequence[int]) -> str | None:
        inside = set(members)
        keys: list[str] = self._ask("keys")
        if not keys:
            for member in members[:4]:
                self._ask("click", member)
            keys = self._ask("keys")
        for said in keys:
            key = playwright_key(said)
            for member in members[:4]:
                if not self._ask("focus", member):
                    continue
                self._page.keyboard.press(key)
                stop = self._ask("stop", self._patience)
                if stop["index"] not in inside or self._leaves("Tab", inside):
                    return said
        return None

    def photograph(self) -> None:
        """Look at the window with and without the focus, where styles tell of no difference."""
        taken = 0
        for stop in self.stops:
            own = [part for part in stop["changed"] or () if part.startswith("0:")]
            if stop["changed"] is None or (own and not stop["unseen"]):
                continue
            if (stop["changed"] and not stop["unseen"]) or taken >= PICTURES:
                continue
            if time.monotonic() > self._end + 3:
                return
            taken += 1
            self._ask("show", stop["index"])
            without = self._page.screenshot(timeout=3000)
            self._ask("light", stop["index"])
            stop["pixels"] = self._page.screenshot(timeout=3000) != without

    def deeds(self) -> list[dict[str, Any]]:
        """What the page did by itself when the focus arrived somewhere."""
        found: list[dict[str, Any]] = self._ask("deeds")
        return found

    def end(self) -> None:
        self._ask("end")


def _rests(stop: dict[str, Any], seen: Sequence[int]) -> bool:
    """Whether it may keep the focus for a while: frames and players have stops of their own."""
    has_more = _has_stops_of_its_own(stop) or stop["tag"] == "input"
    return (
        has_more and seen[-1] == stop["index"] and list(seen).count(stop["index"]) < _PLAYER_STOPS
    )


def _has_stops_of_its_own(stop: dict[str, Any]) -> bool:
    tag = str(stop.get("tag", ""))
    return tag in _MANY_STOPS_OF_ITS_OWN - {"input"} or "-" in tag


def playwright_key(said: str) -> str:
    """`Ctrl + M` as Playwright writes it: `Control+m`."""
    names = {
        "ctrl": "Control", "control": "Control", "alt": "Alt", "option": "Alt", "shift": "Shift",
        "meta": "Meta", "cmd": "Meta", "command": "Meta", "⌘": "Meta", "esc": "Escape",
        "escape": "Escape", "enter": "Enter", "tab": "Tab", "home": "Home", "end": "End",
        "space": "Space",
    }  # fmt: skip
    parts = [part for part in re.split(r"\s*(?:\+|-|キーを押しながら|と)\s*", said.lower()) if part]
    written = (
        names.get(part, part.upper() if re.fullmatch(r"f\d+", part) else part) for part in parts
    )
    return "+".join(written)


def _run(page: Page) -> dict[str, Any]:
    walk = _Walk(page)
    deeds: list[dict[str, Any]] = []
    if walk.count:
        walk.forward()
        deeds = walk.deeds()
        walk.try_suspects()
        if not walk.traps:
            walk.photograph()
    walk.end()
    return {
        "count": walk.count,
        "complete": walk.is_complete,
        "stops": walk.stops,
        "traps": walk.traps,
        "deeds": deeds,
    }


PROBE = Probe("keyboard", _run, needs_fresh_page=False)
