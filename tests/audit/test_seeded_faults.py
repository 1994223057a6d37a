"""The pairs of pages that benchmarks/seeded.py audits are what it takes them for."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

from machikado.audit.criteria import CRITERIA

FAULTS = tomllib.loads(
    (Path(__file__).resolve().parents[2] / "benchmarks/seeded/faults.toml").read_text("utf-8")
)["fault"]


def test_every_pair_has_a_name_of_its_own_known_criteria_and_two_pages_that_differ() -> None:
    assert [name for name, times in Counter(f["name"] for f in FAULTS).items() if times > 1] == []
    for fault in FAULTS:
        assert set(fault) <= {"name", "criteria", "rules", "lang", "bad", "good"}
        assert set(fault["criteria"]) <= set(CRITERIA)
        assert fault["bad"] != fault["good"]
