"""`machikado check --readings`, and a city that wants every place name to be known."""

from __future__ import annotations

from pathlib import Path

import pytest

from machikado.cli.build import build
from machikado.cli.check import check
from scratch_city import CONFIGURATION, city_in, run
from small_city import source

LANGUAGES = """\
  - i18n:
      docs_structure: folder
      languages:
        - { locale: ja, name: 日本語, default: true, build: true }
"""
EMPTY = "surface,reading,kind\n"
LEXICON = f"{EMPTY}岩手山,いわてさん,place\n"
NOW = ("--now", "2026-11-20T09:00")


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A city of one language; one page names a mountain and a word of two readings."""
    city = city_in(tmp_path / "city")
    (city / "docs/en/index.md").unlink()
    (city / "mkdocs.yml").write_text(CONFIGURATION + LANGUAGES, encoding="utf-8")
    (city / "i18n/locales.yml").write_text(
        "- { code: ja, name: 日本語, default: true }\n", encoding="utf-8"
    )
    (city / "i18n/readings.csv").write_text(EMPTY, encoding="utf-8")
    page = source(1002, "山", "岩手山に登る。市場を歩く。")
    (city / "docs/ja/mountain.md").write_text(page, encoding="utf-8")
    return city


def require_known_places(city: Path) -> None:
    configuration = (CONFIGURATION + LANGUAGES).replace(
        "  - machikado\n", "  - machikado: { places_must_be_known: true }\n"
    )
    (city / "mkdocs.yml").write_text(configuration, encoding="utf-8")


def test_doubtful_readings_are_listed_with_ready_lines_and_stop_nothing(city: Path) -> None:
    code, out, _ = run(check, city, "--readings", "--quiet", language="ja")
    assert code == 0
    assert "docs/ja/mountain.md" in out
    assert "「岩手山,いわてやま,place」を足してください" in out
    assert "「市場," in out
    assert "岩手山" not in run(check, city, "--quiet", language="ja").out


@pytest.mark.parametrize("command", [check, build], ids=["check", "build"])
def test_a_doubtful_place_stops_a_city_that_wants_to_know_them_all(
    city: Path, command: object
) -> None:
    require_known_places(city)
    code, out, _ = run(command, city, *(NOW if command is build else ()))  # type: ignore[arg-type]
    assert code == 1
    assert "docs/ja/mountain.md" in out
    assert "“岩手山,いわてやま,place”" in out
    assert "市場," not in out
    assert not (city / "site").exists()


def test_a_line_in_the_lexicon_lets_the_city_publish_again(city: Path) -> None:
    require_known_places(city)
    (city / "i18n/readings.csv").write_text(LEXICON, encoding="utf-8")
    assert run(check, city).code == 0
    assert run(build, city, *NOW).code == 0
    page = (city / "site/mountain/index.html").read_text(encoding="utf-8")
    assert '岩手山<rt aria-hidden="true">いわてさん</rt>' in page
    # The setting is remembered with the rest of the configuration.
    (city / "i18n/readings.csv").write_text(EMPTY, encoding="utf-8")
    assert run(build, city, *NOW).code == 1


def test_whoever_looks_no_readings_up_is_not_asked_for_them(city: Path) -> None:
    require_known_places(city)
    assert run(build, city, *NOW, "--no-readings").code == 0
