"""A long text that is underlined and no link."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._running_text import LONG_EN, LONG_JA, UNSPACED
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_UNDERLINED_LENGTH, _UNDERLINED_JAPANESE = 30, 45


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Elements that draw the line themselves and hold no link."""
    for element in page.elements(
        "u", "span", "p", "div", "li", "dd", "b", "strong", "em", "font", "td"
    ):
        if (
            "underline" not in element.style.get("text-decoration-line", "")
            or not element.is_rendered
        ):
            continue
        live = any(
            e.role in ("link", "button", "heading", "tab") or e.tag in ("ins", "a", "label")
            for e in (element, *element.ancestors(), *element.elements())
        )
        if not live and not (
            element.parent and "underline" in element.parent.style.get("text-decoration-line", "")
        ):
            yield element


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    is_solid = element.style.get("text-decoration-style", "solid") == "solid"
    text = element.shown_text
    # Japanese print underlines what matters; only whole paragraphs are taken for links there.
    least = _UNDERLINED_JAPANESE if UNSPACED.search(text) else _UNDERLINED_LENGTH
    if len(text) < least or not is_solid:
        return None
    return Fault(
        Text(
            "リンクでない長い文章に下線があり、リンクと間違えられます。",
            "A long text is underlined and is taken for a link.",
        )
    )


CHECK = Check(
    id="text-underlined",
    title=Text("下線を引いた長い文章", "A long text underlined"),
    help=Text(
        "下線はリンクだけに使い、強調は太字（strong）にしてください。",
        "Keep underlines to links; mark what matters as strong.",
    ),
    criteria=(),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<p lang="en"><u>Not</u> on Mondays. <a href="/h/">The town hall is closed on public holidays</a></p>',
        '<p lang="en"><ins>The town hall is closed on Mondays and on public holidays.</ins></p>',
        "<p><u>必ず本人確認書類を持ってきてください。締め切りは金曜日です。</u></p>",
    ),
    bad=(
        '<p lang="en"><u>The town hall is closed on Mondays</u> and on public holidays.</p>',
        f'<p lang="en" style="text-decoration: underline">{LONG_EN}</p>',
        f"<p><u>{LONG_JA}</u></p>",
    ),
)
