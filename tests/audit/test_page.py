"""The HTML report of an audit: what it says, that everyone can read it, and that no page can take it over."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import lxml.html
import pytest

from machikado.audit import axe
from machikado.audit.check import all_checks, all_probes
from machikado.audit.judgement import Subject, judge
from machikado.audit.page import Audited, html_report, in_picture_order
from machikado.audit.sight import SITE_VIEWS, Patience, Visit
from machikado.browser.chromium import Chromium, Session
from machikado.vocabulary import (
    Finding,
    Language,
    Location,
    Outcome,
    Problem,
    Report,
    State,
    Text,
    Weight,
)

HOSTILE = "\"'><script>document.title='taken'</script><img src=x onerror=alert(1)>{{ 7*7 }}"
FAULT = Finding(
    check="image-alt",
    engine="axe-core 4.12.1",
    message=Text("画像に説明がありません。", "An image has no text alternative."),
    help=Text("説明を書いてください。", "Write what it tells."),
    page="/plan/",
    source=Location("docs/ja/plan/index.md", 12),
    criteria=("1.1.1",),
    level="A",
    theme="dark",
    viewport="phone",
    selector="main > img",
    html='<img src="map.png">',
)
ASKED = replace(FAULT, outcome=Outcome.CANT_TELL, check="is-it-clear", criteria=("1.4.3",))
REPORT = Report(
    3,
    (
        FAULT,
        replace(FAULT, page="/", source=None, selector="header"),
        replace(FAULT, page="/en/", source=None, selector="header", state=State(ruby=True)),
        ASKED,
        replace(FAULT, weight=Weight.WARNING),
        replace(FAULT, weight=Weight.STYLE, html=HOSTILE),
        replace(FAULT, weight=Weight.WAIVED),
    ),
    (Problem("/broken/", Text("開けません。", "It did not open.")),),
    ("/", "/en/", "/plan/"),
    {"1.1.1": 2, "2.4.2": 3},
)
AUDITED = Audited(
    "https://city.example/",
    datetime(2026, 12, 1, 9, 30, tzinfo=UTC),
    Text("JIS X 8341-3:2016 レベルAA", "JIS X 8341-3:2016, level AA"),
    SITE_VIEWS,
)
# One red dot.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415478da63f8cfc000"
    "00030101001827d5c20000000049454e44ae426082"
)
both_languages = pytest.mark.parametrize("spoken", ["ja", "en"])


def words_of(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def page_of(report: Report, spoken: Language = "en", **more: object) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(html_report(report, AUDITED, spoken, **more))  # type: ignore[arg-type]


def entries(page: lxml.html.HtmlElement, section: str) -> list[lxml.html.HtmlElement]:
    found: list[lxml.html.HtmlElement] = page.xpath(
        f"//section[@aria-labelledby='{section}']/article"
    )
    return found


def facts(entry: lxml.html.HtmlElement) -> dict[str, str]:
    return {words_of(one.find("dt")): words_of(one.find("dd")) for one in entry.findall("dl/div")}


def test_a_fault_is_told_with_its_line_what_to_do_and_where_it_shows() -> None:
    (fault, _) = entries(page_of(REPORT), "faults")
    assert words_of(fault.find("h3")) == (
        "1. docs/ja/plan/index.md:12 An image has no text alternative."
    )
    assert facts(fault) == {
        "What to do": "Write what it tells.",
        "Where it was found": "/plan/",
        "Shown as": "dark phone",
        "Success criteria": "1.1.1 Non-text Content (level A)",
        "Check": "image-alt (axe-core 4.12.1)",
        "Element (CSS selector)": "main > img",
        "Its HTML": '<img src="map.png">',
        "Picture": "None was taken.",
    }


def test_one_fault_of_two_pages_is_told_once_with_both_and_all_its_views() -> None:
    shared = facts(entries(page_of(REPORT), "faults")[1])
    assert shared["Where it was found"] == "/ and 1 more /en/"
    assert shared["Shown as"] == "dark phone / dark phone with readings"


def test_questions_warnings_and_waived_faults_stand_apart() -> None:
    page = page_of(REPORT)
    told = [words_of(link) for link in page.xpath("//nav//li")]
    assert told == [
        "Faults to mend: 2",
        "Pages that could not be audited: 1",
        "Questions for a person: 1",
        "Warnings: 2",
        "Waived faults: 1",
        "By success criterion",
        "What was audited",
    ]
    assert [facts(entry)["Kind"] for entry in entries(page, "warnings")] == ["Warning", "Style"]


def test_a_page_that_could_not_be_audited_is_in_a_table_with_the_reason() -> None:
    rows = page_of(REPORT).xpath("//section[@aria-labelledby='problems']//tbody/tr")
    told = [[words_of(cell) for cell in row] for row in rows]
    assert told == [["/broken/", "It did not open."]]


def test_criteria_are_counted_and_none_is_called_met() -> None:
    rows = page_of(REPORT).xpath("//section[@aria-labelledby='criteria']//tbody/tr")
    assert [[words_of(cell) for cell in row] for row in rows] == [
        ["1.1.1 Non-text Content (level A)", "2", "2", "0"],
        ["1.4.3 Contrast (Minimum) (level AA)", "0", "0", "1"],
        ["2.4.2 Page Titled (level A)", "3", "0", "0"],
    ]


def test_what_was_audited_is_told() -> None:
    (section,) = page_of(REPORT).xpath("//section[@aria-labelledby='audited']")
    told = facts(section)
    assert told["Standard"] == "JIS X 8341-3:2016, level AA"
    assert told["When"] == "2026-12-01 09:30 UTC"
    assert told["Pages"] == "3 List of pages //en//plan/"
    assert told["Ways of showing"].startswith("light desktop")


def test_a_part_of_an_audit_says_that_it_is_one() -> None:
    header = page_of(replace(REPORT, shard=(2, 4))).find(".//header")
    assert "This is part 2 of 4 alone" in words_of(header)
    assert "part" not in words_of(page_of(REPORT).find(".//header"))


@both_languages
def test_a_report_without_findings_says_that_a_machine_found_nothing(spoken: Language) -> None:
    page = page_of(Report(1, audited=("/",)), spoken)
    wanted = "機械で分かる範囲です" if spoken == "ja" else "as far as a machine can tell"
    assert wanted in words_of(page.find(".//header"))
    assert page.xpath("//article") == []


def test_a_picture_is_in_the_file_and_has_words() -> None:
    page = page_of(Report(1, (FAULT,)), pictures={FAULT: PNG})
    (image,) = page.xpath("//img")
    assert image.get("src").startswith("data:image/png;base64,iVBORw0KGgo")
    assert image.get("alt") == (
        "Part of the screen of /plan/ (dark phone); a red frame is around what this is about."
    )


@pytest.mark.parametrize(
    ("finding", "pictures", "why"),
    [
        (FAULT, {FAULT: None}, "None: it is not visible"),
        (replace(FAULT, selector=None), {}, "None: it is not visible"),
        (FAULT, {}, "None: only 60 pictures are taken."),
    ],
    ids=["not visible", "of the whole page", "too many"],
)
def test_a_missing_picture_is_told(
    finding: Finding, pictures: dict[Finding, bytes | None], why: str
) -> None:
    (entry,) = entries(page_of(Report(1, (finding,)), pictures=pictures), "faults")
    assert facts(entry)["Picture"].startswith(why)


def test_pictures_are_taken_of_faults_before_warnings_and_questions() -> None:
    weights = [(f.outcome, f.weight) for f in in_picture_order(REPORT)]
    assert weights == [
        *[(Outcome.FAILED, Weight.ERROR)] * 2,
        (Outcome.FAILED, Weight.WARNING),
        (Outcome.FAILED, Weight.STYLE),
        (Outcome.FAILED, Weight.WAIVED),
        (Outcome.CANT_TELL, Weight.ERROR),
    ]


def test_a_file_needs_nothing_else_and_allows_no_script() -> None:
    text = html_report(REPORT, AUDITED, "ja")
    assert re.findall(r"""(?:src|href)="([^"#][^"]*)""", text) == []
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy.startswith("default-src 'none'; img-src data:; style-src 'sha256-")


def test_headings_skip_no_level_and_ids_are_unique() -> None:
    page = page_of(REPORT)
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1|//h2|//h3")]
    assert levels[0] == 1
    assert all(next_one <= one + 1 for one, next_one in pairwise(levels))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


def hostile_report() -> Report:
    finding = Finding(
        check=HOSTILE,
        engine=HOSTILE,
        message=Text(HOSTILE, HOSTILE),
        help=Text(HOSTILE, HOSTILE),
        page=HOSTILE,
        source=Location(HOSTILE, 1),
        theme=HOSTILE,
        viewport=HOSTILE,
        selector=HOSTILE,
        html=HOSTILE,
    )
    problem = Problem(HOSTILE, Text(HOSTILE, HOSTILE))
    return Report(1, (finding, replace(finding, page="/")), (problem,), (HOSTILE,))


def test_what_a_page_says_is_shown_and_never_obeyed() -> None:
    audited = replace(AUDITED, subject=HOSTILE, standard=Text(HOSTILE, HOSTILE))
    finding = hostile_report().findings[0]
    text = html_report(hostile_report(), audited, "en", {finding: PNG})
    page = lxml.html.document_fromstring(text)
    assert page.xpath("//script") == []
    assert page.xpath("//@onerror") == []
    assert "49" not in words_of(page.find(".//main"))
    (entry,) = entries(page, "faults")
    assert facts(entry)["Its HTML"] == " ".join(HOSTILE.split())


@pytest.fixture(scope="module")
def session(chromium: Chromium) -> Iterator[Session]:
    with chromium(axe.setup(), None) as browser:
        yield browser


def look(session: Session, url: str) -> tuple[list[str], str]:
    """What the audit finds on the page in all views, and the last view's answer."""
    options = axe.options("target-size", "color-contrast-enhanced")
    argument = {"options": options, "colourRules": axe.COLOUR_RULES}
    probes = all_probes(all_checks())
    seen = session.look(Visit(url, SITE_VIEWS, axe.question(), argument, Patience(), probes))
    judged = judge(Subject(url, url), seen)
    return [
        f"{f.theme} {f.viewport} {f.check} {f.selector}: {f.outcome}" for f, _ in judged.placed
    ], seen.sights[-1].answer


@pytest.mark.browser
@both_languages
def test_the_report_has_no_fault_of_its_own_in_either_scheme_and_at_320_pixels(
    session: Session, site_dir: Path, origin: str, spoken: Language
) -> None:
    # Contrast of 7:1 is asked for by axe's rule `color-contrast-enhanced`.
    text = html_report(REPORT, AUDITED, spoken, {FAULT: PNG})
    (site_dir / "report.html").write_text(text, encoding="utf-8")
    found, _ = look(session, f"{origin}/report.html")
    assert found == []


@pytest.mark.browser
def test_half_a_character_on_a_page_reaches_no_report(
    session: Session, site_dir: Path, origin: str
) -> None:
    script = r"document.querySelector('img').className = '\\ud83d😀 \ud83d\ud83d'"
    body = f"<main><img src='x.png' width='40' height='40'><script>{script}</script></main>"
    (site_dir / "page.html").write_text(f"<!doctype html>{body}", encoding="utf-8")
    _, answer = look(session, f"{origin}/page.html")
    images = [row["html"] for row in json.loads(answer)["results"] if row["rule"] == "image-alt"]
    assert [image.split('class="')[1] for image in images] == ['\\ud83d😀 \ufffd\ufffd">']


@pytest.mark.browser
def test_hostile_content_runs_nothing_in_a_browser(
    session: Session, site_dir: Path, origin: str
) -> None:
    text = html_report(hostile_report(), AUDITED, "en", {})
    (site_dir / "report.html").write_text(text, encoding="utf-8")
    found, answer = look(session, f"{origin}/report.html")
    assert found == []
    assert json.loads(answer)["snapshot"]["title"].startswith("Result of the accessibility audit")
