"""Which facts a change touches: from how a page stood before to how it stands after.

The facts that others ask for, by the kind of their key:

- `card`: its effective front matter; `digest`: that of its words; `body`: its text;
- `places`: the fragments that lead somewhere on it; `article`: its rendered article;
- `path`: which page is at a path of a locale; `id`: the editions with an id;
- `below`: the pages directly below a section; `mapped`, `locale`: those of a locale;
- `news`, `events`: the dated news and events of a locale; with `category <id>` or `department <id>` the
  news of that one; `urgent`: those of the emergency place;
- `claim`: the pages that claim a name; `unread`: whether a file became no page;
- `file`: whether a file is below docs/, and its size as an image;
- `department`, `category`, `term`: an entry of the vocabulary; with the name `*`: all of them;
- `shared`: a value that many pages show alike.

Facts about which pages there are differ between the whole site, which is checked, and what readers may
see: the whole site's keys begin with `+`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from machikado.content.front_matter import PageType
from machikado.content.site import section_of

ALL, PUBLIC = "+", ""
"""What the keys of the whole site, and those of what readers may see, begin with."""
VIEWS = (ALL, PUBLIC)


class Order(NamedTuple):
    """What the places of a dated page in lists depend on."""

    type: PageType
    date: object
    category: str | None = None
    department: str | None = None


@dataclass(frozen=True, slots=True)
class Stand:
    """How one source stands, as far as other pages and lists can tell.

    id: None where the file became no page; card: its effective front matter, as stored;
    order: what its places among news and events depend on; public: whether readers may see it.
    """

    file: str
    locale: str
    path: str
    is_default: bool
    id: str | None = None
    card: bytes = b""
    digest: str = ""
    claims: frozenset[str] = frozenset()
    faulty: tuple[str, ...] = ()
    order: Order | None = None
    public: bool = False

    @property
    def is_page(self) -> bool:
        return self.id is not None


def touched(before: Stand | None, after: Stand | None) -> Iterator[str]:
    """The keys of every fact that differs between two stands of one source; None: there is no file."""
    known = after or before
    if known is None or before == after:
        return
    none = replace(
        known, id=None, card=b"", digest="", claims=frozenset(), order=None, public=False
    )
    old, new = before or none, after or none
    if (before is None) != (after is None) or old.is_page != new.is_page:
        if known.is_default:
            yield f"unread {known.path}"
        yield f"file {known.locale}/{known.path}"
    if old.faulty != new.faulty:
        yield f"faulty {known.file}"
    if old.card != new.card:
        yield f"card {known.file}"
    if old.digest != new.digest:
        yield f"digest {known.file}"
    for claim in old.claims ^ new.claims:
        yield f"claim {claim}"
    yield from _places(ALL, old, new, old.is_page, new.is_page)
    yield from _places(PUBLIC, old, new, old.public, new.public)


def _places(view: str, old: Stand, new: Stand, was: bool, is_now: bool) -> Iterator[str]:
    """What a view of the site lists differently: its pages by path, by id, by section, by date."""
    locale = new.locale
    if was != is_now or (was and old.id != new.id):
        yield f"{view}path {locale}/{new.path}"
        yield f"{view}below {locale}/{section_of(new.path)}"
        yield f"{view}mapped {locale}"
        yield f"{view}locale {locale}"
        for page_id in {old.id if was else None, new.id if is_now else None} - {None}:
            yield f"{view}id {page_id}"
    before, after = (_listed(old) if was else {}), (_listed(new) if is_now else {})
    for name in {*before, *after}:
        if before.get(name) != after.get(name):
            yield f"{view}{name}"


def _listed(stand: Stand) -> dict[str, object]:
    """The lists by date that have a page, each with what its place there depends on."""
    order = stand.order
    if order is None:
        return {}
    place = (order.date, stand.id)
    if order.type is PageType.EVENT:
        return {f"events {stand.locale}": place}
    # The emergency place of every locale follows the default locale's news and its editions.
    lists: dict[str, object] = {f"news {stand.locale}": place, "urgent": (place, order.category)}
    for kind in ("category", "department"):
        if (value := getattr(order, kind)) is not None:
            lists[f"news {stand.locale} {kind} {value}"] = place
    return lists
