"""The audit as SARIF 2.1.0.

OASIS's schema is not under a licence that lets us carry it; SHAPE repeats, of the parts that we write, what
it says: https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from jsonschema import Draft7Validator

from machikado.audit.sarif import sarif
from machikado.vocabulary import Finding, Location, Outcome, Problem, Report, Text, Weight

LEVEL = {"enum": ["none", "note", "warning", "error"]}


def closed(required: str = "", **properties: object) -> dict[str, Any]:
    """An object without other properties; `required` names some of them."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": required.split(),
        "properties": properties,
    }


def many(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


WORDS = {"type": "string", "minLength": 1}
MESSAGE = closed("text", text=WORDS, markdown=WORDS)
ARTIFACT = closed("", uri={"type": "string"}, uriBaseId=WORDS, description=MESSAGE)
LOGICAL = closed("", name=WORDS, fullyQualifiedName=WORDS, kind={"enum": ["resource"]})
LOCATION = closed(
    "",
    physicalLocation=closed(
        "artifactLocation",
        artifactLocation=ARTIFACT,
        region=closed("startLine", startLine={"type": "integer", "minimum": 1}),
    ),
    logicalLocations=many(LOGICAL),
)
RULE = closed(
    "id shortDescription fullDescription help",
    id=WORDS,
    shortDescription=MESSAGE,
    fullDescription=MESSAGE,
    help=MESSAGE,
    defaultConfiguration=closed("level", level=LEVEL),
    properties=closed("tags", tags={**many(WORDS), "uniqueItems": True}),
)
RESULT = closed(
    "message ruleId ruleIndex kind level locations partialFingerprints",
    ruleId=WORDS,
    ruleIndex={"type": "integer", "minimum": 0},
    kind={"enum": ["notApplicable", "pass", "fail", "review", "open", "informational"]},
    level=LEVEL,
    message=MESSAGE,
    locations=many(LOCATION),
    partialFingerprints={"type": "object", "additionalProperties": WORDS},
    suppressions=many(closed("kind", kind={"enum": ["inSource", "external"]}, justification=WORDS)),
    properties={"type": "object"},
)
SHAPE = closed(
    "version runs $schema",
    **{"$schema": WORDS},
    version={"const": "2.1.0"},
    runs=many(
        closed(
            "tool results",
            tool=closed(
                "driver",
                driver=closed("name", name=WORDS, version=WORDS, language=WORDS, rules=many(RULE)),
            ),
            language={"enum": ["ja", "en"]},
            invocations=many(
                closed(
                    "executionSuccessful",
                    executionSuccessful={"type": "boolean"},
                    toolExecutionNotifications=many(
                        closed("message", message=MESSAGE, level=LEVEL, locations=many(LOCATION))
                    ),
                )
            ),
            originalUriBaseIds={"type": "object", "additionalProperties": ARTIFACT},
            results=many(RESULT),
        )
    ),
)

FAULT = Finding(
    check="image-alt",
    engine="axe-core 4.12.1",
    message=Text("画像に説明がありません。", "An image has no text alternative."),
    help=Text("![説明](名前){.decorative} と書きます。", "Write ![text](file){.decorative}."),
    page="/plan/",
    source=Location("docs/ja/計 画.md", 12),
    criteria=("1.1.1",),
    level="A",
    act=("23a2a8",),
    theme="light",
    viewport="desktop",
    selector="img",
    html="<img>",
)


def run_of(*findings: Finding, errors: tuple[Problem, ...] = ()) -> dict[str, Any]:
    log = sarif(Report(1, findings, errors), "en")
    Draft7Validator(SHAPE).validate(log)
    run: dict[str, Any] = log["runs"][0]
    return run


def test_a_fault_is_an_error_at_its_line_from_the_root_of_the_project() -> None:
    (result,) = run_of(FAULT)["results"]
    assert (result["ruleId"], result["kind"], result["level"]) == ("image-alt", "fail", "error")
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {
                    "uri": "docs/ja/%E8%A8%88%20%E7%94%BB.md",
                    "uriBaseId": "%SRCROOT%",
                },
                "region": {"startLine": 12},
            },
            "logicalLocations": [
                {"name": "/plan/", "fullyQualifiedName": "/plan/", "kind": "resource"}
            ],
        }
    ]
    assert result["properties"]["views"] == ["light desktop"]


def test_a_fault_without_a_known_line_is_at_the_address_of_its_page() -> None:
    (result,) = run_of(replace(FAULT, source=None))["results"]
    assert result["locations"] == [
        {
            "logicalLocations": [
                {"name": "/plan/", "fullyQualifiedName": "/plan/", "kind": "resource"}
            ]
        }
    ]


def test_one_fault_in_two_views_is_one_result() -> None:
    run = run_of(FAULT, replace(FAULT, theme="dark", viewport="phone"))
    assert [result["properties"]["views"] for result in run["results"]] == [
        ["light desktop", "dark phone"]
    ]


def test_weights_are_levels_and_a_question_is_for_review() -> None:
    run = run_of(
        replace(FAULT, outcome=Outcome.CANT_TELL),
        replace(FAULT, weight=Weight.WAIVED),
        replace(FAULT, weight=Weight.STYLE),
        replace(FAULT, weight=Weight.WARNING),
        FAULT,
    )
    assert [(r["kind"], r["level"], "suppressions" in r) for r in run["results"]] == [
        ("fail", "error", False),
        ("fail", "warning", False),
        ("fail", "note", False),
        ("fail", "error", True),
        ("review", "none", False),
    ]


def test_what_is_waived_says_why() -> None:
    why = "Mended with the next release (PR desk, 2027-03-31)"
    (result,) = run_of(replace(FAULT, weight=Weight.WAIVED, waived=why))["results"]
    assert result["suppressions"] == [{"kind": "external", "justification": why}]


def test_a_message_keeps_its_brackets_and_braces_and_makes_no_link_and_no_html() -> None:
    told = replace(FAULT, message=Text("<b>[x](y)", "<b>[x](y)"))
    (result,) = run_of(told)["results"]
    assert result["message"] == {
        "text": "<b>[x] (y) Write ![text] (file){{.decorative}}.",
        "markdown": ("\\<b\\>\\[x\\]\\(y\\)\n\nWrite \\!\\[text\\]\\(file\\)\\{{.decorative\\}}."),
    }


def test_a_rule_is_told_once_with_its_help_and_its_criteria() -> None:
    run = run_of(FAULT, replace(FAULT, source=Location("docs/ja/plan.md", 20)))
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["help"]["markdown"].endswith(
        "\n\n- [1.1.1 Non\\-text Content (A)](https://www.w3.org/TR/WCAG21/#non-text-content)"
    )
    assert rule["properties"]["tags"] == ["accessibility", "WCAG 1.1.1", "ACT 23a2a8"]
    assert "helpUri" not in rule
    assert [result["ruleIndex"] for result in run["results"]] == [0, 0]


def test_a_rule_is_described_alike_whatever_was_measured() -> None:
    found = replace(FAULT, check="color-contrast", message=Text("差は1.2", "The contrast is 1.2."))
    (rule,) = run_of(found)["tool"]["driver"]["rules"]
    assert rule["shortDescription"] == {"text": "Contrast of text and background"}


def test_a_fault_is_known_again_when_lines_are_put_in_above_it() -> None:
    marks = [
        run_of(replace(FAULT, source=Location("a.md", line)))["results"][0]["partialFingerprints"]
        for line in (3, 30)
    ]
    assert marks[0] == marks[1]


def test_alike_faults_of_one_file_are_told_apart() -> None:
    run = run_of(FAULT, replace(FAULT, source=Location("docs/ja/計 画.md", 20)))
    marks = [r["partialFingerprints"]["machikadoFault/v1"] for r in run["results"]]
    assert [mark[-2:] for mark in marks] == [":1", ":2"]


def test_a_page_that_could_not_be_audited_makes_the_run_fail() -> None:
    unseen = Problem("/x/", Text("開けません。", "It did not open."))
    assert run_of(errors=(unseen,))["invocations"] == [
        {
            "executionSuccessful": False,
            "toolExecutionNotifications": [
                {
                    "level": "error",
                    "message": {"text": "/x/: It did not open."},
                    "locations": [
                        {"logicalLocations": [{"name": "/x/", "fullyQualifiedName": "/x/"}]}
                    ],
                }
            ],
        }
    ]
    assert run_of()["invocations"] == [{"executionSuccessful": True}]


def test_messages_are_in_the_language_of_those_who_read_them() -> None:
    run = sarif(Report(1, (FAULT,)), "ja")["runs"][0]
    assert run["language"] == "ja"
    assert run["results"][0]["message"]["text"].startswith("画像に説明がありません。")


def test_the_log_says_nothing_of_the_machine_it_was_made_on() -> None:
    assert run_of(FAULT)["originalUriBaseIds"] == {
        "%SRCROOT%": {"description": {"text": "The project's folder"}}
    }
