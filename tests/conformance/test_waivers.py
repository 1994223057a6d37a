from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from conformance_kit import TODAY, doubt, faults_in, finding

from machikado.conformance.sheet import FaultsError
from machikado.conformance.waivers import EXPIRED, FILE, UNUSED, Waiver, read_waivers, waive
from machikado.content.tree import MemoryTree
from machikado.vocabulary import Location, Report, Weight

WAIVER = """\
- check: image-alt
  page: /news/*
  selector: "#map > img"
  reason: 地図を作り直している
  owner: 広報課
  until: 2026-12-31
"""


def waivers_of(text: str) -> tuple[Waiver, ...]:
    return read_waivers(MemoryTree({FILE: text}))


def waiver(check: str = "image-alt", until: date = TODAY, line: int = 1, **more: str) -> Waiver:
    made = Waiver(check, "理由", "広報課", until, Location(FILE, line))
    return replace(made, **more)  # type: ignore[arg-type]


def test_a_project_without_the_file_has_no_waivers() -> None:
    assert read_waivers(MemoryTree({})) == ()


def test_a_waiver_is_read_with_its_line() -> None:
    assert waivers_of("# first\n" + WAIVER) == (
        Waiver(
            "image-alt",
            "地図を作り直している",
            "広報課",
            date(2026, 12, 31),
            Location(FILE, 2),
            "/news/*",
            "#map > img",
        ),
    )


def test_everything_missing_in_waivers_is_told_at_once() -> None:
    text = "- check: image-alt\n  until: 31.12.2026\n- page: /\n  reason: x\n  who: y\n"
    with pytest.raises(FaultsError) as error:
        waivers_of(text)
    assert [(where, words.split(";")[0]) for where, words in faults_in(error)] == [
        (f"{FILE}:1", "`[1]`: `reason` is missing."),
        (f"{FILE}:1", "`[1]`: `owner` is missing."),
        (f"{FILE}:2", "`[1].until`: `31.12.2026` is no date"),
        (f"{FILE}:3", "`[2]`: `check` is missing."),
        (f"{FILE}:3", "`[2]`: `owner` is missing."),
        (f"{FILE}:3", "`[2]`: `until` is missing."),
        (f"{FILE}:5", "there is no key `[2].who`"),
    ]


@pytest.mark.parametrize(
    ("pattern", "matches"),
    [
        (None, True),
        ("/news/a/", True),
        ("/base/news/a/", True),
        ("/news/*", True),
        ("/new?/a/", False),
        ("/plan/*", False),
        ("/news/", False),
    ],
)
def test_a_page_matches_exactly_or_by_stars_with_and_without_the_base_path(
    pattern: str | None, matches: bool
) -> None:
    one = replace(waiver(), page=pattern)
    assert one.matches(finding(page="/base/news/a/"), "/base/") is matches


def test_a_waiver_holds_until_the_end_of_its_day_and_then_no_more() -> None:
    report = Report(1, (finding("image-alt", "1.1.1"),))
    assert waive(report, [waiver(until=TODAY)], TODAY).findings[0].weight is Weight.WAIVED
    late = waive(report, [waiver(until=date(2026, 11, 22))], TODAY)
    assert late.findings[0].weight is Weight.ERROR
    assert late.blocks
    told = late.findings[1]
    assert (told.check, told.weight, told.source) == (EXPIRED, Weight.WARNING, Location(FILE, 1))
    assert told.message.ja == "「image-alt」の猶予の期限が切れました（2026-11-22、広報課）。"


def test_a_waived_error_stops_nothing_and_other_errors_still_do() -> None:
    report = Report(1, (finding("image-alt"), finding("image-alt", page="/other/")))
    waived = waive(report, [waiver(page="/")], TODAY)
    assert [one.weight for one in waived.findings] == [Weight.WAIVED, Weight.ERROR]
    assert [one.waived for one in waived.findings] == [waiver(page="/").why, None]
    assert len(waived.failed) == 1


def test_a_waiver_is_only_for_its_check_and_its_selector() -> None:
    report = Report(1, (finding("label", selector="#a"), finding("image-alt", selector="#b")))
    waived = waive(report, [waiver(selector="#a")], TODAY)
    assert [one.weight for one in waived.findings[:2]] == [Weight.ERROR, Weight.ERROR]


def test_a_waiver_that_nothing_needs_is_told_where_everything_was_audited() -> None:
    unused = waive(Report(1), [waiver()], TODAY)
    assert [one.check for one in unused.findings] == [UNUSED]
    assert not unused.blocks
    assert waive(Report(1), [waiver()], TODAY, is_whole=False).findings == ()


def test_a_waiver_is_still_needed_when_the_report_was_waived_before() -> None:
    report = Report(1, (finding("image-alt"),))
    once = waive(report, [waiver()], TODAY)
    assert waive(once, [waiver()], TODAY) == once


def test_warnings_and_open_questions_are_not_waived() -> None:
    report = Report(1, (finding("image-alt", weight=Weight.WARNING), doubt("image-alt")))
    assert waive(report, [waiver()], TODAY).findings[:2] == report.findings
