from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from conformance_kit import (
    CLEAN,
    LEAST,
    TODAY,
    all_met,
    doubt,
    finding,
    outcome_of,
    policy_of,
    record,
    verdict,
)

from machikado.conformance.pages import claim_sentence
from machikado.conformance.policy import Claim
from machikado.conformance.result import Applies, CriterionResult, Met, TestResult
from machikado.vocabulary import Finding, Outcome, Problem, Report, Text, Weight

POLICY = policy_of()
NUMBERS = [one.number for one in POLICY.promised]
FAILED = Outcome.FAILED


def line(result: TestResult, number: str) -> CriterionResult:
    return next(one for one in result.every if one.criterion.number == number)


def machine(*findings: Finding, **applicable: int) -> Report:
    return Report(3, findings, applicable=applicable)


def test_nothing_is_judged_where_no_person_judged_and_the_claim_is_consideration() -> None:
    result = outcome_of(POLICY, CLEAN)
    assert {(one.applies, one.met) for one in result.promised} == {
        (Applies.NOT_JUDGED, Met.NOT_JUDGED)
    }
    assert (len(result.promised), result.claim, result.level_met) == (38, Claim.CONSIDERED, None)
    assert claim_sentence(result).ja == (
        "JIS X 8341-3:2016のレベルAAに「配慮」しています。人による試験は、まだ行っていません。規格を満たしているとは言えません。"
    )


def test_a_machine_can_show_that_a_criterion_is_not_met() -> None:
    result = outcome_of(POLICY, machine(finding("image-alt", "1.1.1"), finding("alt", "1.1.1")))
    assert line(result, "1.1.1").met is Met.NO
    assert line(result, "1.1.1").applies is Applies.YES
    assert line(result, "1.1.1").failures == 2
    assert [one.criterion.number for one in result.failed] == ["1.1.1"]


def test_a_waived_failure_is_still_one_and_a_warning_is_none() -> None:
    waived = finding("image-alt", "1.1.1", weight=Weight.WAIVED)
    warned = finding("heading", "1.3.1", weight=Weight.WARNING)
    result = outcome_of(POLICY, machine(waived, warned))
    assert [one.criterion.number for one in result.failed] == ["1.1.1"]


def test_a_machine_that_found_nothing_shows_only_that_a_criterion_applies() -> None:
    result = outcome_of(POLICY, Report(3, applicable={"1.1.1": 2, "1.2.1": 0}))
    assert (line(result, "1.1.1").applies, line(result, "1.1.1").met) == (
        Applies.YES,
        Met.NOT_JUDGED,
    )
    assert line(result, "1.2.1").applies is Applies.NOT_JUDGED


def test_a_criterion_is_met_when_people_found_so_on_every_page_of_the_sample() -> None:
    both = {"/": Outcome.PASSED, "/plan/": Outcome.INAPPLICABLE}
    one = {"/": Outcome.PASSED}
    test = record([verdict("1.1.1", both), verdict("1.3.1", one)])
    result = outcome_of(POLICY, CLEAN, test)
    assert (line(result, "1.1.1").applies, line(result, "1.1.1").met) == (Applies.YES, Met.YES)
    assert line(result, "1.3.1").met is Met.NOT_JUDGED


def test_a_criterion_that_applies_nowhere_in_the_sample_is_met() -> None:
    nowhere = dict.fromkeys(("/", "/plan/"), Outcome.INAPPLICABLE)
    result = outcome_of(POLICY, CLEAN, record([verdict("1.2.1", nowhere)]))
    assert (line(result, "1.2.1").applies, line(result, "1.2.1").met) == (Applies.NO, Met.YES)


def test_what_applies_beyond_the_sample_is_not_judged_by_pages_without_it() -> None:
    nowhere = dict.fromkeys(("/", "/plan/"), Outcome.INAPPLICABLE)
    results = Report(3, applicable={"1.2.1": 1})
    result = outcome_of(POLICY, results, record([verdict("1.2.1", nowhere)]))
    assert (line(result, "1.2.1").applies, line(result, "1.2.1").met) == (
        Applies.YES,
        Met.NOT_JUDGED,
    )


def test_one_page_that_people_found_not_to_meet_a_criterion_fails_it() -> None:
    found = {"/": Outcome.PASSED, "/plan/": Outcome.FAILED}
    result = outcome_of(POLICY, CLEAN, record([verdict("2.4.6", found)]))
    assert line(result, "2.4.6").met is Met.NO
    assert line(result, "2.4.6").failed_pages == ("/plan/",)


def test_the_newer_verdict_on_a_page_counts() -> None:
    old = verdict("2.4.6", dict.fromkeys(("/", "/plan/"), Outcome.FAILED), date(2026, 11, 2))
    new = verdict("2.4.6", dict.fromkeys(("/", "/plan/"), Outcome.PASSED), date(2026, 11, 9))
    assert line(outcome_of(POLICY, CLEAN, record([new, old])), "2.4.6").met is Met.YES


@pytest.mark.parametrize(
    "results",
    [
        machine(doubt("color-contrast", "1.4.3")),
        Report(3, (), (Problem("/x/", Text("無理", "no")),)),
        Report(1),
        Report(3, audited=("/", "/other/")),
        None,
    ],
)
def test_open_questions_and_pages_nobody_could_look_at_keep_a_criterion_open(
    results: Report | None,
) -> None:
    result = outcome_of(POLICY, results, record(all_met(POLICY)))
    assert line(result, "1.4.3").met is Met.NOT_JUDGED
    assert result.claim is Claim.CONSIDERED


def test_compliance_is_said_when_a_finished_test_finds_every_criterion_met() -> None:
    result = outcome_of(POLICY, CLEAN, record(all_met(POLICY)))
    assert (result.claim, result.level_met, result.is_tested) == (Claim.FULL, "AA", True)
    assert claim_sentence(result).ja == (
        "JIS X 8341-3:2016のレベルAAに準拠しています（令和8年（2026年）11月20日に終えた試験による）。"
    )


def test_a_test_that_is_not_finished_proves_nothing() -> None:
    result = outcome_of(POLICY, CLEAN, record(all_met(POLICY), until=None))
    assert (result.claim, result.level_met) == (Claim.CONSIDERED, None)
    assert "まだ終わっていません" in claim_sentence(result).ja


def test_a_test_that_left_one_criterion_open_proves_nothing() -> None:
    result = outcome_of(POLICY, CLEAN, record(all_met(POLICY)[1:]))
    assert (result.claim, result.level_met) == (Claim.CONSIDERED, None)
    assert "まだ判定していない達成基準があります。" in claim_sentence(result).ja
    none = outcome_of(POLICY, CLEAN, record(all_met(POLICY, dict.fromkeys(NUMBERS, FAILED))))
    assert (none.claim, none.is_tested) == (Claim.CONSIDERED, True)
    assert "満たしている達成基準はありませんでした" in claim_sentence(none).ja


def test_partial_compliance_is_said_when_some_criteria_are_not_met() -> None:
    verdicts = all_met(POLICY, {"1.4.3": Outcome.FAILED})
    result = outcome_of(POLICY, CLEAN, record(verdicts))
    assert (result.claim, result.level_met) == (Claim.PARTIAL, "A")
    assert claim_sentence(result).ja.endswith("38の達成基準のうち、37を満たしています。")
    worse = outcome_of(POLICY, CLEAN, record(all_met(POLICY, {"1.1.1": Outcome.FAILED})))
    assert (worse.claim, worse.level_met) == (Claim.PARTIAL, None)


def test_an_error_that_a_machine_finds_later_takes_compliance_away() -> None:
    later = machine(finding("image-alt", "1.1.1"))
    assert outcome_of(POLICY, later, record(all_met(POLICY))).claim is Claim.PARTIAL


def test_additional_criteria_are_told_and_are_part_of_no_level() -> None:
    policy = policy_of(LEAST + "additional: [2.5.8]\n")
    result = outcome_of(policy, machine(finding("size", "2.5.8")), record(all_met(policy)))
    assert [one.criterion.number for one in result.failed] == ["2.5.8"]
    assert (result.claim, result.level_met) == (Claim.FULL, "AA")


def test_a_test_is_out_of_date_after_a_year() -> None:
    test = record(all_met(POLICY))
    assert outcome_of(POLICY, CLEAN, test, date(2027, 11, 20)).is_current
    late = outcome_of(POLICY, CLEAN, test, date(2027, 11, 21))
    assert [note.en for note in late.notes] == [
        "The test (until 2026-11-20) is older than a year; test again."
    ]


def test_a_leap_days_test_lasts_until_the_first_of_march() -> None:
    test = record(all_met(POLICY), begun=date(2028, 2, 1), until=date(2028, 2, 29))
    assert outcome_of(POLICY, CLEAN, test, date(2029, 3, 1)).is_current
    assert not outcome_of(POLICY, CLEAN, test, date(2029, 3, 2)).is_current


def test_pages_that_changed_or_went_since_the_test_are_named() -> None:
    pages = (
        *record().pages,
        replace(record().pages[0], address="/gone/"),
        replace(record().pages[0], address="/other/", digest="old"),
    )
    notes = outcome_of(POLICY, CLEAN, record(pages=pages)).notes
    assert [note.en for note in notes] == [
        "Of the pages that were tested some are gone: /gone/",
        "Some pages have changed since they were tested: /other/",
    ]


def test_a_deadline_that_passed_without_a_finished_test_is_told() -> None:
    assert outcome_of(POLICY, CLEAN, None, date(2027, 3, 31)).is_current
    late = outcome_of(POLICY, CLEAN, None, date(2027, 4, 1))
    assert [note.ja for note in late.notes] == [
        "方針の達成期限（2027-03-31）を過ぎましたが、試験が終わっていません。"
    ]
    assert outcome_of(POLICY, CLEAN, record(all_met(POLICY)), date(2027, 4, 1)).is_current


def test_a_policy_of_another_standard_and_level_promises_its_criteria() -> None:
    policy = policy_of(LEAST + "standard: wcag-2.2\nlevel: A\n")
    result = outcome_of(policy, CLEAN)
    assert len(result.promised) == 31
    assert claim_sentence(result).en.startswith("This site takes level A of WCAG 2.2 into")
    assert policy.deadline > TODAY
