from __future__ import annotations

from datetime import date

import pytest
from conformance_kit import LEAST, doubt, faults_in, finding, policy_of

from machikado.conformance.policy import FILE, Claim, read_policy
from machikado.conformance.sheet import FaultsError
from machikado.content.tree import MemoryTree
from machikado.mkdocs_plugin.configuration import load_project
from machikado.vocabulary import Report, Text, Weight
from small_city import ROOT


def test_a_project_without_the_file_has_no_policy() -> None:
    assert read_policy(MemoryTree({})) is None
    assert read_policy(MemoryTree({FILE: "# nothing yet\n"})) is None


def test_the_shortest_policy_means_jis_2016_level_aa_and_consideration() -> None:
    policy = policy_of()
    assert (policy.standard.id, policy.level, policy.goal) == ("jis-2016", "AA", Claim.CONSIDERED)
    assert len(policy.promised) == 38
    assert policy.deadline == date(2027, 3, 31)
    assert policy.department == Text("広報課", "Public relations")
    assert (policy.selection.pages, policy.additional, policy.is_example) == (40, (), False)


def test_additional_criteria_are_numbers_or_a_standard_with_a_level() -> None:
    named = policy_of(LEAST + "additional: [WCAG 2.2 AA, 2.4.8, 1.1.1]\n")
    assert named.additional == (
        *("1.3.4", "1.3.5", "1.4.10", "1.4.11", "1.4.12", "1.4.13"),
        *("2.1.4", "2.4.8", "2.4.11", "2.5.1", "2.5.2", "2.5.3", "2.5.4", "2.5.7", "2.5.8"),
        *("3.2.6", "3.3.7", "3.3.8", "4.1.3"),
    )
    assert policy_of(LEAST + "additional: 2.5.8\n").additional == ("2.5.8",)


def test_what_fails_only_beyond_the_policy_is_a_warning() -> None:
    policy = policy_of()
    assert policy.weigh(finding("size", "2.5.8")).weight is Weight.WARNING
    assert policy.weigh(finding("contrast", "1.4.6")).weight is Weight.WARNING
    assert policy.weigh(finding("alt", "1.1.1")).weight is Weight.ERROR
    assert policy.weigh(finding("link", "2.4.4", "2.4.9")).weight is Weight.ERROR


def test_a_criterion_that_the_policy_adds_stops_publishing() -> None:
    policy = policy_of(LEAST + "additional: [2.5.8]\n")
    assert policy.weigh(finding("size", "2.5.8")).weight is Weight.ERROR
    assert policy.weigh(finding("drag", "2.5.7")).weight is Weight.WARNING


def test_parsing_is_a_warning_where_the_policy_names_wcag_22() -> None:
    parsing = finding("parse", "4.1.1")
    assert policy_of().weigh(parsing).weight is Weight.ERROR
    assert policy_of(LEAST + "standard: wcag-2.2\n").weigh(parsing).weight is Weight.WARNING


def test_a_finding_without_criterion_or_without_failure_keeps_its_weight() -> None:
    policy = policy_of()
    for one in (
        finding("third-party-request"),
        doubt("contrast", "2.5.8"),
        finding("style", "1.1.1", weight=Weight.STYLE),
        finding("waived", "2.5.8", weight=Weight.WAIVED),
    ):
        assert policy.weigh(one) is one


def test_a_report_blocks_no_more_when_all_its_errors_are_beyond_the_policy() -> None:
    report = Report(1, (finding("size", "2.5.8"),))
    assert report.blocks
    weighed = policy_of().weigh_all(report)
    assert not weighed.blocks
    assert len(weighed.warned) == 1


def test_every_fault_is_told_at_once_with_its_line() -> None:
    text = """\
standard: jis-2024
level: B
goal: 適合
deadline: 来年
department: 広報課
additional: [9.9.9, 2.5.8]
scop: {}
problems:
  - problem: { ja: 問題 }
sample: { pages: 0, representative: [homes] }
translation: { method: ai }
"""
    with pytest.raises(FaultsError) as error:
        policy_of(text)
    told = dict(faults_in(error))
    assert [(where, words.split(";")[0]) for where, words in faults_in(error)] == [
        (f"{FILE}:1", "`scope` is missing."),
        (f"{FILE}:1", "`standard`: `jis-2024` cannot be used"),
        (f"{FILE}:2", "`level`: `B` cannot be used"),
        (f"{FILE}:3", "`goal`: `適合` cannot be used"),
        (f"{FILE}:4", "`deadline`: `来年` is no date"),
        (f"{FILE}:5", "`department`: must be written as keys and values."),
        (f"{FILE}:6", "`additional[1]`: there is no criterion `9.9.9`"),
        (f"{FILE}:7", "there is no key `scop`"),
        (f"{FILE}:9", "`problems[1]`: `response` is missing."),
        (f"{FILE}:10", "`sample.representative[1]`: `homes` cannot be used"),
        (f"{FILE}:10", "`sample.pages`: must be a whole number from 1 to 1000."),
        (f"{FILE}:11", "`translation.method`: `ai` cannot be used"),
    ]
    assert "known are 準拠, 一部準拠, 配慮" in told[f"{FILE}:3"]
    assert error.value.where == f"{FILE}:1"
    assert error.value.text.ja.count("\n") == 11
    assert f"\n{FILE}:4: 「deadline」: 日付「来年」を読み取れません。" in error.value.text.ja


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"level: AA\nscope: [\n", "3", "it is not valid YAML"),
        (b"level: AA\nscope: *all\n", "2", "a value cannot begin with *"),
        ("level: AA\nscope: 全部\n".encode("shift_jis"), "2", "the file is not UTF-8"),
        (b"- level\n", "1", "must be written as keys and values."),
        (b"level: A\nlevel: AA\n", "2", "`level` is written twice"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_with_its_line(
    data: bytes, line: str, words: str
) -> None:
    with pytest.raises(FaultsError) as error:
        read_policy(MemoryTree({FILE: data}))
    assert any(where == f"{FILE}:{line}" and words in told for where, told in faults_in(error))


def test_a_folded_line_of_japanese_has_no_space_where_it_was_folded() -> None:
    policy = policy_of(
        LEAST + "introduction:\n  ja: >-\n    一つ。\n    二つ。\n  en: >-\n    one\n    two\n"
    )
    assert policy.introduction == Text("一つ。二つ。", "one two")


def test_the_demos_policy_adds_wcag_22_aa_and_marks_what_is_made_up() -> None:
    policy = read_policy(load_project(ROOT / "mkdocs.yml").tree)
    assert policy is not None
    assert (policy.standard.id, policy.level, policy.goal) == ("jis-2016", "AA", Claim.CONSIDERED)
    assert len(policy.added) == 18
    assert policy.is_example
