"""What the audit's tests share: a real browser, and small pages on a real server."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from machikado.audit.server import serving
from machikado.browser.chromium import Chromium
from machikado.browser.find import BrowserMissingError
from machikado.content.locale import Locale, Locales
from machikado.content.site import Site

JA = Locale("ja", "ja", "日本語", "ja", "ja", is_default=True)
EN = Locale("en", "en", "English", "en", "en")
EMPTY_SITE = Site(Locales((JA, EN)), ())


@pytest.fixture(scope="session")
def chromium() -> Chromium:
    """The browser of this machine; in CI there must be one."""
    try:
        return Chromium.found()
    except BrowserMissingError as missing:
        if os.environ.get("CI"):
            raise
        pytest.skip(missing.text.en)


def document(body: str, lang: str = "ja", head: str = "") -> str:
    """A whole page around `body`; it has no fault of its own."""
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>見本</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">{head}</head>'
        f"<body><main>{body}</main></body></html>"
    )


def write_site(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


@pytest.fixture
def site_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    return folder


@pytest.fixture
def origin(site_dir: Path) -> Iterator[str]:
    with serving(site_dir) as address:
        yield address
