"""The city's own readings, `i18n/readings.csv`: places, departments and people as they are called."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from machikado.readings.kana import READING, VARIATION, has_kanji, hiragana
from machikado.readings.segment import split
from machikado.vocabulary import Finding, Location, Text

FILE = "i18n/readings.csv"
COLUMNS = ("surface", "reading", "kind")

CHECK = "wrong-reading"


class EntryKind(StrEnum):
    """What a word of the lexicon is; only names are shown to those who want names read to them."""

    PLACE = "place"
    DEPARTMENT = "department"
    PERSON = "person"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: `surface` is read `reading`, in hiragana. `note` is for the editors alone."""

    surface: str
    reading: str
    kind: EntryKind
    note: str = ""

    @property
    def line(self) -> str:
        """The entry as a line of the file."""
        out = io.StringIO()
        cells = (self.surface, self.reading, self.kind.value, self.note)
        csv.writer(out, lineterminator="").writerow(cells if self.note else cells[:3])
        return out.getvalue()


@dataclass(frozen=True, slots=True)
class Match:
    """An entry found in a sentence, at a half-open place in characters."""

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True)
class Lexicon:
    """Entries by surface. Where several could begin at a place, the longest is meant."""

    entries: tuple[Entry, ...] = ()
    _by_first: dict[str, tuple[Entry, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_first: dict[str, tuple[Entry, ...]] = {}
        for entry in sorted(self.entries, key=lambda entry: -len(entry.surface)):
            by_first[entry.surface[0]] = (*by_first.get(entry.surface[0], ()), entry)
        object.__setattr__(self, "_by_first", by_first)

    @property
    def digest(self) -> str:
        """Changes whenever an entry does, whatever the order of the lines."""
        told = "\n".join(sorted(f"{e.surface}\t{e.reading}\t{e.kind}" for e in self.entries))
        return hashlib.sha256(told.encode()).hexdigest()

    def find(self, surface: str) -> Entry | None:
        candidates = self._by_first.get(surface[:1], ())
        return next((entry for entry in candidates if entry.surface == surface), None)

    def matches(self, sentence: str) -> Iterator[Match]:
        """Entries in the sentence from left to right, without overlap."""
        at = 0
        while at < len(sentence):
            for entry in self._by_first.get(sentence[at], ()):
                if sentence.startswith(entry.surface, at):
                    yield Match(at, at + len(entry.surface), entry)
                    at += len(entry.surface)
                    break
            else:
                at += 1


def read_lexicon(data: bytes, file: str = FILE) -> tuple[Lexicon, tuple[Finding, ...]]:
    """The lexicon in `data` (CSV, UTF-8) and what is wrong with it; faulty lines are left out."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Lexicon(), (_finding(file, None, _NOT_UTF8, _SAVE_AS_UTF8),)
    rows = csv.reader(text.splitlines())
    header = [name.strip() for name in next(rows, [])]
    if missing := [name for name in COLUMNS if name not in header]:
        return Lexicon(), (
            _finding(
                file,
                1,
                Text(
                    f"1行目に列の名前「{'、'.join(missing)}」がありません。",
                    f"The first line lacks the column {', '.join(missing)}.",
                ),
                Text(
                    "1行目を「surface,reading,kind,note」にしてください。",
                    "Make the first line “surface,reading,kind,note”.",
                ),
            ),
        )
    entries: dict[str, Entry] = {}
    findings: list[Finding] = []
    for cells in rows:
        if not any(cell.strip() for cell in cells) or cells[0].startswith("#"):
            continue
        row = dict(zip(header, (VARIATION.sub("", cell.strip()) for cell in cells), strict=False))
        entry = Entry(
            row["surface"],
            row.get("reading", ""),
            _KINDS.get(row.get("kind", ""), EntryKind.WORD),
            row.get("note", ""),
        )
        fault = _fault(entry, row.get("kind", ""), entries)
        if fault:
            findings.append(_finding(file, rows.line_num, *fault))
        else:
            entries[entry.surface] = entry
    return Lexicon(tuple(entries.values())), tuple(findings)


_KINDS = {kind.value: kind for kind in EntryKind} | {
    "地名": EntryKind.PLACE,
    "部署": EntryKind.DEPARTMENT,
    "人名": EntryKind.PERSON,
    "語": EntryKind.WORD,
}

_NOT_UTF8 = Text("文字コードがUTF-8ではありません。", "The file is not written in UTF-8.")
_SAVE_AS_UTF8 = Text(
    "表計算ソフトで「CSV UTF-8」を選んで保存し直してください。",
    "Save it again from the spreadsheet as “CSV UTF-8”.",
)
_WRITE_HIRAGANA = Text(
    "読みはひらがなで書いてください。例: 内丸,うちまる,place",
    "Write the reading in hiragana, as in: 内丸,うちまる,place",
)


def _fault(entry: Entry, kind: str, entries: dict[str, Entry]) -> tuple[Text, Text] | None:
    """What is wrong with a line and what to write instead."""
    surface, reading = entry.surface, entry.reading
    if not has_kanji(surface):
        return (
            Text(f"「{surface}」に漢字がありません。", f"“{surface}” has no kanji."),
            Text(
                "1列目には漢字を含む言葉を書いてください。かなだけの言葉は要りません。",
                "Put a word with kanji in the first column; kana needs no furigana.",
            ),
        )
    if not READING.fullmatch(reading):
        return (
            Text(
                f"「{surface}」の読み「{reading}」がひらがなではありません。",
                f"The reading “{reading}” of “{surface}” is not hiragana.",
            ),
            Text(
                f"「{surface},{hiragana(reading)},{entry.kind}」と書いてください。",
                f"Write “{surface},{hiragana(reading)},{entry.kind}”.",
            )
            if READING.fullmatch(hiragana(reading))
            else _WRITE_HIRAGANA,
        )
    if split(surface, reading) is None:
        return (
            Text(
                f"読み「{reading}」が「{surface}」のかなと合いません。",
                f"The reading “{reading}” does not fit the kana in “{surface}”.",
            ),
            Text(
                "かなの部分も含めて、全体の読みを書いてください。例: 取り扱い,とりあつかい,word",
                "Write how the whole is read, its kana too, as in: 取り扱い,とりあつかい,word",
            ),
        )
    if kind not in _KINDS:
        return (
            Text(f"種類「{kind}」は使えません。", f"“{kind}” is no kind of word."),
            Text(
                "3列目には place（地名）、department（部署）、person（人名）、word（その他）の"
                "どれかを書いてください。",
                "Put place, department, person or word in the third column.",
            ),
        )
    known = entries.get(surface)
    if known and known.reading != reading:
        return (
            Text(
                f"「{surface}」の読みが2つあります:「{known.reading}」と「{reading}」。",
                f"“{surface}” has two readings: “{known.reading}” and “{reading}”.",
            ),
            Text(
                "どちらか1行を消してください。1か所だけ違う読みにするには、本文に"
                f"「{{{surface}|{reading}}}」と書きます。",
                "Delete one of the lines. To read it otherwise in one place, write "
                f"“{{{surface}|{reading}}}” in the text.",
            ),
        )
    return None


def _finding(file: str, line: int | None, message: Text, help_: Text) -> Finding:
    return Finding(CHECK, message, help_, page=file, source=Location(file, line))


def as_lines(entries: Iterable[Entry]) -> str:
    """A whole file of these entries."""
    return "".join(["surface,reading,kind,note\n", *(f"{entry.line}\n" for entry in entries)])
