"""How the built site reads: on a narrow screen, enlarged, by keyboard alone, without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Route,
    ViewportSize,
    expect,
)

from built_site import LOCALES, PROJECT
from machikado.content.locale import Locale
from machikado.sitewide.search import fold

PHONE: ViewportSize = {"width": 320, "height": 640}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
SAMPLES = ("", "plan/", "plan/measures/1-2-2/", "news/", "help/keyboard/", "search/", "404.html")
"""One page of each template, written in every locale."""
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'"
"""The strict Content-Security-Policy that docs-dev/hosting.md asks for."""
TEXT_SPACING = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }"
"""The spacing a reader may set (WCAG 2.2, 1.4.12)."""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport=PHONE)
    yield opened
    opened.close()


@pytest.fixture
def desktop(browser: Browser) -> Iterator[Page]:
    opened = browser.new_context(viewport=DESKTOP)
    yield opened.new_page()
    opened.close()


def overflow(page: Page) -> int:
    """How many pixels the page is wider than the window."""
    wide: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wide


@pytest.mark.parametrize("locale", LOCALES, ids=lambda locale: locale.code)
def test_no_page_scrolls_sideways_at_320_pixels(
    context: BrowserContext, root: str, locale: Locale
) -> None:
    folder = PROJECT.site_dir / locale.prefix.strip("/")
    others = {other.code for other in LOCALES if not other.is_default}
    files = [
        file.relative_to(folder)
        for file in folder.rglob("*.html")
        if not (locale.is_default and file.relative_to(folder).parts[0] in others)
    ]
    page = context.new_page()
    wide = {}
    for file in sorted(files):
        address = locale.prefix + file.as_posix().removesuffix("index.html")
        page.goto(root + address)
        if over := overflow(page):
            wide[address] = over
    assert wide == {}
    assert len(files) >= len(SAMPLES)


@pytest.mark.parametrize("locale", LOCALES, ids=lambda locale: locale.code)
def test_text_of_twice_the_size_and_wide_spacing_fit(
    context: BrowserContext, root: str, locale: Locale
) -> None:
    page = context.new_page()
    for sample in SAMPLES:
        page.goto(root + locale.prefix + sample)
        page.add_style_tag(content=TEXT_SPACING)
        assert (sample, overflow(page)) == (sample, 0)
        page.set_viewport_size({"width": 640, "height": 640})
        page.add_style_tag(content="html { font-size: 200% }")
        assert (sample, overflow(page)) == (sample, 0)
        page.set_viewport_size({"width": 320, "height": 640})


def test_the_first_tab_stop_leads_past_the_menus(desktop: Page, root: str) -> None:
    desktop.goto(f"{root}/plan/measures/1-2-2/")
    desktop.keyboard.press("Tab")
    skip = desktop.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    desktop.keyboard.press("Enter")
    assert desktop.evaluate("document.activeElement.id") == "main"
    desktop.keyboard.press("Tab")
    assert desktop.evaluate("document.activeElement.closest('.breadcrumb') !== null")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["/", "/plan/earlier-plans/", "/en/search/"])
def test_every_tab_stop_is_seen_and_ringed(
    browser: Browser, root: str, address: str, scheme: str
) -> None:
    opened = browser.new_context(
        viewport=DESKTOP, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = opened.new_page()
    page.goto(root + address)
    stops = 0
    while stops < 200:
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
                const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
                return e === document.body ? null : {
                    name: e.outerHTML.slice(0, 80),
                    seen: box.bottom > 0 && box.top < innerHeight && box.width > 0,
                    ring: parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== "none",
                    glow: style.boxShadow !== "none",
                };
            }"""
        )
        if stop is None:
            break
        stops += 1
        assert stop == {"name": stop["name"], "seen": True, "ring": True, "glow": True}
    opened.close()
    assert 20 < stops < 200


def test_escape_closes_a_menu_and_returns_to_its_button(context: BrowserContext, root: str) -> None:
    page = context.new_page()
    page.goto(f"{root}/en/")
    menu = page.locator(".tools details.drop").first
    menu.locator("summary").click()
    expect(menu.get_by_role("link", name="Plan")).to_be_visible()
    menu.get_by_role("link", name="Plan").focus()
    page.keyboard.press("Escape")
    expect(menu.get_by_role("link", name="Plan")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()


def test_menus_and_notices_work_without_javascript(browser: Browser, root: str) -> None:
    opened = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = opened.new_page()
    page.goto(f"{root}/ko/plan/")
    page.locator("details.drop").nth(1).locator("summary").click()
    expect(page.locator("details.drop").nth(1).locator("a[lang=vi]")).to_be_visible()
    # A link to a page that is not there in Korean says so, and leads to the notice in Korean.
    foreign = page.locator(".article-body a[hreflang=ja]").first
    assert foreign.inner_text().endswith("(일본어)")
    foreign.click()
    notice = page.locator("#from-ko")
    expect(notice).to_be_visible()
    assert notice.get_attribute("lang") == "ko"
    expect(page.locator("#from-vi")).to_be_hidden()
    notice.locator("a").first.click()
    assert page.url == f"{root}/ko/plan/"
    opened.close()


def test_search_finds_other_spellings_and_says_how_many(desktop: Page, root: str) -> None:
    desktop.goto(f"{root}/search/")
    desktop.locator("main input[name=q]").fill("ｵｰﾌﾟﾝﾃﾞｰﾀ")
    desktop.keyboard.press("Enter")
    found = desktop.locator("machikado-search li")
    expect(found.first).to_be_visible()
    titles = found.locator("a").all_inner_texts()
    assert "施策1-3 公共データのオープンデータ化の推進" in titles
    told = desktop.locator("machikado-search p").first.inner_text()
    assert told == f"{len(titles)}ページ見つかりました。"


def test_words_are_folded_alike_in_the_index_and_in_the_browser(desktop: Page, root: str) -> None:
    desktop.goto(f"{root}/search/")
    words = [
        "ゴミ",
        "ｺﾞﾐ",
        "ごみ",
        "ＩＣＴ",
        "ICT",
        "ヴァ",
        "ヶ",
        "ー",
        "①",
        "Tiếng Việt",
        "İ",
        "한국어",
    ]
    script = desktop.locator("script[src*='machikado.js']").get_attribute("src")
    folded = desktop.evaluate(
        "async ([src, words]) => { const { fold } = await import(src); return words.map(fold); }",
        [script, words],
    )
    assert folded == [fold(word) for word in words]


def test_a_strict_content_security_policy_is_kept(browser: Browser, root: str) -> None:
    opened = browser.new_context(viewport=DESKTOP)
    page = opened.new_page()

    def with_policy(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(
            response=answer, headers={**answer.headers, "content-security-policy": POLICY}
        )

    page.route("**/*", with_policy)
    page.add_init_script(
        "window.broken = []; document.addEventListener('securitypolicyviolation', e => broken.push(e.violatedDirective + ' ' + e.blockedURI));"
    )
    for sample in (*SAMPLES, "plan/earlier-plans/", "search/?q=ICT"):
        page.goto(f"{root}/{sample}", wait_until="networkidle")
        assert (sample, page.evaluate("broken")) == (sample, [])
    expect(page.locator("machikado-search li").first).to_be_visible()
    opened.close()
