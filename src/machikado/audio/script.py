"""The script of a page: what is said of it, sentence by sentence, and where each sentence stands.

It follows the reading aid of the browser (`read-aloud.js`): both say the same of a page.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import Any, NamedTuple

from lxml import etree
from lxml import html as lxml_html

from machikado.article.overrides import OVERRIDE
from machikado.readings.kana import JAPANESE, READING
from machikado.readings.reader import Given
from machikado.readings.segment import split

LONGEST = 200
"""Characters of one cue: a longer sentence is cut at a comma, and shown in parts."""

_SILENT = {
    "button", "canvas", "form", "iframe", "input", "math", "nav", "noscript", "object", "pre", "rp", "rt",
    "script", "select", "style", "svg", "template", "textarea",
}  # fmt: skip
_SILENT_CLASSES = {"contents", "footnote-backref", "footnote-ref", "scroll-hint"}
_BLOCK = {
    "address", "article", "aside", "blockquote", "caption", "dd", "details", "div", "dl", "dt", "figcaption",
    "figure", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "ol", "p", "section", "summary",
    "table", "ul",
}  # fmt: skip
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_ENDS = "。！？!?\n"
_CLOSERS = "」』）)】》〉”’"
_COMMAS = "、，,；; "

_PAUSE, _BLOCK_PAUSE, _HEADING_PAUSE = 0.1, 0.4, 0.6
"""Seconds of silence added after a sentence; the voice itself brings about half a second."""

_RANGE = re.compile(r"(?<=[0-9０-９時分日月年円])\s*[〜～]\s*(?=[午0-9０-９])")
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+|[\w.+-]+@[\w-]+\.[\w.-]+")
_MARKS = re.compile(r"[※→←↑↓■□◆◇●○▼▲★☆]")


class _Atom(NamedTuple):
    """The smallest thing said: one character, or a word in other characters than it is shown in."""

    shown: str
    said: str
    reading: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, which becomes one cue.

    shown: as it stands on the page; said: as it is given to the voice; given: readings written in
    the text itself, placed in `said`; place: the element it stands in, as `<name>:<number>`, counted
    from 1 among the elements of that name in the article, generated parts left out (`h1`, `summary`:
    those above the article); pause: seconds of silence after it.
    """

    shown: str
    said: str
    given: tuple[Given, ...]
    place: str
    pause: float


def script(title: str, summary: str, article: str, image: str = "{words}") -> tuple[Sentence, ...]:
    """What is said of a Japanese page, in the order in which it is read.

    article: sanitised HTML, with furigana or without; image: how an image's alternative is said,
    with `{words}` in it.
    """
    blocks: list[tuple[str, list[_Atom]]] = [
        ("h1", _atoms(title)),
        ("summary", _atoms(summary)),
        *_Walk(image).blocks(article),
    ]
    sentences: list[Sentence] = []
    for place, atoms in blocks:
        name = place.partition(":")[0]
        pause = _HEADING_PAUSE if name in _HEADINGS else _BLOCK_PAUSE
        found = [s for part in _cut(atoms) if (s := _sentence(part, place))]
        sentences += found[:-1]
        sentences += (_with_pause(sentence, pause) for sentence in found[-1:])
    return tuple(sentences)


def digest_of(sentences: Iterable[Sentence]) -> str:
    """Changes when the words of a page do, whatever their readings, and however they are cut."""
    told = "\n".join(
        f"{place}\t{''.join(''.join(one.shown.split()) for one in together)}"
        for place, together in groupby(sentences, lambda one: one.place)
    )
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def _with_pause(sentence: Sentence, pause: float) -> Sentence:
    return Sentence(sentence.shown, sentence.said, sentence.given, sentence.place, pause)


def _atoms(text: str) -> list[_Atom]:
    """A text, in which `{漢字|かんじ}` gives a reading for one place."""
    atoms: list[_Atom] = []
    at = 0
    for match in OVERRIDE.finditer(text):
        atoms += (_Atom(char, char) for char in text[at : match.start()])
        atoms.append(_word(match.group(1), match.group(2).strip()))
        at = match.end()
    atoms += (_Atom(char, char) for char in text[at:])
    return atoms


def _word(surface: str, reading: str) -> _Atom:
    fits = READING.fullmatch(reading) and split(surface, reading)
    return _Atom(surface, surface, reading if fits else None)


class _Walk:
    """One walk through an article, which collects its blocks."""

    def __init__(self, image: str) -> None:
        self._image = image
        self._blocks: list[tuple[str, list[_Atom]]] = []
        self._block: list[_Atom] = []
        self._place = ""
        self._places: dict[Any, str] = {}

    def blocks(self, article: str) -> Sequence[tuple[str, list[_Atom]]]:
        if not article.strip():
            return ()
        root = lxml_html.fragment_fromstring(article, create_parent="div")
        self._number(root)
        self._place = "div:0"
        self._inside(root)
        self._end()
        return self._blocks

    def _number(self, root: Any) -> None:  # noqa: ANN401 - lxml ships no types
        counts: Counter[str] = Counter()
        for element in root.iterdescendants(etree.Element):
            if not any(_is_generated(one) for one in (element, *element.iterancestors())):
                counts[element.tag] += 1
                self._places[element] = f"{element.tag}:{counts[element.tag]}"

    def _end(self, ending: str = "") -> None:
        if any(not atom.said.isspace() for atom in self._block):
            self._blocks.append((self._place, [*self._block, *_atoms(ending)]))
        self._block = []

    def _inside(self, element: Any) -> None:  # noqa: ANN401
        self._block += _atoms(element.text or "")
        for child in element:
            if isinstance(child.tag, str):
                self._visit(child)
            self._block += _atoms(child.tail or "")

    def _visit(self, element: Any) -> None:  # noqa: ANN401
        tag = element.tag
        words = _alternative(element)
        if words:
            self._as_block(element, lambda: self._say(self._image.replace("{words}", words)))
        elif _is_silent(element):
            if tag in _BLOCK or tag == "pre":
                self._end()
        elif tag == "ruby":
            self._block.append(_ruby(element))
        elif tag == "abbr" and JAPANESE.search(element.get("title", "")):
            # A title in other letters than the page's is said worse than the letters themselves.
            self._block.append(_Atom(_text(element), element.get("title")))
        elif tag == "br":
            self._block.append(_Atom("\n", "\n"))
        elif tag == "table":
            self._table(element)
        elif tag == "li" and element.getparent().tag == "ol":
            self._as_block(element, lambda: self._item(element))
        elif tag in _BLOCK:
            self._as_block(element, lambda: self._inside(element))
        else:
            self._inside(element)

    def _say(self, words: str) -> None:
        self._block += _atoms(words)

    def _as_block(self, element: Any, fill: Any) -> None:  # noqa: ANN401
        self._end()
        above, self._place = self._place, self._places.get(element, self._place)
        fill()
        self._end()
        self._place = above

    def _item(self, item: Any) -> None:  # noqa: ANN401
        items = [one for one in item.getparent() if one.tag == "li"]
        start = _whole(item.getparent().get("start"), 1)
        self._say(f"{_whole(item.get('value'), start + items.index(item))}、")
        self._inside(item)

    def _table(self, table: Any) -> None:  # noqa: ANN401
        """A row is one thing: each cell after the heading of its column."""
        self._end()
        for caption in table.findall("caption"):
            self._visit(caption)
        heads: dict[int, str] = {}
        for row, cells in _grid(table):
            if row.getparent().tag == "thead":
                for column, cell in cells:
                    for wide in range(_whole(cell.get("colspan"), 1)):
                        heads[column + wide] = _text(cell)
                continue
            above, self._place = self._place, self._places.get(row, self._place)
            first = True
            for column, cell in cells:
                if not _text(cell):
                    continue
                if not first:
                    self._say("、")
                first = False
                if cell.tag == "td" and heads.get(column):
                    self._say(f"{heads[column]}、")
                self._cell(cell)
            said = "".join(atom.said for atom in self._block).rstrip()
            self._end("" if said.endswith(tuple(_ENDS)) else "。")
            self._place = above

    def _cell(self, cell: Any) -> None:  # noqa: ANN401
        """What is in a cell, on one line whatever it is made of."""
        inner = _Walk(self._image)
        inner._inside(cell)
        inner._end()
        for number, (_, atoms) in enumerate(inner._blocks):
            if number:
                self._say("、")
            self._block += (_Atom(" ", " ") if atom.shown == "\n" else atom for atom in atoms)


def _grid(table: Any) -> Iterator[tuple[Any, list[tuple[int, Any]]]]:  # noqa: ANN401
    """The rows of a table, and the cells of each with their columns; cells may reach down."""
    reaching: dict[int, int] = {}
    for row in table.iter("tr"):
        cells: list[tuple[int, Any]] = []
        column = 0
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while reaching.get(column, 0) > 0:
                reaching[column] -= 1
                column += 1
            cells.append((column, cell))
            down = _whole(cell.get("rowspan"), 1) - 1
            for _ in range(_whole(cell.get("colspan"), 1)):
                reaching[column] = down
                column += 1
        for other in [c for c in reaching if c >= column]:
            reaching[other] = max(0, reaching[other] - 1)
        yield row, cells


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"[0-9]{1,4}", text) else otherwise


def _text(element: Any) -> str:  # noqa: ANN401
    """The words of an element on one line, without furigana."""
    inner = _Walk("")
    inner._inside(element)
    inner._end()
    words = "".join(atom.shown for _, atoms in inner._blocks for atom in atoms)
    return " ".join(words.split())


def _ruby(element: Any) -> _Atom:  # noqa: ANN401
    base, reading = element.text or "", ""
    for child in element:
        if child.tag == "rt":
            reading += "".join(child.itertext())
        elif child.tag not in ("rp", "rtc"):
            base += "".join(child.itertext())
        base += child.tail or ""
    return _word(base, reading.strip())


def _alternative(element: Any) -> str:  # noqa: ANN401
    """The words that stand for an image; empty for decoration and what is no image."""
    if _is_generated(element) or element.get("aria-hidden") == "true":
        return ""
    if element.tag == "img":
        return " ".join((element.get("alt") or "").split())
    if element.tag == "svg":
        titles = [one for one in element.iter() if one.tag == "title"]
        return element.get("aria-label") or (titles[0].text or "" if titles else "")
    return ""


def _is_generated(element: Any) -> bool:  # noqa: ANN401
    return element.get("data-generated") is not None or element.get("data-list") is not None


def _is_silent(element: Any) -> bool:  # noqa: ANN401
    lang = element.get("lang", "")
    return (
        element.tag in _SILENT
        or element.tag == "img"
        or _is_generated(element)
        or element.get("aria-hidden") == "true"
        or bool(_SILENT_CLASSES & set(element.get("class", "").split()))
        # A word in Latin letters is spelt out; a whole block in another language is not for this voice.
        or (bool(lang) and lang.split("-")[0] != "ja" and element.tag in _BLOCK)
    )


def _cut(atoms: Sequence[_Atom]) -> Iterator[Sequence[_Atom]]:
    """A block in sentences, none too long."""
    start = 0
    for at, atom in enumerate(atoms):
        after = atoms[at + 1].shown[:1] if at + 1 < len(atoms) else ""
        last = atom.shown[-1:]
        # A sign of an address (?a=1) ends nothing.
        ends = last and last in _ENDS and not (last in "!?" and "!" <= after <= "~")
        closes = last and last in _CLOSERS and at > start and atoms[at - 1].shown[-1:] in "。！？!?"
        if (ends or closes) and not (after and after in _CLOSERS + "。！？!?"):
            yield from _short(atoms[start : at + 1])
            start = at + 1
    yield from _short(atoms[start:])


def _short(atoms: Sequence[_Atom]) -> Iterator[Sequence[_Atom]]:
    """A sentence in parts, by the length of what is shown: furigana changes no cut at a comma."""
    start = 0
    while start < len(atoms):
        ends = accumulate(len(atom.shown) for atom in atoms[start : start + LONGEST + 1])
        sizes = [size for size in ends if size <= LONGEST]
        if len(sizes) == len(atoms) - start:
            break
        commas = [
            at + 1
            for at, size in enumerate(sizes)
            if size > LONGEST // 4 and atoms[start + at].shown in _COMMAS
        ]
        end = start + (commas[-1] if commas else max(1, len(sizes)))
        yield atoms[start:end]
        start = end
    yield atoms[start:]


def _sentence(atoms: Sequence[_Atom], place: str) -> Sentence | None:
    """The sentence of these atoms; None where nothing in it can be said."""
    shown = " ".join("".join(atom.shown for atom in atoms).split())
    said, given = "", []
    for atom in atoms:
        words = _audible(atom.said)
        if words.isspace() and (not said or said.endswith(" ")):
            continue
        if atom.reading and words == atom.said:
            given.append(Given(len(said), len(said) + len(words), atom.reading))
        # A voiced mark of half-width kana is a character of its own.
        marked = words and unicodedata.combining(words[0])
        said = unicodedata.normalize("NFC", said + words) if marked else said + words
    said, given = _in_words(said.rstrip(), given)
    if not any(unicodedata.category(char)[0] in "LN" for char in said):
        return None
    return Sentence(shown, said, tuple(given), place, _PAUSE)


def _audible(text: str) -> str:
    """`text` without what has no sound (emoji, controls, Private Use); half-width kana widened."""
    if text.isascii() and text.isprintable():
        return text
    told = ""
    for char in re.sub(r"[\uff61-\uff9f]+", lambda m: unicodedata.normalize("NFKC", m[0]), text):
        kind = unicodedata.category(char)
        if char.isspace():
            told += " "
        elif kind[0] not in "CM" and kind not in ("So", "Sk"):
            told += char
        elif kind in ("Mn", "Mc"):
            told = unicodedata.normalize("NFC", told + char)
        elif char in "℃㎡㎝㎞㎏㌔〒":
            told += char
    return told


def _in_words(said: str, given: Sequence[Given]) -> tuple[str, list[Given]]:
    """Signs in words: 9時〜17時 is said with から, an address of the web is named, marks are not."""
    for pattern, words in ((_ADDRESS, "アドレス"), (_RANGE, "から"), (_MARKS, "")):
        told, moved, at = "", [], 0
        shifts: list[tuple[int, int]] = []
        for match in pattern.finditer(said):
            told += said[at : match.start()] + words
            at = match.end()
            shifts.append((match.end(), len(words) - (match.end() - match.start())))
        told += said[at:]
        for one in given:
            shift = sum(by for end, by in shifts if end <= one.start)
            moved.append(Given(one.start + shift, one.end + shift, one.reading, one.kind))
        said, given = told, moved
    return said, [one for one in given if 0 <= one.start < one.end <= len(said)]
