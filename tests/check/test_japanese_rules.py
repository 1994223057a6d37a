"""Rules about Japanese text: where they look, what they weigh, and what they do without a dictionary."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from machikado.article.outline import outline
from machikado.check import Checker, Files, all_rules, check_sources, dictionary
from machikado.content.reader import read_site
from machikado.content.tree import MemoryTree
from machikado.readings.sudachi import Sudachi
from machikado.vocabulary import Finding, Weight
from small_city import LOCALES, source


def told(files: dict[str, str]) -> list[tuple[str, str]]:
    tree = MemoryTree({f"docs/{n}": t for n, t in files.items()} | {"i18n/locales.yml": LOCALES})
    report = check_sources(tree, read_site(tree))
    return [(str(f.source), f.check) for f in report.findings]


def without_dictionary(body: str) -> Iterator[Finding]:
    tree = MemoryTree({"docs/ja/a.md": source(1000001, "題名", body), "i18n/locales.yml": LOCALES})
    site = read_site(tree).site
    checker = Checker(site, Files.of(tree, "docs"), words=lambda: None)
    (page,) = site.pages
    return checker.findings(page, outline(page.body, page.body_line))


def test_japanese_text_is_judged_on_pages_in_japanese_alone() -> None:
    body = "日 時は10:00です。"
    original = source(1000001, "題名", body)
    easy = source(
        1000001, "やさしい題名", f"{body}です",
        translation="{ source_hash: '', method: human, reviewer: null, date: 2026-04-01 }",
    )  # fmt: skip
    found = told({"ja/a.md": original, "ja-easy/a.md": easy, "en/b.md": source(1000002, "B", body)})
    assert found == [
        ("docs/ja-easy/a.md:7", "space-inside-word"),
        ("docs/ja-easy/a.md:7", "time-notation"),
        ("docs/ja/a.md:6", "space-inside-word"),
        ("docs/ja/a.md:6", "time-notation"),
    ]


def test_spaces_between_phrases_are_a_habit_of_easy_japanese() -> None:
    easy = "今日 本を 読みます。お 知らせが あります。市役所 電話 番号"
    made = "{ source_hash: '', method: human, reviewer: null, date: 2026-04-01 }"
    pages = {
        "ja/a.md": source(1000001, "題名", "今日は本を読みます。"),
        "ja-easy/a.md": source(1000001, "やさしい題名", easy, translation=made),
    }
    assert told(pages) == []


def test_a_page_in_the_language_of_another_folder_is_a_fault_in_every_language() -> None:
    text = "この計画は、市民の暮らしをよくするためのものです。" * 5
    assert told({"en/b.md": source(1000002, "B", text)}) == [
        ("docs/en/b.md:6", "language-of-page-differs")
    ]


def test_title_and_summary_are_looked_at_too() -> None:
    page = source(1000001, "ﾊﾞｽの日 時", "本文", summary="10:00から")
    assert told({"ja/a.md": page}) == [
        ("docs/ja/a.md:3", "half-width-katakana"),
        ("docs/ja/a.md:3", "space-inside-word"),
        ("docs/ja/a.md:4", "time-notation"),
    ]


@pytest.mark.parametrize(
    "body", ["日 時", "場　所", "申 込 方 法です", "会 場は市役所です。", "図書 館"]
)
def test_without_a_dictionary_common_words_are_still_found(body: str) -> None:
    assert {finding.check for finding in without_dictionary(body)} == {"space-inside-word"}


@pytest.mark.parametrize(
    "body", ["佐藤 花子", "盛岡市 総務部", "関 所長", "個人 情報", "男 女", "令和 年 月 日"]
)
def test_without_a_dictionary_names_and_lists_pass(body: str) -> None:
    assert list(without_dictionary(body)) == []


def test_the_dictionary_is_sudachi() -> None:
    assert isinstance(dictionary(), Sudachi)


def test_what_breaks_level_a_or_aa_of_the_standard_by_the_text_alone_is_an_error() -> None:
    weights = {rule.id: rule.weight for rule in all_rules()}
    stops = {
        "space-inside-word",
        "fake-list",
        "fake-heading",
        "foreign-text-without-lang",
        "text-art",
    }
    assert {weights[one] for one in stops} == {Weight.ERROR}
    # No criterion of JIS X 8341-3 speaks of these.
    tells = {"platform-dependent-character", "half-width-katakana", "full-width-alphanumerics"}
    assert {weights[one] for one in tells} == {Weight.WARNING}


LOOK_ALIKES = (
    "[地図](#地図)と[申請書](#地図)です。\n\n## 地図",
    "電話は[019-000-0000](tel:0190000000)です。",
    "東京都 千代田区 霞が関、〒020-8530 盛岡市 内丸",
    "上記のとおりです。下記の書類です。",
    "財政は赤字です。赤十字社です。",
    "令和元年に始まりました。平成25年法律第65号です。",
    "マイナンバーカード、ボランティア センター、Wi-Fi、Society 5.0",
    "表: 時間\n\n|  | 午前 | 午後 |\n| --- | --- | --- |\n| 月曜日 | 開く | 休む |",
    "利用料（月）と、株式会社（株）と、期間（日）",
    "補助は費用の1/2です。画面は16:9です。",
    "ブランド力と、スキー二日と、ページ一覧と、サイトへのリンク",
    "髙橋さん、山﨑さん、𠮷野さん",
    "※料金は変わります。",
    "【注意】窓口は休みです。",
    "**申し込みは要りません。**\n\n直接来てください。",
    "Web Content Accessibility Guidelines 2.2",
    "- ・中点で始まる項目\n- 次の項目",
    "気温は30℃、100%です。",
)


@pytest.mark.parametrize("body", LOOK_ALIKES)
def test_what_only_resembles_a_fault_is_passed(body: str) -> None:
    assert told({"ja/a.md": source(1000001, "題名です", body)}) == []
