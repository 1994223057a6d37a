"""Networks in memory, as strict as the real ones about what they are there for: keys, time, faults."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from machikado.content.front_matter import Social
from machikado.content.locale import Locale
from machikado.social.compose import Notice
from machikado.social.ledger import LedgerError
from machikado.social.network import Message, NotSentError, Receipt, UnknownOutcomeError
from machikado.social.outbox import Candidate
from machikado.vocabulary import Text

START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
JA = Locale("ja", "ja", "日本語", "ja", "ja", is_default=True)


class Killed(BaseException):
    """The machine stops here; nobody catches it."""


class Clock:
    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_time(self, **span: float) -> None:
        self.now += timedelta(**span)


class MemoryDisk:
    """A disk that forgets nothing it called safe, and breaks in the middle of a line when told to.

    breaks: asked before each line: None, or `killed` or `full` and which share of the line is left.
    """

    def __init__(
        self, data: bytearray, breaks: Callable[[], tuple[str, float] | None] = lambda: None
    ) -> None:
        self.data, self._breaks = data, breaks

    def read(self) -> bytes:
        return bytes(self.data)

    def append(self, data: bytes) -> None:
        broken = self._breaks()
        if broken is None:
            self.data += data
            return
        self.data += data[: round(broken[1] * len(data))]
        if broken[0] == "killed":
            raise Killed
        raise OSError(28, "No space left on device")

    def cut(self, size: int) -> None:
        del self.data[size:]


@dataclass
class Branch:
    """A branch of git: what was pushed, and by how many pushes."""

    data: bytearray = field(default_factory=bytearray)
    pushes: int = 0

    def push(self, data: bytearray, base: int) -> int:
        """Take what was added to the state after `base` pushes, unless somebody else pushed since."""
        if base != self.pushes:
            raise LedgerError(Text("先に進まれました。", "Somebody else pushed first."))
        self.data += data[len(self.data) :]
        self.pushes += 1
        return self.pushes


@dataclass
class Landed:
    """A post that the public sees."""

    key: str
    link: str
    at: datetime
    number: int


@dataclass
class Fake:
    """One account: what is public, which keys it still knows, what is still on its way to it.

    key_life: as in `machikado.social.network`, but the network's own, longer one; None for ever.
    """

    name: str
    clock: Clock
    key_life: timedelta | None
    reads_back: bool
    fault: Callable[[], str] = lambda: "none"
    landed: list[Landed] = field(default_factory=list)
    on_the_way: list[tuple[datetime, Message]] = field(default_factory=list)

    def send(self, message: Message) -> Receipt:
        self._arrive()
        fault = self.fault()
        if fault == "no connection":
            raise NotSentError("no connection")
        if fault == "rate":
            raise NotSentError("rate limit (429)", retry_at=self.clock.now + timedelta(minutes=15))
        if fault == "expired":
            raise NotSentError("not authorised (401)", credentials=True)
        if fault == "refused":
            raise NotSentError("HTTP 400", permanent=True)
        if fault == "killed before":
            raise Killed
        if fault == "5xx":
            raise UnknownOutcomeError("HTTP 503")
        if fault == "late":
            self.on_the_way.append((self.clock.now + timedelta(minutes=4), message))
            raise UnknownOutcomeError("no answer")
        landed = self._land(message)
        if fault == "lost answer":
            raise UnknownOutcomeError("no answer")
        if fault == "killed after":
            raise Killed
        if fault == "odd answer":
            raise ValueError("not JSON")
        return Receipt(str(landed.number))

    def find(self, message: Message) -> Receipt | None:
        self._arrive()
        if not self.reads_back:
            raise UnknownOutcomeError("cannot be asked")
        if self.fault() in ("no connection", "5xx", "late", "lost answer"):
            raise NotSentError("no connection")
        found = (one for one in self.landed if one.link == message.link)
        return next((Receipt(str(one.number)) for one in found), None)

    def has(self, link: str) -> int:
        self._arrive()
        return sum(one.link == link for one in self.landed)

    def _arrive(self) -> None:
        """Let what was on its way land, as the network takes it: also under a key it knows."""
        due = [(at, message) for at, message in self.on_the_way if at <= self.clock.now]
        self.on_the_way = [pair for pair in self.on_the_way if pair[0] > self.clock.now]
        for at, message in due:
            self._land(message, at)

    def _land(self, message: Message, at: datetime | None = None) -> Landed:
        now = at or self.clock.now
        if self.key_life != timedelta(0):
            for one in self.landed:
                lives = self.key_life is None or now - one.at < self.key_life
                if one.key == message.key and lives:
                    return one
        landed = Landed(message.key, message.link, now, len(self.landed) + 1)
        self.landed.append(landed)
        return landed


def fakes(clock: Clock, fault: Callable[[], str] = lambda: "none") -> dict[str, Fake]:
    """The four networks; LINE and Mastodon forget keys, X knows none."""
    return {
        "line": Fake("line", clock, timedelta(hours=24), reads_back=False, fault=fault),
        "bluesky": Fake("bluesky", clock, None, reads_back=True, fault=fault),
        "mastodon": Fake("mastodon", clock, timedelta(hours=1), reads_back=True, fault=fault),
        "x": Fake("x", clock, timedelta(0), reads_back=False, fault=fault),
    }


def notice(number: int, **social: object) -> Notice:
    return Notice(
        id=f"tag:city.example,2026-11-20:ja/{1001000 + number}",
        name=f"ja/{1001000 + number}",
        title=f"お知らせ{number}",
        sentence="要約です。",
        address=f"https://city.example/news/{number}/",
        lang="ja",
        social=Social(**social),  # type: ignore[arg-type]
        locale=JA,
        path=f"news/{number}.md",
        site="https://city.example",
        digest=f"digest-{number}",
    )


def candidate(
    number: int, *, urgent: bool = False, at: datetime = START, **social: object
) -> Candidate:
    return Candidate(notice(number, **social), at, public=True, urgent=urgent, locale="ja")


FAULTS = (
    *("no connection", "rate", "expired", "5xx", "late", "lost answer", "odd answer"),
    *("killed before", "killed after", "refused"),
)


def faulty(random: random.Random, share: float) -> Callable[[], str]:
    """A fault in `share` of all requests."""
    return lambda: random.choice(FAULTS) if random.random() < share else "none"


def double_posts(networks: dict[str, Fake]) -> list[tuple[str, str]]:
    """Every network and link with more than one post."""
    return [
        (name, link)
        for name, fake in networks.items()
        for link, count in Counter(one.link for one in fake.landed).items()
        if count > 1
    ]
