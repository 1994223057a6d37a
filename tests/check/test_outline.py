"""The outline finds what a page is made of, line by line, and nothing inside code or comments."""

from __future__ import annotations

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from machikado.article.outline import (
    Anchor,
    Directive,
    Heading,
    Image,
    Link,
    Table,
    fragments,
    outline,
    plain,
)
from small_city import PROJECT, demo


def test_every_part_has_its_line_counted_from_the_first_line_of_the_file() -> None:
    parts = outline(
        "段落と[リンク](a.md)\n\n## 見出し "
        "{#named}\n\n![図](b.png){ .decorative }\n\n[[news limit=5]]\n\n"
        "表: 題名\n\n| 列 |\n| --- |\n\n見出し\n---\n",
        first_line=10,
    )
    assert parts.links == (Link("リンク", "a.md", 10),)
    assert parts.headings == (Heading(2, "見出し", 12, "named"), Heading(2, "見出し", 23))
    assert parts.images == (Image("図", "b.png", 14, decorative=True),)
    assert parts.directives == (Directive("news", {"limit": "5"}, 16),)
    assert parts.tables == (Table(20, "題名"),)
    assert parts.anchors == (Anchor("named", 12),)


@pytest.mark.parametrize(
    "code",
    [
        "```\n{}\n```",
        "~~~~ md\n{}\n~~~\n{}\n~~~~",
        "`{}`",
        "``{} ` {}``",
        "    {}",
        "段落\n\n\t{}",
        "1. 手順\n\n    ```\n    {}\n    ```",
        "> ```\n> {}\n> ```",
        "<!-- {} -->",
        "<!--\n\n{}\n\n-->",
        "`<!--` {} `-->`".replace("{}", ""),
        "<pre>\n{}\n</pre>",
    ],
)
def test_code_and_comments_hold_no_parts(code: str) -> None:
    parts = outline(code.replace("{}", "[リンク](a.md) ![](b.png)"))
    assert (parts.links, parts.images, parts.headings) == ((), (), ())


@pytest.mark.parametrize(
    "text",
    [
        "- 項目\n\n    {}",
        "!!! note\n\n    {}",
        "段落\n    {}",
        "```\n{}",
        "\\`{}\\`",
        "`<!--` {} `-->`",
    ],
)
def test_text_that_only_resembles_code_is_read(text: str) -> None:
    assert len(outline(text.replace("{}", "[リンク](a.md)")).links) == 1


def test_words_in_code_belong_to_the_heading_or_link_they_stand_in() -> None:
    parts = outline("## `<ruby>` の書き方\n\n[`make`を使う](a.md)")
    assert parts.headings[0].text == "<ruby> の書き方"
    assert parts.links[0].text == "makeを使う"


def test_a_link_may_be_defined_elsewhere() -> None:
    parts = outline("[計画][plan]と[plan]と[なし]\n\n[plan]: plan.md")
    assert [(link.text, link.target) for link in parts.links] == [
        ("計画", "plan.md"),
        ("plan", "plan.md"),
    ]


def test_attributes_of_a_tag_are_read_as_a_browser_reads_them() -> None:
    (tag,) = outline("<a HREF='a>b.md' title=\"x &amp; y\" download data-n=1>計画</a>").tags
    assert (tag.name, tag.words) == ("a", "計画")
    assert tag.values == {"href": "a>b.md", "title": "x & y", "download": "", "data-n": "1"}


def test_fragments_are_the_ids_that_the_engine_gives() -> None:
    engine = markdown.Markdown(
        extensions=list(PROJECT.markdown_extensions),
        extension_configs=dict(PROJECT.extension_configs),
    )
    for page in demo().pages:
        engine.reset()
        engine.convert(page.body)
        tokens = list(engine.toc_tokens)  # type: ignore[attr-defined]
        ids = set()
        while tokens:
            token = tokens.pop()
            ids.add(token["id"])
            tokens.extend(token["children"])
        assert fragments(outline(page.body)) == ids, page.file


def test_repeated_headings_are_numbered() -> None:
    parts = outline("## 同じ\n\n## 同じ\n\n## 別 {#同じ_2}\n\n## 同じ")
    assert fragments(parts) == {"同じ", "同じ_1", "同じ_2", "同じ_3"}


@given(st.text(alphabet="#-*[]()!`<>|{}:/~ \t\n\\\"'=aあ1.x&;_", max_size=80))
def test_no_text_breaks_the_outline_and_every_line_exists(body: str) -> None:
    parts = outline(body)
    last = body.count("\n") + 1
    lines = [heading.line for heading in parts.headings]
    lines += [link.line for link in parts.links]
    lines += [image.line for image in parts.images]
    lines += [tag.line for tag in parts.tags]
    lines += [table.line for table in parts.tables]
    lines += [anchor.line for anchor in parts.anchors]
    assert all(1 <= line <= last for line in lines)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("普通の文　です。", "普通の文 です。"),
        ("-　項目", "項目"),
        ("12. **強い** *語* と __強い__ _語_", "強い 語 と 強い 語"),
        ("2 * 3 * 4 と a_b_c", "2 * 3 * 4 と a_b_c"),
        ("[![図](a.png)](b.md){.c}と`*x*`", "図と*x*"),
        ("<b>太い</b> 3 < 5", "太い 3 < 5"),
        (r"\*星\*", "*星*"),
        ("| a | **b** |", "a b"),
        ("| --- | :-: |", ""),
        ("x |", "x |"),
        ("\ue0003\ue001と`符号`", "\ue0003\ue001と符号"),
    ],
)
def test_the_words_of_a_line_are_told_without_its_marks(line: str, words: str) -> None:
    assert plain(line) == words


def test_a_mark_alone_changes_no_words() -> None:
    # Each pattern is tried only where its characters are: a line around which nothing closes is as written.
    for mark in ("`", "](", "<", "</", "{", "*", "_", "\\", "|", "\ue000", "[[", "<!--", "~~~"):
        assert plain(f"前{mark}後") == f"前{mark}後"
        assert outline(f"前{mark}後").rows == ((1, f"前{mark}後"),)
