from __future__ import annotations

import pytest
from lxml import html

from machikado.content.front_matter import parse_time
from machikado.content.site import Site
from machikado.sitewide.redirects import redirects
from small_city import SITE_URL, catalogues_of, site_of, source, surroundings_of, translated

PLAN = source(1000002, '"計画 <b> & 「\\""', aliases="[/old/plan/, /plan.html, /bare]")
PAGES = {
    "ja/new plan.md": PLAN,
    "en/plan.md": translated(PLAN, "Plan", aliases="/old/"),
    "ja/over.md": source(1000003, "終わり", aliases="/gone/", expires_at="2026-01-01"),
}


def written(site: Site) -> dict[str, str]:
    catalogues, surroundings = catalogues_of(site), surroundings_of(site)
    return dict(old for page in site.pages for old in redirects(page, catalogues, surroundings))


def test_every_old_address_has_a_file_that_a_server_finds() -> None:
    public = site_of(PAGES).at(parse_time("2026-04-01"))
    assert sorted(written(public)) == [
        "bare/index.html",
        "en/old/index.html",
        "old/plan/index.html",
        "plan.html",
    ]


def test_a_page_that_is_not_public_has_no_redirect() -> None:
    assert "gone/index.html" in written(site_of(PAGES))
    assert "gone/index.html" not in written(site_of(PAGES).at(parse_time("2026-04-01")))


def test_an_old_address_leads_on_without_a_script_and_says_so_in_the_pages_language() -> None:
    page = html.document_fromstring(written(site_of(PAGES))["en/old/index.html"])
    assert page.get("lang") == "en"
    assert page.findtext(".//title") == page.findtext(".//h1") == "Plan"
    assert page.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=/base/en/plan/"]
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{SITE_URL}en/plan/"]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//a/@href") == ["/base/en/plan/"]
    assert page.find(".//p").text_content() == "This page has moved: Plan"


@pytest.mark.parametrize("file", ["old/plan/index.html", "plan.html", "bare/index.html"])
def test_titles_are_escaped_and_addresses_encoded(file: str) -> None:
    text = written(site_of(PAGES))[file]
    page = html.document_fromstring(text)
    assert page.findtext(".//title") == '計画 <b> & 「"'
    assert page.xpath("//b") == []
    assert page.xpath("//a/@href") == ["/base/new%20plan/"]
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{SITE_URL}new%20plan/"]
    assert page.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=/base/new%20plan/"]
