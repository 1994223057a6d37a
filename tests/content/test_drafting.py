"""Drafts are valid as they stand, and a stamp changes two values and nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime
from random import Random

import pytest

from machikado.check import check_sources
from machikado.content.drafting import (
    Draft,
    DraftError,
    draft_news,
    draft_page,
    draft_translation,
    stamp,
)
from machikado.content.front_matter import Method, PageType
from machikado.content.page import Page
from machikado.content.reader import read_site
from machikado.content.site import Site, TranslationStatus
from machikado.content.tree import MemoryTree
from small_city import (
    CATEGORIES,
    DEPARTMENTS,
    LOCALES,
    news,
    page_of,
    site_of,
    source,
    translated,
)

NOW = datetime(2026, 11, 22, 20, 30, 15, 500, tzinfo=UTC)
"""5:30 in the morning of the 23rd in Tokyo."""
HOME = source(1000001, "トップ", department="somu", category="site")
NEWS = source(1000002, "お知らせ", type="section", department="joho", category="plan")
ITEM = news(1001001, "一つ目", "2026-11-16", summary="要約")
PAGES = {"ja/index.md": HOME, "ja/news/index.md": NEWS, "ja/news/a.md": ITEM}


@pytest.fixture
def city() -> Site:
    return site_of(PAGES)


def page(site: Site, path: str, title: str = "題名", **options: str) -> Draft:
    return draft_page(site, path, title, now=NOW, chance=Random(7), **options)  # noqa: S311


def item(site: Site, title: str = "題名", **options: object) -> Draft:
    given = {"authority": "city.example", "now": NOW, "chance": Random(7)} | options  # noqa: S311
    return draft_news(site, title, **given)  # type: ignore[arg-type]


def read_with(draft: Draft) -> Page:
    """The drafted page, read together with the city; every check finds nothing."""
    tree = MemoryTree(
        {f"docs/{name}": text for name, text in PAGES.items()}
        | {
            "i18n/locales.yml": LOCALES,
            "i18n/departments.yml": DEPARTMENTS,
            "i18n/categories.yml": CATEGORIES,
            draft.file: draft.text,
        }
    )
    reading = read_site(tree)
    assert [f.message.en for f in check_sources(tree, reading).findings] == []
    return next(page for page in reading.site.pages if page.file == draft.file)


def test_a_new_page_is_valid_and_has_an_id_of_seven_digits(city: Site) -> None:
    draft = page(city, "life/garbage", "ごみの出し方", department="joho")
    made = read_with(draft)
    assert draft.file == "docs/ja/life/garbage.md"
    assert (len(made.id), made.id.isdecimal(), made.id in city.ids) == (7, True, False)
    assert (made.title, made.meta.summary) == ("ごみの出し方", "ごみの出し方についてのページです。")
    assert made.meta.type is PageType.PAGE
    assert (made.meta.department, made.meta.category) == ("joho", "site")
    assert made.meta.updated_at == datetime.fromisoformat("2026-11-23T00:00+09:00")
    assert made.meta.review_by == date(2027, 11, 23)


def test_the_body_holds_guidance_that_readers_never_see(city: Site) -> None:
    body = read_with(page(city, "a")).body
    assert body.startswith("\n<!--\n書き方（この囲みの中は公開されません。")
    assert body.endswith("-->\n\n題名についてのページです。\n")


@pytest.mark.parametrize(
    ("path", "file", "kind"),
    [
        ("life/", "docs/ja/life/index.md", PageType.SECTION),
        ("life/index.md", "docs/ja/life/index.md", PageType.SECTION),
        ("docs/ja/life/a.md", "docs/ja/life/a.md", PageType.PAGE),
    ],
)
def test_the_path_may_be_given_as_people_write_it(
    city: Site, path: str, file: str, kind: PageType
) -> None:
    made = read_with(page(city, path))
    assert (made.file, made.meta.type) == (file, kind)


@pytest.mark.parametrize(
    "title",
    [
        '題名: "副題"',
        "- 一覧のような題名",
        "2026",
        "null",
        "#1 の題名",
        "1. 題名",
        "[[news]]",
        "<b>*題名*</b>",
        "改行の\n題名",
    ],
)
def test_a_title_of_any_characters_makes_valid_front_matter(city: Site, title: str) -> None:
    assert read_with(page(city, "a", title)).title == " ".join(title.split())


def test_an_id_that_is_taken_is_not_given_again() -> None:
    taken = page(site_of({}), "a").text.split("\n")[1].removeprefix("id: ")
    site = site_of({"ja/b.md": source(int(taken), "B")})
    assert f"id: {taken}\n" not in page(site, "a").text


@pytest.mark.parametrize(
    ("path", "options", "said"),
    [
        ("index.md", {}, "The address `/` already belongs to docs/ja/index.md."),
        ("news", {}, "The address `/news/` already belongs to docs/ja/news/index.md."),
        ("../x", {}, "`..` cannot be part of an address;"),
        ("ごみ", {}, "`ごみ` cannot be part of an address;"),
        ("Life", {}, "`Life` cannot be part of an address;"),
        ("a", {"department": "kikaku"}, "There is no department `kikaku`; known are joho, somu."),
        ("a", {"category": "x"}, "There is no category `x`; known are emergency, plan, site."),
        ("a", {"locale": "fr"}, "There is no locale `fr`;"),
        ("news/a.md", {"locale": "en"}, "docs/ja/news/a.md has this path;"),
        ("a", {"title": " "}, "The title is empty."),
    ],
)
def test_what_cannot_be_drafted_is_refused_with_a_reason(
    city: Site, path: str, options: dict[str, str], said: str
) -> None:
    with pytest.raises(DraftError) as refused:
        page(city, path, **options)
    assert refused.value.text.en.startswith(said)
    assert refused.value.text.ja


def test_a_news_item_has_a_permanent_feed_id_and_its_time_with_zone(city: Site) -> None:
    made = read_with(item(city, "大雪の日のごみ収集", slug="snow", category="emergency"))
    assert made.file == "docs/ja/news/2026-11-23-snow.md"
    assert made.meta.type is PageType.NEWS
    assert made.meta.feed_id == f"tag:city.example,2026-11-23:ja/{made.id}"
    assert (made.meta.department, made.meta.category) == ("joho", "emergency")
    assert "\npublish_at: 2026-11-23T05:30:15+09:00\n" in item(city).text


def test_a_news_item_without_a_slug_is_named_for_its_id(city: Site) -> None:
    made = read_with(item(city, publish_at=datetime.fromisoformat("2026-12-01T08:30+09:00")))
    assert made.file == f"docs/ja/news/2026-12-01-{made.id}.md"
    assert made.meta.publish_at == datetime.fromisoformat("2026-12-01T08:30+09:00")
    # RFC 4151: the day on which the authority was surely the city's, whenever the item appears.
    assert made.meta.feed_id == f"tag:city.example,2026-11-23:ja/{made.id}"


def test_a_slug_that_is_no_address_is_refused(city: Site) -> None:
    with pytest.raises(DraftError, match="cannot be part of an address"):
        item(city, slug="大雪")


def test_a_translation_is_drafted_from_the_words_of_its_source(city: Site) -> None:
    original = page_of(city, "ja/news/a.md")
    draft = draft_translation(
        city, original, "en", authority="city.example", now=NOW, method=Method.MACHINE
    )
    made = read_with(draft)
    assert (made.file, made.id, made.body) == ("docs/en/news/a.md", original.id, original.body)
    assert (made.title, made.meta.summary) == ("一つ目", "要約")
    assert made.meta.feed_id == "tag:city.example,2026-11-16:en/1001001"
    assert made.meta.translation is not None
    assert made.meta.translation.source_hash == original.digest
    assert made.meta.translation.method is Method.MACHINE
    assert made.meta.translation.reviewer is None
    assert made.meta.translation.date == date(2026, 11, 23)


def test_a_translation_is_drafted_only_from_a_source_and_only_once() -> None:
    site = site_of({"ja/a.md": HOME, "en/b.md": translated(HOME, "Home")})
    options = {"authority": "city.example", "now": NOW}
    with pytest.raises(DraftError, match=r"already exists in en: docs/en/b.md"):
        draft_translation(site, page_of(site, "ja/a.md"), "en", **options)  # type: ignore[arg-type]
    with pytest.raises(DraftError, match=r"give its source, docs/ja/a.md"):
        draft_translation(site, page_of(site, "en/b.md"), "ko", **options)  # type: ignore[arg-type]


BLOCK = """\
---
id: 1000001 # kept
title: "Home"
updated_at: 2026-11-01
translation:
  source_hash: ""   # what it was made from
  method: machine
  reviewer: null
  date: 2026-11-20
---

date: 2026-11-20 in the text stays.
"""


def test_a_stamp_changes_the_digest_and_the_date_and_nothing_else() -> None:
    after = stamp(BLOCK, "0123456789abcdef", date(2026, 11, 23))
    changed = [
        (before, now)
        for before, now in zip(BLOCK.split("\n"), after.split("\n"), strict=True)
        if before != now
    ]
    assert changed == [
        (
            '  source_hash: ""   # what it was made from',
            '  source_hash: "0123456789abcdef"   # what it was made from',
        ),
        ("  date: 2026-11-20", "  date: 2026-11-23"),
    ]


@pytest.mark.parametrize(
    "written",
    [
        "translation: { source_hash: '', method: machine, reviewer: null, date: 2026-11-20 }",
        "translation:\n  source_hash:\n  method: machine\n  date: '2026-11-20'",
    ],
)
def test_a_stamp_fits_however_the_translation_is_written(written: str) -> None:
    page_text = f"---\nid: 1000001\ntitle: Home\n{written}\n---\n".replace("\n", "\r\n")
    after = stamp(page_text, "0123456789abcdef", date(2026, 11, 23))
    tree = {"i18n/locales.yml": LOCALES, "docs/ja/index.md": HOME, "docs/en/index.md": after}
    made = read_site(MemoryTree(tree)).site
    translation = page_of(made, "en/index.md").meta.translation
    assert translation is not None
    assert translation.source_hash == "0123456789abcdef"
    assert translation.date == date(2026, 11, 23)
    assert after.count("\r\n") == page_text.count("\r\n") == after.count("\n")


def test_a_stamp_that_has_no_place_is_refused_with_what_to_write() -> None:
    with pytest.raises(DraftError, match='Write source_hash: "0123456789abcdef"'):
        stamp("---\nid: 1\ntitle: T\n---\n", "0123456789abcdef", date(2026, 11, 23))


def test_a_stamped_translation_is_current() -> None:
    outdated = translated(HOME, "Home", digest="")
    digest = page_of(site_of({"ja/index.md": HOME}), "ja/index.md").digest
    site = site_of(
        {"ja/index.md": HOME, "en/index.md": stamp(outdated, digest, date(2026, 11, 23))}
    )
    assert site.status("1000001", site.locales["en"]) is TranslationStatus.CURRENT
