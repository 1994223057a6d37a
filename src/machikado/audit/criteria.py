"""The success criteria and their levels, as data: JIS X 8341-3:2016 and what WCAG added since.

Sources: JIS X 8341-3:2016 (= ISO/IEC 40500:2012 = WCAG 2.0, 61 criteria); W3C Recommendations
WCAG 2.1 (2018, updated 2025) and WCAG 2.2 (2023, updated 2024).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from machikado.vocabulary import Criteria, Level


def _levels(a: str, aa: str, aaa: str) -> dict[str, Level]:
    table: dict[str, Level] = {}
    table.update(dict.fromkeys(a.split(), "A"))
    table.update(dict.fromkeys(aa.split(), "AA"))
    table.update(dict.fromkeys(aaa.split(), "AAA"))
    return table


JIS_2016: Criteria = _levels(
    a="""
    1.1.1 1.2.1 1.2.2 1.2.3 1.3.1 1.3.2 1.3.3 1.4.1 1.4.2
    2.1.1 2.1.2 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4
    3.1.1 3.2.1 3.2.2 3.3.1 3.3.2 4.1.1 4.1.2
    """,
    aa="1.2.4 1.2.5 1.4.3 1.4.4 1.4.5 2.4.5 2.4.6 2.4.7 3.1.2 3.2.3 3.2.4 3.3.3 3.3.4",
    aaa="""
    1.2.6 1.2.7 1.2.8 1.2.9 1.4.6 1.4.7 1.4.8 1.4.9
    2.1.3 2.2.3 2.2.4 2.2.5 2.3.2 2.4.8 2.4.9 2.4.10
    3.1.3 3.1.4 3.1.5 3.1.6 3.2.5 3.3.5 3.3.6
    """,
)
ADDED_IN_WCAG_21: Criteria = _levels(
    a="2.1.4 2.5.1 2.5.2 2.5.3 2.5.4",
    aa="1.3.4 1.3.5 1.4.10 1.4.11 1.4.12 1.4.13 4.1.3",
    aaa="1.3.6 2.2.6 2.3.3 2.5.5 2.5.6",
)
ADDED_IN_WCAG_22: Criteria = _levels(
    a="3.2.6 3.3.7",
    aa="2.4.11 2.5.7 2.5.8 3.3.8",
    aaa="2.4.12 2.4.13 3.3.9",
)
CRITERIA: Criteria = {**JIS_2016, **ADDED_IN_WCAG_21, **ADDED_IN_WCAG_22}

_TAG = re.compile(r"wcag(\d)(\d)(\d{1,2})")


def of_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """The criteria that axe's tags name, in their order.

    >>> of_tags(["cat.color", "wcag2aa", "wcag143", "wcag1410"])
    ('1.4.3', '1.4.10')
    """
    found = {".".join(match.groups()) for tag in tags if (match := _TAG.fullmatch(tag))}
    return tuple(sorted(found, key=lambda number: [int(part) for part in number.split(".")]))


def level_of(criteria: Iterable[str]) -> Level | None:
    """The most basic level among `criteria`: what fails an A criterion fails level A."""
    levels = [CRITERIA[number] for number in criteria if number in CRITERIA]
    return min(levels, key=len, default=None)
