"""What an editor is asked: each doubtful word once, with where it stands and a ready lexicon line."""

from __future__ import annotations

from collections.abc import Iterable

from machikado.readings.judgement import Reason
from machikado.readings.lexicon import FILE, EntryKind
from machikado.readings.reader import Doubt, Reader
from machikado.readings.ruby import sentences
from machikado.vocabulary import Finding, Location, Outcome, Text

CHECK = "doubtful-reading"

_WHY = {
    Reason.DISAGREEMENT: Text("2つの辞書で読みが違います", "two dictionaries differ"),
    Reason.NAME: Text("人や場所の名前です", "it is a proper name"),
    Reason.HETERONYM: Text("読み方が2つある言葉です", "it can be read in two ways"),
    Reason.UNKNOWN: Text("辞書にない言葉です", "no dictionary has it"),
    Reason.UNREAD: Text("読みが分かりません", "nobody could read it"),
}


def editors_list(
    articles: Iterable[tuple[str, str]], reader: Reader, places_must_be_known: bool = False
) -> tuple[Finding, ...]:
    """The doubts of all articles, most frequent first: one finding for a word read one way.

    articles: a page's source file and its article as sanitised HTML, in Japanese.
    places_must_be_known: a doubtful place name is a failure and not only a question.
    """
    places: dict[tuple[str, str, str | None, Reason, EntryKind], list[tuple[str, Doubt]]] = {}
    for file, fragment in articles:
        for sentence, given in sentences(fragment):
            for doubt in reader.doubts(sentence, given):
                key = (doubt.surface, doubt.reading, doubt.other, doubt.reason, doubt.kind)
                places.setdefault(key, []).append((file, doubt))
    ranked = sorted(places.values(), key=lambda found: (-len(found), found[0][1].surface))
    return tuple(_finding(found, places_must_be_known) for found in ranked)


def _finding(found: list[tuple[str, Doubt]], places_must_be_known: bool) -> Finding:
    file, doubt = found[0]
    why = _WHY[doubt.reason]
    times, other = len(found), doubt.other
    fails = places_must_be_known and doubt.kind is EntryKind.PLACE
    return Finding(
        CHECK,
        Text(
            f"「{doubt.surface}」を「{doubt.reading}」と読みました（{times}か所）。{why.ja}。"
            + (f"ほかの読み:「{other}」。" if other else "")
            + f"例:「{_around(doubt)}」",
            f"“{doubt.surface}” is read “{doubt.reading}” ({times} times): {why.en}."
            + (f" It may be “{other}”." if other else "")
            + f" As in “{_around(doubt)}”.",
        ),
        Text(
            f"読みを確かめ、いつも同じなら {FILE} に「{doubt.lexicon_line}」を足してください。"
            f"1か所だけなら、本文に「{{{doubt.surface}|よみ}}」と書いてください。",
            f"Make sure how it is read. If always so, add “{doubt.lexicon_line}” to {FILE}; "
            f"for one place write “{{{doubt.surface}|reading}}” in the text.",
        ),
        page=file,
        source=Location(file),
        outcome=Outcome.FAILED if fails else Outcome.CANT_TELL,
    )


_AROUND = 12
"""Characters of the sentence shown on each side."""


def _around(doubt: Doubt) -> str:
    end = doubt.start + len(doubt.surface)
    return doubt.sentence[max(0, doubt.start - _AROUND) : end + _AROUND]
