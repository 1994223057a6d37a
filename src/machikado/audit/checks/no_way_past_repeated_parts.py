"""Nothing leads past what is the same on every page (ACT rule cf77f2 and its parts; WCAG 2.2, 2.4.1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot, TextRun
from machikado.vocabulary import Text

_REPEATED = ("navigation", "complementary", "banner", "contentinfo", "search")
_HARDLY = 8
"""So many letters outside links may stand between the repeated parts without being content."""

_MANY = 6
"""So many links and buttons in a row are a menu, marked as one or not."""
_LIST = 3
"""So many are, where they make up a list."""


def _texts(page: Snapshot) -> Iterator[TextRun]:
    for node in page.nodes:
        if not isinstance(node, TextRun) or not node.text.strip() or node.parent is None:
            continue
        is_told = node.parent.closest("head", "script", "style") is None
        if node.parent.is_rendered and not node.parent.in_frame and is_told:
            yield node


def _is_repeated(run: TextRun) -> bool:
    """Whether it stands in a part that pages share: navigation, header, aside, links and buttons."""
    element = run.parent
    if element is None or element.inside(*_REPEATED) or element.role in _REPEATED:
        return True
    return element.closest("nav", "aside", "a", "button", "label") is not None


def _applies_to(page: Snapshot) -> Iterator[Element]:
    if page.root.tag == "html" and page.body is not None:
        yield page.body


def _expectation(_body: Element, page: Snapshot) -> Fault | None:
    before: list[TextRun] = []
    content: TextRun | None = None
    for run in _texts(page):
        if not _is_repeated(run) and len(run.text.strip()) > _HARDLY:
            content = run
            break
        before.append(run)
    blocks = [run for run in before if run.parent and not _leads_within(run.parent, page)]
    if content is None or content.parent is None or not _is_block(blocks):
        return None
    if _has_main(page) or _has_heading(page) or _is_skipped(content, before, page):
        return None
    hidden = set(page.probes["bypass"].get("hidden", ()))
    if hidden and all(
        _is_in(run, hidden) or run.parent.closest("button", "a") for run in blocks if run.parent
    ):
        return None
    return Fault(
        Text(
            "どのページにも出る部分（メニューなど）を飛ばして、本文へ進む方法がありません。",
            "Nothing leads past what is the same on every page, such as menus, to the content.",
        ),
        element=content.parent,
    )


def _is_block(runs: list[TextRun]) -> bool:
    """Whether it is more than a link or two: a part marked as repeated, or many links."""
    marked = any(
        run.parent and (run.parent.inside(*_REPEATED) or run.parent.role in _REPEATED)
        for run in runs
    )
    return marked or len(runs) >= _MANY or _is_list_of_links(runs)


def _is_list_of_links(runs: list[TextRun]) -> bool:
    """Whether a list of links alone, of three or more, is among them: a menu in all but name."""
    lists = Counter(
        holder.index
        for run in runs
        if run.parent and run.parent.closest("a") and (holder := run.parent.closest("ul", "ol"))
    )
    return any(count >= _LIST for count in lists.values())


def _is_in(run: TextRun, numbers: set[int]) -> bool:
    element = run.parent
    return element is not None and any(e.index in numbers for e in (element, *element.ancestors()))


def _has_main(page: Snapshot) -> bool:
    return any(main.is_exposed for main in page.with_role("main"))


def _has_heading(page: Snapshot) -> bool:
    return any(
        heading.is_exposed
        and heading.text
        and not heading.inside(*_REPEATED)
        and heading.closest("nav", "aside") is None
        for heading in page.with_role("heading")
    )


def _leads_within(element: Element, page: Snapshot) -> Element | None:
    """Where a link to a part of this page leads, or None."""
    link = element.closest("a")
    target = link.get("href") if link is not None else ""
    return page.by_id.get(target[1:]) if target.startswith("#") and len(target) > 1 else None


def _is_skipped(content: TextRun, before: list[TextRun], page: Snapshot) -> bool:
    """Whether a link leads to the content, with nothing repeated between its target and the content."""
    order = {id(node): place for place, node in enumerate(page.nodes)}
    last = max(order[id(run)] for run in before)
    for link in page.elements("a"):
        target = _leads_within(link, page)
        if target is None or not link.is_tabbable or not link.name:
            continue
        if content.parent and target in (content.parent, *content.parent.ancestors()):
            return (
                not any(target in r.parent.ancestors() for r in before if r.parent)
                or target.tag != "body"
            )
        if target.index > last:
            return True
    return False


_MENU = '<nav><ul><li><a href="/a">手続き</a></li><li><a href="/b">施設</a></li></ul></nav>'
_TEXT = "<p>市民課の窓口は、平日の午前9時から午後5時まで開いています。</p>"


def _page(body: str) -> str:
    return f'<!doctype html><html lang="ja"><title>市民課</title><body>{body}</body></html>'


CHECK = Check(
    id="no-way-past-repeated-parts",
    title=Text("飛ばせないメニュー", "No way past the menu"),
    help=Text(
        "本文を main に入れ、見出し（h1）を付けるか、初めに「本文へ」のリンクを置いてください。",
        "Put the content into main and give it a heading (h1), or begin with a link “Skip to content”.",
    ),
    criteria=("2.4.1",),
    act=("cf77f2", "ye5d6e", "047fe0", "3e12e1", "b40fd1"),
    applies_to=_applies_to,
    expectation=_expectation,
    probes=("bypass",),
    needs_whole_page=True,
    good=(
        _page(_MENU + "<main>" + _TEXT + "</main>"),
        _page(_MENU + "<h1>市民課</h1>" + _TEXT),
        _page('<a href="#m">本文へ</a>' + _MENU + '<div id="m">' + _TEXT + "</div>"),
        _page(_TEXT + _MENU),
        _page(_TEXT),
        _page('<p><a href="/a">English</a></p>' + _TEXT),
        _page(
            "<button onclick=\"document.querySelector('nav').hidden = true\">メニューを隠す</button>"
            + _MENU
            + _TEXT
        ),
    ),
    bad=(
        _page(_MENU + "<div>" + _TEXT + "</div>"),
        _page('<a href="#none">本文へ</a>' + _MENU + "<div>" + _TEXT + "</div>"),
        _page(
            '<nav><h1>Menu</h1><a href="/a">Forms</a></nav><div><p>The library opens at nine on '
            "weekdays.</p></div>"
        ),
        _page(
            '<aside><p id="s">About this site</p></aside><a href="#s">Skip</a><p><a href="/a">Forms'
            "</a></p><p>The library opens at nine on weekdays.</p>"
        ),
    ),
)
