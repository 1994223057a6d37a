"""Whatever breaks, and whenever: at most one post each, and every missing one has a name."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from fakes import Clock, Killed, candidate, double_posts, fakes, faulty

from machikado.social.ledger import Event, LedgerError, Line, Task, opened, read_lines
from machikado.social.network import NETWORKS
from machikado.social.outbox import Book, Item, Outbox, State, World, run
from machikado.social.settings import Account, Allowance, Settings

SCHEDULES = 1_000
PARTS = 10
"""The schedules are tested in parts, so that two processors share them."""
NOTICES = 50
RUNS = 8
"""Runs with faults in each schedule, over up to three days."""
CANDIDATES = tuple(candidate(number, urgent=number % 10 == 0) for number in range(NOTICES))
PLENTY = Allowance(10_000)
OUTBOX = Outbox(
    Settings(
        {
            name: Account(NETWORKS[name], None, ("ja",), PLENTY, PLENTY)
            for name in ("line", "bluesky", "mastodon", "x")
        },
        most_age=timedelta(days=30),
    ),
    CANDIDATES,
)
TASKS = {Task(one.notice.id, name) for one in CANDIDATES for name in NETWORKS}
COMPLETED_LATER = {State.DUE, State.HELD, State.CLAIMED}
COMPLETED_BY_A_PERSON = {State.FAILED, State.UNCERTAIN}


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """In memory where there is such a place: a million fsyncs would only test the disk."""
    memory = Path("/dev/shm")  # noqa: S108
    with TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as name:
        yield Path(name)


class Schedule:
    """One story: runs, faults, kills and cut lines, all from one seed."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311
        self.path = folder / f"{seed}.jsonl"
        self.clock = Clock()
        share = self.random.choice((0.05, 0.2, 0.5))
        self.networks = fakes(self.clock, faulty(self.random, share))
        self.kills = self.random.choice((0.0, 0.002, 0.02))

    def world(self) -> World:
        return World(self.networks, self.clock, lambda *_: None)

    def keep(self) -> None:
        if self.random.random() < self.kills:
            raise Killed

    def begin(self) -> None:
        with opened(self.path, start=True) as ledger:
            ledger.add(self.clock(), Event.BEGUN, Task("", ""))

    def run(self) -> None:
        """One run that may be killed at any line; a line that was not yet safe may be cut anywhere."""
        size = written = self.path.stat().st_size
        try:
            with opened(self.path, keep=self.keep) as ledger:
                if self.random.random() < 0.1:
                    with pytest.raises(LedgerError), opened(self.path):
                        pass
                for _ in run(OUTBOX, ledger, self.world()):
                    size = self.path.stat().st_size
        except Killed:
            written = self.path.stat().st_size
            if written > size and self.random.random() < 0.5:
                self.cut(written)

    def cut(self, size: int) -> None:
        """Lose a part of the last line, as power does; only of one that announced nothing yet."""
        data = self.path.read_bytes()
        last = read_lines(self.path)[-1]
        if last.event is Event.CLAIM and self.was_sent(last):
            return
        start = data.rindex(b"\n", 0, size - 1) + 1
        os.truncate(self.path, self.random.randrange(start, size))

    def was_sent(self, claim: Line) -> bool:
        fake = self.networks[claim.task.network]
        key = claim.data["key"]
        return any(one.key == key for one in fake.landed) or any(
            message.key == key for _, message in fake.on_the_way
        )

    def items(self) -> list[Item]:
        """Where every post stands, by what is on the disk."""
        return OUTBOX.items(Book(read_lines(self.path)), self.clock())

    def heal(self) -> None:
        """No more faults; nothing is on its way any more, and no network is paused."""
        self.kills = 0.0
        for fake in self.networks.values():
            fake.fault = lambda: "none"
        self.clock.pass_time(hours=2)
        self.run()

    def ask_people(self, items: list[Item]) -> None:
        """A person looks at the network and says what is there; what was refused is approved."""
        with opened(self.path) as ledger:
            for item in items:
                if item.state is State.UNCERTAIN:
                    there = self.networks[item.task.network].has(link_of(item))
                    event = Event.CONFIRMED if there else Event.DENIED
                    OUTBOX.decide(ledger, item, event, self.clock())
                elif item.state is State.FAILED:
                    OUTBOX.decide(ledger, item, Event.APPROVED, self.clock())


LINKS = {one.notice.id: one.notice.address for one in CANDIDATES}


def link_of(item: Item) -> str:
    return LINKS[item.task.notice]


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_is_posted_twice_and_nothing_is_lost(part: int, folder: Path) -> None:
    for seed in range(part, SCHEDULES, PARTS):
        story = Schedule(folder, seed)
        story.begin()
        for _ in range(story.random.randrange(1, RUNS)):
            story.run()
            story.clock.pass_time(minutes=story.random.choice((1, 6, 30, 70, 800, 1500)))
        assert double_posts(story.networks) == [], seed
        states = {item.task: item.state for item in story.items()}
        assert set(states) == TASKS, seed
        missing = {
            task: state
            for task, state in states.items()
            if not story.networks[task.network].has(LINKS[task.notice])
        }
        assert set(missing.values()) <= COMPLETED_LATER | COMPLETED_BY_A_PERSON, seed
        story.heal()
        healed = story.items()
        assert {item.state for item in healed} - {State.POSTED} <= COMPLETED_BY_A_PERSON, seed
        story.ask_people(healed)
        story.heal()
        assert {item.state for item in story.items()} == {State.POSTED}, seed
        assert double_posts(story.networks) == [], seed
        assert all(len(fake.landed) == NOTICES for fake in story.networks.values()), seed
        story.path.unlink()
