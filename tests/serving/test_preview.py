"""A preview of a real project on the disk, asked as a browser asks: over HTTP."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest

from incremental.edited_city import City, carry
from machikado.incremental.builder import Builder
from machikado.incremental.store import Store
from machikado.serving.board import Board
from machikado.serving.preview import Outcome, Preview
from machikado.serving.server import Place, Server
from machikado.vocabulary import ConfigurationError, Text
from small_city import DEPARTMENTS, ROOT

BASE = "/base"


@dataclass(frozen=True)
class Answer:
    """What the server answered."""

    status: int
    headers: Mapping[str, str]
    text: str


@dataclass
class Shown:
    """A city, its preview, and the server that shows it."""

    city: City
    preview: Preview
    server: Server
    board: Board
    store: Store
    told: list[Outcome] = field(default_factory=list)

    def save(self, name: str, text: str) -> Outcome:
        """Write a file of the project, as an editor does, and build."""
        self.city.write(name, text)
        return self.preview.rebuild(frozenset({name}))

    def edit(self, path: str, more: str) -> Outcome:
        sheet = self.city.sheet("ja", path)
        sheet.body += more
        return self.save(f"docs/ja/{path}", sheet.text())

    def answer(
        self, path: str, method: str = "GET", headers: Mapping[str, str] | None = None
    ) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=20)
        try:
            connection.request(method, path, headers=dict(headers or {}))
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.headers), answer.read().decode())
        finally:
            connection.close()

    def get(self, path: str) -> str:
        answer = self.answer(path)
        assert answer.status == 200
        return answer.text

    def missing(self, path: str) -> str:
        answer = self.answer(path)
        assert answer.status == 404
        return answer.text


@pytest.fixture(scope="module")
def carried(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The theme and the catalogues, copied once."""
    return carry(tmp_path_factory.mktemp("carried"))


@pytest.fixture
def shown(tmp_path: Path, carried: Path) -> Iterator[Shown]:
    city = City(tmp_path / "city", carried)
    city.add("en", "404.md").id = city.sheet("ja", "404.md").id
    city.sheet("en", "404.md").made_from = "0" * 16
    city.sheet("ja", "index.md").body = "[計画](plan/index.md)\n"
    city.save()
    folder = tmp_path / "city" / ".machikado"
    store = Store(folder / "serve.sqlite")
    board = Board("test")
    place = Place(folder / "serve" / "site", city.project.base_path)
    server = Server("127.0.0.1", 0, place, board, "ja")
    builder = Builder(
        city.project, folder / "serve.sqlite", place.site_dir, "code", dictionaries=False
    )
    told: list[Outcome] = []
    preview = Preview(
        builder, store, board, place, lambda: city.project, lambda: city.now, told.append
    )
    preview.rebuild(frozenset())
    with server.answering():
        yield Shown(city, preview, server, board, store, told)
    store.close()


def test_pages_are_served_below_the_sites_path_as_utf8_and_never_kept(shown: Shown) -> None:
    page = shown.answer("/base/plan/")
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert page.headers["Cache-Control"] == "no-store"
    assert '<div id="machikado-serve" lang="ja"' in page.text
    names = ("stylesheets/tokens.css", "javascripts/machikado.js", "images/icon.svg")
    assert [shown.answer(f"/base/assets/{name}").headers["Content-Type"] for name in names] == [
        "text/css; charset=utf-8",
        "text/javascript; charset=utf-8",
        "image/svg+xml; charset=utf-8",
    ]


@pytest.mark.parametrize(
    ("path", "target"), [("/", "/base/"), ("/base", "/base/"), ("/base/plan?q=1", "/base/plan/?q=1")]
)  # fmt: skip
def test_an_address_without_its_slash_and_the_root_lead_to_the_page(
    shown: Shown, path: str, target: str
) -> None:
    answer = shown.answer(path)
    assert (answer.status, answer.headers["Location"]) == (302, target)


def test_head_gives_the_length_and_no_body(shown: Shown) -> None:
    answer = shown.answer("/base/", "HEAD")
    assert int(answer.headers["Content-Length"]) == len(shown.get("/base/").encode())
    assert answer.text == ""


def test_a_missing_page_is_told_in_the_language_of_its_address(shown: Shown) -> None:
    assert '<html lang="ja">' in shown.missing("/base/nowhere/")
    assert '<html lang="en">' in shown.missing("/base/en/nowhere/")


@pytest.mark.parametrize(
    "path", ["/base/../../mkdocs.yml", "/base/%2e%2e/%2e%2e/serve.sqlite", "/base//etc/passwd", "/base/%ff", "/base/a%00"]
)  # fmt: skip
def test_nothing_outside_the_site_is_served(shown: Shown, path: str) -> None:
    shown.missing(path)


def test_a_foreign_name_that_leads_to_this_machine_is_refused(shown: Shown) -> None:
    assert shown.answer("/base/", headers={"Host": "attacker.example"}).status == 403


def test_a_saved_edit_is_served_and_tells_the_pages_that_changed_alone(shown: Shown) -> None:
    seen = shown.board.seen
    outcome = shown.edit("plan/index.md", "\nあたらしいことば。\n")
    assert outcome.built is not None
    assert outcome.built.changed is not None
    assert "plan/index.html" in outcome.built.changed
    assert "search/index.html" not in outcome.built.changed
    assert "あたらしいことば。" in shown.get("/base/plan/")
    plan, other = (shown.board.news(seen, {name}) for name in ("plan/index.html", "search/index.html"))  # fmt: skip
    assert plan is not None
    assert other is not None
    assert (plan.reload, other.reload) == (True, False)


def test_a_hint_gives_the_same_site_as_a_look_at_everything(shown: Shown) -> None:
    shown.edit("plan/index.md", "\nあたらしいことば。\n")
    (shown.city.root / "docs/ja/search.md").touch()
    outcome = shown.preview.rebuild(None)
    assert outcome.built is not None
    assert outcome.built.published is False
    assert outcome.built.changed == frozenset()


def test_a_new_page_and_one_that_is_gone_are_noticed_by_their_names(shown: Shown) -> None:
    sheet = shown.city.add("ja", "plan/fresh.md")
    shown.save("docs/ja/plan/fresh.md", sheet.text())
    assert sheet.title in shown.get("/base/plan/fresh/")
    (shown.city.root / "docs/ja/plan/fresh.md").unlink()
    shown.preview.rebuild(frozenset({"docs/ja/plan/fresh.md"}))
    shown.missing("/base/plan/fresh/")


def test_what_an_editor_writes_beside_a_page_and_removes_is_nothing(shown: Shown) -> None:
    outcome = shown.preview.rebuild(frozenset({"docs/ja/4913", "docs/ja/index.md~"}))
    assert outcome.built is not None
    assert outcome.built.published is False


def test_faults_leave_the_last_good_pages_and_show_on_every_one_until_mended(shown: Shown) -> None:
    good = shown.city.sheet("ja", "plan/index.md").text()
    outcome = shown.edit("plan/index.md", "\n[いきさきのあんない](nowhere.md)\n")
    assert [str(fault.where) for fault in outcome.faults] == ["docs/ja/plan/index.md:11"]
    page = shown.get("/base/plan/")
    assert "いきさきのあんない" not in page.partition("</section>")[2]
    assert "11行目" in page
    assert "（いま見ているページ）" in page
    assert "（いま見ているページ）" not in shown.get("/base/search/")
    assert "docs/ja/plan/index.md" in shown.get("/base/search/")
    shown.save("docs/ja/plan/index.md", good)
    assert "shadowrootmode" not in shown.get("/base/plan/")
    assert shown.told[-1].faults == ()


def test_broken_vocabulary_settings_and_templates_are_told_and_mended(
    shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = shown.save("i18n/departments.yml", "- { id: joho }\n- [")
    assert [fault.where.file.partition(":")[0] for fault in broken.faults] == ["i18n/departments.yml"]  # fmt: skip
    assert shown.save("i18n/departments.yml", DEPARTMENTS).faults == ()

    template = (ROOT / "overrides/main.html").read_text(encoding="utf-8")
    wrong = shown.save("overrides/main.html", f"{template}\n{{{{ view.no. }}}}")
    assert wrong.faults[0].where.file == "overrides/main.html"
    assert wrong.faults[0].where.line == template.count("\n") + 2
    assert "TemplateSyntaxError" in str(wrong.faults[0].said)
    assert "テンプレートに誤りがあります" in shown.get("/base/")
    assert shown.save("overrides/main.html", template).faults == ()

    def refuse() -> None:
        raise ConfigurationError(str(shown.city.root / "mkdocs.yml"), Text("誤り", "wrong"))

    monkeypatch.setattr(shown.preview, "_open_project", refuse)
    assert [str(f.where) for f in shown.save("mkdocs.yml", "x").faults] == ["mkdocs.yml"]
    # An edit of a page does not make one forget that the settings are broken.
    assert len(shown.edit("plan/index.md", "\nことば。\n").faults) == 1
    monkeypatch.setattr(shown.preview, "_open_project", lambda: shown.city.project)
    assert shown.save("mkdocs.yml", "y").faults == ()
    assert "ことば。" in shown.get("/base/plan/")


def test_a_build_that_is_stopped_half_way_leaves_the_next_moment_known(shown: Shown) -> None:
    template = (ROOT / "overrides/base.html").read_text(encoding="utf-8")
    shown.save("overrides/base.html", f"{template}\n{{{{ 1 / 0 }}}}")
    assert shown.told[-1].faults[0].said == "ZeroDivisionError: division by zero"
    assert shown.told[-1].faults[0].where.file == "overrides/base.html"
    assert shown.preview.seconds_to_wait() == 60.0
    assert shown.save("overrides/base.html", template).faults == ()


def test_plugins_of_mkdocs_that_come_in_are_told_and_not_ignored(shown: Shown) -> None:
    shown.city.project = replace(shown.city.project, other_plugins=("tags",))
    outcome = shown.save("mkdocs.yml", "x")
    assert "tags" in outcome.faults[0].message.en


def test_a_page_begins_by_itself_when_its_time_has_come(shown: Shown) -> None:
    sheet = shown.city.add("ja", "news/soon.md")
    sheet.keys |= {"type": "news", "publish_at": "2026-04-01T09:00:30", "feed_id": "tag:city.example,2026:ja/x"}  # fmt: skip
    shown.save("docs/ja/news/soon.md", sheet.text())
    shown.missing("/base/news/soon/")
    waits = shown.preview.seconds_to_wait()
    assert waits == 30.0
    shown.city.now += timedelta(seconds=waits)
    shown.preview.rebuild(frozenset())
    assert sheet.title in shown.get("/base/news/soon/")
    assert shown.preview.seconds_to_wait() == 60.0


def test_a_changed_stylesheet_restyles_the_pages_that_somebody_looks_at(shown: Shown) -> None:
    seen = shown.board.seen
    with shown.board.reading({"plan/index.html"}):
        shown.save("overrides/assets/stylesheets/machikado.css", "body { color: red; }\n")
    news = shown.board.news(seen, {"plan/index.html"})
    assert news is not None
    assert (news.reload, news.styles) == (False, True)


def test_a_browser_is_told_by_server_sent_events(shown: Shown) -> None:
    address = f"/.machikado/events?page={quote('/base/plan/')}&seen={shown.board.seen}"
    connection = http.client.HTTPConnection("127.0.0.1", shown.server.server_port, timeout=20)
    connection.request("GET", address)
    answer = connection.getresponse()
    assert answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"
    assert [answer.readline(), answer.readline()] == [b":\n", b"\n"]
    shown.edit("plan/index.md", "\n[いきさきのあんない](nowhere.md)\n")
    lines = [answer.readline().decode().rstrip("\n") for _ in range(4)]
    connection.close()
    assert lines[0] == "event: faults"
    assert lines[1] == f"id: {shown.board.seen}"
    assert "11行目" in json.loads(lines[2].removeprefix("data: "))
    assert lines[3] == ""


def test_before_there_is_any_page_the_faults_are_shown_all_the_same(shown: Shown, tmp_path: Path) -> None:  # fmt: skip
    shown.edit("plan/index.md", "\n[いきさきのあんない](nowhere.md)\n")
    shown.server.place.site_dir = tmp_path / "none"
    page = shown.missing("/base/")
    assert "まだページがありません" in page
    assert "11行目" in page
