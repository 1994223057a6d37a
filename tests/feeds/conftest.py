"""A small site of five locales in memory, and the article renderer's place taken by a dictionary."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from machikado.content.reader import read_site
from machikado.content.site import Site
from machikado.content.tree import MemoryTree

LOCALES = """
- { code: ja, name: 日本語, default: true }
- { code: ja-easy, lang: ja-simple, name: やさしい日本語, cldr: ja, hreflang: null }
- { code: en, name: English }
- { code: zh-Hant, name: 繁體中文, cldr: zh_Hant }
- { code: ko, name: 한국어 }
"""
DEPARTMENTS = """
- { id: joho, names: { ja: 情報企画課, en: Information Division } }
"""
CATEGORIES = """
- { id: site, names: { ja: このサイト, en: This site } }
"""

SiteOf = Callable[[dict[str, str]], Site]


def news(number: int, locale: str = "ja", title: str = "お知らせ", **keys: str) -> str:
    """The source of a notice published at nine on day `number` of April 2026."""
    values = {
        "id": str(1001000 + number),
        "title": title,
        "summary": f"要約{number}",
        "type": "news",
        "category": "site",
        "department": "joho",
        "publish_at": f"2026-04-{number:02}T09:00:00+09:00",
        "feed_id": f"tag:city.example,2026-04-{number:02}:{locale}/{1001000 + number}",
        **keys,
    }
    lines = "".join(f"{key}: {value}\n" for key, value in values.items() if value)
    return f"---\n{lines}---\n\n本文{number}\n"


def home(title: str, updated: str = "2026-03-01") -> str:
    return f"---\nid: 1000001\ntitle: {title}\ntype: section\npublish_at: 2026-03-01\nupdated_at: {updated}\n---\n"


@pytest.fixture
def site_of() -> SiteOf:
    """Reads a site from the given pages, `<locale>/<path>` to source."""

    def read(pages: dict[str, str]) -> Site:
        files = {f"docs/{name}": text for name, text in pages.items()}
        vocabulary = {
            "i18n/locales.yml": LOCALES,
            "i18n/departments.yml": DEPARTMENTS,
            "i18n/categories.yml": CATEGORIES,
        }
        return read_site(MemoryTree(files | vocabulary)).site

    return read
