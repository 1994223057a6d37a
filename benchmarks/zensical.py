"""The Japanese part of a Machikado project as a site of Zensical, which has one language a site.

`python -m benchmarks.zensical --project FOLDER --into FOLDER`. It has Material's furniture and its
search index; it has no feeds.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.conversion import convert

_CONFIGURATION = """\
[project]
site_name = "見本市"
site_url = "https://city.example/"

[project.theme]
language = "ja"
font = false
features = ["navigation.prune", "navigation.tabs", "navigation.path", "navigation.indexes"]

[project.markdown_extensions.attr_list]
[project.markdown_extensions.tables]
[project.markdown_extensions.toc]
[project.markdown_extensions.pymdownx.superfences]
"""


def write(project: Path, into: Path) -> None:
    """Write the site of the Japanese pages of `project` into the new folder `into`."""
    shutil.copytree(project / "docs" / "ja", into / "docs")
    (into / "docs" / "404.md").unlink()
    (into / "zensical.toml").write_text(_CONFIGURATION, encoding="utf-8")


if __name__ == "__main__":
    convert("benchmarks.zensical", __doc__, write)
