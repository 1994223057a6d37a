"""A whole paragraph marked up as a heading (WCAG 1.3.1; F43)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_LONGEST = 200
_LONGEST_JAPANESE = 90
"""Letters in a heading that could still be one."""
_SENTENCES, _LEAST = 100, 3
"""Letters from which so many sentences are a paragraph."""
_END = re.compile(r"[a-z)]{2}[.!?](?=\s+[A-Z]|$)|[。！？]")


def _applies_to(page: Snapshot) -> Iterator[Element]:
    return (e for e in page.with_role("heading") if e.is_exposed)


def _is_paragraph(text: str) -> bool:
    """Whether it is several sentences, the last of them ended, too."""
    return len(text) >= _SENTENCES and len(_END.findall(text)) >= _LEAST


def _expectation(heading: Element, _page: Snapshot) -> Fault | None:
    text = heading.text
    longest = _LONGEST if sum(c.isascii() for c in text) > len(text) * 0.8 else _LONGEST_JAPANESE
    if len(text) <= longest and not _is_paragraph(text):
        return None
    return Fault(
        Text(
            f"「{text[:40]}…」は長い文章ですが、見出しになっています。",
            f"“{text[:60]}…” is a paragraph but is marked up as a heading.",
        )
    )


CHECK = Check(
    id="heading-too-long",
    title=Text("文章を見出しにしたもの", "A paragraph as a heading"),
    help=Text(
        "段落にし、短い見出しを付けてください。",
        "Make it a paragraph and give it a short heading.",
    ),
    criteria=("1.3.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<h2>粗大ごみの出し方</h2><p>文章</p>",
        "<h2>How to hand in bulky waste in this city</h2>",
    ),
    bad=(
        f"<h2>{'粗大ごみは、電話で申し込んでから、決められた日の朝に出してください。' * 3}</h2>",
        f"<h3>{'Please call us before you put bulky waste out in the morning. ' * 4}</h3>",
    ),
)
