"""`machikado new` writes a file that passes every check, and never over another one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from machikado.cli.check import check
from machikado.cli.new import new
from scratch_city import Run, city_in, run

NOW = ("--now", "2026-11-23T05:30:15+09:00")


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return city_in(tmp_path)


def head(text: str) -> dict[str, str]:
    """The front matter, key by key as written."""
    lines = text.split("---\n")[1].splitlines()
    return dict(line.split(": ", 1) for line in lines)


def test_a_new_page_is_clean_and_its_path_is_printed(city: Path) -> None:
    made = run(new, city, "page", "life/garbage", "--title", "ごみの出し方", *NOW)
    assert made == Run(
        0,
        "docs/ja/life/garbage.md\n",
        "Next: open docs/ja/life/garbage.md, write the summary and the text, then run "
        "`machikado check docs/ja/life/garbage.md`.\n",
    )
    written = head((city / "docs/ja/life/garbage.md").read_text(encoding="utf-8"))
    assert re.fullmatch(r"[1-9]\d{6}", written.pop("id"))
    assert written == {
        "title": "ごみの出し方",
        "summary": "ごみの出し方についてのページです。",
        "type": "page",
        "department": "joho",
        "publish_at": "2026-11-23",
        "updated_at": "2026-11-23",
        "review_by": "2027-11-23",
    }
    assert run(check, city) == Run(0, "", "4 pages, 0 findings\n")


def test_a_new_news_item_is_clean_and_has_its_permanent_ids(city: Path) -> None:
    made = run(new, city, "news", "大雪", "--slug", "snow", "--category", "emergency", *NOW)
    assert made[:2] == (0, "docs/ja/news/2026-11-23-snow.md\n")
    written = head((city / "docs/ja/news/2026-11-23-snow.md").read_text(encoding="utf-8"))
    assert written["feed_id"] == f"tag:city.example,2026-11-23:ja/{written['id']}"
    assert written["publish_at"] == "2026-11-23T05:30:15+09:00"
    assert (written["type"], written["category"]) == ("news", "emergency")
    assert run(check, city) == Run(0, "", "4 pages, 0 findings\n")


@pytest.mark.parametrize(
    ("given", "day", "written"),
    [
        ("2026-12-01", "2026-12-01", "2026-12-01T09:00:00+09:00"),
        ("2026-12-01T08:30", "2026-12-01", "2026-12-01T08:30:00+09:00"),
        ("2026-12-01T20:00Z", "2026-12-02", "2026-12-02T05:00:00+09:00"),
    ],
)
def test_the_publication_of_news_may_be_a_day_or_a_time(
    city: Path, given: str, day: str, written: str
) -> None:
    made = run(new, city, "news", "予告", "--slug", "notice", "--date", given, *NOW)
    assert made.out == f"docs/ja/news/{day}-notice.md\n"
    assert head((city / made.out.strip()).read_text(encoding="utf-8"))["publish_at"] == written
    assert "is past" not in made.err


def test_a_publication_long_past_is_told(city: Path) -> None:
    made = run(new, city, "news", "予告", "--slug", "notice", "--date", "2020-01-01", *NOW)
    assert "The time of publication, 2020-01-01T09:00, is past" in made.err
    assert made.code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("page", "index.md", "--title", "T"), "The address `/` already belongs to"),
        (("page", "a", "--title", "T", "-d", "kikaku"), "There is no department `kikaku`;"),
        (("page", "../a", "--title", "T"), "`..` cannot be part of an address;"),
        (("page", "a", "--title", "T", "--locale", "fr"), "There is no locale `fr`;"),
        (("news", "T", "--date", "2026/12/1"), "`2026/12/1` is no ISO 8601 date;"),
        (("news", "T", "--slug", "大雪"), "`大雪` cannot be part of an address;"),
        (("news", "T", "--category", "x"), "There is no category `x`;"),
    ],
)
def test_wrong_use_writes_nothing(city: Path, arguments: tuple[str, ...], said: str) -> None:
    before = sorted(city.rglob("*"))
    code, out, err = run(new, city, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith(said)
    assert sorted(city.rglob("*")) == before


def test_a_file_that_cannot_be_read_as_a_page_is_not_overwritten(city: Path) -> None:
    (city / "docs/ja/a.md").write_text("書きかけ", encoding="utf-8")
    made = run(new, city, "page", "a", "--title", "T", *NOW)
    assert made == Run(2, "", "docs/ja/a.md already exists and is not overwritten.\n")
    assert (city / "docs/ja/a.md").read_text(encoding="utf-8") == "書きかけ"
