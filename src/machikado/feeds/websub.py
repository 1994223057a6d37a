"""Telling a WebSub hub that feeds have changed, so that it hands them on at once.

The Recommendation (https://www.w3.org/TR/websub/, section 6) leaves open how a hub is told. Hubs take
what PubSubHubbub 0.4 used: a form with `hub.mode=publish` and the feed's address as `hub.url`; some
ask for it as `hub.topic`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

Post = Callable[[str, dict[str, str]], int]
"""Sends a form to an address and gives the status of the answer; raises OSError where none came."""
Get = Callable[[str], bytes | None]
"""Gives what is published at an address; None where there is nothing, OSError where nobody answered."""


class Told(StrEnum):
    """What became of one feed."""

    WOULD_TELL = "would-tell"
    TOLD = "told"
    NOT_DEPLOYED = "not-deployed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Ping:
    """One feed, by its address, and what became of it; `why` where it failed."""

    address: str
    told: Told
    why: str = ""


def pings(
    hub: str, feeds: Iterable[tuple[str, bytes]], get: Get, post: Post, *, send: bool
) -> Iterator[Ping]:
    """Tell `hub` of each feed (its address, and what was built for it).

    A feed that is not published as it was built is not told of: a hub that fetches too early hands
    out the old one. Without `send` nothing is told, only looked at.
    """
    for address, built in feeds:
        try:
            if get(address) != built:
                yield Ping(address, Told.NOT_DEPLOYED)
                continue
            if not send:
                yield Ping(address, Told.WOULD_TELL)
                continue
            form = {"hub.mode": "publish", "hub.url": address, "hub.topic": address}
            status = post(hub, form)
        except OSError as error:
            yield Ping(address, Told.FAILED, type(error).__name__)
            continue
        done = 200 <= status < 300
        yield Ping(address, Told.TOLD if done else Told.FAILED, "" if done else f"HTTP {status}")
