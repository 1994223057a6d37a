"""An abbreviation that is marked as one and not explained (WCAG 3.1.4; H28)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """The first of each abbreviation."""
    told: set[str] = set()
    for element in page.elements("abbr", "acronym"):
        if element.is_rendered and element.text and element.text not in told:
            told.add(element.text)
            yield element


def _expectation(element: Element, page: Snapshot) -> Fault | None:
    same = [e for e in page.elements("abbr", "acronym") if e.text == element.text]
    if any(e.get("title").strip() or e.get("aria-label").strip() for e in same):
        return None
    # “Name in full (NIF)” and “NIF (name in full)” explain it, too.
    brackets = (
        f"({element.text})",
        f"（{element.text}）",
        f"{element.text} (",
        f"{element.text}（",
    )
    if any(bracket in page.text for bracket in brackets) or any(
        e.inside("term") or e.closest("dt", "dfn") for e in same
    ):
        return None
    return Fault(
        Text(
            f"略語「{element.text}」の意味が書かれていません。",
            f"Nothing tells what the abbreviation “{element.text}” stands for.",
        )
    )


CHECK = Check(
    id="abbreviation-without-meaning",
    title=Text("意味の書かれていない略語", "An abbreviation without its meaning"),
    help=Text(
        "abbr の title に、略さない名前を書いてください。",
        "Write the name in full into the `title` of the abbr.",
    ),
    criteria=("3.1.4",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<p>Ask the <abbr title="Driver and Vehicle Licensing Agency">DVLA</abbr>. The <abbr>DVLA</abbr> knows.</p>',
        "<p>情報通信技術（<abbr>ICT</abbr>）を使います。</p>",
        "<dl><dt><abbr>NPO</abbr></dt><dd>Nonprofit organization</dd></dl>",
    ),
    bad=("<p>Ask the <abbr>DVLA</abbr>.</p>",),
)
