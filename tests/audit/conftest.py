"""What the audit's tests share: a real browser, and an empty site on a real server."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from machikado.audit.server import serving
from machikado.browser.chromium import Chromium
from machikado.browser.find import BrowserMissingError


@pytest.fixture(scope="session")
def chromium() -> Chromium:
    """The browser of this machine; in CI there must be one."""
    try:
        return Chromium.found()
    except BrowserMissingError as missing:
        if os.environ.get("CI"):
            raise
        pytest.skip(missing.text.en)


@pytest.fixture
def site_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    return folder


@pytest.fixture
def origin(site_dir: Path) -> Iterator[str]:
    with serving(site_dir) as address:
        yield address
