"""`machikado status` and `machikado translate`: what waits for translation, and how it is done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from machikado.cli.check import check
from machikado.cli.status import status
from machikado.cli.translate import translate
from scratch_city import Run, city_in, run

NOW = ("--now", "2026-11-23T09:00")
EN = "docs/en/index.md"
ITEM = "docs/ja/news/2026-11-16-a.md"


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return city_in(tmp_path)


def test_the_status_counts_every_page_and_lists_what_waits(city: Path) -> None:
    code, out, err = run(status, city, "--locale", "en")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "en: source 0, current 0, outdated 1, missing 1 (unreviewed 1)",
        f"  outdated: {EN}",
        f"  missing: {ITEM}",
    ]


def test_the_status_is_machine_readable(city: Path) -> None:
    rows = json.loads(run(status, city, "--format", "json").out)["locales"]
    assert [row["locale"] for row in rows] == ["ja", "ja-easy", "en", "zh-Hant", "ko"]
    assert rows[0]["counts"] == {"source": 2, "current": 0, "outdated": 0, "missing": 0}
    assert rows[2] == {
        "locale": "en",
        "counts": {"source": 0, "current": 0, "outdated": 1, "missing": 1},
        "unreviewed": 1,
        "outdated": [EN],
        "missing": [ITEM],
    }


def test_the_status_of_an_unknown_locale_is_wrong_use(city: Path) -> None:
    code, out, err = run(status, city, "--locale", "fr")
    assert (code, out) == (2, "")
    assert err == "There is no locale `fr`; the locales are ja, ja-easy, en, zh-Hant, ko.\n"


def test_the_status_says_when_faults_may_hide_pages(city: Path) -> None:
    (city / "docs/ja/a.md").write_text("書きかけ", encoding="utf-8")
    assert run(status, city).err.startswith("1 faults in the sources may keep pages out")


def test_a_translation_is_drafted_once(city: Path) -> None:
    made = run(translate, city, ITEM, "--to", "ko", "--method", "machine", *NOW)
    draft = "docs/ko/news/2026-11-16-a.md"
    assert made[:2] == (0, f"{draft}\n")
    text = (city / draft).read_text(encoding="utf-8")
    digest = text.split('source_hash: "')[1][:16]
    assert text == (
        "---\nid: 1001001\ntitle: お知らせ\nsummary: 要約\nupdated_at: 2026-11-23\n"
        f'translation:\n  source_hash: "{digest}"\n  method: machine\n  reviewer: null\n'
        "  date: 2026-11-23\nfeed_id: tag:city.example,2026-11-16:ko/1001001\n---\n\n本文\n"
    )
    # Until somebody has put it into Korean it cannot be published.
    assert run(check, city).out.startswith(f"{draft}:13: This is not translated yet")
    assert "current 1," in run(status, city, "--locale", "ko").out
    again = run(translate, city, ITEM, "--to", "ko", *NOW)
    assert again == Run(2, "", f"This page already exists in ko: {draft}.\n")


def test_a_stamp_makes_a_translation_current_and_changes_nothing_else(city: Path) -> None:
    file = city / EN
    before = file.read_text(encoding="utf-8")
    assert run(translate, city, EN, "--stamp", *NOW) == Run(
        0, f"{EN}\n", "1 translations stamped\n"
    )
    after = file.read_text(encoding="utf-8")
    digest = after.split('source_hash: "')[1][:16]
    assert after == before.replace('source_hash: ""', f'source_hash: "{digest}"').replace(
        "date: 2026-04-01", "date: 2026-11-23"
    )
    assert "current 1, outdated 0" in run(status, city, "--locale", "en").out


def test_all_outdated_translations_are_stamped_and_current_ones_keep_their_date(
    city: Path,
) -> None:
    assert run(translate, city, "--stamp", "--all", *NOW).out == f"{EN}\n"
    stamped = (city / EN).read_bytes()
    later = run(translate, city, "--stamp", "--all", "--now", "2026-12-24")
    assert later == Run(0, "", "0 translations stamped\n")
    assert (city / EN).read_bytes() == stamped


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Give either --to LOCALE"),
        ((EN,), "Give either --to LOCALE"),
        (("--stamp", "--to", "ko", EN), "Give either --to LOCALE"),
        (("--stamp",), "Give the file of a page."),
        (("--stamp", "--all", EN), "Give either pages or --all."),
        (("--to", "ko", "--all"), "--all goes with --stamp."),
        (("--to", "fr", ITEM), "There is no locale `fr`;"),
        (("--to", "ko", EN), f"{EN} is itself a translation; give its source, docs/ja/index.md."),
        (("--to", "ko", "docs/ja/x.md"), "docs/ja/x.md: no such page,"),
        (("--stamp", ITEM), f"{ITEM} is no translation."),
    ],
)
def test_wrong_use_is_told_and_changes_nothing(
    city: Path, arguments: tuple[str, ...], said: str
) -> None:
    before = {file: file.read_bytes() for file in city.rglob("*.md")}
    code, out, err = run(translate, city, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith(said)
    assert {file: file.read_bytes() for file in city.rglob("*.md")} == before


def test_one_page_that_cannot_be_stamped_keeps_all_from_being_stamped(city: Path) -> None:
    before = (city / EN).read_bytes()
    assert run(translate, city, EN, ITEM, "--stamp", *NOW).code == 2
    assert (city / EN).read_bytes() == before
