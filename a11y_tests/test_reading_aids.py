"""The reading aids of the built site: colours, type and panel, by keyboard, without JavaScript, in any size."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from lxml import html
from lxml.html import HtmlElement
from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize, expect

from built_site import LOCALES, PROJECT, ROOT
from machikado.content.address import output_file
from machikado.content.locale import Locale
from test_reading import DESKTOP, PHONE, POLICY, SAMPLES, TEXT_SPACING, overflow

KEPT_AS = "machikado-aids"
TOKENS = (ROOT / "overrides/assets/stylesheets/tokens.css").read_text(encoding="utf-8")
THEMES = ("light", "dark", *re.findall(r'^\[data-theme="(\w+-on-\w+)"\]', TOKENS, re.MULTILINE))
COLOURS = dict(re.findall(r"--mk-([a-z0-9-]+): (#[0-9a-f]{6});", TOKENS.split("}")[0]))
TEXT = "/plan/earlier-plans/"
"""A long page with headings, tables and a list of contents."""
LIMIT = 60 * 1024
"""Compressed bytes of a text page with its style sheets and scripts, all aids at hand and none in use."""
EVERYTHING = {
    "theme": "yellow-on-black", "size": "200", "line": "wider", "spacing": "wider",
    "measure": "short", "furigana": "all", "ruler": "focus", "images": "hide", "motion": "pause",
    "links": "underline",
}  # fmt: skip
Open = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, root: str) -> Iterator[Open]:
    """Open a page of the site for a reader who chose `kept` before; other words go to the browser."""
    contexts: list[BrowserContext] = []

    def open_page(
        address: str,
        kept: dict[str, str] | None = None,
        viewport: ViewportSize = DESKTOP,
        **settings: Any,  # noqa: ANN401 - whatever Browser.new_context takes
    ) -> Page:
        context = browser.new_context(viewport=viewport, **settings)
        contexts.append(context)
        if kept:
            given = json.dumps(json.dumps(kept))
            context.add_init_script(
                f"if (!sessionStorage.given) {{ localStorage.setItem('{KEPT_AS}', {given}); sessionStorage.given = 1; }}"
            )
        page = context.new_page()
        page.goto(root + address)
        return page

    yield open_page
    for context in contexts:
        context.close()


def kept_by(page: Page) -> dict[str, str]:
    """What the device keeps for the reader."""
    kept: dict[str, str] = json.loads(page.evaluate(f"localStorage.getItem('{KEPT_AS}') ?? '{{}}'"))
    return kept


def style(page: Page, selector: str, name: str) -> str:
    value: str = page.locator(selector).first.evaluate(
        "(element, name) => getComputedStyle(element).getPropertyValue(name)", name
    )
    return value


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f".aids [name={name}][value='{value}']").check()


def wear(page: Page, theme: str) -> None:
    """Put a theme on a page that is open, or none."""
    page.evaluate(
        "theme => { const d = document.documentElement.dataset; if (theme) d.theme = theme; else delete d.theme; }",
        theme,
    )


# By keyboard alone ------------------------------------------------------------------------


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def focused(page: Page) -> list[str]:
    """The name and value of the control that has the focus, else its text."""
    answer: list[str] = page.evaluate(
        "(({ name, value, innerText }) => name ? [name, value] : [innerText])(document.activeElement)"
    )
    return answer


@pytest.mark.parametrize("locale", LOCALES, ids=lambda locale: locale.code)
def test_the_panel_is_the_second_tab_stop_and_opens_by_key_in_every_language(
    opened: Open, locale: Locale
) -> None:
    page = opened(locale.prefix + "plan/")
    press(page, "Tab", "Tab")
    expect(page.locator(".aids > summary")).to_be_focused()
    press(page, "Enter")
    expect(page.locator(".aids .aids-form")).to_be_visible()
    press(page, "Escape")
    expect(page.locator(".aids .aids-form")).to_be_hidden()
    expect(page.locator(".aids > summary")).to_be_focused()


def test_every_aid_is_chosen_kept_and_put_back_by_keyboard_alone(opened: Open) -> None:
    page = opened("/plan/")
    press(page, "Tab", "Tab", "Enter", "Tab")
    assert page.evaluate("document.activeElement.matches('.aids-note a')")
    met = []
    while True:
        press(page, "Tab")
        now = focused(page)
        if len(now) == 1:
            break
        met.append(now[0])
        is_switch = page.evaluate("document.activeElement.type === 'checkbox'")
        press(page, "Space" if is_switch else "ArrowDown")
    assert met == [
        *("theme", "size", "line", "spacing", "measure", "font", "furigana", "grade", "ruler"),
        *("images", "motion", "links", "view"),
    ]  # fmt: skip
    chosen = {
        "theme": "light", "size": "125", "line": "wide", "spacing": "wide", "measure": "short",
        "font": "ud", "furigana": "all", "grade": "4", "ruler": "line", "images": "hide",
        "motion": "pause", "links": "underline", "view": "simple",
    }  # fmt: skip
    assert kept_by(page) == chosen
    shown = page.evaluate("({ ...document.documentElement.dataset })")
    assert shown == chosen | {"aids": ""}
    # On the next page all of it is there before anything is pressed.
    page.reload()
    assert page.evaluate("({ ...document.documentElement.dataset })") == shown
    press(page, "Tab", "Tab", "Enter")
    page.locator(".aids button[type=reset]").focus()
    press(page, "Enter")
    assert page.evaluate("({ ...document.documentElement.dataset })") == {"aids": ""}
    assert kept_by(page) == {}
    expect(page.locator(".aids .aids-status")).to_have_text(
        "すべて元の表示に戻しました。", use_inner_text=True
    )
    expect(page.locator(".aids [name=theme][value=auto]")).to_be_checked()
    press(page, "Tab", "Enter")  # close
    expect(page.locator(".aids > summary")).to_be_focused()
    expect(page.locator(".aids .aids-form")).to_be_hidden()


def test_what_the_reader_holds_stays_in_place_while_the_page_grows(opened: Open) -> None:
    page = opened("/plan/")
    page.locator(".aids > summary").click()
    choice = page.locator(".aids [name=size][value='100']")
    choice.focus()
    before = choice.evaluate("element => element.getBoundingClientRect().top")
    press(page, "ArrowUp")  # round to 200 %
    held = page.locator(".aids [name=size][value='200']")
    expect(held).to_be_focused()
    expect(held).to_be_in_viewport()
    after = held.evaluate("element => element.getBoundingClientRect().top")
    assert abs(after - before) < 300


# Colours ----------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES)
def test_a_chosen_theme_comes_before_that_of_the_device(opened: Open, theme: str) -> None:
    wanted = re.search(rf'\[data-theme="{theme}"\] \{{.*?--mk-paper: (#\w+)', TOKENS, re.DOTALL)
    assert wanted
    red, green, blue = (int(wanted[1][at : at + 2], 16) for at in (1, 3, 5))
    page = opened(TEXT, {"theme": theme})
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        assert style(page, "body", "background-color") == f"rgb({red}, {green}, {blue})"


def test_without_a_choice_the_colours_are_those_of_the_device_and_change_with_it(
    opened: Open,
) -> None:
    page = opened(TEXT, color_scheme="dark")
    assert style(page, "body", "background-color") == "rgb(23, 21, 27)"
    page.emulate_media(color_scheme="light")
    assert style(page, "body", "background-color") == "rgb(255, 255, 255)"


def test_a_device_that_asks_for_more_contrast_gets_it_in_every_theme(opened: Open) -> None:
    page = opened(TEXT, contrast="more")
    for theme in ("", *THEMES):
        wear(page, theme)
        assert style(page, ".page-summary", "color") == style(page, "body", "color")


def test_pages_are_printed_black_on_white_whatever_the_theme(opened: Open) -> None:
    page = opened(TEXT, color_scheme="dark")
    page.emulate_media(media="print")
    for theme in ("", *THEMES):
        wear(page, theme)
        assert style(page, "body", "color") == "rgb(0, 0, 0)"
        assert style(page, "body", "background-color") == "rgb(255, 255, 255)"
        expect(page.locator(".aids-bar")).to_be_hidden()
    expect(page.locator("h1 rt").first).to_be_hidden()
    page.evaluate("document.documentElement.dataset.furigana = 'all'")
    expect(page.locator("h1 rt").first).to_be_visible()


def test_forced_colours_come_before_any_theme_and_the_panel_says_so(opened: Open) -> None:
    page = opened(TEXT, {"theme": "yellow-on-black"}, forced_colors="active")
    page.locator(".aids > summary").click()
    expect(page.locator(".aids .aid-theme")).to_be_hidden()
    expect(page.locator(".aids .aids-forced")).to_be_visible()
    assert style(page, "body", "color") != "rgb(255, 255, 0)"
    press(page, "Tab", "Tab")
    assert focused(page) == ["size", "100"]
    assert style(page, ".aids label:has(:focus-visible)", "outline-style") == "solid"
    assert style(page, ".aids [name=size]:checked", "appearance") == "auto"
    press(page, "ArrowDown")
    assert style(page, "html", "font-size") == "20px"


# Every colour of the light theme is unlike every other, so that a colour tells which token it came from.
PROBE = {name: f"#{40 + 2 * at:02x}{240 - 3 * at:02x}{60 + 4 * at:02x}" for at, name in enumerate(COLOURS)}  # fmt: skip
PAIRS = """() => {
    const clear = "rgba(0, 0, 0, 0)", pairs = new Set();
    const groundOf = (element) => {
        for (let e = element; e; e = e.parentElement) {
            const ground = getComputedStyle(e).backgroundColor;
            if (ground !== clear) return ground;
        }
        return "none";
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || element.closest("script, template, noscript, title, desc, .sample[data-theme]")) continue;
        const isDrawn = element.closest("svg") !== null;
        const style = getComputedStyle(element);
        pairs.add((isDrawn ? style.fill : style.color) + "|" + groundOf(element));
    }
    return [...pairs];
}"""


def pages_of(locale: Locale) -> list[str]:
    folder = PROJECT.site_dir / locale.prefix.strip("/")
    others = {other.code for other in LOCALES if not other.is_default}
    files = (file.relative_to(folder) for file in folder.rglob("*.html"))
    own = (file for file in files if not (locale.is_default and file.parts[0] in others))
    return sorted(locale.prefix + file.as_posix().removesuffix("index.html") for file in own)


def proven_pairs() -> set[tuple[str, str]]:
    """The pairs of text and ground that tests/theme computes the contrast of, in every theme."""
    tree = (ROOT / "tests/theme/test_tokens.py").read_text(encoding="utf-8")
    names: dict[str, Any] = {}
    start, end = tree.index("LINKS = "), tree.index("EDGES = ")
    exec("from itertools import product\n" + tree[start:end], names)  # noqa: S102 - our own test
    return set(names["TEXT"])


@pytest.mark.parametrize("locale", LOCALES, ids=lambda locale: locale.code)
def test_every_text_of_every_page_is_a_pair_of_tokens_that_has_contrast_in_every_theme(
    browser: Browser, root: str, locale: Locale
) -> None:
    """Themes differ in tokens alone, so that one look at a page stands for all of them."""
    named = {
        f"rgb({int(hexa[1:3], 16)}, {int(hexa[3:5], 16)}, {int(hexa[5:], 16)})": name
        for name, hexa in PROBE.items()
    }
    assert len(named) == len(COLOURS)
    rules = " ".join(f"--mk-{name}: {colour} !important;" for name, colour in PROBE.items())
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()

    def with_probe(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text() + f":root {{ {rules} }}")

    page.route("**/tokens.css*", with_probe)
    unknown = {}
    proven = proven_pairs()
    for address in pages_of(locale):
        page.goto(root + address, wait_until="domcontentloaded")
        if page.evaluate("document.querySelector('main') === null"):
            continue  # an old address that only leads elsewhere
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        for pair in page.evaluate(PAIRS):
            text, ground = (named.get(colour, colour) for colour in pair.split("|"))
            if (text, ground) not in proven:
                unknown[text, ground] = address
    context.close()
    assert unknown == {}


def violations(page: Page, *rules: str, within: str = "html") -> list[str]:
    """What axe finds: rule and element. Without `rules`, all that are on by default."""
    options = (
        {"runOnly": {"type": "rule", "values": list(rules)}, "preload": False} if rules else {}
    )
    found: list[str] = page.evaluate(
        "async ([within, options]) => (await axe.run(within, { ...options, resultTypes: ['violations'] }))"
        ".violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target}`))",
        [within, options],
    )
    return found


ONE_OF_EACH = """() => {
    const kinds = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
        let ground = element;
        while (ground && getComputedStyle(ground).backgroundColor === "rgba(0, 0, 0, 0)") ground = ground.parentElement;
        const style = getComputedStyle(element);
        const kind = [
            element.closest("a, button, label, summary, ruby, li, td, th, p")?.tagName, element.tagName, style.color, style.fontSize, style.fontWeight,
            ground?.tagName, ground?.className, ground && getComputedStyle(ground).backgroundColor,
        ].join();
        if (!kinds.has(kind)) element.dataset.tried = "";
        kinds.add(kind);
    }
}"""
"""Marks one text of each kind: what is coloured alike on the same ground in one theme is so in all."""

CONTRAST = ("color-contrast", "color-contrast-enhanced", "link-in-text-block")
"""The second of these leaves to the first whatever has less than 4.5:1."""

KINDS = ("", "plan/measures/1-2-2/", "404.html")
"""One page of each template."""
TEMPLATES = (*KINDS, "search/", "help/reading-aids/")
"""Of each list that has controls, too; the last has the settings twice."""


@pytest.mark.parametrize("locale", LOCALES, ids=lambda locale: locale.code)
def test_axe_finds_nothing_with_the_panel_open(opened: Open, root: str, locale: Locale) -> None:
    page = opened(locale.prefix, viewport=PHONE)
    found = {}
    for sample in TEMPLATES:
        page.goto(root + locale.prefix + sample)
        page.evaluate(AXE_SCRIPT)
        page.evaluate("document.querySelector('.aids').open = true")
        if rows := violations(page):
            found[sample] = rows
    assert found == {}


@pytest.mark.parametrize("locale", LOCALES, ids=lambda locale: locale.code)
def test_axe_finds_contrast_in_every_template_and_theme_with_and_without_readings(
    opened: Open, root: str, locale: Locale
) -> None:
    """The settings are in the text of the last template, so that the panel need not be open.

    With readings in the first theme every text is looked at, then one of each kind: themes are tokens alone.
    """
    page = opened(locale.prefix, {"furigana": "all"}, PHONE)
    found = {}
    for sample in TEMPLATES:
        is_annotated = locale.lang.startswith("ja") and sample in KINDS
        page.goto(root + locale.prefix + sample)
        page.evaluate(AXE_SCRIPT)
        page.evaluate(ONE_OF_EACH)
        for theme in THEMES:
            wear(page, theme)
            for furigana in ("all", "none") if is_annotated else ("all",):
                page.evaluate(
                    "value => { document.documentElement.dataset.furigana = value; }", furigana
                )
                is_first = (theme, furigana) == (THEMES[0], "all")
                rows = violations(
                    page,
                    *CONTRAST,
                    within="html" if is_first else "[data-tried]",
                )
                if rows:
                    found[sample, theme, furigana] = rows
    assert found == {}


# Text -------------------------------------------------------------------------------------


@pytest.mark.parametrize("locale", LOCALES, ids=lambda locale: locale.code)
def test_pages_reflow_with_every_aid_at_its_largest(
    opened: Open, root: str, locale: Locale
) -> None:
    """320 px are also 1280 px at 400 % (WCAG 2.2, 1.4.10); on top of it text of twice the size."""
    page = opened(locale.prefix, EVERYTHING, PHONE)
    wide = {}
    for sample in SAMPLES:
        page.goto(root + locale.prefix + sample)
        for furigana in ("none", "all"):
            page.evaluate("value => document.documentElement.dataset.furigana = value", furigana)
            wide[sample, furigana] = overflow(page)
        page.locator(".aids > summary").click()
        wide[sample, "panel"] = overflow(page)
        page.add_style_tag(content=TEXT_SPACING)
        wide[sample, "spacing"] = overflow(page)
    assert {where: over for where, over in wide.items() if over} == {}


def test_each_setting_of_the_text_does_what_it_says(opened: Open) -> None:
    page = opened(TEXT)
    page.locator(".aids > summary").click()
    text = ".article-body p"
    assert style(page, text, "font-size") == "17px"
    choose(page, "size", "200")
    assert style(page, text, "font-size") == "34px"
    choose(page, "size", "100")
    choose(page, "line", "wider")
    assert style(page, text, "line-height") == "44.2px"  # 2.6 × 17
    choose(page, "spacing", "wider")
    assert style(page, text, "letter-spacing") == "2.04px"  # .12 × 17, as WCAG 1.4.12
    assert style(page, text, "word-spacing") == "4.08px"
    before = page.locator(text).first.bounding_box()
    choose(page, "measure", "short")
    after = page.locator(text).first.bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] < before["width"]
    choose(page, "links", "underline")
    assert style(page, ".menu.wide a", "text-decoration-line") == "underline"


def test_the_size_chosen_here_multiplies_that_of_the_browser(opened: Open) -> None:
    page = opened(TEXT, {"size": "150"})
    page.add_style_tag(content=":root { --reader: 24px }")
    assert style(page, "html", "font-size") == "24px"  # 150 % of the browser's 16 px


def test_the_ud_typeface_is_loaded_when_it_is_chosen_and_not_before(opened: Open) -> None:
    page = opened("/plan/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    page.locator(".aids > summary").click()
    assert [url for url in asked if "biz-udpgothic" in url] == []
    with page.expect_response(re.compile(r"regular-core\.woff2")):
        choose(page, "font", "ud")
    assert style(page, "body", "font-family").startswith('"BIZ UDPGothic"')
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.fonts.check('17px \"BIZ UDPGothic\"', '市役所')")


def test_the_ud_typeface_is_for_japanese_alone(opened: Open) -> None:
    page = opened("/en/plan/", {"font": "ud"})
    assert "UDPGothic" not in style(page, "body", "font-family")
    assert page.locator("link[data-ud]").count() == 0
    # A setting that this page does not offer outlives a change of another.
    page.locator(".aids > summary").click()
    choose(page, "size", "125")
    assert kept_by(page) == {"font": "ud", "size": "125"}


# What is shown ----------------------------------------------------------------------------

PICTURE = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


def test_words_stand_in_for_hidden_images_and_screen_readers_keep_the_image(opened: Open) -> None:
    page = opened(TEXT)
    page.evaluate(
        "src => document.querySelector('.article-body').insertAdjacentHTML('afterbegin', `<p><img src='${src}' alt='庁舎の写真' width='300' height='200'><img src='${src}' alt=''></p>`)",
        PICTURE,
    )
    page.locator(".aids > summary").click()
    choose(page, "images", "hide")
    expect(page.locator(".image-words")).to_have_text(["庁舎の写真"])
    expect(page.get_by_role("img", name="庁舎の写真")).to_have_count(1)
    box = page.get_by_role("img", name="庁舎の写真").bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (1, 1)
    page.locator(".aids [name=images]").uncheck()
    expect(page.locator(".image-words")).to_have_count(0)


def test_everything_that_moves_is_stopped(opened: Open) -> None:
    page = opened(TEXT, {"motion": "pause"})
    page.add_style_tag(
        content="@keyframes turn { to { rotate: 1turn } } main { animation: turn 1s infinite; transition: color 1s }"
    )
    assert style(page, "main", "animation-name") == "none"
    assert style(page, "main", "transition-property") == "none"
    assert page.evaluate("document.getAnimations().length") == 0


def test_an_animated_picture_becomes_its_first_frame_under_the_same_name(
    opened: Open, root: str
) -> None:
    page = opened(TEXT)
    page.route("**/clip.gif", lambda route: route.fulfill(body=_gif(), content_type="image/gif"))
    page.evaluate(
        "src => new Promise(done => { const i = new Image(); i.alt = '花火'; i.onload = done; i.src = src; document.querySelector('.article-body').prepend(i); })",
        f"{root}/clip.gif",
    )
    page.locator(".aids > summary").click()
    choose(page, "motion", "pause")
    still = page.get_by_role("img", name="花火")
    assert still.evaluate("element => [element.tagName, element.width]") == ["CANVAS", 1]


def _gif() -> bytes:
    import base64

    return base64.b64decode(PICTURE.split(",")[1])


def test_the_simple_view_leaves_the_text_the_aids_and_the_way_home(opened: Open) -> None:
    page = opened(TEXT, {"view": "simple"})
    for gone in (".menu.wide", ".languages.wide", ".breadcrumb", ".wide-contents", ".site-footer"):
        expect(page.locator(gone)).to_be_hidden()
    for kept in (
        ".page-title",
        ".article-body",
        ".demonstration",
        ".aids > summary",
        ".brand",
        ".contact-list",
    ):
        expect(page.locator(kept).first).to_be_visible()


# Furigana ---------------------------------------------------------------------------------

RUBY = "".join(
    f"<ruby id='r{grade}' data-grade='{grade}'>字<rp>(</rp><rt aria-hidden='true'>じ</rt><rp>)</rp></ruby>"
    for grade in range(1, 9)
) + "<ruby id='name' data-grade='4' data-name>岩手<rt aria-hidden='true'>いわて</rt></ruby>"  # fmt: skip


def readings_shown(page: Page) -> list[str]:
    page.evaluate(
        "ruby => document.querySelector('.article-body').insertAdjacentHTML('afterbegin', `<p class='tried'>${ruby}</p>`)",
        RUBY,
    )
    shown: list[str] = page.evaluate(
        "[...document.querySelectorAll('.tried ruby')].filter(r => getComputedStyle(r.querySelector('rt')).display !== 'none').map(r => r.id)"
    )
    return shown


ALL = [*(f"r{grade}" for grade in range(1, 9)), "name"]


@pytest.mark.parametrize(
    ("kept", "address", "shown"),
    [
        (None, "/plan/", []),
        (None, "/ja-easy/plan/", ALL),
        ({"furigana": "all"}, "/plan/", ALL),
        ({"furigana": "none"}, "/ja-easy/plan/", []),
        ({"furigana": "names"}, "/plan/", ["name"]),
        ({"furigana": "grade"}, "/plan/", [*ALL[3:]]),
        ({"furigana": "grade", "grade": "1"}, "/plan/", [*ALL[1:]]),
        ({"furigana": "grade", "grade": "6"}, "/ja-easy/plan/", ["r7", "r8"]),
    ],
)
def test_furigana_are_shown_as_chosen(
    opened: Open, kept: dict[str, str] | None, address: str, shown: list[str]
) -> None:
    assert readings_shown(opened(address, kept)) == shown


def test_furigana_are_shown_in_easy_japanese_without_javascript(
    browser: Browser, root: str
) -> None:
    for address, wanted in (("/ja-easy/plan/", "ruby-text"), ("/plan/", "none")):
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()

        def with_ruby(route: Route) -> None:
            answer = route.fetch()
            body = answer.text().replace("<p>", f"<p class='tried'>{RUBY}</p><p>", 1)
            route.fulfill(response=answer, body=body)

        page.route("**/plan/", with_ruby)
        page.goto(root + address)
        seen = page.locator(".tried rt").first
        if wanted == "none":
            expect(seen).to_be_hidden()
        else:
            expect(seen).to_be_visible()
        context.close()


KANJI = re.compile(r"[㐀-䶿一-鿿々〆〇]")
WITHOUT_READINGS = {"script", "style", "title", "option", "ruby", "code", "kbd", "samp", "svg"}
"""Elements that can hold no ruby, that hold no prose, or ruby itself."""


def bare_words(element: HtmlElement, lang: str) -> Iterator[str]:
    """The Japanese words with kanji below an element that no reading stands above; a template's, too."""
    if not isinstance(element.tag, str) or element.tag in WITHOUT_READINGS:
        return
    if "sample-ruby" in element.classes:
        return  # shows what furigana looks like, and what its absence does
    lang = element.get("lang", lang)
    for text in (element.text, *(child.tail for child in element)):
        if lang.startswith("ja") and KANJI.search(text or ""):
            yield f"{element.tag}: {(text or '').strip()}"
    for child in element:
        yield from bare_words(child, lang)


def test_in_easy_japanese_a_reading_stands_above_every_kanji_of_text_and_furniture() -> None:
    bare = {}
    (easy,) = (locale for locale in LOCALES if locale.code == "ja-easy")
    pages = pages_of(easy)
    for address in pages:
        page = html.document_fromstring((PROJECT.site_dir / output_file(address)).read_bytes())
        if found := list(bare_words(page.find("body"), page.get("lang", ""))):
            bare[address] = found
    assert len(pages) > 20
    assert bare == {}


def test_an_element_laid_out_by_flex_holds_no_reading_of_its_own(opened: Open, root: str) -> None:
    """Each ruby would be an item that cannot wrap with the words around it."""
    page = opened("/ja-easy/")
    torn = {}
    for sample in TEMPLATES:
        page.goto(f"{root}/ja-easy/{sample}")
        torn[sample] = page.evaluate(
            "[...document.querySelectorAll('ruby')].map(r => r.parentElement).filter(e => /flex|grid/.test(getComputedStyle(e).display)).map(e => e.outerHTML.slice(0, 80))"
        )
    assert {sample: parents for sample, parents in torn.items() if parents} == {}


def test_each_choice_of_furigana_shows_its_own_example_whatever_is_chosen(opened: Open) -> None:
    page = opened("/plan/")
    page.locator(".aids > summary").click()
    seen = "e => [...e.querySelectorAll('rt')].filter(r => r.checkVisibility()).map(r => r.textContent).join('')"
    wanted = {"none": "", "all": "やまよやくこうべ", "grade": "よやく", "names": "こうべ"}
    for chosen in wanted:
        choose(page, "furigana", chosen)
        shown = {
            name: page.locator(f".aids label:has([value={name}]) .sample-ruby").evaluate(seen)
            for name in wanted
        }
        assert shown == wanted


def test_readings_are_not_copied_with_the_text(opened: Open) -> None:
    page = opened("/plan/", {"furigana": "all"})
    readings_shown(page)
    assert style(page, ".tried rt", "user-select") == "none"
    copied = page.evaluate(
        "(() => { const s = getSelection(); s.selectAllChildren(document.querySelector('.tried')); return s.toString(); })()"
    )
    assert "じ" not in copied
    assert "岩手" in copied


def test_what_scripts_say_has_its_readings(opened: Open, root: str) -> None:
    page = opened("/ja-easy/search/?q=存在しない言葉")
    told = page.locator("machikado-search p").first
    expect(told.locator("rt").first).to_have_text("み")
    page.locator(".aids > summary").click()
    page.locator(".aids button[type=reset]").click()
    expect(page.locator(".aids .aids-status rt").first).to_be_visible()
    page.goto(f"{root}/en/search/?q=plan")
    expect(told).to_have_text(re.compile(r"^Pages found: \d+$"))


def test_pages_found_bear_the_readings_of_those_who_see_readings(opened: Open) -> None:
    page = opened("/search/?q=施策")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    found = page.locator("machikado-search li a")
    expect(found.first).to_be_visible()
    plain = found.first.inner_text()
    assert page.locator("machikado-search li rt").count() == 0
    assert [url for url in asked if "/plan/measures/" in url] == []
    page.locator(".aids > summary").click()
    choose(page, "furigana", "all")
    page.locator(".aids .aids-close").click()
    found.first.scroll_into_view_if_needed()
    expect(found.first.locator("rt").first).to_be_visible()
    bare = "link => [...link.childNodes].map(n => n.querySelector?.('rt') ? n.firstChild.data : n.data).join('')"
    assert found.first.evaluate(bare) == plain


# Reading ruler ----------------------------------------------------------------------------


def middle(page: Page) -> float:
    box = page.locator("machikado-ruler").bounding_box()
    assert box is not None
    return round(box["y"] + box["height"] / 2)


def test_the_ruler_follows_the_pointer_and_covers_nothing_that_can_be_pressed(opened: Open) -> None:
    page = opened(TEXT, {"ruler": "line"})
    page.mouse.move(300, 420)
    assert middle(page) == 420
    page.locator(".brand").hover()
    page.locator(".brand").click()
    page.wait_for_url(re.compile(r"/$"))
    expect(page.locator("machikado-ruler")).to_have_attribute("aria-hidden", "true")


@pytest.mark.parametrize("ruler", ["line", "focus"])
def test_the_ruler_reaches_every_line_by_keyboard(opened: Open, ruler: str) -> None:
    page = opened(TEXT, {"ruler": ruler})
    first = middle(page)
    press(page, "ArrowDown")
    step = middle(page) - first
    assert 20 < step < 60
    for _ in range(600):
        press(page, "ArrowDown")
    foot = page.locator(".to-top").bounding_box()
    assert foot is not None
    assert middle(page) >= foot["y"]
    for _ in range(600):
        press(page, "ArrowUp")
    assert (page.evaluate("scrollY"), middle(page)) == (0, 0)


def test_the_ruler_goes_where_the_focus_goes_and_leaves_other_keys_alone(opened: Open) -> None:
    page = opened(TEXT, {"ruler": "line"})
    page.locator(".breadcrumb a").last.focus()
    box = page.locator(".breadcrumb a").last.bounding_box()
    assert box is not None
    assert abs(middle(page) - (box["y"] + box["height"] / 2)) <= 1
    page.locator(".aids > summary").click()
    page.locator(".aids [name=size]:checked").focus()
    press(page, "ArrowDown")
    assert kept_by(page) == {"ruler": "line", "size": "125"}


# The panel --------------------------------------------------------------------------------


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_target_of_the_panel_is_44_pixels_high_and_wide(
    opened: Open, viewport: ViewportSize
) -> None:
    page = opened("/help/reading-aids/", viewport=viewport)
    page.locator(".aids > summary").click()
    small = page.evaluate(
        "[...document.querySelectorAll('.aids > summary, .aids-form label, .aids-form button')].filter(e => { const { width, height } = e.getBoundingClientRect(); return width < 44 || height < 44; }).map(e => e.outerHTML)"
    )
    assert small == []


def test_the_plain_page_has_the_same_settings_and_keeps_step_with_the_panel(opened: Open) -> None:
    page = opened("/help/reading-aids/")
    plain = page.locator("main .aids-form")
    expect(plain).to_be_visible()
    plain.locator("[name=theme][value=white-on-navy]").check()
    page.locator(".aids > summary").click()
    expect(page.locator(".aids [name=theme][value=white-on-navy]")).to_be_checked()
    names = "form => [...form.elements].map(({ name, value }) => name + value).filter(Boolean)"
    panel = page.locator(".aids form").evaluate(names)
    assert plain.evaluate(names) == panel


def test_a_choice_in_one_tab_is_seen_in_the_others(opened: Open, root: str) -> None:
    one = opened("/plan/")
    other = one.context.new_page()
    other.goto(f"{root}/news/")
    one.locator(".aids > summary").click()
    choose(one, "theme", "white-on-black")
    expect(other.locator("html")).to_have_attribute("data-theme", "white-on-black")


def test_every_choice_is_shown_in_the_form_it_gives(opened: Open) -> None:
    page = opened("/plan/", {"theme": "white-on-black"})
    page.locator(".aids > summary").click()
    sample = ".aids .sample[data-theme=black-on-cream]"
    assert style(page, sample, "background-color") == "rgb(255, 251, 232)"
    assert style(page, ".aids .sample[data-size='200']", "font-size") == "30px"  # of 15 px
    lines = [
        float(style(page, f".aids .sample[data-line={line}]", "line-height")[:-2])
        for line in ("normal", "wide", "wider")
    ]
    assert lines == [21.6, 26.4, 31.2]


# Without JavaScript, without storage, with a strict policy ----------------------------------


@pytest.mark.parametrize("locale", LOCALES, ids=lambda locale: locale.code)
def test_without_javascript_no_trace_of_the_panel_is_left(opened: Open, locale: Locale) -> None:
    page = opened(locale.prefix + "plan/", java_script_enabled=False, color_scheme="dark")
    box = page.locator(".aids-bar").bounding_box()
    assert box is None
    expect(page.locator("form.aids-form, .aids")).to_have_count(0)
    press(page, "Tab", "Tab")
    expect(page.locator(".brand")).to_be_focused()


def test_without_javascript_colours_follow_the_device_and_the_plain_page_says_so(
    browser: Browser, root: str
) -> None:
    context = browser.new_context(java_script_enabled=False, color_scheme="dark")
    page = context.new_page()
    page.goto(f"{root}/en/help/reading-aids/")
    expect(page.locator("noscript p")).to_have_text(
        "These settings need JavaScript. Without it, colours and the size of letters follow your device."
    )
    page.screenshot()  # the colours are there without a script that could tell them
    context.close()


def test_settings_that_cannot_be_kept_still_work_and_the_panel_says_so(
    browser: Browser, root: str
) -> None:
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('closed', 'SecurityError'); } });"
    )
    page.goto(f"{root}/plan/")
    page.locator(".aids > summary").click()
    expect(page.locator(".aids .aids-unkept")).to_be_hidden()
    choose(page, "theme", "yellow-on-black")
    expect(page.locator(".aids .aids-unkept")).to_be_visible()
    assert style(page, "body", "color") == "rgb(255, 255, 0)"
    assert faults == []
    context.close()


@pytest.mark.parametrize(
    "kept",
    ["", "[", "null", "[]", '"dark"', '{"theme":{"a":1}}', '{"theme":"\\"><b>"}', '{"size":9}'],
)
def test_storage_that_was_meddled_with_changes_nothing(
    browser: Browser, root: str, kept: str
) -> None:
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.add_init_script(f"localStorage.setItem('{KEPT_AS}', {json.dumps(kept)})")
    page.goto(f"{root}/plan/")
    assert page.evaluate("({ ...document.documentElement.dataset })") == {"aids": ""}
    expect(page.locator(".aids > summary")).to_be_visible()
    assert faults == []
    context.close()


@contextmanager
def strict(page: Page) -> Iterator[None]:
    def with_policy(route: Route) -> None:
        answer = route.fetch()
        headers = {**answer.headers, "content-security-policy": POLICY}
        route.fulfill(response=answer, headers=headers)

    page.route("**/*", with_policy)
    yield
    assert page.evaluate("broken") == []


def test_no_other_theme_flashes_up_and_a_strict_policy_is_kept(opened: Open, root: str) -> None:
    """Before the first element of the body stands, the theme is on the document."""
    page = opened("/plan/", EVERYTHING | {"font": "ud", "theme": "white-on-black"})
    page.add_init_script(
        "window.broken = []; document.addEventListener('securitypolicyviolation', e => broken.push(e.violatedDirective + ' ' + e.blockedURI));"
        "window.shifts = 0; new PerformanceObserver(list => { for (const e of list.getEntries()) shifts += e.value; }).observe({ type: 'layout-shift', buffered: true });"
        "new MutationObserver((_, o) => { if (document.body) { window.atBody = document.documentElement.dataset.theme; o.disconnect(); } }).observe(document, { childList: true, subtree: true });"
    )
    with strict(page):
        page.goto(root + TEXT, wait_until="networkidle")
        assert page.evaluate("atBody") == "white-on-black"
        assert style(page, "body", "background-color") == "rgb(0, 0, 0)"
        assert page.evaluate("document.fonts.check('17px \"BIZ UDPGothic\"', '市')")
        page.locator(".aids > summary").click()
        choose(page, "theme", "black-on-cream")
        assert style(page, "body", "background-color") == "rgb(255, 251, 232)"


def test_the_panel_moves_nothing_when_it_arrives(opened: Open, root: str) -> None:
    page = opened("/plan/")
    page.add_init_script(
        "window.shifts = 0; new PerformanceObserver(list => { for (const e of list.getEntries()) shifts += e.value; }).observe({ type: 'layout-shift', buffered: true });"
    )
    page.goto(root + TEXT, wait_until="networkidle")
    assert page.evaluate("shifts") == 0


# Weight -----------------------------------------------------------------------------------


def compressed(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 6))


def weight_of(address: str) -> int:
    """Compressed bytes of a page with the style sheets and scripts that it names."""
    page = PROJECT.site_dir / output_file(address)
    named = re.findall(
        r'<(?:link rel="stylesheet" href|script(?: type="module")? src)="([^"?]+)',
        page.read_text(encoding="utf-8"),
    )
    assert len(named) >= 4
    return compressed(page) + sum(
        compressed(PROJECT.site_dir / name.removeprefix(PROJECT.base_path)) for name in named
    )


def test_a_text_page_with_all_aids_at_hand_and_none_in_use_stays_light() -> None:
    weights = {address: weight_of(address) for locale in LOCALES for address in pages_of(locale)}
    assert {address: weight for address, weight in weights.items() if weight > LIMIT} == {}


def test_a_page_asks_for_nothing_but_itself_its_styles_and_its_scripts(
    opened: Open, root: str
) -> None:
    page = opened("/404.html")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(root + TEXT, wait_until="networkidle")
    kinds = sorted(url.removeprefix(root).split("?")[0].rpartition(".")[2] for url in asked)
    assert set(kinds) - {"svg"} == {TEXT, "css", "js"}  # svg: the icon, where a browser wants it
    assert all(url.startswith(root) for url in asked)
