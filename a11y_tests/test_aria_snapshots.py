"""What a screen reader meets on eight kinds of page in every locale, kept so that review sees it.

After a wanted change: `make snapshots`, and read the difference before committing it.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from built_site import LOCALES, PROJECT
from machikado.audit.server import serving
from machikado.audit.sight import View
from machikado.browser.chromium import Chromium
from machikado.content.address import output_file
from machikado.content.locale import Locale

SNAPSHOTS = Path(__file__).parent / "snapshots"
WRITES = bool(os.environ.get("MACHIKADO_WRITE_SNAPSHOTS"))
WHOLE = ("ja", "ja-easy", "en")
"""Locales in which every page is written; the others lack lists of measures and of departments."""
Snapshot = Callable[[str], str]


def kinds(locale: Locale) -> dict[str, str]:
    """A kind of page, and the address of one of it below the locale's own."""
    whole = locale.code in WHOLE
    return {
        "home": "",
        "section": "plan/measures/" if whole else "plan/",
        "measure": "plan/measures/1-2-2/",
        "news-list": "news/",
        "news-item": "news/2026-11-16-site-opened/",
        "help": "help/reading-aids/",
        "reference": "departments/" if whole else "accessibility/",
        "not-found": "404.html",
    }


CASES = [
    pytest.param(locale.code, kind, locale.prefix + address, id=f"{locale.code}-{kind}")
    for locale in LOCALES
    for kind, address in kinds(locale).items()
]


@pytest.fixture(scope="module")
def snapshot() -> Iterator[Snapshot]:
    """The accessibility tree of the page at an address of the built site."""
    with serving(PROJECT.site_dir, PROJECT.base_path) as origin, Chromium.found()() as browser:

        def take(address: str) -> str:
            url = origin + PROJECT.base_path.rstrip("/") + address
            tree = browser.aria_snapshot(url, View("light", "desktop"))
            # The tree says where links lead; that must not depend on where the site is published.
            base = re.escape(PROJECT.base_path)
            return re.sub(rf'(/url: "?){base}', r"\1/", tree) + "\n"

        yield take


@pytest.mark.parametrize(("locale", "kind", "address"), CASES)
def test_a_screen_reader_meets_what_the_snapshot_says(
    snapshot: Snapshot, locale: str, kind: str, address: str
) -> None:
    page = PROJECT.site_dir / output_file(address)
    assert page.is_file(), f"{address} is not built: run `machikado build` first"
    seen = snapshot(address)
    file = SNAPSHOTS / locale / f"{kind}.yml"
    if WRITES:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(seen, encoding="utf-8")
        return
    assert file.is_file(), f"{file.name} of {locale} is missing: run `make snapshots`"
    kept = file.read_text(encoding="utf-8")
    if seen != kept:
        name = f"{locale}/{kind}.yml"
        rows = difflib.unified_diff(
            kept.splitlines(), seen.splitlines(), f"kept {name}", f"seen {address}", lineterm=""
        )
        pytest.fail("\n".join(rows), pytrace=False)


def test_no_snapshot_is_left_without_a_page() -> None:
    wanted = {f"{locale.code}/{kind}.yml" for locale in LOCALES for kind in kinds(locale)}
    kept = {file.relative_to(SNAPSHOTS).as_posix() for file in SNAPSHOTS.rglob("*.yml")}
    assert kept == wanted
