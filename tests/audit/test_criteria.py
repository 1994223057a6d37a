from __future__ import annotations

from collections import Counter

from machikado.audit.criteria import (
    ADDED_IN_WCAG_21,
    ADDED_IN_WCAG_22,
    CRITERIA,
    JIS_2016,
    level_of,
    of_tags,
)


def test_jis_2016_has_25_a_13_aa_and_23_aaa_criteria() -> None:
    assert Counter(JIS_2016.values()) == {"A": 25, "AA": 13, "AAA": 23}


def test_wcag_21_and_22_add_17_and_9_criteria_and_rename_none() -> None:
    assert (len(ADDED_IN_WCAG_21), len(ADDED_IN_WCAG_22)) == (17, 9)
    assert len(CRITERIA) == 61 + 17 + 9


def test_criteria_are_read_from_axes_tags_and_nothing_else_is() -> None:
    tags = ["cat.color", "wcag2aa", "wcag22aa", "wcag1410", "wcag143", "TTv5", "EN-9.1.4.3", "ACT"]
    assert of_tags(tags) == ("1.4.3", "1.4.10")
    assert of_tags(["best-practice", "cat.semantics"]) == ()


def test_level_is_that_of_the_most_basic_criterion() -> None:
    assert level_of(["2.1.3", "2.1.1"]) == "A"
    assert level_of(["1.4.3"]) == "AA"
    assert level_of([]) is None
