"""The city that the benchmarks are run on, and what the report says of them."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks import corpus, feeds, hugo, plain_mkdocs, zensical
from benchmarks.corpus import Size, files, japanese, write
from benchmarks.report import Facts, Row, chart, markdown
from benchmarks.run import EDITED, DidNotFinishError, Tool, measure
from benchmarks.words import JA, LANGUAGES, TERM_IDS, TOPIC_IDS
from machikado.check import check_sources
from machikado.content.front_matter import PageType, parse_time
from machikado.content.reader import read_site
from machikado.content.site import MemorySite, TranslationStatus
from machikado.content.tree import MemoryTree
from machikado.disk import DiskTree

SIZE = Size(pages=40, locales=3, coverage=0.3, seed=1)
NOW = parse_time(corpus.NOW)


@pytest.fixture(scope="module")
def city() -> dict[str, bytes]:
    return dict(files(SIZE))


@pytest.fixture(scope="module")
def site(city: dict[str, bytes]) -> MemorySite:
    return read_site(MemoryTree(city)).site


def test_same_size_and_seed_give_the_same_bytes(city: dict[str, bytes]) -> None:
    assert dict(files(SIZE)) == city


def test_another_seed_gives_another_city(city: dict[str, bytes]) -> None:
    assert dict(files(Size(40, 3, 0.3, seed=2))) != city


@pytest.mark.parametrize("size", [SIZE, Size(1, 6, 1.0), Size(130, 6), Size(5, 1, 0)])
def test_check_finds_no_errors(size: Size) -> None:
    tree = MemoryTree(dict(files(size)))
    assert [str(f) for f in check_sources(tree, read_site(tree)).failed] == []


def test_the_city_has_the_pages_it_promises(site: MemorySite) -> None:
    # Home, site map, missing page, news with one month, ten sections with one part each.
    structural = 3 + 2 + 2 * 10
    counts = Counter(page.locale.code for page in site.pages)
    assert counts == {"ja": 40 + structural, "en": 12 + structural, "zh-Hans": 12 + structural}
    dated = [page for page in site.pages if page.meta.type is PageType.NEWS]
    assert sum(page.locale.is_default for page in dated) == 6
    assert all(page.meta.feed_id and page.meta.publish_at for page in dated)


def test_every_page_is_public_at_the_clock_of_the_builds(site: MemorySite) -> None:
    assert site.at(NOW).pages == site.pages


def test_translations_are_up_to_date(site: MemorySite) -> None:
    pages = [page for page in site.pages if not page.locale.is_default]
    assert {site.status(p.id, p.locale) for p in pages} == {TranslationStatus.CURRENT}


def test_an_article_has_600_to_1500_japanese_characters(site: MemorySite) -> None:
    counts = [
        japanese(page.body)
        for page in site.in_locale(site.locales.default)
        if not page.is_index and page.meta.category
    ]
    assert len(counts) == 40
    assert 600 <= min(counts) <= max(counts) <= 1500


def test_no_folder_has_more_than_a_hundred_pages() -> None:
    city = read_site(MemoryTree(dict(files(Size(1500, 1))))).site
    home, sitemap = (
        city.home(city.locales.default),
        city.page_at(city.locales.default, "sitemap.md"),
    )
    assert home is not None
    assert sitemap is not None
    sections = [page for page in city.pages if page.meta.type is PageType.SECTION]
    assert max(len(city.children(section)) for section in sections) <= 100
    assert len(city.children(home)) == 10 + len([sitemap]) + len(["news"])


def test_every_language_has_words_for_everything() -> None:
    for words in LANGUAGES.values():
        for kind in ("topics", "things", "places", "papers", "titles", "headings", "sentences"):
            assert len(getattr(words, kind)) == len(getattr(JA, kind)), (words.name, kind)
        assert len(words.columns) == len(JA.columns)
        assert len(words.topics) == len(TOPIC_IDS)
        assert len(words.terms) == len(TERM_IDS)


@pytest.mark.parametrize(("pages", "locales", "coverage"), [(0, 1, 0.3), (9, 7, 0.3), (9, 6, 1.1)])
def test_a_size_that_cannot_be_is_refused(pages: int, locales: int, coverage: float) -> None:
    with pytest.raises(ValueError, match="pages"):
        Size(pages, locales, coverage)


def test_the_command_refuses_a_folder_that_is_not_empty(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.txt").touch()
    with pytest.raises(SystemExit) as ended:
        corpus.main(["--pages", "5", "--into", str(tmp_path)])
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert "空ではありません" in said
    assert "is not empty" in said


def test_the_edited_page_is_in_every_city() -> None:
    assert f"docs/ja/{EDITED}" in dict(files(Size(2, 1)))


def test_a_city_of_news_alone_is_edited_in_its_newest_notice(tmp_path: Path) -> None:
    city = tmp_path / "with"
    write(Size(12, 2, 1.0, news=1.0), city)
    pages = read_site(DiskTree(city)).site.pages
    assert sum(page.meta.type is PageType.NEWS for page in pages) == 24
    edited = feeds.City("with", city, set())
    edited.edit_title()
    edited.edit_body()
    site = read_site(DiskTree(city)).site
    newest = site.news(site.locales.default, 1)[0]
    assert newest.meta.title.endswith("改訂0001")
    assert newest.body.endswith("電話番号を0002に改めました。\n")


def test_other_generators_get_the_same_pages(tmp_path: Path, site: MemorySite) -> None:
    project = tmp_path / "project"
    assert write(SIZE, project) == len(site.pages)
    hugo.write(project, tmp_path / "hugo")
    plain_mkdocs.write(project, tmp_path / "mkdocs")
    plain_mkdocs.write(project, tmp_path / "tuned", tuned=True)
    zensical.write(project, tmp_path / "zensical")

    def sources(name: str) -> int:
        return len(list((tmp_path / name).rglob("*.md")))

    # A page for missing addresses is a template with the others.
    assert sources("hugo/content") == sources("mkdocs/docs") == len(site.pages) - 3
    assert sources("tuned/docs") == sources("mkdocs/docs")
    usual, tuned = (
        (tmp_path / name / "mkdocs.yml").read_text(encoding="utf-8") for name in ("mkdocs", "tuned")
    )
    for setting in ("navigation.prune", "fallback_to_default: false", "reconfigure_search: false"):
        assert setting in tuned
        assert setting not in usual
    assert "  - search\n" in usual
    assert "  - search\n" not in tuned
    assert sources("zensical/docs") == len(site.in_locale(site.locales.default)) - 1
    source = tmp_path / "hugo" / hugo.source_of("ja", "news/index.md")
    assert source.name == "_index.md"
    assert "{{< news 50 >}}" in source.read_text(encoding="utf-8")


def test_a_measurement_is_of_the_whole_process(tmp_path: Path) -> None:
    work = "sum(range(3_000_000)); bytearray(200_000_000).count(1)"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {work!r}], check=True)"
    measured = measure([sys.executable, "-c", child], _folder(tmp_path), limit=60)
    assert measured.cpu > 0.02
    assert measured.wall > 0.02
    assert measured.memory > 200_000_000


def test_a_build_that_takes_too_long_is_stopped_and_named(tmp_path: Path) -> None:
    with pytest.raises(DidNotFinishError, match="not finished in 1 s"):
        measure([sys.executable, "-c", "import time; time.sleep(60)"], _folder(tmp_path), limit=1)


def test_a_build_that_fails_is_named(tmp_path: Path) -> None:
    with pytest.raises(DidNotFinishError, match="exit code 3"):
        measure([sys.executable, "-c", "raise SystemExit(3)"], _folder(tmp_path), limit=60)


def test_edits_change_what_they_say(tmp_path: Path) -> None:
    write(Size(10, 1), tmp_path)
    tool = Tool("x", tmp_path, (), "docs/ja/{page}", "site", corpus.TEMPLATE)
    page = tmp_path / "docs" / "ja" / EDITED
    title = page.read_text(encoding="utf-8").splitlines()[2]
    words = (tool.edit_body(), tool.edit_title(), tool.edit_template())
    assert page.read_text(encoding="utf-8").splitlines()[2] == f'{title[:-1]}{words[1]}"'
    assert page.read_text(encoding="utf-8").endswith(f"\n{words[0]}\n")
    assert words[2] in (tmp_path / corpus.TEMPLATE).read_text(encoding="utf-8")
    (tmp_path / "site").mkdir()
    tool.forget()
    assert not (tmp_path / "site").exists()
    assert page.exists()


FACTS = Facts((100, 10), 2, (150, 15), 2, 2**33, 0.25, {"Python": "3.11"})
ROWS = (
    [
        Row("Machikado", "cold", 150, 8.0, 4.0, 2**20, 3),
        Row("Hugo", "cold", 150, 4.0, 2.0, 2**21, 3),
        Row("MkDocs", "cold", failure="not finished in 240 s"),
    ],
    [Row("Machikado", "cold", 15, 1.0, 1.0, 2**20, 3)],
)


def test_the_report_has_ratios_growth_and_what_did_not_finish() -> None:
    text = markdown(FACTS, ROWS)
    assert "| Machikado | cold | 150 | 8.00 | 4.00 | 1 | 38 | 3 | 2.00 | 2.00 | – | – |" in text
    assert "| MkDocs | cold | not finished in 240 s |" in text
    assert "| Machikado | 10.0 | 8.0 | 4.0 | 1.0 |" in text
    assert "it used 25% of the processors" in text


def test_the_chart_says_every_figure_in_words() -> None:
    svg = ElementTree.fromstring(chart(FACTS, ROWS[0]))  # noqa: S314 - our own drawing
    names = {element.get("id"): element.text for element in svg if element.get("id")}
    assert svg.get("aria-labelledby") == "title desc"
    assert names["title"] == "Wall seconds of a build: 100 pages × 2 locales"
    assert names["desc"] == (
        "Machikado, cold: 4.00 seconds; Hugo, cold: 2.00 seconds; "
        "MkDocs, cold: not finished in 240 s"
    )
    shown = [element.text for element in svg if element.tag.endswith("text")]
    assert {"Machikado: cold", "4.00 s", "not finished in 240 s"} <= set(shown)


def test_the_command_prints_the_number_of_sources(tmp_path: Path) -> None:
    size = ["--pages", "5", "--locales", "1", "--into", str(tmp_path / "city")]
    command = [sys.executable, "-m", "benchmarks.corpus", *size]
    root = Path(corpus.__file__).parents[1]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    assert int(done.stdout) == len(list((tmp_path / "city" / "docs").rglob("*.md")))


def _folder(tmp_path: Path) -> Path:
    folder = tmp_path / "folder"
    folder.mkdir()
    return folder
