from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml
from conformance_kit import doubt, faults_in, finding, policy_of

from machikado.conformance.policy import Selection
from machikado.conformance.sample import choose
from machikado.conformance.sheet import FaultsError
from machikado.conformance.verdicts import (
    CRITERIA_FILE,
    MANUAL,
    STALE,
    TEST_FILE,
    answered,
    as_form,
    criteria_form,
    questions,
    read_answers,
    read_test,
    record_form,
    stale_notes,
)
from machikado.content.tree import MemoryTree
from machikado.vocabulary import Finding, Location, Outcome, Report, State, Weight
from small_city import site_of, source

FILE = f"{MANUAL}/2026-11.yml"
PART = doubt("color-contrast", "1.4.3", html="<p>白い文字</p>", theme="light", viewport="phone")


def asked(*findings: Finding, base_path: str = "/") -> list[str]:
    return [one.id for one in questions(Report(1, findings), base_path=base_path)]


def on(page: str, **more: object) -> Finding:
    return doubt("color-contrast", "1.4.3", page=page, **({"html": "<p>白い文字</p>"} | more))


def answer(verdict: str = "満たす", **more: str) -> str:
    written = {
        "question": asked(PART)[0],
        "verdict": verdict,
        "who": "佐藤",
        "when": "2026-11-20",
        "evidence": "目で見た",
    }
    return yaml.safe_dump([written | more], allow_unicode=True)


def judged(text: str, *findings: Finding) -> tuple[Finding, ...]:
    answers = read_answers(MemoryTree({FILE: text}))
    return answered(Report(1, findings), answers).report.findings


def test_only_what_a_machine_cannot_tell_is_asked() -> None:
    assert asked(finding("image-alt"), finding("label")) == []
    assert len(asked(PART)) == 1


def test_a_part_in_several_views_is_one_question_that_names_them() -> None:
    both = (PART, on("/", theme="dark", viewport="phone", state=State(zoom=2, ruby=True)))
    (question,) = questions(Report(1, both))
    assert question.views == ("light/phone", "dark/phone/2x/ruby")
    assert (question.pages, question.criteria) == (("/",), ("1.4.3",))


def test_a_part_of_many_pages_is_one_question() -> None:
    (question,) = questions(Report(2, (on("/a/"), on("/b/"), on("/b/", theme="dark"))))
    assert question.pages == ("/a/", "/b/")


def test_the_same_words_in_two_articles_are_two_questions() -> None:
    written = [
        on(page, source=Location(f"docs/ja/{n}.md", 3)) for n, page in enumerate(("/a/", "/b/"))
    ]
    assert len(set(asked(*written))) == 2
    shared = asked(on("/a/"), on("/b/"))[0]
    assert judged(answer(question=shared), *written) == tuple(written)


def test_a_question_names_every_place_of_its_part() -> None:
    twice = (on("/", selector="#a"), on("/", selector="#b"), on("/", selector="#b", theme="dark"))
    (question,) = questions(Report(1, twice))
    assert question.selectors == ("#a", "#b")


def test_a_question_keeps_its_number_when_other_things_change() -> None:
    same = [
        on("/", html="<p>白い文字</p>"),
        on("/", selector="main > p:nth-child(9)"),
        on("/", theme="dark"),
    ]
    assert len(set(asked(*same))) == 1
    spaced = [on("/", html=html) for html in ("<p>a b</p>", "<p>a\n   b</p>\n")]
    assert asked(spaced[0]) == asked(spaced[1])
    assets = [on("/", html=f'<img src="/a.{tag}.png?v={tag}">') for tag in ("0a1b2c3d", "ffeeddcc")]
    assert asked(assets[0]) == asked(assets[1])


def test_a_question_has_another_number_when_its_part_check_or_page_changes() -> None:
    other = doubt("image-alt", "1.1.1", html="<p>白い文字</p>")
    numbers = {
        asked(one)[0] for one in (on("/"), on("/b/"), on("/", html="<p>黒い文字</p>"), other)
    }
    assert len(numbers) == 4


def test_a_question_has_the_same_number_wherever_the_site_is_published() -> None:
    assert asked(on("/base/plan/"), base_path="/base/") == asked(on("/plan/"))


def test_what_people_find_met_or_not_applicable_is_a_finding_no_more() -> None:
    other = on("/", html="<p>別</p>")
    for word in ("満たす", "該当なし", "passed", "inapplicable"):
        assert judged(answer(word), PART, other) == (other,)


def test_what_people_find_not_met_fails_with_their_evidence_and_without_their_name() -> None:
    (found,) = judged(answer("満たさない", evidence="比が2.1"), PART)
    assert found.outcome is Outcome.FAILED
    assert found.message.ja == "問題（2026-11-20に人が確かめました: 比が2.1）"
    assert "佐藤" not in str(found)


def test_an_answer_holds_for_the_views_it_names_and_not_for_others() -> None:
    dark = on("/", theme="dark", viewport="phone")
    assert judged(answer(views="light/phone"), PART, dark) == (dark,)
    assert judged(answer(), PART, dark) == ()


def test_an_answer_to_a_part_of_many_pages_holds_on_a_page_by_itself() -> None:
    number = asked(on("/a/"), on("/b/"))[0]
    assert judged(answer(question=number), on("/c/")) == ()


def test_the_newest_of_two_answers_counts() -> None:
    older = answer("満たさない", when="2026-10-01")
    assert judged(older + answer("満たす"), PART) == ()
    assert len(judged(answer("満たす", when="2026-09-01") + older, PART)) == 1


def test_an_answer_that_nothing_asks_for_is_stale() -> None:
    answers = read_answers(MemoryTree({FILE: answer() + answer(question="000000000000")}))
    result = answered(Report(1, (PART,)), answers)
    assert [(one.id, str(one.where)) for one in result.stale] == [("000000000000", f"{FILE}:6")]
    changed = answered(Report(1, (on("/", html="<p>変わった</p>"),)), answers)
    assert len(changed.stale) == 2
    assert len(questions(changed.report)) == 1
    (note,) = stale_notes(result.stale)
    assert (note.check, str(note.source), note.weight) == (STALE, f"{FILE}:6", Weight.STYLE)


def filled(form: str, **values: str) -> str:
    entries: list[dict[str, Any]] = yaml.safe_load(form)
    return yaml.safe_dump([entry | values for entry in entries], allow_unicode=True)


@pytest.mark.parametrize("spoken", ["ja", "en"])
def test_a_form_that_is_filled_in_answers_its_questions(spoken: str) -> None:
    report = Report(2, (PART, on("/a/", html="<b>: 'x' \"y\" #z</b>"), on("/b/", html="* & !")))
    form = as_form(questions(report), spoken)
    assert read_answers(MemoryTree({FILE: form})) == ()
    text = filled(form, verdict="passed", who="Sato", when="2026-11-20", evidence="seen")
    answers = read_answers(MemoryTree({FILE: text}))
    assert len(answers) == 3
    assert answered(report, answers).report.findings == ()


def test_a_form_names_a_few_of_many_places() -> None:
    many = (on("/", selector=f"#n{number}") for number in range(8))
    (entry,) = yaml.safe_load(as_form(questions(Report(1, tuple(many))), "en"))
    assert entry["selectors"] == ["#n0", "#n1", "#n2", "#n3", "#n4", "and 3 more places"]


def test_a_form_has_empty_places_without_the_word_null() -> None:
    form = as_form(questions(Report(1, (PART,))))
    assert form.rstrip().endswith("  verdict:\n  who:\n  when:\n  evidence:")
    assert "null" not in form


def test_a_verdict_without_person_day_or_evidence_is_a_fault_with_its_line() -> None:
    text = "- question: abc\n  verdict: だめ\n- question: def\n  verdict: 満たす\n  when: 11/20\n- who: x\n"
    with pytest.raises(FaultsError) as error:
        read_answers(MemoryTree({FILE: text}))
    told = [(where, words.split(";")[0].split("(")[0].strip()) for where, words in faults_in(error)]
    assert told == [
        (f"{FILE}:1", "`[1]`: a verdict needs `who` too"),
        (f"{FILE}:1", "`[1]`: a verdict needs `when` too"),
        (f"{FILE}:1", "`[1]`: a verdict needs `evidence` too"),
        (f"{FILE}:2", "`[1].verdict`: `だめ` cannot be used"),
        (f"{FILE}:3", "`[2]`: a verdict needs `who` too"),
        (f"{FILE}:3", "`[2]`: a verdict needs `evidence` too"),
        (f"{FILE}:5", "`[2].when`: `11/20` is no date"),
        (f"{FILE}:6", "`[3]`: `question` is missing."),
    ]


SAMPLE = choose(
    site_of({"ja/index.md": source(1000001, "家"), "ja/plan.md": source(1000002, "計画")}),
    Selection(),
)
RECORD = record_form(SAMPLE, "7")
CRITERIA = "- criterion: 1.1.1\n  all: 満たす\n  who: 佐藤\n  when: 2026-11-10\n  evidence: 見た\n"


def test_no_record_means_no_test() -> None:
    assert read_test(MemoryTree({})) is None


def test_the_forms_of_a_sample_are_a_test_that_has_not_begun() -> None:
    forms = {TEST_FILE: RECORD, CRITERIA_FILE: criteria_form(policy_of().promised)}
    test = read_test(MemoryTree(forms))
    assert test is not None
    assert (test.begun, test.until, test.declared, test.verdicts) == (None, None, None, ())
    assert (test.seed, test.pages) == ("7", SAMPLE.pages)
    assert criteria_form(policy_of().promised).count("- criterion: ") == 38


def test_a_verdict_on_all_pages_can_differ_on_one() -> None:
    text = CRITERIA + "  pages: { /plan/: 満たさない }\n"
    test = read_test(MemoryTree({TEST_FILE: RECORD, CRITERIA_FILE: text}))
    assert test is not None
    (verdict,) = test.verdicts
    assert verdict.pages == {"/": Outcome.PASSED, "/plan/": Outcome.FAILED}
    assert (verdict.criterion, verdict.when) == ("1.1.1", date(2026, 11, 10))


def test_faults_of_both_files_of_a_test_are_told_together() -> None:
    record = RECORD.replace("from:\nto:\n", "from: 2026-11-20\nto: 2026-11-01\n")
    text = (
        CRITERIA.replace("1.1.1", "7.1.1.1") + "- criterion: 1.2.1\n  pages: { /gone/: 満たす }\n"
    )
    with pytest.raises(FaultsError) as error:
        read_test(MemoryTree({TEST_FILE: record, CRITERIA_FILE: text}))
    assert [(where, words.split(";")[0]) for where, words in faults_in(error)] == [
        (f"{CRITERIA_FILE}:1", "`[1].criterion`: there is no criterion `7.1.1.1`"),
        (
            f"{CRITERIA_FILE}:7",
            f"`[2].pages./gone/`: this page is not among `pages` of {TEST_FILE}.",
        ),
        (f"{TEST_FILE}:4", "`to`: `by` is needed too."),
        (f"{TEST_FILE}:4", "`to`: is a day before `from`."),
    ]


def test_verdicts_without_a_record_of_the_test_are_a_fault() -> None:
    with pytest.raises(FaultsError) as error:
        read_test(
            MemoryTree({CRITERIA_FILE: CRITERIA.replace("all: 満たす", "pages: { /: 満たす }")})
        )
    assert faults_in(error) == [
        (
            f"{CRITERIA_FILE}:1",
            f"there is no {TEST_FILE}; make it with machikado report --sample --write.",
        )
    ]
