"""Whatever was edited, a warm build gives what a cold one gives: byte by byte, finding by finding."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from incremental.edited_city import (
    EDITS,
    City,
    build,
    cold,
    files,
    is_unchanged,
    whole,
    without_mark,
)

LONG = int(os.environ.get("MACHIKADO_LONG", "0"))
"""How many series a long run tries; by default a few, always the same."""
LENGTH = 25 if LONG else 12


class Step(NamedTuple):
    """One edit (see `City.edit`); `joined`: the next one is made before anything is built."""

    edit: str
    seed: int
    joined: bool


class Circumstances(NamedTuple):
    """jobs: processes that build; small: whether few pages are many (parts of search, short site maps)."""

    jobs: int
    small: bool


STEPS = st.builds(Step, st.sampled_from(list(EDITS)), st.integers(0, 10_000), st.booleans())
SERIES = st.lists(STEPS, min_size=LENGTH, max_size=LENGTH)
CIRCUMSTANCES = st.builds(Circumstances, st.sampled_from([1, 1, 1, 2]), st.booleans())


@contextmanager
def under(circumstances: Circumstances) -> Iterator[None]:
    """Let few pages be enough for what else takes hundreds."""
    with pytest.MonkeyPatch.context() as patch:
        if circumstances.jobs > 1:
            patch.setattr("machikado.incremental.hands.FEW", 2)
            patch.setattr("machikado.incremental.hands.BATCH", 3)
        if circumstances.small:
            patch.setattr("machikado.sitewide.search.PART", 3)
            patch.setattr("machikado.content.site.MOST_MAPPED", 8)
            patch.setattr("machikado.incremental.index.MOST_MAPPED", 8)
        yield


@settings(
    max_examples=LONG or 7,
    derandomize=not LONG,
    database=None,
    deadline=None,
    print_blob=True,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)
@given(series=SERIES, circumstances=CIRCUMSTANCES)
def test_after_every_edit_of_a_series_a_warm_build_equals_a_cold_one(
    carried: Path, series: Sequence[Step], circumstances: Circumstances
) -> None:
    with TemporaryDirectory(dir=carried.parent) as folder, under(circumstances):
        follow(City(Path(folder, "city"), carried), Path(folder), series, circumstances.jobs)


def follow(city: City, folder: Path, series: Sequence[Step], jobs: int) -> None:
    """Make every edit; after each, build the city warm and cold and compare."""
    site = folder / "warm" / "site"
    edits: list[str] = []
    published: dict[str, bytes] = {}
    for step in (Step("nothing", 0, False), *series):
        edits.append(city.edit(step.edit, step.seed))
        if step.joined:
            continue
        is_same = is_unchanged(city, folder / "warm", site)
        built = build(city, folder / "warm", site, jobs)
        expected, wanted = cold(city, folder / "cold")
        assert (built.report, built.noted) == (expected.report, expected.noted), edits
        if not expected.report.blocks:
            assert built.pages == expected.pages, edits
            assert built.published == (wanted != published), edits
            published = wanted
            city.remember()
        assert not (is_same and built.published), edits
        found = files(site) if site.exists() else {}
        differs = sorted(n for n in {*found, *published} if found.get(n) != published.get(n))
        assert differs == [], edits
        if expected.report.blocks and step.seed % 5 < 3:
            edits.append(city.go_back())
    report, made = whole(city)
    built = build(city, folder / "warm", site, jobs)
    assert built.report == replace(report, findings=report.failed), edits
    assert built.noted == len(report.warned), edits
    if not report.blocks:
        found = without_mark(files(site))
        assert sorted(n for n in {*found, *made} if found.get(n) != made.get(n)) == [], edits
