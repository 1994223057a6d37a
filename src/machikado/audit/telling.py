"""An audit's report for people: the same fault in many views, or on many pages, is told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from machikado.vocabulary import Finding, Language, Outcome, Report, Text

PAGES_NAMED = 3
"""So many pages are named where a fault stands on more."""

_THEMES = {"light": Text("明るい配色", "light"), "dark": Text("暗い配色", "dark")}
_VIEWPORTS = {
    "desktop": Text("パソコンの幅", "desktop"),
    "phone": Text("スマートフォンの幅", "phone"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """One fault: its first finding, the views it shows in, and the pages it is on, in order."""

    finding: Finding
    views: tuple[tuple[str | None, str | None], ...]
    pages: tuple[str, ...]


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
            tuple(dict.fromkeys((member.theme, member.viewport) for member in members)),
            tuple(dict.fromkeys(member.page for member in members)),
        )
        for members in groups.values()
    ]


def once_each(report: Report) -> Report:
    """The report with one finding a fault: what an annotation on a pull request needs."""
    groups = grouped(report.failed)
    return replace(report, findings=tuple(group.finding for group in groups))


def lines(report: Report, spoken: Language, *, with_doubts: bool = False) -> Iterator[str]:
    """The report as text, fault by fault: sources first, in the order of their lines."""
    for group in _ordered(grouped(told(report, with_doubts=with_doubts))):
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
        if views := _views(group, spoken):
            yield f"    {views}"
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
    """The report as Markdown, for the summary of a workflow run."""
    title = Text("アクセシビリティの検査", "Accessibility audit").spoken(spoken)
    rows = [f"## {title}", "", verdict(report).spoken(spoken), ""]
    groups = _ordered(grouped(report.failed))
    if groups:
        heads = Text("場所|問題|直し方|チェック", "Where|Fault|What to do|Check").spoken(spoken)
        rows += [_row(heads.split("|")), _row(["---"] * 4)]
        for group in groups:
            finding = group.finding
            place = f"`{finding.source}`" if finding.source else _pages(group.pages, spoken)
            words = finding.message.spoken(spoken), finding.help.spoken(spoken)
            rows.append(_row([place, *words, f"`{finding.check}`"]))
        rows.append("")
    rows += [f"- {problem.subject}: {problem.message.spoken(spoken)}" for problem in report.errors]
    return "\n".join(rows).rstrip() + "\n"


def _row(cells: Sequence[str]) -> str:
    escaped = (cell.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ") for cell in cells)
    return f"| {' | '.join(escaped)} |"


def _ordered(groups: Iterable[Group]) -> list[Group]:
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


def _views(group: Group, spoken: Language) -> str:
    return " / ".join(
        " ".join(
            words[name].spoken(spoken)
            for words, name in ((_THEMES, theme), (_VIEWPORTS, viewport))
            if name in words
        )
        for theme, viewport in group.views
        if theme or viewport
    )
