"""The city's readings, as people who know no programming write them."""

from __future__ import annotations

import pytest

from machikado.readings.lexicon import Entry, EntryKind, as_lines, read_lexicon
from machikado.vocabulary import Location

HEAD = "surface,reading,kind,note\n"


def test_a_good_file_is_read_whole() -> None:
    text = HEAD + "# 地名\n内丸,うちまる,place,市役所\n\n情報企画課,じょうほうきかくか,部署,\n"
    lexicon, findings = read_lexicon(text.encode("utf-8-sig"))
    assert findings == ()
    assert lexicon.entries == (
        Entry("内丸", "うちまる", EntryKind.PLACE, "市役所"),
        Entry("情報企画課", "じょうほうきかくか", EntryKind.DEPARTMENT),
    )
    assert read_lexicon(as_lines(lexicon.entries).encode())[0] == lexicon


@pytest.mark.parametrize(
    ("line", "message", "help_"),
    [
        (
            "内丸,ウチマル,place",
            "「内丸」の読み「ウチマル」がひらがなではありません。",
            "「内丸,うちまる,place」と書いてください。",
        ),
        (
            "内丸,uchimaru,place",
            "「内丸」の読み「uchimaru」がひらがなではありません。",
            "読みはひらがなで書いてください。例: 内丸,うちまる,place",
        ),
        (
            "内丸,,place",
            "「内丸」の読み「」がひらがなではありません。",
            "読みはひらがなで書いてください。例: 内丸,うちまる,place",
        ),
        (
            "取り扱い,とりあつかえ,word",
            "読み「とりあつかえ」が「取り扱い」のかなと合いません。",
            "かなの部分も含めて、全体の読みを書いてください。例: 取り扱い,とりあつかい,word",
        ),
        (
            "うちまる,うちまる,place",
            "「うちまる」に漢字がありません。",
            "1列目には漢字を含む言葉を書いてください。かなだけの言葉は要りません。",
        ),
        (
            "内丸,うちまる,town",
            "種類「town」は使えません。",
            "3列目には place（地名）、department（部署）、person（人名）、word（その他）の"
            "どれかを書いてください。",
        ),
        (
            "玉山,ぎょくざん,place",
            "「玉山」の読みが2つあります:「たまやま」と「ぎょくざん」。",
            "どちらか1行を消してください。1か所だけ違う読みにするには、本文に"
            "「{玉山|ぎょくざん}」と書きます。",
        ),
    ],
)
def test_a_wrong_line_is_left_out_and_told_with_its_place(
    line: str, message: str, help_: str
) -> None:
    lexicon, (finding,) = read_lexicon(f"{HEAD}玉山,たまやま,place\n{line}\n".encode())
    assert [entry.surface for entry in lexicon.entries] == ["玉山"]
    assert finding.source == Location("i18n/readings.csv", 3)
    assert finding.message.ja == message
    assert finding.help.ja == help_
    assert finding.message.en
    assert finding.help.en


def test_a_file_without_its_first_line_is_told() -> None:
    lexicon, (finding,) = read_lexicon("内丸,うちまる,place\n".encode())
    assert lexicon.entries == ()
    assert str(finding.source) == "i18n/readings.csv:1"
    assert finding.message.ja == "1行目に列の名前「surface、reading、kind」がありません。"


def test_an_empty_file_lacks_its_columns() -> None:
    assert len(read_lexicon(b"")[1]) == 1


def test_a_file_in_shift_jis_is_told() -> None:
    lexicon, (finding,) = read_lexicon(f"{HEAD}内丸,うちまる,place".encode("cp932"))
    assert lexicon.entries == ()
    assert finding.message.ja == "文字コードがUTF-8ではありません。"


def test_the_longest_entry_is_meant() -> None:
    text = (
        f"{HEAD}総務部,そうむぶ,department\n総務部情報企画課,そうむぶじょうほうきかくか,department"
    )
    lexicon, _ = read_lexicon(text.encode())
    found = [(m.start, m.end, m.entry.surface) for m in lexicon.matches("総務部情報企画課と総務部")]
    assert found == [(0, 8, "総務部情報企画課"), (9, 12, "総務部")]
