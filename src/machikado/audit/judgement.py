"""From what a browser saw of a page to findings; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urldefrag, urlsplit

from machikado.audit import axe
from machikado.audit.advice import LEADS_ELSEWHERE, SCRIPT_ERROR, THIRD_PARTY, Advice
from machikado.audit.sight import Seen, Sight, origin_of, outside
from machikado.audit.source import Holdings, Place, Source
from machikado.vocabulary import Finding, Outcome, Problem, State, Text

SHOWN = State(reduced_motion=True)
"""Pages are looked at with reduced motion, so that nothing moves while it is measured."""


@dataclass(frozen=True)
class Subject:
    """What is known of a page before anybody looks at it.

    page: how findings name it; url: where the browser finds it; locale: None for a foreign page;
    source: its Markdown, where it has one; is_ours: whether it belongs to the audited site.
    """

    page: str
    url: str
    locale: str | None = None
    source: Source | None = None
    is_ours: bool = True


def judge(subject: Subject, seen: Seen) -> tuple[list[Finding], list[Problem]]:
    """Findings in the order of the views, and what kept the page from being judged."""
    findings: list[Finding] = []
    told: set[tuple[str, str]] = set()
    for sight in seen.sights:
        shown = [
            *_by_axe(subject, sight),
            *(finding for finding in _by_us(subject, sight) if _is_new(finding, told)),
        ]
        theme = sight.view.theme if subject.is_ours else None
        findings.extend(
            replace(finding, theme=theme, viewport=sight.view.viewport, state=SHOWN)
            for finding in shown
        )
    address = _elsewhere(subject, seen)
    if address is None:
        return findings, []
    note = _note("page-redirect", LEADS_ELSEWHERE, subject, address=address)
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


def _by_axe(subject: Subject, sight: Sight) -> Iterator[Finding]:
    answer: Mapping[str, Any] = sight.answer
    holdings = Holdings.read(answer["holdings"])
    for result in answer["results"]:
        finding = axe.finding(result, answer["engine"], subject.page)
        yield _placed(finding, subject, result["place"], holdings)


def _by_us(subject: Subject, sight: Sight) -> Iterator[Finding]:
    if subject.is_ours:
        strangers = {stranger["url"]: stranger for stranger in sight.answer["strangers"]}
        holdings = Holdings.read(sight.answer["holdings"])
        for url in outside(sight.requests, origin_of(subject.url)):
            host = urlsplit(url).netloc
            finding = _note("third-party-request", THIRD_PARTY, subject, host=host)
            stranger = strangers.get(url, {})
            finding = replace(finding, html=stranger.get("html", url))
            yield _placed(finding, subject, stranger.get("place"), holdings)
    for error in sight.exceptions:
        finding = _note("script-error", SCRIPT_ERROR, subject, error=error)
        # A foreign page may miss what this machine cannot reach: that is not for us to judge.
        yield finding if subject.is_ours else replace(finding, outcome=Outcome.CANT_TELL)


def _is_new(finding: Finding, told: set[tuple[str, str]]) -> bool:
    key = finding.check, finding.html or finding.message.en
    if key in told:
        return False
    told.add(key)
    return True


def _placed(
    finding: Finding, subject: Subject, place: Mapping[str, Any] | None, holdings: Holdings
) -> Finding:
    source = subject.source.locate(Place.read(place), holdings) if subject.source else None
    return replace(finding, locale=subject.locale, source=source)


def _note(check: str, advice: Advice, subject: Subject, **values: str) -> Finding:
    message = Text(advice.message.ja.format(**values), advice.message.en.format(**values))
    return Finding(check, message, advice.help, subject.page, locale=subject.locale)
