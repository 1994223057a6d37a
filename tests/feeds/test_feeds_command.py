from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs

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
    told = json.loads(out)["feeds"]
    found = {feed["locale"]: feed for feed in told if feed["channel"] == "news"}
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
    files = {f.relative_to(one): f.read_bytes() for f in one.rglob("*.*") if f.is_file()}
    assert (code, err) == (0, f"Wrote {len(files)} files into {one}.\n")
    run("--into", str(two))
    assert files == {f.relative_to(two): f.read_bytes() for f in two.rglob("*.*") if f.is_file()}
    assert Path("vi/feeds/category/emergency.rss") in files


def test_a_folder_that_cannot_be_written_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    code, _, err = run("--into", str(tmp_path / "file" / "below"))
    assert (code, err) == (2, f"Cannot write into {tmp_path}/file/below: Not a directory.\n")


def test_a_missing_configuration_is_wrong_use(tmp_path: Path) -> None:
    result = CliRunner().invoke(feeds, ["--config-file", str(tmp_path / "mkdocs.yml")])
    assert result.exit_code == 2
    assert "There is no such file" in result.stderr


# Against what is published ------------------------------------------------------------------

CITY = {
    "mkdocs.yml": """
site_name: City
site_url: {site}
theme: {{ name: material, custom_dir: overrides }}
plugins:
  - machikado: {{ websub_hub: "{hub}" }}
  - i18n: {{ docs_structure: folder, languages: [{{ locale: ja, name: 日本語, default: true }}] }}
""",
    "i18n/locales.yml": "- { code: ja, name: 日本語, default: true }\n",
    "i18n/categories.yml": "[]\n",
    "i18n/departments.yml": "[]\n",
    "docs/ja/index.md": "---\nid: 1000001\ntitle: 家\n---\n",
    "docs/ja/news/a.md": """---
id: 1000002
title: お知らせ
type: news
publish_at: 2026-04-01
feed_id: tag:city.example,2026-04-01:ja/1000002
---

本文です。
""",
}


class Host(ThreadingHTTPServer):
    """A web server on loopback, and a hub on it: what was published, and the forms it was sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.folder = Path()
        self.forms: list[dict[str, list[str]]] = []
        self.status = 204

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


class _Answer(BaseHTTPRequestHandler):
    server: Host

    def do_GET(self) -> None:
        file = self.server.folder / self.path.lstrip("/")
        self.send_response(200 if file.is_file() else 404)
        self.end_headers()
        self.wfile.write(file.read_bytes() if file.is_file() else b"")

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.forms.append(parse_qs(data.decode()))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None: ...


@pytest.fixture
def host() -> Iterator[Host]:
    with Host() as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()


@pytest.fixture
def city(tmp_path: Path, host: Host) -> Path:
    """A city whose feeds are published at `host`."""
    root = tmp_path / "city"
    for name, text in CITY.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        said = text.format(site=host.url, hub=f"{host.url}hub") if name == "mkdocs.yml" else text
        file.write_text(said, encoding="utf-8")
    (root / "overrides").mkdir()
    host.folder = tmp_path / "published"
    assert at(root, "--into", str(host.folder))[0] == 0
    return root


def at(city: Path, *arguments: str) -> tuple[int, str, str]:
    options = ["--config-file", str(city / "mkdocs.yml"), "--now", NOW, *arguments]
    result = CliRunner().invoke(feeds, options, catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


def edit(city: Path, old: str, new: str) -> None:
    notice = city / "docs/ja/news/a.md"
    notice.write_text(notice.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_published_feeds_are_compared_by_address_and_by_folder(city: Path, host: Host) -> None:
    for where in (host.url, str(host.folder)):
        code, out, err = at(city, "--compare", where)
        assert (code, out) == (0, "")
        assert err == "Compared 2 published feeds with 1 entries; 0 addresses of feeds change.\n"


def test_a_changed_id_fails_with_file_and_line(city: Path, host: Host) -> None:
    edit(city, "feed_id: tag:city.example,2026-04-01:", "feed_id: tag:city.example,2027:")
    code, out, _ = at(city, "--compare", host.url)
    assert code == 1
    assert out.startswith("docs/ja/news/a.md:6: The published feed_id has changed")
    code, out, _ = at(city, "--compare", host.url, "--format", "github")
    assert code == 1
    assert out.startswith("::error file=docs/ja/news/a.md,line=6,title=published-feed-id-changed")
    report = json.loads(at(city, "--compare", host.url, "--format", "json")[1])
    assert [f["check"] for f in report["findings"]] == ["published-feed-id-changed"]


def test_a_vanished_entry_fails(city: Path, host: Host) -> None:
    (city / "docs/ja/news/a.md").unlink()
    code, out, _ = at(city, "--compare", host.url)
    assert code == 1
    assert out.startswith("docs/ja/news/a.md: The entry tag:city.example,2026-04-01:ja/1000002 was")


def test_a_first_publication_has_nothing_to_compare_and_says_so(city: Path, host: Host) -> None:
    code, _, err = at(city, "--compare", f"{host.url}elsewhere/")
    assert (code, err) == (0, f"There are no feeds at {host.url}elsewhere/ yet; nothing was compared.\n")  # fmt: skip


def test_what_cannot_be_reached_or_is_not_there_is_wrong_use(city: Path, tmp_path: Path) -> None:
    code, _, err = at(city, "--compare", "http://127.0.0.1:1/")
    assert (code, err.split(":")[0]) == (2, "The feeds at http")
    code, _, err = at(city, "--compare", str(tmp_path / "nowhere"))
    assert (code, "no such folder" in err) == (2, True)


def test_the_hub_is_told_of_what_changed_once_it_is_deployed(
    city: Path, host: Host, tmp_path: Path
) -> None:
    edit(city, "本文です。", "直した本文です。")
    changed = str(tmp_path / "changed.json")
    assert at(city, "--compare", host.url, "--changed", changed)[0] == 0
    told = [f"{host.url}feeds/news.{form}" for form in ("atom", "rss", "json")]
    assert json.loads(Path(changed).read_bytes()) == told
    code, out, _ = at(city, "--ping", "--changed", changed, "--send")
    assert (code, out.splitlines()[0]) == (1, f"not told, not published yet  {told[0]}")
    assert host.forms == []
    at(city, "--into", str(host.folder))
    code, out, _ = at(city, "--ping", "--changed", changed)
    assert (code, out.splitlines()[0]) == (0, f"would tell  {told[0]}")
    assert host.forms == []
    code, out, _ = at(city, "--ping", "--changed", changed, "--send", "--format", "json")
    assert code == 0
    assert [ping["state"] for ping in json.loads(out)["pings"]] == ["told"] * 3
    assert [form["hub.url"] for form in host.forms] == [[address] for address in told]


def test_a_hub_that_refuses_is_told_as_a_finding(city: Path, host: Host) -> None:
    host.status = 503
    code, out, _ = at(city, "--ping", "--send")
    assert code == 1
    assert out.splitlines()[0] == f"could not be told (HTTP 503)  {host.url}feeds/news.atom"


def test_without_a_hub_there_is_nobody_to_tell() -> None:
    code, _, err = run("--ping")
    assert code == 2
    assert "has no websub_hub" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("--ping", "--compare", "site"),
        ("--send",),
        ("--changed", "file"),
        ("--into", "a", "--compare", "b"),
    ],
)
def test_options_that_do_not_go_together_are_wrong_use(arguments: tuple[str, ...]) -> None:
    assert run(*arguments)[0] == 2


@pytest.mark.parametrize("text", ["", "{}", "nothing"])
def test_a_list_of_changes_that_cannot_be_read_is_wrong_use(
    city: Path, tmp_path: Path, text: str
) -> None:
    (tmp_path / "changed.json").write_text(text)
    code, _, err = at(city, "--ping", "--changed", str(tmp_path / "changed.json"))
    assert (code, "cannot be read" in err) == (2, True)
