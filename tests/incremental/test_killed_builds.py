"""Whatever becomes of a build, readers see one whole site, and the next build makes the right one."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from incremental.edited_city import City, build, cold, files

MOMENTS = int(os.environ.get("MACHIKADO_MOMENTS", "25"))
State = dict[str, bytes]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kills processes as Linux has them")


class Town:
    """A city that changes between three states, and the whole site that belongs to each."""

    def __init__(self, folder: Path, carried: Path) -> None:
        self.city = City(folder / "city", carried)
        self.cache, self.site = folder / "warm", folder / "warm" / "site"
        for number in range(24):
            self.city.add("ja", f"plan/many{number}.md")
        self.states: list[State] = []
        self.sites: list[State] = []
        self._keep(folder)
        first = self.city.sheet("ja", "plan/many1.md")
        first.keys["aliases"] = "/old/"
        for number in range(0, 24, 2):
            self.city.sheet("ja", f"plan/many{number}.md").body += "\n電話番号を改めました。\n"
        for number in range(24, 34):
            self.city.add("ja", f"plan/new{number}/index.md")
        self.city.sheet("ja", "index.md").title = "新しい題"
        self.city.write("docs/ja/plan/map.png", b"picture")
        self._keep(folder)
        for number in range(24, 34):
            del self.city.sheets["ja", f"plan/new{number}/index.md"]
        for number in range(12, 24):
            del self.city.sheets["ja", f"plan/many{number}.md"]
        first.keys["aliases"] = "/older/"
        (self.city.root / "docs/ja/plan/map.png").unlink()
        self.city.write("docs/ja/plan/map.png/form.txt", b"form")
        self._keep(folder)

    def _keep(self, folder: Path) -> None:
        self.city.save()
        built, site = cold(self.city, folder / "cold")
        assert not built.report.blocks, [f.message.en for f in built.report.findings]
        self.states.append(files(self.city.root / "docs"))
        self.sites.append(site)

    def become(self, number: int) -> None:
        """Have the sources of a state on the disk."""
        docs, state = self.city.root / "docs", self.states[number]
        for name in files(docs).keys() - state.keys():
            (docs / name).unlink()
            if not any((docs / name).parent.iterdir()):
                (docs / name).parent.rmdir()
        for name, data in state.items():
            self.city.write(f"docs/{name}", data)

    def build(self, jobs: int = 1) -> None:
        build(self.city, self.cache, self.site, jobs)

    def published(self) -> State:
        return files(self.site) if self.site.exists() else {}


@pytest.fixture
def town(tmp_path: Path, carried: Path, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setattr("machikado.incremental.hands.FEW", 4)
    monkeypatch.setattr("machikado.incremental.hands.BATCH", 3)
    return Town(tmp_path, carried)


def apart(work: Callable[[], None], steps: int | None = None) -> int:
    """Do something in a process group of its own; returns the number of the process.

    steps: how often it may open, link, rename or remove something until it is killed.
    """
    process = os.fork()
    if process == 0:
        status = 1
        try:
            os.setsid()
            if steps is not None:
                sys.addaudithook(_Countdown(steps).heard)
            work()
            status = 0
        finally:
            os._exit(status)
    return process


class _Countdown:
    """Kills its process at the n-th thing done to the disk; a worker has a count of its own."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    def heard(self, event: str, _arguments: tuple[object, ...]) -> None:
        if event == "open" or event.startswith(("os.", "sqlite3.", "ctypes.")):
            self._left -= 1
            if self._left < 0:
                os.kill(os.getpid(), signal.SIGKILL)


def differing(one: State, other: State) -> list[str]:
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def test_a_build_that_is_killed_at_any_moment_leaves_the_old_site_or_the_new_one(
    town: Town,
) -> None:
    chance = Random(os.environ.get("MACHIKADO_SEED", "7"))  # noqa: S311 - no secret
    town.become(0)
    town.build()
    longest, now, killed = 0.15, 0, 0
    for moment in range(MOMENTS):
        target = chance.choice([state for state in range(3) if state != now])
        jobs = chance.choice([1, 2])
        town.become(target)
        steps = int(60 * 9 ** chance.random()) if chance.random() < 0.5 else None
        process = apart(lambda jobs=jobs: town.build(jobs), steps)  # type: ignore[misc]
        if steps is None:
            time.sleep(chance.uniform(0, longest))
            # The whole family of processes, or the parent alone, as a system short of memory does.
            kill = os.killpg if chance.random() < 0.5 else os.kill
            with suppress(ProcessLookupError):
                kill(process, signal.SIGKILL)
        _, status = os.waitpid(process, 0)
        has_ended = os.waitstatus_to_exitcode(status) == 0
        killed += not has_ended
        if steps is None:
            # However busy the machine is, most builds are to be killed before they end.
            longest *= 0.7 if has_ended else 1.2
        found = town.published()
        seen = [state for state in (now, target) if found == town.sites[state]]
        assert seen, (moment, differing(found, town.sites[target]))
        now = seen[0]
        # The next build takes up this one, sometimes after the sources have changed again.
        if chance.random() < 0.5:
            town.build(chance.choice([1, 2]))
            assert differing(town.published(), town.sites[target]) == [], moment
            now = target
    assert killed > MOMENTS / 3
