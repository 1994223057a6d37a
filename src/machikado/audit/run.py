"""An audit from end to end: which pages there are, who looks at them, what is said in the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import overload

from machikado.audit import axe
from machikado.audit.check import all_checks, all_probes
from machikado.audit.consistency import Entry, compare
from machikado.audit.crew import look_at_all
from machikado.audit.judgement import Judged, Subject, judge, located
from machikado.audit.memory import Memory, judges, key_of, memory
from machikado.audit.parts import share_of
from machikado.audit.server import serving
from machikado.audit.sight import (
    ARTICLE_VIEWS,
    READINGS,
    SITE_VIEWS,
    THEME,
    URL_VIEWS,
    Opener,
    Patience,
    Seen,
    View,
    Visit,
)
from machikado.audit.survey import FRAME, Leaf, Plan, plan, read_leaves, reader_themes
from machikado.content.address import output_file
from machikado.content.page import Page
from machikado.content.site import Site
from machikado.vocabulary import Finding, Problem, Report, Text

Progress = Callable[[int, int], None]
"""Told after each page: how many are done, and how many there are."""


class UnknownPageError(Exception):
    """An address was asked for that the site does not have."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


@dataclass(frozen=True)
class Scope:
    """Which of a site's pages to audit.

    only: their addresses (`/plan/`, base path or not), none for all; shard: this part of them, of so
    many; changed_only: leave out what an earlier audit has judged as it is now.
    """

    only: tuple[str, ...] = ()
    shard: tuple[int, int] = (1, 1)
    changed_only: bool = False

    @property
    def is_whole(self) -> bool:
        return not self.only and self.shard == (1, 1) and not self.changed_only


def audit_site(
    site_dir: Path,
    base_path: str,
    site: Site,
    opener: Opener,
    *,
    scope: Scope = Scope(),
    kept_in: Path | None = None,
    jobs: int = 2,
    patience: Patience = Patience(),  # noqa: B008 - it is immutable
    swaps: bool = True,
    progress: Progress = lambda done, total: None,  # noqa: ARG005
) -> Report:
    """Audit every page of the built site that is in `scope`.

    One page of each template and language is shown whole, in all themes; of the others only the
    article is (`survey`), unless `swaps` is off. What earlier audits found is recalled from the file
    `kept_in`. Pages that only lead elsewhere (redirects) are passed over. Raises UnknownPageError.
    """
    prefix = base_path.rstrip("/")
    leaves = [leaf for leaf in read_leaves(site_dir) if not leaf.is_redirect]
    wanted = _wanted(leaves, scope, base_path)
    problems = [] if scope.only else _missing(site, site_dir, base_path)
    problems += [Problem(prefix + leaf.address, _NOT_HTML) for leaf in wanted if not leaf.is_markup]
    documents = [leaf for leaf in leaves if leaf.is_markup]
    scheme = plan(documents, [leaf for leaf in wanted if leaf.is_markup])
    if not swaps:
        scheme = Plan((*scheme.whole, *((leaf, False) for leaf, _ in scheme.swapped)), ())
    sources = {page.address: page for page in site.pages}
    furniture = _furniture(site_dir)
    with serving(site_dir, base_path) as origin:
        options = axe.options("target-size")  # WCAG 2.2 AA is what the site promises
        argument = {
            "options": options,
            "colourRules": axe.COLOUR_RULES,
            "shapeRules": axe.SHAPE_RULES,
        }
        probes = all_probes(all_checks())
        themes = reader_themes(site_dir)
        tasks: list[_Task] = []
        for leaf, stands_for_others in scheme.whole:
            views = _all_views(themes, leaf) if stands_for_others else SITE_VIEWS
            driven = probes if stands_for_others or leaf.is_alive or leaf.template is None else ()
            who = _subject(leaf, site, sources, origin + prefix, prefix)
            visit = Visit(who.url, views, axe.question(), argument, patience, driven)
            key = key_of(judges(), furniture, who.page, repr(views), leaf.whole)
            tasks.append(_Task(who, visit, key))
        for leaf, frame in scheme.swapped:
            who = _subject(leaf, site, sources, origin + prefix, prefix)
            at = f"{origin}{prefix}{frame.address}?{FRAME}"
            visit = Visit(at, ARTICLE_VIEWS, axe.question(), argument, patience)
            key = key_of(judges(), furniture, who.page, "article", leaf.article)
            tasks.append(_Task(who, visit, key, leaf))
        titles = (
            {}
            if scope.only or scope.changed_only
            else {
                prefix + leaf.address: (_locale(site, leaf.address), leaf.title)
                for leaf in documents
            }
        )
        with memory(kept_in) as remembered:
            report = _audit(
                tasks, opener, origin, jobs, progress, problems, remembered, scope, titles
            )
            if scope.is_whole and not report.errors:
                remembered.forget_others()
    return report


def audit_urls(
    urls: Sequence[str],
    opener: Opener,
    *,
    jobs: int = 2,
    patience: Patience = Patience(),  # noqa: B008 - it is immutable
    progress: Progress = lambda done, total: None,  # noqa: ARG005
) -> Report:
    """Audit any pages of the web, as they are shown by default, wide and narrow."""
    options = axe.options("target-size", "color-contrast-enhanced", is_ours=False)
    argument = {"options": options, "colourRules": axe.COLOUR_RULES, "shapeRules": axe.SHAPE_RULES}
    probes = all_probes(all_checks())
    tasks = [
        _Task(
            Subject(url, url, is_ours=False),
            Visit(url, URL_VIEWS, axe.question(), argument, patience, probes),
        )
        for url in dict.fromkeys(urls)
    ]
    with memory(None) as nothing:
        return _audit(tasks, opener, None, jobs, progress, [], nothing, Scope())


@dataclass(frozen=True)
class _Task:
    """One page to look at, how, and the key that its result is kept under."""

    subject: Subject
    visit: Visit
    key: bytes = b""
    swapped: Leaf | None = None
    """The page whose article alone is shown; it is read when its turn comes."""


class _Visits(Sequence[Visit]):
    """The visits of tasks, each made ready when it is asked for."""

    def __init__(self, tasks: Sequence[_Task]) -> None:
        self._tasks = tasks

    def __len__(self) -> int:
        return len(self._tasks)

    @overload
    def __getitem__(self, index: int) -> Visit: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Visit]: ...
    def __getitem__(self, index: int | slice) -> Visit | Sequence[Visit]:
        if isinstance(index, slice):
            return _Visits(self._tasks[index])
        task = self._tasks[index]
        if task.swapped is None:
            return task.visit
        return replace(task.visit, swap=task.swapped.swap(task.subject.url, _AS_WRITTEN))


def _subject(
    leaf: Leaf, site: Site, sources: Mapping[str, Page], start: str, prefix: str
) -> Subject:
    return Subject(
        prefix + leaf.address,
        start + leaf.address,
        _locale(site, leaf.address),
        sources.get(leaf.address),
    )


def _audit(
    tasks: Sequence[_Task],
    opener: Opener,
    origin: str | None,
    jobs: int,
    progress: Progress,
    problems: list[Problem],
    remembered: Memory,
    scope: Scope,
    titles: Mapping[str, tuple[str, str]] = MappingProxyType({}),
) -> Report:
    """titles: language and title of every page of the site, those that are not looked at too."""
    judged: dict[int, Judged] = {}
    open_tasks: list[int] = []
    for number, task in enumerate(tasks):
        known = remembered.recall(task.key) if task.key else None
        if known is None:
            open_tasks.append(number)
        elif not scope.changed_only:
            judged[number] = known
    total, ready = len(open_tasks) + len(judged), len(judged)
    progress(ready, total)
    visits = _Visits([tasks[number] for number in open_tasks])
    for done, (index, answer) in enumerate(
        look_at_all(visits, opener, axe.setup(), origin, jobs), start=ready + 1
    ):
        number = open_tasks[index]
        task = tasks[number]
        if isinstance(answer, Seen):
            judged[number] = judge(
                task.subject, answer, task.swapped.html if task.swapped else None
            )
            if task.key:
                remembered.keep(task.key, judged[number])
        else:
            problems.append(Problem(task.subject.page, answer))
        progress(done, total)
    findings: list[Finding] = []
    applicable: Counter[str] = Counter()
    for number in sorted(judged, key=lambda number: tasks[number].subject.page):
        found, more = located(tasks[number].subject, judged[number])
        findings.extend(found)
        problems.extend(more)
        applicable.update(judged[number].applicable)
    menus = {tasks[number].subject.page: known.menus for number, known in judged.items()}
    entries = [Entry(page, *known, menus.get(page, {})) for page, known in titles.items()]
    findings.extend(finding for finding in compare(entries) if finding.page in menus)
    return Report(
        len(judged),
        tuple(findings),
        tuple(sorted(problems, key=lambda problem: problem.subject)),
        tuple(sorted(tasks[number].subject.page for number in judged)),
        dict(sorted(applicable.items())),
        scope.shard,
    )


def _all_views(themes: Iterable[str], leaf: Leaf) -> tuple[View, ...]:
    """All the states that the parts around the text are shown in: each theme, readings, the device's colours."""
    wide: list[View] = [View(name, "desktop", dress=((THEME, name),)) for name in themes]
    read = View("light", "phone", ruby=True, dress=((READINGS, "all"),))
    system = View("dark", "desktop", forced_colors=True)
    return (
        *((read,) if leaf.has_ruby else ()),
        SITE_VIEWS[0],
        SITE_VIEWS[1],
        *wide,
        system,
        *SITE_VIEWS[2:],
    )


_AS_WRITTEN = {READINGS: "none"}
"""Articles are judged without readings, which are made and not written: templates answer for them."""


def _furniture(site_dir: Path) -> str:
    """A digest of the styles and scripts that all pages share."""
    state = sha256()
    for file in sorted(site_dir.rglob("*")):
        if file.suffix in (".css", ".js", ".mjs", ".svg"):
            state.update(file.relative_to(site_dir).as_posix().encode() + b"\0" + file.read_bytes())
    return state.hexdigest()


def _wanted(leaves: Sequence[Leaf], scope: Scope, base_path: str) -> list[Leaf]:
    wanted = list(leaves)
    if scope.only:
        by_address = {leaf.address: leaf for leaf in leaves}
        wanted = [by_address[name] for name in _named(scope.only, by_address, base_path)]
    part, parts = scope.shard
    return [leaf for leaf in wanted if share_of(leaf.address, parts) == part]


def _named(only: Sequence[str], files: Iterable[str], base_path: str) -> list[str]:
    known = set(files)
    named: list[str] = []
    for wanted in only:
        choices = (wanted, "/" + wanted.removeprefix(base_path).lstrip("/"))
        address = next((choice for choice in choices if choice in known), None)
        if address is None:
            raise UnknownPageError(wanted)
        named.append(address)
    return list(dict.fromkeys(named))


def _missing(site: Site, site_dir: Path, base_path: str) -> list[Problem]:
    """Public pages that are not in the site's folder: it is older than its sources."""
    return [
        Problem(base_path.rstrip("/") + page.address, _NOT_BUILT)
        for page in site.pages
        if not (site_dir / output_file(page.address)).is_file()
    ]


def _locale(site: Site, address: str) -> str:
    for locale in site.locales:
        if not locale.is_default and address.startswith(locale.prefix):
            return locale.code
    return site.locales.default.code


_NOT_HTML = Text(
    "ファイル名は .html ですが、中身がHTMLではなく、検査できませんでした。",
    "The file is called .html but holds no HTML; it was not audited.",
)
_NOT_BUILT = Text(
    "公開中のページですが、作られたサイトの中にありません。machikado build をやり直してください。",
    "The page is public but is not in the built site. Run `machikado build` again.",
)
