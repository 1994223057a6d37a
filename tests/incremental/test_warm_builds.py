"""Whatever was edited, a warm build gives what a cold one gives: byte by byte, finding by finding."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from incremental.edited_city import City, build, cold, files

SERIES = 8
EDITS = 14


@pytest.mark.parametrize("seed", range(SERIES))
def test_after_every_edit_of_a_series_a_warm_build_equals_a_cold_one(
    tmp_path: Path, seed: int
) -> None:
    city = City(tmp_path / "city", Random(seed))
    site = tmp_path / "warm" / "site"
    edits: list[str] = []
    published: dict[str, bytes] = {}
    for _ in range(EDITS):
        built = build(city, tmp_path / "warm", site)
        expected, wanted = cold(city, tmp_path / "cold")
        assert built.report == expected.report, edits
        if not expected.report.blocks:
            published = wanted
            city.remember()
        found = files(site) if site.exists() else {}
        differs = sorted(n for n in {*found, *published} if found.get(n) != published.get(n))
        assert differs == [], edits
        if expected.report.blocks and city.chance.random() < 0.6:
            edits.append(city.go_back())
        else:
            edits.extend(city.edit() for _ in range(city.chance.choice([1, 1, 1, 2, 5])))
