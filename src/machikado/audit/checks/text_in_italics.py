"""A long text in italics."""

from __future__ import annotations

from machikado.audit.check import Check, Fault
from machikado.audit.checks._running_text import LONG, LONG_EN, LONG_JA, long_texts, size_of
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    runs = [
        run for run in element.runs() if run.parent and run.parent.is_rendered and run.text.strip()
    ]
    slanted = sum(
        size_of(run.text)
        for run in runs
        if run.parent and run.parent.style.get("font-style", "normal") != "normal"
    )
    if slanted < LONG or element.closest("blockquote", "cite", "q"):
        return None
    return Fault(
        Text(
            "長い文章が斜体で書かれていて、読みにくくなっています。",
            "A long text in italics is hard to read.",
        )
    )


CHECK = Check(
    id="text-in-italics",
    title=Text("斜体の長い文章", "A long text in italics"),
    help=Text("斜体は、短い言葉だけに使ってください。", "Keep italics to a few words."),
    criteria=(),
    applies_to=long_texts,
    expectation=_expectation,
    good=(
        f'<p lang="en">{LONG_EN} <em>Thank you.</em></p>',
        f'<blockquote><p lang="en"><i>{LONG_EN}</i></p></blockquote>',
    ),
    bad=(
        f'<p lang="en"><em>{LONG_EN}</em></p>',
        f"<p style='font-style: italic'>{LONG_JA}</p>",
    ),
)
