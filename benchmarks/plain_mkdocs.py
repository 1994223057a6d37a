"""A Machikado project as plain MkDocs with Material and mkdocs-static-i18n, as they come.

`python -m benchmarks.plain_mkdocs --project FOLDER --into FOLDER`. It has Material's own furniture, the
whole navigation and a search index; static-i18n shows a page in the default language where no translation is. It has no
feeds, terms are links that lead nowhere and `[[children]]` stays as it is written.
`benchmarks.tuned_mkdocs` is the same without what costs most.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.conversion import convert
from benchmarks.corpus import MARKDOWN
from machikado.content.reader import read_locales
from machikado.disk import DiskTree

_CONFIGURATION = """\
site_name: 見本市
site_url: https://city.example/
theme:
  name: material
  font: false
  features: [navigation.tabs, navigation.path, navigation.indexes]
plugins:
  - search
  - i18n:
      docs_structure: folder
      reconfigure_material: true
      languages:
{languages}\
{markdown}validation:
  nav: {{ omitted_files: ignore, not_found: ignore, absolute_links: ignore }}
  links: {{ not_found: ignore, anchors: ignore, absolute_links: ignore, unrecognized_links: ignore }}
hooks: [shared.py]
"""
_TUNED = {
    "features: [": "features: [navigation.prune, ",
    "  - search\n": "",
    "      reconfigure_material: true\n": "      reconfigure_material: true\n      fallback_to_default: false\n      reconfigure_search: false\n",
}
"""What turns off the parts whose cost grows with the square of the pages, or that make more pages."""
# Without fallback pages static-i18n loses the theme's files; a hook puts them back (as a site would).
_HOOK = """\
def on_files(files, config):
    if not any("stylesheets" in file.src_uri for file in files):
        files.add_files_from_theme(config.theme.get_env(), config)
    return files
"""


def write(project: Path, into: Path, *, tuned: bool = False) -> None:
    """Write the plain site of the Machikado project in `project` into the new folder `into`."""
    locales = read_locales(DiskTree(project))
    languages = "".join(
        f"        - {{ locale: {locale.code}, name: {locale.name}, build: true"
        f"{', default: true' if locale.is_default else ''} }}\n"
        for locale in locales
    )
    shutil.copytree(project / "docs", into / "docs")
    for locale in locales:
        # Pages of every locale show the images of their section: each locale has its own copies.
        for image in (project / "docs" / "ja").rglob("*.png"):
            copy = into / "docs" / locale.code / image.relative_to(project / "docs" / "ja")
            if not copy.exists() and copy.parent.is_dir():
                shutil.copy(image, copy)
        (into / "docs" / locale.code / "404.md").unlink()
    configuration = _CONFIGURATION.format(languages=languages, markdown=MARKDOWN)
    for usual, quick in _TUNED.items() if tuned else ():
        configuration = configuration.replace(usual, quick)
    # Material calls simplified Chinese `zh`; static-i18n looks for its words by the locale's code.
    if any(locale.code == "zh-Hans" for locale in locales):
        words = into / "overrides" / "partials" / "languages" / "zh-Hans.html"
        words.parent.mkdir(parents=True)
        words.write_text(
            '{% import "partials/languages/zh.html" as zh %}{% macro t(key) %}{{ zh.t(key) }}{% endmacro %}\n',
            encoding="utf-8",
        )
        configuration = configuration.replace(
            "  font: false\n", "  font: false\n  custom_dir: overrides\n"
        )
    (into / "mkdocs.yml").write_text(configuration, encoding="utf-8")
    (into / "shared.py").write_text(_HOOK, encoding="utf-8")


if __name__ == "__main__":
    convert("benchmarks.plain_mkdocs", __doc__, write)
