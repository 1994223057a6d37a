"""A Machikado project as a site of Hugo with equal furniture.

`python -m benchmarks.hugo --project FOLDER --into FOLDER` writes sources and templates; the content is
read by Machikado's own reader, so that both generators have the same pages, links and words.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from posixpath import dirname
from typing import Any

from benchmarks.conversion import convert
from machikado.article.typesetter import language_name
from machikado.content.address import path_from
from machikado.content.locale import Locale
from machikado.content.page import Page
from machikado.content.reader import read_site
from machikado.content.site import Site
from machikado.disk import DiskTree
from machikado.messages import read_catalogues
from machikado.publishing import write_files
from machikado.resources import packaged

TEMPLATES = Path(__file__).with_name("hugo_layouts")
TEMPLATE = "layouts/_partials/footer.html"
"""The template that is edited."""
_LINK = re.compile(r"\]\(([^):#]+?)\.md(#[^)]*)?\)")
_IMAGE = re.compile(r"(!\[[^\]]*\])\(([^):]+\.png)\)")
_TABLE = re.compile(r"^(?:表|Table): (.+)\n\n((?:\|.*\n?)+)", re.MULTILINE)
_DIRECTIVE = re.compile(r"^\[\[([a-z]+)(?: limit=(\d+))?\]\]$", re.MULTILINE)

MESSAGES = {
    "skip": "Skip to the main text",
    "demonstration": "This is a demonstration, not the city's official site.",
    "languages": "Languages",
    "languages_foot": "Languages (foot of the page)",
    "menu_main": "Main menu",
    "menu": "Menu",
    "breadcrumb": "Where you are",
    "home": "Home",
    "published": "Published",
    "updated": "Updated",
    "number": "Page number",
    "contents": "On this page",
    "terms": "Words on this page",
    "back_to_term": "Back to “%(term)s” in the text",
    "contact": "Contact about this page",
    "department": "Department",
    "telephone": "Telephone",
    "email": "Email",
    "example": "(example)",
    "report_number": "Page number: %(number)s",
    "related": "Related pages",
    "licence": "Text: CC BY 4.0",
    "about": "About this site",
    "top": "Back to the top of the text",
    "machine": "This page was translated by machine.",
    "unreviewed": "No person has reviewed the translation.",
    "missing": "not translated",
    "no_news": "There is no news in this language yet.",
    "emergency": "Emergency information",
    "no_emergency": "There is no emergency information now.",
    "scroll": "On a narrow screen this table can be moved sideways.",
    "back_to": "Back to: %(title)s",
    "read": "Read this page",
}
"""Hugo's name of each message, and the message of Machikado's catalogues."""


def write(project: Path, into: Path) -> None:
    """Write the Hugo site of the Machikado project in `project` into the folder `into`."""
    tree = DiskTree(project, packaged(), filled="i18n")
    site = read_site(tree).site
    write_files(into, ((name, text.encode()) for name, text in _files(site, tree)))
    shutil.copytree(TEMPLATES, into / "layouts", dirs_exist_ok=True)
    for image in (project / "docs" / "ja").rglob("*.png"):
        copy = into / "assets" / image.relative_to(project / "docs" / "ja")
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(image, copy)
    shutil.copytree(packaged() / "overrides" / "assets", into / "static" / "assets")


def source_of(locale: str, path: str) -> str:
    """The file of Hugo's site for the page at `path` in `locale`."""
    return f"content/{locale}/{_hugo_path(path)}"


def _hugo_path(path: str) -> str:
    return re.sub(r"(^|/)index\.md$", r"\1_index.md", path)


def _files(site: Site, tree: DiskTree) -> Iterator[tuple[str, str]]:
    default = site.locales.default.code
    yield "hugo.json", json.dumps(_configuration(site), ensure_ascii=False, indent=1)
    yield (
        "data/departments.json",
        json.dumps(
            {
                d.id: {"names": _every(site, d.names), "phone": d.phone, "email": d.email}
                for d in site.departments.values()
            },
            ensure_ascii=False,
        ),
    )
    yield (
        "data/categories.json",
        json.dumps(
            {
                c.id: {"names": _every(site, c.names), "urgent": c.urgent}
                for c in site.categories.values()
            },
            ensure_ascii=False,
        ),
    )
    yield (
        "data/terms.json",
        json.dumps(
            {
                locale.code.lower(): {
                    name: {"term": term.term, "definition": term.definition}
                    for name, term in site.glossary.terms[locale.code].items()
                }
                for locale in site.locales
            },
            ensure_ascii=False,
        ),
    )
    catalogues = read_catalogues(tree, site.locales)
    every_words: dict[str, dict[str, str]] = {}
    for locale in site.locales:
        words = catalogues[locale.code]
        source = language_name(site.locales.default, locale)
        messages = {key: words.gettext(message) for key, message in MESSAGES.items()} | {
            "unavailable": words.gettext(
                "This page is not available in %(name)s.", name=locale.name
            ),
            "in_source": words.gettext("The page below is in %(language)s.", language=source),
            "original": words.gettext("Read the original (%(language)s)", language=source),
            "note": words.gettext(" (%(language)s)", language=source),
            "feed": words.gettext("News of %(site)s", site=_name(site, locale)),
            "feed_subtitle": words.gettext(
                "The newest notices of %(site)s, in full.", site=_name(site, locale)
            ),
        }
        yield f"i18n/{locale.code.lower()}.json", json.dumps(messages, ensure_ascii=False, indent=1)
        every_words[locale.code.lower()] = messages
    # The notice about a missing translation speaks in another language than its page.
    yield "data/words.json", json.dumps(every_words, ensure_ascii=False)
    paths = {page.id: page.path for page in site.in_locale(site.locales[default])}
    for page in site.pages:
        if not page.is_not_found:
            yield source_of(page.locale.code, page.path), _source(page, paths)


def _every(site: Site, names: Mapping[str, str]) -> dict[str, str]:
    fallback = names[site.locales.default.code]
    return {locale.code.lower(): names.get(locale.code, fallback) for locale in site.locales}


def _name(site: Site, locale: Locale) -> str:
    home = site.home(locale)
    return home.title if home else locale.name


def _configuration(site: Site) -> dict[str, Any]:
    languages = {
        locale.code.lower(): {
            "label": locale.name,
            "locale": locale.lang,
            "contentDir": f"content/{locale.code}",
            "title": _name(site, locale),
            "weight": number,
            # A page for addresses that are not there, as Machikado has one.
            "params": {
                "notFound": next((p.title for p in site.in_locale(locale) if p.is_not_found), "")
            },
        }
        for number, locale in enumerate(site.locales, 1)
    }
    return {
        "baseURL": "https://city.example/",
        "defaultContentLanguage": site.locales.default.code,
        "defaultContentLanguageInSubdir": False,
        "disableKinds": ["taxonomy", "term"],
        "enableRobotsTXT": True,
        "hasCJKLanguage": True,
        "languages": languages,
        "timeZone": "Asia/Tokyo",
        "markup": {
            "goldmark": {
                "renderer": {"unsafe": True},
                "parser": {"attribute": {"block": True}},
            },
            "tableOfContents": {"startLevel": 2, "endLevel": 3, "ordered": True},
        },
        "mediaTypes": {"application/atom+xml": {"suffixes": ["atom"]}},
        "outputFormats": {
            "rss": {"path": "feeds", "baseName": "news"},
            "atom": {
                "mediaType": "application/atom+xml",
                "path": "feeds",
                "baseName": "news",
                "noUgly": True,
            },
            "jsonfeed": {
                "mediaType": "application/json",
                "path": "feeds",
                "baseName": "news",
                "isPlainText": True,
            },
            "searchindex": {
                "mediaType": "application/json",
                "path": "search",
                "baseName": "index",
                "isPlainText": True,
            },
        },
        "outputs": {
            "home": ["html", "rss", "atom", "jsonfeed", "searchindex"],
            "section": ["html"],
            "page": ["html"],
        },
    }


def _source(page: Page, paths: Mapping[str, str]) -> str:
    meta = page.meta
    params: dict[str, Any] = {
        "id": page.id,
        "kind": str(meta.type),
        "category": meta.category,
        "department": meta.department,
        "feed_id": meta.feed_id,
        "related": [f"/{_logical(paths[name])}" for name in meta.related if name in paths],
    }
    if meta.translation:
        params["translation"] = {
            "method": str(meta.translation.method),
            "reviewer": meta.translation.reviewer,
        }
    rows = {
        "title": page.title,
        "description": meta.summary,
        "date": meta.publish_at.isoformat() if meta.publish_at else None,
        "weight": int(page.id),
        "params": params,
    }
    front = "\n".join(
        f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in rows.items()
    )
    return f"---\n{front}\n---\n{_body(page)}"


def _logical(path: str) -> str:
    """The page's logical path in Hugo, without the slash before it."""
    stem = path.removesuffix(".md")
    return dirname(path) if path == "index.md" or path.endswith("/index.md") else stem


def _body(page: Page) -> str:
    def link(found: re.Match[str]) -> str:
        target = path_from(page.path, f"{found.group(1)}.md") or ""
        return f"](/{_logical(target)}.md{found.group(2) or ''})"

    def image(found: re.Match[str]) -> str:
        return f"{found.group(1)}({path_from(page.path, found.group(2))})"

    def shortcode(found: re.Match[str]) -> str:
        limit = f" {found.group(2)}" if found.group(2) else ""
        return f"{{{{< {found.group(1)}{limit} >}}}}"

    text = _IMAGE.sub(image, _LINK.sub(link, page.body))
    text = _TABLE.sub(lambda t: f'{t.group(2).rstrip()}\n{{caption="{t.group(1)}"}}\n', text)
    return _DIRECTIVE.sub(shortcode, text)


if __name__ == "__main__":
    convert("benchmarks.hugo", __doc__, write)
