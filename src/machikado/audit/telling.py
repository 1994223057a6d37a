"""An audit's report for people: the same fault in many views, or on many pages, is told once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from machikado.vocabulary import Finding, Language, Outcome, Report, State, Text, Weight

PAGES_NAMED = 3
"""So many pages are named where a fault stands on more."""
SUMMARY_BYTES = 900_000
"""GitHub takes 1,024 KiB of summary from one step, and none of a longer one."""

Shown = tuple[str | None, str | None, State]
"""How a page was shown: theme, viewport, state."""

_THEMES = {
    "light": Text("明るい配色", "light"),
    "dark": Text("暗い配色", "dark"),
    "black-on-white": Text("白地に黒", "black on white"),
    "white-on-black": Text("黒地に白", "white on black"),
    "yellow-on-black": Text("黒地に黄", "yellow on black"),
    "white-on-navy": Text("紺地に白", "white on navy blue"),
    "black-on-cream": Text("クリーム地に黒", "black on cream"),
}
_VIEWPORTS = {
    "desktop": Text("パソコンの幅", "desktop"),
    "phone": Text("スマートフォンの幅", "phone"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """One fault: its first finding, the views it shows in, and the pages it is on, in order."""

    finding: Finding
    views: tuple[Shown, ...]
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sorted:
    """A report's faults by what they ask for, each in the order an editor works through them.

    faults stop publishing; questions are for a person; waived are put off until a day.
    """

    faults: tuple[Group, ...]
    questions: tuple[Group, ...]
    warnings: tuple[Group, ...]
    style: tuple[Group, ...]
    waived: tuple[Group, ...]


def told(report: Report, *, with_doubts: bool = False) -> tuple[Finding, ...]:
    """What people are shown: failures, and our own notes; axe's open questions only if wanted."""
    return tuple(
        finding
        for finding in report.findings
        if finding.outcome is Outcome.FAILED
        or (finding.outcome is Outcome.CANT_TELL and (with_doubts or finding.engine == "machikado"))
    )


def grouped(findings: Iterable[Finding]) -> list[Group]:
    """Findings of one fault together: at one line of a source, else at one selector of any page."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        where = finding.source or finding.message.en
        key = (finding.check, finding.outcome, where, finding.selector)
        groups.setdefault(key, []).append(finding)
    return [
        Group(
            members[0],
            tuple(dict.fromkeys((one.theme, one.viewport, one.state) for one in members)),
            tuple(dict.fromkeys(member.page for member in members)),
        )
        for members in groups.values()
    ]


def sorted_out(report: Report) -> Sorted:
    """Every fault of the report, and every question that a machine leaves to a person."""

    def of(outcome: Outcome, *weights: Weight) -> tuple[Group, ...]:
        found = (f for f in report.findings if f.outcome is outcome and f.weight in weights)
        return tuple(ordered(grouped(found)))

    return Sorted(
        of(Outcome.FAILED, Weight.ERROR),
        of(Outcome.CANT_TELL, *Weight),
        of(Outcome.FAILED, Weight.WARNING),
        of(Outcome.FAILED, Weight.STYLE),
        of(Outcome.FAILED, Weight.WAIVED),
    )


def once_each(report: Report) -> Report:
    """The report with one finding a fault, errors first: what annotations of a pull request need."""
    groups = [*grouped(report.failed), *grouped(report.warned)]
    return replace(report, findings=tuple(group.finding for group in groups))


def lines(report: Report, spoken: Language, *, with_doubts: bool = False) -> Iterator[str]:
    """The report as text, fault by fault: sources first, in the order of their lines."""
    for group in ordered(grouped(told(report, with_doubts=with_doubts))):
        finding = group.finding
        place = str(finding.source) if finding.source else _pages(group.pages, spoken)
        criteria = "".join(f" {number}" for number in finding.criteria)
        doubt = "" if finding.outcome is Outcome.FAILED else f" ({finding.outcome})"
        yield f"{place}: {finding.message.spoken(spoken)} [{finding.check}{criteria}]{doubt}"
        yield f"    {finding.help.spoken(spoken)}"
        if finding.source:
            yield f"    {_pages(group.pages, spoken)}"
        if finding.selector:
            yield f"    {finding.selector}"
        if views := views_of(group, spoken):
            yield f"    {' / '.join(views)}"
    for problem in report.errors:
        yield f"{problem.subject}: {problem.message.spoken(spoken)}"


def verdict(report: Report) -> Text:
    """One sentence on the whole: nothing found is not the same as conformance."""
    faults, pages, errors = len(grouped(report.failed)), report.pages, len(report.errors)
    if not report.blocks:
        return Text(
            f"{pages}ページを検査し、問題は見つかりませんでした（機械で分かる範囲です）。",
            f"{pages} pages audited; nothing found (as far as a machine can tell).",
        )
    return Text(
        f"{pages}ページを検査し、直すところが{faults}件、"
        f"検査できなかったページが{errors}件ありました。",
        f"{pages} pages audited: {faults} faults to mend, {errors} pages that could not be "
        "audited.",
    )


def summary(report: Report, spoken: Language) -> str:
    """The report as Markdown without a link, for the summary of a workflow run.

    It stays below what GitHub takes; what does not fit is counted.
    """
    title = Text("アクセシビリティの検査", "Accessibility audit").spoken(spoken)
    found = sorted_out(report)
    rows = [f"## {title}", "", verdict(report).spoken(spoken), ""]
    if counts := _counts(found):
        rows += [counts.spoken(spoken), ""]
    if found.faults:
        heads = Text("場所|問題|直し方|チェック", "Where|Fault|What to do|Check").spoken(spoken)
        rows += [f"| {' | '.join(heads.split('|'))} |", "| --- | --- | --- | --- |"]
        rows += [_row(group, spoken) for group in found.faults]
        rows.append("")
    rows += [
        f"- {unmarked(problem.subject)}: {unmarked(problem.message.spoken(spoken))}"
        for problem in report.errors
    ]
    return "\n".join(_fitting(rows, spoken)).rstrip() + "\n"


def _counts(found: Sorted) -> Text | None:
    """How much there is beside the faults, in one sentence."""
    warnings, questions = len(found.warnings) + len(found.style), len(found.questions)
    if not (warnings or questions or found.waived):
        return None
    return Text(
        f"ほかに、注意が{warnings}件、人が確かめることが{questions}件、"
        f"猶予中の問題が{len(found.waived)}件あります。",
        f"Beside these: {warnings} warnings, {questions} questions for a person, "
        f"{len(found.waived)} waived faults.",
    )


def _row(group: Group, spoken: Language) -> str:
    finding = group.finding
    place = str(finding.source) if finding.source else _pages(group.pages, spoken)
    words = finding.message.spoken(spoken), finding.help.spoken(spoken)
    cells = [_code(place) if finding.source else unmarked(place), *map(unmarked, words)]
    return f"| {' | '.join([*cells, _code(finding.check)])} |"


def _code(text: str) -> str:
    return f"`{text.replace('`', '').replace('|', chr(92) + '|').strip()}`"


def unmarked(text: str) -> str:
    """Text of a page or a message as Markdown of GitHub that shows it as it is: no mark, no link."""
    one_line = " ".join(text.split())
    marked = _MARKS.sub(r"\\\g<0>", one_line).replace("&", "&amp;").replace("<", "&lt;")
    # GitHub makes links of addresses, of people and of numbers.
    return marked.replace("://", "&#58;//").replace("www.", "www&#46;").replace("@", "&#64;")


_MARKS = re.compile(r"[\\`*_\[\]|~#]")


def _fitting(rows: Sequence[str], spoken: Language) -> Iterator[str]:
    size = 0
    for number, row in enumerate(rows):
        size += len(row.encode()) + 1
        if size > SUMMARY_BYTES:
            left = sum(1 for one in rows[number:] if one)
            more = Text(
                f"ほかに{left}件あります。machikado audit --html でまとめて見られます。",
                f"{left} more: `machikado audit --html` shows all.",
            )
            yield f"\n{more.spoken(spoken)}"
            return
        yield row


def ordered(groups: Iterable[Group]) -> list[Group]:
    """Sources first, file by file and line by line; then pages."""

    def key(group: Group) -> tuple[bool, str, int]:
        source = group.finding.source
        if source is None:
            return True, group.pages[0], 0
        return False, source.file, source.line or 0

    return sorted(groups, key=key)


def _pages(pages: Sequence[str], spoken: Language) -> str:
    named = ", ".join(pages[:PAGES_NAMED])
    more = len(pages) - PAGES_NAMED
    if more <= 0:
        return named
    return named + Text(f" ほか{more}ページ", f" and {more} more pages").spoken(spoken)


def views_of(group: Group, spoken: Language) -> list[str]:
    """The views that a fault shows in, in words."""
    told = (view_in_words(*shown).spoken(spoken) for shown in group.views)
    return [words for words in dict.fromkeys(told) if words]


def view_in_words(theme: str | None, viewport: str | None, state: State) -> Text:
    """How a page was shown: 「暗い配色 スマートフォンの幅」."""
    parts = [
        _THEMES.get(theme, Text(theme, theme)) if theme else None,
        _VIEWPORTS.get(viewport, Text(viewport, viewport)) if viewport else None,
        Text("ふりがな付き", "with readings") if state.ruby else None,
        Text("機器が決めた色", "forced colours") if state.forced_colors else None,
        Text(f"{state.zoom:.0%}に拡大", f"at {state.zoom:.0%}") if state.zoom != 1 else None,
    ]
    known = [part for part in parts if part]
    return Text(" ".join(part.ja for part in known), " ".join(part.en for part in known))
