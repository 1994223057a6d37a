"""The words every check speaks: outcome, level, finding, report (ACT Rules Format 1.1, EARL 1.0)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Literal

SCHEMA = 1
"""Version of the JSON shape that `Report.as_json` writes."""

Level = Literal["A", "AA", "AAA"]
Language = Literal["ja", "en"]


class Outcome(StrEnum):
    """What a check found (ACT Rules Format 1.1, section 'Outcome'); the values are its spelling."""

    PASSED = "passed"
    FAILED = "failed"
    CANT_TELL = "cantTell"
    INAPPLICABLE = "inapplicable"


class Weight(StrEnum):
    """What a failed finding does to publishing: only an error stops it, the others are told.

    `warning`: worth mending, or beyond the standard that the policy names; `style`: house style;
    `waived`: an error that somebody answers for until a date.
    """

    ERROR = "error"
    WARNING = "warning"
    STYLE = "style"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class Text:
    """One message in the two languages of those who keep a site."""

    ja: str
    en: str

    def spoken(self, language: Language) -> str:
        return self.ja if language == "ja" else self.en


class ConfigurationError(Exception):
    """The project is set up wrongly (exit code 2); `where` is the file, `text` what to do."""

    def __init__(self, where: str, text: Text) -> None:
        super().__init__(f"{where}: {text.en}")
        self.where, self.text = where, text


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a source file: `file` from the project's root, `line` counted from 1 or unknown."""

    file: str
    line: int | None = None

    def __str__(self) -> str:
        return self.file if self.line is None else f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Fix:
    """A change of a source that is certain: `old`, at a place of one line, becomes `new`.

    line: of the file, from 1; column: of the line, from 0, in characters.
    """

    line: int
    column: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class State:
    """How a page was shown when it was looked at."""

    zoom: float = 1.0
    ruby: bool = False
    forced_colors: bool = False
    reduced_motion: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check says of one place.

    `criteria` are success criteria as JIS X 8341-3:2016 and WCAG number them ("1.1.1"), `act` are
    ACT rule ids, `page` is the page's address (or its source file where no page was rendered).
    `source` is where an editor mends it, or None where that is not certain.
    `fix` is how a machine may mend it, where that is certain; `waived` is why it is put off, who
    answers for it and until when.
    """

    check: str
    message: Text
    help: Text
    page: str
    source: Location | None = None
    outcome: Outcome = Outcome.FAILED
    weight: Weight = Weight.ERROR
    engine: str = "machikado"
    criteria: tuple[str, ...] = ()
    level: Level | None = None
    act: tuple[str, ...] = ()
    locale: str | None = None
    theme: str | None = None
    viewport: str | None = None
    state: State = field(default_factory=State)
    selector: str | None = None
    html: str | None = None
    fix: Fix | None = None
    waived: str | None = None

    @property
    def stops(self) -> bool:
        """Whether this has to be mended before the site is published."""
        return self.outcome is Outcome.FAILED and self.weight is Weight.ERROR

    @property
    def is_noted(self) -> bool:
        """Whether this is to be mended and stops nothing."""
        return self.outcome is Outcome.FAILED and self.weight is not Weight.ERROR

    def as_json(self) -> dict[str, Any]:
        return {
            "check": self.check,
            "engine": self.engine,
            "outcome": self.outcome.value,
            "weight": self.weight.value,
            "criteria": list(self.criteria),
            "level": self.level,
            "act": list(self.act),
            "page": self.page,
            "locale": self.locale,
            "theme": self.theme,
            "viewport": self.viewport,
            "state": asdict(self.state),
            "selector": self.selector,
            "html": self.html,
            "source": asdict(self.source) if self.source else None,
            "message": asdict(self.message),
            "help": asdict(self.help),
            **({"fix": asdict(self.fix)} if self.fix else {}),
            **({"waived": self.waived} if self.waived else {}),
        }


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that kept a page or a source from being judged at all: never a pass."""

    subject: str
    message: Text

    def as_json(self) -> dict[str, Any]:
        return {"page": self.subject, "message": asdict(self.message)}


@dataclass(frozen=True, slots=True)
class Report:
    """What a run of checks found over `pages` pages.

    audited: the addresses of the pages that were looked at, where pages were rendered; applicable:
    by success criterion, on how many of them a check had anything to look at;
    shard: which part of the site this is, of how many; (1, 1) is all of it.
    """

    pages: int
    findings: tuple[Finding, ...] = ()
    errors: tuple[Problem, ...] = ()
    audited: tuple[str, ...] = ()
    applicable: Mapping[str, int] = field(default_factory=dict)
    shard: tuple[int, int] = (1, 1)

    @property
    def failed(self) -> tuple[Finding, ...]:
        """The errors: what has to be mended before the site is published."""
        return tuple(finding for finding in self.findings if finding.stops)

    @property
    def warned(self) -> tuple[Finding, ...]:
        """What failed and stops nothing."""
        return tuple(finding for finding in self.findings if finding.is_noted)

    @property
    def blocks(self) -> bool:
        """Whether the site must not be published: only errors among the findings, and problems."""
        return bool(self.failed or self.errors)

    def as_json(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "pages": self.pages,
            "findings": [finding.as_json() for finding in self.findings],
            "errors": [problem.as_json() for problem in self.errors],
            **self._rendered(),
        }

    def _rendered(self) -> dict[str, Any]:
        if not self.audited:
            return {}
        return {
            "pages_audited": list(self.audited),
            "applicable": dict(self.applicable),
            "shard": list(self.shard),
        }


def by_place(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings as an editor works through them: file by file, from the top down."""
    return tuple(
        sorted(
            findings,
            key=lambda f: (
                f.source.file if f.source else f.page,
                (f.source.line or 0) if f.source else 0,
                f.check,
                f.message.en,
            ),
        )
    )


Criteria = Mapping[str, Level]
"""Success criterion number to its level."""
