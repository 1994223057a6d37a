from __future__ import annotations

import json

from machikado.content.site import TranslationStatus
from machikado.sitewide.status import translation_status
from small_city import demo, outputs_of, site_of, source, translated

HOME, PLAN, NEWS = (source(1000001 + n, title) for n, title in enumerate(("家", "計画", "知らせ")))
SITE = site_of(
    {
        "ja/index.md": HOME,
        "ja/plan.md": PLAN,
        "ja/news.md": NEWS,
        "en/index.md": translated(HOME, "Home", reviewer="Sato"),
        "en/plan.md": translated(PLAN, "Plan", digest="0123456789abcdef"),
        "en/only.md": source(1000009, "Only here"),
    }
)


def test_the_status_of_a_locale_counts_its_pages_and_names_what_waits_for_work() -> None:
    status = {row.locale.code: row for row in translation_status(SITE)}
    assert list(status) == ["ja", "ja-easy", "en", "zh-Hant", "ko"]
    assert status["en"].counts == {
        TranslationStatus.SOURCE: 1,
        TranslationStatus.CURRENT: 1,
        TranslationStatus.OUTDATED: 1,
        TranslationStatus.MISSING: 1,
    }
    assert status["en"].outdated == ("docs/en/plan.md",)
    assert status["en"].missing == ("docs/ja/news.md",)
    assert status["en"].unreviewed == 1


def test_a_page_that_only_a_translation_has_is_missing_elsewhere() -> None:
    status = {row.locale.code: row for row in translation_status(SITE)}
    assert status["ja"].missing == ("docs/en/only.md",)
    assert status["ko"].counts[TranslationStatus.MISSING] == 4
    assert status["ko"].missing == (
        "docs/en/only.md",
        "docs/ja/index.md",
        "docs/ja/news.md",
        "docs/ja/plan.md",
    )


def test_the_counts_of_every_locale_of_the_demo_add_up_to_all_pages() -> None:
    for status in translation_status(demo()):
        assert sum(status.counts.values()) == len(demo().ids)


def test_the_status_is_published_as_json() -> None:
    data = json.loads(outputs_of(SITE)["status.json"])
    assert data["schema"] == 1
    assert data["locales"][2] == {
        "locale": "en",
        "counts": {"source": 1, "current": 1, "outdated": 1, "missing": 1},
        "unreviewed": 1,
    }
