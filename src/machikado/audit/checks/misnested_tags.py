"""Tags that are not closed, or not in turn (WCAG 2.0 and JIS X 8341-3:2016, 4.1.1; F70, H74)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._source import DUPLICATES, NESTING, slips
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_MOST = 5
"""One slip makes others; so many are told."""


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """The page, where its HTML is known and no XML."""
    if page.source and page.doctype != "svg" and not page.source.lstrip().startswith("<?xml"):
        yield page.root


def _expectation(_root: Element, page: Snapshot) -> Iterator[Fault]:
    found = [slip for slip in slips(page.source or "") if slip.code in NESTING]
    for slip in found[:_MOST]:
        yield Fault(
            Text(
                f"HTMLの{slip.line}行目: {slip.message.ja}",
                f"HTML, line {slip.line}: {slip.message.en}",
            )
        )


def _repeats(_root: Element, page: Snapshot) -> Iterator[Fault]:
    found = [slip for slip in slips(page.source or "") if slip.code in DUPLICATES]
    for slip in found[:_MOST]:
        yield Fault(
            Text(
                f"HTMLの{slip.line}行目: {slip.message.ja}",
                f"HTML, line {slip.line}: {slip.message.en}",
            )
        )


CHECKS = (
    Check(
        id="misnested-tags",
        title=Text("閉じ忘れたタグ、入れ子の間違い", "Tags not closed, or not in turn"),
        help=Text(
            "その行のタグを正しい順に閉じてください。Markdownなら、その中のHTMLを直します。",
            "Close the tags of that line in turn. In Markdown, correct the HTML in it.",
        ),
        criteria=("4.1.1",),
        needs_whole_page=True,
        applies_to=_applies_to,
        expectation=_expectation,
        good=(
            "<ul><li>一<li>二</ul><p>段落<p>次の段落",
            "<p>本文<br>続き <img src='' alt=''/></p><table><tr><td>a<td>b</table>",
            '<svg width=9 height=9><path d="M0 0"/></svg><a href="/">市</a>',
        ),
        bad=(
            "<p><b><i>太字</b></i></p>",
            "<div><p>閉じ忘れ<span></p></div>",
            "<p>一つ多い</p></div><p>次</p>",
            '<a href="/a">one <a href="/b">two</a></a>',
        ),
    ),
    Check(
        id="repeated-attribute",
        title=Text("同じ属性が2つあるタグ", "A tag with one attribute twice"),
        help=Text(
            "どちらか一方を消してください。ブラウザーは後のほうを無視します。",
            "Remove one of the two; browsers take no notice of the second.",
        ),
        criteria=("4.1.1",),
        act=("e6952f",),
        needs_whole_page=True,
        applies_to=_applies_to,
        expectation=_repeats,
        good=('<img src="" alt="" title="図">', '<a href="/" class="a b">市</a>'),
        bad=('<img src="" alt="" alt="図書館">', "<p class=a class=b>text</p>"),
    ),
)
