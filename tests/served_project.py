"""A small project on the disk, served by the real command in a process of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from small_city import CATEGORIES, DEPARTMENTS, source

CONFIGURATION = """\
site_name: 見本市
site_url: https://city.example/base/
theme: { name: material }
plugins:
  - machikado
  - i18n:
      docs_structure: folder
      fallback_to_default: false
      languages:
        - { locale: ja, name: 日本語, build: true, default: true }
markdown_extensions: [attr_list, tables]
"""
LONG = "\n\n".join(f"段落{number}の本文です。" for number in range(80))
HOME = source(1000001, "トップ", "[計画](plan.md)", type="section")
PLAN = source(1000002, "計画", LONG)


def project_in(folder: Path) -> Path:
    """Write the project into `folder` and return it."""
    for name, text in {
        "mkdocs.yml": CONFIGURATION,
        "i18n/locales.yml": "- { code: ja, name: 日本語, default: true }\n",
        "i18n/departments.yml": DEPARTMENTS,
        "i18n/categories.yml": CATEGORIES,
        "docs/ja/index.md": HOME,
        "docs/ja/plan.md": PLAN,
        "docs/ja/404.md": source(1000003, "ありません"),
    }.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    return folder


@dataclass
class Process:
    """A running `machikado serve`. root: the address of the site, without a `/` at its end."""

    popen: subprocess.Popen[str]
    root: str

    def interrupt(self) -> tuple[int, str]:
        """End it as Ctrl+C does; returns its exit code and what else it said."""
        self.popen.send_signal(signal.SIGINT)
        _, said = self.popen.communicate(timeout=30)
        return self.popen.returncode, said


@contextmanager
def served(project: Path, *options: str, language: str = "ja") -> Iterator[Process]:
    """Serve a project on a free port while the block lasts."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MACHIKADO_")}
    popen = subprocess.Popen(
        [sys.executable, "-c", "from machikado.cli import main; main()", "serve", "--address", "127.0.0.1:0", *options],
        cwd=project, env=kept | {"MACHIKADO_LANG": language},
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    try:
        assert popen.stderr is not None
        yield Process(popen, _root(popen.stderr))
    finally:
        popen.kill()
        popen.wait(30)


def _root(said: IO[str]) -> str:
    lines = []
    for line in said:
        lines.append(line)
        if found := re.search(r"http://\S+/", line):
            return found.group().rstrip("/")
    raise AssertionError("".join(lines))
