"""`machikado build`: check the sources, render every page, add what concerns the whole site, publish."""

from __future__ import annotations

import os
import sys
import time
from datetime import datetime
from pathlib import Path

import click

from machikado.cli.common import (
    FINDINGS,
    config_option,
    now_option,
    open_project,
    print_report,
    progress_line,
    quiet_option,
    read_sources,
    say,
    stop,
    words,
)
from machikado.project import Project

_MARKS_OF_A_SITE = ("index.html", "404.html", "sitemap.xml")


@click.command(
    help=words(
        """原稿を調べてから、サイト全体を作ります。

        原稿に誤りがあれば、ファイル名と行をすべて示して終わり（終了コード1）、いま公開しているサイトには触れません。
        新しいサイトは別のフォルダーに作り、できあがってから入れ替えます。

        \b
        例:
          machikado build
          machikado build --now 2026-12-01T09:00   # その日時に公開されるページで作る
        """,
        """Check the sources, then build the whole site.

        Faults in the sources are all named with file and line (exit code 1), and the published site
        stays as it is. A new site is built beside the old one and takes its place when it is whole.

        \b
        Examples:
          machikado build
          machikado build --now 2026-12-01T09:00   # with the pages public at that time
        """,
    )
)
@config_option
@now_option
@quiet_option
@click.option(
    "--site-dir", type=click.Path(path_type=Path, file_okay=False),
    help=words("出力先（既定は設定の site_dir）。", "Where to publish (default: site_dir of the configuration)."),
)  # fmt: skip
@click.option(
    "--jobs", "-j", type=click.IntRange(1, 64), default=lambda: os.cpu_count() or 1,
    help=words("同時に動かす数（既定はCPUの数）。", "How many processes print pages (default: the number of CPUs)."),
)  # fmt: skip
def build(config_file: Path, now: datetime, quiet: bool, site_dir: Path | None, jobs: int) -> None:
    from machikado.check import check_sources
    from machikado.content.reader import ConfigurationError
    from machikado.engine import Engine, EngineError, OwnEngine
    from machikado.messages import read_catalogues
    from machikado.mkdocs_plugin.engine import MkDocsEngine
    from machikado.press import Press
    from machikado.publishing import replacing, write_files
    from machikado.sitewide.outputs import outputs

    started = time.monotonic()
    project = open_project(config_file)
    target = site_dir or project.site_dir
    _refuse_to_lose(target, project)
    reading = read_sources(project)
    try:
        project.must_build(reading.site.locales)
        catalogues = read_catalogues(project.tree, reading.site.locales, project.data)
    except ConfigurationError as error:
        stop(f"{error.where}: {error.text.ja}", f"{error.where}: {error.text.en}")
    report = check_sources(project.tree, reading, docs=project.docs)
    if report.blocks:
        print_report(report, "text")
        say(
            f"原稿に直すところが{len(report.failed)}件あるため、サイトは作りませんでした。公開中のサイトは元のままです。",
            f"{len(report.failed)} faults in the sources; nothing was built, the published site is as it was.",
        )
        sys.exit(FINDINGS)
    site = reading.site.at(now)
    say(
        f"{len(site.pages)}ページを作っています…",
        f"Building {len(site.pages)} pages …",
        quiet=quiet,
    )
    engine: Engine = OwnEngine(jobs)
    if project.other_plugins:
        names = ", ".join(project.other_plugins)
        say(
            f"mkdocs.yml に、MkDocs だけが動かせるプラグインがあります（{names}）。MkDocs で作ります。",
            f"mkdocs.yml has plugins that only MkDocs can run ({names}); building with MkDocs.",
            quiet=quiet,
        )
        engine = MkDocsEngine()
    press = Press(project, site, catalogues)
    try:
        with replacing(target) as folder:
            engine.build(press, folder, now, progress_line(quiet))
            render = press.articles.render
            write_files(folder, outputs(project, site, catalogues, lambda page: render(page).html))
    except EngineError as error:
        stop(f"ページを作れませんでした: {error}", f"The pages could not be rendered: {error}")
    except OSError as error:
        stop(f"{target} に書き込めません: {error}", f"Cannot write to {target}: {error}")
    seconds = time.monotonic() - started
    say(
        f"{len(site.pages)}ページを {target} に作りました（{seconds:.1f}秒）。",
        f"Built {len(site.pages)} pages in {target} ({seconds:.1f} s).",
        quiet=quiet,
    )


def _refuse_to_lose(target: Path, project: Project) -> None:
    """End with exit code 2 where publishing would remove a folder that is no site, such as docs/."""
    place = target.resolve()
    holds_project = project.root.is_relative_to(place)
    is_site = any((place / mark).is_file() for mark in _MARKS_OF_A_SITE)
    if place.exists() and (holds_project or not is_site):
        if place.is_dir() and not any(place.iterdir()):
            return
        stop(
            f"{target} には、サイトではないものが入っています。サイトはフォルダーごと入れ替わり、いまの中身は消えます。空のフォルダーか、前に作ったサイトのフォルダーを示してください。",
            f"{target} holds something that is no site, and publishing would remove it. Name an empty folder or that of a site built before.",
        )
