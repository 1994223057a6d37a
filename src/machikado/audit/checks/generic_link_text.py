"""Link text that could stand on any link (ACT rules aizyf1 and 5effbb; WCAG 2.4.9, 2.4.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.check import Check, Fault, doubt
from machikado.audit.checks._links import (
    context,
    has_words,
    heading_before,
    is_format,
    is_generic,
    leads_to_its_namesake,
    links,
    plain,
    said_around,
)
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_ONE_WORD = re.compile(r"[a-z]{4,}|[ァ-ヶー]{3,8}")


def _generic(page: Snapshot) -> Iterator[Element]:
    for link in links(page):
        if is_generic(link.name or "") and not leads_to_its_namesake(link, page):
            yield link


def _alone(link: Element, _page: Snapshot) -> Fault:
    return Fault(
        Text(
            f"リンクの言葉「{link.name}」だけでは、行き先が分かりません。",
            f"The link text “{link.name}” alone does not tell where the link leads.",
        )
    )


def _maybe_lost(page: Snapshot) -> Iterator[Element]:
    yield from _generic(page)
    yield from (link for link in links(page) if _echoes_the_text_before(link))


def _echoes_the_text_before(link: Element) -> bool:
    """Whether it is a paragraph of its own that repeats one word of the paragraph before it."""
    paragraph = link.parent
    word = plain(link.name or "")
    if paragraph is None or paragraph.tag != "p" or not _ONE_WORD.fullmatch(word):
        return False
    if paragraph.text != link.text or paragraph.parent is None:
        return False
    peers = paragraph.parent.parts
    before = peers[peers.index(paragraph) - 1] if peers[0] is not paragraph else None
    return before is not None and before.tag == "p" and word in before.text.split()


def _in_context(link: Element, page: Snapshot) -> Fault | None:
    if has_words(said_around(link, page)):
        return None
    heading = heading_before(link)
    # The title of a whole page says nothing of one link in it (H80 speaks of the heading of a section).
    if heading is not None and heading.tag != "h1" and not is_format(link.name or ""):
        return doubt(
            f"リンクの言葉「{link.name}」は、すぐ上の見出しがなければ行き先が分かりません。"
            "見出しで十分に伝わりますか。",
            f"The link text “{link.name}” needs the heading above to be understood. "
            "Does the heading say enough?",
        )
    near = "文" if context(link, page) else "段落・リスト・表"
    return Fault(
        Text(
            f"リンクの言葉「{link.name}」にも、まわりの{near}にも、行き先を伝える言葉がありません。",
            f"Neither the link text “{link.name}” nor the text around it tells where it leads.",
        )
    )


_HELP = Text(
    "行き先の名前をリンクの言葉にしてください（例:「詳細はこちら」ではなく「粗大ごみの出し方」）。",
    "Make the name of the page it leads to the link text: “How to hand in bulky waste”, "
    "not “click here”.",
)

CHECKS = (
    Check(
        id="generic-link-text",
        title=Text("どのリンクにも当てはまる言葉", "Link text that says nothing"),
        help=_HELP,
        criteria=("2.4.9",),
        act=("aizyf1",),
        applies_to=_generic,
        expectation=_alone,
        good=(
            '<p>くわしくは<a href="/waste/">ごみの出し方</a>をご覧ください。</p>',
            '<p><a href="/forms/">申請書</a>、<a href="/map/">地図</a>、<a href="tel:0822">電話</a></p>',
            '<p>Read <a href="/waste/">how to sort waste</a>.</p>',
            '<p><a href="/fees/" aria-label="手数料の詳細">詳細</a></p>',
            '<p><a href="/plan.pdf">計画（PDF、2MB）</a></p>',
            '<ul><li><a href="#more">Read more</a></li></ul><h2 id="more">Read more</h2>',
        ),
        bad=(
            '<p>ごみの出し方は<a href="/waste/">こちら</a></p>',
            '<p>市の予算。<a href="/budget/">くわしくは、こちらへ</a></p>',
            '<p>市の予算 <a href="/budget/">【詳細はこちら】</a></p>',
            '<p>For bulky waste <a href="/waste/">click here</a>.</p>',
            '<p>The plan: <a href="/plan.pdf">PDF</a></p>',
            '<p>See the price of <a href="/ticket/">this ticket</a>.</p>',
        ),
    ),
    Check(
        id="link-text-lost-in-context",
        title=Text(
            "まわりを読んでも行き先の分からないリンク", "A link that its context does not explain"
        ),
        help=_HELP,
        criteria=("2.4.4",),
        act=("5effbb",),
        applies_to=_maybe_lost,
        expectation=_in_context,
        good=(
            '<p>ごみの出し方は<a href="/waste/">こちら</a></p>',
            '<table><tr><th>予算</th><td><a href="/b.pdf">PDF</a></td></tr></table>',
            '<ul><li>Plan<ul><li><a href="/p.pdf">PDF</a></li><li><a href="/p.html">HTML</a></li></ul></li></ul>',
            '<nav><ul><li><a href="/news/">News</a></li><li><a href="/events/">イベント</a></li></ul></nav>',
            '<p id="t">ごみの出し方</p><p><a href="/waste/" aria-describedby="t">詳細</a></p>',
        ),
        bad=(
            '<!doctype html><html lang="ja"><title>ごみ</title><body><a href="/w/">詳細</a><p>ごみのこと</p></body></html>',
            '<!doctype html><html lang="en"><title>Waste</title><body><p><a href="/w/">Click here</a></p></body></html>',
            '<p><b>Plan</b></p><ul><li><a href="/p.pdf">PDF</a></li><li><a href="/p.html">HTML</a></li></ul>',
        ),
    ),
)
