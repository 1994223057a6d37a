"""Small pictures of what the findings of an audit are about, taken after the judging."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from machikado.audit.crew import look_at_all
from machikado.audit.sight import (
    READINGS,
    THEME,
    Opener,
    Patience,
    Portrait,
    Seen,
    View,
    Viewport,
    Visit,
)
from machikado.vocabulary import Finding

PICTURES = 60
"""So many are taken: each page has to be opened again."""

_NOTHING_ASKED = "() => ''"
_START_TAG = re.compile(r"\s*<([a-z][a-z0-9-]*)", re.IGNORECASE)
_OF_THE_DEVICE = ("light", "dark")


def pictures(
    findings: Iterable[Finding],
    opener: Opener,
    origin: str | None = None,
    *,
    jobs: int = 2,
    patience: Patience = Patience(page=60),  # noqa: B008 - it is immutable
) -> dict[Finding, bytes | None]:
    """PNGs of the elements that the first `PICTURES` findings with one are about.

    origin: where the audited site is served, or None where findings name whole addresses.
    None stands for an element that cannot be seen or no longer be found, and for a page that hangs
    or a browser that dies: there are fewer pictures then, and never an error.
    """
    visits: dict[tuple[str, View], list[tuple[Finding, Portrait]]] = {}
    for finding, portrait in sitters(findings):
        visits.setdefault((f"{origin or ''}{finding.page}", _view(finding)), []).append(
            (finding, portrait)
        )
    asked = [
        Visit(
            url,
            (view,),
            _NOTHING_ASKED,
            None,
            patience,
            portraits=tuple(portrait for _, portrait in members),
        )
        for (url, view), members in visits.items()
    ]
    members_of = list(visits.values())
    taken: dict[Finding, bytes | None] = {
        finding: None for members in members_of for finding, _ in members
    }
    for number, answer in look_at_all(asked, opener, "", origin, jobs):
        if isinstance(answer, Seen):
            for (finding, _), png in zip(members_of[number], answer.pictures, strict=True):
                taken[finding] = png
    return taken


def sitters(findings: Iterable[Finding]) -> list[tuple[Finding, Portrait]]:
    """The first `PICTURES` findings that there is something to photograph of, and what."""
    able = ((finding, portrait) for finding in findings if (portrait := portrait_of(finding)))
    return list(islice(able, PICTURES))


def portrait_of(finding: Finding) -> Portrait | None:
    """What to photograph; None for a fault of the whole page, or inside a frame or a shadow tree."""
    tag = _START_TAG.match(finding.html or "")
    if finding.selector is None or " >>> " in finding.selector or tag is None:
        return None
    return Portrait(finding.selector, tag.group(1).lower())


def _view(finding: Finding) -> View:
    """The view that the finding was made in, or one that looks the same."""
    theme, ruby = finding.theme or "light", finding.state.ruby
    viewport: Viewport = "phone" if finding.viewport == "phone" else "desktop"
    chosen = (
        () if theme in _OF_THE_DEVICE else ((THEME, theme),),
        ((READINGS, "all"),) if ruby else (),
    )
    dress = tuple(pair for pairs in chosen for pair in pairs)
    return View(theme, viewport, ruby, finding.state.forced_colors, dress)
