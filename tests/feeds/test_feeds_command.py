from __future__ import annotations

import json
from pathlib import Path

import feedparser
import pytest
from click.testing import CliRunner

from machikado.cli.feeds import feeds

ROOT = Path(__file__).resolve().parents[2]
NOW = "2026-12-01"
NEWS_IN_ENGLISH = len(list((ROOT / "docs/en/news").glob("2026-11-*.md")))
EN = "https://machikado.example/en/feeds/news"


def run(*arguments: str) -> tuple[int, str, str]:
    options = ["--config-file", str(ROOT / "mkdocs.yml"), "--now", NOW, *arguments]
    result = CliRunner().invoke(feeds, options, catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MACHIKADO_LANG", "en")
    monkeypatch.delenv("MACHIKADO_SITE_URL", raising=False)


def test_the_feeds_of_the_demo_are_listed_with_addresses_and_entries() -> None:
    code, out, err = run()
    assert (code, err) == (0, "")
    lines = out.splitlines()
    at = next(
        n
        for n, line in enumerate(lines)
        if line.startswith(f"en news (entries: {NEWS_IN_ENGLISH})")
    )
    assert lines[at + 1 : at + 4] == [f"    {EN}.atom", f"    {EN}.rss", f"    {EN}.json"]


def test_machine_output_is_json_on_stdout_alone() -> None:
    code, out, err = run("--format", "json")
    assert (code, err) == (0, "")
    found = {feed["locale"]: feed for feed in json.loads(out)["feeds"]}
    assert list(found) == ["ja", "ja-easy", "en", "zh-Hans", "zh-Hant", "ko", "vi"]
    assert found["ja-easy"]["lang"] == "ja-simple"
    assert found["en"]["entries"] == NEWS_IN_ENGLISH
    assert found["en"]["addresses"][1] == {
        "format": "rss",
        "type": "application/rss+xml",
        "url": f"{EN}.rss",
    }


def test_the_feeds_are_written_into_a_folder_and_twice_the_same(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    code, _, err = run("--into", str(one))
    assert (code, err) == (0, f"Wrote 21 files into {one}.\n")
    run("--into", str(two))
    files = {f.relative_to(one): f.read_bytes() for f in one.rglob("*.*") if f.is_file()}
    assert files == {f.relative_to(two): f.read_bytes() for f in two.rglob("*.*") if f.is_file()}
    for name, data in files.items():
        if name.suffix != ".json":
            assert feedparser.parse(data).bozo is False, name


def test_a_folder_that_cannot_be_written_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    code, _, err = run("--into", str(tmp_path / "file" / "below"))
    assert (code, err) == (2, f"Cannot write into {tmp_path}/file/below: Not a directory.\n")


def test_a_missing_configuration_is_wrong_use(tmp_path: Path) -> None:
    result = CliRunner().invoke(feeds, ["--config-file", str(tmp_path / "mkdocs.yml")])
    assert result.exit_code == 2
    assert "There is no such file" in result.stderr
