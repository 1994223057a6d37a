"""Links of one name that lead to different things (ACT rules fd3a94 and b20e66; WCAG 2.4.4, 2.4.9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from machikado.audit.check import Check, Fault, doubt
from machikado.audit.checks._links import (
    context,
    heading_before,
    links,
    plain,
    same_purpose,
    target,
)
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text, Weight

_MOST = 30
"""So many links of one name are compared; a list of more is judged by its first ones."""

Group = Sequence[Element]


@lru_cache(maxsize=2)
def _by_name(page: Snapshot) -> dict[Element, Group]:
    found: dict[str, list[Element]] = defaultdict(list)
    for link in links(page):
        name = plain(link.name or "")
        address = target(link, page)
        if name and address.startswith("http") and not _is_on(address, page):
            found[name].append(link)
    return {group[0]: group[:_MOST] for group in found.values() if len(group) > 1}


def _is_on(address: str, page: Snapshot) -> bool:
    """Whether it leads to another place of the same page, as ways back from footnotes do."""
    return "#" in address and address.partition("#")[0] == page.url.partition("#")[0]


@lru_cache(maxsize=2)
def _by_name_and_context(page: Snapshot) -> dict[Element, Group]:
    found: dict[tuple[int, ...], list[Element]] = defaultdict(list)
    for number, group in enumerate(_by_name(page).values()):
        for link in group:
            found[(number, *sorted(e.index for e in context(link, page)))].append(link)
    return {group[0]: group for group in found.values() if len(group) > 1}


def _others(group: Group, page: Snapshot) -> Iterator[tuple[Element, bool | None]]:
    first = target(group[0], page)
    for link in group[1:]:
        yield link, same_purpose(first, target(link, page), page)


def _anywhere(link: Element, page: Snapshot) -> Fault | None:
    others = list(_others(_by_name(page)[link], page))
    if any(same is False for _, same in others):
        return Fault(
            Text(
                f"「{link.name}」というリンクが2つ以上あり、行き先が違います。",
                f"Several links are called “{link.name}” but lead to different places.",
            )
        )
    return _ask(link) if any(same is None for _, same in others) else None


def _in_one_context(link: Element, page: Snapshot) -> Fault | None:
    others = list(_others(_by_name_and_context(page)[link], page))
    differing = [other for other, same in others if same is False]
    above = heading_before(link)
    if any(heading_before(other) is above for other in differing):
        return Fault(
            Text(
                f"「{link.name}」というリンクが同じ文脈に2つ以上あり、行き先が違います。",
                f"Links called “{link.name}” stand in the same context but lead to different places.",
            )
        )
    return _ask(link) if differing or any(same is None for _, same in others) else None


def _ask(link: Element) -> Fault:
    return doubt(
        f"「{link.name}」というリンクが2つ以上あります。行き先は同じ内容ですか。",
        f"Several links are called “{link.name}”. Do they lead to the same content?",
    )


_HELP = Text(
    "行き先が違うリンクには、違う言葉を書いてください（例:「電話で問い合わせる」「窓口で相談する」）。",
    "Give links to different places different words, such as “Contact us by phone” and "
    "“Contact us by chat”.",
)
_GOOD = (
    '<p><a href="/one.html">窓口</a>と<a href="/two.html">電話</a></p>',
    '<p><a href="/one.html">窓口</a>と<a href="/one.html#phone">窓口</a></p>',
    '<p>Ask us (<a href="/one/">Contact</a>) or write (<a href="/one/index.html">contact</a>)</p>',
    '<p><a href="/one.html">窓口</a>と<a aria-hidden="true" href="/two.html">窓口</a></p>',
    '<p>注<a href="#note-1">↩</a>と<a href="#note-2">↩</a></p>',
)

CHECKS = (
    Check(
        id="identical-links-with-different-targets",
        title=Text("同じ名前で行き先が違うリンク", "Links of one name to different places"),
        help=_HELP,
        criteria=("2.4.9",),
        act=("b20e66",),
        applies_to=_by_name,
        expectation=_anywhere,
        good=_GOOD,
        bad=(
            '<ul><li><a href="/one.html">申請書</a></li><li><a href="/two.html">申請書</a></li></ul>',
            '<p><a href="https://a.example/">News</a></p><p><a href="https://b.example/">News</a></p>',
            '<p><a href="/a.html">窓口</a>と<img src="" alt=""><a href="/b.html" aria-label="窓口">■</a></p>',
        ),
        probes=("linked-pages",),
        weight=Weight.WARNING,
    ),
    Check(
        id="identical-links-in-one-context",
        title=Text(
            "同じ文脈で同じ名前なのに行き先が違うリンク",
            "Links of one name in one context to different places",
        ),
        help=_HELP,
        criteria=("2.4.4",),
        act=("fd3a94",),
        applies_to=_by_name_and_context,
        expectation=_in_one_context,
        good=(
            *_GOOD,
            '<ul><li>窓口 <a href="/one.html">申請</a></li><li>電話 <a href="/two.html">申請</a></li></ul>',
            '<section><h2>ごみ</h2><a href="/one.html">一覧</a></section>'
            '<section><h2>税</h2><a href="/two.html">一覧</a></section>',
        ),
        bad=(
            '<p>お問い合わせは<a href="/one.html">窓口</a>か<a href="/two.html">窓口</a>へ</p>',
            '<p>Please <a href="/chat.html">contact us</a> or <a href="/call.html">Contact us</a>.</p>',
            '<div><span role="link" tabindex="0" onclick="location=\'/chat.html\'">Contact us</span>'
            '<span role="link" tabindex="0" onclick="location=\'/call.html\'">Contact us</span></div>',
        ),
        probes=("linked-pages",),
    ),
)
