from __future__ import annotations

import pytest
from lxml import html

from small_city import article_of, site_of, source, translated

SMALL = "| Year | Done |\n|---|--:|\n| 2019 | 39 |\n| 2020 | 29 |\n"
WIDE = "| A | B | C | D |\n|---|:-:|---|---|\n| 1 | 2 | 3 | 4 |\n"
SMALL_HTML = (
    "<thead>\n<tr>\n"
    '<th scope="col">Year</th>\n<th class="right" scope="col">Done</th>\n'
    "</tr>\n</thead>\n<tbody>\n"
    '<tr>\n<th scope="row">2019</th>\n<td class="right">39</td>\n</tr>\n'
    '<tr>\n<th scope="row">2020</th>\n<td class="right">29</td>\n</tr>\n'
    "</tbody>\n</table>"
)


def typeset(body: str, locale: str = "ja") -> str:
    original = source(1000001, "家", body)
    pages = {"ja/index.md": original}
    if locale != "ja":
        pages[f"{locale}/index.md"] = translated(original, "x", body)
    return article_of(site_of(pages), f"{locale}/index.md").html


def tree(body: str, locale: str = "ja") -> html.HtmlElement:
    return html.fragment_fromstring(typeset(body, locale), create_parent="div")


@pytest.mark.parametrize("mark", ["表: ", "表：", "Table: ", "Table："])
def test_the_paragraph_above_a_table_becomes_its_caption(mark: str) -> None:
    assert typeset(f"前\n\n{mark}結果 *A*\n\n{SMALL}") == (
        '<p>前</p>\n<table>\n<caption id="table-1-caption">結果 <em>A</em></caption>' + SMALL_HTML
    )


def test_any_other_paragraph_stays_a_paragraph() -> None:
    assert typeset(f"結果\n\n{SMALL}") == f"<p>結果</p>\n<table>\n{SMALL_HTML}"


def test_header_cells_say_what_they_head_and_alignment_is_a_class() -> None:
    assert typeset(SMALL) == f"<table>\n{SMALL_HTML}"
    assert "style" not in typeset(WIDE)
    cells = tree(WIDE).xpath("//th[@class='center']/text() | //td[@class='center']/text()")
    assert cells == ["B", "2"]


def test_a_wide_table_scrolls_in_a_region_named_by_its_caption() -> None:
    region = tree(f"表: 題\n\n{WIDE}\n後").find("div")
    assert dict(region.attrib) == {
        "class": "table-scroll",
        "tabindex": "0",
        "role": "region",
        "aria-labelledby": "table-1-caption",
    }
    assert [child.tag for child in region] == ["table"]
    assert region.findtext("table/caption") == "題"
    assert region.getnext().text == "後"


@pytest.mark.parametrize(("locale", "word"), [("ja", "表"), ("en", "Table"), ("zh-Hant", "表格")])
def test_a_wide_table_without_caption_is_a_region_in_the_readers_language(
    locale: str, word: str
) -> None:
    region = tree(WIDE, locale).find("div")
    assert (region.get("aria-label"), region.get("aria-labelledby")) == (word, None)


def test_a_narrow_table_needs_no_region() -> None:
    assert tree(SMALL).xpath("//div[@role]") == []


def test_every_table_of_a_page_has_ids_of_its_own() -> None:
    body = f"表: 一 {{chart=stacked}}\n\n{SMALL}\n表: 二 {{chart=stacked}}\n\n{SMALL}"
    ids = tree(body).xpath("//@id")
    assert len(ids) == len(set(ids)) == 8


# Charts -----------------------------------------------------------------------------------------

FIGURES = (
    "表: 75施策の結果 {chart=stacked}\n\n"
    "| 分野 | 実施 | 一部着手 | 未着手 |\n|---|---|---|---|\n"
    "| 市民 | 12 | 19 | 3 |\n| 合計 | 39 | 29 | 7 |\n"
)


def test_a_chart_stands_above_its_table_and_says_every_figure_in_words() -> None:
    root = tree(FIGURES)
    figure, hint, region = root
    assert (hint.get("class"), hint.text) == (
        "scroll-hint",
        "狭い画面では、表を横に動かせます。",
    )
    assert (figure.tag, figure.get("class"), region.tag) == ("figure", "chart", "div")
    svg = figure.find("svg")
    assert svg.get("role") == "img"
    name, words = (root.get_element_by_id(ref) for ref in svg.get("aria-labelledby").split())
    assert (name.tag, name.text) == ("title", "75施策の結果")
    assert (words.tag, words.text) == (
        "desc",
        "市民: 実施 12, 一部着手 19, 未着手 3 / 合計: 実施 39, 一部着手 29, 未着手 7",
    )
    assert region.findtext("table/caption") == "75施策の結果"


def test_a_chart_writes_its_legend_its_totals_and_the_figures_that_have_room() -> None:
    assert tree(FIGURES).xpath("//svg//text/text()") == [
        *("実施", "一部着手", "未着手"),
        *("市民: 34", "12", "19", "3"),
        *("合計: 75", "39", "29", "7"),
    ]


def test_the_parts_of_a_bar_are_as_long_as_their_figures_and_fill_it() -> None:
    bars = tree(FIGURES).xpath("//rect[@height='30']/@width")
    assert [float(width) for width in bars] == pytest.approx(
        [358 * n / total for total, row in ((34, (12, 19, 3)), (75, (39, 29, 7))) for n in row],
        abs=0.01,
    )


def test_a_chart_tells_parts_apart_by_texture_too() -> None:
    root = tree(FIGURES)
    hatch = root.xpath("//pattern/@id")[0]
    hatched = root.xpath("//rect[contains(@class, 'chart-part-2')]/@fill")
    assert hatched == [f"url(#{hatch})"] * 3


def test_a_part_of_zero_is_not_drawn_and_a_row_of_zeros_is_no_fault() -> None:
    body = "表: 題 {chart=stacked}\n\n| a | b | c |\n|---|---|---|\n| x | 0 | 5 |\n| y | 0 | 0 |\n"
    root = tree(body)
    assert root.xpath("//rect[@height='30']/@class") == ["chart-part chart-part-2"]
    assert root.xpath("//desc/text()") == ["x: b 0, c 5 / y: b 0, c 0"]


@pytest.mark.parametrize("cell", ["約5", "-1", "1.5", "", "1,000"])
def test_a_table_with_a_cell_that_is_no_whole_number_gets_no_chart(cell: str) -> None:
    body = f"表: 題 {{chart=stacked}}\n\n| a | b |\n|---|---|\n| x | {cell} |\n"
    root = tree(body)
    assert root.xpath("//figure") == []
    assert root.xpath("//caption/text()") == ["題"]


def test_a_caption_that_ends_in_emphasis_may_ask_for_a_chart_too() -> None:
    root = tree(FIGURES.replace("結果", "*結果*"))
    assert root.xpath("//title/text()") == ["75施策の結果"]
    assert "".join(root.find(".//caption").itertext()) == "75施策の結果"


def test_a_chart_survives_the_sanitiser_with_all_that_draws_it() -> None:
    html_text = typeset(FIGURES)
    for part in ('viewBox="0 0 360 182"', 'patternUnits="userSpaceOnUse"', 'text-anchor="middle"'):
        assert part in html_text
