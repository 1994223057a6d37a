# ruff: noqa: T201 - what it prints is what it is for
"""What an audit costs at city scale: `python -m benchmarks.audit --pages 1000 --locales 6`.

A made-up city is built and audited cold, then with nothing changed, then after an edit of some pages,
and a sample of its pages is audited by pa11y-ci (npm, axe runner) before and after, in the same run. CPU seconds are
those of all processes, browsers too, and are extrapolated to 10,000 pages in 6 languages.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.corpus import NOW
from machikado.audit.server import serving
from machikado.browser.find import find_chromium

MACHIKADO = (sys.executable, "-c", "from machikado.cli import main; main()")
CITY = 60_000
"""Pages of 10,000 in 6 languages."""
EDITED = 1_200
"""Pages of 200 that changed, in 6 languages."""
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """CPU seconds of a command and all that it started, wall seconds, and its exit code."""

    cpu: float
    wall: float
    code: int


class _Family(threading.Thread):
    """Adds up the CPU time of a process and its descendants, those that were let go of too."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self._known = {root}
        self._seconds: dict[tuple[int, str], float] = {}
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(0.1):
            self._look()

    def total(self) -> float:
        self._over.set()
        self.join()
        return sum(self._seconds.values())

    def _look(self) -> None:
        for process, parent, born, seconds in _processes():
            if process in self._known or parent in self._known:
                self._known.add(process)
                self._seconds[process, born] = seconds


def _processes() -> Iterator[tuple[int, int, str, float]]:
    """Every process: its number, its parent's, when it began, and its CPU seconds (proc(5), stat)."""
    for entry in sorted(Path("/proc").iterdir(), key=lambda entry: len(entry.name)):
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            seconds = (int(fields[11]) + int(fields[12])) / _TICK
            yield int(entry.name), int(fields[1]), fields[19], seconds


def measure(command: Sequence[str], folder: Path) -> Cost:
    """Run a command to its end; what it prints goes to a file beside its folder."""
    with (folder.parent / "audit.log").open("wb") as log:
        began = time.monotonic()
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        family = _Family(process.pid)
        family.start()
        code = process.wait()
        wall = time.monotonic() - began
    return Cost(family.total(), wall, code)


@dataclass(frozen=True)
class Row:
    """One measurement. pages: how many pages its cost is divided by; note: what was done."""

    name: str
    cost: Cost
    pages: int
    note: str

    @property
    def each(self) -> float:
        """CPU seconds a page."""
        return self.cost.cpu / self.pages


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--locales", type=int, default=6)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--edited", type=int, help="pages to edit; a tenth of all, if not given")
    parser.add_argument("--pa11y", type=Path, help="a folder where `npm install pa11y-ci` was run")
    parser.add_argument("--sample", type=int, default=40, help="pages that pa11y-ci is given")
    parser.add_argument("--write", type=Path, help="a Markdown file for the table")
    given = parser.parse_args()
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / "city"
        _run(sys.executable, "-m", "benchmarks.corpus", "--pages", str(given.pages), "--locales", str(given.locales), "--into", str(folder))  # fmt: skip
        _run(*MACHIKADO, "build", "--quiet", "--no-readings", "--now", NOW, cwd=folder)
        report = "\n".join(_measured(folder, given))
    print(report)
    if given.write:
        given.write.write_text(report + "\n", "utf-8")


def _measured(folder: Path, given: argparse.Namespace) -> Iterator[str]:
    """What was measured, as a Markdown page."""
    command = (*MACHIKADO, "audit", "--quiet", "--format", "json", "--now", NOW, "--jobs", str(given.jobs))  # fmt: skip
    site = folder / "site"
    pages = [f for f in sorted(site.rglob("*.html")) if "<main" in f.read_text("utf-8")]
    count = len(pages)
    # The other tool goes before and after ours: what else the machine does bears on both.
    halves = _halves(pages, given.sample) if given.pa11y else ()
    theirs = [_pa11y(given.pa11y, site, half) for half in halves[:1]]
    cold = Row("cold", measure(command, folder), count, "nothing is remembered")
    theirs += [_pa11y(given.pa11y, site, half) for half in halves[1:]]
    idle = Row("nothing changed", measure(command, folder), count, "all is recalled")
    wanted = given.edited or max(1, count // 10)
    edited = pages[:: max(1, count // wanted)][:wanted]
    for number, page in enumerate(edited):
        text = page.read_text("utf-8")
        page.unlink()  # it may be one file with that of the tree before
        page.write_text(text.replace("</main>", f"<p>{number}</p></main>"), "utf-8")
    warm = Row(
        "after an edit", measure(command, folder), len(edited), f"{len(edited)} pages edited"
    )
    each = (warm.cost.cpu - idle.cost.cpu) / len(edited)
    rows = [cold, idle, warm]
    if theirs:
        cost = Cost(sum(c.cpu for c in theirs), sum(c.wall for c in theirs), theirs[-1].code)
        size = sum(len(half) for half in halves)
        rows.append(
            Row("pa11y-ci", cost, size, f"axe runner, a sample of {size}, one theme, one width")
        )
    yield "# What an audit costs"
    yield ""
    yield (
        f"`python -m benchmarks.audit --pages {given.pages} --locales {given.locales}`: {count} pages, "
        f"{given.jobs} browsers, {os.cpu_count()} cores. CPU seconds are those of all processes, browsers too."
    )
    yield ""
    yield "| | pages | CPU s | wall s | CPU ms a page | |"
    yield "|---|---|---|---|---|---|"
    for row in rows:
        yield (
            f"| {row.name} | {row.pages} | {row.cost.cpu:.1f} | {row.cost.wall:.1f} "
            f"| {row.each * 1000:.1f} | {row.note}; exit {row.cost.code} |"
        )
    yield ""
    yield f"- Whole, {CITY} pages: {cold.each * CITY / 3600:.2f} CPU hours."
    yield (
        f"- After an edit of {EDITED} of {CITY} pages: {(idle.each * CITY + each * EDITED) / 60:.1f} CPU minutes "
        f"({each * 1000:.0f} CPU ms an edited page, beyond what recalling costs)."
    )
    if theirs:
        yield f"- Pages per CPU second, ours to pa11y-ci's: {rows[-1].each / cold.each:.1f}."


def _halves(pages: Sequence[Path], size: int) -> tuple[Sequence[Path], Sequence[Path]]:
    """A sample of the pages, evenly spread, in two halves that are spread alike."""
    sample = pages[:: max(1, len(pages) // size)][:size]
    return sample[::2], sample[1::2]


def _pa11y(tool: Path, site: Path, sample: Sequence[Path]) -> Cost:
    with serving(site) as origin:
        urls = [origin + _address(site, page) for page in sample]
        settings = {
            "defaults": {
                "runners": ["axe"],
                "chromeLaunchConfig": {
                    "executablePath": str(find_chromium()),
                    "args": ["--no-sandbox"],
                },
            },
            "urls": urls,
        }
        file = site.parent / "pa11y.json"
        file.write_text(json.dumps(settings), "utf-8")
        program = tool.resolve() / "node_modules" / ".bin" / "pa11y-ci"
        return measure((str(program), "--config", str(file)), site.parent)


def _address(site: Path, page: Path) -> str:
    return "/" + page.relative_to(site).as_posix().removesuffix("index.html")


def _run(*command: str, cwd: Path | None = None) -> None:
    subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
