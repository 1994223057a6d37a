"""The search index of each locale: what its own pages say, folded so that spellings meet.

A locale of some hundred pages has its index in one file; that of more is in parts, which the browser
reads one after the other. docs-dev/decisions/0005-search.md says why, and where that ends.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b
from zlib import crc32

from machikado.article.outline import Outline
from machikado.content.address import encoded
from machikado.content.locale import Locale
from machikado.content.page import Page

PART = 256
"""Pages of a part, about: an edit writes one part anew."""
_KATAKANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_RUN = re.compile("[ァ-ヶ]+")


def fold(text: str) -> str:
    """`text` as it is searched: NFKC, lower case, katakana as hiragana (ｺﾞﾐ, ゴミ and ごみ are one)."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return _RUN.sub(lambda run: _hiragana(run.group()), folded)


@lru_cache(maxsize=4096)
def _hiragana(katakana: str) -> str:
    return katakana.translate(_KATAKANA)


def search_row(page: Page, parts: Outline, base_path: str) -> str:
    """A page's row as JSON: {u: address, t: title, s: summary, x: folded text}; none for a 404 page."""
    if page.is_not_found:
        return ""
    words = " ".join(text for _, text in parts.rows if not text.startswith("[["))
    row = {
        "u": base_path.rstrip("/") + encoded(page.address),
        "t": page.title,
        "s": page.meta.summary,
        "x": fold(f"{page.title} {page.meta.summary} {words}"),
    }
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def parts_of(pages: int) -> int:
    """Into how many parts the index of so many pages is cut: a power of two, so that it changes seldom."""
    return 1 if pages <= 2 * PART else 1 << ((pages - 1) // PART).bit_length()


def part_of(page_id: str, parts: int) -> int:
    """The part, counted from 0, that the row of a page is in."""
    return part_at(place_of(page_id), parts)


_PLACES = 1 << 32


def place_of(page_id: str) -> int:
    """What decides in which part a page is, whatever their number: one of 2³² places."""
    return crc32(page_id.encode())


def part_at(place: int, parts: int) -> int:
    """The part that has this place: each has as many of them, side by side."""
    return place * parts // _PLACES


def places_in(part: int, parts: int) -> range:
    """The places that a part has; `parts` is a power of two."""
    each = _PLACES // parts
    return range(part * each, (part + 1) * each)


def search_part(rows: Iterable[str]) -> bytes:
    """One part: a JSON list of rows, given in the order of their addresses."""
    return f"[{','.join(row for row in rows if row)}]".encode()


def part_file(locale: Locale, part: int, parts: int) -> str:
    """The file of a part; that of a whole index is the one the browser asks for first."""
    name = "index" if parts == 1 else str(part)
    return f"{locale.prefix.lstrip('/')}search/{name}.json"


def search_directory(locale: Locale, parts: Mapping[int, bytes]) -> tuple[str, bytes]:
    """The file that names the parts, each with a digest of its content so that browsers may keep it.

    parts: by number, the digest of each.
    """
    names = [f"{number}.json?v={digest.hex()[:10]}" for number, digest in sorted(parts.items())]
    file = f"{locale.prefix.lstrip('/')}search/index.json"
    return file, json.dumps({"parts": names}, separators=(",", ":")).encode()


def search_files(
    locale: Locale, rows: Mapping[str, tuple[str, str]]
) -> Iterator[tuple[str, bytes]]:
    """Every file of a locale's index; `rows`: by address, the id of the page and its row."""
    parts = parts_of(len(rows))
    cut: dict[int, list[str]] = {number: [] for number in range(parts)}
    for _, (page_id, row) in sorted(rows.items()):
        cut[part_of(page_id, parts)].append(row)
    digests: dict[int, bytes] = {}
    for number, held in cut.items():
        data = search_part(held)
        digests[number] = digest_of_part(data)
        yield part_file(locale, number, parts), data
    if parts > 1:
        yield search_directory(locale, digests)


def digest_of_part(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()
