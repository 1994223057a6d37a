"""Sources mended by the fixes that rules are certain of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from machikado.vocabulary import Fix


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a file before and after, both without the end of the line."""

    line: int
    before: str
    after: str


def mended(data: bytes, fixes: Iterable[Fix]) -> tuple[bytes, tuple[Change, ...]]:
    """A file with the fixes made, and the lines that differ, from the top down.

    What a fix does not name stays as it is, byte for byte: line ends, front matter, the encoding.
    A fix that no longer fits, or that overlaps another one, is left for the next time.
    Raises UnicodeDecodeError for a file that is not UTF-8.
    """
    lines = data.decode("utf-8").split("\n")
    wanted: dict[int, list[Fix]] = {}
    for fix in fixes:
        wanted.setdefault(fix.line, []).append(fix)
    changes: list[Change] = []
    for number, several in sorted(wanted.items()):
        if not 1 <= number <= len(lines):
            continue
        before = lines[number - 1]
        after = _line_mended(before, several)
        if after != before:
            lines[number - 1] = after
            changes.append(Change(number, before.rstrip("\r"), after.rstrip("\r")))
    return "\n".join(lines).encode("utf-8"), tuple(changes)


def _line_mended(line: str, fixes: Iterable[Fix]) -> str:
    pieces: list[str] = []
    at = 0
    for fix in sorted(fixes, key=lambda one: (one.column, -len(one.old))):
        end = fix.column + len(fix.old)
        if fix.column < at or line[fix.column : end] != fix.old:
            continue
        pieces += [line[at : fix.column], fix.new]
        at = end
    return "".join([*pieces, line[at:]])
