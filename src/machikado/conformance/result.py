"""The result of a test: each criterion, and what may be said of the whole (準拠, 一部準拠, 配慮).

A machine can show that a criterion is not met; only people can show that it is. Whatever nobody has
judged is not judged, and a test that is not finished lets a site speak of 配慮 and nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from machikado.conformance.policy import Claim, Policy
from machikado.conformance.standard import LEVELS, Criterion
from machikado.conformance.verdicts import CriterionVerdict, TestRecord
from machikado.vocabulary import Finding, Level, Outcome, Report, Text, Weight


class Applies(StrEnum):
    """Whether the site has what a criterion is about (適用)."""

    YES = "yes"
    NO = "no"
    NOT_JUDGED = "notJudged"


class Met(StrEnum):
    """Whether a criterion is met (結果); one that does not apply is met."""

    YES = "yes"
    NO = "no"
    NOT_JUDGED = "notJudged"


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """One line of the checklist.

    failures: failed findings of machines, waived ones among them, and of people's answers;
    doubts: questions nobody has answered; judged: pages of the sample that people judged;
    failed_pages: those of them that people found to fail it.
    """

    criterion: Criterion
    applies: Applies
    met: Met
    failures: int = 0
    doubts: int = 0
    judged: int = 0
    failed_pages: tuple[str, ...] = ()


@dataclass(frozen=True)
class TestResult:
    """What the results page tells. promised: standard and level of the policy; added: beyond it.

    notes: why the result should be looked at again, for people; `is_current` while there is none.
    """

    __test__ = False  # the name is the field's own, not pytest's

    policy: Policy
    promised: tuple[CriterionResult, ...]
    added: tuple[CriterionResult, ...]
    record: TestRecord | None
    machine: Report | None
    notes: tuple[Text, ...] = ()

    @property
    def every(self) -> tuple[CriterionResult, ...]:
        return (*self.promised, *self.added)

    @property
    def failed(self) -> tuple[CriterionResult, ...]:
        return tuple(one for one in self.every if one.met is Met.NO)

    @property
    def is_current(self) -> bool:
        return not self.notes

    @property
    def is_tested(self) -> bool:
        """Whether people finished a test: its days are known and no promised criterion is left open."""
        ended = self.record is not None and self.record.until is not None
        return ended and all(one.met is not Met.NOT_JUDGED for one in self.promised)

    @property
    def claim(self) -> Claim:
        """What may be said: no more than is proven.

        準拠 wants a test with every criterion of the policy's level met, 一部準拠 one with some met.
        The additional criteria (追加する達成基準) are part of no level.
        """
        if not self.is_tested:
            return Claim.CONSIDERED
        met = [one.met is Met.YES for one in self.promised]
        if all(met):
            return Claim.FULL
        return Claim.PARTIAL if any(met) else Claim.CONSIDERED

    @property
    def level_met(self) -> Level | None:
        """The highest level of which every criterion is met by a finished test."""
        if not self.is_tested:
            return None
        met: Level | None = None
        for level in LEVELS[: LEVELS.index(self.policy.level) + 1]:
            ours = (one for one in self.promised if one.criterion.level == level)
            if not all(one.met is Met.YES for one in ours):
                break
            met = level
        return met


def result_of(
    policy: Policy,
    machine: Report | None,
    record: TestRecord | None,
    digests: Mapping[str, str],
    today: date,
) -> TestResult:
    """Join what machines found and people judged.

    machine: after the policy weighed it and answers are in it, its pages from the site's root; digests: of the site's pages as they
    are now, by address (`sample.digest_of`); today: the day of the report.
    """
    findings = machine.findings if machine else ()
    verdicts = record.verdicts if record else ()

    def line(criterion: Criterion) -> CriterionResult:
        return _line(
            criterion,
            [finding for finding in findings if criterion.number in finding.criteria],
            [verdict for verdict in verdicts if verdict.criterion == criterion.number],
            machine,
            record,
        )

    return TestResult(
        policy,
        tuple(map(line, policy.promised)),
        tuple(map(line, policy.added)),
        record,
        machine,
        tuple(_notes(policy, machine, record, digests, today)),
    )


def _line(
    criterion: Criterion,
    findings: Sequence[Finding],
    verdicts: Sequence[CriterionVerdict],
    machine: Report | None,
    record: TestRecord | None,
) -> CriterionResult:
    # What somebody answers for until a day is no less of a failure until then.
    hard = (Weight.ERROR, Weight.WAIVED)
    failures = [f for f in findings if f.outcome is Outcome.FAILED and f.weight in hard]
    doubts = [f for f in findings if f.outcome is Outcome.CANT_TELL]
    judged: dict[str, Outcome] = {}
    for verdict in sorted(verdicts, key=lambda one: one.when):
        judged |= verdict.pages
    found = set(judged.values())
    sample = record.addresses if record else ()
    everywhere = bool(sample) and all(address in judged for address in sample)
    is_proven = everywhere and _saw_all(machine, sample)
    touched = machine.applicable.get(criterion.number, 0) > 0 if machine else False
    # People found no use for it in the sample and a machine found one beyond: nobody judged that.
    is_open = bool(doubts) or (touched and Outcome.PASSED not in found)
    return CriterionResult(
        criterion,
        _applies(bool(failures or touched) or bool(found - {Outcome.INAPPLICABLE}), everywhere),
        _met(bool(failures) or Outcome.FAILED in found, is_proven, is_open),
        len(failures),
        len(doubts),
        len(judged),
        tuple(address for address, outcome in judged.items() if outcome is Outcome.FAILED),
    )


def _applies(is_seen: bool, everywhere: bool) -> Applies:
    if is_seen:
        return Applies.YES
    # That no machine found a use for its checks proves nothing; that people looked everywhere does.
    return Applies.NO if everywhere else Applies.NOT_JUDGED


def _saw_all(machine: Report | None, sample: Sequence[str]) -> bool:
    """Whether a machine looked at every page of the sample, as far as the audit says."""
    if machine is None or machine.errors:
        return False
    if machine.audited:
        return set(sample) <= set(machine.audited)
    return machine.pages >= len(sample)


def _met(is_failed: bool, is_proven: bool, is_open: bool) -> Met:
    if is_failed:
        return Met.NO
    return Met.YES if is_proven and not is_open else Met.NOT_JUDGED


def a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return date(day.year + 1, 3, 1)


def _notes(
    policy: Policy,
    machine: Report | None,
    record: TestRecord | None,
    digests: Mapping[str, str],
    today: date,
) -> Iterable[Text]:
    if machine and machine.errors:
        count = len(machine.errors)
        yield Text(
            f"機械で検査できなかったページが{count}ページあります。",
            f"{count} pages could not be audited by machine.",
        )
    if record is None or record.until is None:
        if policy.deadline < today:
            yield Text(
                f"方針の達成期限（{policy.deadline}）を過ぎましたが、試験が終わっていません。",
                f"The policy's deadline ({policy.deadline}) has passed and no test is finished.",
            )
        return
    if a_year_after(record.until) < today:
        yield Text(
            f"試験（{record.until}まで）から1年を過ぎました。もう一度試験をしてください。",
            f"The test (until {record.until}) is older than a year; test again.",
        )
    gone = [page.address for page in record.pages if page.address not in digests]
    changed = [p.address for p in record.pages if digests.get(p.address, p.digest) != p.digest]
    if gone:
        yield Text(
            f"試験をしたページのうち、今はないものがあります: {', '.join(gone)}",
            f"Of the pages that were tested some are gone: {', '.join(gone)}",
        )
    if changed:
        yield Text(
            f"試験のあとに内容が変わったページがあります: {', '.join(changed)}",
            f"Some pages have changed since they were tested: {', '.join(changed)}",
        )
