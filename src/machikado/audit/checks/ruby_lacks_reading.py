"""A ruby element that gives no reading (HTML, 4.5.10)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_RUBY = re.compile(r"<ruby\b[^>]*>(.*?)</ruby\s*>", re.IGNORECASE | re.DOTALL)
_READING = re.compile(r"<rt\b[^>]*>\s*(?:<[^>]+>\s*)*[^<\s]", re.IGNORECASE)
_TAGS = re.compile(r"<[^>]+>")


def _broken(page: Snapshot) -> list[str]:
    """What such elements say, as the source has them: readings that nobody sees are taken out of pages."""
    return [
        _TAGS.sub("", body).strip()
        for body in _RUBY.findall(page.source or "")
        if not _READING.search(body)
    ]


def _applies_to(page: Snapshot) -> Iterator[Element]:
    if page.body is not None and "<ruby" in (page.source or ""):
        yield page.body


def _expectation(_body: Element, page: Snapshot) -> Iterator[Fault]:
    for word in dict.fromkeys(_broken(page)):
        place = next(
            (
                e
                for e in page.elements()
                if word and any(word in r.text for r in e.runs() if r.parent is e)
            ),
            None,
        )
        yield Fault(
            Text(
                f"「{word[:30]}」の ruby に読み（rt）がありません。",
                f"The ruby of “{word[:30]}” has no reading (rt).",
            ),
            element=place,
        )


CHECK = Check(
    id="ruby-lacks-reading",
    title=Text("読みのないふりがな", "A ruby without a reading"),
    help=Text(
        "<rt> に読みを書くか、<ruby> を消してください。",
        "Write the reading into <rt>, or take the <ruby> away.",
    ),
    criteria=(),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<p><ruby>氏名<rp>（</rp><rt>しめい</rt><rp>）</rp></ruby></p>",
        "<p><ruby>氏<rt>し</rt>名<rt>めい</rt></ruby></p>",
        "<p>氏名</p>",
    ),
    bad=("<p><ruby>氏名</ruby>を書いてください。</p>", "<p><ruby>氏名<rt> </rt></ruby></p>"),
)
