"""How soon a writer sees an edit: `python -m benchmarks.serve --pages 10000 --locales 6`.

Starts `machikado serve` on a made-up city and saves a page again and again; a page's time runs from the
end of the save until the server answers with the new words. Beside it, in the same run, stands a build of
one edit in a process of its own.
"""

from __future__ import annotations

import argparse
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from statistics import median

from benchmarks.run import (
    EDITED,
    MACHIKADO,
    NOW,
    content,
    machikado_at,
    measure,
    without_furigana,
)

PATIENCE = 1800.0
"""Seconds until the first page must be there, or an edit."""
EVERY = 0.005
"""Seconds between two looks."""


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.serve", description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--locales", type=int, default=6)
    parser.add_argument("--edits", type=int, default=10)
    parser.add_argument("--project", type=Path, help="a city that was made before; kept")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="machikado-serve-") as name:
        folder = given.project.parent if given.project else Path(name)
        if given.project is None:
            content(folder, given.pages, given.locales, 1)
        taken, first = serve(folder, given.edits)
        city = machikado_at(folder)
        measure(city.command, city.folder, PATIENCE)
        city.edit_body()
        alone = measure(city.command, city.folder, PATIENCE).wall
    seconds = median(taken)
    print(f"first page after {first:.1f} s")  # noqa: T201
    print(f"save to page: median {seconds:.3f} s, longest {max(taken):.3f} s, {len(taken)} edits")  # noqa: T201
    print(f"a build of one edit in a process of its own: {alone:.3f} s, {alone / seconds:.1f} x")  # noqa: T201


def serve(folder: Path, edits: int) -> tuple[list[float], float]:
    """Seconds from each save to the page, and until the first page was there."""
    city = machikado_at(folder)
    address = "/" + EDITED.removesuffix(".md") + "/"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [*MACHIKADO, "serve", "--quiet", "--now", NOW, "--address", f"127.0.0.1:{port}"]
    began = time.monotonic()
    server = subprocess.Popen(
        command, cwd=city.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        first = _until(port, address, "<html", began)
        taken = []
        for _ in range(edits):
            time.sleep(1.0)  # a writer thinks, and the server evens out its trees
            words = city.edit_body()
            saved = time.monotonic()
            taken.append(_until(port, address, words, saved))
    finally:
        server.terminate()
        server.wait()
    return taken, first


def _until(port: int, address: str, words: str, began: float) -> float:
    """Seconds from `began` until the page holds the words."""
    while time.monotonic() - began < PATIENCE:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("GET", address)
            if words in without_furigana(connection.getresponse().read().decode()):
                return time.monotonic() - began
        except (OSError, HTTPException):
            pass
        finally:
            connection.close()
        time.sleep(EVERY)
    sys.exit(f"{words!r} did not appear on {address}")


if __name__ == "__main__":
    main()
