"""What keeps the site from being built, as writers are told it: place, what is wrong, what to write instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from machikado.content.address import address_of, output_file
from machikado.content.locale import Locales
from machikado.content.reader import places_of
from machikado.engine import EngineError
from machikado.incremental.index import SourceChangedError
from machikado.press import template_place
from machikado.vocabulary import ConfigurationError, Finding, Location, Report, Text

_THEN = Text("直して保存すると、作り直します。", "It is built anew when you mend and save it.")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend.

    said: what another program said of it, in English; page: the file of the site that the faulty source
    is shown in, where it is the source of a page.
    """

    where: Location
    message: Text
    help: Text
    said: str | None = None
    page: str | None = None


Faults = tuple[Fault, ...]


def faults_of(report: Report, docs: str, locales: Locales) -> Faults:
    """What a report finds failed."""
    pages = dict(_pages(report.failed, docs, locales))
    return (
        *(
            Fault(_place(f), f.message, f.help, page=pages.get(_place(f).file))
            for f in report.failed
        ),
        *(Fault(Location(problem.subject), problem.message, _THEN) for problem in report.errors),
    )


def _place(finding: Finding) -> Location:
    return finding.source or Location(finding.page)


def _pages(findings: Iterable[Finding], docs: str, locales: Locales) -> Iterator[tuple[str, str]]:
    files = {_place(finding).file for finding in findings}
    places, _ = places_of(sorted(files), docs, locales)
    for place in places:
        yield place.file, output_file(address_of(place.locale, place.path))


def fault_of(error: Exception, root: Path, config_file: Path) -> Fault:
    """What stopped a build, told without a traceback."""
    if isinstance(error, ConfigurationError):
        return Fault(_below(root, Location(error.where)), error.text, _THEN)
    if isinstance(error, SourceChangedError):
        return Fault(
            Location(str(error)),
            Text("作っている間に、書き換えられ続けています。", "It keeps being written while the site is built."),
            Text("保存が終わってから、もう一度保存してください。", "Save it once more when it is whole."),
        )  # fmt: skip
    where = error.source if isinstance(error, EngineError) else template_place(error)
    said = str(error) if isinstance(error, EngineError) else f"{type(error).__name__}: {error}"
    if where is not None:
        return Fault(
            _below(root, where),
            Text("テンプレートに誤りがあります。", "The template is wrong."),
            _THEN,
            said,
        )
    if isinstance(error, EngineError):
        message = Text("ページを作れませんでした。", "The pages could not be made.")
    elif isinstance(error, OSError):
        message = Text(
            "ファイルを読み書きできませんでした。", "A file could not be read or written."
        )
        return Fault(_below(root, Location(error.filename or str(root))), message, _THEN, said)
    else:
        message = Text(
            "思わぬ誤りで、作れませんでした。直前に変えたところを確かめてください。",
            "An unforeseen error; look at what you changed last.",
        )
    return Fault(_below(root, Location(str(config_file))), message, _THEN, said)


def _below(root: Path, where: Location) -> Location:
    """The same place, named from the project's root where it is below it."""
    file = Path(where.file)
    if not file.is_absolute() or not file.is_relative_to(root):
        return where
    return Location(file.relative_to(root).as_posix(), where.line)
