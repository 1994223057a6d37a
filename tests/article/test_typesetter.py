from __future__ import annotations

from collections.abc import Mapping

import markdown
import pytest
from markdown.treeprocessors import InlineProcessor

from machikado.article.typesetter import ArticleRenderer, Asset, Heading, Listing, Typesetter
from machikado.content.front_matter import parse_time
from machikado.content.site import MemorySite
from small_city import (
    GLOSSARY,
    PROJECT,
    article_of,
    catalogues_of,
    demo,
    site_of,
    source,
    translated,
)

PLAN = source(1000002, "計画", "## 目的 {#aim}")
ONLY_JA = source(1000003, "会議")


def city(body: str, locale: str = "en", path: str = "plan/now.md", **more: str) -> MemorySite:
    """A city whose page under test, at `path`, is a translation with `body`."""
    original = source(1000009, "今")
    pages = {
        "ja/plan/index.md": PLAN,
        "ja/plan/meeting.md": ONLY_JA,
        "en/plan/index.md": translated(PLAN, "Plan"),
        f"ja/{path}": original,
    }
    text = source(1000009, "今", body) if locale == "ja" else translated(original, "Now", body)
    return site_of(pages | {f"{locale}/{path}": text} | more)


def html(body: str, locale: str = "en", base_path: str = "/") -> str:
    return article_of(city(body, locale), f"{locale}/plan/now.md", base_path).html


# Links ------------------------------------------------------------------------------------------


def test_a_link_leads_to_the_page_in_the_readers_own_language() -> None:
    assert html("[計画](index.md)", "ja") == '<p><a href="/plan/">計画</a></p>'
    assert html("[plan](index.md)") == '<p><a href="/en/plan/">plan</a></p>'


def test_a_link_keeps_its_anchor() -> None:
    assert html("[aim](index.md#aim)") == '<p><a href="/en/plan/#aim">aim</a></p>'
    assert html("[aim](#aim)") == '<p><a href="#aim">aim</a></p>'


def test_a_link_below_a_shared_host_starts_with_its_path() -> None:
    assert html("[plan](index.md)", base_path="/city/") == (
        '<p><a href="/city/en/plan/">plan</a></p>'
    )


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("ja-easy", "（日本語）"),
        ("en", " (Japanese)"),
        ("zh-Hant", "（日文）"),
        ("ko", " (일본어)"),
    ],
)
def test_a_link_to_an_untranslated_page_says_its_language_and_lands_on_the_readers_notice(
    locale: str, words: str
) -> None:
    assert html("[a](meeting.md#aim)", locale) == (
        f'<p><a href="/plan/meeting/#from-{locale}" hreflang="ja">a'
        f'<span class="in-language" data-generated="">{words}</span></a></p>'
    )


def test_a_translation_that_has_moved_is_found_by_its_id() -> None:
    moved = {"ko/elsewhere.md": translated(PLAN, "계획")}
    site = city("[a](index.md)", "ko", **moved)
    assert article_of(site, "ko/plan/now.md").html == '<p><a href="/ko/elsewhere/">a</a></p>'


@pytest.mark.parametrize(
    "target",
    [
        "https://other.example/x.md",
        "//other.example/x.md",
        "mailto:a@city.example",
        "tel:0190000000",
        "?page=2",
        "/other/",
    ],
)
def test_links_out_of_the_site_are_left_as_they_are(target: str) -> None:
    assert html(f"[a]({target})") == f'<p><a href="{target}">a</a></p>'


def test_a_link_to_what_is_no_address_leads_nowhere_and_stops_no_build() -> None:
    assert html("[a](http://[x)") == "<p><a>a</a></p>"


def test_a_link_to_a_page_that_is_not_public_is_plain_words() -> None:
    expired = {"ja/plan/old.md": source(1000010, "旧", expires_at="2026-01-01")}
    site = city("[旧い*計画*](old.md#a)", "ja", **expired).at(parse_time("2026-04-01"))
    assert article_of(site, "ja/plan/now.md").html == "<p><span>旧い<em>計画</em></span></p>"


def test_a_path_may_be_percent_encoded_and_an_address_always_is() -> None:
    japanese = {"ja/plan/粗大 ごみ.md": source(1000010, "粗大ごみ")}
    for target in ("%E7%B2%97%E5%A4%A7%20%E3%81%94%E3%81%BF.md", "<粗大 ごみ.md>"):
        site = city(f"[a]({target})", "ja", **japanese)
        assert article_of(site, "ja/plan/now.md").html == (
            '<p><a href="/plan/%E7%B2%97%E5%A4%A7%20%E3%81%94%E3%81%BF/">a</a></p>'
        )


def test_a_link_written_as_html_leads_to_the_page_too() -> None:
    assert html('<a href="index.md#aim">aim</a>') == '<p><a href="/en/plan/#aim">aim</a></p>'
    assert html('<div><a href="meeting.md">a</a></div>') == (
        '<div><a href="/plan/meeting/#from-en">a</a></div>'
    )


def test_a_path_out_of_the_locales_folder_is_left_alone() -> None:
    assert html("[a](../../ja/x.md)") == '<p><a href="../../ja/x.md">a</a></p>'


# Assets -----------------------------------------------------------------------------------------

ASSETS = {
    "en/plan/map.png": Asset("/en/plan/map.png", (640, 480)),
    "ja/plan/map.png": Asset("/plan/map.png", (320, 240)),
    "ja/plan/chart.png": Asset("/plan/chart.png", (300, 200)),
    "assets/leaflet.pdf": Asset("/assets/leaflet.pdf"),
    "assets/logo.svg": Asset("/assets/logo.svg"),
    "ja/plan/駅 前.png": Asset("/plan/駅 前.png", (2, 1)),
}


def with_assets(body: str, assets: Mapping[str, Asset] = ASSETS, base_path: str = "/") -> str:
    return article_of(city(body), "en/plan/now.md", base_path, assets.get).html


def image(src: str, alt: str, size: str = "") -> str:
    return f'<p><img alt="{alt}" decoding="async"{size} loading="lazy" src="{src}"></p>'


def sized(src: str, alt: str, width: int, height: int) -> str:
    return (
        f'<p><img alt="{alt}" decoding="async" height="{height}" loading="lazy" src="{src}" '
        f'width="{width}"></p>'
    )


def test_an_image_is_first_that_of_the_pages_own_language_and_has_its_size() -> None:
    assert with_assets("![Map](map.png)") == sized("/en/plan/map.png", "Map", 640, 480)


def test_an_image_is_else_that_of_the_default_language() -> None:
    assert with_assets("![Bars](chart.png)", base_path="/city/") == sized(
        "/city/plan/chart.png", "Bars", 300, 200
    )


def test_an_image_or_a_file_is_else_a_shared_one() -> None:
    assert with_assets("![City](../assets/logo.svg)") == image("/assets/logo.svg", "City")
    assert with_assets("[Leaflet](../assets/leaflet.pdf#page=2)") == (
        '<p><a href="/assets/leaflet.pdf#page=2">Leaflet</a></p>'
    )


def test_the_name_of_an_image_may_be_percent_encoded() -> None:
    address = "/plan/%E9%A7%85%20%E5%89%8D.png"
    for written in ("<駅 前.png>", "%E9%A7%85%20%E5%89%8D.png"):
        assert with_assets(f"![a]({written})") == sized(address, "a", 2, 1)


def test_an_image_written_as_html_is_found_too() -> None:
    assert with_assets('<img src="map.png" alt="Map">') == (
        '<p><img src="/en/plan/map.png" alt="Map"></p>'
    )


def test_a_missing_image_keeps_its_alternative() -> None:
    assert with_assets("![Map](nowhere.png)") == image("nowhere.png", "Map")


def test_a_decorative_image_has_an_empty_alternative() -> None:
    assert with_assets("![x](../assets/logo.svg){.decorative}") == (
        '<p><img alt="" class="decorative" decoding="async" loading="lazy" '
        'src="/assets/logo.svg"></p>'
    )


def test_an_image_elsewhere_is_left_as_it_is() -> None:
    assert with_assets("![a](https://other.example/a.png)") == (
        '<p><img alt="a" src="https://other.example/a.png"></p>'
    )


# Terms ------------------------------------------------------------------------------------------


def test_a_term_leads_to_its_explanation_and_the_first_use_can_be_returned_to() -> None:
    article = article_of(city("[ICT](term:ict), [ICT](term:ict)"), "en/plan/now.md")
    assert article.html == (
        '<p><a class="term" href="#term-ict" id="term-ict-use">ICT</a>, '
        '<a class="term" href="#term-ict">ICT</a></p>'
    )
    assert [(used.term.definition, used.locale.code) for used in article.terms] == [
        ("Information technology.", "en")
    ]


def test_a_term_without_translation_is_explained_in_the_default_language() -> None:
    article = article_of(city("[network](term:lgwan)"), "en/plan/now.md")
    assert article.html == (
        '<p><a class="term" href="#term-lgwan" id="term-lgwan-use">network</a></p>'
    )
    assert [(used.term.definition, used.locale.code) for used in article.terms] == [
        ("役所の回線。", "ja")
    ]


def test_an_unknown_term_stays_readable() -> None:
    assert "nothing" not in "".join(GLOSSARY.values())
    article = article_of(city("a [*word*](term:nothing)"), "en/plan/now.md")
    assert (article.html, article.terms) == ("<p>a <span><em>word</em></span></p>", ())


def test_terms_and_headings_of_one_page_are_not_those_of_the_next() -> None:
    site = city("## A\n\n[ICT](term:ict)")
    first, second = (article_of(site, f"{file}.md") for file in ("en/plan/now", "en/plan/index"))
    assert ([t.term.id for t in first.terms], [h.id for h in first.headings]) == (["ict"], ["a"])
    assert (second.terms, second.headings) == ((), ())


# Headings, directives, lists ------------------------------------------------------------------------


def test_headings_keep_their_japanese_words_as_ids() -> None:
    body = "## 申し込み方法\n\n### [ICT](term:ict) とは\n\n#### 細部\n\n##### 注\n\n## 別 {#other}"
    assert article_of(city(body, "ja"), "ja/plan/now.md").headings == (
        Heading(2, "申し込み方法", "申し込み方法"),
        Heading(3, "ict-とは", "ICT とは"),
        Heading(4, "細部", "細部"),
        Heading(2, "other", "別"),
    )


def test_the_language_of_a_target_is_no_part_of_a_heading() -> None:
    assert article_of(city("## [a](meeting.md)"), "en/plan/now.md").headings == (
        Heading(2, "a", "a"),
    )


def test_a_directive_is_a_place_for_a_list_between_the_parts_of_the_article() -> None:
    article = article_of(
        city("Before\n\n[[news limit=5]]\n\nAfter\n\n[[contact]]"), "en/plan/now.md"
    )
    assert [part if isinstance(part, Listing) else part.strip() for part in article.parts] == [
        "<p>Before</p>",
        Listing("news", {"limit": "5"}),
        "<p>After</p>",
        Listing("contact"),
    ]
    assert "news" not in article.html


@pytest.mark.parametrize("text", ["see [[news]] here", "[[News]]", "`[[news]]`", "- [[news]]"])
def test_brackets_within_text_are_no_directive(text: str) -> None:
    article = article_of(city(text), "en/plan/now.md")
    assert [type(part) for part in article.parts] == [str]


def test_a_class_below_a_list_belongs_to_the_list_and_words_after_a_link_tell_about_it() -> None:
    assert html("- [A](index.md): about *A*\n- [B](#b)：about B\n- [C](#c)\n{: .tasks }") == (
        '<ul class="tasks">\n'
        '<li><a href="/en/plan/">A</a><span class="about">about <em>A</em></span></li>\n'
        '<li><a href="#b">B</a><span class="about">about B</span></li>\n'
        '<li><a href="#c">C</a></li>\n'
        "</ul>"
    )


def test_a_list_without_a_class_is_left_as_it_is() -> None:
    assert html("- [A](#a): about A") == '<ul>\n<li><a href="#a">A</a>: about A</li>\n</ul>'


@pytest.mark.parametrize(
    ("locale", "words"),
    [("ja", "本文に戻る"), ("en", "Back to the text"), ("ko", "본문으로 돌아가기")],
)
def test_the_way_back_from_a_footnote_is_told_in_the_readers_language(
    locale: str, words: str
) -> None:
    assert html("A[^1]\n\n[^1]: B", locale) == (
        '<p>A<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup></p>\n'
        '<div class="footnote">\n<hr>\n<ol>\n<li id="fn:1">\n<p>B&nbsp;<a '
        f'aria-label="{words}" class="footnote-backref" href="#fnref:1" title="{words}">↩</a></p>\n'
        "</li>\n</ol>\n</div>"
    )


def test_every_article_of_the_demo_is_what_plain_python_markdown_makes_of_it() -> None:
    site = demo()
    typesetter = Typesetter(site, catalogues_of(site))
    extensions, configs = PROJECT.markdown_extensions, dict(PROJECT.extension_configs)
    renderer = ArticleRenderer(typesetter, extensions, configs)
    plain = markdown.Markdown(
        extensions=[*extensions, typesetter.extension], extension_configs=configs
    )
    # Neither with what makes it quick, here or in `quicken`.
    plain.treeprocessors.register(InlineProcessor(plain), "inline", 20)
    for page in site.pages:
        quick = renderer.render(page)
        typesetter.begin(page)
        assert quick == typesetter.finish(plain.reset().convert(page.body)), page.file


def test_rendering_before_a_page_is_begun_is_a_mistake_of_the_engine() -> None:
    with pytest.raises(RuntimeError, match="begin"):
        _ = Typesetter(city(""), {}).page
