"""Pages of one site beside each other: titles, menus, names."""

from __future__ import annotations

from machikado.audit.consistency import Entry, compare

MENU = (("ごみ", "http://a.example/waste/"), ("税", "http://a.example/tax/"))


def _page(
    name: str,
    title: str | None = None,
    menu: tuple[tuple[str, str], ...] = MENU,
    locale: str = "ja",
) -> Entry:
    return Entry(name, locale, title or f"{name} - まちかど市", {"メニュー": menu})


def _said(*pages: Entry) -> list[tuple[str, str]]:
    return [(finding.check, finding.page) for finding in compare(pages)]


def test_pages_that_agree_are_not_accused() -> None:
    assert _said(_page("/a/"), _page("/b/"), _page("/c/")) == []


def test_two_pages_of_one_title_are_both_told() -> None:
    assert _said(_page("/a/", "まち"), _page("/b/", "まち"), _page("/c/")) == [
        ("duplicate-title", "/a/"),
        ("duplicate-title", "/b/"),
    ]


def test_one_title_in_two_languages_is_no_duplicate() -> None:
    assert _said(_page("/a/", "PDF"), _page("/en/a/", "PDF", locale="en")) == []


def test_a_menu_in_another_order_is_told_where_it_differs() -> None:
    assert _said(_page("/a/"), _page("/b/"), _page("/c/", menu=MENU[::-1])) == [
        ("inconsistent-navigation", "/c/")
    ]


def test_a_menu_with_more_or_fewer_links_is_consistent() -> None:
    longer = (MENU[0], ("水道", "http://a.example/water/"), MENU[1])
    assert _said(_page("/a/"), _page("/b/"), _page("/c/", menu=longer)) == []
    assert _said(_page("/a/"), _page("/b/"), _page("/c/", menu=MENU[:1])) == []


def test_a_menu_name_that_leads_elsewhere_on_one_page_is_told() -> None:
    other = (("ごみ", "http://a.example/garbage/"), MENU[1])
    pages = [_page(f"/{number}/") for number in range(4)]
    assert _said(*pages, _page("/x/", menu=other)) == [("inconsistent-identification", "/x/")]


def test_a_menu_target_of_another_name_on_one_page_is_told() -> None:
    other = (("廃棄物", "http://a.example/waste/"), MENU[1])
    pages = [_page(f"/{number}/") for number in range(4)]
    assert _said(*pages, _page("/x/", menu=other)) == [("inconsistent-identification", "/x/")]
