"""The index answers every question as a site in memory does that was read from the same sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incremental.edited_city import EDITS, City, build
from machikado.content.page import Page
from machikado.content.reader import read_site, read_vocabulary
from machikado.content.site import Claim, Site, claims_of
from machikado.incremental.index import IndexedPage, IndexedSite, SourceChangedError
from machikado.incremental.ledger import microseconds
from machikado.incremental.store import Store
from machikado.incremental.trace import Trace

MISSING = ("nowhere.md", "plan/nowhere/index.md")
STEPS = st.tuples(st.sampled_from(list(EDITS)), st.integers(0, 10_000))


def answers(site: Site, paths: Iterable[str]) -> dict[str, object]:
    """What a site says to every question, with pages named by their files."""
    told: dict[str, object] = {"ids": site.ids, "pages": sorted(named(site.pages))}
    for locale in site.locales:
        code = locale.code
        told[f"lists {code}"] = [
            named(pages)
            for pages in (
                site.in_locale(locale), site.mapped(locale), site.news(locale),
                site.news(locale, 2), site.urgent(locale),
            )
        ]  # fmt: skip
        told[f"home {code}"] = (name(site.home(locale)), site.home_address(locale))
        for path in paths:
            told[f"{code} {path}"] = (
                name(site.page_at(locale, path)),
                name(site.resolve(locale, path)),
            )
    for page in site.pages:
        editions = site.translations(page.id)
        told[page.file] = [
            (page.id, page.path, page.locale.code, page.address, page.meta, page.digest),
            (page.body, page.body_line, dict(page.lines)),
            {code: edition.file for code, edition in editions.items()},
            list(editions),
            named(site.children(page)), named(site.siblings(page)), named(site.breadcrumb(page)),
            name(site.parent(page)), name(site.source_of(page)),
            [site.status(page.id, locale) for locale in site.locales],
            [named(site.claims(kind, claim)) for kind, claim in claims_of(page)],
        ]  # fmt: skip
    told["claims"] = named(site.claims(Claim.ALIAS, "/nowhere/"))
    return told


def name(page: Page | None) -> str | None:
    return page.file if page else None


def named(pages: Iterable[Page]) -> list[str]:
    return [page.file for page in pages]


def indexed(city: City, store: Store, now: int | None) -> IndexedSite:
    vocabulary = read_vocabulary(city.project.tree)
    return IndexedSite(store, city.project.tree, vocabulary, Trace(), now)


@settings(
    max_examples=6,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(steps=st.lists(STEPS, min_size=14, max_size=14), few=st.booleans())
def test_an_index_answers_as_a_site_in_memory(
    carried: Path, steps: Sequence[tuple[str, int]], few: bool
) -> None:
    with TemporaryDirectory(dir=carried.parent) as folder, pytest.MonkeyPatch.context() as patch:
        if few:
            patch.setattr("machikado.content.site.MOST_MAPPED", 8)
            patch.setattr("machikado.incremental.index.MOST_MAPPED", 8)
        city = City(Path(folder, "city"), carried)
        cache = Path(folder, "warm")
        edits: list[str] = []
        for number, (kind, seed) in enumerate(steps):
            edits.append(city.edit(kind, seed))
            if number % 5 < 4:
                continue
            build(city, cache, cache / "site")
            compare(city, cache, edits)


def compare(city: City, cache: Path, edits: list[str]) -> None:
    reading = read_site(city.project.tree)
    paths = [*MISSING, *sorted({path for _, path in city.sheets})]
    store = Store(cache / "cache.sqlite", read_only=True)
    for site, now in ((reading.site, None), (reading.site.at(city.now), microseconds(city.now))):
        wanted = answers(site, paths)
        for is_whole in (False, True):
            index = indexed(city, store, now)
            if is_whole:
                index.hold()
            found = answers(index, paths)
            assert [k for k in wanted if found.get(k) != wanted[k]] == [], (edits, now, is_whole)
            assert found.keys() == wanted.keys()
    store.close()


@pytest.fixture
def site(tmp_path: Path, carried: Path) -> IndexedSite:
    city = City(tmp_path / "city", carried)
    city.sheet("ja", "plan/p1.md").keys["department"] = "joho"
    city.save()
    build(city, tmp_path / "warm", tmp_path / "warm" / "site")
    return indexed(city, Store(tmp_path / "warm" / "cache.sqlite"), microseconds(city.now))


def page_of(site: IndexedSite, path: str) -> IndexedPage:
    page = site.page_of(f"docs/ja/{path}")
    assert page is not None
    return page


def test_a_page_is_noted_only_when_it_is_asked_what_may_change(site: IndexedSite) -> None:
    page = page_of(site, "plan/p1.md")
    with site.trace.following() as keys:
        assert (page.id, page.address) == (page.id, "/plan/p1/")
    assert keys == set()
    with site.trace.following() as keys:
        assert page.title
    assert keys == {"card docs/ja/plan/p1.md"}
    with site.trace.following() as keys:
        assert "本文" in page.body
    assert keys == {"body docs/ja/plan/p1.md"}
    with site.trace.following() as keys:
        assert page.digest
    assert keys == {"digest docs/ja/plan/p1.md"}


def test_a_question_is_noted_each_time_though_it_is_answered_from_memory(site: IndexedSite) -> None:
    ja = site.locales["ja"]
    for _ in range(2):
        with site.trace.following() as keys:
            site.page_at(ja, "plan/p1.md")
            site.children(page_of(site, "plan/index.md"))
            site.translations("1000005")
            site.mapped(ja), site.in_locale(ja)
            site.news(ja, 3), site.urgent(ja)
            site.claims(Claim.ALIAS, "/old/")
        assert keys == {
            "path ja/plan/p1.md", "below ja/plan/index.md", "id 1000005", "mapped ja", "locale ja",
            "news ja", "urgent", "claim alias /old/", "category *",
            "category emergency", "category plan", "category site",
        }  # fmt: skip


def test_an_entry_of_the_vocabulary_is_noted_by_its_name_and_a_list_of_them_by_a_star(
    site: IndexedSite,
) -> None:
    with site.trace.following() as keys:
        assert site.departments["joho"].id == "joho"
        assert site.departments.get("nobody") is None
    assert keys == {"department joho", "department nobody"}
    with site.trace.following() as keys:
        assert list(site.glossary.terms["ja"]) == ["ict", "lgwan"]
        assert len(site.departments) == 2
    assert keys == {"term ja *", "department *"}


def test_a_shared_value_is_noted_by_its_name_and_what_it_was_made_from_is_kept_beside(
    site: IndexedSite,
) -> None:
    for _ in range(2):
        with site.trace.following() as keys:
            assert site.shared("ja title", lambda: page_of(site, "plan/p1.md").title) == "題08"
        assert keys == {"shared ja title"}
    assert site.take_shared() == {"ja title": ('"題08"'.encode(), {"card docs/ja/plan/p1.md"})}
    assert site.take_shared() == {}


def test_a_source_that_is_not_as_it_was_indexed_is_refused(
    site: IndexedSite, tmp_path: Path
) -> None:
    page = page_of(site, "plan/p1.md")
    file = tmp_path / "city/docs/ja/plan/p1.md"
    file.write_bytes(file.read_bytes() + b"more")
    with pytest.raises(SourceChangedError, match=r"docs/ja/plan/p1\.md"):
        _ = page.body
