"""`machikado report`: what a public body publishes of its site's accessibility, and the sample of a test."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from machikado.cli.common import (
    FINDINGS,
    FINE,
    config_option,
    format_option,
    language,
    now_option,
    open_project,
    print_json,
    read_sources,
    say,
    stop,
    words,
)

if TYPE_CHECKING:
    from machikado.conformance.policy import Policy
    from machikado.conformance.result import CriterionResult, TestResult
    from machikado.content.drafting import Draft
    from machikado.content.site import MemorySite
    from machikado.content.tree import Tree
    from machikado.project import Project
    from machikado.vocabulary import Report


@click.command(
    help=words(
        """アクセシビリティの試験結果を、JIS X 8341-3 の形でまとめます。

        機械の検査（machikado audit --format json）と、人が確かめたこと（a11y_tests/manual/）から、
        達成基準ごとの結果を出します。人が確かめていないものは「未判定」です。方針は a11y_tests/policy.yml に書きます。
        満たしていない達成基準があるか、結果が古くなっていれば、終了コードは1です。

        \b
        例:
          machikado audit --format json > audit.json
          machikado report --from audit.json                # 結果を見る
          machikado report --from audit.json --write        # 方針、結果、評価表のページとデータを書き出す
          machikado report --sample                         # 試験をするページを選ぶ
          machikado report --sample --write                 # 試験の記録用紙を a11y_tests/manual/ に作る
        """,
        """Join the results of a test of accessibility as JIS X 8341-3 wants them.

        From checks by machine (machikado audit --format json) and what people judged
        (a11y_tests/manual/) comes a result for each criterion; what nobody has judged is "not yet judged".
        The policy is a11y_tests/policy.yml. The exit code is 1 when a criterion is not met or the
        result is out of date.

        \b
        Examples:
          machikado audit --format json > audit.json
          machikado report --from audit.json                # show the result
          machikado report --from audit.json --write        # write policy, result, self-evaluation, data
          machikado report --sample                         # choose the pages of a test
          machikado report --sample --write                 # make the forms in a11y_tests/manual/
        """,
    )
)
@config_option
@now_option
@format_option("text", "json", "csv", "earl")
@click.option(
    "--from", "audited", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help=words("machikado audit --format json の出力。", "The output of machikado audit --format json."),
)  # fmt: skip
@click.option(
    "--write", "is_written", is_flag=True,
    help=words("ページとデータ（--sample なら記録用紙）を書き出す。", "Write pages and data (with --sample: the forms)."),
)  # fmt: skip
@click.option(
    "--sample", "is_sample", is_flag=True,
    help=words("試験をするページを選ぶ。", "Choose the pages of a test."),
)  # fmt: skip
def report(
    config_file: Path,
    now: datetime,
    output: str,
    audited: Path | None,
    is_written: bool,
    is_sample: bool,
) -> None:
    from machikado.vocabulary import ConfigurationError

    project = open_project(config_file)
    site = read_sources(project).site
    try:
        policy = _policy(project.tree)
        if is_sample:
            _sample(project, site.at(now), policy, output, is_written)
            return
        day = _day(now)
        result = _result(project, site.at(now), policy, audited, day)
        if is_written:
            _write(project, site, now, result, day)
        else:
            _print(project, site, result, day, output)
    except ConfigurationError as error:
        stop(f"{error.where}: {error.text.ja}", f"{error.where}: {error.text.en}")
    for note in result.notes:
        say(note.ja, note.en)
    sys.exit(FINE if result.is_current and not result.failed else FINDINGS)


def _day(now: datetime) -> date:
    from machikado.content.front_matter import DEFAULT_ZONE

    return now.astimezone(DEFAULT_ZONE).date()


def _policy(tree: Tree) -> Policy:
    from machikado.conformance.policy import FILE, read_policy

    policy = read_policy(tree)
    if policy is None:
        stop(
            f"{FILE} がありません。方針を書いてください（書き方は手引きの「アクセシビリティの報告」にあります）。",
            f"There is no {FILE}. Write the policy first (the manual's page on reporting accessibility "
            "tells how).",
        )
    return policy


def _sample(
    project: Project, site: MemorySite, policy: Policy, output: str, is_written: bool
) -> None:
    from machikado.conformance.sample import choose
    from machikado.conformance.verdicts import (
        CRITERIA_FILE,
        TEST_FILE,
        criteria_form,
        record_form,
    )
    from machikado.content.drafting import Draft

    if output not in ("text", "json"):
        stop(
            "--sample と一緒に使える --format は text と json です。",
            "With --sample, --format is text or json.",
        )
    sample = choose(site, policy.selection)
    for wanted in sample.missing:
        say(
            f"「{wanted}」に当たるページはありません。",
            f"The site has no page for `{wanted}`.",
        )
    if is_written:
        criteria = (*policy.promised, *policy.added)
        _write_new(
            project,
            (
                Draft(TEST_FILE, record_form(sample, policy.selection.seed)),
                Draft(CRITERIA_FILE, criteria_form(criteria)),
            ),
        )
    elif output == "json":
        pages = [
            {"page": one.address, "why": one.why, "digest": one.digest} for one in sample.pages
        ]
        print_json({"schema": 1, "seed": policy.selection.seed, "pages": pages})
    else:
        for one in sample.pages:
            click.echo(f"{one.address}\t{one.why}")


def _write_new(project: Project, forms: Sequence[Draft]) -> None:
    """Write all of the forms, or none where one is there: it may hold what people judged."""
    for form in forms:
        if (project.root / form.file).exists():
            stop(
                f"{form.file} はもうあります。新しい試験を始めるときは、前の記録を別の場所に移してください。",
                f"{form.file} already exists. To begin a new test, move the record of the old one away.",
            )
    _write_files(project, ((form.file, form.text.encode()) for form in forms))


def _write_files(project: Project, contents: Iterable[tuple[str, bytes]]) -> None:
    for name, data in contents:
        target = project.root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        click.echo(name)


def _result(
    project: Project, site: MemorySite, policy: Policy, audited: Path | None, day: date
) -> TestResult:
    from machikado.conformance.result import result_of
    from machikado.conformance.sample import digest_of
    from machikado.conformance.verdicts import read_test

    machine = _machine(project, policy, audited, day) if audited else None
    digests = {page.address: digest_of(page) for page in site.pages}
    return result_of(policy, machine, read_test(project.tree), digests, day)


def _machine(project: Project, policy: Policy, file: Path, day: date) -> Report:
    """What the audit found, with people's answers in it, as the policy weighs it."""
    from dataclasses import replace

    from machikado.conformance.machine import read_machine
    from machikado.conformance.verdicts import answered, read_answers
    from machikado.conformance.waivers import read_waivers, waive

    machine = read_machine(file.read_text("utf-8", "replace"), str(file))
    tree, base_path = project.tree, project.base_path
    judged = answered(machine, read_answers(tree), base_path=base_path).report
    weighed = waive(policy.weigh_all(judged), read_waivers(tree), day, base_path=base_path)
    audited = tuple("/" + page.removeprefix(base_path).lstrip("/") for page in machine.audited)
    return replace(weighed, audited=audited)


def _write(
    project: Project, site: MemorySite, now: datetime, result: TestResult, day: date
) -> None:
    from machikado.conformance.evaluation import read_evaluation
    from machikado.conformance.exports import as_csv
    from machikado.conformance.pages import (
        CSV_FILE,
        EARL_FILE,
        Attachment,
        evaluation_page,
        policy_page,
        result_page,
    )
    from machikado.conformance.publishing import drafts, titles_of

    data = {
        # Spreadsheets of Japanese offices take a CSV for Shift_JIS unless it begins with a BOM.
        CSV_FILE: as_csv(result).encode("utf-8-sig"),
        EARL_FILE: _earl(project, site, result).encode(),
    }
    attachments = [
        Attachment(CSV_FILE, "CSV", len(data[CSV_FILE])),
        Attachment(EARL_FILE, "JSON-LD", len(data[EARL_FILE])),
    ]
    titles = titles_of(site.at(now))
    pages = (
        policy_page(result.policy),
        result_page(result, attachments, titles, project.site_url, day),
        evaluation_page(read_evaluation(project.tree)),
    )
    written = [
        draft
        for page in pages
        for draft in drafts(project.tree, project.docs, site, page, result.policy, day)
    ]
    # Everything is thought out before a file is touched: a page that must not be written stops all.
    _write_files(project, ((draft.file, draft.text.encode()) for draft in written))
    _write_files(project, ((f"{project.docs}/{name}", content) for name, content in data.items()))


def _earl(project: Project, site: MemorySite, result: TestResult) -> str:
    from importlib.metadata import version

    from machikado.conformance.exports import as_earl

    home = site.page_at(site.locales.default, "index.md")
    name = home.title if home else project.site_url
    return as_earl(result, project.site_url, name, version("machikado"))


def _print(project: Project, site: MemorySite, result: TestResult, day: date, output: str) -> None:
    from machikado.conformance.exports import as_csv, as_json

    if output == "json":
        print_json(as_json(result, day))
    elif output == "csv":
        click.echo(as_csv(result), nl=False)
    elif output == "earl":
        click.echo(_earl(project, site, result), nl=False)
    else:
        for line in _lines(result):
            click.echo(line)


def _lines(result: TestResult) -> Iterable[str]:
    from machikado.conformance.pages import claim_sentence
    from machikado.conformance.result import Met

    spoken = language()
    yield claim_sentence(result).spoken(spoken)
    for title, lines in (
        (result.policy.standard.name.spoken(spoken), result.promised),
        (words("追加する達成基準", "Additional criteria"), result.added),
    ):
        if not lines:
            continue
        met, failed, left = (
            sum(one.met is kind for one in lines) for kind in (Met.YES, Met.NO, Met.NOT_JUDGED)
        )
        yield words(
            f"{title}: 満たしている {met}、満たしていない {failed}、未判定 {left}",
            f"{title}: {met} met, {failed} not met, {left} not yet judged",
        )
    for one in result.failed:
        yield _failure(one)


def _failure(one: CriterionResult) -> str:
    name = f"{one.criterion.number} {one.criterion.name.spoken(language())}"
    pages = f" ({', '.join(one.failed_pages)})" if one.failed_pages else ""
    return words(
        f"  満たしていない: {name}、機械で見つかった問題 {one.failures}件{pages}",
        f"  not met: {name}, {one.failures} problems found by machine{pages}",
    )
