"""An audit from end to end: which pages there are, who looks at them, what is said in the end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from machikado.audit import axe
from machikado.audit.crew import look_at_all
from machikado.audit.judgement import Subject, judge
from machikado.audit.server import serving
from machikado.audit.sight import SITE_VIEWS, URL_VIEWS, Opener, Patience, Seen, View, Visit
from machikado.audit.source import Source
from machikado.content.address import output_file
from machikado.content.page import Page
from machikado.content.site import Site
from machikado.vocabulary import Finding, Problem, Report, Text

Progress = Callable[[int, int], None]
"""Told after each page: how many are done, and how many there are."""

_REFRESH = re.compile(
    rb"""<meta\b(?=[^>]*\bhttp-equiv\s*=\s*["']?refresh\b)(?=[^>]*\bcontent\s*=\s*["']?\s*0+\s*[;,])""",
    re.IGNORECASE,
)
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|title|[a-z][a-z0-9]*[\s>])", re.IGNORECASE)


class UnknownPageError(Exception):
    """An address was asked for that the site does not have."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def audit_site(
    site_dir: Path,
    base_path: str,
    site: Site,
    opener: Opener,
    *,
    only: Sequence[str] = (),
    jobs: int = 2,
    patience: Patience = Patience(),  # noqa: B008 - it is immutable
    progress: Progress = lambda done, total: None,  # noqa: ARG005
) -> Report:
    """Audit every page of the built site, or those `only` names (`/plan/`, base path or not).

    Pages that only lead elsewhere (redirects) are passed over. Raises UnknownPageError.
    """
    files = _files(site_dir)
    if only:
        files = {address: files[address] for address in _named(only, files, base_path)}
    missing = [] if only else _missing(site, files, base_path)
    sources = {page.address: page for page in site.pages}
    prefix = base_path.rstrip("/")
    problems = list(missing)
    subjects: list[Subject] = []
    with serving(site_dir, base_path) as origin:
        for address, file in files.items():
            data = file.read_bytes()
            if is_redirect(data):
                continue
            page = prefix + address
            if not is_markup(data):
                problems.append(Problem(page, _NOT_HTML))
                continue
            subjects.append(
                Subject(page, origin + page, _locale(site, address), _source(sources.get(address)))
            )
        options = axe.options("target-size")  # WCAG 2.2 AA is what the site promises
        return _audit(
            subjects, SITE_VIEWS, options, opener, origin, jobs, patience, progress, problems
        )


def audit_urls(
    urls: Sequence[str],
    opener: Opener,
    *,
    jobs: int = 2,
    patience: Patience = Patience(),  # noqa: B008 - it is immutable
    progress: Progress = lambda done, total: None,  # noqa: ARG005
) -> Report:
    """Audit any pages of the web, as they are shown by default, wide and narrow."""
    subjects = [Subject(url, url, is_ours=False) for url in dict.fromkeys(urls)]
    return _audit(subjects, URL_VIEWS, axe.options(), opener, None, jobs, patience, progress, [])


def _audit(
    subjects: Sequence[Subject],
    views: tuple[View, ...],
    options: dict[str, object],
    opener: Opener,
    origin: str | None,
    jobs: int,
    patience: Patience,
    progress: Progress,
    problems: list[Problem],
) -> Report:
    argument = {"options": options, "colourRules": axe.COLOUR_RULES}
    visits = [Visit(subject.url, views, axe.question(), argument, patience) for subject in subjects]
    found: dict[int, list[Finding]] = {}
    progress(0, len(visits))
    for done, (number, answer) in enumerate(
        look_at_all(visits, opener, axe.SETUP, origin, jobs), start=1
    ):
        if isinstance(answer, Seen):
            found[number], more = judge(subjects[number], answer)
            problems.extend(more)
        else:
            problems.append(Problem(subjects[number].page, answer))
        progress(done, len(visits))
    findings = tuple(finding for number in sorted(found) for finding in found[number])
    errors = tuple(sorted(problems, key=lambda problem: problem.subject))
    return Report(len(found), findings, errors)


def is_redirect(data: bytes) -> bool:
    """Whether this HTML only sends the reader elsewhere at once (`<meta http-equiv="refresh">`)."""
    return _REFRESH.search(data[:4096]) is not None


def is_markup(data: bytes) -> bool:
    """Whether a file called .html holds HTML at all."""
    return b"\0" not in data[:4096] and _MARKUP.search(data[:65536]) is not None


def _files(site_dir: Path) -> dict[str, Path]:
    """Every HTML file below `site_dir` by its address from the site's root."""
    found: dict[str, Path] = {}
    for file in sorted(site_dir.rglob("*.html")):
        name = file.relative_to(site_dir).as_posix()
        if name == "index.html" or name.endswith("/index.html"):
            name = name.removesuffix("index.html")
        found[f"/{name}"] = file
    return found


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


def _missing(site: Site, files: Iterable[str], base_path: str) -> list[Problem]:
    """Public pages that are not in the site's folder: it is older than its sources."""
    built = {output_file(address) for address in files}
    return [
        Problem(base_path.rstrip("/") + page.address, _NOT_BUILT)
        for page in site.pages
        if output_file(page.address) not in built
    ]


def _locale(site: Site, address: str) -> str:
    for locale in site.locales:
        if not locale.is_default and address.startswith(locale.prefix):
            return locale.code
    return site.locales.default.code


def _source(page: Page | None) -> Source | None:
    return Source.of(page) if page else None


_NOT_HTML = Text(
    "ファイル名は .html ですが、中身がHTMLではなく、検査できませんでした。",
    "The file is called .html but holds no HTML; it was not audited.",
)
_NOT_BUILT = Text(
    "公開中のページですが、作られたサイトの中にありません。machikado build をやり直してください。",
    "The page is public but is not in the built site. Run `machikado build` again.",
)
