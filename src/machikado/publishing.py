"""Publishing: a site is built beside the old one and takes its place only when it is whole."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

LEFTOVER_AGE = 24 * 60 * 60
"""Seconds after which the folder of an unfinished build is given up."""
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
"""renameat2(2), Linux 3.15."""
_RENAME_SWAP = 2
"""renamex_np(2), macOS 10.12."""


@contextmanager
def replacing(site_dir: Path) -> Iterator[Path]:
    """Give an empty folder beside `site_dir` to build in; it takes its place when the block ends well.

    When the block raises, or the process is interrupted, the old site stays untouched. A server that
    looks into `site_dir` sees the old site whole or the new one whole.
    """
    site_dir.parent.mkdir(parents=True, exist_ok=True)
    _remove_leftovers(site_dir)
    next_dir = Path(tempfile.mkdtemp(prefix=f"{site_dir.name}.next-", dir=site_dir.parent))
    next_dir.chmod(0o755)
    try:
        yield next_dir
        _swap(next_dir, site_dir)
    finally:
        shutil.rmtree(next_dir, ignore_errors=True)


def _remove_leftovers(site_dir: Path) -> None:
    """Folders of builds that were killed; a young one may belong to a build that is still running."""
    for leftover in site_dir.parent.glob(f"{site_dir.name}.next-*"):
        if time.time() - leftover.stat().st_mtime > LEFTOVER_AGE:
            shutil.rmtree(leftover, ignore_errors=True)


def _swap(new: Path, old: Path) -> None:
    """Put `new` in the place of `old`; afterwards `new` holds what was published before, if anything."""
    if not old.exists():
        new.rename(old)
        return
    exchange(new, old)


def exchange(new: Path, old: Path) -> None:
    """Exchange two folders; in one step where the system can. Raises OSError."""
    if _exchange(new, old):
        return
    # Two renames where the system cannot exchange: for a moment there is no site, never half of one.
    aside = old.with_name(f"{old.name}.old-{os.getpid()}")
    old.rename(aside)
    try:
        new.rename(old)
    except OSError:
        aside.rename(old)
        raise
    aside.rename(new)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system or the file system cannot."""
    libc = ctypes.CDLL(None, use_errno=True)
    first, second = os.fsencode(one), os.fsencode(other)
    if sys.platform == "linux" and hasattr(libc, "renameat2"):
        status: int = libc.renameat2(_AT_FDCWD, first, _AT_FDCWD, second, _RENAME_EXCHANGE)
    elif sys.platform == "darwin" and hasattr(libc, "renamex_np"):
        status = libc.renamex_np(first, second, _RENAME_SWAP)
    else:
        return False
    return status == 0


def write_files(folder: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Write files below `folder` by their names; returns how many."""
    count = 0
    for name, data in files:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        count += 1
    return count
