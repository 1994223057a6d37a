from __future__ import annotations

import pytest

from machikado.feeds.sanitising import article_html, plain

PAGE = "https://city.example/base/en/news/open/"


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("../closed/", "https://city.example/base/en/news/closed/"),
        ("#how", "https://city.example/base/en/news/open/#how"),
        ("/base/plan/", "https://city.example/base/plan/"),
        ("//other.example/x", "https://other.example/x"),
        ("../粗大/", "https://city.example/base/en/news/%E7%B2%97%E5%A4%A7/"),
        ("?a=1&amp;b=2", "https://city.example/base/en/news/open/?a=1&amp;b=2"),
        ("https://other.example/", "https://other.example/"),
        ("mailto:a@city.example", "mailto:a@city.example"),
        ("tel:0190000000", "tel:0190000000"),
    ],
)
def test_links_become_absolute(href: str, url: str) -> None:
    assert article_html(f'<a href="{href}">x</a>', PAGE) == f'<a href="{url}">x</a>'


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "java\x01script:alert(1)",
        "&#1;javascript:alert(1)",
        "data:text/html,x",
        "http://[x",
    ],
)
def test_unsafe_and_broken_links_lose_their_target(href: str) -> None:
    assert article_html(f'<a href="{href}">x</a>', PAGE) == "<a>x</a>"


def test_a_scheme_broken_by_a_character_reference_stays_a_harmless_path() -> None:
    html = article_html('<a href="java&#1;script:alert(1)">x</a>', PAGE)
    assert html == f'<a href="{PAGE}java%01script:alert(1)">x</a>'


def test_images_become_absolute_and_keep_their_alternative_and_size() -> None:
    html = article_html(
        '<img src="map.png" alt="地図" width="3" srcset="b.png 2x" onerror="x()">', PAGE
    )
    assert html == f'<img src="{PAGE}map.png" alt="地図" width="3">'


def test_ruby_leaves_its_base_text_only() -> None:
    html = article_html("<p><ruby>粗大<rp>(</rp><rt>そだい</rt><rp>)</rp></ruby>ごみ</p>", PAGE)
    assert html == "<p>粗大ごみ</p>"


@pytest.mark.parametrize(
    "html",
    [
        "<script>x()</script>",
        "<style>p{}</style>",
        "<form><label>名前<input></label><button>送る</button></form>",
        "<svg><text>39</text></svg>",
        "<iframe src='x'>x</iframe>",
        "<template><p>x</p></template>",
        "<!-- x -->",
    ],
)
def test_what_means_nothing_outside_the_page_is_left_out_with_its_text(html: str) -> None:
    assert article_html(f"<p>前</p>{html}<p>後</p>", PAGE) == "<p>前</p><p>後</p>"


def test_ids_classes_styles_and_handlers_are_removed() -> None:
    html = '<h2 id="a" class="b" style="color:red" onclick="x()" data-x="1">見出し</h2>'
    assert article_html(html, PAGE) == "<h2>見出し</h2>"


def test_languages_are_kept() -> None:
    html = '<p><span lang="en">ICT</span> <a href="https://x.example/" hreflang="ja">x</a></p>'
    assert article_html(html, PAGE) == html


def test_tables_keep_their_caption_and_headers() -> None:
    html = (
        '<table><caption>表</caption><thead><tr><th scope="col">年度</th></tr></thead>'
        '<tbody><tr><td colspan="2">39</td></tr></tbody></table>'
    )
    assert article_html(html, PAGE) == html


def test_control_characters_are_removed_however_they_are_written() -> None:
    assert article_html("<p>a\x01b&#2;c\x85d&#xfffe;e\ttab</p>\n", PAGE) == "<p>abcde\ttab</p>"


def test_plain_text_is_one_line_and_keeps_markup_as_text() -> None:
    assert plain(" a\x00\n b\t<b>&amp;</b> ") == "a b <b>&amp;</b>"
    assert plain("雪\u202e逆\u2028\u2067次") == "雪逆 次"
