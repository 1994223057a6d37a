"""The command of every module that writes the corpus anew for another generator."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path


def convert(name: str, description: str | None, write: Callable[[Path, Path], None]) -> None:
    """Run `python -m <name> --project FOLDER --into FOLDER`."""
    parser = argparse.ArgumentParser(prog=f"python -m {name}", description=description)
    parser.add_argument("--project", type=Path, required=True, help="what benchmarks.corpus wrote")
    parser.add_argument("--into", type=Path, required=True, help="a new folder")
    given = parser.parse_args()
    write(given.project, given.into)
