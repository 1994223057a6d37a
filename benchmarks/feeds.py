# ruff: noqa: T201 - what it prints is what it is for
"""What feeds cost: `python -m benchmarks.feeds --news 10000 --locales 6`.

A made-up city of notices, all of them in every language, is built with its feeds and without any, in
turns, on one machine in one run: cold, with nothing changed, and after the newest notice was edited. The
difference is what the feeds cost: every channel in every format, the posts of each network, the lists
of feeds, and whatever is loaded for them. Readings are left out, which would only make the share smaller.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.corpus import NOW
from benchmarks.run import HERE, Measured, measure

WITHOUT = "import machikado.incremental.builder as builder; builder.channels_of = lambda *_: ()"
"""A site of no channel: the rest of the build, and the pages that name the feeds, stay the same."""
MAIN = "from machikado.cli import main; main()"
PROGRAMS = {
    "with": f"import machikado.incremental.builder; {MAIN}",
    "without": f"{WITHOUT}; {MAIN}",
}
LIMIT = 7200.0
"""Seconds that any build may take."""


@dataclass
class City:
    """A copy of the city and what its builds have taken, by case."""

    kind: str
    folder: Path
    own: set[str]
    taken: dict[str, list[Measured]] = field(default_factory=dict)
    edits: int = 0

    def build(self, case: str, before: Callable[[City], None]) -> None:
        before(self)
        command = (sys.executable, "-c", PROGRAMS[self.kind], "build", "--quiet", "--no-readings")
        one = measure([*command, "--now", NOW], self.folder, LIMIT)
        feeds = sum(1 for _ in self.folder.glob("site/**/feeds/**/*.*"))
        if bool(feeds) is not (self.kind == "with"):
            raise RuntimeError(f"{self.kind} feeds: {feeds} files of feeds")
        self.taken.setdefault(case, []).append(one)
        print(f"{case}, {self.kind} feeds: {one.cpu:.2f} CPU s, {one.wall:.2f} s, {feeds} files", file=sys.stderr)  # fmt: skip

    def forget(self) -> None:
        for entry in self.folder.iterdir():
            if entry.name not in self.own:
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()

    def edit_body(self) -> None:
        """Add a sentence to the newest notice, which stands in the feeds of three channels."""
        self.edits += 1
        with self._newest().open("a", encoding="utf-8") as source:
            source.write(f"\n電話番号を{self.edits:04}に改めました。\n")

    def edit_title(self) -> None:
        self.edits += 1
        text = self._newest().read_text("utf-8")
        changed = text.replace('"\nsummary', f'改訂{self.edits:04}"\nsummary', 1)
        self._newest().write_text(changed, "utf-8")

    def _newest(self) -> Path:
        month = max(self.folder.glob("docs/ja/news/*/"))
        return max(path for path in month.glob("*.md") if path.name != "index.md")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.feeds", description=__doc__)
    parser.add_argument("--news", type=int, default=1000, help="notices in each language")
    parser.add_argument("--locales", type=int, default=6)
    parser.add_argument("--cold", type=int, default=2, help="how often the city is built cold")
    parser.add_argument("--edits", type=int, default=7, help="how often each edit is made")
    given = parser.parse_args()
    with TemporaryDirectory(prefix="machikado-feeds-") as name:
        city = Path(name) / "with"
        size = ("--pages", str(given.news), "--news", "1", "--coverage", "1", "--locales", str(given.locales))  # fmt: skip
        subprocess.run([sys.executable, "-m", "benchmarks.corpus", *size, "--into", str(city)], cwd=HERE.parent, check=True)  # fmt: skip
        shutil.copytree(city, Path(name) / "without")
        cities = [City(kind, Path(name) / kind, {e.name for e in city.iterdir()}) for kind in PROGRAMS]  # fmt: skip
        cases: list[tuple[str, int, Callable[[City], None]]] = [
            ("cold", given.cold, City.forget),
            ("nothing changed", given.edits, lambda _: None),
            ("one body edited", given.edits, City.edit_body),
            ("one title edited", given.edits, City.edit_title),
        ]
        for case, times, before in cases:
            for _ in range(times):
                for one in cities:
                    one.build(case, before)
            _tell(case, *(one.taken[case] for one in cities))


def _tell(case: str, told: list[Measured], silent: list[Measured]) -> None:
    """Medians of CPU and wall seconds, with feeds, without, and what the feeds add."""
    print(case)
    for what, of in (("CPU s", lambda one: one.cpu), ("s", lambda one: one.wall)):
        more, less = median(map(of, told)), median(map(of, silent))
        share = (more - less) / less
        print(f"  {more:8.2f} with feeds, {less:8.2f} without: + {more - less:.2f} {what}, {share:+.1%}")  # fmt: skip


if __name__ == "__main__":
    main()
