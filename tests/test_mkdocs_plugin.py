"""Whole builds: of a small project by both commands, and of the demo by `mkdocs build --strict`."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import feedparser
import pytest
from click.testing import CliRunner
from lxml import etree, html
from PIL import Image

from machikado.cli.build import build
from machikado.content.front_matter import parse_time
from machikado.content.site import old_address
from small_city import (
    CATEGORIES,
    DEPARTMENTS,
    GLOSSARY,
    ROOT,
    demo,
    news,
    outputs_of,
    source,
    translated,
)

NOW = "2026-04-10T12:00"
SITE_URL = "https://city.example/base/"
LOCALES = """
- { code: ja, name: 日本語, default: true }
- { code: ja-easy, lang: ja-simple, name: やさしい日本語, cldr: ja, hreflang: null }
- { code: en, name: English }
"""
CONFIGURATION = """
site_name: 街角市
site_url: https://city.example/base/
theme: { name: material, font: false }
plugins:
  - machikado
  - i18n:
      docs_structure: folder
      fallback_to_default: false
      reconfigure_material: false
      reconfigure_search: false
      languages:
        - { locale: ja, name: 日本語, build: true, default: true }
        - { locale: ja-easy, name: やさしい日本語, build: true }
        - { locale: en, name: English, build: true }
markdown_extensions:
  - attr_list
  - footnotes
  - tables
  - toc:
      slugify: !!python/object/apply:pymdownx.slugs.slugify { kwds: { case: lower } }
nav: [index.md]
validation:
  nav: { omitted_files: ignore, not_found: ignore, absolute_links: ignore }
  links: { not_found: ignore, anchors: ignore, absolute_links: ignore, unrecognized_links: ignore }
"""
HOME = source(1000001, "街角市", "[計画](plan/index.md)\n\n[[news]]\n\n[[sitemap]]", type="section")
PLAN = source(
    1000002,
    "計画",
    "## 目的\n\n[窓口](../desk.md) ![地図](../map.png) ![市](../assets/logo.png) [市民](#目的)\n\n"
    "[ICT](term:ict) [古い](../news/old.md) [次のお知らせ](../news/next.md)\n\n"
    "表: 題\n\n| 年 | 済 |\n|---|---|\n| 2019 | 39 |",
    type="section",
    aliases="[/old/plan/, /keikaku.html]",
)
DESK = source(1000003, "'窓口 <b> & \"1\"'", department="joho", summary="'<i>'")
LISTS = source(1000004, "お知らせ", "[[news]]", type="section")
NOT_FOUND = source(1000009, "ページがありません")
OPEN = news(1000020, "開きました", "2026-04-01", "本文", category="site")
NEXT = news(1000021, "次回の予告", "2026-04-20T09:00", aliases="/soon/")
OLD = news(1000022, "終わった催し", "2026-03-01", expires_at="2026-04-10")
PAGES = {
    "ja/index.md": HOME,
    "ja/plan/index.md": PLAN,
    "ja/desk.md": DESK,
    "ja/news/index.md": LISTS,
    "ja/news/open.md": OPEN,
    "ja/news/next.md": NEXT,
    "ja/news/old.md": OLD,
    "ja/404.md": NOT_FOUND,
    "ja-easy/index.md": translated(HOME, "まちかどし", "[けいかく](plan/index.md)"),
    "ja-easy/404.md": translated(NOT_FOUND, "ありません"),
    "en/index.md": translated(
        HOME, "Street Corner City", "[Plan](plan/index.md) [[x]]\n\n[[news]]"
    ),
    "en/plan/index.md": translated(
        PLAN, "Plan", "[Desk](../desk.md) ![Map](../map.png)", aliases="/old/"
    ),
    "en/news/next.md": translated(
        NEXT, "Coming soon", feed_id='"tag:city.example,2026:en/1000021"', aliases="/soon/"
    ),
    "en/404.md": translated(NOT_FOUND, "Not found"),
}


@pytest.fixture(autouse=True)
def _no_settings_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds do not depend on how the terminal of whoever runs the tests is set up."""
    for name in ("MACHIKADO_LANG", "MACHIKADO_NOW", "MACHIKADO_SITE_URL", "LC_ALL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MACHIKADO_LANG", "en")


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def new_project(root: Path) -> Path:
    """A project with no theme and no catalogues of its own: it uses those Machikado carries."""
    write(root, {f"docs/{name}": text for name, text in PAGES.items()})
    write(
        root,
        {
            "mkdocs.yml": CONFIGURATION,
            "i18n/locales.yml": LOCALES,
            "i18n/departments.yml": DEPARTMENTS,
            "i18n/categories.yml": CATEGORIES,
            **{f"i18n/glossary/{code}.yml": text for code, text in GLOSSARY.items()},
        },
    )
    for name, size in (("ja/map.png", (6, 4)), ("en/map.png", (8, 5)), ("assets/logo.png", (3, 2))):
        (root / "docs" / name).parent.mkdir(exist_ok=True)
        Image.new("1", size).save(root / "docs" / name)
    return root


@dataclass(frozen=True)
class Built:
    """How a build ended and what it wrote, by name."""

    code: int
    said: str
    files: dict[str, bytes]

    def page(self, name: str) -> html.HtmlElement:
        return html.document_fromstring(self.files[name])

    @property
    def pages(self) -> dict[str, html.HtmlElement]:
        return {name: self.page(name) for name in self.files if name.endswith(".html")}


def read(folder: Path) -> dict[str, bytes]:
    return {
        f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()
    }


def machikado_build(root: Path, *options: str, now: str = NOW) -> Built:
    """`machikado build` in this process."""
    arguments = ["--config-file", str(root / "mkdocs.yml"), "--now", now, *options]
    result = CliRunner().invoke(build, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return Built(result.exit_code, result.output, read(root / "site"))


def mkdocs_build(root: Path, into: Path, **settings: str) -> Built:
    """`mkdocs build --strict` as a process of its own."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "MACHIKADO_NOW": NOW, **settings}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(into)]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)
    return Built(done.returncode, done.stdout + done.stderr, read(into))


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project that no test changes."""
    return new_project(tmp_path_factory.mktemp("city"))


@pytest.fixture(scope="session")
def built(project: Path) -> Built:
    return machikado_build(project)


@pytest.fixture
def copy(project: Path, tmp_path: Path) -> Path:
    """A small project to break, with a site that was built before."""
    shutil.copytree(project, tmp_path / "city", ignore=shutil.ignore_patterns("site"))
    write(tmp_path / "city", {"site/index.html": "the last good site"})
    return tmp_path / "city"


LAST_GOOD = {"index.html": b"the last good site"}

# Both commands ----------------------------------------------------------------------------------


def test_both_commands_make_the_same_pages(project: Path, built: Built, tmp_path: Path) -> None:
    by_mkdocs = mkdocs_build(project, tmp_path / "site")
    assert (by_mkdocs.code, built.code) == (0, 0), by_mkdocs.said + built.said
    assert set(built.pages) == {f for f in by_mkdocs.files if f.endswith(".html")}
    assert {name: built.files[name] for name in by_mkdocs.files} == by_mkdocs.files


def test_two_builds_of_one_moment_are_the_same(project: Path, built: Built) -> None:
    assert machikado_build(project).files == built.files


def test_a_build_writes_pages_assets_and_what_concerns_the_whole_site(built: Built) -> None:
    sitewide = {
        f"{prefix}{name}"
        for prefix in ("", "ja-easy/", "en/")
        for name in ("feeds/news.atom", "feeds/news.rss", "feeds/news.json", "search/index.json")
    }
    others = {"sitemap.xml", "robots.txt", "status.json", "machikado.json"}
    theme = {name for name in built.files if name.startswith("assets/") and "logo" not in name}
    feeds = {name for name in built.files if "feeds/" in name}
    assert set(built.files) - sitewide - others - theme - feeds == {
        *("index.html", "404.html", "plan/index.html", "desk/index.html"),
        *("news/index.html", "news/open/index.html"),
        *("old/plan/index.html", "keikaku.html", "en/old/index.html"),
        *("ja-easy/index.html", "ja-easy/404.html"),
        *("en/index.html", "en/plan/index.html", "en/404.html"),
        *("map.png", "en/map.png", "assets/logo.png"),
    }
    assert sitewide | others <= set(built.files)


def test_of_styles_and_scripts_only_those_of_the_theme_are_published(built: Built) -> None:
    styles = [Path(name).stem for name in built.files if name.endswith(".css")]
    scripts = [Path(name).stem for name in built.files if name.endswith(".js")]
    assert sorted(styles) == ["biz-udpgothic", "machikado", "material", "tokens"]
    assert sorted(scripts) == ["machikado", "read-aloud", "reading-aids"]


# Pages ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("prefix", "lang"), [("ja-easy/", "ja-simple"), ("en/", "en"), ("", "ja")])
def test_every_page_says_its_language(built: Built, prefix: str, lang: str) -> None:
    others = ("ja-easy/", "en/") if not prefix else ()
    names = [n for n in built.pages if n.startswith(prefix) and not n.startswith(others or "-")]
    assert names
    assert {built.page(name).get("lang") for name in names} == {lang}


def test_every_page_names_its_own_address_and_its_translations(built: Built) -> None:
    assert heads(built, "en/plan/index.html") == {
        "canonical": [f"{SITE_URL}en/plan/"],
        "ja": [f"{SITE_URL}plan/"],
        "en": [f"{SITE_URL}en/plan/"],
        "x-default": [f"{SITE_URL}plan/"],
    }
    assert heads(built, "desk/index.html") == {
        "canonical": [f"{SITE_URL}desk/"],
        "ja": [f"{SITE_URL}desk/"],
        "x-default": [f"{SITE_URL}desk/"],
    }
    assert heads(built, "ja-easy/index.html") == {"canonical": [f"{SITE_URL}ja-easy/"]}


def heads(built: Built, name: str) -> dict[str, list[str]]:
    """The addresses in a page's head, by hreflang, and its canonical one."""
    found: dict[str, list[str]] = {}
    for link in built.page(name).xpath("//head/link[@rel='canonical' or @hreflang]"):
        found.setdefault(link.get("hreflang", "canonical"), []).append(link.get("href"))
    return found


@pytest.mark.parametrize(
    ("name", "title", "lang"),
    [
        ("404.html", "ページがありません", "ja"),
        ("ja-easy/404.html", "ありません", "ja-simple"),
        ("en/404.html", "Not found", "en"),
    ],
)
def test_every_language_has_its_own_page_for_missing_addresses(
    built: Built, name: str, title: str, lang: str
) -> None:
    page = built.page(name)
    assert (shown(page.find(".//h1")), page.get("lang")) == (title, lang)
    assert page.xpath("//link[@rel='canonical'] | //link[@hreflang]") == []
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_no_page_is_rendered_in_a_language_that_lacks_it(built: Built) -> None:
    assert "en/desk/index.html" not in built.files
    assert "ja-easy/plan/index.html" not in built.files


def test_a_link_to_an_untranslated_page_lands_on_a_notice_in_the_readers_language(
    built: Built,
) -> None:
    (link,) = built.page("en/plan/index.html").xpath("//article//a[starts-with(., 'Desk')]")
    assert (link.get("href"), link.get("hreflang")) == ("/base/desk/#from-en", "ja")
    assert link.text_content() == "Desk (Japanese)"
    notice = built.page("desk/index.html").get_element_by_id("from-en")
    assert notice.get("lang") == "en"
    assert notice.xpath(".//a/@href") == ["/base/en/", "#main"]
    assert notice.xpath("ancestor::noscript | ancestor::*[@hidden]") == []


def test_an_image_of_the_pages_own_language_is_shown_with_its_size(built: Built) -> None:
    (own,) = built.page("en/plan/index.html").xpath("//article//img")
    assert (own.get("src"), own.get("width"), own.get("height")) == ("/base/en/map.png", "8", "5")
    ja, logo = built.page("plan/index.html").xpath("//article//img")
    assert (ja.get("src"), ja.get("width")) == ("/base/map.png", "6")
    assert (logo.get("src"), logo.get("width")) == ("/base/assets/logo.png", "3")


def test_an_old_address_leads_on(built: Built) -> None:
    for name, target in (
        ("old/plan/index.html", "/base/plan/"),
        ("keikaku.html", "/base/plan/"),
        ("en/old/index.html", "/base/en/plan/"),
    ):
        assert built.page(name).xpath("//meta[@http-equiv='refresh']/@content") == [
            f"0; url={target}"
        ]


def test_no_script_of_an_article_and_no_third_party_reaches_a_page(built: Built) -> None:
    for page in built.pages.values():
        for script in page.xpath("//script"):
            assert script.get("src") or script.get("type") == "application/ld+json"
        loaded = page.xpath(
            "//script/@src | //img/@src | //link[@rel='stylesheet' or @rel='icon']/@href"
        )
        assert [address for address in loaded if not address.startswith("/base/")] == []


def broken_links(built: Built, base: str, also: frozenset[str] = frozenset()) -> list[str]:
    """Every link and asset of every page that leads to no file, or to no place on its page."""
    pages = built.pages
    ids = {name: set(page.xpath("//@id")) for name, page in pages.items()}
    broken = []
    for name, page in pages.items():
        address = urljoin(base, name.removesuffix("index.html"))
        for written in page.xpath("//@href | //@src"):
            target, fragment = urldefrag(urljoin(address, written))
            if not target.startswith(base):
                continue
            file = unquote(target.removeprefix(base)).partition("?")[0]
            file = f"{file}index.html" if not file or file.endswith("/") else file
            if (file not in built.files and file not in also) or (
                fragment and unquote(fragment) not in ids.get(file, ())
            ):
                broken.append(f"{name}: {written}")
    return broken


def test_every_link_leads_to_a_file_and_a_place_that_are_there(built: Built) -> None:
    assert broken_links(built, SITE_URL) == []


def test_every_id_is_on_its_page_once(built: Built) -> None:
    for name, page in built.pages.items():
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), name


def test_titles_and_summaries_are_words_and_no_html(built: Built) -> None:
    desk = built.page("desk/index.html")
    assert shown(desk.find(".//h1")) == '窓口 <b> & "1"'
    assert desk.xpath("//meta[@name='description']/@content") == ["<i>"]
    for page in built.pages.values():
        assert page.xpath("//b | //i") == []


# The clock --------------------------------------------------------------------------------------


def shown(element: etree._Element) -> str:
    """The words of an element, without furigana."""
    return "".join(element.xpath(".//text()[not(ancestor::rt)]"))


def mentions(built: Built, words: str) -> set[str]:
    """The files that say `words`; furigana stands between the words of a page."""
    furigana = re.compile(r"<rt[^>]*>[^<]*</rt>|</?ruby[^>]*>")
    texts = {name: data.decode("utf-8", "ignore") for name, data in built.files.items()}
    return {name for name, text in texts.items() if words in furigana.sub("", text)}


def test_a_page_before_its_time_or_after_its_end_is_nowhere_in_the_output(built: Built) -> None:
    for words in ("次回の予告", "Coming soon", "終わった催し", "news/next", "news/old", "soon/"):
        assert mentions(built, words) == set(), words


def test_a_page_appears_everywhere_at_its_time_and_goes_at_its_end(project: Path) -> None:
    later = machikado_build(project, now="2026-04-20T09:00")
    assert mentions(later, "次回の予告") >= {
        *("news/next/index.html", "index.html", "news/index.html", "soon/index.html"),
        *("search/index.json", "feeds/news.atom", "feeds/news.rss", "feeds/news.json"),
    }
    assert "sitemap.xml" in mentions(later, "/news/next/")
    assert {"en/news/next/index.html", "en/soon/index.html", "en/feeds/news.atom"} <= mentions(
        later, "Coming soon"
    )
    before = machikado_build(project, now="2026-04-09T23:59:59+09:00")
    assert "news/old/index.html" in mentions(before, "終わった催し")
    assert machikado_build(
        project, now="2026-04-20T08:59:59"
    ).files.keys() == before.files.keys() - {"news/old/index.html"}


def test_feeds_hold_the_news_of_their_own_language_alone(built: Built) -> None:
    entries = {
        prefix: [e.title for e in feedparser.parse(built.files[f"{prefix}feeds/news.atom"]).entries]
        for prefix in ("", "ja-easy/", "en/")
    }
    assert entries == {"": ["開きました"], "ja-easy/": [], "en/": []}


def test_the_search_of_a_language_holds_its_own_pages_alone(built: Built) -> None:
    rows = json.loads(built.files["en/search/index.json"])
    assert [row["u"] for row in rows] == ["/base/en/", "/base/en/plan/"]


def test_a_clock_in_the_configuration_that_is_no_time_stops_the_build(copy: Path) -> None:
    text = CONFIGURATION.replace("  - machikado\n", "  - machikado: { now: 2026/4/1 }\n")
    write(copy, {"mkdocs.yml": text})
    done = mkdocs_build(copy, copy / "other")
    assert done.code == 1
    assert "now:" in done.said
    assert "Traceback" not in done.said


# Bad input --------------------------------------------------------------------------------------


def test_every_fault_of_the_sources_is_told_and_the_old_site_stays(copy: Path) -> None:
    write(
        copy,
        {
            "docs/ja/a.md": "---\nid: 1000030\ntitle: [x\n---\n",
            "docs/ja/b.md": source(1000031, "b", department="nobody"),
            "docs/ja/c.md": source(1000032, "c", publish_at="2026/4/1"),
            "docs/ja/d.md": source(1000001, "d"),
            "docs/ja/e.md": source(1000033, "e", "[x](nowhere.md)"),
            "docs/tv/f.md": source(1000034, "f"),
        },
    )
    (copy / "docs/ja/g.md").write_bytes(source(1000035, "ジー").encode("cp932"))
    (copy / "docs/ja/h.md").write_bytes(b"\xef\xbb\xbf" + source(1000036, "h").encode())
    done = machikado_build(copy)
    assert done.code == 1
    assert done.files == LAST_GOOD
    named = [line.split(": ")[0] for line in done.said.splitlines() if line.startswith("docs/")]
    assert sorted(named) == [
        *("docs/ja/a.md:3", "docs/ja/b.md:4", "docs/ja/c.md:4"),
        *(
            "docs/ja/e.md:6",
            "docs/ja/g.md:3",
            "docs/ja/h.md:1",
            "docs/ja/index.md:2",
            "docs/tv/f.md:1",
        ),
    ]


def test_mkdocs_refuses_the_same_sources(copy: Path) -> None:
    write(copy, {"docs/ja/b.md": source(1000031, "b", department="nobody")})
    done = mkdocs_build(copy, copy / "site")
    assert done.code == 1
    assert "docs/ja/b.md:4: 担当部署「nobody」は登録されていません。 / The department" in done.said
    assert "Traceback" not in done.said


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("site_name: [", "mkdocs.yml"),
        ("", "site_name"),
        (CONFIGURATION + "no_such_key: 1\ndocs_dir: nowhere\n", "nowhere"),
        (CONFIGURATION.replace("  - machikado\n", ""), "The plugin `machikado` is not listed"),
        (CONFIGURATION.replace("  - machikado\n", "  - machikado\n  - no-such-plugin\n"), "no-such-plugin"),
        (CONFIGURATION.replace("site_url: https://city.example/base/", ""), "site_url"),
        (CONFIGURATION + "docs_dir: ../elsewhere\n", "is outside the folder"),
        (CONFIGURATION[: CONFIGURATION.index("  - i18n")] + "nav: [index.md]\n", "i18n"),
        (CONFIGURATION.replace("        - { locale: en, name: English, build: true }\n", ""), "differ from i18n/locales.yml (en)"),
        (CONFIGURATION.replace("locale: en, name: English", "locale: fr, name: Français"), "differ from i18n/locales.yml (en, fr)"),
    ],
)  # fmt: skip
def test_a_broken_configuration_is_told_in_one_sentence_and_the_old_site_stays(
    copy: Path, wrong: str, said: str
) -> None:
    (copy.parent / "elsewhere").mkdir()
    write(copy, {"mkdocs.yml": wrong})
    done = machikado_build(copy)
    assert done.code == 2
    assert said in done.said
    assert done.files == LAST_GOOD
    shown = sorted(entry.name for entry in copy.iterdir() if not entry.name.startswith("."))
    assert shown == ["docs", "i18n", "mkdocs.yml", "site"]


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("i18n/locales.yml", "- { code: ja }", "i18n/locales.yml"),
        ("i18n/locales.yml", "[", "i18n/locales.yml"),
        ("i18n/departments.yml", "- { id: joho }", "i18n/departments.yml"),
        ("i18n/en/LC_MESSAGES/machikado.po", "rubbish", "i18n/en/LC_MESSAGES/machikado.po"),
    ],
)
def test_a_broken_vocabulary_is_a_broken_configuration(
    copy: Path, file: str, text: str, said: str
) -> None:
    write(copy, {file: text})
    done = machikado_build(copy)
    assert (done.code, done.files) == (2, LAST_GOOD)
    assert said in done.said


def test_a_template_that_cannot_be_drawn_leaves_the_old_site(copy: Path) -> None:
    write(copy, {"theme/main.html": "{% extends 'no-such.html' %}"})
    text = CONFIGURATION.replace("font: false }", "font: false, custom_dir: theme }")
    write(copy, {"mkdocs.yml": text})
    done = machikado_build(copy)
    assert (done.code, done.files) == (2, LAST_GOOD)
    assert "no-such.html" in done.said


@pytest.mark.parametrize("target", ["docs", "i18n", ".", "..", "mkdocs.yml"])
def test_a_folder_that_is_no_site_is_never_replaced(copy: Path, target: str) -> None:
    shutil.rmtree(copy / ".machikado", ignore_errors=True)
    before = read(copy)
    done = machikado_build(copy, "--site-dir", str(copy / target), "--no-cache")
    assert done.code == 2
    assert {name: data for name, data in read(copy).items() if name != ".machikado/lock"} == before


def test_an_empty_folder_may_become_the_site(copy: Path) -> None:
    (copy / "empty").mkdir()
    done = machikado_build(copy, "--site-dir", str(copy / "empty"), "--quiet")
    assert (done.code, done.said, done.files) == (0, "", LAST_GOOD)
    assert "en/plan/index.html" in read(copy / "empty")


def test_a_place_that_cannot_be_written_is_wrong_use(copy: Path) -> None:
    done = machikado_build(copy, "--site-dir", str(copy / "mkdocs.yml" / "site"))
    assert done.code == 2
    assert "Cannot write to" in done.said


def test_a_citys_own_template_fills_a_block_of_the_theme(copy: Path) -> None:
    write(
        copy,
        {
            "mkdocs.yml": CONFIGURATION.replace("font: false }", "font: false, custom_dir: own }"),
            "own/main.html": "{% extends 'home.html' %}{% block extrahead %}"
            '<meta name="city" content="own">{% endblock %}',
            "own/assets/own.css": "body {}",
        },
    )
    done = machikado_build(copy)
    assert done.code == 0, done.said
    assert done.page("plan/index.html").xpath("//meta[@name='city']/@content") == ["own"]
    assert done.page("index.html").xpath("//meta[@name='city']/@content") == []
    assert done.files["assets/own.css"] == b"body {}"


# The demo ---------------------------------------------------------------------------------------

DEMO_URL = "https://machikado.example/"


@pytest.fixture(scope="session")
def demo_build(tmp_path_factory: pytest.TempPathFactory) -> Built:
    environment = {"MACHIKADO_NOW": "2026-12-01", "MACHIKADO_SITE_URL": DEMO_URL}
    return mkdocs_build(ROOT, tmp_path_factory.mktemp("demo") / "site", **environment)


@pytest.mark.slow
def test_mkdocs_builds_the_demo_without_a_warning(demo_build: Built) -> None:
    assert demo_build.code == 0, demo_build.said
    assert "WARNING" not in demo_build.said
    public = demo().at(parse_time("2026-12-01"))
    written = {name for name in demo_build.files if name.endswith(".html")}
    old = {old_address(page, alias) for page in public.pages for alias in page.meta.aliases}
    assert len(written) == len(public.pages) + len(old)


@pytest.mark.slow
def test_every_link_of_the_demo_leads_to_a_file_and_a_place_that_are_there(
    demo_build: Built,
) -> None:
    public = demo().at(parse_time("2026-12-01"))
    also = frozenset(outputs_of(public))
    assert broken_links(demo_build, DEMO_URL, also) == []


@pytest.mark.slow
def test_every_page_of_the_demo_says_its_language_and_has_one_title_and_one_heading(
    demo_build: Built,
) -> None:
    public = demo().at(parse_time("2026-12-01"))
    for page in public.pages:
        name = page.address.lstrip("/")
        drawn = demo_build.page(f"{name}index.html" if not name or name.endswith("/") else name)
        assert drawn.get("lang") == page.locale.lang
        assert [shown(h) for h in drawn.xpath("//h1")] == [page.title]
        assert len(drawn.xpath("//title[not(ancestor::*[name()='svg'])]")) == 1
        ids = drawn.xpath("//@id")
        assert sorted({i for i in ids if ids.count(i) > 1}) == [], page.file
