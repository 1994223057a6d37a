"""One reader for all tests: loading the dictionaries takes a second."""

from __future__ import annotations

from pathlib import Path

import pytest

from machikado.readings.lexicon import Lexicon, read_lexicon
from machikado.readings.reader import Reader, open_reader

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def city_lexicon() -> Lexicon:
    lexicon, findings = read_lexicon((ROOT / "i18n" / "readings.csv").read_bytes())
    assert findings == ()
    return lexicon


@pytest.fixture(scope="session")
def reader(city_lexicon: Lexicon) -> Reader:
    opened = open_reader(city_lexicon)
    assert isinstance(opened, Reader)
    return opened


@pytest.fixture(scope="session")
def bare_reader() -> Reader:
    """Without any lexicon."""
    opened = open_reader()
    assert isinstance(opened, Reader)
    return opened
