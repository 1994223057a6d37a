"""Which pages a test looks at: some that stand for the others, the rest by a seed (JIS, JB.1.2 d).

40 pages is common practice for a whole site (WAIC, 試験実施ガイドライン).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from machikado.conformance.policy import Selection
from machikado.content.front_matter import PageType
from machikado.content.page import Page
from machikado.content.site import Site

RANDOM = "random"
GENERATED = "<!-- machikado report"
"""How a page begins that `machikado report` writes."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A page of the sample, why it was chosen, and its digest on that day (see `digest_of`).

    why: a kind of page, `address` for one that the policy names, or `random`.
    """

    address: str
    why: str
    digest: str


@dataclass(frozen=True, slots=True)
class Sample:
    """The pages in the order they were chosen; `missing`: what the policy names and the site has not."""

    pages: tuple[Chosen, ...]
    missing: tuple[str, ...] = ()

    @property
    def representative(self) -> tuple[Chosen, ...]:
        return tuple(page for page in self.pages if page.why != RANDOM)


def digest_of(page: Page) -> str:
    """What changes when the text of a page changes; that of a page which the report writes never does."""
    return "generated" if page.body.lstrip().startswith(GENERATED) else page.digest


def choose(site: Site, selection: Selection) -> Sample:
    """The sample of a site: the same for the same pages and seed, on every machine.

    Home stands for itself in every language, every other kind by its first page in the default one.
    The rest are the pages whose SHA-256 of seed and address is lowest, so that a page that comes
    or goes changes one choice and leaves the others.
    """
    pages = sorted(
        (page for page in site.pages if not page.is_not_found), key=lambda page: page.address
    )
    taken: dict[str, Chosen] = {}
    missing = []
    for wanted in selection.representative:
        found = _standing_for(wanted, pages)
        if not found:
            missing.append(wanted)
        why = "address" if wanted.startswith("/") else wanted
        for page in found:
            taken.setdefault(page.address, Chosen(page.address, why, digest_of(page)))
    for page in sorted(pages, key=lambda page: _lot(selection.seed, page)):
        if len(taken) >= selection.pages:
            break
        taken.setdefault(page.address, Chosen(page.address, RANDOM, digest_of(page)))
    return Sample(tuple(taken.values()), tuple(missing))


def _lot(seed: str, page: Page) -> str:
    return sha256(f"{seed}\n{page.address}".encode()).hexdigest()


def _standing_for(wanted: str, pages: Sequence[Page]) -> list[Page]:
    if wanted.startswith("/"):
        return [page for page in pages if page.address == wanted]
    if wanted == "home":
        return [page for page in pages if page.is_home]
    ours = (page for page in pages if page.locale.is_default and not page.is_home)
    return list(_first(page for page in ours if _is_kind(page, wanted)))


def _first(pages: Iterable[Page]) -> Iterable[Page]:
    for page in pages:
        yield page
        return


def _is_kind(page: Page, kind: str) -> bool:
    if kind == "search":
        return "[[search]]" in page.body
    if kind == "accessibility":
        return page.path in ("accessibility.md", "accessibility/index.md")
    if kind == "news":
        return page.meta.type is PageType.NEWS
    if kind == "help":
        return page.meta.type is PageType.HELP
    if kind == "section":
        return page.meta.type is PageType.SECTION
    return page.meta.type is PageType.PAGE and "/" in page.path
