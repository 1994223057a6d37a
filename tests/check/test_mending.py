"""Fixes are made where they are certain, change nothing else, and leave nothing for a second time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from machikado.check import all_rules
from machikado.check.example import FILE, FRONT_MATTER, check_example
from machikado.check.mending import Change, mended
from machikado.vocabulary import Finding, Fix, Outcome


def fixes_of(text: str) -> list[Fix]:
    return [finding.fix for finding in check_example(text).findings if finding.fix]


def settled(text: str) -> str:
    """`text`, a whole file, with every fix made, and those that come to light by it."""
    for _ in range(5):
        data, changes = mended(text.encode(), fixes_of(text))
        if not changes:
            return text
        text = data.decode()
    raise AssertionError("never done")


def body_after(body: str) -> str:
    return settled(FRONT_MATTER + body).removeprefix(FRONT_MATTER)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("日 時と場　所", "日時と場所"),
        ("申 請 書と経 済 課と", "申請書と経済課と"),
        ("お 知 ら せ", "お知らせ"),
        ("経&nbsp;済と経<br>済", "経済と経済"),
        ("ﾏｲﾅﾝﾊﾞｰｶｰﾄﾞ", "マイナンバーカード"),
        ("ＰＤＦと０１９－６５１－４１１１", "PDFと019-651-4111"),
        ("計\u200b画と計\u00a0画", "計画と計画"),
        ("か\u3099く", "がく"),
        ("\u2f08口", "人口"),
        ("4月1日(土)と5日（日・祝）", "4月1日（土曜日）と5日（日曜日・祝日）"),
        ("℡ 019-651-4111", "電話 019-651-4111"),
        ("TEL:(019)651-4111", "電話:019-651-4111"),
        ("13:30〜15:00です", "午後1時30分から午後3時までです"),
        ("8:30〜17:15", "午前8時30分から午後5時15分まで"),
        ("2026/4/1とR6.4.1", "2026年4月1日と令和6年4月1日"),
        ("４/１（水）", "4月1日（水曜日）"),
        ("力メラとデ一タと二○二六年", "カメラとデータと二〇二六年"),
        ("不来方（こずかた）と氏名（しめい）", "{不来方|こずかた}と{氏名|しめい}"),
    ],
)  # fmt: skip
def test_what_is_certain_is_mended(before: str, after: str) -> None:
    assert body_after(before) == after


@pytest.mark.parametrize(
    "body",
    [
        "3:00に始まります。",
        "12:00に閉めます。",
        "1/2を補助します。",
        "佐藤 花子",
        "`日 時`と`ﾊﾞｽ`",
        "経\n済",
        "**経** 済",
        "葛\U000e0100城と\ufa19社",
        "令和8年です。",
        "①番と㈱盛岡",
    ],
)
def test_what_is_doubtful_is_left_to_a_person(body: str) -> None:
    assert body_after(body) == body


MENDING = {
    "date-notation", "full-width-alphanumerics", "half-width-katakana", "invisible-character",
    "look-alike-character", "reading-in-brackets", "space-inside-word", "telephone-notation",
    "time-notation", "weekday-abbreviation",
}  # fmt: skip
"""The rules that are certain of some fixes."""


def test_the_rules_that_mend_are_known() -> None:
    examples = [(rule.id, text) for rule in all_rules() for text in rule.bad]
    assert {
        finding.check
        for rule, text in examples
        for finding in check_example(text).findings
        if finding.fix and finding.check == rule
    } == MENDING


@pytest.mark.parametrize(
    "text", [text for rule in all_rules() if rule.id in MENDING for text in rule.bad]
)
def test_a_second_time_changes_nothing(text: str) -> None:
    whole = text if text.startswith("---\n") else FRONT_MATTER + text
    once = settled(whole)
    assert fixes_of(once) == [] or mended(once.encode(), fixes_of(once))[1] == ()
    assert once.split("---\n")[1] == whole.split("---\n")[1]


def test_line_ends_and_all_that_is_not_named_stay_as_they_are() -> None:
    data = "---\r\ntitle: ﾊﾞｽ\r\n---\r\nﾊﾞｽ\r\n\n終わり".encode()
    told, changes = mended(data, [Fix(4, 0, "ﾊﾞｽ", "バス")])
    assert told == "---\r\ntitle: ﾊﾞｽ\r\n---\r\nバス\r\n\n終わり".encode()
    assert changes == (Change(4, "ﾊﾞｽ", "バス"),)


@pytest.mark.parametrize(
    "fix",
    [Fix(0, 0, "a", "b"), Fix(9, 0, "a", "b"), Fix(1, 5, "a", "b"), Fix(1, 0, "x", "b")],
)
def test_a_fix_that_does_not_fit_is_not_made(fix: Fix) -> None:
    assert mended(b"abc", [fix]) == (b"abc", ())


def test_of_two_fixes_that_overlap_the_first_is_made() -> None:
    data, changes = mended(
        b"abcd", [Fix(1, 1, "bc", "x"), Fix(1, 2, "cd", "y"), Fix(1, 0, "a", "z")]
    )
    assert (data, changes) == (b"zxd", (Change(1, "abcd", "zxd"),))


@settings(deadline=None, max_examples=40)
@given(st.text(alphabet="日時 　ﾊﾞＡ１:/-〜(土)℡\u200b\u3099か力デ一タ`*[]{}|<>\n", max_size=40))
def test_any_text_settles_and_its_fixes_fit(body: str) -> None:
    text = FRONT_MATTER + body
    lines = text.split("\n")
    for fix in fixes_of(text):
        assert lines[fix.line - 1][fix.column : fix.column + len(fix.old)] == fix.old
    settled(text)


def test_a_finding_tells_of_its_fix_in_json_and_others_do_not() -> None:
    (finding,) = check_example("ﾊﾞｽ").findings
    assert finding.as_json()["fix"] == {"line": 6, "column": 0, "old": "ﾊﾞｽ", "new": "バス"}
    assert finding.outcome is Outcome.FAILED
    (other,) = check_example("①").findings
    assert isinstance(other, Finding)
    assert "fix" not in other.as_json()
    assert other.page == FILE
