"""`machikado check`: everything wrong with the sources, with file and line, in one run."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable
from dataclasses import replace
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
from machikado.content.site import Site
from machikado.project import Project
from machikado.vocabulary import Finding


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
          machikado check --readings docs/ja        # 読みが確かでない言葉も示す
        """,
        """Check the sources and name what is wrong, with file and line.

        With FILE (or a folder), report on that alone; how it stands to other pages still counts.
        Exit code 0 when nothing is wrong, 1 when something is.

        \b
        Examples:
          machikado check
          machikado check docs/ja/news/2026-12-01-snow.md
          machikado check --format json docs/ja
          machikado check --readings docs/ja        # name doubtful readings too
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
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@format_option("text", "json", "github")
@config_option
@quiet_option
def check(
    files: tuple[Path, ...],
    readings: bool,
    places_must_be_known: bool,
    output: str,
    config_file: Path,
    quiet: bool,
) -> None:
    project = open_project(config_file)
    only = _named(project, files) if files else None
    reading = read_sources(project)
    report = check_sources(project.tree, reading, only, docs=project.docs, data=project.data)
    if readings:
        doubts = _doubts(project, reading.site, only, places_must_be_known)
        report = replace(report, findings=(*report.findings, *doubts))
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


def _doubts(
    project: Project, site: Site, only: Collection[str] | None, places_must_be_known: bool
) -> tuple[Finding, ...]:
    """The words of Japanese pages whose reading is doubtful; exit code 2 without dictionaries."""
    from machikado.messages import read_catalogues
    from machikado.press import Press
    from machikado.readings.editors_list import editors_list
    from machikado.readings.furigana import Furigana, furigana, is_japanese
    from machikado.readings.lexicon import Lexicon, read_lexicon

    name = f"{project.data}/readings.csv"
    known = project.tree.exists(name)
    lexicon = read_lexicon(project.tree.read(name), name)[0] if known else Lexicon()
    read = furigana(lexicon)
    if not isinstance(read, Furigana):
        stop(
            f"{read.ja} pip install 'machikado[readings]' で入ります。",
            f"{read.en} `pip install 'machikado[readings]'` installs it.",
        )
    press = Press(project, site, read_catalogues(project.tree, site.locales, project.data))
    articles = (
        (page.file, press.articles.render(page).html)
        for page in site.pages
        if is_japanese(page.locale.lang) and (only is None or page.file in only)
    )
    return editors_list(articles, read.reader, places_must_be_known)


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
