"""A site is read whole: every fault in one run, with file and line, and no fault told twice."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from machikado.content.reader import Reading, read_site
from machikado.content.tree import MemoryTree
from machikado.vocabulary import ConfigurationError
from small_city import CATEGORIES, DEPARTMENTS, LOCALES, news, source, translated

VOCABULARY = {
    "i18n/locales.yml": LOCALES,
    "i18n/departments.yml": DEPARTMENTS,
    "i18n/categories.yml": CATEGORIES,
}
HOME = source(1000001, "トップ")


def read(pages: Mapping[str, str | bytes]) -> Reading:
    return read_site(
        MemoryTree(VOCABULARY | {f"docs/{name}": text for name, text in pages.items()})
    )


def told(reading: Reading) -> list[tuple[str, str]]:
    """Place and check of every finding."""
    return [(str(finding.source), finding.check) for finding in reading.findings]


def test_every_kind_of_bad_input_is_told_with_file_and_line_in_one_run() -> None:
    reading = read(
        {
            "ja/index.md": HOME,
            "ja/broken.md": '---\nid: 1000002\ntitle: "閉じない\n---\n',
            "ja/department.md": source(1000003, "部署", department="kikaku"),
            "ja/date.md": source(1000004, "日付", publish_at="2026/4/1"),
            "ja/shift-jis.md": source(1000005, "文字コード").encode("shift_jis"),
            "ja/bom.md": b"\xef\xbb\xbf" + source(1000006, "BOM").encode(),
            "fr/index.md": source(1000001, "Accueil"),
            "ja/twin-a.md": source(1000007, "一つ目"),
            "ja/twin-b.md": source(1000007, "二つ目"),
        }
    )
    assert told(reading) == [
        ("docs/fr/index.md:1", "unknown-locale"),
        ("docs/ja/bom.md:1", "source-encoding"),
        ("docs/ja/broken.md:3", "front-matter-syntax"),
        ("docs/ja/date.md:4", "front-matter-value"),
        ("docs/ja/department.md:4", "unknown-department"),
        ("docs/ja/shift-jis.md:3", "source-encoding"),
        ("docs/ja/twin-b.md:2", "duplicate-page-id"),
    ]


def test_every_message_is_in_both_languages_and_says_what_to_do() -> None:
    reading = read(
        {"ja/a.md": source(1000003, "A", department="kikaku"), "ja/b.md": "本文", "xx/c.md": ""}
    )
    assert len(reading.findings) == 3
    for finding in reading.findings:
        for text in (finding.message, finding.help):
            assert not text.ja.isascii()
            assert text.en.isascii()


def test_the_unknown_department_is_answered_with_the_known_ones() -> None:
    (finding,) = read({"ja/a.md": source(1000003, "A", department="kikaku")}).findings
    assert finding.message.ja == "担当部署「kikaku」は登録されていません。"
    assert finding.help.en == "Use one of i18n/departments.yml: joho, somu"


def test_shift_jis_is_called_by_its_name() -> None:
    (finding,) = read({"ja/a.md": source(1000003, "文字コード").encode("shift_jis")}).findings
    assert finding.message.ja == ("文字コードが UTF-8 ではありません（Shift_JIS のようです）。")


def test_a_folder_of_an_unknown_locale_is_told_once() -> None:
    page = source(1000001, "Accueil")
    reading = read({"fr/a.md": page, "fr/b.md": page, "stray.md": page})
    assert [(str(f.source), f.message.en) for f in reading.findings] == [
        ("docs/fr/a.md:1", "`fr` is no locale of this site."),
        ("docs/stray.md:1", "The page is outside every locale's folder."),
    ]


def test_files_shared_by_all_locales_are_no_pages() -> None:
    reading = read({"ja/index.md": HOME, "assets/readme.md": "本文"})
    assert told(reading) == []
    assert [page.file for page in reading.site.pages] == ["docs/ja/index.md"]


def test_two_files_with_one_address_are_told() -> None:
    reading = read({"ja/plan.md": source(1000003, "A"), "ja/plan/index.md": source(1000004, "B")})
    assert told(reading) == [("docs/ja/plan/index.md:1", "duplicate-address")]


def test_an_old_address_that_is_in_use_is_told() -> None:
    reading = read(
        {
            "ja/a.md": source(1000003, "A", aliases="[/b/]"),
            "ja/b.md": source(1000004, "B", aliases="[/old/]"),
            "ja/c.md": source(1000005, "C", aliases="[/old/]"),
        }
    )
    assert told(reading) == [("docs/ja/a.md:4", "alias-taken"), ("docs/ja/c.md:4", "alias-taken")]


def test_news_needs_a_date_and_a_permanent_id() -> None:
    reading = read({"ja/news/a.md": source(1001001, "A", type="news")})
    assert told(reading) == [
        ("docs/ja/news/a.md:4", "news-without-feed-id"),
        ("docs/ja/news/a.md:4", "news-without-publish-at"),
    ]


def test_one_feed_id_on_two_pages_is_told() -> None:
    first = news(1001001, "A", "2026-11-16")
    second = news(1001002, "B", "2026-11-17", feed_id="tag:city.example,2026-11-16:ja/1001001")
    reading = read({"ja/news/a.md": first, "ja/news/b.md": second})
    assert told(reading) == [("docs/ja/news/b.md:6", "duplicate-feed-id")]


def test_a_page_that_expires_before_it_is_published_is_told_once_for_all_its_translations() -> None:
    page = source(1000003, "A", publish_at="2026-11-20", expires_at="2026-11-19")
    reading = read({"ja/a.md": page, "en/a.md": translated(page, "A")})
    assert told(reading) == [("docs/ja/a.md:5", "expires-before-publish")]


def test_a_translation_that_does_not_say_how_it_was_made_is_told() -> None:
    reading = read({"ja/a.md": source(1000003, "A"), "en/a.md": source(1000003, "A")})
    assert told(reading) == [("docs/en/a.md:1", "translation-undeclared")]


def test_a_translation_of_nothing_is_told() -> None:
    reading = read({"en/a.md": translated(source(1000003, "A"), "A")})
    assert told(reading) == [("docs/en/a.md:4", "translation-without-source")]


def test_a_translation_with_another_id_is_told_which_one_to_use() -> None:
    reading = read({"ja/a.md": source(1000003, "A"), "en/a.md": source(1000004, "A")})
    (finding,) = reading.findings
    assert (str(finding.source), finding.check) == ("docs/en/a.md:2", "translation-id-differs")
    assert finding.help.en == "If this translates the same page, set id to 1000003."


@pytest.mark.parametrize(
    "fault",
    [
        b"\xef\xbb\xbf" + news(1001001, "A", "2026-11-16").encode(),
        news(1001001, "A", "2026/11/16"),
        source(1001001, "A", type="news", feed_id="tag:city.example,2026:ja/1", publish_at="x"),
    ],
)
def test_a_fault_of_the_source_is_not_told_again_for_its_translations(fault: str | bytes) -> None:
    original = news(1001001, "A", "2026-11-16")
    translation = translated(original, "A", feed_id="tag:city.example,2026:en/1001001")
    reading = read({"ja/news/a.md": fault, "en/news/a.md": translation})
    files = {finding.source.file for finding in reading.findings if finding.source}
    assert files == {"docs/ja/news/a.md"}


def test_windows_line_ends_are_read_like_any_other() -> None:
    text = source(1000003, "A", "一行目\n二行目").replace("\n", "\r\n")
    (page,) = read({"ja/a.md": text}).site.pages
    assert (page.title, page.body) == ("A", "\n一行目\n二行目\n")


@pytest.mark.parametrize(
    ("file", "text", "where"),
    [
        ("i18n/locales.yml", "- { code: ja, name: 日本語 }", "i18n/locales.yml"),
        ("i18n/locales.yml", "code: ja", "i18n/locales.yml"),
        ("i18n/departments.yml", "- { id: joho }", "i18n/departments.yml"),
        ("i18n/departments.yml", "- {\n- {", "i18n/departments.yml:2"),
        ("i18n/glossary/ja.yml", "- { id: ict }", "i18n/glossary/ja.yml"),
    ],
)
def test_broken_vocabulary_is_a_broken_configuration(file: str, text: str, where: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        read_site(MemoryTree(VOCABULARY | {file: text}))
    assert error.value.where == where


def test_a_project_without_locales_is_a_broken_configuration() -> None:
    with pytest.raises(ConfigurationError) as error:
        read_site(MemoryTree({}))
    assert (error.value.where, error.value.text.en) == ("i18n/locales.yml", "The file is missing.")


def test_a_draft_that_nobody_has_translated_is_told() -> None:
    home = "---\nid: 1000001\ntitle: 題名\n---\n\n本文です。\n"
    stamp = "translation: {source_hash: x, method: human, reviewer: null, date: 2026-11-20}"
    draft = home.replace("---\n\n", f"{stamp}\n---\n\n")
    reading = read({"ja/index.md": home, "en/index.md": draft})
    assert told(reading) == [("docs/en/index.md:6", "translation-not-done")]
    begun = read({"ja/index.md": home, "en/index.md": draft.replace("題名", "Title")})
    assert told(begun) == []
