"""`machikado check`: everything wrong with the sources, with file and line, in one run."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import click

from machikado.check import check_sources, sources_of
from machikado.check.mending import Change, mended
from machikado.cli.common import (
    FINDINGS,
    config_option,
    doubtful_readings,
    format_option,
    in_project,
    open_project,
    print_json,
    print_report,
    quiet_option,
    read_sources,
    say,
    stop,
    words,
)
from machikado.project import Project
from machikado.vocabulary import Fix, Outcome, Report, Weight

_PASSES = 5
"""How often what one fix brings to light is mended in turn."""
_AROUND = 12
"""Characters shown on both sides of a change."""


@click.command(
    help=words(
        """原稿を調べ、直すところをファイル名と行で示します。

        FILE を書くと、そのファイル（フォルダーなら中の全部）だけを報告します。ほかのページとの関係も調べます。
        誤りがなければ終了コード0、あれば1です。（注意）と（書き方）は、公開を止めません。

        \b
        例:
          machikado check
          machikado check docs/ja/news/2026-12-01-snow.md
          machikado check --format json docs/ja
          machikado check --readings docs/ja        # 読みが確かでない言葉も示す
          machikado check --fix docs/ja/news        # 確かに直せるところを直す
        """,
        """Check the sources and name what is wrong, with file and line.

        With FILE (or a folder), report on that alone; how it stands to other pages still counts.
        Exit code 0 when nothing is wrong, 1 when something is; what is marked (warning) or (style)
        stops nothing.

        \b
        Examples:
          machikado check
          machikado check docs/ja/news/2026-12-01-snow.md
          machikado check --format json docs/ja
          machikado check --readings docs/ja        # name doubtful readings too
          machikado check --fix docs/ja/news        # mend what can be mended for certain
        """,
    )
)
@click.option(
    "--readings", is_flag=True,
    help=words("ふりがなの読みが確かでない言葉を、i18n/readings.csv に足す行とともに示す。", "Name words whose reading is doubtful, each with a line for i18n/readings.csv."),
)  # fmt: skip
@click.option(
    "--places-must-be-known", is_flag=True,
    help=words("--readings で、読みが確かでない地名を誤りとする（終了コード1）。", "With --readings, a doubtful place name is a fault (exit code 1)."),
)  # fmt: skip
@click.option(
    "--fix", "mend", is_flag=True,
    help=words("確かに直せるところを、ファイルの中で直す（半角のカタカナ、見えない文字、（土）など）。", "Mend in the files what is certain (katakana of half width, invisible characters, …)."),
)  # fmt: skip
@click.option(
    "--errors-only", is_flag=True,
    help=words("公開を止める誤りだけを示す。", "Name only what stops the site from being published."),
)  # fmt: skip
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@format_option("text", "json", "github")
@config_option
@quiet_option
def check(
    files: tuple[Path, ...],
    readings: bool,
    places_must_be_known: bool,
    mend: bool,
    errors_only: bool,
    output: str,
    config_file: Path,
    quiet: bool,
) -> None:
    project = open_project(config_file)
    only = _named(project, files) if files else None
    reading = read_sources(project)
    report = check_sources(project.tree, reading, only, docs=project.docs, data=project.data)
    fixed: tuple[_Fixed, ...] = ()
    if mend:
        fixed = tuple(_mend(project, only, report))
        reading = read_sources(project)
        report = check_sources(project.tree, reading, only, docs=project.docs, data=project.data)
    must_know = places_must_be_known or project.places_must_be_known
    if readings or project.places_must_be_known:
        doubts = doubtful_readings(project, reading.site, only, must_know)
        told = (
            doubts if readings else [doubt for doubt in doubts if doubt.outcome is Outcome.FAILED]
        )
        report = replace(report, findings=(*report.findings, *told))
    if errors_only:
        report = replace(report, findings=report.failed)
    _tell(report, fixed, output)
    _sum_up(report, fixed, mend, quiet)
    if report.blocks:
        sys.exit(FINDINGS)


@dataclass(frozen=True)
class _Fixed:
    """What was changed in one file."""

    file: str
    changes: tuple[Change, ...]


def _mend(project: Project, only: Collection[str] | None, report: Report) -> Iterator[_Fixed]:
    """Make every fix that is certain, and those that come to light by it."""
    for _ in range(_PASSES):
        fixes: dict[str, list[Fix]] = {}
        for finding in report.findings:
            if finding.fix and finding.source:
                fixes.setdefault(finding.source.file, []).append(finding.fix)
        done = False
        for file, wanted in fixes.items():
            data, changes = mended(project.tree.read(file), wanted)
            if changes:
                _write_whole(project.root / file, data)
                yield _Fixed(file, changes)
                done = True
        if not done:
            return
        reading = read_sources(project)
        report = check_sources(project.tree, reading, only, docs=project.docs, data=project.data)


def _write_whole(file: Path, data: bytes) -> None:
    """Replace a file in one step, so that it is never half written; exit code 2 where it cannot be."""
    place = file.resolve()
    try:
        with tempfile.NamedTemporaryFile(dir=place.parent, prefix=".", delete=False) as written:
            written.write(data)
        try:
            shutil.copymode(place, written.name)
            Path(written.name).replace(place)
        finally:
            Path(written.name).unlink(missing_ok=True)
    except OSError as error:
        stop(f"{file} に書き込めません: {error}", f"Cannot write to {file}: {error}")


def _tell(report: Report, fixed: Collection[_Fixed], output: str) -> None:
    """Print what was changed and what is left, on stdout; for people the errors first."""
    if output == "json":
        told = [{"file": one.file, **asdict(change)} for one in fixed for change in one.changes]
        print_json(report.as_json() | ({"fixed": told} if fixed else {}))
        return
    for one in fixed:
        for change in one.changes:
            before, after = _differing(change.before, change.after)
            line = words(
                f"{one.file}:{change.line}: 直しました: {before} → {after}",
                f"{one.file}:{change.line}: mended: {before} -> {after}",
            )
            click.echo(line, err=output != "text")
    if output == "text":
        weights = list(Weight)
        findings = sorted(report.findings, key=lambda finding: weights.index(finding.weight))
        report = replace(report, findings=tuple(findings))
    print_report(report, output)


def _differing(before: str, after: str) -> tuple[str, str]:
    """Two lines without what they begin and end with alike, but for a few characters."""
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    first, last = max(start - _AROUND, 0), max(end - _AROUND, 0)
    cut = [
        f"{'…' if first else ''}{text[first : len(text) - last]}{'…' if last else ''}"
        for text in (before, after)
    ]
    return _visible(cut[0]), _visible(cut[1])


def _alike(one: str, other: str) -> int:
    """With how many same characters both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _visible(text: str) -> str:
    """`text` with what nobody sees by its code."""
    return "".join(c if c.isprintable() or c == "\u3000" else f"<U+{ord(c):04X}>" for c in text)


def _sum_up(report: Report, fixed: Collection[_Fixed], mend: bool, quiet: bool) -> None:
    pages, found, noted = report.pages, len(report.findings), len(report.warned)
    if mend:
        lines = sum(len(one.changes) for one in fixed)
        files = len({one.file for one in fixed})
        say(
            f"{files}ファイルの{lines}か所を直しました。"
            if lines
            else "自動で直すところはありませんでした。",
            f"Mended {lines} lines in {files} files."
            if lines
            else "Nothing could be mended for certain.",
            quiet=quiet,
        )
    say(
        f"{pages}ページを調べました。直すところは{found - noted}件"
        + (f"、公開を止めない注意と書き方は{noted}件です。" if noted else "です。")
        if found
        else f"{pages}ページを調べました。直すところは見つかりませんでした。",
        f"{pages} pages, {found} findings" + (f" ({noted} of them stop nothing)" if noted else ""),
        quiet=quiet,
    )
    if (fixable := sum(finding.fix is not None for finding in report.findings)) and not mend:
        say(
            f"このうち{fixable}件は、machikado check --fix で直せます。",
            f"`machikado check --fix` can mend {fixable} of them.",
            quiet=quiet,
        )


def _named(project: Project, given: Iterable[Path]) -> set[str]:
    """The sources that the user named, files or folders; ends with exit code 2 for anything else."""
    sources = sources_of(project.tree, project.docs)
    named: set[str] = set()
    for path in given:
        name = in_project(project, path)
        found = {file for file in sources if file == name or file.startswith(f"{name}/")}
        if not found:
            stop(
                f"{path}: {project.docs}/ の中に、この名前のページ（.md）はありません。",
                f"{path}: there is no such page (.md) in {project.docs}/.",
            )
        named |= found
    return named
