"""The result for machines: CSV, JSON, and EARL 1.0 as JSON-LD.

EARL 1.0 Schema (W3C Working Group Note, 2 February 2017): an assertion has one assertor, one
subject, one test and one result, a result has one outcome.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from urllib.parse import urljoin

from machikado.conformance.policy import CLAIM_WORDS
from machikado.conformance.result import Applies, CriterionResult, Met, TestResult
from machikado.conformance.standard import Criterion
from machikado.vocabulary import Finding, Outcome, Weight

SCHEMA = 1
CONTEXT = {
    "earl": "http://www.w3.org/ns/earl#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
}
_SITE = "_:site"
"""The site as a whole: its address is that of its home page, which is a subject by itself."""
_APPLIES = {Applies.YES: "あり", Applies.NO: "なし", Applies.NOT_JUDGED: "未判定"}
_MET = {Met.YES: "満たしている", Met.NO: "満たしていない", Met.NOT_JUDGED: "未判定"}

_HEADS = (
    *("達成基準", "名前", "Name", "レベル", "規格", "適用", "結果"),
    *("失敗の数", "未回答の問い", "人が確かめたページ数"),
)


def as_csv(result: TestResult) -> str:
    """The checklist, a line a criterion (RFC 4180, lines end with CRLF)."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(_HEADS)
    for one, origin in _with_origin(result):
        criterion = one.criterion
        words = (criterion.number, criterion.name.ja, criterion.name.en, criterion.level, origin)
        judged = (_APPLIES[one.applies], _MET[one.met])
        writer.writerow((*words, *judged, one.failures, one.doubts, one.judged))
    return file.getvalue()


def _with_origin(result: TestResult) -> Iterator[tuple[CriterionResult, str]]:
    for one in result.promised:
        yield one, result.policy.standard.name.ja
    for one in result.added:
        yield one, "追加する達成基準"


def as_json(result: TestResult, day: date) -> dict[str, Any]:
    """The whole result for `--format json`."""
    policy, record = result.policy, result.record
    return {
        "schema": SCHEMA,
        "day": day.isoformat(),
        "standard": policy.standard.id,
        "level": policy.level,
        "claim": result.claim.value,
        "claim_ja": CLAIM_WORDS[result.claim].ja,
        "level_met": result.level_met,
        "tested": result.is_tested,
        "current": result.is_current,
        "notes": [{"ja": note.ja, "en": note.en} for note in result.notes],
        "test": {
            "from": record.begun.isoformat() if record and record.begun else None,
            "to": record.until.isoformat() if record and record.until else None,
            "declared": record.declared.isoformat() if record and record.declared else None,
            "pages": list(record.addresses) if record else [],
        },
        "criteria": [
            {
                "number": one.criterion.number,
                "level": one.criterion.level,
                "name": {"ja": one.criterion.name.ja, "en": one.criterion.name.en},
                "additional": one in result.added,
                "applies": one.applies.value,
                "met": one.met.value,
                "failures": one.failures,
                "doubts": one.doubts,
                "judged": one.judged,
                "failed_pages": list(one.failed_pages),
            }
            for one in result.every
        ],
    }


def as_earl(result: TestResult, site_url: str, name: str, version: str) -> str:
    """The result as JSON-LD: an assertion for each criterion, then those for single pages.

    People are named as the test's record names them together; who judged what stays in the project.
    """
    software = {
        "@id": "_:machikado",
        "@type": ["earl:Assertor", "earl:Software"],
        "dct:title": "Machikado",
        "dct:hasVersion": version,
    }
    people = {"@id": "_:people", "@type": ["earl:Assertor", "foaf:Agent"]}
    if result.record and result.record.by:
        people["foaf:name"] = result.record.by
    site = {
        "@id": _SITE,
        "@type": "earl:TestSubject",
        "dct:title": name,
        "dct:source": {"@id": site_url},
    }
    assertors = [software, people] if result.record else [software]
    graph = [*assertors, site, *_assertions(result, site_url)]
    document = {"@context": CONTEXT, "@graph": graph}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _assertions(result: TestResult, site_url: str) -> Iterator[dict[str, Any]]:
    for one in result.every:
        yield _of_criterion(result, one)
    findings: Sequence[Finding] = result.machine.findings if result.machine else ()
    told = set()
    for finding in findings:
        hard = finding.weight in (Weight.ERROR, Weight.WAIVED)
        if finding.outcome is not Outcome.FAILED or not hard:
            continue
        for one in result.every:
            key = finding.page, finding.check, one.criterion.number
            if one.criterion.number in finding.criteria and key not in told:
                told.add(key)
                page = urljoin(site_url, finding.page)
                words = f"{finding.check}: {finding.message.en}"
                yield _assertion("_:machikado", page, one.criterion, "automatic", "failed", words)
    for verdict in result.record.verdicts if result.record else ():
        criteria = (o.criterion for o in result.every if o.criterion.number == verdict.criterion)
        for criterion in criteria:
            for address, outcome in verdict.pages.items():
                page = urljoin(site_url, address.lstrip("/"))
                yield _assertion("_:people", page, criterion, "manual", outcome.value, None)


def _of_criterion(result: TestResult, one: CriterionResult) -> dict[str, Any]:
    mode = None
    if one.judged:
        mode = "semiAuto" if result.machine else "manual"
    elif result.machine:
        mode = "automatic"
    who = "_:people" if one.judged else "_:machikado"
    return _assertion(who, _SITE, one.criterion, mode, _outcome(result, one), None)


def _outcome(result: TestResult, one: CriterionResult) -> str:
    if one.met is Met.NO:
        return "failed"
    if one.met is Met.YES:
        return "inapplicable" if one.applies is Applies.NO else "passed"
    return "cantTell" if one.judged or result.machine else "untested"


def _assertion(
    who: str,
    subject: str,
    criterion: Criterion,
    mode: str | None,
    outcome: str,
    info: str | None,
) -> dict[str, Any]:
    result = {"@type": "earl:TestResult", "earl:outcome": {"@id": f"earl:{outcome}"}}
    assertion = {
        "@type": "earl:Assertion",
        "earl:assertedBy": {"@id": who},
        "earl:subject": {"@id": subject, "@type": "earl:TestSubject"},
        "earl:test": {
            "@id": criterion.url,
            "@type": "earl:TestRequirement",
            "dct:title": f"{criterion.number} {criterion.name.en}",
        },
        "earl:result": result | ({"earl:info": info} if info else {}),
    }
    return assertion | ({"earl:mode": {"@id": f"earl:{mode}"}} if mode else {})
