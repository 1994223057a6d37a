"""The built site as these tests meet it, and the tools they share."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from machikado.content.reader import read_locales
from machikado.mkdocs_plugin.configuration import load_project

ROOT = Path(__file__).resolve().parents[1]
PROJECT = load_project(ROOT / "mkdocs.yml")
LOCALES = tuple(read_locales(PROJECT.tree, PROJECT.data))


def machikado(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of Machikado in `cwd`, in English, with nothing of CI about it."""
    ours = ("MACHIKADO_", "GITHUB_")
    outer = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    kept = {name: os.environ[name] for name in ("MACHIKADO_CHROMIUM",) if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", "from machikado.cli import main; main()", *arguments],
        cwd=cwd,
        env=outer | kept | {"MACHIKADO_LANG": "en"},
        capture_output=True,
        text=True,
        check=False,
    )
