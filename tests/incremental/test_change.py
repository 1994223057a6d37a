"""Each facet of a source touches the facts that tell of it, and no others."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from machikado.content.front_matter import PageType
from machikado.incremental.change import Order, Stand, touched

PAGE = Stand(
    "docs/ja/plan/a.md", "ja", "plan/a.md", is_default=True,
    id="1001", card=b"{}", digest="d1", claims=frozenset({"id ja:1001"}), public=True,
)  # fmt: skip
HIDDEN = replace(PAGE, public=False)
UNREADABLE = Stand(PAGE.file, PAGE.locale, PAGE.path, is_default=True)
NEWS = replace(PAGE, order=Order(PageType.NEWS, "2026-04-01", None, "joho"))
EVENT = replace(PAGE, order=Order(PageType.EVENT, "2026-04-01", "site"))
PLACES = ("path ja/plan/a.md", "below ja/plan/index.md", "mapped ja", "locale ja", "id 1001")
ALL = {f"+{key}" for key in PLACES}


def test_what_stands_as_before_touches_nothing() -> None:
    assert set(touched(PAGE, PAGE)) == set(touched(None, None)) == set()


@pytest.mark.parametrize(
    ("change", "keys"),
    [
        ({"card": b'{"title": 1}'}, {"card docs/ja/plan/a.md"}),
        ({"digest": "d2"}, {"digest docs/ja/plan/a.md"}),
        ({"faulty": ("review_by",)}, {"faulty docs/ja/plan/a.md"}),
        ({"claims": frozenset({"alias /old/", "id ja:1001"})}, {"claim alias /old/"}),
        ({"claims": frozenset()}, {"claim id ja:1001"}),
        ({"public": False}, {*PLACES}),
        ({"id": "1002"}, {*ALL, *PLACES, "+id 1002", "id 1002"}),
        ({"order": Order(PageType.NEWS, "2026-04-01")}, {"+news ja", "news ja", "+urgent", "urgent"}),
        ({"order": Order(PageType.EVENT, "2026-04-01", "site")}, {"+events ja", "events ja"}),
    ],
)  # fmt: skip
def test_a_facet_touches_what_tells_of_it(change: dict[str, Any], keys: set[str]) -> None:
    changed = replace(PAGE, **change)
    assert set(touched(PAGE, changed)) == keys
    assert set(touched(changed, PAGE)) == keys


def test_a_page_that_nobody_sees_touches_the_whole_site_alone() -> None:
    assert set(touched(HIDDEN, replace(HIDDEN, id="1002"))) == {*ALL, "+id 1002"}


def test_a_page_that_comes_or_goes_touches_all_that_lists_it() -> None:
    keys = {
        *ALL, *PLACES, "unread plan/a.md", "file ja/plan/a.md",
        "card docs/ja/plan/a.md", "digest docs/ja/plan/a.md", "claim id ja:1001",
    }  # fmt: skip
    assert set(touched(None, PAGE)) == keys
    assert set(touched(PAGE, None)) == keys
    assert set(touched(PAGE, UNREADABLE)) == keys


def test_a_file_that_is_no_page_touches_only_that_it_is_there() -> None:
    assert set(touched(None, UNREADABLE)) == {"unread plan/a.md", "file ja/plan/a.md"}


def test_only_the_default_locale_has_files_that_excuse_a_translation() -> None:
    english = replace(UNREADABLE, file="docs/en/plan/a.md", locale="en", is_default=False)
    assert set(touched(None, english)) == {"file en/plan/a.md"}


def test_news_that_end_touch_the_lists_that_readers_see() -> None:
    keys = set(touched(NEWS, replace(NEWS, public=False)))
    assert keys == {*PLACES, "news ja", "news ja department joho", "urgent"}


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"category": "site"}, {"urgent", "news ja category site"}),
        ({"department": "somu"}, {"news ja department joho", "news ja department somu"}),
        ({"date": "2026-04-02"}, {"urgent", "news ja", "news ja department joho"}),
        ({"type": PageType.EVENT}, {"urgent", "news ja", "news ja department joho", "events ja"}),
    ],
)
def test_news_touch_the_lists_alone_that_they_enter_leave_or_move_in(
    change: dict[str, Any], names: set[str]
) -> None:
    order = NEWS.order
    assert order is not None
    keys = set(touched(NEWS, replace(NEWS, order=order._replace(**change))))
    assert keys == {f"{view}{name}" for view in ("", "+") for name in names}


def test_events_are_in_no_list_of_news() -> None:
    assert set(touched(EVENT, replace(EVENT, public=False))) == {*PLACES, "events ja"}


def test_a_new_number_moves_news_among_those_of_the_same_moment() -> None:
    assert "news ja" in set(touched(NEWS, replace(NEWS, id="1002")))


def test_a_home_page_is_below_itself() -> None:
    home = replace(PAGE, file="docs/ja/index.md", path="index.md")
    assert "below ja/index.md" in set(touched(None, home))
