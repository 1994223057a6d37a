"""The browser and the served site that all tests of the built site share."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from built_site import PROJECT
from machikado.audit.server import serving
from machikado.browser.find import find_chromium


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    flags = ["--disable-background-networking", "--disable-component-update"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        flags.append("--no-sandbox")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=flags)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def root() -> Iterator[str]:
    """The address that the site's root is served at, without a `/` at its end."""
    with serving(PROJECT.site_dir, PROJECT.base_path) as origin:
        yield origin + PROJECT.base_path.rstrip("/")
