"""Pictures drawn with letters, read out letter by letter (WCAG 2.2, 1.1.1, F72, H86)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_LINES = 3
_DRAWN = 0.55
"""So much of a picture's ink is no letter or digit."""
_LEAST_INK = 12
_CODE = ("code", "samp", "kbd", "textarea", "table")
# Kaomoji: a face of at least two different marks between brackets; Western ones need no check.
_FACE = re.compile(
    r"[（(][\s]?[;^*＾´｀`°・oO0TＴ>≧ー\-_][\s]?[_ω∀Д▽。.o0д_＿皿▽◇][\s]?"
    r"[;^*＾´｀`°・oO0TＴ<≦ー\-_][\s]?[;゜]?[）)]|m[（(]_ _[）)]m|orz\b|[（(]\^-?\^[）)]"
)


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Preformatted text that is no code, and the smallest elements around a face."""
    for element in page.elements("pre"):
        if element.is_exposed and not any(True for _ in element.elements(*_CODE)):
            yield element
    for element in page.elements():
        if element.is_exposed and element.tag not in ("pre", "code", "samp", "kbd", "textarea"):
            yield from [element] if _face(element) else []


def _face(element: Element) -> str:
    """The first face in its own text, "" where there is none."""
    own = (child.text for child in element.children if not isinstance(child, Element))
    return next((found[0] for text in own if (found := _FACE.search(text))), "")


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    for e in (element, *element.ancestors()):
        if e.tag in ("code", "pre") and e is not element:
            return None
        if e.get("role") in ("img", "image") or e.get("aria-hidden") == "true":
            return None
    if element.tag == "pre":
        text = "".join(run.text for run in element.runs())
        if not _is_drawing(text):
            return None
        return Fault(
            Text(
                "文字で描いた絵は、記号が1つずつ読み上げられ、何の絵か伝わりません。",
                "This picture of letters is read out sign by sign; nobody hears what it shows.",
            )
        )
    face = _face(element)
    return Fault(
        Text(
            f"顔文字「{face}」は、記号が1つずつ読み上げられ、気持ちが伝わりません。",
            f"The face “{face}” is read out sign by sign; nobody hears what it means.",
        )
    )


def _is_drawing(text: str) -> bool:
    lines = [line for line in text.splitlines() if line.strip()]
    ink = [sign for sign in text if not sign.isspace()]
    if len(lines) < _LINES or len(ink) < _LEAST_INK:
        return False
    return sum(not sign.isalnum() for sign in ink) / len(ink) > _DRAWN


CHECK = Check(
    id="picture-made-of-letters",
    title=Text("文字で描いた絵や顔文字", "A picture or face made of letters"),
    help=Text(
        "言葉で書き直すか、role=img と、何の絵かを書いた aria-label を付けてください。",
        "Say it in words, or add role=img and an aria-label that says what it shows.",
    ),
    criteria=("1.1.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<pre>9:00 開館\n12:00 昼休み\n17:00 閉館</pre>",
        "<pre><code>a = (b) =&gt; {\n  [1, 2];\n};\n//////////</code></pre>",
        '<pre role="img" aria-label="猫">/\\_/\\\n( o.o )\n &gt; ^ &lt;  ********************</pre>',
        "<p>受付（午前・午後）は (1)から(3)です（予約制）。</p>",
        '<p>ありがとう <span role="img" aria-label="笑顔">(^_^)</span></p>',
    ),
    bad=(
        "<pre>　∧＿∧\n（　´∀｀）\n（　　　　）\n｜ ｜　|</pre>",
        "<pre>  /\\_/\\  ____\n ( o.o )/ __ \\\n  &gt; ^ &lt; / /  \\ \\\n /|   |\\\\ \\__/ /</pre>",
        "<p>お待ちしています(^_^)</p>",
        "<p>申し訳ありません m(_ _)m</p>",
    ),
)
