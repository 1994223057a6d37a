"""The lines of a block as its author broke them (`br`), and what they begin with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from machikado.audit.snapshot import Element, Snapshot, TextRun

BLOCKS = (
    "p",
    "div",
    "td",
    "th",
    "dd",
    "li",
    "section",
    "article",
    "blockquote",
    "span",
    "font",
    "b",
    "strong",
)

_BULLET = re.compile(r"^[・•‣◦●○■□◆◇▪▫★☆▶►➢✓✔→⇒※‐–—*＊+-][\s　]*(?=\S)")
_SPACED = re.compile(r"^[*+‐–—-]\s")
_NUMBER = re.compile(r"^[(（]?(\d{1,2})[)）.．、:：]\s*(?=\D)")
_LETTERED = re.compile(r"^[(（]?([a-j])[)）]\s*(?=\S)", re.IGNORECASE)
_KANA = re.compile(r"^[(（]?([アイウエオカキクケコ])[)）　．.、]\s*(?=[^\sアイウエオ])")
_CIRCLED = re.compile(r"^[①-⑳❶-❿]")
_DASHES = "*+-‐–—"


def lines(block: Element) -> list[str]:
    """The lines of a block's own text and its inline parts, told apart by `br`."""
    return [line.strip(" ") for line in "".join(_said(block)).split("\n")]


def _said(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, TextRun):
            yield re.sub(r"[ \t\r\n]+", " ", child.text)
        elif child.tag == "br":
            yield "\n"
        elif child.tag in ("rt", "rp", "script", "style", "template"):
            continue
        elif child.style.get("display", "inline") in ("inline", "ruby", "contents", "inline-block"):
            yield from _said(child)
        else:
            yield "\n\n"


def mark(line: str) -> str:
    """What kind of list item a line begins as: its bullet, `1` to `99`, or nothing."""
    if found := _NUMBER.match(unicodedata.normalize("NFKC", line)):
        return found[1]
    if _CIRCLED.match(line):
        return str(int(unicodedata.numeric(line[0])))
    if found := _LETTERED.match(unicodedata.normalize("NFKC", line)):
        return f"{ord(found[1].lower()) - ord('a') + 1}"
    if found := _KANA.match(line):
        return str("アイウエオカキクケコ".index(found[1]) + 1)
    # A minus before a figure is no bullet; a dash needs its space.
    if line[:1] in _DASHES and line[:1]:
        return line[0] if _SPACED.match(line) else ""
    if line[:1] == "※" and line[1:2].isdigit():
        return ""
    if len(line) > 1 and line[1] == line[0]:
        return ""  # ○○小学校: a name to be filled in.
    return line[0] if _BULLET.match(line) else ""


def runs_of_items(said: list[str]) -> Iterator[list[str]]:
    """Stretches of lines that look like the items of one list."""
    stretch: list[str] = []
    for line in [*said, ""]:
        if not line and stretch:
            # One empty line between items does not end a list.
            continue
        begins = mark(line)
        follows = stretch and _follows(mark(stretch[-1]), begins)
        if begins and (not stretch or follows):
            stretch.append(line)
            continue
        if stretch and not begins:
            if len(stretch) > 1:
                yield stretch
            stretch = []
            continue
        if len(stretch) > 1:
            yield stretch
        stretch = [line] if begins else []
    if len(stretch) > 1:
        yield stretch


def _follows(one: str, other: str) -> bool:
    if one.isdigit() and other.isdigit():
        return int(other) == int(one) + 1
    return one == other


def broken_blocks(page: Snapshot) -> Iterator[Element]:
    """Elements that readers meet with a `br` of their own."""
    for element in page.elements(*BLOCKS):
        if element.is_exposed and any(part.tag == "br" for part in element.parts):
            yield element
