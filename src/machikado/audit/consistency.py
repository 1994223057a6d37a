"""What only shows when pages are laid side by side: one title twice, menus that change (WCAG 2.4.2, 3.2.3, 3.2.4).

Pure: `entry` keeps of a snapshot what is needed, `compare` looks at the entries of a whole site.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urldefrag

from machikado.audit.criteria import level_of
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Finding, Text, Weight

_MOST_LINKS = 60
"""So many links of one menu are remembered."""
_MOST_NAMED = 5
"""So many other pages are named in a message."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is remembered of a page: its name, language, title, and its menus' links as (name, address)."""

    page: str
    locale: str | None
    title: str
    menus: Mapping[str, Sequence[tuple[str, str]]]


def entry(snapshot: Snapshot, page: str, locale: str | None = None) -> Entry:
    """The entry of a page in the index, by the name under which findings tell of it."""
    menus: dict[str, list[tuple[str, str]]] = {}
    for number, menu in enumerate(snapshot.with_role("navigation")):
        if menu.is_exposed and not _is_of_this_page(menu):
            name = _plain(menu.name or "") or f"#{number}"
            links = [
                (_plain(link.name or ""), urldefrag(link.href).url)
                for link in menu.elements("a")
                if link.is_exposed and link.name and link.href.startswith("http")
            ]
            if links:
                menus.setdefault(name, links[:_MOST_LINKS])
    return Entry(page, locale, " ".join(snapshot.title.split()), menus)


def _is_of_this_page(menu: Element) -> bool:
    """Whether a menu is the page's own by nature: its table of contents, the way to it, its siblings."""
    links = list(menu.elements("a"))
    within = sum(1 for link in links if link.get("href").startswith("#"))
    if links and within * 2 >= len(links):
        return True
    crumbs = ("breadcrumb", "パンくず", "pagination", "ページ送り")
    named = f"{menu.name or ''} {menu.get('class')}".lower()
    return menu.closest("article", "main") is not None or any(word in named for word in crumbs)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def compare(entries: Iterable[Entry]) -> Iterator[Finding]:
    """What is inconsistent between pages of one language, each fault told at the pages concerned."""
    by_locale: dict[str | None, list[Entry]] = defaultdict(list)
    for known in entries:
        by_locale[known.locale].append(known)
    for pages in by_locale.values():
        yield from _titles(pages)
        yield from _orders(pages)
        yield from _targets(pages)


def _titles(pages: Sequence[Entry]) -> Iterator[Finding]:
    by_title: dict[str, list[Entry]] = defaultdict(list)
    for page in pages:
        if page.title:
            by_title[page.title].append(page)
    for title, same in by_title.items():
        for page in same if len(same) > 1 else ():
            others = [other.page for other in same if other is not page]
            named = ", ".join(others[:_MOST_NAMED]) + ("…" if len(others) > _MOST_NAMED else "")
            yield _finding(
                "duplicate-title",
                page,
                ("2.4.2",),
                Text(
                    f"題名「{title}」が、ほかのページ（{named}）と同じです。",
                    f"The title “{title}” is also that of {named}.",
                ),
                Text(
                    "そのページだけの内容が分かる題名にしてください。",
                    "Give each page a title of its own.",
                ),
            )


def _orders(pages: Sequence[Entry]) -> Iterator[Finding]:
    """Menus of one name whose common links change places (links may be left out or added)."""
    for menu in sorted({name for page in pages for name in page.menus}):
        having = [page for page in pages if menu in page.menus]
        shapes = Counter(tuple(name for name, _ in page.menus[menu]) for page in having)
        usual = shapes.most_common(1)[0][0]
        place = {name: number for number, name in reversed(list(enumerate(usual)))}
        for page in having:
            names = list(dict.fromkeys(name for name, _ in page.menus[menu]))
            order = [place[name] for name in names if name in place]
            moved = next((n for n, after in pairwise(order) if n > after), None)
            if len(having) > 2 and len(order) > 1 and moved is not None:
                yield _finding(
                    "inconsistent-navigation",
                    page,
                    ("3.2.3",),
                    Text(
                        f"メニューの項目「{usual[moved]}」の順番が、ほかのページと違います。",
                        f"The menu item “{usual[moved]}” stands in another place than on other pages.",
                    ),
                    Text(
                        "どのページでも同じ順番に並べてください。",
                        "Keep menus in the same order on every page.",
                    ),
                )


def _targets(pages: Sequence[Entry]) -> Iterator[Finding]:
    """Names in a menu that lead elsewhere on one page, and targets that bear another name there."""
    for menu in sorted({name for page in pages for name in page.menus}):
        having = [page for page in pages if menu in page.menus]
        if len(having) < 3:
            continue
        targets: dict[str, Counter[str]] = defaultdict(Counter)
        names: dict[str, Counter[str]] = defaultdict(Counter)
        for page in having:
            for name, address in page.menus[menu]:
                targets[name][address] += 1
                names[address][name] += 1
        for page in having:
            for name, address in page.menus[menu]:
                if _is_odd(targets[name], address, len(having)):
                    yield _finding(
                        "inconsistent-identification",
                        page,
                        ("3.2.4",),
                        Text(
                            f"メニューの「{name}」の行き先が、ほかのページと違います。",
                            f"“{name}” in the menu leads elsewhere than on other pages.",
                        ),
                        _SAME_NAMES,
                    )
                elif _is_odd(names[address], name, len(having)):
                    usual = names[address].most_common(1)[0][0]
                    yield _finding(
                        "inconsistent-identification",
                        page,
                        ("3.2.4",),
                        Text(
                            f"ほかのページのメニューで「{usual}」というリンクが「{name}」になっています。",
                            f"The menu link called “{usual}” on other pages is “{name}” here.",
                        ),
                        _SAME_NAMES,
                    )


def _is_odd(counts: Counter[str], this: str, pages: int) -> bool:
    """Whether nearly all pages have one other thing where this one stands."""
    usual, most = counts.most_common(1)[0]
    return usual != this and most > pages * 0.6 and counts[this] < most / 3


_SAME_NAMES = Text(
    "同じ行き先には、どのページでも同じ名前を使ってください。",
    "Call the same thing by the same name on every page.",
)


def _finding(
    check: str, page: Entry, criteria: tuple[str, ...], message: Text, help_: Text
) -> Finding:
    return Finding(
        check=check,
        message=message,
        help=help_,
        page=page.page,
        locale=page.locale,
        weight=Weight.WARNING if check == "duplicate-title" else Weight.ERROR,
        criteria=criteria,
        level=level_of(criteria),
    )
