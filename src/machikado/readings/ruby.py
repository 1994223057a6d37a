"""Furigana in an article: `<ruby>` over the Japanese words of sanitised HTML.

The reading stands in `<rt aria-hidden="true">`: a screen reader speaks the word once. There is no
`<rp>`: its brackets would be copied, found and read out, and every browser in use knows ruby. By
`data-grade` (1 to 6 for the school year, 7 beyond) and `data-name` a style sheet shows as much as a
reader wants; that `rt` is neither selected nor copied is the style sheet's part.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from machikado.article.overrides import OVERRIDE
from machikado.patterns import lazily
from machikado.readings.grades import ALL, Level, grade
from machikado.readings.kana import JAPANESE, READING, VARIATION, has_kanji
from machikado.readings.lexicon import CHECK
from machikado.readings.reader import Given, Reader
from machikado.readings.segment import Segment, split
from machikado.vocabulary import Finding, Location, Text

_TAG = lazily(r"""<!--.*?-->|<(/?)([a-zA-Z][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>""", re.S)
_LANG = lazily(r"""(?<![\w-])lang\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.I)
_CHARACTER = lazily(
    f"(?:&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);|.)(?:{VARIATION.pattern})*", re.S
)
_SENTENCE = lazily(r"[^。！？]*(?:[。！？]+[」』）】》〉”’]*|$)")

_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "cite", "data", "del", "dfn", "em", "font", "i", "ins", "mark", "q",
    "s", "small", "span", "strong", "sub", "sup", "time", "u", "wbr",
}  # fmt: skip
"""Elements across which a sentence goes on. All others end it."""

_LEFT_ALONE = {
    "code", "kbd", "math", "option", "pre", "rp", "rt", "ruby", "samp", "script", "style", "svg",
    "textarea", "title", "var",
}  # fmt: skip
"""Elements whose text is no prose, or has its furigana already."""

_VOID = {
    "area",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
}

OBJECT = "\ufffc"
"""Stands in a sentence for what is not text: an image, code, a character written as an entity."""

"""`{漢字|かんじ}`: a reading for one place. In a table, where | divides cells, ｜ may be written."""


class _Cell(NamedTuple):
    """One character of running text: as it is read, in which piece it stands, as it was written.

    piece: -1 for what is no text (`OBJECT`).
    """

    char: str
    piece: int
    raw: str


def with_ruby(fragment: str, reader: Reader, level: Level = ALL, lang: str = "ja") -> str:
    """`fragment` with furigana over its Japanese words, and overrides made into furigana.

    fragment: HTML as the sanitiser writes it; tags and attributes come back as they were.
    level: which words get furigana; lang: the language of what has no `lang` of its own.
    """
    pieces, runs = _taken_apart(fragment, lang)
    for run in runs:
        if has_kanji("".join(cell.char for cell in run)):
            _annotate(run, pieces, reader, level)
    return "".join(pieces)


def sentences(fragment: str, lang: str = "ja") -> Iterator[tuple[str, tuple[Given, ...]]]:
    """The Japanese sentences with kanji of an article, as `with_ruby` has them read.

    With each come the readings written in the text for this one place.
    """
    for run in _taken_apart(fragment, lang)[1]:
        cells, given = _without_overrides(run)
        text = "".join(cell.char for cell in cells)
        for start, end in _bounds(text):
            if has_kanji(text[start:end]):
                yield text[start:end], _within(given, start, end)


def _taken_apart(fragment: str, lang: str) -> tuple[list[str], list[list[_Cell]]]:
    """The fragment in pieces, tags and texts, and the runs of Japanese text that belong together."""
    pieces: list[str] = []
    runs: list[list[_Cell]] = [[]]
    stack: list[tuple[str, str, bool]] = [("", lang, False)]

    def take(text: str) -> None:
        _, language, left_alone = stack[-1]
        if left_alone or not language.lower().startswith("ja"):
            runs[-1].append(_Cell(OBJECT, -1, ""))
        else:
            runs[-1] += [_Cell(_character(raw), len(pieces), raw) for raw in _characters(text)]
        pieces.append(text)

    at = 0
    for tag in _TAG.finditer(fragment):
        if tag.start() > at:
            take(fragment[at : tag.start()])
        at = tag.end()
        pieces.append(tag.group())
        closing, name, attributes = tag.groups()
        if name is None:
            continue
        name = name.lower()
        if name == "img":
            runs[-1].append(_Cell(OBJECT, -1, ""))
        elif name not in _INLINE and name not in _LEFT_ALONE:
            runs.append([])
        if closing:
            if any(open_name == name for open_name, _, _ in stack[1:]):
                while stack.pop()[0] != name:
                    pass
        elif name not in _VOID and not attributes.endswith("/"):
            said = _LANG.search(attributes)
            language = next(filter(None, said.groups()), "") if said else stack[-1][1]
            stack.append((name, language, stack[-1][2] or name in _LEFT_ALONE))
    if at < len(fragment):
        take(fragment[at:])
    return pieces, runs


def _characters(text: str) -> Sequence[str]:
    """The characters of a text in HTML, an entity as one, a variation selector with its kanji."""
    if "&" not in text and not VARIATION.search(text):
        return text
    return _CHARACTER.findall(text)


def _character(raw: str) -> str:
    if len(raw) == 1:
        return raw
    char = html.unescape(VARIATION.sub("", raw))
    return char if len(char) == 1 else OBJECT


def _annotate(run: Sequence[_Cell], pieces: list[str], reader: Reader, level: Level) -> None:
    """Write the run's furigana into the pieces its text stands in."""
    made: dict[int, list[str]] = {cell.piece: [] for cell in run}
    cells, given = _without_overrides(run)
    text = "".join(cell.char for cell in cells)
    for start, end in _bounds(text):
        at = start
        for segment in reader.readings(text[start:end], _within(given, start, end)):
            inside = cells[at : at + len(segment.surface)]
            at += len(segment.surface)
            if level.wants(segment):
                for piece, markup in _rubies(inside, segment, reader):
                    made[piece].append(markup)
            else:
                for cell in inside:
                    made[cell.piece].append(cell.raw)
    for piece, parts in made.items():
        if piece >= 0:
            pieces[piece] = "".join(parts)


def _rubies(cells: Sequence[_Cell], segment: Segment, reader: Reader) -> Iterator[tuple[int, str]]:
    """The segment's markup for each piece it stands in.

    A word that a tag cuts in two (盛<b>岡</b>) gets furigana on both sides if its parts are read
    alone as they are together, and none otherwise.
    """
    groups = [(piece, list(group)) for piece, group in groupby(cells, lambda cell: cell.piece)]
    if len(groups) == 1:
        yield groups[0][0], _ruby(segment, "".join(cell.raw for cell in cells))
        return
    parts = [reader.readings("".join(cell.char for cell in group)) for _, group in groups]
    fits = all(len(part) == 1 and part[0].reading for part in parts) and segment.reading == "".join(
        part[0].reading or "" for part in parts
    )
    for (piece, group), part in zip(groups, parts, strict=True):
        raw = "".join(cell.raw for cell in group)
        yield piece, _ruby(replace(part[0], name=segment.name), raw) if fits else raw


def _ruby(segment: Segment, raw: str) -> str:
    name = " data-name" if segment.name else ""
    return (
        f'<ruby data-grade="{grade(segment.surface)}"{name}>{raw}'
        f'<rt aria-hidden="true">{segment.reading}</rt></ruby>'
    )


def _bounds(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _SENTENCE.finditer(text) if match.group())


def _within(given: Sequence[Given], start: int, end: int) -> tuple[Given, ...]:
    """What is given for the sentence at this place, counted from its beginning."""
    return tuple(
        Given(g.start - start, g.end - start, g.reading)
        for g in given
        if start <= g.start and g.end <= end
    )


def _without_overrides(run: Sequence[_Cell]) -> tuple[list[_Cell], list[Given]]:
    """The run without the signs of its overrides, and what they say.

    An override that says nothing sensible leaves its word as it is: the page is never broken, and
    `faulty_overrides` tells the editor.
    """
    text = "".join(cell.char for cell in run)
    cells: list[_Cell] = []
    given: list[Given] = []
    at = 0
    for match in OVERRIDE.finditer(text):
        surface, reading = match.group(1), match.group(2)
        cells += run[at : match.start()]
        start = len(cells)
        cells += run[match.start(1) : match.end(1)]
        at = match.end()
        if READING.fullmatch(reading.strip()) and split(surface, reading.strip()):
            given.append(Given(start, len(cells), reading.strip()))
    cells += run[at:]
    return cells, given


_WRITTEN = lazily(r"\{([^{}|｜\n]*)[|｜]([^{}|｜\n]*)\}")
"""All that looks like an override, sensible or not."""
_CODE = lazily(r"^(```+|~~~+).*?^\1|(`+)[^`].*?\2", re.M | re.S)


def faulty_overrides(markdown: str, file: str, first_line: int = 1) -> tuple[Finding, ...]:
    """Overrides in a page's body that say nothing sensible; `first_line`: where the body begins."""
    if not _WRITTEN.search(markdown):
        return ()
    prose = _CODE.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), markdown)
    findings = []
    for match in _WRITTEN.finditer(prose):
        surface, reading = VARIATION.sub("", match.group(1)).strip(), match.group(2).strip()
        if not JAPANESE.search(surface + reading):
            continue
        fault = _fault(surface, reading)
        if fault:
            line = first_line + prose.count("\n", 0, match.start())
            findings.append(
                Finding(
                    CHECK,
                    fault,
                    _WRITE_SO,
                    page=file,
                    source=Location(file, line),
                )
            )
    return tuple(findings)


_WRITE_SO = Text(
    "「{漢字|かんじ}」のように、漢字を含む言葉、縦線、ひらがなの読みの順に書いてください。",
    "Write a word with kanji, a bar and its reading in hiragana: {漢字|かんじ}.",
)


def _fault(surface: str, reading: str) -> Text | None:
    written = f"{{{surface}|{reading}}}"
    if not surface:
        return Text(
            f"読みの指定「{written}」に言葉がありません。", f"“{written}” has nothing to be read."
        )
    if not has_kanji(surface):
        return Text(
            f"読みの指定「{written}」の言葉に漢字がありません。",
            f"The word in “{written}” has no kanji.",
        )
    if not READING.fullmatch(reading):
        return Text(
            f"読みの指定「{written}」の読みがひらがなではありません。",
            f"The reading in “{written}” is not hiragana.",
        )
    if split(surface, reading) is None:
        return Text(
            f"読みの指定「{written}」の読みが言葉のかなと合いません。",
            f"The reading in “{written}” does not fit the kana of its word.",
        )
    return None
