"""A small city on disk for the tests of commands, and a way to run a command in it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import click
from click.testing import CliRunner

from small_city import CATEGORIES, DEPARTMENTS, LOCALES, news, source, translated

CONFIGURATION = """\
site_name: 見本市
site_url: https://city.example/
theme: { name: material }
plugins:
  - machikado
"""
HOME = source(1000001, "トップ", "[お知らせ](news/2026-11-16-a.md)", department="joho")
ITEM = news(1001001, "お知らせ", "2026-11-16", "本文", summary="要約")
FAULTS: dict[str, str | bytes] = {
    "ja/broken.md": '---\nid: 1000002\ntitle: "閉じない\n---\n',
    "ja/department.md": source(1000003, "部署", department="kikaku"),
    "ja/date.md": source(1000004, "日付", publish_at="2026/4/1"),
    "ja/shift-jis.md": source(1000005, "文字コード").encode("shift_jis"),
    "ja/bom.md": b"\xef\xbb\xbf" + source(1000006, "BOM").encode(),
    "fr/index.md": source(1000001, "Accueil"),
    "ja/twin-a.md": source(1000007, "一つ目"),
    "ja/twin-b.md": source(1000007, "二つ目"),
    "ja/link.md": source(1000008, "リンク", "[なし](nowhere.md)"),
}
"""One page, or pair of pages, for each kind of bad input."""


class Run(NamedTuple):
    """What a command ended with and what it said."""

    code: int
    out: str
    err: str


def city_in(folder: Path) -> Path:
    """Write the city into `folder` and return it."""
    for name, text in {
        "mkdocs.yml": CONFIGURATION,
        "i18n/locales.yml": LOCALES,
        "i18n/departments.yml": DEPARTMENTS,
        "i18n/categories.yml": CATEGORIES,
        "docs/ja/index.md": HOME,
        "docs/ja/news/2026-11-16-a.md": ITEM,
        "docs/en/index.md": translated(HOME, "Home", digest=""),
    }.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    return folder


def run(command: click.Command, city: Path, *arguments: str, language: str = "en") -> Run:
    """Run a command on the city, whatever the terminal's settings are."""
    options = [*arguments, "--config-file", str(city / "mkdocs.yml")]
    settings = {"MACHIKADO_LANG": language, "MACHIKADO_NOW": None, "MACHIKADO_SITE_URL": None}
    result = CliRunner(env=settings).invoke(command, options, catch_exceptions=False)
    return Run(result.exit_code, result.stdout, result.stderr)
