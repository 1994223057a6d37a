"""`machikado check`: everything wrong with the sources, with file and line, in one run."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from machikado.check import check_sources, sources_of
from machikado.cli.common import (
    FINDINGS,
    config_option,
    format_option,
    in_project,
    open_project,
    print_report,
    quiet_option,
    read_sources,
    say,
    stop,
    words,
)
from machikado.project import Project


@click.command(
    help=words(
        """原稿を調べ、直すところをファイル名と行で示します。

        FILE を書くと、そのファイル（フォルダーなら中の全部）だけを報告します。ほかのページとの関係も調べます。
        何もなければ終了コード0、直すところがあれば1です。

        \b
        例:
          machikado check
          machikado check docs/ja/news/2026-12-01-snow.md
          machikado check --format json docs/ja
        """,
        """Check the sources and name what is wrong, with file and line.

        With FILE (or a folder), report on that alone; how it stands to other pages still counts.
        Exit code 0 when nothing is wrong, 1 when something is.

        \b
        Examples:
          machikado check
          machikado check docs/ja/news/2026-12-01-snow.md
          machikado check --format json docs/ja
        """,
    )
)
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@format_option("text", "json", "github")
@config_option
@quiet_option
def check(files: tuple[Path, ...], output: str, config_file: Path, quiet: bool) -> None:
    project = open_project(config_file)
    only = _named(project, files) if files else None
    report = check_sources(
        project.tree, read_sources(project), only, docs=project.docs, data=project.data
    )
    print_report(report, output)
    pages, found = report.pages, len(report.findings)
    say(
        f"{pages}ページを調べました。直すところは{found}件です。"
        if found
        else f"{pages}ページを調べました。直すところは見つかりませんでした。",
        f"{pages} pages, {found} findings",
        quiet=quiet,
    )
    if report.blocks:
        sys.exit(FINDINGS)


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
