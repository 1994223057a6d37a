"""Which Chromium to use: the one that is named, the system's own, or Playwright's."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

from machikado.vocabulary import Text

VARIABLE = "MACHIKADO_CHROMIUM"
_ON_PATH = ("chromium", "chromium-browser", "google-chrome")
_ON_MACOS = (
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"),
)


class BrowserMissingError(Exception):
    """There is no Chromium to look at pages with; `text` says what to install."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def find_chromium(
    environment: Mapping[str, str] = os.environ,
    applications: Iterable[Path] = _ON_MACOS,
) -> Path:
    """The browser's executable; raises BrowserMissingError.

    A browser named by MACHIKADO_CHROMIUM is used or complained of, never replaced by another.
    """
    if named := environment.get(VARIABLE):
        found = shutil.which(named, path=environment.get("PATH"))
        if found is None:
            raise BrowserMissingError(
                Text(
                    f"{VARIABLE} の「{named}」は実行できるブラウザーではありません。"
                    f"正しい場所を書くか、{VARIABLE} を消してください。",
                    f"{VARIABLE} names `{named}`, which cannot be run. Correct it, or unset "
                    f"{VARIABLE}.",
                )
            )
        return Path(found)
    for name in _ON_PATH:
        if found := shutil.which(name, path=environment.get("PATH")):
            return Path(found)
    for application in applications:
        if application.is_file():
            return application
    own = _playwrights_own()
    if own is not None:
        return own
    raise BrowserMissingError(
        Text(
            "検査に使うブラウザー（Chromium）がありません。Debian では apt-get install chromium、"
            "そのほかでは playwright install chromium を実行してください。",
            "There is no Chromium to audit with. On Debian run: apt-get install chromium; "
            "elsewhere run: playwright install chromium.",
        )
    )


def _playwrights_own() -> Path | None:
    try:
        with sync_playwright() as playwright:
            own = Path(playwright.chromium.executable_path)
    except Error:
        return None
    return own if own.is_file() else None


def main() -> int:
    """Print where the browser is (exit code 0), or what to install (exit code 1)."""
    try:
        path = find_chromium()
    except BrowserMissingError as missing:
        sys.stderr.write(f"{missing.text.ja}\n{missing.text.en}\n")
        return 1
    sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
