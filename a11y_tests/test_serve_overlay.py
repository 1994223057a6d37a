"""The overlay of `machikado serve` in a real browser: seen, heard, closed by keyboard, and gone when mended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from served_project import PLAN, Process, project_in, served

BROKEN = PLAN + "\n[いきさきのあんない](nowhere.md)\n"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project_in(tmp_path_factory.mktemp("city"))


@pytest.fixture(scope="module")
def process(project: Path) -> Iterator[Process]:
    with served(project) as running:
        yield running


@pytest.fixture
def page(browser: Browser, project: Path, process: Process) -> Iterator[Page]:
    write(project, PLAN)
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    opened = context.new_page()
    opened.goto(f"{process.root}/plan/")
    expect(opened.get_by_role("region", name="直すところが")).to_have_count(0)
    yield opened
    context.close()


def write(project: Path, text: str) -> None:
    """Save the page as many editors do: beside it, then in its place."""
    file = project / "docs/ja/plan.md"
    beside = file.with_suffix(".tmp")
    beside.write_text(text, encoding="utf-8", newline="\n")
    beside.replace(file)


def violations(page: Page) -> list[str]:
    page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(
        "async () => (await axe.run(document, { rules: { 'color-contrast-enhanced': { enabled: true } } })).violations"
        ".flatMap(({ id, nodes }) => nodes.map((node) => `${id} ${node.target}`))"
    )
    return found


def test_an_edit_reloads_the_page_where_it_was_scrolled_to(page: Page, project: Path) -> None:
    page.mouse.wheel(0, 900)
    page.wait_for_function("scrollY === 900")
    write(project, PLAN.replace("段落20の本文です。", "あたらしいことばです。"))
    expect(page.get_by_text("あたらしいことばです。")).to_have_count(1)
    page.wait_for_function("scrollY === 900")


def test_a_fault_comes_live_is_heard_and_closes_by_escape(page: Page, project: Path) -> None:
    menu = page.get_by_role("link").nth(1)
    menu.focus()
    write(project, BROKEN)
    overlay = page.get_by_role("region", name="直すところが1件あります")
    expect(overlay).to_contain_text("docs/ja/plan.md（いま見ているページ）")
    expect(overlay).to_contain_text("166行目")
    expect(page.get_by_role("alert")).to_have_text("直すところが1件あります")
    expect(page.locator("#machikado-serve summary")).to_be_focused()
    page.keyboard.press("Escape")
    expect(overlay.get_by_text("166行目")).to_be_hidden()
    expect(menu).to_be_focused()
    page.keyboard.press("Shift+Tab")
    # Closed on one page, it does not open on the next; its summary is there to open it again.
    page.reload()
    expect(overlay.get_by_text("166行目")).to_be_hidden()
    page.keyboard.press("Tab")
    expect(page.locator("#machikado-serve summary")).to_be_focused()
    page.keyboard.press("Enter")
    expect(overlay.get_by_text("166行目")).to_be_visible()
    write(project, PLAN)
    expect(overlay).to_have_count(0)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_with_the_overlay_open(
    page: Page, project: Path, scheme: Literal["light", "dark"], width: int
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 720})
    before = violations(page)
    write(project, BROKEN)
    expect(page.get_by_role("region", name="直すところが1件あります")).to_be_visible()
    assert [found for found in violations(page) if found not in before] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_javascript_the_overlay_is_there_and_can_be_closed(
    browser: Browser, project: Path, process: Process
) -> None:
    write(project, PLAN)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    write(project, BROKEN)
    overlay = page.get_by_role("region", name="直すところが1件あります")
    for _ in range(100):
        page.goto(f"{process.root}/plan/")
        if overlay.count():
            break
    expect(overlay.get_by_text("166行目")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(overlay.get_by_text("166行目")).to_be_hidden()
    context.close()
