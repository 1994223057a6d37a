"""A report in SARIF 2.1.0, for code scanning and editors (OASIS Standard with errata 01, 28 August 2023)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from machikado.audit.check import all_checks
from machikado.audit.telling import Group, sorted_out, views_of
from machikado.conformance.standard import every_criterion
from machikado.vocabulary import Finding, Language, Outcome, Problem, Report, Text, Weight

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
PAGES_LISTED = 20
"""So many pages are listed with a fault that stands on more."""

_LEVELS = {
    Weight.ERROR: "error",
    Weight.WARNING: "warning",
    Weight.STYLE: "note",
    Weight.WAIVED: "error",
}
_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>()#+!|~&-]")
_TITLES = {
    "color-contrast": Text("文字と背景の明るさの差", "Contrast of text and background"),
    "color-contrast-enhanced": Text(
        "文字と背景の明るさの差（高度）", "Contrast of text and background, enhanced"
    ),
    "page-redirect": Text("別のアドレスへ移るページ", "A page that leads elsewhere"),
    "script-error": Text("途中で止まるプログラム", "A script that stops with an error"),
    "third-party-request": Text(
        "外部のサーバーから読み込むもの", "Something loaded from another server"
    ),
}
"""Of checks whose messages carry what was measured: a rule is described alike in every run."""
_PROJECT = Text("このサイトのフォルダー", "The project's folder")


def sarif(report: Report, spoken: Language) -> dict[str, Any]:
    """The report as a SARIF log: a result for each fault, in the language of those who read it.

    A result is at a file and line of the project where they are known, else at a page's address.
    What a machine cannot decide is of kind `review` (3.27.9), what is waived is suppressed (3.27.23),
    a page that could not be audited is a notification of a run that did not succeed (3.20.21).
    """
    found = sorted_out(report)
    groups = [*found.faults, *found.warnings, *found.style, *found.waived, *found.questions]
    rules = _rules(groups, spoken)
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    driver = {
        "name": "Machikado",
        "version": version("machikado"),
        "language": spoken,
        "rules": rules,
    }
    invocation: dict[str, Any] = {"executionSuccessful": not report.errors}
    if report.errors:
        invocation["toolExecutionNotifications"] = [
            _notification(problem, spoken) for problem in report.errors
        ]
    run = {
        "tool": {"driver": driver},
        "language": spoken,
        "invocations": [invocation],
        # Without a `uri`: where the project lies on this machine is nobody's business (3.14.14).
        "originalUriBaseIds": {"%SRCROOT%": {"description": _message(_PROJECT.spoken(spoken))}},
        "results": _results(groups, index, spoken),
    }
    return {"version": "2.1.0", "$schema": SCHEMA, "runs": [run]}


def _results(
    groups: Iterable[Group], index: dict[str, int], spoken: Language
) -> list[dict[str, Any]]:
    met: dict[str, int] = {}
    results = []
    for group in groups:
        result = _result(group, index[group.finding.check], spoken)
        mark = _fingerprint(group.finding)
        met[mark] = met.get(mark, 0) + 1
        # Alike faults of one file are told apart by their order.
        result["partialFingerprints"] = {"machikadoFault/v1": f"{mark}:{met[mark]}"}
        results.append(result)
    return results


def _result(group: Group, rule: int, spoken: Language) -> dict[str, Any]:
    finding = group.finding
    is_question = finding.outcome is Outcome.CANT_TELL
    words, advice = finding.message.spoken(spoken), finding.help.spoken(spoken)
    return {
        "ruleId": finding.check,
        "ruleIndex": rule,
        "kind": "review" if is_question else "fail",
        "level": "none" if is_question else _LEVELS[finding.weight],
        "message": {
            **_message(f"{words} {advice}"),
            "markdown": f"{_escaped(words)}\n\n{_escaped(advice)}",
        },
        "locations": [_location(finding)],
        **({"suppressions": [_suppression(finding)]} if finding.weight is Weight.WAIVED else {}),
        "properties": {
            "criteria": list(finding.criteria),
            "conformanceLevel": finding.level,
            "engine": finding.engine,
            "act": list(finding.act),
            "selector": finding.selector,
            "html": finding.html,
            "pages": list(group.pages[:PAGES_LISTED]),
            "pageCount": len(group.pages),
            "views": views_of(group, spoken),
        },
    }


def _suppression(finding: Finding) -> dict[str, str]:
    return {
        "kind": "external",
        **({"justification": finding.waived} if finding.waived else {}),
    }


def _location(finding: Finding) -> dict[str, Any]:
    logical = [{"name": finding.page, "fullyQualifiedName": finding.page, "kind": "resource"}]
    if finding.source is None:
        return {"logicalLocations": logical}
    artifact = {"uri": quote(finding.source.file), "uriBaseId": "%SRCROOT%"}
    region = {"region": {"startLine": finding.source.line}} if finding.source.line else {}
    return {
        "physicalLocation": {"artifactLocation": artifact, **region},
        "logicalLocations": logical,
    }


def _notification(problem: Problem, spoken: Language) -> dict[str, Any]:
    return {
        "level": "error",
        "message": _message(f"{problem.subject}: {problem.message.spoken(spoken)}"),
        "locations": [
            {"logicalLocations": [{"name": problem.subject, "fullyQualifiedName": problem.subject}]}
        ],
    }


def _rules(groups: Sequence[Group], spoken: Language) -> list[dict[str, Any]]:
    """Every check that has something to say. None has a `helpUri`: a project's folder has no address."""
    titles = {**_TITLES, **{check.id: check.title for check in all_checks()}}
    helps = {check.id: check.help for check in all_checks()}
    firsts: dict[str, Finding] = {}
    for group in groups:
        firsts.setdefault(group.finding.check, group.finding)
    return [
        _rule(finding, titles.get(check), helps.get(check, finding.help), spoken)
        for check, finding in sorted(firsts.items())
    ]


def _rule(finding: Finding, title: Text | None, advice: Text, spoken: Language) -> dict[str, Any]:
    known = every_criterion()
    criteria = [known[number] for number in finding.criteria if number in known]
    named = [
        f"- [{_escaped(f'{one.number} {one.name.spoken(spoken)}')} ({one.level})]({one.url})"
        for one in criteria
    ]
    words = advice.spoken(spoken)
    described = _message((title or finding.message).spoken(spoken))
    return {
        "id": finding.check,
        "shortDescription": described,
        "fullDescription": described,
        "help": {
            **_message(words),
            "markdown": "\n".join([_escaped(words), *(["", *named] if named else [])]),
        },
        "defaultConfiguration": {"level": _LEVELS[finding.weight]},
        "properties": {
            "tags": [
                "accessibility",
                *(f"WCAG {one.number}" for one in criteria),
                *(f"ACT {rule}" for rule in finding.act),
            ]
        },
    }


def _message(text: str) -> dict[str, str]:
    """A plain message: braces are doubled (3.11.5), and no brackets make a link (3.11.6)."""
    return {"text": text.replace("{", "{{").replace("}", "}}").replace("](", "] (")}


def _escaped(text: str) -> str:
    """Text as GitHub's Markdown that shows it as it is; a message must hold no HTML (3.11.4.2)."""
    marked = _MARKDOWN.sub(r"\\\g<0>", text)
    return marked.replace("{", "{{").replace("}", "}}")


def _fingerprint(finding: Finding) -> str:
    """What stays the same when lines are put in above a fault."""
    where = finding.source.file if finding.source else finding.page
    parts = finding.check, finding.outcome, where, finding.selector or "", finding.html or ""
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
