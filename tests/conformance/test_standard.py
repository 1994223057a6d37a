from __future__ import annotations

from collections import Counter

import pytest

from machikado.conformance.standard import Standard, every_criterion, level_of, standards


def counts(standard: Standard) -> dict[str, int]:
    return dict(Counter(one.level for one in standard.criteria.values()))


@pytest.mark.parametrize(
    ("standard", "a", "aa", "aaa"),
    [
        ("jis-2016", 25, 13, 23),
        ("wcag-2.0", 25, 13, 23),
        ("wcag-2.1", 30, 20, 28),
        ("wcag-2.2", 31, 24, 31),
    ],
)
def test_each_standard_has_the_number_of_criteria_that_it_states(
    standard: str, a: int, aa: int, aaa: int
) -> None:
    assert counts(standards()[standard]) == {"A": a, "AA": aa, "AAA": aaa}


def test_jis_2016_is_the_default_and_comes_first() -> None:
    assert next(iter(standards())) == "jis-2016"


def test_level_aa_asks_for_38_criteria_of_jis_2016() -> None:
    jis = standards()["jis-2016"]
    assert [len(jis.up_to("A")), len(jis.up_to("AA")), len(jis.up_to("AAA"))] == [25, 38, 61]


def test_parsing_is_a_criterion_of_jis_2016_and_none_of_wcag_22() -> None:
    assert "4.1.1" in standards()["jis-2016"].criteria
    assert "4.1.1" in standards()["wcag-2.1"].criteria
    assert "4.1.1" not in standards()["wcag-2.2"].criteria


def test_criteria_stand_in_the_order_of_their_numbers() -> None:
    numbers = list(standards()["wcag-2.2"].criteria)
    assert numbers.index("1.4.9") + 1 == numbers.index("1.4.10")
    assert numbers.index("2.4.10") + 1 == numbers.index("2.4.11")


def test_names_are_those_of_the_standard() -> None:
    jis, wcag = standards()["jis-2016"], standards()["wcag-2.2"]
    assert jis.criteria["2.4.1"].name.ja == "ブロックスキップ"
    assert wcag.criteria["2.4.1"].name.ja == "ブロックのバイパス"
    assert wcag.criteria["2.4.1"].name.en == "Bypass Blocks"
    assert wcag.criteria["2.5.8"].name.ja == "ターゲットのサイズ（最低限）"


def test_every_criterion_has_both_names_and_an_address_of_its_own() -> None:
    criteria = every_criterion().values()
    assert all(one.name.ja and one.name.en and one.slug for one in criteria)
    assert len({one.url for one in criteria}) == len(criteria) == 87
    assert every_criterion()["1.1.1"].url == "https://www.w3.org/TR/WCAG21/#non-text-content"
    assert every_criterion()["2.5.8"].url == "https://www.w3.org/TR/WCAG22/#target-size-minimum"


def test_a_number_of_the_2010_edition_is_no_criterion() -> None:
    assert "7.1.1.1" not in every_criterion()
    assert level_of(["7.1.1.1"]) is None
