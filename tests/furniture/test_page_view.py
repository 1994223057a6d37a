from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from typing import cast

import pytest
from markupsafe import Markup

from machikado.article.typesetter import Article, Asset, Heading, Listing
from machikado.content.site import Site
from machikado.furniture.dates import DateText
from machikado.furniture.values import (
    Block,
    Branch,
    Contact,
    Contents,
    FeedChannel,
    FeedLink,
    LanguageChoice,
    Link,
    Notice,
)
from machikado.furniture.view import PageView
from small_city import (
    LOCALES,
    SITE_URL,
    article_of,
    catalogues_of,
    demo,
    digest_of,
    news,
    page_of,
    site_of,
    source,
    surroundings_of,
    translated,
    view_of,
)

HOME = source(1000001, "街角市", type="section", summary="市のページ")
PLAN = source(1000002, "計画", type="section", category="plan", summary="計画の入口")
MEASURES = source(1000003, "施策の一覧", type="section", category="plan")
MEASURE = source(1000010, "施策1", category="plan", department="joho", publish_at="2026-04-01")
NEWS = source(1000004, "お知らせ", type="section", category="site")
POLICY = source(1000005, "方針")
ACCESS = source(1000006, "アクセシビリティ方針", type="help")
NOT_FOUND = source(1000007, "ページがありません")
OPENED = news(1000020, "開設しました", "2026-04-01T09:00:00+09:00", category="site", summary="要約")
FLOOD = news(1000021, "大雨", "2026-04-02", category="emergency")

PAGES = {
    "ja/index.md": HOME,
    "ja/plan/index.md": PLAN,
    "ja/plan/measures/index.md": MEASURES,
    "ja/plan/measures/1.md": MEASURE,
    "ja/news/index.md": NEWS,
    "ja/news/opened.md": OPENED,
    "ja/news/flood.md": FLOOD,
    "ja/policy.md": POLICY,
    "ja/accessibility.md": ACCESS,
    "ja/404.md": NOT_FOUND,
    "ja-easy/index.md": translated(HOME, "まちかどし"),
    "ja-easy/plan/measures/1.md": translated(MEASURE, "やること1"),
    "en/index.md": translated(HOME, "Street Corner City"),
    "en/plan/index.md": translated(PLAN, "Plan"),
    "en/plan/measures/1.md": translated(MEASURE, "Measure 1"),
    "en/news/index.md": translated(NEWS, "News"),
    "en/news/opened.md": translated(
        OPENED, "We are open", feed_id='"tag:city.example,2026-04-01:en/1000020"'
    ),
    "en/404.md": translated(NOT_FOUND, "Not found"),
    "zh-Hant/index.md": translated(HOME, "街角市（繁）"),
    "zh-Hant/plan/index.md": translated(PLAN, "計畫"),
    "ko/index.md": translated(HOME, "마치카도시"),
}


def city(**more: str) -> Site:
    return site_of(PAGES | more)


def view(file: str, article: Article | None = None, **more: object) -> PageView:
    return view_of(site_of(PAGES), file, article, **more)


# Ways around ------------------------------------------------------------------------------------


def test_the_breadcrumb_leads_from_home_down_to_the_page() -> None:
    assert view("ja/plan/measures/1.md").breadcrumb == [
        Link("ホーム", "/base/", "市のページ"),
        Link("計画", "/base/plan/", "計画の入口"),
        Link("施策の一覧", "/base/plan/measures/"),
        Link("施策1", "/base/plan/measures/1/", current=True),
    ]


def test_the_breadcrumb_of_a_translation_skips_sections_that_are_not_translated() -> None:
    steps = view("en/plan/measures/1.md").breadcrumb
    assert [(step.text, step.href) for step in steps] == [
        ("Home", "/base/en/"),
        ("Plan", "/base/en/plan/"),
        ("Measure 1", "/base/en/plan/measures/1/"),
    ]


def test_the_menu_is_the_main_sections_by_their_short_names_and_marks_where_the_reader_is() -> None:
    assert [(m.text, m.href, m.current) for m in view("ja/plan/measures/1.md").menu] == [
        ("計画", "/base/plan/", True),
        ("このサイト", "/base/news/", False),
    ]


def test_a_section_that_is_not_translated_is_in_the_menu_with_its_language() -> None:
    pages = {name: text for name, text in PAGES.items() if name != "en/plan/index.md"}
    menu = view_of(site_of(pages), "en/index.md").menu
    assert menu[0] == Link(
        "Plan", "/base/plan/#from-en", "計画の入口", hreflang="ja", note=Markup(" (Japanese)")
    )


def test_a_short_name_missing_in_the_readers_language_gives_way_to_the_title() -> None:
    assert view("ko/index.md").menu[1] == Link(
        "お知らせ", "/base/news/#from-ko", lang="ja", hreflang="ja", note=Markup(" (일본어)")
    )


def test_sections_that_share_a_category_go_by_their_own_titles() -> None:
    site = city(
        **{"ja/more/index.md": source(1000030, "別の計画", type="section", category="plan")}
    )
    assert [link.text for link in view_of(site, "ja/index.md").menu] == [
        "計画",
        "このサイト",
        "別の計画",
    ]


def test_pages_about_the_site_itself_are_in_the_footer() -> None:
    assert [link.text for link in view("en/index.md").footer] == ["方針", "アクセシビリティ方針"]
    assert [link.note for link in view("en/index.md").footer] == [" (Japanese)", " (Japanese)"]


def test_the_language_switcher_offers_every_locale_in_its_own_language() -> None:
    original = "/base/plan/measures/1/"
    assert view("en/plan/measures/1.md").languages == [
        LanguageChoice("日本語", "ja", original, "ja"),
        LanguageChoice(
            "やさしい日本語", "ja-simple", "/base/ja-easy/plan/measures/1/", "ja-simple"
        ),
        LanguageChoice("English", "en", "/base/en/plan/measures/1/", "en", current=True),
        LanguageChoice("繁體中文", "zh-Hant", f"{original}#from-zh-Hant", "ja", missing="未翻譯"),
        LanguageChoice("한국어", "ko", f"{original}#from-ko", "ja", missing="번역 없음"),
    ]


def test_every_choice_that_is_missing_leads_to_a_notice_that_is_there() -> None:
    site = site_of(PAGES)
    for page in site.pages:
        for choice in view_of(site, f"{page.locale.code}/{page.path}").languages:
            if choice.missing:
                address, _, fragment = choice.href.removeprefix("/base").partition("#")
                target = next(p for p in site.pages if p.address == address)
                notices = view_of(site, f"{target.locale.code}/{target.path}").notices
                assert fragment in [notice.id for notice in notices]


def test_a_notice_is_in_the_readers_language_and_leads_back_to_the_nearest_translation() -> None:
    notices = view("ja/plan/measures/1.md").notices
    assert [(n.id, n.lang, n.back.href) for n in notices] == [
        ("from-zh-Hant", "zh-Hant", "/base/zh-Hant/plan/"),
        ("from-ko", "ko", "/base/ko/"),
    ]
    assert notices[0] == Notice(
        id="from-zh-Hant",
        lang="zh-Hant",
        title=Markup("本頁面沒有繁體中文版。"),
        text=Markup("下方頁面為日文。"),
        back=Link("返回：計畫", "/base/zh-Hant/plan/", hreflang="zh-Hant"),
        close=Markup("閱讀本頁"),
    )


def test_only_originals_bear_notices_and_a_page_in_every_language_bears_none() -> None:
    assert view("en/plan/measures/1.md").notices == ()
    assert view("ja/index.md").notices == []


# For machines -----------------------------------------------------------------------------------


def test_alternates_are_real_translations_only_with_x_default_and_without_ja_simple() -> None:
    page = "plan/measures/1/"
    assert [(a.hreflang, a.href) for a in view("ja/plan/measures/1.md").alternates] == [
        ("ja", SITE_URL + page),
        ("en", f"{SITE_URL}en/{page}"),
        ("x-default", SITE_URL + page),
    ]


def reciprocal(site: Site) -> None:
    """Every alternate of every page exists, is named by its canonical address, and points back."""
    views = [view_of(site, f"{p.locale.code}/{p.path}") for p in site.pages]
    sets = {v.canonical: {(a.hreflang, a.href) for a in v.alternates} for v in views}
    by_canonical = {v.canonical: v for v in views}
    for canonical, alternates in sets.items():
        assert len({tag for tag, _ in alternates}) == len(alternates)
        for tag, href in alternates:
            assert href.startswith("https://")
            assert sets[href] == alternates
            assert tag in ("x-default", by_canonical[href].lang)
        if alternates:
            assert (by_canonical[canonical].lang, canonical) in alternates
            assert "x-default" in dict(alternates)
        assert not {tag for tag, _ in alternates} & {"ja-simple", "ja-easy"}


def test_alternates_are_reciprocal_over_all_pages() -> None:
    reciprocal(site_of(PAGES))


def test_alternates_are_reciprocal_over_the_demo() -> None:
    reciprocal(demo())


def test_alternates_of_a_page_without_an_original_are_reciprocal_too() -> None:
    only = source(1000040, "x")
    english, korean = translated(only, "x"), translated(only, "x")
    reciprocal(city(**{"ja-easy/only.md": only, "en/only.md": english, "ko/only.md": korean}))
    reciprocal(city(**{"ja-easy/only.md": only}))


def test_a_page_for_missing_addresses_has_no_address_of_its_own() -> None:
    missing = view("en/404.md")
    assert (missing.canonical, missing.alternates, missing.template) == (None, (), "404.html")


def test_canonical_addresses_are_absolute_and_percent_encoded() -> None:
    assert view("en/plan/index.md").canonical == f"{SITE_URL}en/plan/"
    site = city(**{"ja/粗大 ごみ.md": source(1000030, "粗大ごみ")})
    encoded = "%E7%B2%97%E5%A4%A7%20%E3%81%94%E3%81%BF/"
    page = view_of(site, "ja/粗大 ごみ.md")
    assert page.canonical == SITE_URL + encoded
    assert page.breadcrumb[-1].href == f"/base/{encoded}"


@pytest.mark.parametrize(
    ("locale", "tag"),
    [("ja", "ja_JP"), ("ja-easy", "ja_JP"), ("en", "en_US"), ("zh-Hant", "zh_TW")],
)
def test_open_graph_names_a_territory(locale: str, tag: str) -> None:
    assert view(f"{locale}/index.md").og_locale == tag


def test_linked_data_tells_the_organisation_the_way_and_the_article() -> None:
    data = json.loads(view("en/news/opened.md").json_ld)
    organisation = f"{SITE_URL}#organization"
    assert data["@context"] == "https://schema.org"
    assert data["@graph"] == [
        {
            "@type": "GovernmentOrganization",
            "@id": organisation,
            "name": "Street Corner City",
            "url": SITE_URL,
        },
        {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": n, "name": name, "item": SITE_URL + address}
                for n, name, address in (
                    (1, "Street Corner City", "en/"),
                    (2, "News", "en/news/"),
                    (3, "We are open", "en/news/opened/"),
                )
            ],
        },
        {
            "@type": "NewsArticle",
            "headline": "We are open",
            "description": "",
            "url": f"{SITE_URL}en/news/opened/",
            "inLanguage": "en",
            "datePublished": "2026-04-01T09:00:00+09:00",
            "dateModified": "2026-04-01T09:00:00+09:00",
            "publisher": {"@id": organisation},
        },
    ]


def test_an_article_is_never_modified_before_it_is_published() -> None:
    text = news(1000030, "x", "2026-04-01T09:00:00+09:00", updated_at="2026-04-01")
    data = json.loads(view_of(city(**{"ja/news/x.md": text}), "ja/news/x.md").json_ld)
    article = data["@graph"][-1]
    assert article["dateModified"] == article["datePublished"] == "2026-04-01T09:00:00+09:00"


def test_no_text_can_end_the_script_that_holds_the_linked_data() -> None:
    title = "</script><script>alert(1)</script><!--"
    text = news(1000030, f'"{title}"', "2026-04-01", summary=f'"{title}"')
    script = view_of(city(**{"ja/news/x.md": text}), "ja/news/x.md").json_ld
    assert "<" not in script
    parser = _Scripts()
    parser.feed(f'<script type="application/ld+json">{script}</script>')
    assert parser.opened == 1
    assert json.loads("".join(parser.data))["@graph"][-1]["headline"] == title


class _Scripts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.opened = 0
        self.data: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.opened += tag == "script"

    def handle_data(self, data: str) -> None:
        self.data.append(data)


def test_every_page_of_the_demo_has_linked_data_that_parses() -> None:
    site = demo()
    around = surroundings_of(site)
    for page in site.pages:
        graph = json.loads(PageView(page, Article(()), around).json_ld)["@graph"]
        assert graph[0]["@type"] == "GovernmentOrganization"


# What the page is -------------------------------------------------------------------------------


def test_the_document_title_names_the_page_and_the_site() -> None:
    assert view("en/plan/index.md").document_title == "Plan | Street Corner City"
    assert view("en/index.md").document_title == "Street Corner City"


@pytest.mark.parametrize("code", [locale.code for locale in demo().locales])
def test_document_titles_of_the_demo_are_unique_in_each_locale_and_name_the_site(code: str) -> None:
    site = demo()
    around = surroundings_of(site)
    views = [PageView(p, Article(()), around) for p in site.in_locale(site.locales[code])]
    titles = [v.document_title for v in views]
    assert sorted(titles) == sorted(set(titles))
    assert all(v.site_name in v.document_title for v in views)


def test_a_page_tells_its_dates_its_number_and_its_category() -> None:
    page = view("ja/news/opened.md")
    assert page.published == DateText("2026-04-01", "令和8年（2026年）4月1日")
    assert page.updated == page.published
    assert (page.number, page.category, page.is_news) == ("1000020", "このサイト", True)
    assert (view("ja/policy.md").published, view("ja/policy.md").category) == (None, "")


@pytest.mark.parametrize(
    ("file", "template"),
    [("ja/index.md", "home.html"), ("ja/404.md", "404.html"), ("ja/plan/index.md", "main.html")],
)
def test_home_and_missing_pages_have_templates_of_their_own(file: str, template: str) -> None:
    assert view(file).template == template


# Notes about the page ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "reviewer", "note"),
    [
        (
            "machine",
            "null",
            "This page was translated by machine. No person has reviewed the translation.",
        ),
        (
            "machine-edited",
            "null",
            "This page was translated by machine and edited by a person. "
            "No person has reviewed the translation.",
        ),
        ("machine", "Sato", "This page was translated by machine."),
        ("human", "null", "No person has reviewed the translation."),
        ("human", "Sato", ""),
    ],
)
def test_a_translation_says_how_it_was_made(method: str, reviewer: str, note: str) -> None:
    text = translated(POLICY, "Policy", method=method, reviewer=reviewer)
    assert view_of(city(**{"en/policy.md": text}), "en/policy.md").translation_note == note


def test_an_original_has_no_note_and_a_note_is_in_the_readers_language() -> None:
    assert view("ja/plan/index.md").translation_note == ""
    assert view("ko/index.md").translation_note == catalogues_of(demo())["ko"].gettext(
        "This page was translated by machine."
    ) + " " + catalogues_of(demo())["ko"].gettext("No person has reviewed the translation.")


def test_a_translation_is_outdated_when_its_original_has_changed_since() -> None:
    assert not view("en/plan/index.md").is_outdated
    assert not view("ja/plan/index.md").is_outdated
    old = translated(PLAN, "Plan", digest=digest_of(PLAN.replace("計画", "企画")))
    outdated = view_of(city(**{"en/plan/index.md": old}), "en/plan/index.md")
    assert outdated.is_outdated
    assert outdated.source_link == Link(
        "Read the original (Japanese)", "/base/plan/", hreflang="ja"
    )


def test_contact_details_are_those_of_the_department_and_say_that_they_are_examples() -> None:
    assert view("en/plan/measures/1.md").contact == Contact(
        "Information Division", "000-000-0000", None, "joho@city.example", example=True
    )
    assert view("ja/policy.md").contact is None
    plain = city(**{"ja/x.md": source(1000030, "x", department="somu")})
    assert view_of(plain, "ja/x.md").contact == Contact("総務部", None, None, None, example=False)
    assert view_of(plain, "ko/index.md").contact is None


def test_a_department_without_a_name_in_the_readers_language_has_that_of_the_default() -> None:
    contact = view("ja-easy/plan/measures/1.md").contact
    assert contact is not None
    assert contact.name == "情報企画課"


def test_problems_are_reported_where_the_city_says_else_as_the_policy_tells() -> None:
    told = view("ja/policy.md", report_to="https://form.example/")
    assert told.report_address == "https://form.example/"
    assert view("ja/policy.md").report_address is None
    assert view("en/plan/index.md").report_link == Link(
        "アクセシビリティ方針",
        "/base/accessibility/#from-en",
        lang="ja",
        hreflang="ja",
        note=Markup(" (Japanese)"),
    )


# Related pages and contents ---------------------------------------------------------------------


def neighbours(count: int, **keys: str) -> Site:
    pages = {f"ja/plan/n{n}.md": source(1000100 + n, f"n{n}") for n in range(count)}
    return city(**pages | {"ja/plan/here.md": source(1000099, "ここ", **keys)})


def related(site: Site, file: str = "ja/plan/here.md") -> list[str]:
    return [link.text for link in view_of(site, file).related]


def test_related_pages_are_those_the_editor_names_in_that_order() -> None:
    site = neighbours(3, related="[1000102, 1000005, 9999999, 1000100]")
    assert related(site) == ["n2", "方針", "n0"]


def test_a_related_page_without_translation_leads_to_the_original() -> None:
    text = source(1000050, "x", related="[1000005, 1000002]")
    site = city(**{"ja/x.md": text, "en/x.md": translated(text, "x")})
    assert view_of(site, "en/x.md").related == [
        Link("方針", "/base/policy/#from-en", lang="ja", hreflang="ja", note=Markup(" (Japanese)")),
        Link("Plan", "/base/en/plan/"),
    ]


def test_the_original_is_that_of_the_default_locale_wherever_it_stands_in_the_list() -> None:
    rows = [row for row in LOCALES.splitlines() if row]
    english_first = "\n".join([rows[2], rows[0], rows[1], *rows[3:]])
    text = source(1000050, "x", related="[1000004]")
    pages = PAGES | {"ja/x.md": text, "ko/x.md": translated(text, "x")}
    related_links = view_of(site_of(pages, english_first), "ko/x.md").related
    assert [link.href for link in related_links] == ["/base/news/#from-ko"]


def test_related_pages_are_else_the_neighbours_at_most_five() -> None:
    assert related(neighbours(2)) == ["n0", "n1"]
    assert related(neighbours(9)) == ["n0", "n1", "n2", "n3", "n4"]
    assert related(neighbours(9), "ja/plan/n4.md") == ["n2", "n3", "n5", "n6", "n7"]
    assert related(neighbours(9), "ja/plan/n8.md") == ["n3", "n4", "n5", "n6", "n7"]


@pytest.mark.parametrize("file", ["ja/index.md", "ja/404.md", "ja/plan/index.md"])
def test_home_sections_and_missing_pages_have_no_neighbours(file: str) -> None:
    assert list(view(file).related) == []


@pytest.mark.parametrize(
    ("file", "after"),
    [
        ("ja/plan/index.md", "施策の一覧"),  # a section is followed by the first page in it
        ("ja/plan/here.md", "n0"),
        ("ja/plan/n0.md", "n1"),
        ("ja/plan/n1.md", None),
        ("ja/index.md", None),
        ("ja/404.md", None),
    ],
)
def test_a_page_is_followed_by_the_next_of_its_section(file: str, after: str | None) -> None:
    following = view_of(neighbours(2), file).following
    assert (following.text if following else None) == after


def test_the_table_of_contents_has_two_levels() -> None:
    h = [Heading(3, "x", "X"), Heading(2, "a", "A"), Heading(3, "b", "B"), Heading(4, "c", "C"), Heading(2, "d", "D")]  # fmt: skip
    assert view("ja/policy.md", Article(("",), h)).contents == [
        Contents(h[1], [Contents(h[2])]),
        Contents(h[4], []),
    ]


def test_a_page_with_one_heading_needs_no_table_of_contents() -> None:
    assert view("ja/policy.md", Article(("",), [Heading(2, "a", "A")])).contents == ()


# Lists ------------------------------------------------------------------------------------------


def test_urgent_news_is_told_in_every_language_in_the_original_where_untranslated() -> None:
    (item,) = view("ja/index.md").urgent
    assert (item.date.iso, item.category, item.link) == (
        "2026-04-02",
        "緊急",
        Link("大雨", "/base/news/flood/"),
    )
    (item,) = view("en/index.md").urgent
    assert (item.date.text, item.category) == ("April 2, 2026 (Reiwa 8)", "Emergency")
    assert item.link == Link(
        "大雨", "/base/news/flood/#from-en", lang="ja", hreflang="ja", note=Markup(" (Japanese)")
    )
    english = translated(FLOOD, "Flood", feed_id='"tag:city.example,2026:en/1000021"')
    (item,) = view_of(city(**{"en/news/flood.md": english}), "en/index.md").urgent
    assert item.link == Link("Flood", "/base/en/news/flood/")


def test_news_is_that_of_the_readers_language_alone_the_newest_first() -> None:
    assert [item.link.text for item in view("ja/index.md").news()] == ["大雨", "開設しました"]
    assert [item.link.text for item in view("ja/index.md").news(1)] == ["大雨"]
    assert [item.link.text for item in view("en/index.md").news()] == ["We are open"]
    assert view("ko/index.md").news() == []


def block(file: str, name: str, **options: str) -> Block:
    page = view(file, Article(("<p>a</p>", Listing(name, options))))
    assert page.blocks[0] == Block(html="<p>a</p>")
    return page.blocks[1]


def test_directives_are_filled_with_lists_in_the_readers_language() -> None:
    assert [i.link.text for i in block("ja/index.md", "news", limit="1").items] == ["大雨"]  # type: ignore[attr-defined]
    assert len(block("ja/index.md", "news", limit="many").items) == 2
    assert block("ja/plan/index.md", "children").items == [
        Link("施策の一覧", "/base/plan/measures/")
    ]
    assert block("en/plan/measures/1.md", "contact").items == [
        view("en/plan/measures/1.md").contact
    ]
    assert block("ja/policy.md", "contact").items == []
    assert block("ja/policy.md", "unheard-of") == Block(name="unheard-of", items=())
    assert [t.term for t in block("en/index.md", "glossary").items] == ["ICT"]  # type: ignore[attr-defined]
    assert [t.term for t in block("ko/index.md", "glossary").items] == [  # type: ignore[attr-defined]
        "ICT",
        "総合行政ネットワーク",
    ]
    assert block("en/index.md", "languages").items == [
        LanguageChoice("日本語", "ja", "/base/", "ja"),
        LanguageChoice("やさしい日本語", "ja-simple", "/base/ja-easy/", "ja-simple"),
        LanguageChoice("English", "en", "/base/en/", "en", current=True),
        LanguageChoice("繁體中文", "zh-Hant", "/base/zh-Hant/", "zh-Hant"),
        LanguageChoice("한국어", "ko", "/base/ko/", "ko"),
    ]


def test_feeds_are_offered_in_every_format_in_the_readers_language() -> None:
    title = "News of Street Corner City"
    assert view("en/plan/index.md").feeds == [
        FeedLink("/base/en/feeds/news.atom", "application/atom+xml", "Atom", title),
        FeedLink("/base/en/feeds/news.rss", "application/rss+xml", "RSS 2.0", title),
        FeedLink("/base/en/feeds/news.json", "application/feed+json", "JSON Feed", title),
    ]


def test_the_home_offers_the_feeds_of_emergencies_and_of_events_too() -> None:
    assert [feed.href for feed in view("en/index.md").feeds][3:] == [
        "/base/en/feeds/disaster.atom",
        "/base/en/feeds/events.atom",
        "/base/en/feeds/events.ics",
    ]


def test_news_offer_the_feeds_of_their_category_and_department_too() -> None:
    flood = news(1000020, "大雨", "2026-04-01", category="emergency", department="joho")
    pages = {"ja/index.md": source(1000001, "街"), "ja/news/a.md": flood}
    shown = view_of(site_of(pages), "ja/news/a.md").feeds[3:]
    assert [(feed.href, feed.title, feed.format) for feed in shown] == [
        ("/base/feeds/category/emergency.atom", "街のお知らせ（緊急）", "Atom"),
        ("/base/feeds/department/joho.atom", "街のお知らせ（情報企画課）", "Atom"),
    ]


def test_the_list_of_feeds_names_every_channel_in_every_format() -> None:
    site = site_of({"ja/index.md": source(1000001, "街")})
    shown = view_of(site, "ja/index.md", Article((Listing("feeds", {}),)))
    (block,) = [block for block in shown.blocks if block.name == "feeds"]
    channels = cast("Sequence[FeedChannel]", block.items)
    assert [channel.title for channel in channels] == [
        *("街のお知らせ", "街の緊急のお知らせ", "街の催し"),
        *("街のお知らせ（緊急）", "街のお知らせ（計画）", "街のお知らせ（このサイト）"),
        *("街のお知らせ（情報企画課）", "街のお知らせ（総務部）"),
    ]
    assert [feed.href for feed in channels[1].formats] == [
        f"/base/feeds/disaster.{form}" for form in ("atom", "rss", "json")
    ]
    assert shown.opml == "/base/feeds/feeds.opml"


def test_the_site_map_holds_every_page_of_the_locale_once() -> None:
    def titles(branches: list[Branch]) -> list[str]:
        return [t for b in branches for t in (b.link.text, *titles(list(b.below)))]

    assert titles(list(view("ja/index.md").site_map)) == [
        *("計画", "施策の一覧", "施策1"),
        *("お知らせ", "開設しました", "大雨"),
        *("方針", "アクセシビリティ方針"),
    ]
    assert titles(list(view("en/index.md").site_map)) == [
        *("Plan", "Measure 1"),
        *("News", "We are open"),
    ]


def test_terms_are_explained_below_the_article_but_not_below_the_glossary_itself() -> None:
    site = city(**{"ja/x.md": source(1000030, "x", "[ICT](term:ict)\n\n[[glossary]]")})
    article = article_of(site, "ja/x.md")
    assert view_of(site, "ja/x.md", article).terms == ()
    without = replace(article, parts=[p for p in article.parts if isinstance(p, str)])
    assert [used.term.id for used in view_of(site, "ja/x.md", without).terms] == ["ict"]


def test_a_page_before_its_time_is_in_no_list_of_any_page() -> None:
    from machikado.content.front_matter import parse_time

    site = site_of(PAGES).at(parse_time("2026-04-01T12:00"))
    home = view_of(site, "ja/index.md")
    assert home.urgent == []
    assert [item.link.text for item in home.news()] == ["開設しました"]
    assert "大雨" not in str(home.site_map)
    assert page_of(site, "ja/news/opened.md")


# Furigana ---------------------------------------------------------------------------------------


def braces(text: str, lang: str) -> str:
    """Furigana that can be told from the words: a text in braces, where it is Japanese."""
    return f"{{{text}}}" if lang.startswith("ja") else text


def read(file: str, article: Article | None = None) -> PageView:
    """The view of a page whose Japanese is marked by `braces`."""
    site = site_of(PAGES)
    around = replace(surroundings_of(site), annotate=braces)
    return PageView(page_of(site, file), article or Article(()), around)


def test_words_around_the_text_carry_readings_and_plain_ones_do_not() -> None:
    shown = read("ja/policy.md")
    assert shown.shown("On this page") == "{このページの内容}"
    assert shown.gettext("On this page") == "このページの内容"
    # The words are read with a gap in them: the same on every page.
    assert shown.shown("Page number: %(number)s", number=7) == "{ページ番号 7}"
    assert shown.shown("Page number: %(number)s", number="<7>") == "{ページ番号 &lt;7&gt;}"


def test_a_locale_is_named_with_readings_for_readers_of_japanese_alone() -> None:
    japanese = read("ja/policy.md").languages
    assert [(one.lang, one.html) for one in japanese][:3] == [
        ("ja", "{日本語}"),
        ("ja-simple", "{やさしい日本語}"),
        ("en", "English"),
    ]
    english = read("en/index.md").languages
    assert [one.html for one in english][:2] == ["日本語", "やさしい日本語"]


def test_headings_and_dates_carry_readings() -> None:
    headings = [Heading(2, "a", "対象"), Heading(3, "b", "年齢"), Heading(2, "c", "期間")]
    shown = read("ja/policy.md", Article(("",), headings))
    assert [(one.title, [sub.title for sub in one.below]) for one in shown.contents] == [
        ("{対象}", ["{年齢}"]),
        ("{期間}", []),
    ]


# The podcast ------------------------------------------------------------------------------------


def test_a_podcast_is_named_on_the_pages_about_news_where_news_was_recorded() -> None:
    item = news(1001001, "題", "2026-04-01T09:00", department="joho")
    site = site_of(PAGES | {"ja/news/1.md": item, "ja/help/feeds.md": source(1009001, "フィード")})
    feeds = Article((Listing("feeds", {}),))

    def page(file: str, article: Article, *recorded: str) -> PageView:
        assets = {f"assets/audio/ja/{name}.json": Asset("") for name in recorded}
        around = replace(surroundings_of(site), assets=assets.get)
        return PageView(page_of(site, file), article, around)

    def podcasts(file: str, article: Article, *recorded: str) -> list[str]:
        feeds = page(file, article, *recorded).feeds
        return [link.href for link in feeds if link.href.endswith("voice.rss")]

    assert podcasts("ja/index.md", Article(()), "1001001") == ["/base/feeds/voice.rss"]
    assert podcasts("ja/help/feeds.md", feeds, "1001001") == ["/base/feeds/voice.rss"]
    assert podcasts("ja/policy.md", Article(()), "1001001") == []
    assert podcasts("ja/index.md", Article(())) == []
    listed = page("ja/help/feeds.md", feeds, "1001001").blocks[0]
    titles = [channel.title for channel in listed.items if isinstance(channel, FeedChannel)]
    assert titles[:2] == ["街角市のお知らせ", "声の広報（街角市）"]
