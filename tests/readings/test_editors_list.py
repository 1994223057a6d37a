"""What `machikado check` asks an editor about readings."""

from __future__ import annotations

from machikado.readings.editors_list import editors_list
from machikado.readings.lexicon import read_lexicon
from machikado.readings.reader import Reader
from machikado.vocabulary import Outcome, Text

PAGES = (
    ("docs/ja/a.md", "<p>岩手山に登る。</p>"),
    ("docs/ja/b.md", "<p>家から岩手山が見える。<code>岩手山</code>と{岩手山|いわてさん}</p>"),
)


def test_a_doubtful_word_is_asked_once_with_a_ready_line(bare_reader: Reader) -> None:
    first = editors_list(PAGES, bare_reader)[0]
    assert first.outcome is Outcome.CANT_TELL
    assert str(first.source) == "docs/ja/a.md"
    assert first.message == Text(
        "「岩手山」を「いわてやま」と読みました（2か所）。人や場所の名前です。"
        "ほかの読み:「いわてさん」。例:「岩手山に登る。」",
        "“岩手山” is read “いわてやま” (2 times): it is a proper name. It may be “いわてさん”."
        " As in “岩手山に登る。”.",
    )
    assert first.help.ja == (
        "読みを確かめ、いつも同じなら i18n/readings.csv に「岩手山,いわてやま,place」を足してください。"
        "1か所だけなら、本文に「{岩手山|よみ}」と書いてください。"
    )


def test_the_ready_line_is_a_line_that_the_lexicon_takes(bare_reader: Reader) -> None:
    line = bare_reader.doubts("岩手山に登る。")[0].lexicon_line
    assert read_lexicon(f"surface,reading,kind\n{line}\n".encode())[1] == ()


def test_a_city_may_want_every_place_name_to_be_known(bare_reader: Reader) -> None:
    outcomes = {
        finding.help.ja.split("「")[1].split(",")[0]: finding.outcome
        for finding in editors_list(PAGES, bare_reader, places_must_be_known=True)
    }
    assert outcomes == {"岩手山": Outcome.FAILED, "家": Outcome.CANT_TELL}


def test_the_lexicon_answers_the_questions(reader: Reader) -> None:
    assert [f.message.ja[:4] for f in editors_list(PAGES, reader)] == ["「家」を"]
