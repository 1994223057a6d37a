"""Which pages are shown whole, and which by their article alone."""

from __future__ import annotations

from pathlib import Path

from small_pages import write_site

from machikado.audit.survey import frame_of, plan, read_leaf, read_leaves, reader_themes

STYLE = '<link rel="stylesheet" href="/s.css">'


def page(main: str, kind: str = "page", lang: str = "ja", title: str = "題名") -> str:
    return (
        f'<!doctype html><html lang="{lang}"><head><title>{title}</title>{STYLE}'
        f'<script src="/a.js"></script></head><body class="kind-{kind}"><header>部品</header>'
        f'<main id="main">{main}</main><footer>部品</footer></body></html>'
    )


def names(site_dir: Path) -> tuple[list[tuple[str, bool]], list[tuple[str, str]]]:
    scheme = plan([leaf for leaf in read_leaves(site_dir) if not leaf.is_redirect])
    return (
        [(leaf.address, is_frame) for leaf, is_frame in scheme.whole],
        [(leaf.address, frame.address) for leaf, frame in scheme.swapped],
    )


def test_one_page_of_each_template_and_language_is_shown_whole(tmp_path: Path) -> None:
    write_site(
        tmp_path,
        {
            "index.html": page("家", "home"),
            "a/index.html": page("一"),
            "b/index.html": page("二"),
            "en/a/index.html": page("one", lang="en"),
            "en/b/index.html": page("two", lang="en"),
        },
    )
    assert names(tmp_path) == (
        [("/a/", True), ("/en/a/", True), ("/", True)],
        [("/b/", "/a/"), ("/en/b/", "/en/a/")],
    )


def test_what_lives_by_its_own_scripts_is_shown_whole(tmp_path: Path) -> None:
    alive = (
        "<form><label>名前<input></label></form>",
        "<machikado-search></machikado-search>",
        '<p onclick="go()">押す</p>',
        "<video src=x></video>",
    )
    write_site(
        tmp_path,
        {"0/index.html": page("文")}
        | {f"{number + 1}/index.html": page(main) for number, main in enumerate(alive)}
        | {"details/index.html": page("<details><summary>開く</summary>中</details>")},
    )
    whole, swapped = names(tmp_path)
    assert whole == [("/0/", True), *((f"/{n + 1}/", False) for n in range(len(alive)))]
    assert swapped == [("/details/", "/0/")]


def test_a_page_that_is_not_built_as_ours_are_stands_for_itself(tmp_path: Path) -> None:
    write_site(
        tmp_path,
        {
            "a.html": "<html><body><p>手で書いたページ</body></html>",
            "b.html": "<html><body><p>手で書いたページ</body></html>",
        },
    )
    assert names(tmp_path) == ([("/a.html", False), ("/b.html", False)], [])


def test_pages_that_lead_elsewhere_and_files_that_are_no_html_are_known(tmp_path: Path) -> None:
    write_site(
        tmp_path,
        {
            "old.html": '<meta http-equiv="refresh" content="0; url=/new/">',
            "later.html": '<meta http-equiv="refresh" content="30; url=/new/">',
            "image.html": b"\x89PNG\0\0",
        },
    )
    old = read_leaf("/old.html", tmp_path / "old.html")
    later = read_leaf("/later.html", tmp_path / "later.html")
    image = read_leaf("/image.html", tmp_path / "image.html")
    assert (old.is_redirect, later.is_redirect) == (True, False)
    assert (old.is_markup, image.is_markup) == (True, False)


def test_an_article_is_known_by_what_is_shown_of_it_alone(tmp_path: Path) -> None:
    write_site(tmp_path, {"a.html": page("同じ").replace("部品", "一"), "b.html": page("同じ")})
    a, b = read_leaf("/a", tmp_path / "a.html"), read_leaf("/b", tmp_path / "b.html")
    assert (a.article == b.article, a.whole == b.whole) == (True, False)
    write_site(tmp_path, {"b.html": page("同じ", title="別の題名")})
    assert a.article != read_leaf("/b", tmp_path / "b.html").article


def test_a_swap_carries_the_article_its_title_and_its_attributes(tmp_path: Path) -> None:
    write_site(tmp_path, {"a.html": page("<p>文 &amp; 字</p>", title="A &amp; B")})
    swap = read_leaf("/a", tmp_path / "a.html").swap("http://x/a", {"data-furigana": "none"})
    assert swap.title == "A & B"
    assert swap.html == (("lang", "ja"), ("data-furigana", "none"))
    assert swap.body == (("class", "kind-page"),)
    assert swap.main == '<main id="main"><p>文 &amp; 字</p></main>'


def test_a_frame_is_a_page_without_scripts_and_without_a_body() -> None:
    assert frame_of(page("文")) == (
        f'<!doctype html><html lang="ja"><head><title>題名</title>{STYLE}'
        '</head><body class="kind-page"></body></html>'
    )


def test_the_colours_that_readers_choose_are_read_from_the_style_sheets(tmp_path: Path) -> None:
    write_site(
        tmp_path,
        {
            "a.css": '[data-theme="auto"], [data-theme="light"] {} [data-theme="dark"] {} [data-theme="white-on-navy"] {}'
        },
    )
    assert reader_themes(tmp_path) == ("white-on-navy",)
