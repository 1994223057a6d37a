"""A link to a page, or to another file of the site, that is not there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher, get_close_matches
from html import unescape
from posixpath import basename, dirname, relpath, splitext
from urllib.parse import unquote

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.content.address import path_from
from machikado.patterns import lazily
from machikado.vocabulary import Text

_ELSEWHERE = lazily(r"(?:[a-z][a-z0-9+.-]*:|//|#|\?)", re.IGNORECASE)
"""Targets that name no file of the site: other sites, telephones, terms, places on this page."""

_ALIKE = 0.75
"""How alike two file names must be, beyond their folders, to take one for a slip of the other."""


def _find(source: SourcePage) -> Iterator[Mark]:
    for link in source.links:
        yield from _look(source, link.target, link.line, "リンク先", "target")
    for image in source.images:
        yield from _look(source, image.target, image.line, "画像", "image")


def _look(source: SourcePage, target: str, line: int, ja: str, en: str) -> Iterator[Mark]:
    if not target:
        yield Mark(line, Text(f"{ja}が書かれていません。", f"No {en} is given."))
        return
    if _ELSEWHERE.match(unescape(target)):
        return
    if target.startswith("/"):
        yield Mark(
            line,
            Text(
                f"{ja}「{target}」が「/」で始まっています。",
                f"The {en} `{target}` begins with a slash.",
            ),
            _advice(source, target.lstrip("/")),
        )
        return
    written = unquote(re.split(r"[?#]", target)[0])
    path = path_from(source.page.path, written)
    if path is None:
        yield Mark(
            line,
            Text(
                f"{ja}「{target}」は、この言語のフォルダーの外にあります。",
                f"The {en} `{target}` is outside this language's folder.",
            ),
            Text(
                "この言語のフォルダーにすべてのページがあるつもりで書いてください。"
                "翻訳がないページには、"
                "元の言語のページを自動で案内します。",
                "Write it as if every page existed in this language; where a translation "
                "is missing, "
                "readers are led to the original.",
            ),
        )
        return
    if (path.endswith(".md") and source.site.page_at(path)) or source.site.has_file(path):
        return
    yield Mark(
        line,
        Text(f"{ja}「{target}」が見つかりません。", f"The {en} `{target}` is not there."),
        _advice(source, path),
    )


def _advice(source: SourcePage, path: str) -> Text | None:
    """The files whose names are nearest to `path`, written as this page would link to them."""
    here = dirname(source.page.path) or "."
    near = [relpath(name, here) for name in _near(path, source.site.paths())]
    if not near:
        return None
    return Text(
        f"もしかして: {'、'.join(near)}。リンクは、ページのファイル（.md）への相対パスで書きます。",
        f"Did you mean {', '.join(near)}? Links are relative paths to the page's .md file.",
    )


def _near(path: str, paths: Iterable[str]) -> list[str]:
    stem, kind = splitext(path.rstrip("/"))
    is_page = kind in ("", ".md", ".html", ".htm")
    known = sorted(name for name in paths if name.endswith(".md") == is_page)
    exact = [name for name in (f"{stem}.md", f"{stem}/index.md") if name in known]
    namesakes = [name for name in known if basename(name) == basename(path) != "index.md"]
    written = f"{stem}.md" if is_page else path
    close = [
        name
        for name in get_close_matches(written, known, n=5, cutoff=0.7)
        if SequenceMatcher(None, basename(name), basename(written)).ratio() >= _ALIKE
    ]
    return list(dict.fromkeys([*exact, *namesakes, *close[:2]]))[:3]


RULE = Rule(
    id="broken-link",
    title=Text("行き先のないリンク", "A link to nowhere"),
    help=Text(
        "リンク先のファイル名と場所を確かめてください。リンクは、ページのファイル（.md）"
        "への相対パスで書きます。",
        "Check the file's name and place. Links are relative paths to the page's .md file.",
    ),
    find=_find,
    good=(
        "[施策1-2-2](measures/1-2-2.md)と[トップ](../index.md)",
        "[施策1-2-2の取組](measures/1-2-2.md#取り組むこと)",
        "[案内（PDF、120KB）](../assets/leaflet.pdf) ![盛岡駅の周りの地図](map.png)",
        "[電話する](tel:0000000000)か[メールする](mailto:info@city.example)か[市"
        "のサイト](https://city.example/)",
        "`[例](missing.md)`\n\n```\n[例](missing.md)\n```\n\n<!-- [例](missing.md) -->",
        "[施策][measure]\n\n[measure]: measures/1-2-2.md",
    ),
    bad=(
        "[施策1-2-3](measures/1-2-3.md)",
        "[計画](/plan/)",
        "[計画](measures/)",
        "[計画](../../en/plan/index.md)",
        "[計画]()",
        "[案内（PDF）](leaflet.pdf)",
        "![盛岡駅の周りの地図](maps.png)",
        '<a href="measures/1-2-3.md">施策1-2-3</a>',
        "[施策][measure]\n\n[measure]: measures/1-2-3.md",
    ),
)
