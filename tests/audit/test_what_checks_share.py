"""What several checks lean on: the table model, lines that look like lists, slips in HTML."""

from __future__ import annotations

import pytest

from machikado.audit.checks._lines import mark, runs_of_items
from machikado.audit.checks._source import is_plainly_well_formed, slips


@pytest.mark.parametrize(
    "line",
    [
        "・申請書",
        "● 申請書",
        "- 申請書",
        "1. Fill in",
        "（２）申請書",
        "③申請書",
        "a) Fill in",
        "ア　申請書",
        "※申請書",
    ],
)
def test_a_typed_bullet_or_number_begins_an_item(line: str) -> None:
    assert mark(line) != ""


@pytest.mark.parametrize(
    "line",
    [
        "申請書",
        "-1.5",
        "2026年",
        "1.5 km",
        "",
        "A：はい",
        "※1 申請書",
        "ア　イ　ウ",
        "○○小学校",
        "a cat",
    ],
)
def test_figures_and_words_begin_no_item(line: str) -> None:
    assert mark(line) == ""


def test_numbers_make_a_list_only_when_they_follow_each_other() -> None:
    assert list(runs_of_items(["1. a", "2. b", "3. c"])) == [["1. a", "2. b", "3. c"]]
    assert list(runs_of_items(["1. a", "4. b", "2. c"])) == []


def test_a_line_without_a_bullet_ends_the_list() -> None:
    assert list(runs_of_items(["・a", "・b", "文", "・c"])) == [["・a", "・b"]]


@pytest.mark.parametrize(
    "html",
    [
        "<!doctype html><html><head><title>a < b</title></head><body><p>x</p></body></html>",
        '<div><img src="a.png" alt="a > b"><br/><svg><path d="M0"/></svg></div>',
        "<ul><li>a</li><li>b</li></ul><script>if (a < b) document.write('<p>')</script>",
    ],
)
def test_plain_html_needs_no_parser_to_be_found_well_formed(html: str) -> None:
    assert is_plainly_well_formed(html)
    assert slips(html) == ()


def test_left_out_end_tags_that_html_allows_are_no_slips() -> None:
    html = "<!doctype html><html><title>a</title><ul><li>a<li>b</ul><p>c<p>d"
    assert not is_plainly_well_formed(html)
    assert slips(html) == ()


@pytest.mark.parametrize(
    ("html", "code", "line"),
    [
        ("<!doctype html>\n<p><b><i>x</b></i></p>", "adoption-agency-1.3", 2),
        ("<!doctype html>\n<p>x</p>\n</div>", "end-tag-too-early", 3),
        ('<!doctype html><p class="a"\nclass="b">x</p>', "duplicate-attribute", 2),
        ("<!doctype html><div>\n<span>x", "expected-closing-tag-but-got-eof", 2),
    ],
)
def test_a_slip_is_told_with_its_line(html: str, code: str, line: int) -> None:
    assert (code, line) in [(slip.code, slip.line) for slip in slips(html)]
