"""`machikado report` writes pages that pass the project's own checks, and never over staff's text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from machikado.cli.check import check
from machikado.cli.report import report
from machikado.conformance.verdicts import CRITERIA_FILE, TEST_FILE
from machikado.vocabulary import Finding, Outcome, Report, Text
from scratch_city import Run, city_in, run
from small_city import source

POLICY = """\
scope: { ja: 全部のページ, en: Every page }
deadline: 2027-03-31
department: { ja: 広報課, en: Public relations }
"""
NOW = ("--now", "2026-12-01")
WRITTEN = [
    "docs/ja/accessibility.md",
    "docs/en/accessibility.md",
    "docs/ja/accessibility/result.md",
    "docs/en/accessibility/result.md",
    "docs/ja/accessibility/self-evaluation.md",
    "docs/en/accessibility/self-evaluation.md",
    "docs/assets/accessibility/result.csv",
    "docs/assets/accessibility/result.earl.jsonld",
]


@pytest.fixture
def city(tmp_path: Path) -> Path:
    place = city_in(tmp_path)
    put(place, "a11y_tests/policy.yml", POLICY)
    return place


def put(city: Path, name: str, text: str) -> Path:
    file = city / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
    return file


def text_of(city: Path, name: str) -> str:
    return (city / name).read_text("utf-8")


def reported(city: Path, *arguments: str, language: str = "en", now: str = "2026-12-01") -> Run:
    return run(report, city, "--now", now, *arguments, language=language)


def audit_of(city: Path, *findings: Finding, **more: object) -> str:
    data = Report(3, findings).as_json() | more
    return str(put(city, "audit.json", json.dumps(data)))


def found(criterion: str, outcome: Outcome = Outcome.FAILED, html: str = "<img>") -> Finding:
    text = Text("問題", "fault")
    return Finding("a-check", text, text, "/", outcome=outcome, criteria=(criterion,), html=html)


def test_without_any_result_it_speaks_of_consideration_alone(city: Path) -> None:
    assert reported(city, language="ja") == Run(
        0,
        "JIS X 8341-3:2016のレベルAAに「配慮」しています。人による試験は、まだ行っていません。規格を満たしているとは言えません。\n"
        "JIS X 8341-3:2016: 満たしている 0、満たしていない 0、未判定 38\n",
        "",
    )


def test_a_failure_that_an_audit_found_is_told_and_ends_with_1(city: Path) -> None:
    audit = audit_of(city, found("1.1.1"), found("2.5.8"))
    assert reported(city, "--from", audit) == Run(
        1,
        "This site takes level AA of JIS X 8341-3:2016 into consideration (hairyo). No test by people has "
        "been made yet. It cannot be said that the standard is met.\n"
        "JIS X 8341-3:2016: 0 met, 1 not met, 37 not yet judged\n"
        "  not met: 1.1.1 Non-text Content, 1 problems found by machine\n",
        "",
    )


def test_a_deadline_that_passed_ends_with_1(city: Path) -> None:
    code, _, err = reported(city, now="2027-04-01")
    assert (code, err) == (
        1,
        "The policy's deadline (2027-03-31) has passed and no test is finished.\n",
    )


def test_machine_output_stands_alone_on_stdout(city: Path) -> None:
    data = json.loads(reported(city, "--format", "json").out)
    assert (data["day"], data["claim"], len(data["criteria"])) == ("2026-12-01", "considered", 38)
    assert reported(city, "--format", "csv").out.splitlines()[1].startswith("1.1.1,非テキスト")
    earl = json.loads(reported(city, "--format", "earl").out)
    assert [one.get("dct:title") for one in earl["@graph"][:2]] == ["Machikado", "トップ"]


def test_written_pages_pass_every_check_of_the_sources(city: Path) -> None:
    code, out, err = reported(city, "--write", "--from", audit_of(city, found("1.1.1")))
    assert (code, out.split(), err) == (1, WRITTEN, "")
    code, out, _ = run(check, city)
    assert (code, out) == (0, "")


def test_written_again_with_nothing_new_every_file_stays_as_it_is(city: Path) -> None:
    reported(city, "--write")
    before = {name: text_of(city, name) for name in WRITTEN}
    reported(city, "--write")
    assert {name: text_of(city, name) for name in WRITTEN} == before


def test_front_matter_that_staff_changed_is_kept(city: Path) -> None:
    reported(city, "--write")
    result = WRITTEN[2]
    text = re.sub(r"^id: \d+$", "id: 1234567", text_of(city, result), flags=re.M)
    put(city, result, text)
    reported(city, "--write", "--from", audit_of(city), now="2026-12-24")
    after = text_of(city, result)
    assert "id: 1234567\n" in after
    assert "updated_at: 2026-12-24\n" in after
    assert "publish_at: 2026-12-01\n" in after


def test_a_translation_stays_current_when_the_report_changes_both(city: Path) -> None:
    reported(city, "--write")
    put(city, "a11y_tests/policy.yml", POLICY.replace("広報課", "企画課"))
    reported(city, "--write", now="2026-12-24")
    code, out, _ = run(check, city)
    assert (code, out) == (0, "")
    english = text_of(city, WRITTEN[1])
    digest = re.search(r"source_hash: (\S+)", english)
    assert digest is not None
    assert "date: 2026-12-24" in english
    assert "企画課" in text_of(city, WRITTEN[0])


def test_a_page_that_people_wrote_is_not_overwritten_and_nothing_is_written(city: Path) -> None:
    own = source(1000009, "方針", "職員が書いた文章です。")
    put(city, "docs/ja/accessibility.md", own)
    code, out, err = reported(city, "--write")
    assert (code, out) == (2, "")
    assert err.startswith(
        "docs/ja/accessibility.md: People wrote this page, so it is not overwritten."
    )
    assert text_of(city, "docs/ja/accessibility.md") == own
    assert not (city / WRITTEN[2]).exists()


def test_the_sample_is_printed_with_its_reasons(city: Path) -> None:
    assert reported(city, "--sample") == Run(
        0,
        "/\thome\n/en/\thome\n/news/2026-11-16-a/\tnews\n",
        "".join(
            f"The site has no page for `{kind}`.\n"
            for kind in ("section", "article", "search", "accessibility", "help")
        ),
    )
    data = json.loads(reported(city, "--sample", "--format", "json").out)
    assert [page["page"] for page in data["pages"]] == ["/", "/en/", "/news/2026-11-16-a/"]


def test_the_forms_of_a_test_are_made_once(city: Path) -> None:
    code, out, _ = reported(city, "--sample", "--write")
    assert (code, out) == (0, f"{TEST_FILE}\n{CRITERIA_FILE}\n")
    (city / TEST_FILE).unlink()
    before = text_of(city, CRITERIA_FILE)
    code, out, err = reported(city, "--sample", "--write")
    assert (code, out) == (2, "")
    assert err.endswith(
        f"{CRITERIA_FILE} already exists. To begin a new test, move the record of the old one away.\n"
    )
    assert text_of(city, CRITERIA_FILE) == before
    assert not (city / TEST_FILE).exists()


def filled(city: Path) -> None:
    """Make the forms and fill them in: every criterion is met on every page."""
    reported(city, "--sample", "--write")
    record = text_of(city, TEST_FILE).replace(
        "from:\nto:\nby:\ndeclared:\n",
        "from: 2026-11-01\nto: 2026-11-20\nby: 広報課\ndeclared: 2026-11-25\n",
    )
    put(city, TEST_FILE, record)
    criteria = text_of(city, CRITERIA_FILE).replace(
        "  all:\n  pages:\n  who:\n  when:\n  evidence:\n",
        "  all: 満たす\n  who: 佐藤\n  when: 2026-11-10\n  evidence: 見た\n",
    )
    put(city, CRITERIA_FILE, criteria)


def test_forms_that_people_filled_in_lead_to_compliance(city: Path) -> None:
    filled(city)
    code, out, err = reported(city, "--from", audit_of(city), language="ja")
    assert (code, err) == (0, "")
    assert out.startswith(
        "JIS X 8341-3:2016のレベルAAに準拠しています（令和8年（2026年）11月20日に終えた試験による）。\n"
    )


def test_compliance_needs_the_checks_of_machines_too(city: Path) -> None:
    filled(city)
    data = json.loads(reported(city, "--format", "json").out)
    assert (data["claim"], data["level_met"]) == ("considered", None)
    audit = audit_of(city, pages_audited=["/", "/en/"])
    data = json.loads(reported(city, "--format", "json", "--from", audit).out)
    assert data["claim"] == "considered"
    audit = audit_of(city, pages_audited=["/", "/en/", "/news/2026-11-16-a/"])
    data = json.loads(reported(city, "--format", "json", "--from", audit).out)
    assert (data["claim"], data["level_met"]) == ("full", "AA")


def test_a_page_that_changed_after_the_test_is_named(city: Path) -> None:
    filled(city)
    put(city, "docs/ja/index.md", text_of(city, "docs/ja/index.md") + "\n新しい段落\n")
    code, _, err = reported(city, "--from", audit_of(city))
    assert (code, err) == (1, "Some pages have changed since they were tested: /\n")


def test_a_page_that_the_report_wrote_does_not_count_as_changed(city: Path) -> None:
    reported(city, "--write")
    filled(city)
    reported(city, "--write", "--from", audit_of(city), now="2026-12-24")
    code, _, err = reported(city, "--from", audit_of(city), now="2026-12-24")
    assert (code, err) == (0, "")


def test_answers_and_waivers_are_in_the_result(city: Path) -> None:
    from machikado.conformance.verdicts import questions

    doubt = found("1.4.3", Outcome.CANT_TELL)
    (question,) = questions(Report(1, (doubt,)))
    put(
        city,
        "a11y_tests/manual/answers.yml",
        f"- question: {question.id}\n  verdict: 満たさない\n  who: 佐藤\n  when: 2026-11-20\n  evidence: 薄い\n",
    )
    put(
        city,
        "a11y_tests/waivers.yml",
        "- check: a-check\n  reason: 直している\n  owner: 広報課\n  until: 2026-12-31\n",
    )
    code, out, _ = reported(city, "--from", audit_of(city, doubt))
    assert code == 1
    assert "  not met: 1.4.3 Contrast (Minimum), 1 problems found by machine\n" in out


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a11y_tests/policy.yml", "level: B\n", "a11y_tests/policy.yml:1: `level`: `B` cannot be used"),
        ("a11y_tests/policy.yml", "# none\n", "There is no a11y_tests/policy.yml."),
        ("a11y_tests/evaluation.yml", "- 1\n", "a11y_tests/evaluation.yml:1: must be written as keys"),
        (TEST_FILE, "from: x\n", f"{TEST_FILE}:1: `pages` is missing."),
        (CRITERIA_FILE, "- criterion: 0\n  all: 満たす\n", f"{CRITERIA_FILE}:1: `[1].criterion`: there is no"),
        ("a11y_tests/manual/a.yml", "- who: x\n", "a11y_tests/manual/a.yml:1: `[1]`: `question` is missing."),
        ("a11y_tests/waivers.yml", "- page: /\n", "a11y_tests/waivers.yml:1: `[1]`: `check` is missing."),
        ("audit.json", "<html>", "This is not JSON."),
    ],
)  # fmt: skip
def test_broken_files_are_told_with_file_and_line_and_end_with_2(
    city: Path, name: str, text: str, words: str
) -> None:
    audit = audit_of(city)
    put(city, name, text)
    code, out, err = reported(city, "--write", "--from", audit)
    assert (code, out) == (2, "")
    assert words in err


def test_a_result_that_is_not_there_and_a_format_without_meaning_end_with_2(city: Path) -> None:
    assert reported(city, "--from", "nowhere.json").code == 2
    assert reported(city, "--sample", "--format", "csv") == Run(
        2, "", "With --sample, --format is text or json.\n"
    )
