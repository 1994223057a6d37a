"""A small city in memory, of five locales, for the tests of feeds."""

from __future__ import annotations

from typing import Any

from machikado.content.page import Page
from machikado.content.reader import read_site
from machikado.content.site import MemorySite, Site
from machikado.content.tree import MemoryTree
from machikado.feeds.addresses import NEWS
from machikado.feeds.feed import Feed, Newsroom, Render, feed_of
from machikado.messages import Catalogue

SITE_URL = "https://city.example/base/"
WORDS = Catalogue(
    {
        "News of %(site)s": "街角のお知らせ",
        "The newest notices of %(site)s, in full.": "新しいお知らせ",
        "The texts of this site may be used under CC BY 4.0.": "CC BY 4.0",
    }
)
LOCALES = """
- { code: ja, name: 日本語, default: true }
- { code: ja-easy, lang: ja-simple, name: やさしい日本語, cldr: ja, hreflang: null }
- { code: en, name: English }
- { code: zh-Hant, name: 繁體中文, cldr: zh_Hant }
- { code: ko, name: 한국어 }
"""
DEPARTMENTS = """
- { id: joho, names: { ja: 情報企画課, en: Information Division } }
- { id: kiki, names: { ja: 危機管理課 } }
"""
CATEGORIES = """
- { id: site, names: { ja: このサイト, en: This site } }
- { id: flood, names: { ja: 大雨 }, urgent: true }
- { id: quake, names: { ja: 地震 }, urgent: true }
"""


def site_of(pages: dict[str, str]) -> MemorySite:
    """The site of the given pages, from `<locale>/<path>` to source."""
    vocabulary = {
        "i18n/locales.yml": LOCALES,
        "i18n/departments.yml": DEPARTMENTS,
        "i18n/categories.yml": CATEGORIES,
    }
    return read_site(MemoryTree({f"docs/{n}": t for n, t in pages.items()} | vocabulary)).site


def news(day: int, locale: str = "ja", title: str = "お知らせ", **keys: str) -> str:
    """A notice published at nine on a day of April 2026; a key set to "" is left out."""
    values = {
        "id": str(1001000 + day),
        "title": title,
        "summary": f"要約{day}",
        "type": "news",
        "category": "site",
        "department": "joho",
        "publish_at": f"2026-04-{day:02}T09:00:00+09:00",
        "feed_id": f"tag:city.example,2026-04-{day:02}:{locale}/{1001000 + day}",
        **keys,
    }
    lines = "".join(f"{key}: {value}\n" for key, value in values.items() if value)
    return f"---\n{lines}---\n\n本文{day}\n"


def home(title: str, **keys: str) -> str:
    lines = "".join(f"{key}: {value}\n" for key, value in keys.items())
    return f"---\nid: 1000001\ntitle: {title}\ntype: section\n{lines}---\n"


def paragraph(page: Page) -> str:
    """Stands for the article renderer: the body as one paragraph."""
    return f"<p>{page.body.strip()}</p>"


def newsroom(site: Site, render: Render = paragraph, **more: Any) -> Newsroom:  # noqa: ANN401
    catalogues = {locale.code: WORDS for locale in site.locales}
    return Newsroom(site, catalogues, SITE_URL, render, **more)


def news_feed(
    site: Site, locale: str = "ja", render: Render = paragraph, channel: str = NEWS
) -> Feed:
    return feed_of(newsroom(site, render), site.locales[locale], channel)
