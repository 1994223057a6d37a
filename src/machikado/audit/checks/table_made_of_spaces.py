"""Columns lined up with spaces (WCAG 2.2, 1.3.1 and 1.3.2; F33, F34)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._lines import broken_blocks, lines
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_LEAST = 3
_GAP = re.compile(r"(?<=\S)(?:\t+| {2,}|\u3000+ *)(?=\S)")
_WIDE_GAP = re.compile(
    r"(?<=\S)(?: ?\u00a0 ?){3,}(?=\S)|(?<=\S)\u3000{2,}(?=\S)|(?<=\w)\s*(?:\.\s?){5,}(?=\s*\w)|(?<=\w)\s*[…・]{4,}(?=\s*\w)"
)


def _applies_to(page: Snapshot) -> Iterator[Element]:
    for element in page.elements("pre"):
        has_code = any(True for _ in element.elements("code", "samp", "kbd"))
        if element.is_exposed and not has_code and not element.inside("img"):
            yield element
    for element in broken_blocks(page):
        if not element.closest("pre", "code"):
            yield element


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    if element.tag == "pre":
        text = "".join(run.text for run in element.runs()).splitlines()
        if not _lines_up(text):
            return None
    elif sum(bool(_WIDE_GAP.search(line)) for line in lines(element)) < _LEAST:
        return None
    return Fault(
        Text(
            "空白で列をそろえて、表のように見せています。読み上げでは列が分かりません。",
            "Columns are lined up with spaces: a screen reader reads straight across them.",
        )
    )


def _lines_up(text: list[str]) -> bool:
    """Whether three lines on end have a gap that ends at the same place."""
    ends = [{gap.end() for gap in _GAP.finditer(line.strip("\n"))} for line in text if line.strip()]
    tabbed = ["\t" in line.strip() for line in text if line.strip()]
    for at in range(len(ends) - _LEAST + 1):
        if set.intersection(*ends[at : at + _LEAST]) or all(tabbed[at : at + _LEAST]):
            return True
    return False


CHECK = Check(
    id="table-made-of-spaces",
    title=Text("空白で作った表", "A table made of spaces"),
    help=Text(
        "表（table）で書いてください。Markdownなら「|」で区切ります。",
        "Write it as a table (in Markdown with “|” between the cells).",
    ),
    criteria=("1.3.1", "1.3.2"),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<pre><code>a   b   c\nd   e   f\ng   h   i</code></pre>",
        "<pre>春は名のみの\n風の寒さや\n谷の鶯</pre>",
        "<p>市長　内舘　茂<br>副市長　鈴木<br>教育長　田中</p>",
    ),
    bad=(
        "<pre>Day      Open     Shut\nMonday   9:00     17:00\nTuesday  10:00    18:00</pre>",
        "<p>平日　　　9時から<br>土曜　　　10時から<br>日曜　　　休み</p>",
        "<p>Monday . . . . . . 9-12<br>Tuesday ..... 9-13<br>Friday . . . . . 9-17</p>",
        "<p>Name&nbsp;&nbsp;&nbsp;&nbsp;Age<br>Ann&nbsp;&nbsp;&nbsp;&nbsp;20<br>"
        "Bob&nbsp;&nbsp;&nbsp;&nbsp;30</p>",
    ),
)
