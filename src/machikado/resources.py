"""Where the theme and the catalogues are: in the repository, or inside an installed wheel."""

from __future__ import annotations

from pathlib import Path


def packaged() -> Path:
    """The folder that holds `overrides/` and `i18n/`: the installed package, else the repository."""
    package = Path(__file__).resolve().parent
    return package if (package / "overrides").is_dir() else package.parents[1]
