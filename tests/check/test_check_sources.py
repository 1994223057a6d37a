"""Checks of a whole site: other pages count, and only what was asked for is reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from machikado.check import check_sources, sources_of
from machikado.content.reader import read_site
from machikado.content.tree import MemoryTree
from machikado.vocabulary import Report
from small_city import CATEGORIES, DEPARTMENTS, GLOSSARY, LOCALES, source, translated

HOME = source(1000001, "トップ", "[施策](plan/1.md#取り組むこと)と[ICT](term:ict)")
PLAN = source(1002001, "施策", "## 取り組むこと\n\n![](a.png){.decorative}")


def check(pages: Mapping[str, str | bytes], only: Iterable[str] | None = None) -> Report:
    tree = MemoryTree(
        {f"docs/{name}": text for name, text in pages.items()}
        | {
            "i18n/locales.yml": LOCALES,
            "i18n/departments.yml": DEPARTMENTS,
            "i18n/categories.yml": CATEGORIES,
        }
        | {f"i18n/glossary/{code}.yml": text for code, text in GLOSSARY.items()}
    )
    return check_sources(tree, read_site(tree), only)


def told(report: Report) -> list[tuple[str, str]]:
    return [(str(finding.source), finding.check) for finding in report.findings]


def test_a_site_without_faults_has_no_findings() -> None:
    report = check({"ja/index.md": HOME, "ja/plan/1.md": PLAN, "ja/plan/a.png": ""})
    assert (report.pages, report.findings, report.blocks) == (2, (), False)


def test_faults_of_front_matter_and_text_are_told_together_in_the_order_of_files() -> None:
    report = check(
        {
            "ja/b.md": source(1000003, "B", "[なし](nowhere.md)", department="kikaku"),
            "ja/a.md": source(1000002, "A", "# 題名"),
        }
    )
    assert told(report) == [
        ("docs/ja/a.md:6", "heading-order"),
        ("docs/ja/b.md:4", "unknown-department"),
        ("docs/ja/b.md:7", "broken-link"),
    ]
    assert [finding.locale for finding in report.findings] == ["ja", "ja", "ja"]


def test_an_untranslated_page_may_be_linked_to_as_if_it_were_there() -> None:
    body = "[Measure](plan/1.md#whatever-it-will-be) and [Home](index.md)"
    pages = {
        "ja/index.md": HOME,
        "ja/plan/1.md": PLAN,
        "ja/plan/a.png": "",
        "en/index.md": translated(HOME, "Home", body),
    }
    assert told(check(pages)) == []


def test_a_place_on_a_translated_page_must_be_in_the_same_language() -> None:
    pages = {
        "ja/index.md": HOME,
        "ja/plan/1.md": PLAN,
        "ja/plan/a.png": "",
        "en/index.md": translated(HOME, "Home", "[Measure](plan/1.md#取り組むこと)"),
        "en/plan/1.md": translated(PLAN, "Measure", "## What will be done"),
    }
    assert told(check(pages)) == [("docs/en/index.md:7", "broken-anchor")]


def test_a_file_of_the_default_locale_or_of_all_serves_every_locale() -> None:
    links = "[A (PDF, 1 KB)](a.pdf), [B (PDF, 1 KB)](../assets/b.pdf), [C (PDF, 1 KB)](c.pdf)"
    page = source(1000004, "A", "")
    pages = {
        "ja/x/p.md": page,
        "en/x/p.md": translated(page, "P", links),
        "ja/x/a.pdf": "",
        "assets/b.pdf": "",
        "ko/x/c.pdf": "",
    }
    (finding,) = check(pages).findings
    assert finding.message.en == "The target `c.pdf` is not there."


def test_a_term_explained_in_the_default_language_alone_is_known() -> None:
    page = source(1000004, "A")
    pages = {"ja/p.md": page, "en/p.md": translated(page, "P", "[LGWAN](term:lgwan)")}
    assert told(check(pages)) == []


def test_a_link_to_a_page_that_cannot_be_read_is_no_second_fault() -> None:
    pages = {"ja/a.md": source(1000004, "A", "[題名](b.md)"), "ja/b.md": "題名のないページ"}
    assert told(check(pages)) == [("docs/ja/b.md:1", "front-matter-missing")]


def test_only_the_files_asked_for_are_reported_and_the_others_still_count() -> None:
    pages = {
        "ja/index.md": HOME,
        "ja/plan/1.md": source(1002001, "施策", "![](a.png)"),
        "ja/c.md": source(1000001, "同じ番号"),
    }
    assert told(check(pages, ["docs/ja/index.md"])) == [
        ("docs/ja/index.md:2", "duplicate-page-id"),
        ("docs/ja/index.md:6", "broken-anchor"),
    ]
    assert check(pages, ["docs/ja/index.md"]).pages == 1


def test_sources_are_all_pages_readable_or_not() -> None:
    tree = MemoryTree(
        {"docs/ja/a.md": "", "docs/fr/b.md": b"\xff", "docs/assets/c.md": "", "docs/ja/d.png": ""}
    )
    assert sources_of(tree) == ("docs/fr/b.md", "docs/ja/a.md")
