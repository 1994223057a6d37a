"""The site answers what templates, feeds and checks ask of all pages together."""

from __future__ import annotations

from datetime import datetime

import pytest

from machikado.content.address import address_of, output_file, path_from
from machikado.content.front_matter import DEFAULT_ZONE
from machikado.content.locale import Locale, Locales
from machikado.content.site import Site, TranslationStatus
from small_city import news, page_of, site_of, source, translated

JA = Locale("ja", "ja", "日本語", "ja", "ja", is_default=True)
EN = Locale("en", "en", "English", "en", "en")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=DEFAULT_ZONE)


@pytest.fixture
def city() -> Site:
    home = source(1000001, "トップ", type="section")
    plan = source(1002000, "計画", type="section")
    measure = source(1003122, "施策", "本文")
    first = news(1001001, "一つ目", "2026-11-16T09:00")
    second = news(1001002, "二つ目", "2026-11-20T09:00", category="emergency")
    return site_of(
        {
            "ja/index.md": home,
            "ja/plan/index.md": plan,
            "ja/plan/measures/1-2-2.md": measure,
            "ja/news/a.md": first,
            "ja/news/b.md": second,
            "ja/404.md": source(1006404, "ありません"),
            "en/index.md": translated(home, "Home"),
            "en/plan/measures/1-2-2.md": translated(measure, "Measure", digest="0" * 16),
            "en/news/a.md": translated(
                first, "First", feed_id="tag:city.example,2026-11-16:en/1001001"
            ),
        }
    )


@pytest.mark.parametrize(
    ("locale", "path", "address", "file"),
    [
        (JA, "index.md", "/", "index.html"),
        (JA, "plan/index.md", "/plan/", "plan/index.html"),
        (EN, "plan/measures/1-2-2.md", "/en/plan/measures/1-2-2/", None),
        (EN, "404.md", "/en/404.html", "en/404.html"),
        (JA, "reindex.md", "/reindex/", "reindex/index.html"),
    ],
)
def test_each_source_has_one_address(
    locale: Locale, path: str, address: str, file: str | None
) -> None:
    assert address_of(locale, path) == address
    assert output_file(address) == (file or "en/plan/measures/1-2-2/index.html")


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("../items/1-2.md", "plan/items/1-2.md"),
        ("1-3.md", "plan/measures/1-3.md"),
        ("../../index.md", "index.md"),
        ("../../../en/index.md", None),
        ("/index.md", None),
    ],
)
def test_a_relative_link_stays_inside_the_tree(target: str, path: str | None) -> None:
    assert path_from("plan/measures/1-2-2.md", target) == path


def test_exactly_one_locale_is_the_default() -> None:
    with pytest.raises(ValueError, match="exactly one"):
        Locales((EN,))


def test_a_page_not_yet_translated_means_the_original(city: Site) -> None:
    en = city.locales["en"]
    assert city.resolve(en, "index.md") is page_of(city, "en/index.md")
    assert city.resolve(en, "plan/index.md") is page_of(city, "ja/plan/index.md")
    assert city.resolve(en, "nowhere.md") is None


def test_the_breadcrumb_skips_sections_that_the_locale_does_not_have(city: Site) -> None:
    def way(file: str) -> list[str]:
        return [page.title for page in city.breadcrumb(page_of(city, file))]

    assert way("ja/plan/measures/1-2-2.md") == ["トップ", "計画", "施策"]
    assert way("en/plan/measures/1-2-2.md") == ["Home", "Measure"]


def test_children_are_in_the_order_of_their_ids_without_home_and_404(city: Site) -> None:
    children = city.children(page_of(city, "ja/index.md"))
    assert [page.title for page in children] == ["計画"]


def test_news_is_newest_first_and_never_a_fallback(city: Site) -> None:
    assert [page.title for page in city.news(city.locales["ja"])] == ["二つ目", "一つ目"]
    assert [page.title for page in city.news(city.locales["en"])] == ["First"]


def test_news_can_be_asked_for_by_category_or_by_department_and_events_by_themselves() -> None:
    def keys(**more: str) -> dict[str, str]:
        return {"category": "site", "department": "joho", **more}

    site = site_of(
        {
            "ja/a.md": news(1000001, "一", "2026-04-01", **keys()),
            "ja/b.md": news(1000002, "二", "2026-04-02", **keys(category="plan")),
            "ja/c.md": news(1000003, "三", "2026-04-03", **keys(department="somu")),
            "ja/d.md": news(1000004, "祭", "2026-04-04", **keys(type="event")),
        }
    )
    ja = site.locales["ja"]
    assert [page.title for page in site.news(ja, category="site")] == ["三", "一"]
    assert [page.title for page in site.news(ja, 1, department="joho")] == ["二"]
    assert site.news(ja, category="emergency") == []
    assert [page.title for page in site.events(ja)] == ["祭"]
    assert site.events(site.locales["en"]) == []


def test_urgent_news_is_shown_in_the_original_where_untranslated(city: Site) -> None:
    assert [page.title for page in city.urgent(city.locales["en"])] == ["二つ目"]


def test_a_page_is_nowhere_before_its_time_and_after_it() -> None:
    page = source(1000003, "A", publish_at="2026-11-20T09:00", expires_at="2026-11-21")
    site = site_of({"ja/a.md": page, "en/a.md": translated(page, "A", publish_at="2026-01-01")})

    def files(now: str) -> list[str]:
        return [page.file for page in site.at(moment(now)).pages]

    both = ["docs/en/a.md", "docs/ja/a.md"]
    assert files("2026-11-20T08:59:59") == []
    assert files("2026-11-20T09:00") == both
    assert files("2026-11-20T23:59:59") == both
    assert files("2026-11-21") == []


def test_a_translation_inherits_what_it_does_not_say_itself() -> None:
    page = source(1000003, "A", department="joho", category="plan", publish_at="2026-11-20")
    site = site_of({"ja/a.md": page, "en/a.md": translated(page, "A", category="site")})
    meta = page_of(site, "en/a.md").meta
    assert (meta.department, meta.category) == ("joho", "site")
    assert meta.publish_at == moment("2026-11-20")


def test_the_status_of_a_translation_follows_the_words_of_its_source(city: Site) -> None:
    def status(page_id: str, locale: str) -> TranslationStatus:
        return city.status(page_id, city.locales[locale])

    assert status("1000001", "ja") is TranslationStatus.SOURCE
    assert status("1000001", "en") is TranslationStatus.CURRENT
    assert status("1003122", "en") is TranslationStatus.OUTDATED
    assert status("1002000", "en") is TranslationStatus.MISSING


def digest(body: str, **keys: str) -> str:
    return page_of(site_of({"ja/a.md": source(1000003, "題名", body, **keys)}), "ja/a.md").digest


def test_the_digest_is_the_same_after_a_touch_that_changes_no_words() -> None:
    plain = digest("一つ目が\n\n二つ目")
    assert len(plain) == 16
    assert digest("一つ目か\u3099  \n\n\n\n二つ目\n") == plain
    assert digest("一つ目が\n\n二つ目", updated_at="2026-11-30", department="joho") == plain


@pytest.mark.parametrize(
    "body", ["一つ目が二つ目", "一つ目が\n\n## 二つ目", "一つ目が\n\n二つ目。"]
)
def test_the_digest_changes_with_words_and_structure(body: str) -> None:
    assert digest(body) != digest("一つ目が\n\n二つ目")


def test_the_digest_changes_with_the_summary() -> None:
    assert digest("本文", summary="要約") != digest("本文")
