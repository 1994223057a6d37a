"""Pictures of what findings are about: the right element, small, and never an error."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from small_pages import document, write_site

from machikado.audit.pictures import pictures, portrait_of, sitters
from machikado.audit.sight import Patience, Portrait, View, Visit
from machikado.browser.chromium import Chromium, Session
from machikado.browser.portrait import clip
from machikado.vocabulary import Finding, State, Text

SCREEN = {"pageWidth": 1280, "pageHeight": 800}
BLUE, GREEN, FRAME = (0, 0, 255), (0, 128, 0), (200, 16, 46)
BOX = "width: 40px; height: 40px; background: {}"


def finding(selector: str | None, html: str = "<p>", theme: str = "light") -> Finding:
    words = Text("問題", "A fault.")
    return Finding("a-check", words, words, "/page.html", selector=selector, html=html, theme=theme)


@pytest.fixture(scope="module")
def session(chromium: Chromium) -> Iterator[Session]:
    with chromium("", None) as browser:
        yield browser


def taken(session: Session, url: str, selector: str, name: str = "p") -> bytes | None:
    shown = View("light", "desktop")
    visit = Visit(
        url, (shown,), "() => ''", None, Patience(), portraits=(Portrait(selector, name),)
    )
    (png,) = session.look(visit).pictures
    return png


def colours(png: bytes | None) -> set[tuple[int, ...]]:
    assert png is not None
    image = Image.open(io.BytesIO(png)).convert("RGB")
    return {colour for _, colour in image.getcolors(1 << 24) or () if isinstance(colour, tuple)}


def page_with(site_dir: Path, body: str) -> None:
    write_site(site_dir, {"page.html": document(body)})


@pytest.mark.browser
def test_an_element_is_shown_with_a_frame_and_what_is_around_it(
    session: Session, site_dir: Path, origin: str
) -> None:
    page_with(
        site_dir, f'<p style="{BOX.format("blue")}"></p><h2 style="{BOX.format("green")}"></h2>'
    )
    png = taken(session, f"{origin}/page.html", "p")
    assert {BLUE, GREEN, FRAME} <= colours(png)
    assert Image.open(io.BytesIO(png or b"")).size == (320, 120)


@pytest.mark.browser
def test_an_element_far_down_is_scrolled_to(session: Session, site_dir: Path, origin: str) -> None:
    page_with(site_dir, f'<div style="height: 9000px"></div><p style="{BOX.format("blue")}"></p>')
    assert {BLUE, FRAME} <= colours(taken(session, f"{origin}/page.html", "p"))


@pytest.mark.browser
@pytest.mark.parametrize(
    "body",
    [
        '<p style="display: none">x</p>',
        '<p style="visibility: hidden">x</p>',
        '<p style="position: absolute; left: -9999px">x</p>',
        "<p>x</p><p>y</p>",
        "<h2>no such element</h2>",
    ],
)
def test_what_cannot_be_seen_or_told_apart_has_no_picture(
    session: Session, site_dir: Path, origin: str, body: str
) -> None:
    page_with(site_dir, body)
    assert taken(session, f"{origin}/page.html", "p") is None


@pytest.mark.browser
def test_of_two_alike_elements_the_one_of_the_article_is_meant(
    session: Session, site_dir: Path, origin: str
) -> None:
    page_with(site_dir, f'<p style="{BOX.format("blue")}"></p>')
    page = site_dir / "page.html"
    double = f'<body><p style="{BOX.format("green")}"></p>' + '<div style="height: 900px"></div>'
    page.write_text(page.read_text("utf-8").replace("<body>", double), encoding="utf-8")
    assert BLUE in colours(taken(session, f"{origin}/page.html", "p"))


@pytest.mark.browser
def test_another_kind_of_element_at_that_place_is_not_taken_for_it(
    session: Session, site_dir: Path, origin: str
) -> None:
    page_with(site_dir, "<p>x</p>")
    assert taken(session, f"{origin}/page.html", "main > :first-child", "img") is None


@pytest.mark.browser
def test_a_selector_counts_elements_without_readings_that_nobody_sees(
    session: Session, site_dir: Path, origin: str
) -> None:
    hidden = "<style>rt { display: none }</style><ruby>市<rt>し</rt></ruby>"
    page_with(site_dir, f'<div>{hidden}<p style="{BOX.format("blue")}"></p></div>')
    assert BLUE in colours(taken(session, f"{origin}/page.html", "p:nth-child(2)"))


@pytest.mark.browser
def test_a_page_that_forbids_styles_is_photographed_too(
    session: Session, site_dir: Path, origin: str
) -> None:
    policy = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
    write_site(site_dir, {"page.html": document("<p>x</p>", policy)})
    assert FRAME in colours(taken(session, f"{origin}/page.html", "p"))


def test_no_picture_is_larger_than_600_by_300() -> None:
    large = clip({"x": -10, "y": 0, "width": 5000, "height": 5000, **SCREEN})
    assert large == {"x": 0, "y": 0, "width": 600, "height": 300}


def test_a_picture_stays_on_the_screen() -> None:
    corner = clip({"x": 1270, "y": 790, "width": 10, "height": 10, **SCREEN})
    assert corner == {"x": 960, "y": 680, "width": 320, "height": 120}
    phone = clip({"x": 0, "y": 50, "width": 320, "height": 20, "pageWidth": 320, "pageHeight": 640})
    assert phone == {"x": 0, "y": 0, "width": 320, "height": 120}


@pytest.mark.parametrize(
    "one",
    [finding(None), finding("iframe >>> p"), finding("p", html="https://elsewhere.example/")],
    ids=["no selector", "in a frame", "no element"],
)
def test_some_findings_have_nothing_to_photograph(one: Finding) -> None:
    assert portrait_of(one) is None


@pytest.mark.browser
def test_pictures_are_of_the_view_of_their_finding_and_what_is_gone_costs_no_other(
    chromium: Chromium, site_dir: Path, origin: str
) -> None:
    style = (
        "<style>p { width: 40px; height: 40px; background: blue }"
        "@media (prefers-color-scheme: dark) { p { background: green } }"
        '[data-theme="white-on-black"] p { background: #123456 }'
        '[data-furigana="all"] p { background: #654321 }</style>'
    )
    write_site(site_dir, {"page.html": document("<p></p>", style)})
    light, dark = finding("p"), finding("p", theme="dark")
    chosen = finding("p", theme="white-on-black")
    read = replace(finding("p"), viewport="phone", state=State(ruby=True))
    gone, broken = replace(light, page="/gone.html"), finding("p[[")
    found = pictures((gone, broken, light, dark, chosen, read), chromium, origin, jobs=1)
    assert (found[gone], found[broken]) == (None, None)
    assert BLUE in colours(found[light])
    assert GREEN in colours(found[dark])
    assert (0x12, 0x34, 0x56) in colours(found[chosen])
    assert (0x65, 0x43, 0x21) in colours(found[read])


@pytest.mark.browser
def test_a_page_that_hangs_is_given_up(chromium: Chromium, site_dir: Path, origin: str) -> None:
    page_with(site_dir, "<p>x</p><script>addEventListener('load', () => { for (;;); })</script>")
    hanging = finding("p")
    patience = Patience(load=1, page=1)
    assert pictures((hanging,), chromium, origin, jobs=1, patience=patience) == {hanging: None}


def test_only_so_many_are_tried() -> None:
    some = [finding(None), *(finding(f"p:nth-child({number})") for number in range(99))]
    assert [one for one, _ in sitters(some)] == some[1:61]
