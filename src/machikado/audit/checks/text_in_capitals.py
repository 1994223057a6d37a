"""A long text in capitals is spelled out or hard to read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._running_text import LONG_EN, texts
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_LETTER = re.compile(r"[A-Za-zÀ-ɏ]")
_CAPITALS_WORDS = 8
_LONG_RUN = 15
_LITTLE_WORDS = {
    "A", "ALL", "AN", "AND", "ANY", "ARE", "AT", "BE", "BY", "CAN", "DO", "FOR", "FROM",
    "HAS", "HAVE", "IF", "IN", "IS", "IT", "MAY", "MUST", "NO", "NOT", "OF", "ON", "OR",
    "OUR", "PLEASE", "THAT", "THE", "THEY", "THIS", "TO", "WE", "WILL", "WITH", "YOU", "YOUR",
}  # fmt: skip


def _applies_to(page: Snapshot) -> Iterator[Element]:
    for element, text in texts(page):
        if len(_LETTER.findall(text)) > 30:
            yield element


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    text = element.shown_text
    if element.style.get("text-transform") != "uppercase":
        longest = max(
            re.findall(r"(?:[A-Z][A-Z0-9'’&-]*[\s,;:.!?()]+)+", text + " "), key=len, default=""
        )
        words = re.findall(r"[A-Z']+", longest)
        # Names of bodies in a row are no sentence.
        if len(words) < _LONG_RUN and sum(word in _LITTLE_WORDS for word in words) < 2:
            return None
        if len(longest.split()) < _CAPITALS_WORDS or len(_LETTER.findall(longest)) < 30:
            return None
    elif len(text.split()) < _CAPITALS_WORDS:
        return None
    return Fault(
        Text(
            "長い文章が大文字だけで書かれていて、読みにくく、1字ずつ読み上げられることがあります。",
            "A long text in capitals is hard to read and may be spelled out letter by letter.",
        )
    )


CHECK = Check(
    id="text-in-capitals",
    title=Text("大文字だけの長い文章", "A long text in capitals"),
    help=Text(
        "ふつうの大文字と小文字で書いてください。",
        "Write it in small letters, with capitals where due.",
    ),
    criteria=(),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        f'<p lang="en">{LONG_EN}</p>',
        '<p lang="en">NHS, HMRC, DVLA, BBC, ITV, RSPCA, RSPB, UNICEF and NATO answered our call.</p>',
        '<p lang="en">The NHS, the BBC and HMRC are closed on Mondays. DVLA is open.</p>',
    ),
    bad=(
        f'<p lang="en">{LONG_EN.upper()}</p>',
        '<p lang="en">PLEASE DO NOT SEND ANY MONEY WITH THIS FORM.</p>',
        f'<p lang="en" style="text-transform: uppercase">{LONG_EN}</p>',
    ),
)
