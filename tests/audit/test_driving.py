"""Driving pages: probes end however odd the page is, and name what they found by its number."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from machikado.audit import axe
from machikado.audit.contrast import colour_of, contrast
from machikado.audit.example import document, serving_pages
from machikado.audit.sight import URL_VIEWS, Patience, Visit
from machikado.browser.chromium import Chromium, Session
from machikado.browser.probes import PROBES
from machikado.browser.probes.keyboard import STOPS, playwright_key

PAGES = {
    "/many": document("".join(f'<a href="#{n}">{n}</a> ' for n in range(5000))),
    "/none": document("<p>市民課</p>"),
    "/frame": document(
        '<iframe title="地図" srcdoc="<a href=#>北</a>"></iframe><a href="#a">次</a>'
    ),
    "/picture.svg": '<svg xmlns="http://www.w3.org/2000/svg"><title>図</title></svg>',
}


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    with Chromium.found()(axe.setup(), None) as browser:
        yield browser


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with serving_pages(PAGES) as address:
        yield address


def _drive(session: Session, url: str, *probes: str) -> dict[str, dict[str, object]]:
    options = {"runOnly": {"type": "rule", "values": ["document-title"]}}
    argument = {"options": options, "colourRules": []}
    visit = Visit(url, URL_VIEWS[:1], axe.question(), argument, Patience(), probes)
    return dict(session.look(visit).probes)


@pytest.mark.browser
def test_the_walk_through_thousands_of_links_is_bounded(session: Session, origin: str) -> None:
    begun = time.monotonic()
    found = _drive(session, f"{origin}/many", "keyboard")["keyboard"]
    assert found["count"] == 5000
    assert found["complete"] is False
    assert found["traps"] == []
    stops = found["stops"]
    assert isinstance(stops, list)
    assert 0 < len(stops) <= STOPS
    assert time.monotonic() - begun < 60


@pytest.mark.browser
def test_a_frame_with_stops_of_its_own_is_no_trap(session: Session, origin: str) -> None:
    found = _drive(session, f"{origin}/frame", "keyboard")["keyboard"]
    assert found["traps"] == []
    assert found["complete"] is True


@pytest.mark.browser
def test_a_page_without_reason_is_not_loaded_anew(session: Session, origin: str) -> None:
    wanted = [name for name, probe in PROBES.items() if probe.reason]
    assert wanted
    assert _drive(session, f"{origin}/none", *wanted) == {name: {} for name in wanted}


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("Ctrl + M", "Control+m"),
        ("Ctrlキーを押しながらK", "Control+k"),
        ("Alt-Shift-F6", "Alt+Shift+F6"),
        ("Esc", "Escape"),
    ],
)
def test_keys_are_read_as_people_write_them(said: str, key: str) -> None:
    assert playwright_key(said) == key


def test_contrast_is_that_of_wcag() -> None:
    black, white = colour_of("rgb(0, 0, 0)"), colour_of("rgb(255, 255, 255)")
    assert black is not None
    assert white is not None
    assert contrast(black, white) == pytest.approx(21)
    half = colour_of("rgba(0, 0, 0, 0.5)")
    assert half is not None
    assert contrast(half, white) == pytest.approx(3.98, abs=0.01)
    assert colour_of("color(srgb 1 0 0)") is None
