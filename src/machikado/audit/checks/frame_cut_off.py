"""A frame that is too small for its content and does not scroll (WCAG 1.4.4, 1.4.10)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_LINE = 20
"""Pixels: less than a line of text is hidden."""


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Frames that say not to scroll, whose content may be read."""
    for frame in page.elements("iframe", "frame"):
        if (
            (
                frame.is_rendered
                and frame.get("scrolling").lower() == "no"
                and any(True for _ in frame.elements())
            )
            and frame.box is not None
            and frame.box.width > 10
            and frame.box.height > 10
        ):
            yield frame


def _expectation(frame: Element, _page: Snapshot) -> Fault | None:
    box = frame.box
    if box is None:
        return None
    # What is inside counts from the frame's own corner.
    lowest = max(
        (run.box.bottom for run in frame.runs() if run.box and run.text.strip()), default=0.0
    )
    if lowest <= box.height + _LINE:
        return None
    return Fault(
        Text(
            "枠の中の文字が途中で切れ、続きを読む方法がありません。",
            "Text in this frame is cut off, and nothing scrolls to the rest.",
        )
    )


def _frame(attributes: str, lines: int) -> str:
    inner = "<p lang='ja'>決まりごと</p>" * lines
    return f'<iframe title="決まり" width="200" height="80" {attributes} srcdoc="{inner}"></iframe>'


CHECK = Check(
    id="frame-cut-off",
    title=Text("途中で切れる枠", "A frame that cuts its content off"),
    help=Text(
        'scrolling="no" を消すか、枠を高くしてください。',
        'Remove scrolling="no", or make the frame higher.',
    ),
    criteria=("1.4.4",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(_frame("", 20), _frame('scrolling="no"', 1)),
    bad=(_frame('scrolling="no"', 20),),
)
