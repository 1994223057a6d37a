"""What every command shares: the user's language, exit codes, the project, machine output."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from machikado.vocabulary import (
    ConfigurationError,
    Finding,
    Language,
    Outcome,
    Report,
    Text,
    Weight,
)

if TYPE_CHECKING:
    # Every command loads this module, and a build in which nothing changed should load little else.
    from machikado.content.drafting import Draft
    from machikado.content.reader import Reading
    from machikado.content.site import Site
    from machikado.project import Project

FINE, FINDINGS, WRONG_USE = 0, 1, 2
"""Exit codes: nothing found; something to mend; wrong use or broken configuration."""

Command = TypeVar("Command", bound=Callable[..., Any])


def language(environment: Mapping[str, str] = os.environ) -> Language:
    """The user's language: MACHIKADO_LANG, else the locale of the terminal, else English."""
    for name in ("MACHIKADO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return "ja" if value.lower().startswith("ja") else "en"
    return "en"


def words(ja: str, en: str) -> str:
    """One of two texts, in the user's language."""
    return Text(ja, en).spoken(language())


def say(ja: str, en: str, *, quiet: bool = False) -> None:
    """Tell the user something, on stderr, so that stdout stays for machine output."""
    if not quiet:
        click.echo(words(ja, en), err=True)


def stop(ja: str, en: str) -> NoReturn:
    """End with exit code 2 and one clear sentence."""
    click.echo(words(ja, en), err=True)
    sys.exit(WRONG_USE)


def open_project(config_file: Path) -> Project:
    """The project of a mkdocs.yml; ends with exit code 2 when the configuration is broken."""
    from machikado.mkdocs_plugin.configuration import load_project

    try:
        return load_project(config_file)
    except ConfigurationError as error:
        stop(f"{error.where}: {error.text.ja}", f"{error.where}: {error.text.en}")


def read_sources(project: Project) -> Reading:
    """The project's site with the faults of its sources; exit code 2 when its data is broken."""
    from machikado.content.reader import read_site

    try:
        return read_site(project.tree, project.docs, project.data)
    except ConfigurationError as error:
        stop(f"{error.where}: {error.text.ja}", f"{error.where}: {error.text.en}")


def doubtful_readings(
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


def in_project(project: Project, given: Path) -> str:
    """A path the user gave, from where they stand or from the project's root, as a tree names it.

    Ends with exit code 2 for a path outside the project.
    """
    places = (given.resolve(), (project.root / given).resolve())
    inside = [place for place in places if place.is_relative_to(project.root)]
    if not inside:
        stop(
            f"{given}: プロジェクトのフォルダー（{project.root}）の外にあります。",
            f"{given}: outside the project's folder ({project.root}).",
        )
    chosen = next((place for place in inside if place.exists()), inside[-1])
    return chosen.relative_to(project.root).as_posix()


class _Moment(click.ParamType[datetime]):
    name = "time"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        if isinstance(value, datetime):
            return value
        from machikado.content.front_matter import parse_time

        try:
            return parse_time(value)
        except ValueError:
            self.fail(words(f"日時「{value}」を読み取れません。2026-04-01T09:00 のように書いてください。", f"`{value}` is no ISO 8601 time; write 2026-04-01T09:00."), param, ctx)  # fmt: skip


def config_option(command: Command) -> Command:
    return click.option(
        "--config-file", "-f", "config_file", type=click.Path(path_type=Path), default=Path("mkdocs.yml"),
        show_default=True, help=words("設定ファイル。", "The project's configuration."),
    )(command)  # fmt: skip


def quiet_option(command: Command) -> Command:
    return click.option(
        "--quiet",
        "-q",
        is_flag=True,
        help=words("途中経過を出さない。", "Say nothing but findings."),
    )(command)


def format_option(*formats: str) -> Callable[[Command], Command]:
    return lambda command: click.option(
        "--format", "output", type=click.Choice(formats), default=formats[0], show_default=True,
        help=words("出力の形。", "Form of the output."),
    )(command)  # fmt: skip


def now_option(command: Command) -> Command:
    return click.option(
        "--now", type=_Moment(), envvar="MACHIKADO_NOW", default=lambda: datetime.now(UTC),
        help=words("この日時に公開されているページで作る（既定は今）。", "Build what is public at this time (default: now)."),
    )(command)  # fmt: skip


def moment_option(name: str, told: str) -> Callable[[Command], Command]:
    """An option that is a date or time (ISO 8601)."""
    return click.option(name, type=_Moment(), metavar="TIME", help=told)


def preview_clock_option(command: Command) -> Command:
    """The clock of what is shown while time goes on; without a time of its own it is the clock itself."""
    return click.option(
        "--now", type=_Moment(), envvar="MACHIKADO_NOW",
        help=words("この日時に公開されているページを見る（既定は、そのつどの今）。", "See what is public at this time (default: whatever time it is)."),
    )(command)  # fmt: skip


def clock_option(command: Command) -> Command:
    """The clock of what is written into a file; `now_option` is the clock of what is published."""
    return click.option(
        "--now", type=_Moment(), envvar="MACHIKADO_NOW", default=lambda: datetime.now(UTC),
        help=words("書き込む日付に使う日時（既定は今）。", "The time to take dates from (default: now)."),
    )(command)  # fmt: skip


def write_draft(project: Project, draft: Draft) -> None:
    """Write a new file and print its path; ends with exit code 2 rather than overwrite one."""
    target = project.root / draft.file
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(draft.text)
    except FileExistsError:
        stop(
            f"{draft.file} はもうあります。上書きはしません。",
            f"{draft.file} already exists and is not overwritten.",
        )
    click.echo(draft.file)


def progress_wanted(quiet: bool) -> bool:
    """Progress is for people: a terminal that is not told to be quiet, and not CI."""
    return not quiet and sys.stderr.isatty() and not os.environ.get("CI")


def print_json(data: Any) -> None:
    """Machine output, on stdout alone."""
    click.echo(as_json_text(data))


def as_json_text(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2)


def print_report(report: Report, output: str, spoken: Language | None = None) -> None:
    """A report as text (for people), JSON, or GitHub workflow annotations, on stdout."""
    if output == "json":
        print_json(report.as_json())
    elif output == "github":
        for line in _annotations(report, spoken or language()):
            click.echo(line)
    else:
        for line in _lines(report, spoken or language()):
            click.echo(line)


def _lines(report: Report, spoken: Language) -> Iterable[str]:
    for finding in report.findings:
        place = str(finding.source) if finding.source else finding.page
        note = _note(finding, spoken)
        criteria = f" [{', '.join(finding.criteria)}]" if finding.criteria else ""
        yield f"{place}: {finding.message.spoken(spoken)}{criteria}{note}"
        yield f"    {finding.help.spoken(spoken)}"
    for problem in report.errors:
        yield f"{problem.subject}: {problem.message.spoken(spoken)}"


_WEIGHTS = {
    Weight.WARNING: Text("注意", "warning"),
    Weight.STYLE: Text("書き方", "style"),
    Weight.WAIVED: Text("猶予中", "waived"),
}
_LEVELS = {Weight.ERROR: "error", Weight.WARNING: "warning"}


def _note(finding: Finding, spoken: Language) -> str:
    if finding.outcome is not Outcome.FAILED:
        return f" ({finding.outcome})"
    weight = _WEIGHTS.get(finding.weight)
    return f" ({weight.spoken(spoken)})" if weight else ""


def _annotations(report: Report, spoken: Language) -> Iterable[str]:
    """Workflow commands of GitHub Actions (`::error file=…,line=…::…`), with its escapes."""
    for finding in report.findings:
        is_failed = finding.outcome is Outcome.FAILED
        level = _LEVELS.get(finding.weight, "notice") if is_failed else "notice"
        text = f"{finding.message.spoken(spoken)} {finding.help.spoken(spoken)} ({finding.page})"
        yield f"::{level} {_where(finding)}title={_escape(finding.check, True)}::{_escape(text)}"
    for problem in report.errors:
        yield f"::error title=audit::{_escape(f'{problem.subject}: {problem.message.spoken(spoken)}')}"


def _where(finding: Finding) -> str:
    if finding.source is None:
        return ""
    line = f"line={finding.source.line}," if finding.source.line else ""
    return f"file={_escape(finding.source.file, True)},{line}"


def _escape(text: str, is_property: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if is_property else text


def progress_line(quiet: bool) -> Callable[[int, int], None]:
    """What is told how many pages are done, and of how many: a line on a terminal, else nothing."""
    return _ProgressLine() if progress_wanted(quiet) else lambda _done, _total: None


class _ProgressLine:
    """One line on the terminal that is written over: pages done, pages a second, time left."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._start = clock()

    def __call__(self, done: int, total: int) -> None:
        rate = done / max(self._clock() - self._start, 0.001)
        left = round((total - done) / rate) if done else None
        minutes, seconds = divmod(left or 0, 60)
        text = words(
            f"{done}/{total} ページ  毎秒{rate:.1f}ページ"
            + ("" if left is None else f"  残り {minutes}:{seconds:02}"),
            f"{done}/{total} pages  {rate:.1f} a second"
            + ("" if left is None else f"  {minutes}:{seconds:02} left"),
        )
        end = "\r\033[K" if done == total else ""
        sys.stderr.write(f"\r\033[K{text}{end}")
        sys.stderr.flush()
