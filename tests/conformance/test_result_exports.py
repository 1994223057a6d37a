from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from conformance_kit import LEAST, all_met, doubt, finding, outcome_of, policy_of, record

from machikado.conformance.exports import as_csv, as_earl, as_json
from machikado.conformance.machine import read_machine
from machikado.vocabulary import (
    ConfigurationError,
    Location,
    Outcome,
    Problem,
    Report,
    State,
    Text,
)

POLICY = policy_of(LEAST + "additional: [2.5.8]\n")
SITE = "https://city.example/base/"
FOUND = Report(3, (finding("image-alt", "1.1.1", page="/base/plan/"), doubt("contrast", "1.4.3")))
RESULT = outcome_of(
    POLICY, FOUND, record(all_met(POLICY, {"1.2.1": Outcome.INAPPLICABLE, "1.3.1": Outcome.FAILED}))
)
NOTHING = outcome_of(POLICY, None)

# EARL 1.0 Schema, W3C Working Group Note, and its RDF schema: one assertor, subject, test and result an
# assertion (cardinality 1), one mode at most, one outcome a result; the terms are all that the vocabulary has.
_REFERENCE = {
    "type": "object",
    "required": ["@id"],
    "properties": {"@id": {"type": "string", "minLength": 1}},
}
EARL: dict[str, Any] = {
    "type": "object",
    "required": ["@context", "@graph"],
    "additionalProperties": False,
    "properties": {
        "@context": {
            "const": {
                "earl": "http://www.w3.org/ns/earl#",
                "dct": "http://purl.org/dc/terms/",
                "foaf": "http://xmlns.com/foaf/0.1/",
            }
        },
        "@graph": {
            "type": "array",
            "items": {"if": {"properties": {"@type": {"const": "earl:Assertion"}}},
                      "then": {"$ref": "#/$defs/assertion"}, "else": _REFERENCE},
        },
    },
    "$defs": {
        "assertion": {
            "type": "object",
            "required": ["@type", "earl:assertedBy", "earl:subject", "earl:test", "earl:result"],
            "additionalProperties": False,
            "properties": {
                "@type": {"const": "earl:Assertion"},
                "earl:assertedBy": _REFERENCE,
                "earl:subject": _REFERENCE,
                "earl:test": _REFERENCE,
                "earl:mode": {"properties": {"@id": {"enum": [
                    "earl:automatic", "earl:manual", "earl:semiAuto", "earl:undisclosed", "earl:unknownMode",
                ]}}},
                "earl:result": {
                    "type": "object",
                    "required": ["@type", "earl:outcome"],
                    "additionalProperties": False,
                    "properties": {
                        "@type": {"const": "earl:TestResult"},
                        "earl:outcome": {"properties": {"@id": {"enum": [
                            "earl:passed", "earl:failed", "earl:cantTell", "earl:inapplicable", "earl:untested",
                        ]}}},
                        "earl:info": {"type": "string"},
                    },
                },
            },
        }
    },
}  # fmt: skip


def assertions(text: str, subject: str = "_:site") -> dict[str, tuple[str, str | None, str]]:
    """Outcome, mode and assertor of each assertion about `subject`, by its criterion."""
    return {
        one["earl:test"]["dct:title"].split()[0]: (
            one["earl:result"]["earl:outcome"]["@id"],
            one.get("earl:mode", {}).get("@id"),
            one["earl:assertedBy"]["@id"],
        )
        for one in json.loads(text)["@graph"]
        if one["@type"] == "earl:Assertion" and one["earl:subject"]["@id"] == subject
    }


@pytest.mark.parametrize("result", [RESULT, NOTHING], ids=["tested", "nothing"])
def test_earl_has_the_shape_that_its_schema_asks_for(result: Any) -> None:  # noqa: ANN401
    document = json.loads(as_earl(result, SITE, "見本市", "1.0"))
    jsonschema.Draft202012Validator(EARL).validate(document)
    broken = json.loads(as_earl(result, SITE, "見本市", "1.0").replace("earl:TestResult", "x"))
    assert not jsonschema.Draft202012Validator(EARL).is_valid(broken)


def test_every_assertor_of_earl_is_described() -> None:
    graph = json.loads(as_earl(RESULT, SITE, "見本市", "1.0"))["@graph"]
    named = {one["@id"] for one in graph if "@id" in one}
    assert {one["earl:assertedBy"]["@id"] for one in graph if "earl:assertedBy" in one} <= named
    assert [one.get("foaf:name") for one in graph if one.get("@id") == "_:people"] == ["広報課"]


def test_earl_tells_outcome_mode_and_assertor_of_each_criterion() -> None:
    told = assertions(as_earl(RESULT, SITE, "見本市", "1.0"))
    assert len(told) == 39
    assert told["2.4.2"] == ("earl:passed", "earl:semiAuto", "_:people")
    assert told["1.2.1"] == ("earl:inapplicable", "earl:semiAuto", "_:people")
    assert told["1.3.1"] == ("earl:failed", "earl:semiAuto", "_:people")
    assert told["1.4.3"] == ("earl:cantTell", "earl:semiAuto", "_:people")
    assert told["2.5.8"] == ("earl:cantTell", "earl:automatic", "_:machikado")
    nothing = assertions(as_earl(NOTHING, SITE, "見本市", "1.0"))
    assert set(nothing.values()) == {("earl:untested", None, "_:machikado")}


def test_earl_tells_failures_and_verdicts_page_by_page() -> None:
    text = as_earl(RESULT, SITE, "見本市", "1.0")
    plan = assertions(text, "https://city.example/base/plan/")
    assert plan["1.3.1"] == ("earl:failed", "earl:manual", "_:people")
    assert '"earl:info": "image-alt: fault"' in text
    assert "佐藤" not in text


def test_csv_has_a_line_for_each_criterion() -> None:
    text = as_csv(RESULT)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 39
    assert rows[0] == {
        "達成基準": "1.1.1",
        "名前": "非テキストコンテンツ",
        "Name": "Non-text Content",
        "レベル": "A",
        "規格": "JIS X 8341-3:2016",
        "適用": "あり",
        "結果": "満たしていない",
        "失敗の数": "1",
        "未回答の問い": "0",
        "人が確かめたページ数": "2",
    }
    assert (rows[-1]["達成基準"], rows[-1]["規格"]) == ("2.5.8", "追加する達成基準")
    assert text.count("\r\n") == 40


def test_json_tells_the_claim_and_each_criterion() -> None:
    from conformance_kit import TODAY

    data = as_json(RESULT, TODAY)
    assert (data["schema"], data["claim"], data["tested"]) == (1, "considered", False)
    assert data["test"]["pages"] == ["/", "/plan/"]
    assert [one["number"] for one in data["criteria"] if one["met"] == "no"] == ["1.1.1", "1.3.1"]
    assert data["criteria"][-1] == {
        "number": "2.5.8",
        "level": "AA",
        "name": {"ja": "ターゲットのサイズ（最低限）", "en": "Target Size (Minimum)"},
        "additional": True,
        "applies": "notJudged",
        "met": "notJudged",
        "failures": 0,
        "doubts": 0,
        "judged": 0,
        "failed_pages": [],
    }


def test_an_audits_json_is_read_back_as_it_was() -> None:
    one = finding(
        "image-alt",
        "1.1.1",
        level="A",
        act=("23a2a8",),
        source=Location("docs/ja/index.md", 7),
        locale="ja",
        theme="dark",
        viewport="phone",
        state=State(zoom=2, ruby=True),
        selector="img",
        html="<img>",
    )
    report = Report(3, (one, doubt("label")), (Problem("/x/", Text("無理", "no")),))
    rendered = replace(report, audited=("/", "/plan/"), applicable={"1.1.1": 2}, shard=(1, 2))
    assert read_machine(json.dumps(rendered.as_json()), "audit.json") == rendered
    assert read_machine(json.dumps(report.as_json()), "audit.json") == report


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "This is not JSON"),
        ("<html>", "This is not JSON"),
        ("[]", "This is no result of machikado audit (schema 1)"),
        ('{"schema": 99}', "This is no result of machikado audit (schema 1)"),
        ('{"schema": 1, "pages": 1}', "missing or misshapen ('findings')"),
        ('{"schema": 1, "pages": 1, "findings": [{}], "errors": []}', "missing or misshapen"),
        ('{"schema": 1, "pages": 1, "findings": [], "errors": [], "applicable": []}', ""),
        ('{"schema": 1, "pages": 1, "findings": [1], "errors": []}', "missing or misshapen"),
    ],
)
def test_what_is_no_audits_json_is_refused_with_advice(text: str, words: str) -> None:
    if not words:
        assert read_machine(text, "audit.json").applicable == {}
        return
    with pytest.raises(ConfigurationError) as error:
        read_machine(text, "audit.json")
    assert error.value.where == "audit.json"
    assert words in error.value.text.en
    assert "machikado audit --format json" in error.value.text.en
