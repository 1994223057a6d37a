"""`machikado post` shows what it would do, does it when told, and says what a person has to decide."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from machikado.cli import post as command
from machikado.cli.post import post
from scratch_city import Run, city_in, run
from small_city import news, source

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "social"))
from servers import Line, Mastodon, X, serving

BEGIN = "2026-11-20T00:00:00+09:00"
NOW = "2026-11-20T10:00:00+09:00"
ITEM = news(1001002, "大雪のお知らせ", "2026-11-20T09:00", "本文", summary="収集が遅れます。")


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(command, "_is_live", lambda _address: True)
    folder = city_in(tmp_path)
    write(folder, "docs/ja/news/2026-11-20-snow.md", ITEM)
    return folder


def write(city: Path, name: str, text: str) -> None:
    (city / name).parent.mkdir(parents=True, exist_ok=True)
    (city / name).write_text(text, encoding="utf-8")


def posted(city: Path, *arguments: str, now: str = NOW, language: str = "en") -> Run:
    return run(post, city, "--now", now, *arguments, language=language)


def settings(city: Path, **services: str) -> None:
    rows = "".join(f"  {name}: {{ service: '{url}' }}\n" for name, url in services.items())
    write(city, "social.yml", f"networks:\n{rows}most_age_hours: 1000000\n")


def test_without_settings_there_is_nothing_to_post(city: Path) -> None:
    assert posted(city) == Run(0, "", "social.yml names no network; there is nothing to post.\n")
    assert posted(city, "--send").code == 0


def test_preview_shows_every_network_with_lengths(city: Path) -> None:
    code, out, err = posted(city, "--preview", "docs/ja/news/2026-11-20-snow.md")
    assert (code, err) == (0, "")
    assert out.splitlines()[:5] == [
        "ja/1001002  2026-11-20 09:00  大雪のお知らせ",
        "  ── Bluesky  59/300 characters, 89/3000 bytes",
        "  │ 大雪のお知らせ",
        "  │ 収集が遅れます。",
        "  │ https://city.example/news/2026-11-20-snow/",
    ]
    assert [line for line in out.splitlines() if "──" in line] == [
        "  ── Bluesky  59/300 characters, 89/3000 bytes",
        "  ── Mastodon  59/500 characters (a link is 23)",
        "  ── LINE  59/5000 UTF-16 units",
        "  ── X  74/280 weighted",
    ]


def test_preview_as_json_has_lengths_and_facets(city: Path) -> None:
    code, out, _ = posted(city, "--preview", "--format", "json", "docs/ja/news/2026-11-20-snow.md")
    (notice,) = json.loads(out)["notices"]
    assert code == 0
    bluesky = notice["posts"][0]
    assert [limit["unit"] for limit in bluesky["limits"]] == ["graphemes", "bytes"]
    assert bluesky["facets"] == [
        {"bytes": [47, 89], "link": "https://city.example/news/2026-11-20-snow/"}
    ]


def test_preview_as_a_page_escapes_what_it_shows(city: Path) -> None:
    write(city, "docs/ja/news/2026-11-21-a.md", news(1001003, "<script>雪</script>", "2026-11-21"))
    _, out, _ = posted(city, "--preview", "--format", "html", language="ja")
    assert out.startswith('<!doctype html>\n<html lang="ja">')
    assert "<script" not in out
    assert "&lt;script&gt;雪" in out
    assert out.count("<h1>") == 1
    assert '<p class="post" lang="ja">' in out


def test_preview_as_a_page_shows_the_picture_with_its_words(city: Path) -> None:
    social = "{image: snow.png, alt: 除雪車, hashtags: [morioka city]}"
    write(city, "docs/ja/news/2026-11-21-a.md", news(1001003, "雪", "2026-11-21", social=social))
    page = "docs/ja/news/2026-11-21-a.md"
    code, out, _ = posted(city, "--preview", page)
    assert code == 1
    # Not to LINE, which takes no picture.
    assert out.count("  ! The picture news/snow.png is not there.") == 3
    picture = io.BytesIO()
    Image.new("RGB", (1600, 900)).save(picture, "PNG")
    (city / "docs/ja/news/snow.png").write_bytes(picture.getvalue())
    code, out, _ = posted(city, "--preview", "--format", "html", page)
    assert code == 0
    assert out.count('<img src="data:image/png;base64,') == 3
    assert out.count('alt="除雪車" lang="ja" width="800" height="450">') == 3
    assert out.count("<b>#MoriokaCity</b>") == 4


def test_of_a_post_that_is_far_too_long_only_the_beginning_is_shown(city: Path) -> None:
    write(city, "docs/ja/news/2026-11-21-a.md", news(1001003, "長" * 10_000, "2026-11-21"))
    code, out, _ = posted(city, "--preview", "docs/ja/news/2026-11-21-a.md")
    assert code == 1
    assert "more characters)" in out
    assert max(map(len, out.splitlines()[1:])) < 5_100


def test_a_post_that_does_not_fit_is_found_before_it_is_sent(city: Path) -> None:
    write(city, "docs/ja/news/2026-11-21-a.md", news(1001003, "長" * 200, "2026-11-21"))
    code, out, _ = posted(city, "--preview")
    assert code == 1
    assert out.count("  ! too long to be posted") == 1


def test_a_dry_run_sends_nothing_and_needs_no_credentials(city: Path) -> None:
    with serving(Line()) as line:
        settings(city, line=line.url)
        code, out, _ = posted(city)
        assert (code, line.seen) == (0, [])
    assert "due             line:ja/1001002  it is to be posted" in out.splitlines()
    assert not (city / "social").exists()


def test_the_first_run_begins_the_ledger_and_every_further_one_adds_to_it(
    city: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINE_CHANNEL_ACCESS_TOKEN", Line.TOKEN)
    with serving(Line()) as line:
        settings(city, line=line.url)
        code, out, err = posted(city, "--send")
        assert (code, out) == (2, "")
        assert "there is no ledger" in err
        code, _, err = posted(city, "--send", "--start-ledger")
        assert code == 0
        assert sorted(err.splitlines()) == [
            "line:ja/1001001: posted",
            "line:ja/1001002: posted",
        ]
        assert posted(city, "--send") == Run(0, "", "")
        assert len(line.posts) == 2
    assert len((city / "social/ledger.jsonl").read_text("utf-8").splitlines()) == 1 + 2 * 2


def test_missing_and_expired_credentials_are_told_and_the_others_post(
    city: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINE_CHANNEL_ACCESS_TOKEN", "expired-secret")
    monkeypatch.setenv("MASTODON_ACCESS_TOKEN", Mastodon.TOKEN)
    monkeypatch.delenv("X_API_KEY", raising=False)
    with serving(Line()) as line, serving(Mastodon()) as mastodon, serving(X()) as x:
        settings(city, line=line.url, mastodon=mastodon.url, x=x.url)
        code, out, err = posted(city, "--send", "--start-ledger")
        assert code == 1
        assert len(mastodon.posts) == 2
        assert (line.posts, x.seen) == ([], [])
    assert "X: the environment has no X_API_KEY, X_API_KEY_SECRET" in err
    assert "line:ja/1001001: not posted: not authorised (401)" in err
    told = out + err + (city / "social/ledger.jsonl").read_text("utf-8")
    assert "expired-secret" not in told
    assert Mastodon.TOKEN not in told


def test_an_uncertain_post_waits_for_what_a_person_says(
    city: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in X.KEYS.items():
        monkeypatch.setenv(name, value)
    with serving(X()) as x:
        settings(city, x=x.url)
        x.fault = lambda _path: "drop after"
        code, out, _ = posted(city, "--send", "--start-ledger")
        x.fault = lambda _path: None
        assert code == 1
        assert "uncertain       x:ja/1001001" in out
        sent = len(x.posts)
        assert posted(city, "--send").code == 1
        assert len(x.posts) == sent == 2
    assert posted(city, "--approve", "x:ja/1001001").code == 2
    code, out, _ = posted(city, "--was-posted", "x:ja/1001001", "--was-not-posted", "x:ja/1001002")
    assert code == 0
    assert [line.split()[:2] for line in out.splitlines() if not line.startswith(" ")] == [
        ["due", "x:ja/1001002"]
    ]


def test_a_post_that_is_not_there_cannot_be_decided_on(
    city: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("X_API_KEY", raising=False)
    settings(city, x="https://x.example")
    code, out, err = posted(city, "--start-ledger", "--approve", "x:ja/9999999")
    assert (code, out) == (2, "")
    assert err == "There is no post `x:ja/9999999`; `machikado post` lists them.\n"


def test_pages_that_cannot_be_read_are_told_and_nothing_is_withdrawn(
    city: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINE_CHANNEL_ACCESS_TOKEN", Line.TOKEN)
    with serving(Line()) as line:
        settings(city, line=line.url)
        posted(city, "--send", "--start-ledger")
        write(city, "docs/ja/news/2026-11-20-snow.md", '---\nid: 1001002\ntitle: "x\n---\n')
        code, out, err = posted(city)
        assert code == 1
        assert "withdrawal" not in out
        assert err.startswith("Some pages cannot be read;")
        (city / "docs/ja/news/2026-11-20-snow.md").unlink()
        code, out, _ = posted(city)
        assert code == 1
        assert "needs-approval  line:ja/1001002:withdrawal  a withdrawal was drafted" in out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("networks: [x]\n", "networks is not a list of keys and values."),
        ("networks: { facebook: {} }\n", "there is no key `networks.facebook`"),
        ("networks: { x: { costs: 1 } }\n", "there is no key `networks.x.costs`"),
        ("networks: { x: { cost: much } }\n", "networks.x.cost must be an amount"),
        ("networks: { x: { per_day: -1 } }\n", "networks.x.per_day must be a whole number"),
        ("networks: { x: { locales: [fr] } }\n", "there is no locale `fr`"),
        ("networks: { mastodon: {} }\n", "networks.mastodon.service needs the server's address"),
        ("networks: { mastodon: { service: 'ftp://a' } }\n", "begins with https://"),
        ("order: [line, fax]\n", "there is no network `fax`"),
        ("networks: {\n", "It is not valid YAML"),
        ("most_age_hours: soon\n", "most_age_hours must be a whole number"),
        ("hashtags: 雪\n", "hashtags must be a list of words."),
    ],
)
def test_wrong_settings_are_told_in_words(city: Path, text: str, said: str) -> None:
    write(city, "social.yml", text)
    code, out, err = posted(city)
    assert (code, out) == (2, "")
    assert err.startswith("social.yml: ")
    assert said in err


def test_machine_output_stands_alone(city: Path) -> None:
    settings(city, line="https://line.example")
    code, out, _ = posted(city, "--format", "json")
    told: dict[str, Any] = json.loads(out)
    assert code == 0
    assert [(one["post"], one["state"]) for one in told["posts"]] == [
        ("line:ja/1001001", "due"),
        ("line:ja/1001002", "due"),
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--preview", "docs/ja/index.md"), "docs/ja/index.md: there is no such notice.\n"),
        (("docs/ja/index.md",), "FILE and --format html go with --preview.\n"),
    ],
)
def test_wrong_use_is_told_in_words(city: Path, arguments: tuple[str, ...], said: str) -> None:
    settings(city, line="https://line.example")
    assert posted(city, *arguments) == Run(2, "", said)


def test_a_notice_without_a_date_is_left_to_the_check(city: Path) -> None:
    write(
        city,
        "docs/ja/news/a.md",
        source(1001009, "日付なし", type="news", feed_id="tag:city.example,2026:ja/9"),
    )
    settings(city, line="https://line.example")
    code, out, _ = posted(city)
    assert code == 1
    assert "1001009" not in out
    assert "line:ja/1001002" in out
