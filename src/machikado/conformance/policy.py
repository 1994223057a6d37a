"""The accessibility policy (ウェブアクセシビリティ方針), `a11y_tests/policy.yml`: data that staff edit.

Its items are those that JIS X 8341-3:2016, JA.1 and WAIC's guideline for policies ask for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import cast

from machikado.conformance.sheet import FOLDER, Faults, Part, open_sheet
from machikado.conformance.standard import (
    DEFAULT,
    LEVELS,
    Criterion,
    Standard,
    every_criterion,
    in_order,
    standards,
)
from machikado.content.front_matter import Method
from machikado.content.tree import Tree
from machikado.vocabulary import Finding, Level, Outcome, Report, Text, Weight

FILE = f"{FOLDER}/policy.yml"
KINDS = ("home", "section", "article", "news", "search", "accessibility", "help")
"""Kinds of page that can stand for others; see `conformance.sample`."""

_NAMED_STANDARD = re.compile(r"(WCAG \d\.\d) (A{1,3})")


class Claim(StrEnum):
    """What may be said of a site (対応度; WAIC, 対応度表記ガイドライン): 準拠, 一部準拠, 配慮."""

    FULL = "full"
    PARTIAL = "partial"
    CONSIDERED = "considered"


CLAIM_WORDS = {
    Claim.FULL: Text("準拠", "compliance (junkyo)"),
    Claim.PARTIAL: Text("一部準拠", "partial compliance (ichibu junkyo)"),
    Claim.CONSIDERED: Text("配慮", "consideration (hairyo)"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A known problem (把握している問題点) and what is done about it (今後の対応)."""

    problem: Text
    response: Text


@dataclass(frozen=True, slots=True)
class Selection:
    """How the pages of a test are chosen: kinds or addresses that stand for others, the rest by a seed."""

    pages: int = 40
    seed: str = "1"
    representative: tuple[str, ...] = KINDS


@dataclass(frozen=True)
class Policy:
    """What the policy promises.

    additional: numbers of criteria beyond standard and level (追加する達成基準);
    is_example: deadline and department are made up and shown as such;
    more: further Markdown for the policy page; method, reviewer: how its English was made.
    """

    standard: Standard
    level: Level
    goal: Claim
    scope: Text
    department: Text
    deadline: date
    additional: tuple[str, ...] = ()
    exceptions: Text | None = None
    problems: tuple[Problem, ...] = ()
    technologies: tuple[str, ...] = ("HTML", "CSS")
    introduction: Text | None = None
    more: Text | None = None
    is_example: bool = False
    method: Method = Method.MACHINE
    reviewer: str | None = None
    selection: Selection = field(default_factory=Selection)

    @cached_property
    def promised(self) -> tuple[Criterion, ...]:
        """The criteria of the chosen standard and level: what 準拠 is about."""
        return self.standard.up_to(self.level)

    @cached_property
    def added(self) -> tuple[Criterion, ...]:
        """The additional criteria."""
        return tuple(every_criterion()[number] for number in self.additional)

    @cached_property
    def covered(self) -> frozenset[str]:
        """The numbers of all criteria whose failure stops publishing."""
        return frozenset(one.number for one in (*self.promised, *self.added))

    def weigh(self, finding: Finding) -> Finding:
        """The finding as this policy weighs it.

        An error whose criteria are all beyond standard, level and additional criteria is a warning;
        a finding without a criterion keeps its weight, and no weight is ever made heavier.
        """
        if finding.outcome is not Outcome.FAILED or finding.weight is not Weight.ERROR:
            return finding
        if not finding.criteria or not self.covered.isdisjoint(finding.criteria):
            return finding
        return replace(finding, weight=Weight.WARNING)

    def weigh_all(self, report: Report) -> Report:
        return replace(report, findings=tuple(map(self.weigh, report.findings)))


def read_policy(tree: Tree) -> Policy | None:
    """The policy of a project, or None where it has none. Raises FaultsError with all that is wrong."""
    if not tree.exists(FILE):
        return None
    faults = Faults()
    sheet = open_sheet(tree.read(FILE), FILE, faults)
    policy = _policy(sheet) if sheet else None
    if sheet is None and not faults:
        return None
    faults.must_be_none()
    return policy


_REQUIRED = ("scope", "deadline", "department")
_KEYS = (
    *("standard", "level", "goal", "additional", "scope", "deadline", "exceptions", "department"),
    *("problems", "technologies", "introduction", "more", "example", "translation", "sample"),
)


def _policy(sheet: Part) -> Policy:
    keys = sheet.keys(_KEYS, _REQUIRED)
    known = standards()
    standard = known[DEFAULT]
    level: Level = "AA"
    goal = Claim.CONSIDERED
    if part := keys.get("standard"):
        standard = part.choice(known) or standard
    if part := keys.get("level"):
        level = cast("Level", part.choice({one: one for one in LEVELS}) or level)
    if part := keys.get("goal"):
        words = {CLAIM_WORDS[claim].ja: claim for claim in Claim}
        goal = part.choice(words) or goal
    promised = {one.number for one in standard.up_to(level)}
    method, reviewer = _translation(keys.get("translation"))
    return Policy(
        standard,
        level,
        goal,
        scope=_both(keys.get("scope")) or Text("", ""),
        department=_both(keys.get("department")) or Text("", ""),
        deadline=(keys["deadline"].day() if "deadline" in keys else None) or date.min,
        additional=_additional(keys.get("additional"), promised),
        exceptions=_both(keys.get("exceptions")),
        problems=_problems(keys.get("problems")),
        technologies=keys["technologies"].texts() if "technologies" in keys else ("HTML", "CSS"),
        introduction=_both(keys.get("introduction")),
        more=_both(keys.get("more")),
        is_example="example" in keys and keys["example"].flag(),
        method=method,
        reviewer=reviewer,
        selection=_selection(keys.get("sample")),
    )


def _both(part: Part | None) -> Text | None:
    return part.both() if part else None


def _additional(part: Part | None, promised: set[str]) -> tuple[str, ...]:
    """Numbers, from numbers and from words such as `WCAG 2.2 AA`, without those promised anyway."""
    found: set[str] = set()
    by_name = {standard.name.en: standard for standard in standards().values()}
    for one in part.items() if part else ():
        written = one.text()
        named = _NAMED_STANDARD.fullmatch(written)
        if named and named[1] in by_name:
            criteria = by_name[named[1]].up_to(cast("Level", named[2]))
            found.update(criterion.number for criterion in criteria)
        elif written in every_criterion():
            found.add(written)
        elif written:
            one.wrong(
                f"「{written}」という達成基準はありません。2.5.8 や WCAG 2.2 AA のように書いてください。",
                f"there is no criterion `{written}`; write it like 2.5.8 or WCAG 2.2 AA.",
            )
    return in_order(found - promised)


def _problems(part: Part | None) -> tuple[Problem, ...]:
    found = []
    for one in part.items() if part else ():
        keys = one.keys(("problem", "response"), ("problem", "response"))
        if len(keys) == 2:
            found.append(Problem(keys["problem"].both(), keys["response"].both()))
    return tuple(found)


def _translation(part: Part | None) -> tuple[Method, str | None]:
    keys = part.keys(("method", "reviewer")) if part else {}
    method = keys["method"].choice({str(one): one for one in Method}) if "method" in keys else None
    return method or Method.MACHINE, keys["reviewer"].text() if "reviewer" in keys else None


def _selection(part: Part | None) -> Selection:
    default = Selection()
    keys = part.keys(("pages", "seed", "representative")) if part else {}
    chosen = default.representative
    if "representative" in keys:
        chosen = tuple(
            one.text() for one in keys["representative"].items() if _is_representative(one)
        )
    return Selection(
        (keys["pages"].number(1, 1000) if "pages" in keys else None) or default.pages,
        keys["seed"].text() if "seed" in keys else default.seed,
        chosen,
    )


def _is_representative(part: Part) -> bool:
    written = part.text()
    if written in KINDS or written.startswith("/"):
        return True
    kinds = ", ".join(KINDS)
    part.wrong(
        f"「{written}」は使えません。{kinds} か、/plan/ のようなアドレスを書いてください。",
        f"`{written}` cannot be used; write one of {kinds}, or an address such as /plan/.",
    )
    return False
