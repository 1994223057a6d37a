"""The pages say what is proven and no more, and the project's own rules find nothing wrong with them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from conformance_kit import (
    CLEAN,
    LEAST,
    TODAY,
    all_met,
    finding,
    outcome_of,
    policy_of,
    record,
)

from machikado.article.outline import outline
from machikado.conformance.evaluation import FILE as EVALUATION_FILE
from machikado.conformance.evaluation import Evaluation, items, read_evaluation
from machikado.conformance.pages import (
    CSV_FILE,
    Attachment,
    PageText,
    evaluation_page,
    long_date,
    policy_page,
    result_page,
)
from machikado.conformance.result import TestResult
from machikado.conformance.sheet import FaultsError
from machikado.content.tree import MemoryTree
from machikado.vocabulary import Outcome, Report
from small_city import article_of, site_of, source

POLICY = policy_of(
    LEAST
    + """\
additional: [2.5.8]
problems:
  - problem: { ja: "表 | 縦線", en: "A | bar" }
    response: { ja: 直します。, en: To be mended. }
example: true
more: { ja: "## 続き", en: "## More" }
"""
)
TITLES = {"/": "[トップ](../index.md)"}
FINISHED = outcome_of(POLICY, CLEAN, record(all_met(POLICY), declared=date(2026, 11, 21)))
PARTLY = outcome_of(POLICY, CLEAN, record(all_met(POLICY, {"1.4.3": Outcome.FAILED})))
OLD = outcome_of(POLICY, CLEAN, record(all_met(POLICY)), date(2028, 1, 1))
NOTHING = outcome_of(POLICY, None)
FAILING = outcome_of(POLICY, Report(3, (finding("image-alt", "1.1.1"),)))
every_result = pytest.mark.parametrize(
    "result", [FINISHED, PARTLY, OLD, NOTHING, FAILING], ids=["full", "partial", "old", "none", "failing"]
)  # fmt: skip


def page(result: TestResult) -> PageText:
    files = [Attachment(CSV_FILE, "CSV", 6025)]
    titles = {"ja": TITLES, "en": {}}
    return result_page(result, files, titles, "https://city.example/base/", TODAY)  # type: ignore[arg-type]


def headings(text: str) -> list[str]:
    return [heading.text for heading in outline(text).headings]


def rows(text: str, caption: str) -> list[list[str]]:
    """The cells of the table with this caption, its heads first."""
    table = text.split(f"{caption}\n\n")[1].split("\n\n")[0]
    lines = [[cell.strip() for cell in row.strip("| ").split(" | ")] for row in table.split("\n")]
    return [lines[0], *lines[2:]]


@every_result
def test_the_result_has_the_nine_items_in_their_order(result: TestResult) -> None:
    nine = [heading for heading in headings(page(result).body.ja) if re.match(r"\d ", heading)]
    assert nine == [
        "1 表明日",
        "2 規格の規格番号及び改正年",
        "3 満たしている適合レベルと対応度",
        "4 対象となるウェブページ",
        "5 依存したウェブコンテンツ技術",
        "6 試験対象のページを選んだ方法",
        "7 試験を行ったページ",
        "8 達成基準チェックリスト",
        "9 試験を行った期間",
    ]
    assert len(headings(page(result).body.en)) == len(headings(page(result).body.ja))


@every_result
def test_no_page_ever_says_that_the_site_conforms(result: TestResult) -> None:
    pages = (page(result), policy_page(POLICY), evaluation_page(Evaluation()))
    for text in (text for one in pages for text in (one.body.ja, one.summary.ja, one.title.ja)):
        assert re.findall(r"適合(?!レベル)", text) == []
    for one in pages:
        assert re.findall(r"conform", one.body.en) == []


@pytest.mark.parametrize(
    ("result", "said"),
    [(FINISHED, "準拠"), (OLD, "準拠"), (PARTLY, "一部準拠"), (NOTHING, "配慮"), (FAILING, "配慮")],
)
def test_the_claim_is_what_is_proven(result: TestResult, said: str) -> None:
    assert f"- 対応度: {said}\n" in page(result).body.ja


def test_without_a_test_nothing_is_declared_and_every_criterion_is_not_judged() -> None:
    text = page(NOTHING).body.ja
    assert "## 1 表明日\n\nまだ表明していません。" in text
    assert "- 満たしている適合レベル: まだ確かめていません" in text
    assert "## 7 試験を行ったページ\n\nまだありません。" in text
    assert "## 9 試験を行った期間\n\n人による試験は、まだ行っていません。" in text
    for level, count in (("A", 25), ("AA", 13)):
        lines = rows(text, f"表: JIS X 8341-3:2016のレベル{level}の達成基準（{count}）")
        assert len(lines) == count + 1
        assert {tuple(line[1:]) for line in lines[1:]} == {("未判定", "未判定")}


def test_a_finished_test_is_told_with_its_days_and_pages() -> None:
    text = page(FINISHED).body.ja
    assert "## 1 表明日\n\n令和8年（2026年）11月21日" in text
    assert "令和8年（2026年）11月1日から令和8年（2026年）11月20日まで" in text
    assert rows(text, "表: 試験を行ったページ") == [
        ["アドレス", "ページ", "選んだ理由"],
        ["`https://city.example/base/`", "[トップ](../index.md)", "トップページ"],
        ["`https://city.example/base/plan/`", "今はないページ", "無作為"],
    ]
    assert "代表するページが1ページ、無作為が1ページで、合わせて2ページ" in text


def test_the_checklist_tells_what_machines_and_people_found() -> None:
    assert rows(page(FAILING).body.ja, "表: JIS X 8341-3:2016のレベルAの達成基準（25）")[:2] == [
        ["達成基準", "適用", "結果", "機械で見つかった問題"],
        ["1.1.1 非テキストコンテンツ", "あり", "満たしていない", "1"],
    ]
    text = page(PARTLY).body.ja
    assert (
        "人が満たしていないと判定したページ:\n\n- 1.4.3 コントラスト（最低限レベル）: /, /plan/"
        in text
    )


def test_a_result_that_is_out_of_date_says_so_on_the_page() -> None:
    assert (
        '!!! warning "この結果は見直しが必要です"\n    - 試験（2026-11-20まで）から1年'
        in page(OLD).body.ja
    )
    assert "!!! warning" not in page(FINISHED).body.ja


def test_the_page_never_names_the_people_who_judged() -> None:
    assert "佐藤" not in page(PARTLY).body.ja + page(PARTLY).body.en


def test_tables_have_captions_and_headers_when_they_are_rendered() -> None:
    city = {
        "ja/index.md": source(1000001, "トップ"),
        "ja/accessibility/result.md": source(1000002, "結果", page(FINISHED).body.ja),
    }
    html = article_of(site_of(city), "ja/accessibility/result.md").html
    assert html.count("<table>") == html.count("<caption") == 4
    assert len(re.findall(r'<th scope="row">', html)) == 2 + 25 + 13 + 1


def test_the_policy_page_has_every_item_a_policy_needs() -> None:
    assert headings(policy_page(POLICY).body.ja) == [
        "対象範囲",
        "目標とする規格とレベル",
        "達成期限（例）",
        "例外事項",
        "追加する達成基準",
        "担当部署（例）",
        "把握している問題点と今後の対応",
        "試験の結果と取組の評価",
        "続き",
    ]
    text = policy_page(POLICY).body.ja
    assert "- 2.5.8 ターゲットのサイズ（最低限）（レベルAA）" in text
    assert "令和9年（2027年）3月31日（例）" in text
    assert "| 表 \\| 縦線 | 直します。 |" in text


def test_a_policy_that_promises_compliance_calls_it_a_goal() -> None:
    text = policy_page(policy_of(LEAST + "goal: 準拠\n")).body.ja
    assert "レベルAAに「準拠」することを目標とします。" in text
    assert "準拠しています" not in text


def test_days_are_written_with_the_era_in_japanese() -> None:
    assert long_date(date(2019, 5, 1), "ja") == "令和元年（2019年）5月1日"
    assert long_date(date(2019, 4, 30), "ja") == "2019年4月30日"
    assert long_date(date(2026, 11, 23), "en") == "23 November 2026"


def evaluated(text: str) -> Evaluation:
    return read_evaluation(MemoryTree({EVALUATION_FILE: text}))


ALL = "day: 2026-11-23\n" + "".join(
    f"{item.id}: {{ points: {item.points}, doing: {{ ja: した, en: Done }} }}\n" for item in items()
)


def test_the_form_has_20_points_for_the_body_and_30_for_the_site() -> None:
    evaluation = evaluated(ALL)
    assert (evaluation.total("organisation"), evaluation.total("site")) == (20, 30)
    text = evaluation_page(evaluation).body.ja
    assert "合計: 20（満点20点）" in text
    assert "合計: 30（満点30点）" in text
    assert rows(text, "表: 継続性（満点16点）")[1] == ["ガイドライン", "4", "4", "した"]


def test_a_form_that_is_not_filled_in_gives_no_points() -> None:
    text = evaluation_page(Evaluation()).body.ja
    assert "この表には、まだだれも記入していません。" in text
    assert "合計: 未記入（満点20点）" in text
    assert evaluated(ALL.replace("training:", "# training:")).total("site") is None


def test_the_form_says_which_of_its_items_could_not_be_read() -> None:
    text = evaluation_page(Evaluation()).body.ja
    assert "総務省の様式そのものは確かめていません。" in text
    assert "「実現内容の確認と公開」、「利用者との協調」は、細かい項目を確かめられなかった" in text


def test_faults_of_the_self_evaluation_are_told_with_their_lines() -> None:
    with pytest.raises(FaultsError) as error:
        evaluated(
            "scope: { points: 5, doing: { ja: した, en: Done } }\ntraining: { points: 1 }\nfun: 1\n"
        )
    assert [(str(fault.where), fault.text.en) for fault in error.value.faults] == [
        (f"{EVALUATION_FILE}:1", "`scope.points`: must be a whole number from 0 to 4."),
        (f"{EVALUATION_FILE}:2", "`training`: `doing` is missing."),
        (
            f"{EVALUATION_FILE}:3",
            "there is no key `fun`; known are day, " + ", ".join(item.id for item in items()) + ".",
        ),
    ]
    with pytest.raises(FaultsError, match="`day` is needed"):
        evaluated(ALL.replace("day: 2026-11-23\n", ""))
