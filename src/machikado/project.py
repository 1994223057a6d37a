"""A project: where one city's sources, vocabulary and output are, and how its site is addressed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from machikado.content.tree import Tree
from machikado.disk import DiskTree


@dataclass(frozen=True)
class Project:
    """One project as its mkdocs.yml describes it.

    root: the folder of mkdocs.yml; docs and data: the folders of sources and vocabulary, from the root;
    site_dir: where the site is published; site_url: its absolute address, ending in `/`;
    markdown_extensions, extension_configs: what Python-Markdown is given;
    demonstration: whether the site must say that it is not the city's official site.
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
    demonstration: bool = False

    @property
    def tree(self) -> Tree:
        """The project's files; catalogues it does not have are the package's own."""
        return DiskTree(self.root, self.packaged, filled=self.data)

    @property
    def base_path(self) -> str:
        """The path part of the site's address: `/`, or `/machikado/` below a shared host."""
        return urlsplit(self.site_url).path
