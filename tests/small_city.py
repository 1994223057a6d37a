"""A small city in memory: its pages are given by each test, its vocabulary is this one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from machikado.article.typesetter import Article, ArticleRenderer, AssetLookup, Typesetter
from machikado.content.front_matter import split
from machikado.content.page import Page
from machikado.content.reader import read_site
from machikado.content.site import MemorySite, Site
from machikado.content.tree import MemoryTree
from machikado.furniture.locale_view import Surroundings
from machikado.furniture.view import PageView
from machikado.messages import Catalogue, read_catalogues
from machikado.mkdocs_plugin.configuration import load_project
from machikado.press import Press
from machikado.sitewide.outputs import outputs

ROOT = Path(__file__).resolve().parents[1]
PROJECT = load_project(ROOT / "mkdocs.yml")
"""The demo, for its Markdown extensions and its catalogues."""
SITE_URL = "https://city.example/base/"

LOCALES = """
- { code: ja, name: 日本語, default: true }
- { code: ja-easy, lang: ja-simple, name: やさしい日本語, cldr: ja, hreflang: null }
- { code: en, name: English }
- { code: zh-Hant, name: 繁體中文, cldr: zh_Hant }
- { code: ko, name: 한국어 }
"""
DEPARTMENTS = """
- id: joho
  names: { ja: 情報企画課, en: Information Division }
  phone: "000-000-0000"
  email: joho@city.example
  example: true
- { id: somu, names: { ja: 総務部, en: General Affairs } }
"""
CATEGORIES = """
- { id: emergency, names: { ja: 緊急, en: Emergency }, urgent: true }
- { id: plan, names: { ja: 計画, en: Plan } }
- { id: site, names: { ja: このサイト, en: This site } }
"""
GLOSSARY = {
    "ja": "- { id: ict, term: ICT, definition: 情報と通信の技術。 }\n"
    "- { id: lgwan, term: 総合行政ネットワーク, reading: そうごうぎょうせい, definition: 役所の回線。 }\n",
    "en": "- { id: ict, term: ICT, definition: Information technology., expansion: Information and Communications Technology }\n",
}


def site_of(pages: Mapping[str, str], locales: str = LOCALES) -> MemorySite:
    """The site of the given pages, from `<locale>/<path>` to source; their sources have no fault."""
    vocabulary = {
        "i18n/locales.yml": locales,
        "i18n/departments.yml": DEPARTMENTS,
        "i18n/categories.yml": CATEGORIES,
        **{f"i18n/glossary/{code}.yml": text for code, text in GLOSSARY.items()},
    }
    reading = read_site(MemoryTree({f"docs/{n}": t for n, t in pages.items()} | vocabulary))
    assert [str(f.message.en) for f in reading.findings] == []
    return reading.site


def source(page_id: int, title: str, body: str = "", **keys: str) -> str:
    """The source of a page; a value of `keys` is written as YAML."""
    lines = "".join(f"{key}: {value}\n" for key, value in keys.items())
    return f"---\nid: {page_id}\ntitle: {title}\n{lines}---\n\n{body}\n"


def news(page_id: int, title: str, day: str, body: str = "", **keys: str) -> str:
    """The source of a notice published on `day`."""
    locale = keys.pop("locale", "ja")
    written = {
        "type": "news",
        "publish_at": day,
        "feed_id": f"tag:city.example,{day[:10]}:{locale}/{page_id}",
    }
    return source(page_id, title, body, **(written | keys))


def translated(
    original: str,
    title: str,
    body: str = "",
    method: str = "machine",
    reviewer: str = "null",
    digest: str | None = None,
    **keys: str,
) -> str:
    """The source of a translation of `original`, up to date unless another digest is given."""
    made_from = digest_of(original) if digest is None else digest
    made = f'{{ source_hash: "{made_from}", method: {method}, reviewer: {reviewer}, date: 2026-04-01 }}'
    return source(int(split(original).values["id"]), title, body, translation=made, **keys)


def digest_of(text: str) -> str:
    """The digest of a page with this source."""
    tree = {"docs/ja/x.md": text, "i18n/locales.yml": "- { code: ja, name: ja, default: true }"}
    return read_site(MemoryTree(tree)).site.pages[0].digest


@cache
def demo() -> MemorySite:
    """The demo with every page, whenever it is public."""
    return read_site(PROJECT.tree).site


def catalogues_of(site: Site) -> Mapping[str, Catalogue]:
    """The theme's own catalogues, for the locales of `site`."""
    return read_catalogues(PROJECT.tree, site.locales)


def page_of(site: Site, file: str) -> Page:
    """The page of `<locale>/<path>`."""
    locale, _, path = file.partition("/")
    page = site.page_at(site.locales[locale], path)
    assert page is not None, file
    return page


def article_of(
    site: Site, file: str, base_path: str = "/", asset: AssetLookup = lambda _path: None
) -> Article:
    """The article of `<locale>/<path>`, rendered with the demo's Markdown extensions."""
    typesetter = Typesetter(site, catalogues_of(site), base_path, asset)
    renderer = ArticleRenderer(typesetter, PROJECT.markdown_extensions, PROJECT.extension_configs)
    return renderer.render(page_of(site, file))


def surroundings_of(site: Site, **more: object) -> Surroundings:
    """What surrounds every page of `site` below `SITE_URL`."""
    asset: Callable[[str], str] = lambda name: f"/base/{name}"  # noqa: E731
    given = {"demonstration": False, "report_to": None} | more
    return Surroundings(
        site,
        catalogues_of(site),
        SITE_URL,
        "/base/",
        asset,
        bool(given["demonstration"]),
        str(given["report_to"]) if given["report_to"] else None,
    )


def view_of(site: Site, file: str, article: Article | None = None, **more: object) -> PageView:
    """The view of `<locale>/<path>`, with an empty article where none is given."""
    return PageView(page_of(site, file), article or Article(()), surroundings_of(site, **more))


def outputs_of(site: Site) -> dict[str, bytes]:
    """Every output of the whole site, by its file."""
    catalogues = catalogues_of(site)
    render = Press(PROJECT, site, catalogues).article
    return dict(outputs(PROJECT, site, catalogues, lambda page: render(page).html))
