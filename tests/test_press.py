from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from markupsafe import Markup

from machikado.content.reader import read_site
from machikado.content.site import MemorySite
from machikado.messages import read_catalogues
from machikado.mkdocs_plugin.configuration import load_project
from machikado.press import Press, is_published, theme_files

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture(scope="module")
def press() -> Press:
    """The press of the demo."""
    project = load_project(ROOT / "mkdocs.yml")
    site = read_site(project.tree, project.docs, project.data).site.at(NOW)
    return Press(project, site, read_catalogues(project.tree, site.locales, project.data))


def test_a_citys_own_theme_goes_before_the_packages(press: Press, tmp_path: Path) -> None:
    styles = tmp_path / "assets" / "stylesheets"
    styles.mkdir(parents=True)
    (styles / "tokens.css").write_text(":root { --mk-accent: green }")
    (styles / ".draft.css").write_text("hidden")
    project = replace(press.project, theme_dirs=(tmp_path, *press.project.theme_dirs))
    city = Press(project, press.site, press.surroundings.catalogues)
    found = dict(theme_files(project))
    assert found["assets/stylesheets/tokens.css"] == styles / "tokens.css"
    assert "assets/stylesheets/machikado.css" in found
    assert not [name for name in found if "draft" in name]
    assert city.surroundings.asset("assets/stylesheets/tokens.css").startswith(
        "/assets/stylesheets/tokens.css?v="
    )


def test_of_material_itself_nothing_is_published() -> None:
    material = Path("site-packages/material/templates")
    assert not is_published(material, "assets/stylesheets/main.57a0d79d.min.css")
    assert not is_published(material, "assets/javascripts/bundle.a5f9d56c.min.js")
    assert is_published(Path("overrides"), "assets/images/icon.svg")
    assert not is_published(Path("overrides"), "main.html")


def test_a_text_is_escaped_and_the_same_text_as_html_is_not(press: Press, tmp_path: Path) -> None:
    (tmp_path / "t.html").write_text(
        "{{ a }}{{ b }}{{ a }}{{ 7 }}{% set c %}{{ a }}{% endset %}{{ c }}"
    )
    project = replace(press.project, theme_dirs=(tmp_path,))
    page = Press(project, press.site, press.surroundings.catalogues)._templates.get_template(
        "t.html"
    )
    for _ in range(2):
        made = page.render(a="<b>&", b=Markup("<b>&"))
        assert made == "&lt;b&gt;&amp;<b>&&lt;b&gt;&amp;7&lt;b&gt;&amp;"


def test_a_list_of_no_pages_is_a_sentence_and_no_empty_list(press: Press) -> None:
    """A list of nothing is read aloud as one; a section may have no pages in a language."""
    site = press.site
    assert isinstance(site, MemorySite)
    folder = next(page for page in site.held if page.file == "docs/ja/help/index.md")
    assert "[[children]]" in folder.body
    # Links of the furniture lead to the pages above it.
    kept = tuple(page for page in site.held if page.path == "index.md" or page is folder)
    alone = Press(press.project, replace(site, held=kept), press.surroundings.catalogues)
    assert '<ul class="page-list">\n<li>' in press.print(folder)
    made = alone.print(folder)
    assert "page-list" not in made
    assert "ページは、まだありません。" in re.sub(
        r"<rp>.*?</rp>|<rt.*?</rt>|</?(?:ruby|rb)[^<>]*>", "", made
    )
