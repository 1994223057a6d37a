"""`machikado audit`: the built site, or any page of the web, in a real browser."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import click

from machikado.audit.parts import PartsError, joined
from machikado.audit.run import Progress, Scope, UnknownPageError, audit_site, audit_urls
from machikado.audit.sarif import sarif
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
    print_json,
    print_report,
    progress_line,
    quiet_option,
    say,
    stop,
    words,
)
from machikado.cli.report_file import (
    data_options,
    html_option,
    must_be_writable,
    write_data,
    write_html,
)
from machikado.conformance.machine import read_machine
from machikado.conformance.policy import read_policy
from machikado.conformance.verdicts import answered, as_form, read_answers, stale_notes
from machikado.conformance.verdicts import questions as asked
from machikado.conformance.waivers import read_waivers, waive
from machikado.content.reader import read_site
from machikado.project import Project
from machikado.vocabulary import ConfigurationError, Report

HELP = words(
    """作られたサイトの全ページを、実際のブラウザーでアクセシビリティ検査する。

    明るい配色と暗い配色、パソコンの幅とスマートフォンの幅（320px）で、axe-core と Machikado の検査項目を使って調べます。
    ひな形は言語ごとに1ページを、すべての配色で丸ごと調べ、ほかのページは本文を調べます。前に調べて変わっていない
    ページは、その結果を使います。問題が見つかるか、検査できないページがあれば、終了コードは1です。

    \b
    例:
      machikado build && machikado audit
      machikado audit --changed
      machikado audit --page /plan/ --page /en/plan/
      machikado audit --shard 1/4 --format json > part-1.json
      machikado audit --merge part-1.json --merge part-2.json
      machikado audit --questions > a11y_tests/manual/2026-12.yml
      machikado audit --html report.html --json audit.json
      machikado audit --url https://example.jp/ --format json
    """,
    """Audit every page of the built site for accessibility, in a real browser.

    Pages are shown light and dark, at desktop and phone (320 px) width, and judged with axe-core and
    the checks of Machikado. One page of each template and language is shown whole and in all colours,
    of the others the article is; what was judged before and has not changed is recalled. The exit code
    is 1 when an error is found or a page could not be audited.

    \b
    Examples:
      machikado build && machikado audit
      machikado audit --changed
      machikado audit --page /plan/ --page /en/plan/
      machikado audit --shard 1/4 --format json > part-1.json
      machikado audit --merge part-1.json --merge part-2.json
      machikado audit --questions > a11y_tests/manual/2026-12.yml
      machikado audit --html report.html --json audit.json
      machikado audit --url https://example.org/ --format json
    """,
)


def _part_of(_context: click.Context, _option: click.Parameter, value: str) -> tuple[int, int]:
    part, _, parts = value.partition("/")
    if not (part.isdecimal() and parts.isdecimal() and 1 <= int(part) <= int(parts)):
        stop(
            f"--shard は「1/4」のように、何番目/いくつ で書いてください（「{value}」は読み取れません）。",
            f"Write --shard as part/parts, such as 1/4 (`{value}` is not).",
        )
    return int(part), int(parts)


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
    "--changed", is_flag=True,
    help=words("前の検査から変わったページだけを検査する。", "Audit only what has changed since an earlier audit."),
)  # fmt: skip
@click.option(
    "--shard", metavar="I/N", callback=_part_of, default="1/1",
    help=words("N台で分けるときの、I番目の分だけを検査する。", "Audit only part I of N, for N machines."),
)  # fmt: skip
@click.option(
    "--merge", "merge", multiple=True, metavar="FILE", type=click.Path(path_type=Path),
    help=words("分けて検査した結果（JSON）を合わせる（何度でも書ける）。", "Join the results (JSON) of parts (repeatable)."),
)  # fmt: skip
@click.option(
    "--no-cache", is_flag=True,
    help=words("前の検査の結果を使わない。", "Recall nothing from earlier audits."),
)  # fmt: skip
@click.option(
    "--questions", is_flag=True,
    help=words(
        "機械では決められないことを、人が答えを書き込む用紙（YAML）にして出す。",
        "Print what a machine cannot decide as a form (YAML) for a person to fill in.",
    ),
)  # fmt: skip
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
@format_option("text", "json", "sarif", "github")
@html_option
@data_options
@quiet_option
@now_option
def audit(
    config_file: Path,
    urls: tuple[str, ...],
    pages: tuple[str, ...],
    changed: bool,
    shard: tuple[int, int],
    merge: tuple[Path, ...],
    no_cache: bool,
    questions: bool,
    jobs: int,
    verbose: bool,
    output: str,
    html: Path | None,
    json_file: Path | None,
    sarif_file: Path | None,
    quiet: bool,
    now: datetime,
) -> None:
    if urls and (pages or changed or merge or shard != (1, 1)):
        stop(
            "--url は --page、--changed、--shard、--merge と一緒に使えません。",
            "--url cannot be used together with --page, --changed, --shard or --merge.",
        )
    for file in (html, json_file, sarif_file):
        must_be_writable(file)
    progress = progress_line(quiet)
    if urls:
        _must_be_web_addresses(urls)
        report = audit_urls(urls, _browser(), jobs=jobs, progress=progress)
        project = None
    else:
        project = open_project(config_file)
        scope = Scope(pages, shard, changed)
        if merge:
            report = _joined(merge)
        else:
            report = _audit_project(project, scope, jobs, now, progress, recalls=not no_cache)
        # A part is weighed when the parts are joined: what is unused in it may be used in another.
        if shard == (1, 1):
            report = _weighed(project, report, now, is_whole=bool(merge) or scope.is_whole)
    if questions:
        base_path = project.base_path if project else "/"
        click.echo(as_form(asked(report, base_path=base_path), language()), nl=False)
    else:
        _print(report, output, verbose)
    write_data(json_file, sarif_file, report)
    if html:
        write_html(html, report, project, urls, now, jobs=jobs, quiet=quiet)
    text = verdict(report)
    say(text.ja, text.en, quiet=quiet)
    sys.exit(FINDINGS if report.blocks else FINE)


def _audit_project(
    project: Project, scope: Scope, jobs: int, now: datetime, progress: Progress, *, recalls: bool
) -> Report:
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
            scope=scope,
            kept_in=project.root / ".machikado" / "audit.sqlite" if recalls else None,
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


def _weighed(project: Project, report: Report, now: datetime, *, is_whole: bool) -> Report:
    """The report with the answers of people, as the policy weighs it, and with what is waived."""
    try:
        policy = read_policy(project.tree)
        answers = read_answers(project.tree)
        waivers = read_waivers(project.tree)
    except ConfigurationError as error:
        stop(f"{error.where}: {error.text.ja}", f"{error.where}: {error.text.en}")
    judged = answered(report, answers, base_path=project.base_path)
    report = judged.report
    if is_whole:
        report = replace(report, findings=(*report.findings, *stale_notes(judged.stale)))
    if policy is not None:
        report = policy.weigh_all(report)
    return waive(report, waivers, now.date(), base_path=project.base_path, is_whole=is_whole)


def _joined(files: tuple[Path, ...]) -> Report:
    try:
        return joined([_part(file) for file in files])
    except PartsError as error:
        stop(error.text.ja, error.text.en)


def _part(file: Path) -> Report:
    try:
        return read_machine(file.read_text(encoding="utf-8"), str(file))
    except (OSError, UnicodeDecodeError):
        stop(f"{file}: ファイルを読めません。", f"{file}: cannot be read.")
    except ConfigurationError as error:
        stop(f"{error.where}: {error.text.ja}", f"{error.where}: {error.text.en}")


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
    if output == "sarif":
        print_json(sarif(report, spoken))
        return
    if output == "text":
        for line in lines(report, spoken, with_doubts=verbose):
            click.echo(line)
        return
    print_report(once_each(report), "github")
    if place := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(place).open("a", encoding="utf-8") as file:
            file.write(summary(report, spoken))
