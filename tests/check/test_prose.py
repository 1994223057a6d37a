"""What readers see of a page, each character at its place in the source."""

from __future__ import annotations

import re

import pytest

from machikado.article.outline import outline
from machikado.check.prose import MASK, Prose
from machikado.content.reader import read_site
from machikado.content.tree import MemoryTree
from machikado.vocabulary import Fix
from small_city import LOCALES


def prose(body: str, front_matter: str = "id: 1000001\ntitle: 題名") -> Prose:
    text = f"---\n{front_matter}\n---\n{body}"
    tree = MemoryTree({"docs/ja/a.md": text, "i18n/locales.yml": LOCALES})
    (page,) = read_site(tree).site.pages
    return Prose.of(page, outline(page.body, page.body_line))


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        ("前`日 時`後", "前_後"),
        ("```\n日 時\n```\n後", "_\n_\n_\n後"),
        ("[申請書](a(1).md \"題\")の後", "[申請書_の後"),
        ("![橋の図](b.png){.wide}後", "![橋の図_後"),
        ("<span title=\"日 時\">中</span>後", "_中_後"),
        ("日<br>時", "日<br>時"),
        ("https://city.example/１２です", "_１２です"),
        ("宛先 info@city.example まで", "宛先 _ まで"),
        ("本文[^1]\n\n[^1]: 注です", "本文_\n\n_ 注です"),
        ("[[news limit=5]]\n後", "_\n後"),
        ("{不来方|こずかた}城", "_不来方_城"),
        ("**日** 時", "_日_ 時"),
        ("前<!-- 日 時 -->後", "前_後"),
        ("[計画]: a.md\n[計画]です", "_\n[計画]です"),
        ('!!! note "持ち物"\n    筆', '_ note "持ち物"\n    筆'),
        ("一\n{: .cards }", "一\n_"),
    ],
)  # fmt: skip
def test_what_is_no_text_is_masked(body: str, seen: str) -> None:
    text = prose(body).body.text
    assert len(text) == len(body)
    assert re.sub(f"{MASK}+", "_", text) == seen


def test_title_and_summary_are_read_with_the_lines_of_their_keys() -> None:
    told = prose("本文", "id: 1000001\ntitle: ﾊﾞｽ\nsummary: ﾊﾞｽの\n")
    places = list(told.find(re.compile("ﾊﾞｽ")))
    assert [place.line for place in places] == [3, 4]
    assert [place.fix("バス") for place in places] == [None, None]


def test_a_place_of_the_body_can_be_fixed_where_it_is_written() -> None:
    (place,) = prose("一行目\n**料金**はﾊﾞｽの中").find(re.compile("ﾊﾞｽ"))
    assert (place.before, place.after) == (f"{MASK * 2}料金{MASK * 2}は", "の中")
    assert place.fix("バス") == Fix(6, 7, "ﾊﾞｽ", "バス")


def test_what_a_mask_or_the_end_of_a_line_runs_through_cannot_be_fixed() -> None:
    (broken,) = prose("経\n済").find(re.compile("経\n済"))
    (masked,) = prose("経**済**").find(re.compile(f"経{MASK}+済"))
    assert (broken.fix("経済"), masked.fix("経済")) == (None, None)


def test_only_words_outside_of_headings_links_and_images_are_a_pages_own() -> None:
    told = prose("## 見出し\n\n[案内](a.pdf)を、見る。\n\n![図](b.png)")
    assert told.own_letters == len("を見る")


def test_a_quick_pattern_finds_the_same_places() -> None:
    told = prose("4/1と12/24と、1/2")
    slow = re.compile(r"(?<!\d)\d{1,2}/\d{1,2}")
    quick = told.find_at(re.compile(r"\d/\d"), slow, back=1)
    assert [p.words for p in quick] == [p.words for p in told.find(slow)] == ["4/1", "12/24", "1/2"]
