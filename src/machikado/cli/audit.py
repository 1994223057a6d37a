"""`machikado audit`: the built site, or any page of the web, in a real browser."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import click

from machikado.audit.run import Progress, UnknownPageError, audit_site, audit_urls
from machikado.audit.telling import lines, once_each, summary, verdict
from machikado.browser.chromium import Chromium
from machikado.browser.find import BrowserMissingError
from machikado.cli.common import (
    FINDINGS,
    FINE,
    config_option,
    format_option,
    language,
    now_option,
    open_project,
    print_report,
    progress_line,
    quiet_option,
    say,
    stop,
    words,
)
from machikado.content.reader import read_site
from machikado.vocabulary import ConfigurationError, Report

HELP = words(
    """作られたサイトの全ページを、実際のブラウザーでアクセシビリティ検査する。

    明るい配色と暗い配色、パソコンの幅とスマートフォンの幅（320px）で、axe-core を使って調べます。
    問題が見つかるか、検査できないページがあれば、終了コードは1です。

    \b
    例:
      machikado build && machikado audit
      machikado audit --page /plan/ --page /en/plan/
      machikado audit --url https://example.jp/ --format json
    """,
    """Audit every page of the built site for accessibility, in a real browser.

    Pages are shown light and dark, at desktop and phone (320 px) width, and judged with axe-core.
    The exit code is 1 when anything is found or a page could not be audited.

    \b
    Examples:
      machikado build && machikado audit
      machikado audit --page /plan/ --page /en/plan/
      machikado audit --url https://example.org/ --format json
    """,
)


@click.command(help=HELP)
@config_option
@click.option(
    "--url",
    "urls",
    multiple=True,
    metavar="URL",
    help=words(
        "サイトの代わりに、このページを検査する（何度でも書ける）。",
        "Audit this page instead of the site (repeatable).",
    ),
)
@click.option(
    "--page",
    "pages",
    multiple=True,
    metavar="ADDRESS",
    help=words(
        "サイトのうち、このアドレスのページだけを検査する（何度でも書ける）。",
        "Audit only the page at this address of the site (repeatable).",
    ),
)
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(1, 64),
    default=2,
    show_default=True,
    help=words("同時に使うブラウザーの数。", "How many browsers work side by side."),
)
@click.option(
    "--verbose",
    "-v",
    is_flag=True,
    help=words("機械では決められないことも表示する。", "Show also what a machine cannot decide."),
)
@format_option("text", "json", "github")
@quiet_option
@now_option
def audit(
    config_file: Path,
    urls: tuple[str, ...],
    pages: tuple[str, ...],
    jobs: int,
    verbose: bool,
    output: str,
    quiet: bool,
    now: datetime,
) -> None:
    if urls and pages:
        stop(
            "--url と --page は一緒に使えません。どちらか一方にしてください。",
            "--url and --page cannot be used together. Choose one of them.",
        )
    progress = progress_line(quiet)
    if urls:
        _must_be_web_addresses(urls)
        report = audit_urls(urls, _browser(), jobs=jobs, progress=progress)
    else:
        report = _audit_project(config_file, pages, jobs, now, progress)
    _print(report, output, verbose)
    text = verdict(report)
    say(text.ja, text.en, quiet=quiet)
    sys.exit(FINDINGS if report.blocks else FINE)


def _audit_project(
    config_file: Path, pages: tuple[str, ...], jobs: int, now: datetime, progress: Progress
) -> Report:
    project = open_project(config_file)
    if not any(project.site_dir.rglob("*.html")):
        stop(
            f"検査するサイトがありません（{project.site_dir}）。先に machikado build "
            "を実行してください。",
            f"There is no site to audit ({project.site_dir}). Run `machikado build` first.",
        )
    try:
        site = read_site(project.tree, project.docs, project.data).site.at(now)
    except ConfigurationError as error:
        stop(f"{error.where}: {error.text.ja}", f"{error.where}: {error.text.en}")
    try:
        return audit_site(
            project.site_dir,
            project.base_path,
            site,
            _browser(),
            only=pages,
            jobs=jobs,
            progress=progress,
        )
    except UnknownPageError as unknown:
        stop(
            f"「{unknown.address}」というページはサイトにありません。/plan/ のように、"
            "サイトの先頭からのアドレスを書いてください。",
            f"The site has no page `{unknown.address}`. Write its address from the site's root, "
            "such as /plan/.",
        )


def _browser() -> Chromium:
    try:
        return Chromium.found()
    except BrowserMissingError as missing:
        stop(missing.text.ja, missing.text.en)


def _must_be_web_addresses(urls: tuple[str, ...]) -> None:
    for url in urls:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            stop(
                f"「{url}」はウェブのアドレスではありません。https:// または http:// "
                "で始めてください。",
                f"`{url}` is no web address. Start it with https:// or http://.",
            )


def _print(report: Report, output: str, verbose: bool) -> None:
    spoken = language()
    if output == "json":
        print_report(report, "json")
        return
    if output == "text":
        for line in lines(report, spoken, with_doubts=verbose):
            click.echo(line)
        return
    print_report(once_each(report), "github")
    if place := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(place).open("a", encoding="utf-8") as file:
            file.write(summary(report, spoken))
