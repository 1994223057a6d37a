"""Findings lead to the line that was written, or nowhere."""

from __future__ import annotations

import pytest

from machikado.audit.source import Holdings, Place, Source
from machikado.content.front_matter import FrontMatter
from machikado.content.locale import Locale
from machikado.content.page import Page
from machikado.vocabulary import Location

JA = Locale("ja", "ja", "日本語", "ja", "ja", is_default=True)
BODY = """\
最初の段落です。[申請の方法](a.md)を読んでください。

## 手続き

- 一つ目の項目
- 二つ目の**項目**

表: 取組の時期

| 取組 | 始まる年度 |
| --- | --- |
| 運営 | 令和元年度 |
| 検討 | 令和元年度 |

![市役所](hall.png) と ![](line.png){.decorative}

## 手続き

同じ言葉の段落

同じ言葉の段落

2行に分けて
書いた段落です。

<video src="a.mp4"></video>
"""
PAGE = Page(
    JA, "a.md", "docs/ja/a.md", FrontMatter("1000001", "題名"), BODY, 11, {"id": 2, "title": 3}
)
SOURCE = Source.of(PAGE)
HOLDINGS = Holdings(heading=("手続き", "手続き"), link=("申請の方法",), image=("市役所", ""))


def locate(place: Place, holdings: Holdings = HOLDINGS) -> Location | None:
    return SOURCE.locate(place, holdings)


def at(line: int) -> Location:
    return Location("docs/ja/a.md", line)


def test_title_leads_to_its_line_in_the_front_matter() -> None:
    assert locate(Place("title")) == at(3)


def test_summary_that_is_not_written_leads_nowhere() -> None:
    assert locate(Place("summary")) is None


@pytest.mark.parametrize(
    ("kind", "ordinal", "line"),
    [("heading", 0, 13), ("heading", 1, 27), ("link", 0, 11), ("image", 0, 25), ("image", 1, 25)],
)
def test_headings_links_and_images_are_found_by_their_number(
    kind: str, ordinal: int, line: int
) -> None:
    assert locate(Place("article", kind, ordinal)) == at(line)


def test_twin_headings_lead_nowhere_when_the_page_has_more_headings_than_the_source() -> None:
    holdings = Holdings(heading=("足された見出し", "手続き", "手続き"))
    assert locate(Place("article", "heading", 1), holdings) is None


def test_a_link_that_stands_once_is_found_though_the_page_has_more_links() -> None:
    holdings = Holdings(link=("脚注", "申請の方法"))
    assert locate(Place("article", "link", 1), holdings) == at(11)


def test_an_image_that_says_something_else_leads_nowhere() -> None:
    holdings = Holdings(image=("市民センター", ""))
    assert locate(Place("article", "image", 0), holdings) is None


def test_a_generated_element_leads_nowhere() -> None:
    assert locate(Place("article", "heading", -1)) is None


@pytest.mark.parametrize(
    ("block", "line"),
    [
        ("最初の段落です。申請の方法を読んでください。", 11),
        ("二つ目の項目", 16),
        ("2行に分けて 書いた段落です。", 33),
        ("取組の時期", 18),
    ],
)
def test_other_elements_are_found_by_the_words_around_them(block: str, line: int) -> None:
    assert locate(Place("article", "strong", 0, 1, block=block)) == at(line)


@pytest.mark.parametrize("block", ["同じ言葉の段落", "どこにもない段落", ""])
def test_words_that_stand_twice_or_nowhere_lead_nowhere(block: str) -> None:
    assert locate(Place("article", "p", 0, 1, block=block)) is None


def test_a_table_cell_is_found_by_its_row() -> None:
    cell = Place("article", "td", 0, 4, block="令和元年度", row="検討 令和元年度")
    assert locate(cell) == at(23)


def test_a_cell_that_stands_once_is_found_though_its_row_was_changed() -> None:
    cell = Place("article", "td", 0, 4, block="運営", row="運営 令和元年度 (2019年度)")
    assert locate(cell) == at(22)


def test_hand_written_elements_are_found_by_their_number() -> None:
    assert locate(Place("article", "video", 0, 1)) == at(36)
    assert locate(Place("article", "video", 0, 2)) is None


def test_a_place_outside_the_article_leads_nowhere() -> None:
    assert SOURCE.locate(None, HOLDINGS) is None
