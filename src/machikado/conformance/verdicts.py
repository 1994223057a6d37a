"""What people judged, `a11y_tests/manual/`: answers to an audit's questions, and criteria page by page.

A `cantTell` finding is a question. Its id is made from the check, the place and the part of the page
it is about, so that an answer holds until that part changes, and is asked for again when it does.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256

import yaml

from machikado.conformance.sample import Chosen, Sample
from machikado.conformance.sheet import FOLDER, Faults, Part, open_sheet
from machikado.conformance.standard import Criterion, every_criterion
from machikado.content.tree import Tree
from machikado.vocabulary import Finding, Level, Location, Outcome, Report, Text, Weight

MANUAL = f"{FOLDER}/manual"
CRITERIA_FILE = f"{MANUAL}/criteria.yml"
"""Verdicts on criteria, page by page of the sample."""
TEST_FILE = f"{MANUAL}/test.yml"
"""The test itself: when, by whom, on which pages."""

STALE = "answer-stale"
_WORDS = {
    **dict.fromkeys(("満たす", "passed"), Outcome.PASSED),
    **dict.fromkeys(("満たさない", "failed"), Outcome.FAILED),
    **dict.fromkeys(("該当なし", "inapplicable"), Outcome.INAPPLICABLE),
}
PLACES_NAMED = 5
"""So many places of one part a form names."""
ANYWHERE = "*"
"""The place of a part that several pages share."""
_BUSTER = re.compile(r"\?v=[0-9a-f]+|(?<=[.-])[0-9a-f]{8,}(?=\.[a-z0-9]+)")
"""What a build writes into the addresses of files when their content changes."""
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Question:
    """A part of a page of which a machine cannot tell whether it meets the check.

    views: in which views it was seen (`light/desktop`); pages: on which pages, from the site's root;
    selectors: every place where the same part stands.
    """

    id: str
    check: str
    criteria: tuple[str, ...]
    level: Level | None
    message: Text
    help: Text
    pages: tuple[str, ...]
    views: tuple[str, ...]
    selectors: tuple[str, ...]
    html: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person found. views: those that were looked at, or none where all were."""

    id: str
    who: str
    when: date
    verdict: Outcome
    evidence: str
    where: Location
    views: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """A report with the answers in it. stale: answers that no finding of the report asks for."""

    report: Report
    stale: tuple[Answer, ...]


def view_of(finding: Finding) -> str:
    """The view of a finding, as questions and answers name it: theme/viewport/zoom and the rest."""
    state = finding.state
    parts = [finding.theme or "default", finding.viewport or "default"]
    parts += [f"{state.zoom:g}x"] if state.zoom != 1 else []
    parts += ["ruby"] if state.ruby else []
    parts += ["forced-colors"] if state.forced_colors else []
    return "/".join(parts)


def page_of(finding: Finding, base_path: str = "/") -> str:
    """The page's address from the site's root: the same wherever the site is published."""
    if "://" in finding.page:
        return finding.page
    return "/" + finding.page.removeprefix(base_path).lstrip("/")


def part_of(finding: Finding) -> str:
    """The part of the page that a finding is about: its HTML without what a build makes anew."""
    text = finding.html or f"{finding.selector}\n{finding.message.en}"
    return _SPACE.sub(" ", _BUSTER.sub("", text)).strip()


def question_id(finding: Finding, place: str) -> str:
    """12 hexadecimal digits for the check, a place (a page, or ANYWHERE) and the part of the page."""
    key = "\n".join((finding.check, place, part_of(finding)))
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def questions(report: Report, *, base_path: str = "/") -> tuple[Question, ...]:
    """The open questions of a report, one for each part of a page, or of many pages where they share it."""
    places: dict[str, list[Finding]] = {}
    for finding in report.findings:
        if finding.outcome is Outcome.CANT_TELL:
            place = ANYWHERE if _is_shared(finding) else page_of(finding, base_path)
            places.setdefault(question_id(finding, place), []).append(finding)
    found = []
    for number, findings in places.items():
        pages = tuple(dict.fromkeys(page_of(one, base_path) for one in findings))
        first = findings[0]
        found.append(
            Question(
                number if len(pages) > 1 else question_id(first, pages[0]),
                first.check,
                first.criteria,
                first.level,
                first.message,
                first.help,
                pages,
                tuple(dict.fromkeys(map(view_of, findings))),
                tuple(dict.fromkeys(one.selector for one in findings if one.selector)),
                first.html,
            )
        )
    return tuple(found)


def _is_shared(finding: Finding) -> bool:
    """Whether the part may belong to what surrounds every article: what an article says is its own."""
    return finding.source is None


def answered(report: Report, answers: Iterable[Answer], *, base_path: str = "/") -> Judged:
    """Put the answers in the place of the questions.

    What a person found to be met, or not to apply, is dropped from the findings; what is not met
    becomes a failure that names day and evidence; who judged stays in the project, since reports are
    published. Call it before the policy weighs.
    """
    by_id: dict[str, list[Answer]] = {}
    for given in answers:
        by_id.setdefault(given.id, []).append(given)
    used: set[Location] = set()
    findings: list[Finding] = []
    for finding in report.findings:
        answer = _answer_to(finding, by_id, base_path)
        if answer is None:
            findings.append(finding)
            continue
        used.add(answer.where)
        if answer.verdict is Outcome.FAILED:
            findings.append(_failed(finding, answer))
    stale = (kept for same in by_id.values() for kept in same if kept.where not in used)
    return Judged(replace(report, findings=tuple(findings)), tuple(stale))


def _answer_to(
    finding: Finding, by_id: Mapping[str, Sequence[Answer]], base_path: str
) -> Answer | None:
    """The newest answer for this page and view; one for this page alone goes before one for many."""
    if finding.outcome is not Outcome.CANT_TELL or not by_id:
        return None
    page = page_of(finding, base_path)
    for place in (page, ANYWHERE) if _is_shared(finding) else (page,):
        matching = [
            one
            for one in by_id.get(question_id(finding, place), ())
            if not one.views or view_of(finding) in one.views
        ]
        if matching:
            return max(matching, key=lambda one: one.when)
    return None


def _failed(finding: Finding, answer: Answer) -> Finding:
    message = Text(
        f"{finding.message.ja}（{answer.when}に人が確かめました: {answer.evidence}）",
        f"{finding.message.en} (judged by a person on {answer.when}: {answer.evidence})",
    )
    return replace(finding, outcome=Outcome.FAILED, message=message)


def stale_notes(stale: Iterable[Answer]) -> tuple[Finding, ...]:
    """A note for each answer that nothing asks for any more (`answer-stale`); it stops nothing."""
    return tuple(
        Finding(
            STALE,
            Text(
                f"質問「{one.id}」の答えに当たるところは、もうありません。",
                f"Nothing asks for the answer to the question `{one.id}` any more.",
            ),
            Text(
                "ページのその部分が変わったか、なくなりました。この答えを消してください。",
                "That part of the page has changed or is gone. Remove the answer.",
            ),
            "/",
            source=one.where,
            weight=Weight.STYLE,
        )
        for one in stale
    )


def read_answers(tree: Tree) -> tuple[Answer, ...]:
    """Every answer below `a11y_tests/manual/`. Raises FaultsError with all that is wrong.

    What has no verdict yet is a question still; who, when and evidence are asked of every verdict.
    """
    faults = Faults()
    answers: list[Answer] = []
    for name in tree.files(MANUAL):
        if name.endswith((".yml", ".yaml")) and name not in (CRITERIA_FILE, TEST_FILE):
            sheet = open_sheet(tree.read(name), name, faults)
            answers += (one for part in (sheet.items() if sheet else ()) if (one := _answer(part)))
    faults.must_be_none()
    return tuple(answers)


_ASKED = ("question", "check", "criteria", "message", "help", "pages", "selectors", "html")


def _answer(part: Part) -> Answer | None:
    keys = part.keys((*_ASKED, "views", "verdict", "who", "when", "evidence"), ("question",))
    if "verdict" not in keys or "question" not in keys:
        return None
    verdict = keys["verdict"].choice(_WORDS)
    for key in ("who", "when", "evidence"):
        if key not in keys:
            part.wrong(
                f"verdict を書いたら、{key} も書いてください（who: 確かめた人、when: 日付、evidence: 確かめたこと）。",
                f"a verdict needs `{key}` too (who judged, when, and on what evidence).",
            )
    when = keys["when"].day() if "when" in keys else None
    if verdict is None or when is None or not {"who", "evidence"} <= keys.keys():
        return None
    return Answer(
        keys["question"].text(),
        keys["who"].text(),
        when,
        verdict,
        keys["evidence"].text(),
        part.where,
        keys["views"].texts() if "views" in keys else (),
    )


_FORM_HEAD = Text(
    "# 機械では決められなかったことです。ページを見て、verdict、who、when、evidence を書いてください。\n"
    "# verdict: 満たす / 満たさない / 該当なし　　when: 2026-04-01 のような日付　　evidence: 何を見て、どう判断したか\n"
    "# まだ見ていないものは、空のままにします。question の番号は変えないでください。\n",
    "# What a machine could not decide. Look at the page and fill in verdict, who, when and evidence.\n"
    "# verdict: passed / failed / inapplicable    when: a day such as 2026-04-01    evidence: what you saw\n"
    "# Leave empty what nobody has looked at. Do not change the numbers after question.\n",
)


def as_form(asked: Iterable[Question], spoken: str = "ja") -> str:
    """The questions as YAML that a person fills in and puts into `a11y_tests/manual/`."""
    japanese = spoken == "ja"
    entries = [_FORM_HEAD.ja if japanese else _FORM_HEAD.en]
    for question in asked:
        entry: dict[str, object] = {
            "question": question.id,
            "check": question.check,
            "criteria": list(question.criteria),
            "message": question.message.ja if japanese else question.message.en,
            "help": question.help.ja if japanese else question.help.en,
            "pages": list(question.pages),
            "views": list(question.views),
            "selectors": _few(question.selectors, japanese),
            "html": question.html,
        }
        written = yaml.safe_dump(
            [entry | dict.fromkeys(("verdict", "who", "when", "evidence"))],
            allow_unicode=True,
            sort_keys=False,
            width=sys.maxsize,
            default_flow_style=False,
        )
        entries.append(re.sub(r"^(  \w+:) null$", r"\1", written, flags=re.MULTILINE))
    return "\n".join(entries)


def _few(selectors: Sequence[str], japanese: bool) -> list[str]:
    more = len(selectors) - PLACES_NAMED
    if more <= 0:
        return list(selectors)
    rest = f"ほか{more}か所" if japanese else f"and {more} more places"
    return [*selectors[:PLACES_NAMED], rest]


@dataclass(frozen=True, slots=True)
class CriterionVerdict:
    """What people found of one criterion on pages of the sample, by address."""

    criterion: str
    who: str
    when: date
    evidence: str
    pages: Mapping[str, Outcome]
    where: Location


@dataclass(frozen=True, slots=True)
class TestRecord:
    """A test (JIS X 8341-3:2016, JB.3.1): its days, who did it, its pages with their digests.

    until is None while the test goes on; declared is the day on which the result is declared (表明日).
    """

    __test__ = False  # the name is the field's own, not pytest's

    begun: date | None = None
    until: date | None = None
    declared: date | None = None
    by: str = ""
    seed: str = ""
    pages: tuple[Chosen, ...] = ()
    verdicts: tuple[CriterionVerdict, ...] = field(default=())

    @property
    def addresses(self) -> tuple[str, ...]:
        return tuple(page.address for page in self.pages)


def read_test(tree: Tree) -> TestRecord | None:
    """The record of the test with its verdicts, or None where none was begun. Raises FaultsError."""
    faults = Faults()
    record = None
    if tree.exists(TEST_FILE) and (sheet := open_sheet(tree.read(TEST_FILE), TEST_FILE, faults)):
        record = _record(sheet)
    verdicts: tuple[CriterionVerdict, ...] = ()
    if tree.exists(CRITERIA_FILE):
        sheet = open_sheet(tree.read(CRITERIA_FILE), CRITERIA_FILE, faults)
        addresses = record.addresses if record else ()
        found = [_verdict(part, addresses) for part in (sheet.items() if sheet else ())]
        verdicts = tuple(verdict for verdict in found if verdict)
        if verdicts and record is None and not faults and sheet:
            sheet.wrong(
                f"{TEST_FILE} がありません。machikado report --sample --write で作ってください。",
                f"there is no {TEST_FILE}; make it with machikado report --sample --write.",
            )
    faults.must_be_none()
    return replace(record, verdicts=verdicts) if record else None


def _record(sheet: Part) -> TestRecord:
    keys = sheet.keys(("from", "to", "declared", "by", "seed", "pages"), ("pages",))
    days = {key: keys[key].day() for key in ("from", "to", "declared") if key in keys}
    begun, until, declared = (days.get(key) for key in ("from", "to", "declared"))
    for key, needed in (("to", "from"), ("to", "by"), ("declared", "to")):
        if key in keys and needed not in keys:
            keys[key].wrong(f"「{needed}」も書いてください。", f"`{needed}` is needed too.")
    if begun and until and until < begun:
        keys["to"].wrong("from より前の日です。", "is a day before `from`.")
    if until and declared and declared < until:
        keys["declared"].wrong("to より前の日です。", "is a day before `to`.")
    pages: list[Chosen] = []
    for part in keys["pages"].items() if "pages" in keys else ():
        one = part.keys(("page", "why", "digest"), ("page", "why", "digest"))
        if len(one) == 3:
            pages.append(Chosen(*(one[key].text() for key in ("page", "why", "digest"))))
    return TestRecord(
        begun,
        until,
        declared,
        keys["by"].text() if "by" in keys else "",
        keys["seed"].text() if "seed" in keys else "",
        tuple(pages),
    )


def _verdict(part: Part, addresses: Sequence[str]) -> CriterionVerdict | None:
    known = ("criterion", "name", "who", "when", "evidence", "all", "pages")
    keys = part.keys(known, ("criterion",))
    if not keys.keys() & {"all", "pages"} or "criterion" not in keys:
        return None
    number = keys["criterion"].text()
    if number not in every_criterion():
        keys["criterion"].wrong(
            f"「{number}」という達成基準はありません。1.1.1 のように書いてください。",
            f"there is no criterion `{number}`; write it like 1.1.1.",
        )
    judged: dict[str, Outcome] = {}
    if "all" in keys and (outcome := keys["all"].choice(_WORDS)):
        judged = dict.fromkeys(addresses, outcome)
    listed = keys["pages"].keys(None) if "pages" in keys else {}
    for address, one in listed.items():
        if addresses and address not in addresses:
            one.wrong(
                f"このページは {TEST_FILE} の pages にありません。",
                f"this page is not among `pages` of {TEST_FILE}.",
            )
        elif outcome := one.choice(_WORDS):
            judged[address] = outcome
    if not judged:
        return None
    for key in ("who", "when", "evidence"):
        if key not in keys:
            part.wrong(
                f"結果を書いたら、{key} も書いてください（who: 確かめた人、when: 日付、evidence: 確かめたこと）。",
                f"a result needs `{key}` too (who judged, when, and on what evidence).",
            )
    when = keys["when"].day() if "when" in keys else None
    if when is None or not {"who", "evidence"} <= keys.keys():
        return None
    return CriterionVerdict(
        number, keys["who"].text(), when, keys["evidence"].text(), judged, part.where
    )


def record_form(sample: Sample, seed: str) -> str:
    """`test.yml` for a sample: a person fills in its days."""
    head = (
        "# 試験の記録です。from と to は試験を始めた日と終えた日、by は試験をした人、declared は結果を表明した日です。\n"
        "# 全部の達成基準を確かめ終えるまで、to は空のままにします。pages は書き換えないでください。\n"
        "from:\nto:\nby:\ndeclared:\n"
    )
    pages = [{"page": one.address, "why": one.why, "digest": one.digest} for one in sample.pages]
    rows = yaml.safe_dump(
        {"seed": seed, "pages": pages}, allow_unicode=True, sort_keys=False, width=sys.maxsize
    )
    return head + str(rows)


def criteria_form(criteria: Iterable[Criterion]) -> str:
    """`criteria.yml` for these criteria: a person fills in what they found."""
    head = (
        "# 達成基準ごとに、選んだページで人が確かめたことです。まだ確かめていないものは、空のままにします。\n"
        "# どのページも同じ結果なら、all に書きます。違うページだけ、pages に「/plan/: 満たさない」のように書きます。\n"
        "# 書ける言葉: 満たす / 満たさない / 該当なし\n"
    )
    rows = [
        f"\n- criterion: {one.number}\n  name: {_quoted(one.name.ja)}\n"
        "  all:\n  pages:\n  who:\n  when:\n  evidence:\n"
        for one in criteria
    ]
    return head + "".join(rows)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '\\"') + '"'
