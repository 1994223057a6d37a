"""What the walk with the Tab key found (`browser/probes/keyboard.py`), by element."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from machikado.audit.snapshot import Element, Snapshot

FRAMES = ("iframe", "frame", "object", "embed")


def stops(page: Snapshot) -> Iterator[tuple[Element, Mapping[str, Any]]]:
    """Where the focus stopped, in order, and what was seen there."""
    for stop in page.probes["keyboard"].get("stops", ()):
        if element := page.element(stop["index"]):
            yield element, stop


def stop_at(element: Element, page: Snapshot) -> Mapping[str, Any]:
    """What was seen when the focus stopped at an element."""
    return next((stop for at, stop in stops(page) if at is element), {})


def traps(page: Snapshot) -> Iterator[tuple[Element, Mapping[str, Any]]]:
    """Where the focus was caught: the first element of each trap, and how it can be left."""
    for trap in page.probes["keyboard"].get("traps", ()):
        members = [page.element(number) for number in trap["members"]]
        # Within a frame the keys go on to what this walk cannot see.
        if members[0] and not any(e is None or e.in_frame or e.tag in FRAMES for e in members):
            yield members[0], trap
