"""A project: where one city's sources, vocabulary and output are, and how its site is addressed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from machikado.content.locale import Locales
from machikado.content.tree import Tree
from machikado.disk import DiskTree
from machikado.vocabulary import ConfigurationError, Text


@dataclass(frozen=True)
class Project:
    """One project as its mkdocs.yml describes it.

    root: the folder of mkdocs.yml; docs and data: the folders of sources and vocabulary, from the root;
    site_dir: where the site is published; site_url: its absolute address, ending in `/`;
    markdown_extensions, extension_configs: what Python-Markdown is given;
    theme_dirs: folders of templates and theme files, the first that has a file provides it;
    demonstration: whether the site must say that it is not the city's official site;
    report_to: the address of a form for problems with a page;
    websub_hub: the WebSub hub that feeds name and `machikado feeds --ping` tells of changes;
    places_must_be_known: a place name whose reading is doubtful stops the site;
    other_plugins: MkDocs plugins of the configuration that only MkDocs can run;
    mkdocs_locales: what mkdocs-static-i18n builds: codes, and whether each is the default.
    """

    root: Path
    config_file: Path
    site_dir: Path
    site_url: str
    docs: str = "docs"
    data: str = "i18n"
    packaged: Path | None = None
    markdown_extensions: tuple[Any, ...] = ()
    extension_configs: Mapping[str, Any] = field(default_factory=dict)
    theme_dirs: tuple[Path, ...] = ()
    demonstration: bool = False
    report_to: str | None = None
    websub_hub: str | None = None
    places_must_be_known: bool = False
    other_plugins: tuple[str, ...] = ()
    mkdocs_locales: frozenset[tuple[str, bool]] = frozenset()

    @property
    def tree(self) -> Tree:
        """The project's files; catalogues it does not have are the package's own."""
        return DiskTree(self.root, self.packaged, filled=self.data)

    @property
    def base_path(self) -> str:
        """The path part of the site's address: `/`, or `/machikado/` below a shared host."""
        return urlsplit(self.site_url).path

    def must_build(self, locales: Locales) -> None:
        """Raise ConfigurationError where MkDocs would build other locales than the vocabulary names."""
        where = str(self.config_file)
        if not self.mkdocs_locales:
            raise ConfigurationError(
                where,
                Text(
                    "plugins に i18n（mkdocs-static-i18n）がありません。",
                    "The plugin `i18n` (mkdocs-static-i18n) is not listed under plugins.",
                ),
            )
        known = {(locale.code, locale.is_default) for locale in locales}
        if different := self.mkdocs_locales ^ known:
            names = ", ".join(sorted({code for code, _ in different}))
            raise ConfigurationError(
                where,
                Text(
                    f"plugins: i18n の languages と i18n/locales.yml が食い違っています（{names}）。",
                    f"The languages of the plugin i18n differ from i18n/locales.yml ({names}).",
                ),
            )
