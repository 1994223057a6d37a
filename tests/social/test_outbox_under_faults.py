"""Whatever breaks, and whenever: at most one post each, and every missing one has a name.

Each schedule is one story from one seed: 50 notices on four networks, up to seven runs over days, in which
networks fail in ten ways, machines die at any step, hang, or find their disk full, lines of the ledger are
cut anywhere, pushes are lost on the way there or back, and a second machine works between any two steps of
the first one.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import lru_cache

import pytest
from fakes import Branch, Clock, Killed, MemoryDisk, candidate, double_posts, fakes, faulty

from machikado.social import ledger as ledger_module
from machikado.social.history import Book
from machikado.social.ledger import Event, Ledger, LedgerError, Task
from machikado.social.network import NETWORKS
from machikado.social.outbox import Item, Outbox, State
from machikado.social.sending import Told, World, run
from machikado.social.settings import Account, Allowance, Settings
from machikado.vocabulary import Text

SCHEDULES = int(os.environ.get("MACHIKADO_SCHEDULES", "1000"))
SEED = int(os.environ.get("MACHIKADO_SEED", "0"))
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
LINKS = {one.notice.id: one.notice.address for one in CANDIDATES}
COMPLETED_LATER = {State.DUE, State.HELD, State.CLAIMED}
COMPLETED_BY_A_PERSON = {State.FAILED, State.UNCERTAIN}


@pytest.fixture(autouse=True)
def _lines_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A ledger is read whole by every run; what a line says is not worked out each time."""
    monkeypatch.setattr(ledger_module, "_line", lru_cache(maxsize=4096)(ledger_module._line))


class Schedule:
    """One story, all from one seed.

    What outlives a run is either the disk of the one machine there is, where a line may be cut, or a
    branch that machines push to, of which each run has a copy.
    """

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311
        self.clock = Clock()
        fault = faulty(self.random, self.random.choice((0.05, 0.2, 0.5)))

        def fault_at_last() -> str:
            self.between_steps()
            return fault()

        self.networks = fakes(self.clock, fault_at_last)
        self.kills = self.random.choice((0.0, 0.002, 0.02))
        self.is_pushed = self.random.random() < 0.7
        self.bustle = self.random.choice((0.0, 0.01, 0.1)) if self.is_pushed else 0.0
        self.kept = Branch()
        self.second: Iterator[Told] | None = None
        self.second_works = False

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        if not self.is_pushed:
            disk = MemoryDisk(self.kept.data, self.breaks)
            try:
                yield Ledger(disk, "ledger.jsonl", self.step)
            finally:
                self.kept.data = disk.data
            return
        disk, base = MemoryDisk(bytearray(self.kept.data)), self.kept.pushes

        def push() -> None:
            nonlocal base
            self.step()
            self.hang()
            is_lost = self.random.random() < self.kills
            if is_lost and self.random.random() < 0.5:
                raise LedgerError(REFUSED)
            base = self.kept.push(disk.data, base)
            if is_lost:
                raise LedgerError(REFUSED)
            self.step()
            self.hang()

        yield Ledger(disk, "ledger.jsonl", push)

    def breaks(self) -> tuple[str, float] | None:
        """What happens to the line that is being written."""
        if self.random.random() >= self.kills:
            return None
        return self.random.choice(("killed", "full")), self.random.random()

    def step(self) -> None:
        """A moment between two steps, at which the machine may die and another may work."""
        self.between_steps()
        if self.random.random() < self.kills:
            raise Killed

    def hang(self) -> None:
        """A push that takes its time, or a machine that sleeps: anything but a request on its way."""
        if not self.second_works and self.random.random() < self.kills:
            self.clock.pass_time(minutes=self.random.choice((1, 4, 12, 90, 1500)))

    def between_steps(self) -> None:
        """Let the second machine begin, or take care of one post, or die."""
        if self.second_works or self.random.random() >= self.bustle:
            return
        self.second_works = True
        try:
            self.second = self.second or self.machine()
            if self.random.random() < 0.05:
                raise Killed
            next(self.second)
        except (StopIteration, LedgerError, Killed):
            self.second = None
        finally:
            self.second_works = False

    def machine(self) -> Iterator[Told]:
        """One run on one machine."""
        with self.ledger() as ledger:
            yield from run(OUTBOX, ledger, World(self.networks, self.clock, lambda *_: None))

    def run(self) -> None:
        with suppress(Killed, LedgerError):
            for _ in self.machine():
                pass
        self.second = None

    def begin(self) -> None:
        with self.calm(), self.ledger() as ledger:
            ledger.add(self.clock(), Event.BEGUN, Task("", ""))

    @contextmanager
    def calm(self) -> Iterator[None]:
        """For a while no machine breaks and nothing is lost on the way to the ledger."""
        kills, bustle, self.kills, self.bustle = self.kills, self.bustle, 0.0, 0.0
        yield
        self.kills, self.bustle = kills, bustle

    def items(self) -> list[Item]:
        """Where every post stands, by what was kept."""
        with self.calm(), self.ledger() as ledger:
            return OUTBOX.items(Book(ledger.lines), self.clock())

    def heal(self) -> None:
        """No more faults; nothing is on its way any more, and no network is paused."""
        for fake in self.networks.values():
            fake.fault = lambda: "none"
        self.clock.pass_time(hours=2)
        with self.calm():
            self.run()

    def ask_people(self, items: list[Item]) -> None:
        """A person looks at the network and says what is there; what was refused is approved."""
        with self.calm(), self.ledger() as ledger:
            for item in items:
                if item.state is State.UNCERTAIN:
                    there = self.networks[item.task.network].has(LINKS[item.task.notice])
                    event = Event.CONFIRMED if there else Event.DENIED
                    OUTBOX.decide(ledger, item, event, self.clock())
                elif item.state is State.FAILED:
                    OUTBOX.decide(ledger, item, Event.APPROVED, self.clock())


REFUSED = Text("台帳を保存できません。", "The ledger cannot be kept.")


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_is_posted_twice_and_nothing_is_lost(part: int) -> None:
    for seed in range(SEED + part, SEED + SCHEDULES, PARTS):
        story = Schedule(seed)
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
