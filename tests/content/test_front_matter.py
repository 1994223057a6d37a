"""Front matter is read by type, and every fault names its line and what to write."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from machikado.content.front_matter import FrontMatterError, Method, PageType, parse, split

TOKYO = ZoneInfo("Asia/Tokyo")


def faults(head: str) -> list[tuple[str, int, str]]:
    """Check, line and English message of every fault in `head`, which starts at line 2."""
    try:
        found = parse(split(f"---\n{head}---\n")).faults
    except FrontMatterError as error:
        found = (error.fault,)
    return [(fault.check, fault.line, fault.message.en) for fault in found]


def test_values_are_read_by_their_type() -> None:
    text = """\
---
id: 1003122
title: "施策1-2-2: ウェブアクセシビリティの向上"
type: news
publish_at: 2026-11-16T09:00:00+09:00
updated_at: 2026-11-20
review_by: 2027-11-30
aliases: [/old/page/, /older/]
translation:
  source_hash: "0123456789012345"
  method: machine-edited
  reviewer: null
  date: 2026-11-20
---
本文
"""
    source = split(text)
    parsed = parse(source)
    assert parsed.faults == ()
    assert parsed.values["id"] == "1003122"
    assert parsed.values["type"] is PageType.NEWS
    assert parsed.values["publish_at"] == datetime(2026, 11, 16, 9, tzinfo=TOKYO)
    assert parsed.values["updated_at"] == datetime(2026, 11, 20, tzinfo=TOKYO)
    assert parsed.values["review_by"] == date(2027, 11, 30)
    assert parsed.values["aliases"] == ("/old/page/", "/older/")
    assert parsed.values["translation"].method is Method.MACHINE_EDITED
    assert parsed.values["translation"].source_hash == "0123456789012345"
    assert (source.body, source.body_line) == ("本文\n", 15)
    assert (source.lines["id"], source.lines["translation.date"]) == (2, 13)


@pytest.mark.parametrize(
    ("head", "check", "line"),
    [
        ('id: 1000001\ntitle: "閉じない\ntype: page\n', "front-matter-syntax", 3),
        ("id: 1000001\ntitle: 題名: 副題\n", "front-matter-syntax", 3),
        ("id: 1000001\n\ttitle: 題名\n", "front-matter-syntax", 3),
        ("id: 1000001\ntitle: 題名\ntitle: 別の題名\n", "front-matter-syntax", 4),
        ("id: 1000001\ntitle: \x00\n", "front-matter-syntax", 3),
        ("- id\n", "front-matter-syntax", 2),
        ("event: &e [*e]\n", "front-matter-syntax", 2),
        ("id: 1000001\ntitle: 題名\ntittle: 題名\n", "front-matter-unknown-key", 4),
        ("id: abc/def\ntitle: 題名\n", "front-matter-value", 2),
        ("id: 1000001\ntitle:\n", "front-matter-value", 3),
        ("id: 1000001\ntitle: 題名\ntype: article\n", "front-matter-value", 4),
        ("id: 1000001\ntitle: 題名\naliases: old/page\n", "front-matter-value", 4),
        ("id: 1000001\ntitle: 題名\nfeed_id: 1000001\n", "front-matter-value", 4),
        ("title: 題名\n", "front-matter-required", 1),
    ],
)
def test_each_fault_names_its_line(head: str, check: str, line: int) -> None:
    assert [(name, at) for name, at, _ in faults(head)] == [(check, line)]


def test_a_fault_inside_translation_names_the_inner_line() -> None:
    head = "id: 1000001\ntitle: T\ntranslation:\n  method: machine\n  date: 2026/4/1\n"
    assert faults(head) == [
        ("front-matter-value", 6, "translation.date: `2026/4/1` is no ISO 8601 date.")
    ]


@pytest.mark.parametrize(
    ("written", "suggested"),
    [("2026/4/1", "2026-04-01"), ("2026年12月3日", "2026-12-03"), ("2026.4.1", "2026-04-01")],
)
def test_a_date_that_is_not_iso_8601_is_answered_with_the_date_to_write(
    written: str, suggested: str
) -> None:
    fault = parse(split(f"---\nid: 1000001\ntitle: T\npublish_at: {written}\n---\n")).faults[0]
    assert (fault.check, fault.line) == ("front-matter-value", 4)
    assert fault.help.ja == (
        f"日付は {suggested} のように書いてください（時刻も書くなら {suggested}T09:00）。"
    )
    assert suggested in fault.help.en


def test_an_unknown_key_is_answered_with_the_key_that_was_meant() -> None:
    fault = parse(split("---\nid: 1000001\ntitle: T\nsumary: S\n---\n")).faults[0]
    assert fault.message.en == "There is no key `sumary`."
    assert fault.help.en.startswith("Did you mean `summary`? ")


def test_a_page_without_front_matter_says_how_to_begin() -> None:
    with pytest.raises(FrontMatterError) as missing:
        split("# 題名\n")
    assert (missing.value.fault.check, missing.value.fault.line) == ("front-matter-missing", 1)
    with pytest.raises(FrontMatterError) as unclosed:
        split("---\nid: 1000001\n")
    assert unclosed.value.fault.message.en == "The front matter is not closed."


def test_several_faults_are_all_reported_at_once() -> None:
    found = faults("id: x\ntitle: T\ntype: y\nzzz: 1\n")
    assert [(check, line) for check, line, _ in found] == [
        ("front-matter-value", 2),
        ("front-matter-value", 4),
        ("front-matter-unknown-key", 5),
    ]
