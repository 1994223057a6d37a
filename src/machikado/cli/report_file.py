"""Files that `machikado audit` writes beside what it prints: the report as a page with pictures, JSON, SARIF."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from machikado.cli.common import Command, as_json_text, language, say, stop, words

if TYPE_CHECKING:
    from machikado.conformance.policy import Policy
    from machikado.project import Project
    from machikado.vocabulary import Finding, Report, Text

_SUBJECTS = 3
"""So many of the addresses that were asked for are named at the top of the page."""


def html_option(command: Command) -> Command:
    return click.option(
        "--html", "html", metavar="FILE", type=click.Path(path_type=Path),
        help=words("画面の写真の付いた報告（HTML）を、このファイルにも書く。", "Write the report as a page (HTML) with pictures to this file, too."),
    )(command)  # fmt: skip


def data_options(command: Command) -> Command:
    """`--json FILE` and `--sarif FILE`: one audit for people and for machines."""
    for name, ja, en in (
        ("sarif", "SARIF の結果を、このファイルにも書く。", "Write SARIF to this file, too."),
        ("json", "JSON の結果を、このファイルにも書く。", "Write JSON to this file, too."),
    ):
        command = click.option(
            f"--{name}",
            f"{name}_file",
            metavar="FILE",
            type=click.Path(path_type=Path),
            help=words(ja, en),
        )(command)
    return command


def write_data(json_file: Path | None, sarif_file: Path | None, report: Report) -> None:
    if json_file:
        _write_whole(json_file, as_json_text(report.as_json()))
    if sarif_file:
        from machikado.audit.sarif import sarif

        _write_whole(sarif_file, as_json_text(sarif(report, language())))


def must_be_writable(file: Path | None) -> None:
    """Said before an audit that may take long: ends with exit code 2 where FILE cannot be a file."""
    if file is None:
        return
    if file.is_dir():
        stop(f"{file} はフォルダーです。ファイルの名前を書いてください。", f"{file} is a folder. Give the name of a file.")  # fmt: skip
    if not file.resolve().parent.is_dir():
        stop(
            f"{file}: フォルダー「{file.parent}」がありません。先に作ってください。",
            f"{file}: there is no folder `{file.parent}`. Make it first.",
        )


def write_html(
    file: Path,
    report: Report,
    project: Project | None,
    urls: tuple[str, ...],
    now: datetime,
    *,
    jobs: int,
    quiet: bool,
) -> None:
    """Write the report of a project, or of `urls`; its pictures may be missing, which it says."""
    from machikado.audit.page import Audited, html_report
    from machikado.audit.sight import SITE_VIEWS, URL_VIEWS
    from machikado.content.front_matter import DEFAULT_ZONE
    from machikado.vocabulary import Text

    articles_and_templates = Text(
        "本文は全ページを、まわりの部品は、ひな形と言語ごとに1ページを調べました。"
        "部品は、読む人が選べるすべての配色と、ふりがなを付けた表示でも調べました。",
        "The article of every page was looked at, and the parts around it once for each template and "
        "language: these in every theme that readers can choose, and with readings, too.",
    )
    audited = Audited(
        project.site_url if project else ", ".join(urls[:_SUBJECTS]),
        now.astimezone(DEFAULT_ZONE),
        _standard(_policy(project)),
        SITE_VIEWS if project else URL_VIEWS,
        articles_and_templates if project else None,
    )
    page = html_report(report, audited, language(), _pictures(report, project, jobs, quiet))
    _write_whole(file, page)
    say(f"報告を {file} に書きました。", f"The report is in {file}.", quiet=quiet)


def _write_whole(file: Path, text: str) -> None:
    spare = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        # A page may hold half of a character, which no file can.
        spare.write_bytes(text.encode("utf-8", "replace"))
        spare.replace(file)
    except OSError as error:
        spare.unlink(missing_ok=True)
        reason = error.strerror
        stop(f"{file} に書けませんでした（{reason}）。", f"{file} could not be written ({reason}).")


def _pictures(
    report: Report, project: Project | None, jobs: int, quiet: bool
) -> dict[Finding, bytes | None] | None:
    from machikado.audit.page import in_picture_order
    from machikado.audit.pictures import pictures, sitters
    from machikado.audit.server import serving
    from machikado.browser.chromium import Chromium
    from machikado.browser.find import BrowserMissingError

    findings = in_picture_order(report)
    if not sitters(findings):
        return {}
    if project is not None and not project.site_dir.is_dir():
        say("作られたサイトがないので、写真は撮りません。", "No pictures: there is no built site.", quiet=quiet)  # fmt: skip
        return None
    try:
        browser = Chromium.found()
    except BrowserMissingError as missing:
        say(f"写真は撮りません。{missing.text.ja}", f"No pictures. {missing.text.en}", quiet=quiet)
        return None
    at: AbstractContextManager[str | None] = nullcontext()
    if project is not None:
        at = serving(project.site_dir, project.base_path)
    with at as origin:
        return pictures(findings, browser, origin, jobs=jobs)


def _policy(project: Project | None) -> Policy | None:
    from machikado.conformance.policy import read_policy
    from machikado.vocabulary import ConfigurationError

    try:
        return read_policy(project.tree) if project else None
    except ConfigurationError:
        return None  # The audit has told of it already.


def _standard(policy: Policy | None) -> Text:
    from machikado.conformance.standard import DEFAULT, standards
    from machikado.vocabulary import Text

    if policy is None:
        name = standards()[DEFAULT].name
        return Text(
            f"{name.ja}、WCAG 2.1、WCAG 2.2 の達成基準のうち、機械で分かるもの",
            f"The criteria of {name.en}, WCAG 2.1 and WCAG 2.2 that a machine can look at",
        )
    name, level = policy.standard.name, policy.level
    if not policy.additional:
        return Text(f"{name.ja} レベル{level}", f"{name.en}, level {level}")
    more = ", ".join(policy.additional)
    return Text(
        f"{name.ja} レベル{level}（追加する達成基準: {more}）",
        f"{name.en}, level {level} (and the criteria {more})",
    )
