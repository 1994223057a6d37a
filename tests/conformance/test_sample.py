from __future__ import annotations

from machikado.conformance.policy import Selection
from machikado.conformance.sample import choose, digest_of
from small_city import demo, news, page_of, site_of, source, translated

HOME = source(1000001, "トップ")
SITE = site_of(
    {
        "ja/index.md": HOME,
        "ja/404.md": source(1000002, "ありません"),
        "ja/search.md": source(1000003, "検索", "[[search]]"),
        "ja/accessibility.md": source(1000004, "方針"),
        "ja/plan/index.md": source(1000005, "計画", type="section"),
        "ja/plan/background.md": source(1000006, "背景"),
        "ja/plan/goals.md": source(1000007, "目標"),
        "ja/help/index.md": source(1000008, "使い方", type="help"),
        "ja/news/2026-04-01-a.md": news(1000009, "知らせ", "2026-04-01"),
        "en/index.md": translated(HOME, "Home"),
    }
)


def chosen(selection: Selection) -> list[tuple[str, str]]:
    return [(page.address, page.why) for page in choose(SITE, selection).pages]


def test_every_kind_is_stood_for_and_the_rest_is_by_lot() -> None:
    assert chosen(Selection(pages=9)) == [
        ("/", "home"),
        ("/en/", "home"),
        ("/plan/", "section"),
        ("/plan/background/", "article"),
        ("/news/2026-04-01-a/", "news"),
        ("/search/", "search"),
        ("/accessibility/", "accessibility"),
        ("/help/", "help"),
        ("/plan/goals/", "random"),
    ]


def test_the_page_for_unknown_addresses_is_never_chosen() -> None:
    assert len(SITE.pages) == 10
    assert len(chosen(Selection(pages=40))) == 9


def test_a_sample_is_the_same_for_a_seed_and_another_for_another() -> None:
    picks = [
        [page.address for page in choose(demo(), Selection(seed=seed)).pages]
        for seed in ("1", "1", "2")
    ]
    assert picks[0] == picks[1]
    assert len(picks[0]) == len(picks[2]) == 40
    assert set(picks[0]) != set(picks[2])


def test_a_new_page_changes_one_choice_at_most() -> None:
    pages = {f"ja/p{n}.md": source(2000000 + n, f"題{n}") for n in range(60)}
    selection = Selection(pages=20, representative=())
    before = choose(site_of(pages), selection).pages
    after = choose(site_of(pages | {"ja/new.md": source(1999999, "新")}), selection).pages
    assert len({page.address for page in before} - {page.address for page in after}) <= 1


def test_a_policy_can_name_pages_and_hears_of_those_that_are_not_there() -> None:
    sample = choose(SITE, Selection(1, representative=("/plan/goals/", "/gone/", "news")))
    assert [(page.address, page.why) for page in sample.pages] == [
        ("/plan/goals/", "address"),
        ("/news/2026-04-01-a/", "news"),
    ]
    assert sample.missing == ("/gone/",)


def test_the_digest_of_a_page_that_the_report_writes_never_changes() -> None:
    mark = "<!-- machikado report: generated -->\n\n"
    first, second = (
        page_of(site_of({"ja/a.md": source(1000001, "題", mark + body)}), "ja/a.md")
        for body in ("一", "二")
    )
    assert digest_of(first) == digest_of(second) == "generated"
    written = page_of(SITE, "ja/index.md")
    assert digest_of(written) == written.digest
