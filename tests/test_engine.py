from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from machikado.content.reader import read_site
from machikado.engine import EngineError, OwnEngine
from machikado.messages import read_catalogues
from machikado.mkdocs_plugin.configuration import load_project
from machikado.press import Press, is_published

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def quiet(done: int, total: int) -> None:
    """Nobody looks on."""


@pytest.fixture(scope="module")
def press() -> Press:
    """The press of the demo."""
    project = load_project(ROOT / "mkdocs.yml")
    site = read_site(project.tree, project.docs, project.data).site.at(NOW)
    return Press(project, site, read_catalogues(project.tree, site.locales, project.data))


def files(folder: Path) -> dict[str, bytes]:
    return {
        f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()
    }


def test_one_process_and_several_print_the_same_site(press: Press, tmp_path: Path) -> None:
    for jobs in (1, 3):
        OwnEngine(jobs).build(press, tmp_path / str(jobs), NOW, quiet)
    one = files(tmp_path / "1")
    assert one == files(tmp_path / "3")
    assert len([name for name in one if name.endswith(".html")]) == len(press.site.pages)


def test_progress_begins_at_nothing_and_ends_with_every_page(press: Press, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    OwnEngine(2).build(press, tmp_path, NOW, lambda done, total: told.append((done, total)))
    total = len(press.site.pages)
    assert told[0] == (0, total)
    assert told[-1] == (total, total)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_broken_template_is_named_with_the_page_it_was_to_draw(
    press: Press, tmp_path: Path, jobs: int
) -> None:
    theme = tmp_path / "theme"
    theme.mkdir()
    for name in ("main.html", "home.html", "404.html"):
        (theme / name).write_text("{% if %}")
    project = replace(press.project, theme_dirs=(theme, *press.project.theme_dirs))
    broken = Press(project, press.site, press.surroundings.catalogues)
    with pytest.raises(EngineError, match=r"^docs/\S+\.md: TemplateSyntaxError: "):
        OwnEngine(jobs).build(broken, tmp_path / "site", NOW, quiet)


def test_a_citys_own_theme_goes_before_the_packages(press: Press, tmp_path: Path) -> None:
    styles = tmp_path / "assets" / "stylesheets"
    styles.mkdir(parents=True)
    (styles / "tokens.css").write_text(":root { --mk-accent: green }")
    (styles / ".draft.css").write_text("hidden")
    project = replace(press.project, theme_dirs=(tmp_path, *press.project.theme_dirs))
    city = Press(project, press.site, press.surroundings.catalogues)
    found = dict(city.files())
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
