from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import etree

from machikado.content.front_matter import DEFAULT_ZONE, parse_time
from machikado.content.site import Site
from machikado.feeds.addresses import absolute
from machikado.sitewide import sitemap as module
from machikado.sitewide.sitemap import sitemap_entry, sitemap_files
from small_city import (
    PROJECT,
    SITE_URL,
    demo,
    news,
    outputs_of,
    site_of,
    source,
    translated,
)

S = f"{{{module.SITEMAP}}}"
X = f"{{{module.XHTML}}}"
HOME = source(1000001, "家", type="section", publish_at="2026-03-01T23:30:00+00:00")
PLAN = source(1000002, "計画", publish_at="2026-03-01", updated_at="2026-03-09")
PAGES = {
    "ja/index.md": HOME,
    "ja/plan.md": PLAN,
    "ja/undated.md": source(1000003, "日付なし"),
    "ja/404.md": source(1000004, "ありません"),
    "ja/soon.md": source(1000005, "もうすぐ", publish_at="2026-05-01"),
    "ja/over.md": source(1000006, "終わり", expires_at="2026-04-01"),
    "ja-easy/index.md": translated(HOME, "いえ"),
    "en/index.md": translated(HOME, "Home", updated_at="2026-03-20"),
    "en/plan.md": translated(PLAN, "Plan"),
    "en/404.md": translated(source(1000004, "ありません"), "None"),
    "en/soon.md": translated(source(1000005, "もうすぐ"), "Soon"),
}


def files_of(site: Site) -> dict[str, etree._Element]:
    pages = sorted(site.pages, key=lambda page: page.address)
    entries = [sitemap_entry(site, page, address_of) for page in pages]
    return {name: etree.fromstring(data) for name, data in sitemap_files(entries, address_of)}


def address_of(address: str) -> str:
    return absolute(SITE_URL, address)


def rows_of(site: Site) -> dict[str, tuple[str | None, dict[str, str]]]:
    """By address: the lastmod and the alternates of each URL of a sitemap in one file."""
    (root,) = files_of(site).values()
    assert root.tag == f"{S}urlset"
    return {
        url.findtext(f"{S}loc"): (
            url.findtext(f"{S}lastmod"),
            {link.get("hreflang"): link.get("href") for link in url.findall(f"{X}link")},
        )
        for url in root
    }


def city() -> Site:
    return site_of(PAGES).at(parse_time("2026-04-01T00:00"))


def test_every_public_page_is_in_the_sitemap_with_its_translations_and_its_last_change() -> None:
    home = {"ja": SITE_URL, "en": f"{SITE_URL}en/", "x-default": SITE_URL}
    plan = {"ja": f"{SITE_URL}plan/", "en": f"{SITE_URL}en/plan/", "x-default": f"{SITE_URL}plan/"}
    undated = dict.fromkeys(("ja", "x-default"), f"{SITE_URL}undated/")
    assert rows_of(city()) == {
        SITE_URL: ("2026-03-02", home),
        f"{SITE_URL}plan/": ("2026-03-09", plan),
        f"{SITE_URL}undated/": (None, undated),
        f"{SITE_URL}ja-easy/": ("2026-03-02", {}),
        f"{SITE_URL}en/": ("2026-03-20", home),
        f"{SITE_URL}en/plan/": ("2026-03-01", plan),
    }


def test_a_page_for_missing_addresses_or_before_its_time_or_after_its_end_is_not_in_it() -> None:
    listed = " ".join(rows_of(city()))
    assert [word for word in ("404", "soon", "over") if word in listed] == []
    later = " ".join(rows_of(site_of(PAGES).at(parse_time("2026-05-01"))))
    assert ("soon" in later, "over" in later) == (True, False)


@pytest.mark.parametrize("site", [city(), demo()], ids=["small", "demo"])
def test_alternates_are_reciprocal(site: Site) -> None:
    rows = rows_of(site)
    for address, (_, alternates) in rows.items():
        assert not set(alternates) & {"ja-simple", "ja-easy"}
        if alternates:
            assert address in alternates.values()
            assert "x-default" in alternates
        for href in alternates.values():
            assert rows[href][1] == alternates


def test_the_last_change_is_that_of_the_source_for_every_page_of_the_demo() -> None:
    rows = rows_of(demo())
    pages = {absolute(SITE_URL, p.address): p for p in demo().pages if not p.is_not_found}
    assert set(rows) == set(pages)
    for address, page in pages.items():
        assert page.updated_at is not None
        lastmod = rows[address][0]
        assert lastmod is not None
        assert date.fromisoformat(lastmod) == page.updated_at.astimezone(DEFAULT_ZONE).date()


def test_more_addresses_than_a_file_may_hold_are_split_and_listed_in_an_index(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "LIMIT", 4)
    files = files_of(city())
    assert list(files) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]
    assert [len(files[f"sitemap-{n}.xml"]) for n in (1, 2)] == [4, 2]
    index = files["sitemap.xml"]
    assert index.tag == f"{S}sitemapindex"
    assert [entry.findtext(f"{S}loc") for entry in index] == [
        f"{SITE_URL}sitemap-1.xml",
        f"{SITE_URL}sitemap-2.xml",
    ]


def test_exactly_as_many_addresses_as_a_file_may_hold_stay_in_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "LIMIT", 6)
    assert list(files_of(city())) == ["sitemap.xml"]


def test_a_site_without_pages_has_an_empty_sitemap() -> None:
    assert rows_of(site_of({})) == {}


def test_an_address_beyond_ascii_is_the_same_in_sitemap_feed_and_page() -> None:
    site = site_of({"ja/お知らせ/粗大 ごみ.md": news(1000030, "粗大ごみ", "2026-04-01")})
    written = outputs_of(site)
    encoded = "%E3%81%8A%E7%9F%A5%E3%82%89%E3%81%9B/%E7%B2%97%E5%A4%A7%20%E3%81%94%E3%81%BF/"
    for name in ("sitemap.xml", "feeds/news.atom", "search/index.json"):
        assert encoded in written[name].decode(), name


def test_every_output_of_the_whole_site_is_written() -> None:
    site: Any = demo()
    names = list(outputs_of(site))
    assert len(names) == len(set(names))
    # Every channel's files: tests/feeds/test_channels.py.
    names = [name for name in names if "feeds/" not in name or "feeds/news." in name]
    prefixes = [locale.prefix.lstrip("/") for locale in site.locales]
    assert sorted(names) == sorted(
        ["sitemap.xml", "robots.txt", "status.json"]
        + [f"{prefix}search/index.json" for prefix in prefixes]
        + [f"{prefix}feeds/news.{form}" for prefix in prefixes for form in ("atom", "rss", "json")]
    )


def test_robots_are_told_where_the_sitemap_is() -> None:
    written = outputs_of(site_of({}))
    sitemap_url = f"{PROJECT.site_url}sitemap.xml"
    assert urlsplit(sitemap_url).netloc == "machikado.example"
    assert written["robots.txt"].decode() == f"User-agent: *\nAllow: /\n\nSitemap: {sitemap_url}\n"
