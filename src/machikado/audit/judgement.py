"""From what a browser saw of a page to findings; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urldefrag, urlsplit

import msgspec

from machikado.audit import axe, consistency
from machikado.audit.advice import LEADS_ELSEWHERE, SCRIPT_ERROR, THIRD_PARTY, Advice
from machikado.audit.article import Article
from machikado.audit.check import Verdict, all_checks, examine
from machikado.audit.criteria import of_tags
from machikado.audit.grounds import is_clear
from machikado.audit.sight import Seen, Sight, View, driven_view, origin_of, outside
from machikado.audit.snapshot import Element, Snapshot, only_colours_changed, read_snapshot, renewed
from machikado.audit.source import Holdings, Place, Source
from machikado.content.page import Page
from machikado.vocabulary import Finding, Outcome, Problem, Text


@dataclass(frozen=True)
class Subject:
    """What is known of a page before anybody looks at it.

    page: how findings name it; url: where the browser finds it; locale: None for a foreign page;
    written: its Markdown, where it has one; is_ours: whether it belongs to the audited site.
    """

    page: str
    url: str
    locale: str | None = None
    written: Page | None = None
    is_ours: bool = True


@dataclass(frozen=True)
class Judged:
    """What is known of a page after it was looked at, but for the lines of its source.

    It can be kept for as long as the page, its styles and the checks stay as they are.
    placed: each finding, and where on the page an editor would look for it; holdings: what the
    article holds; applicable: the success criteria whose checks had anything to look at;
    leads_to: the address that the page leads on to; menus: what `consistency` remembers of a page
    that was shown whole.
    """

    placed: tuple[tuple[Finding, Place | None], ...]
    holdings: Holdings
    applicable: tuple[str, ...] = ()
    leads_to: str | None = None
    menus: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)


def judge(subject: Subject, seen: Seen, html: str | None = None) -> Judged:
    """Findings in the order of the views; `html` is the page's where only its article was shown."""
    placed: list[tuple[Finding, Place | None]] = []
    told: set[tuple[str, str]] = set()
    applicable: set[str] = set()
    holdings = Holdings()
    menus: Mapping[str, Sequence[tuple[str, str]]] = {}
    colours = _Colours()
    driven = driven_view([sight.view for sight in seen.sights])
    by_checks: list[Verdict] = []
    looked: set[str] = set()
    for number, (sight, answer) in enumerate(answers(seen)):
        page = read_snapshot(
            answer["snapshot"],
            source=seen.source if html is None else html,
            probes=seen.probes if number == driven else {},
            theme=sight.view.theme,
            is_whole=html is None,
        )
        article = Article(page)
        holdings = article.holdings
        if html is None and not number:
            menus = consistency.entry(page, subject.page, subject.locale).menus
        before = (by_checks, looked) if answer["hasOtherColoursAlone"] else None
        by_checks, looked = examine(page, all_checks(), before)
        applicable.update(of_tags(answer["applicable"]))
        applicable.update(n for check in all_checks() if check.id in looked for n in check.criteria)
        shown = [
            *colours.without_settled(_by_axe(subject, answer, page), page, sight.view),
            *((_of_check(subject, verdict), verdict.element) for verdict in by_checks),
            *(pair for pair in _by_us(subject, sight, page) if _is_new(pair[0], told)),
        ]
        theme = sight.view.theme if subject.is_ours else None
        placed.extend(
            (
                replace(
                    finding,
                    locale=subject.locale,
                    theme=theme,
                    viewport=sight.view.viewport,
                    state=sight.view.state,
                ),
                article.place(element),
            )
            for finding, element in shown
        )
    return Judged(
        tuple(placed), holdings, tuple(sorted(applicable)), _elsewhere(subject, seen), menus
    )


def answers(seen: Seen) -> Iterator[tuple[Sight, Mapping[str, Any]]]:
    """Each view with its answer; of a view that only tells what changed, the whole snapshot.

    hasOtherColoursAlone: whether the page differs from the view before in nothing else.
    """
    before: Mapping[str, Any] = {}
    for sight in seen.sights:
        answer = msgspec.json.decode(sight.answer)
        told = answer["snapshot"]
        answer["hasOtherColoursAlone"] = answer["isRenewed"] and only_colours_changed(told, before)
        if answer["isRenewed"]:
            answer["snapshot"] = renewed(before, told)
        before = answer["snapshot"]
        yield sight, answer


_Placed = tuple[Finding, Element | None]


class _Colours:
    """What was told of colours in the views before this one.

    A narrow window pushes parts out of sight, into boxes that scroll, and axe can no longer tell how
    they contrast. Where it could in a wide one, in the same colours, nobody need be asked.
    """

    _CHAIN = ("color", "background-color", "background-image", "opacity")

    def __init__(self) -> None:
        self._before: list[tuple[View, Snapshot, frozenset[int]]] = []

    def without_settled(
        self, found: Iterable[_Placed], page: Snapshot, view: View
    ) -> Iterator[_Placed]:
        told: set[int] = set()
        for finding, element in found:
            is_colour = finding.check in axe.COLOUR_RULES
            if is_colour and element is not None:
                told.add(element.index)
            is_doubt = is_colour and finding.outcome is Outcome.CANT_TELL
            is_known = element is not None and (
                self._is_settled(element, view)
                or (finding.check == "color-contrast" and is_clear(element, page))
            )
            if not (is_doubt and is_known):
                yield finding, element
        self._before.append((view, page, frozenset(told)))

    def _is_settled(self, element: Element, view: View) -> bool:
        return any(
            (before.theme, before.dress) == (view.theme, view.dress)
            and element.index not in told
            and (same := page.element(element.index)) is not None
            and same.is_rendered
            and self._chain(same) == self._chain(element)
            for before, page, told in self._before
        )

    def _chain(self, element: Element) -> list[tuple[str, ...]]:
        return [
            (e.tag, *(e.style.get(name, "") for name in self._CHAIN))
            for e in (element, *element.ancestors())
        ]


def located(subject: Subject, judged: Judged) -> tuple[list[Finding], list[Problem]]:
    """The findings with the lines of the page's source, and what kept it from being judged."""
    source = Source.of(subject.written) if subject.written and judged.placed else None
    findings = [
        replace(finding, source=source.locate(place, judged.holdings) if source else None)
        for finding, place in judged.placed
    ]
    if judged.leads_to is None:
        return findings, []
    note = _note("page-redirect", LEADS_ELSEWHERE, subject, address=judged.leads_to)
    if subject.is_ours:
        return findings, [Problem(subject.page, note.message)]
    return [replace(note, outcome=Outcome.CANT_TELL), *findings], []


def _elsewhere(subject: Subject, seen: Seen) -> str | None:
    """Where the page or its server sends the reader, if not where it was looked for."""
    address = seen.left_for
    if address is None and urldefrag(seen.url).url != urldefrag(subject.url).url:
        address = seen.url
    if address is not None and subject.is_ours:
        return address.removeprefix(origin_of(subject.url))
    return address


def _by_axe(subject: Subject, answer: Mapping[str, Any], page: Snapshot) -> Iterator[_Placed]:
    for result in answer["results"]:
        element = page.element(result["node"])
        if result["rule"] == "target-size" and element is not None and _has_browsers_size(element):
            continue
        yield axe.finding(result, answer["engine"], subject.page), element


def _has_browsers_size(link: Element) -> bool:
    """Whether a link of words is as large as browsers make it (WCAG 2.2, 2.5.8, "user agent control")."""
    is_plain = link.tag == "a" and link.style.get("display") == "inline"
    return is_plain and link.style.get("line-height") == "normal" and bool(link.shown_text)


def _of_check(subject: Subject, verdict: Verdict) -> Finding:
    check, fault, element = verdict.check, verdict.fault, verdict.element
    return Finding(
        check=check.id,
        message=fault.message,
        help=fault.help or check.help,
        page=subject.page,
        outcome=fault.outcome,
        weight=check.weight,
        criteria=check.criteria,
        level=check.level,
        act=check.act,
        selector=element.selector,
        html=element.html,
    )


def _by_us(subject: Subject, sight: Sight, page: Snapshot) -> Iterator[_Placed]:
    if subject.is_ours:
        own = origin_of(subject.url)
        strangers = {url: e for e in page.elements(*_LOADING) if (url := _loads(e))}
        for url in outside(sight.requests, own):
            host = urlsplit(url).netloc
            finding = _note("third-party-request", THIRD_PARTY, subject, host=host)
            stranger = strangers.get(url)
            yield replace(finding, html=stranger.html if stranger else url), stranger
    for error in sight.exceptions:
        finding = _note("script-error", SCRIPT_ERROR, subject, error=error)
        # A foreign page may miss what this machine cannot reach: that is not for us to judge.
        yield (finding if subject.is_ours else replace(finding, outcome=Outcome.CANT_TELL)), None


_LOADING = (
    "img", "iframe", "script", "link", "video", "audio", "source", "embed", "object",
)  # fmt: skip


def _loads(element: Element) -> str:
    """The address of another server that an element fetches from, or nothing."""
    written = next((element.get(n) for n in ("src", "href", "data") if element.get(n)), "")
    return str(element.more.get("src") or written)


def _is_new(finding: Finding, told: set[tuple[str, str]]) -> bool:
    key = finding.check, finding.html or finding.message.en
    if key in told:
        return False
    told.add(key)
    return True


def _note(check: str, advice: Advice, subject: Subject, **values: str) -> Finding:
    message = Text(advice.message.ja.format(**values), advice.message.en.format(**values))
    return Finding(check, message, advice.help, subject.page, locale=subject.locale)
