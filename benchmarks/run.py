"""Time this project beside other generators, on one machine in one run: `make bench`.

Every measurement is one whole process with all it started: CPU seconds (user and system), wall seconds
and the peak memory of the largest process, by wait4(2). Ratios between the rows mean something; seconds
alone do not, for they are the machine's.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median

from benchmarks.report import Facts, Row, write_report

NOW = "2026-11-20T09:00+09:00"
"""The clock of every build: that of benchmarks.corpus."""
EDITED = "procedures/part-001/guide-00001.md"
LONG = 60.0
"""Seconds after which a build is measured once instead of several times."""
HERE = Path(__file__).resolve().parent
MACHIKADO = (sys.executable, "-c", "from machikado.cli import main; main()")


@dataclass(frozen=True)
class Measured:
    """One process and all it waited for: seconds, and bytes of the largest of them."""

    cpu: float
    wall: float
    memory: int


class DidNotFinishError(Exception):
    """A build that failed or was stopped at the limit; the message says which."""


def measure(command: Sequence[str], folder: Path, limit: float) -> Measured:
    """Run `command` in `folder`; raises DidNotFinishError when it fails or takes more than `limit` s."""
    environment = {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "XDG_CACHE_HOME": str(folder / ".cache"),
        "HUGO_CACHEDIR": str(folder / ".cache" / "hugo"),
    }
    log = folder.parent / f"{folder.name}.log"
    with log.open("wb") as output:
        began = time.monotonic()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        stopped = threading.Event()

        def stop() -> None:
            stopped.set()
            os.killpg(process.pid, signal.SIGKILL)

        timer = threading.Timer(limit, stop)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
    if stopped.is_set():
        raise DidNotFinishError(f"not finished in {limit:.0f} s")
    if process.returncode:
        last = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-3:]
        print(*last, sep="\n", file=sys.stderr)  # noqa: T201 - why, for whoever runs this
        raise DidNotFinishError(f"failed with exit code {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Measured(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * unit)


@dataclass
class Tool:
    """A generator with its copy of the content: `source` has `{page}` for a page's path."""

    name: str
    folder: Path
    command: Sequence[str]
    source: str
    output: str
    template: str | None = None
    own: set[str] = field(default_factory=set)
    edits: int = 0

    def __post_init__(self) -> None:
        self.own = {entry.name for entry in self.folder.iterdir()}

    def forget(self) -> None:
        """Leave nothing but the sources: the next build is a cold one."""
        for entry in self.folder.iterdir():
            if entry.name not in self.own:
                if entry.is_dir():
                    shutil.rmtree(entry)
                else:
                    entry.unlink()

    @property
    def pages(self) -> int:
        """The HTML pages of the last build; pages that only lead elsewhere do not count."""
        places = (self.folder / self.output).rglob("*.html")
        return sum(b'http-equiv="refresh"' not in place.read_bytes()[:1000] for place in places)

    @property
    def edited(self) -> Path:
        return self.folder / self.output / EDITED.removesuffix(".md") / "index.html"

    def edit_body(self) -> str:
        """Add a sentence to a page; returns it."""
        self.edits += 1
        words = f"電話番号を{self.edits:04}に改めました。"
        with self._source().open("a", encoding="utf-8") as source:
            source.write(f"\n{words}\n")
        return words

    def edit_title(self) -> str:
        """Change the title of a page; returns the new end of it."""
        self.edits += 1
        words = f"改訂{self.edits:04}"
        text = self._source().read_text(encoding="utf-8")
        changed = re.sub(r'^(title: ".*)"$', rf'\1{words}"', text, count=1, flags=re.MULTILINE)
        self._source().write_text(changed, encoding="utf-8")
        return words

    def edit_template(self) -> str:
        """Change a template that every page has; returns what every page must then have."""
        self.edits += 1
        words = f'<p data-edit="{self.edits}">'
        with (self.folder / (self.template or "")).open("a", encoding="utf-8") as template:
            template.write(f"{words}</p>\n")
        return words

    def _source(self) -> Path:
        return self.folder / self.source.format(page=EDITED)


@dataclass
class Bench:
    """One run of all cases; rows are told as they come."""

    limit: float
    repeat: int
    rows: list[Row] = field(default_factory=list)

    def time(
        self,
        tools: Sequence[Tool],
        case: str,
        before: Callable[[Tool], str | None],
        options: Sequence[str] = (),
    ) -> None:
        """Measure one case of several tools in turn, `repeat` times; the median of each is a row.

        before: what is done to the tool's folder, untimed; words it returns must then be on the page.
        """
        taken: dict[str, list[Measured]] = {tool.name: [] for tool in tools}
        failed: dict[str, str] = {}
        for _ in range(self.repeat):
            for tool in tools:
                done = taken[tool.name]
                if tool.name in failed or (done and done[0].wall > LONG):
                    continue
                words = before(tool)
                try:
                    taken[tool.name].append(
                        measure([*tool.command, *options], tool.folder, self.limit)
                    )
                except DidNotFinishError as error:
                    failed[tool.name] = str(error)
                    continue
                if words and words not in without_furigana(tool.edited.read_text("utf-8")):
                    failed[tool.name] = "the edit is not on the page"
        for tool in tools:
            self._add(tool, case, taken[tool.name], failed.get(tool.name))

    def _add(self, tool: Tool, case: str, taken: Sequence[Measured], failure: str | None) -> None:
        if failure:
            row = Row(tool.name, case, failure=failure)
        else:
            row = Row(
                tool.name,
                case,
                tool.pages,
                median(one.cpu for one in taken),
                median(one.wall for one in taken),
                max(one.memory for one in taken),
                len(taken),
            )
        self.rows.append(row)
        print(row, file=sys.stderr)  # noqa: T201 - progress


def without_furigana(html: str) -> str:
    """The HTML of a page without furigana, which stands between the letters of a word."""
    return re.sub(r"<rt[^>]*>[^<]*</rt>|</?ruby[^>]*>", "", html)


def content(folder: Path, pages: int, locales: int, seed: int) -> int:
    """Write the project of this size into `folder/project`; returns the number of its sources."""
    size = ["--pages", str(pages), "--locales", str(locales), "--seed", str(seed)]
    command = ["-m", "benchmarks.corpus", *size, "--into", str(folder / "project")]
    return int(_python(command))


def convert(kind: str, folder: Path) -> Path:
    """The project of `folder` written for another generator, by the module of that name."""
    into = folder / kind
    _python(["-m", f"benchmarks.{kind}", "--project", str(folder / "project"), "--into", str(into)])
    return into


def _python(arguments: Sequence[str]) -> str:
    """Run Python apart: this process stays small, for a child's memory counts from its parent's."""
    done = subprocess.run(
        [sys.executable, *arguments], cwd=HERE.parent, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def install(package: str, tools: Path) -> Path | None:
    """The command of a package from the package index, in an environment of its own; None if it fails."""
    place = tools / package
    try:
        if not (place / "bin" / package).exists():
            subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
            pip = [str(place / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check"]
            subprocess.run([*pip, package], check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    # The program itself, where the package is only a way to carry it.
    binaries = sorted(place.glob(f"lib/*/site-packages/{package}/binaries/{package}*"))
    return binaries[0] if binaries else place / "bin" / package


def machikado_at(folder: Path) -> Tool:
    """This project, on the content as it is."""
    command = [*MACHIKADO, "build", "--quiet", "--now", NOW]
    template = "overrides/partials/footer.html"
    return Tool("Machikado", folder / "project", command, "docs/ja/{page}", "site", template)


def hugo_at(folder: Path, program: Path) -> Tool:
    """Hugo, on the content written for it."""
    command = [str(program), "--quiet", "--clock", NOW.replace("+", ":00+")]
    template = "layouts/_partials/footer.html"
    return Tool("Hugo", convert("hugo", folder), command, "content/ja/{page}", "public", template)


def mkdocs_at(folder: Path, *, tuned: bool = False) -> Tool:
    """MkDocs with Material and static-i18n, on the same Markdown."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    name, kind = ("MkDocs, tuned", "tuned_mkdocs") if tuned else ("MkDocs", "plain_mkdocs")
    return Tool(name, convert(kind, folder), command, "docs/ja/{page}", "site")


def zensical_at(folder: Path, program: Path) -> Tool:
    """Zensical, on the Japanese part."""
    command = [str(program), "build"]
    return Tool("Zensical (ja only)", convert("zensical", folder), command, "docs/{page}", "site")


def without_readings(tool: Tool) -> Tool:
    """Readings are a work of their own that no other generator does: a cold build leaves them out."""
    return Tool(**{**vars(tool), "command": [*tool.command, "--no-readings"]})


def cold(tool: Tool) -> None:
    tool.forget()


def beside_mkdocs(bench: Bench, folder: Path) -> None:
    """A cold build beside MkDocs, at the size that MkDocs is asked for."""
    ours = machikado_at(folder)
    if not any((row.tool, row.case) == (ours.name, "cold") for row in bench.rows):
        bench.time([without_readings(ours)], "cold", cold)
    once = Bench(bench.limit, 1)
    once.time([mkdocs_at(folder), mkdocs_at(folder, tuned=True)], "cold", cold)
    bench.rows += once.rows


def run(bench: Bench, folder: Path, tools: Path, *, is_first: bool) -> None:
    """All cases at one size. Those that tell nothing more at a second size are measured at the first alone."""
    ours = machikado_at(folder)
    program = install("hugo", tools)
    hugo = [hugo_at(folder, program)] if program else []
    bench.time([without_readings(ours), *hugo], "cold", cold)
    if not hugo:
        bench.rows.append(Row("Hugo", "cold", failure="could not be installed"))
    # The edits come after a build with readings, which they include.
    bench.time([ours], "cold, with readings", cold)
    bench.time([ours], "nothing changed", lambda _: None)
    bench.time([ours, *hugo], "one body edited", Tool.edit_body)
    bench.time([ours, *hugo], "one title edited", Tool.edit_title)
    if not is_first:
        return
    bench.time([ours, *hugo], "one template edited", Tool.edit_template)
    program = install("zensical", tools)
    if program:
        zensical = zensical_at(folder, program)
        bench.time([zensical], "cold", cold)
        bench.time([zensical], "nothing changed", lambda _: None)
        bench.time([zensical], "one body edited", Tool.edit_body)
    else:
        bench.rows.append(Row("Zensical (ja only)", "cold", failure="could not be installed"))


def main(arguments: Sequence[str] | None = None) -> None:
    """The command; the report is written beside this file, or into --report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("--pages", type=int, default=1000, help="articles and notices in Japanese")
    parser.add_argument("--locales", type=int, default=6)
    parser.add_argument(
        "--smaller", type=int, default=200, help="the size growth starts at; 0: none"
    )
    parser.add_argument(
        "--mkdocs", type=int, default=1000, help="the size that MkDocs is asked to build; 0: none"
    )
    parser.add_argument("--limit", type=float, default=240, help="seconds any build may take")
    parser.add_argument("--repeat", type=int, default=3, help="how often short builds are measured")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tools", type=Path, help="where other generators are installed and kept")
    parser.add_argument("--report", type=Path, default=HERE, help="where the report is written")
    given = parser.parse_args(arguments)
    compared = [given.pages] + ([given.smaller] if given.smaller else [])
    sizes = compared + ([given.mkdocs] if given.mkdocs and given.mkdocs not in compared else [])
    with tempfile.TemporaryDirectory(prefix="machikado-bench-") as name:
        work = Path(name)
        tools = (given.tools or work / "tools").resolve()
        machine, began = _busy(), time.monotonic()
        runs: list[tuple[int, Bench]] = []
        for pages in sizes:
            folder = work / str(pages)
            folder.mkdir()
            sources = content(folder, pages, given.locales, given.seed)
            bench = Bench(given.limit, given.repeat)
            if pages in compared:
                run(bench, folder, tools, is_first=pages == compared[-1])
            if pages == given.mkdocs:
                beside_mkdocs(bench, folder)
            runs.append((sources, bench))
        facts = Facts(
            pages=sizes,
            locales=given.locales,
            sources=[sources for sources, _ in runs],
            cores=os.cpu_count() or 1,
            memory=_memory(),
            others=_share_of_others(machine, began),
            versions=dict(_versions(tools)),
        )
        write_report(given.report, facts, [bench.rows for _, bench in runs])


def _busy() -> float | None:
    """CPU seconds that all processes of the machine have used; None where that is not told."""
    try:
        values = Path("/proc/stat").read_text().splitlines()[0].split()[1:]
    except OSError:
        return None
    user, nice, system, _idle, _wait, irq, soft, *_ = map(int, values)
    return (user + nice + system + irq + soft) / os.sysconf("SC_CLK_TCK")


def _share_of_others(before: float | None, began: float) -> float | None:
    """The share of the processors that went into anything but this process and what it started."""
    now = _busy()
    if now is None or before is None:
        return None
    seconds = (time.monotonic() - began) * (os.cpu_count() or 1)
    own = [resource.getrusage(of) for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    ours = sum(usage.ru_utime + usage.ru_stime for usage in own)
    return max(0.0, (now - before - ours) / seconds)


def _memory() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _versions(tools: Path) -> Iterator[tuple[str, str]]:
    yield "Python", sys.version.split()[0]
    for package in ("machikado", "mkdocs", "mkdocs-material", "mkdocs-static-i18n", "markdown"):
        yield package, version(package)
    for package in ("hugo", "zensical"):
        found = sorted(tools.glob(f"{package}/lib/*/site-packages/{package}-*.dist-info"))
        if found:
            yield package, found[0].name.removesuffix(".dist-info").partition("-")[2]


if __name__ == "__main__":
    main()
