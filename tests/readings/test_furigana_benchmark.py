"""How benchmarks.furigana counts, on sentences made for it."""

from __future__ import annotations

from pathlib import Path

from benchmarks.furigana import Token, is_cut_right, judge, measure, read_conllu
from machikado.readings.reader import Reader
from machikado.readings.segment import Segment

CONLLU = """\
# sent_id = a-1
# text = 2人が 市役所へ行った
1	2	2	NUM	_	_	_	_	_	SpaceAfter=No|Reading=フタ
2	人	人	NOUN	_	_	_	_	_	SpaceAfter=No|Reading=リ
3	が	が	ADP	_	_	_	_	_	Reading=ガ
4-5	市役所	_	_	_	_	_	_	_	_
4	市	市	NOUN	_	_	_	_	_	SpaceAfter=No|Reading=シ
5	役所	役所	NOUN	_	_	_	_	_	SpaceAfter=No|UnidicInfo=ヤクショ,役所,役所,役所,ヤクショ,,,ヤクショ
6	へ	へ	ADP	_	_	_	_	_	SpaceAfter=No|Reading=ヘ
7	行っ	行く	VERB	_	_	_	_	_	SpaceAfter=No|UnidicInfo=イク,行く,行っ,行く,イッ,,,イク
8	た	た	AUX	_	_	_	_	_	Reading=タ

"""


def test_the_gold_is_read_from_either_column(tmp_path: Path) -> None:
    file = tmp_path / "gold.conllu"
    file.write_text(CONLLU, encoding="utf-8")
    (sentence,) = read_conllu(file)
    assert sentence.id == "a-1"
    assert sentence.tokens == (
        Token(0, 1, "ふた", True),
        Token(1, 2, "り", True),
        Token(2, 3, "が", True),
        Token(4, 5, "し", True),
        Token(5, 7, "やくしょ", True),
        Token(7, 8, "へ", True),
        Token(8, 10, "いっ", False),
        Token(10, 11, "た", True),
    )


def test_right_and_wrong_words_are_told_apart(tmp_path: Path) -> None:
    file = tmp_path / "gold.conllu"
    file.write_text(CONLLU, encoding="utf-8")
    (sentence,) = read_conllu(file)
    segments = (
        Segment("2人", "ふたり"),
        Segment("が "),
        Segment("市役所", "いちやくしょ"),
        Segment("へ"),
        Segment("行", "おこな"),
        Segment("った"),
    )
    verdict = judge(sentence, segments)
    assert {sentence.text[t.start : t.end]: right for t, right in verdict.items()} == {
        "人": True,
        "市": False,
        "役所": True,
        "行っ": False,
    }


def test_okurigana_under_the_ruby_is_a_wrong_cut(tmp_path: Path) -> None:
    file = tmp_path / "gold.conllu"
    file.write_text(CONLLU, encoding="utf-8")
    (sentence,) = read_conllu(file)
    went = sentence.tokens[6]
    before = Segment("2人が 市役所へ")
    good = (before, Segment("行", "い"), Segment("った"))
    bad = (before, Segment("行っ", "いっ"), Segment("た"))
    assert is_cut_right(sentence, went, good)
    assert not is_cut_right(sentence, went, bad)


def test_a_sentence_read_right_scores_full_marks(tmp_path: Path, reader: Reader) -> None:
    file = tmp_path / "gold.conllu"
    file.write_text(CONLLU, encoding="utf-8")
    score, wrong = measure(list(read_conllu(file)), reader)
    assert wrong == []
    assert (score.words, score.right, score.split) == (4, 4, 4)
    assert (score.counters, score.counters_right) == (1, 1)
    assert (score.sentences, score.sentences_right) == (1, 1)
