"""The UD typeface: what most pages need is in its first file, so that the second is seldom loaded."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from machikado.readings.grades import kanji_by_grade

ROOT = Path(__file__).resolve().parents[2]
STYLES = (ROOT / "overrides/assets/stylesheets/biz-udpgothic.css").read_text(encoding="utf-8")
KANJI = re.compile(r"[㐀-鿿々〆〇]")


def characters_of(file: str) -> set[str]:
    """What `unicode-range` says of one file of the typeface."""
    face = next(face for face in STYLES.split("@font-face") if f"{file}.woff2" in face)
    told = re.search(r"unicode-range: ([^;]+);", face)
    assert told
    found: set[str] = set()
    for part in told[1].split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        found |= {chr(code) for code in range(int(first, 16), int(last or first, 16) + 1)}
    return found


@pytest.mark.parametrize("weight", ["regular", "bold"])
def test_words_of_the_theme_and_of_elementary_school_are_in_the_first_file(weight: str) -> None:
    core = characters_of(f"{weight}-core")
    catalogues = (ROOT / "i18n" / code / "LC_MESSAGES/machikado.po" for code in ("ja", "ja-easy"))
    words = "".join(file.read_text(encoding="utf-8") for file in catalogues)
    aids = (ROOT / "overrides/partials/aids.html").read_text(encoding="utf-8")
    school = "".join(kanji_by_grade().values())
    assert len(school) == 1026
    assert set(KANJI.findall(words + aids + school)) - core == set()


def test_a_page_loads_at_most_200_kb_of_a_weight_for_common_words() -> None:
    sizes = {file.name: file.stat().st_size for file in (ROOT / "overrides/assets/fonts").glob("*-core.woff2")}  # fmt: skip
    assert len(sizes) == 2
    assert {name: size for name, size in sizes.items() if size > 200 * 1024} == {}
