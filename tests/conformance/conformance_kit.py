"""What the tests of conformance share: a policy, findings, a small site, a record of a test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest

from machikado.conformance.policy import FILE as POLICY_FILE
from machikado.conformance.policy import Policy, read_policy
from machikado.conformance.result import TestResult, result_of
from machikado.conformance.sample import Chosen
from machikado.conformance.sheet import FaultsError
from machikado.conformance.verdicts import CriterionVerdict, TestRecord
from machikado.content.tree import MemoryTree
from machikado.vocabulary import Finding, Location, Outcome, Report, Text

TODAY = date(2026, 11, 23)
LEAST = """\
scope: { ja: 全部のページ, en: Every page }
deadline: 2027-03-31
department: { ja: 広報課, en: Public relations }
"""
"""The shortest policy there is."""
PAGES = (Chosen("/", "home", "aa"), Chosen("/plan/", "random", "bb"))
DIGESTS = {"/": "aa", "/plan/": "bb", "/other/": "cc"}
CLEAN = Report(3)


def policy_of(text: str = LEAST) -> Policy:
    policy = read_policy(MemoryTree({POLICY_FILE: text}))
    assert policy is not None
    return policy


def faults_in(error: pytest.ExceptionInfo[FaultsError]) -> list[tuple[str, str]]:
    """Every fault as its place and its English words."""
    return [(str(fault.where), fault.text.en) for fault in error.value.faults]


def finding(check: str = "image-alt", *criteria: str, **more: object) -> Finding:
    made = Finding(check, Text("問題", "fault"), Text("直し方", "advice"), "/", criteria=criteria)
    return replace(made, **more)  # type: ignore[arg-type]


def doubt(check: str = "color-contrast", *criteria: str, **more: object) -> Finding:
    return replace(finding(check, *criteria, **more), outcome=Outcome.CANT_TELL)


def verdict(
    criterion: str, outcomes: Mapping[str, Outcome], when: date = date(2026, 11, 10)
) -> CriterionVerdict:
    return CriterionVerdict(
        criterion, "佐藤", when, "見た", outcomes, Location("a11y_tests/manual/criteria.yml", 1)
    )


def all_met(policy: Policy, but: Mapping[str, Outcome] | None = None) -> list[CriterionVerdict]:
    """Verdicts that every promised criterion is met on every page, but for those in `but`."""
    other = but or {}
    return [
        verdict(one.number, dict.fromkeys(("/", "/plan/"), other.get(one.number, Outcome.PASSED)))
        for one in policy.promised
    ]


def record(verdicts: Sequence[CriterionVerdict] = (), **more: object) -> TestRecord:
    made = TestRecord(
        date(2026, 11, 1), date(2026, 11, 20), None, "広報課", "1", PAGES, tuple(verdicts)
    )
    return replace(made, **more)  # type: ignore[arg-type]


def outcome_of(
    policy: Policy,
    machine: Report | None = CLEAN,
    test: TestRecord | None = None,
    today: date = TODAY,
) -> TestResult:
    return result_of(policy, machine, test, DIGESTS, today)
