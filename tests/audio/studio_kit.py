"""One voice and one reader for all tests: loading the dictionaries takes a second."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from machikado.audio.ffmpeg import find_ffmpeg
from machikado.audio.voice import Voice
from machikado.readings.lexicon import read_lexicon
from machikado.readings.reader import Reader, open_reader

ROOT = Path(__file__).resolve().parents[2]


@cache
def the_voice() -> Voice:
    return Voice()


@cache
def the_reader() -> Reader:
    lexicon, _ = read_lexicon((ROOT / "i18n/readings.csv").read_bytes())
    opened = open_reader(lexicon)
    assert isinstance(opened, Reader)
    return opened


def the_ffmpeg() -> Path:
    """Where ffmpeg is; without it, the test that asks is skipped."""
    found = find_ffmpeg()
    if found is None:
        pytest.skip("ffmpeg is not installed")
    return found
