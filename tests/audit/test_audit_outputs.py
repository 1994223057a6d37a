"""`machikado audit --html` and `--format sarif` as they are called."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_pages import document, write_site
from test_audit_command import BAD, CONFIGURATION, GOOD, LOCALES, run

from machikado.vocabulary import Finding, Report, Text

FAULT = Finding(
    check="image-alt",
    message=Text("画像に説明がありません。", "An image has no text alternative."),
    help=Text("書いてください。", "Write one."),
    page="/base/",
    selector="img",
    html="<img>",
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    page = "---\nid: 1000001\ntitle: よいページ\n---\n\n文章です。\n"
    files = {
        "mkdocs.yml": CONFIGURATION,
        "i18n/locales.yml": LOCALES,
        "docs/ja/index.md": page,
        "audit.json": json.dumps(Report(1, (FAULT,), audited=("/base/",)).as_json()),
    }
    return write_site(tmp_path, files)


@pytest.mark.browser
@pytest.mark.usefixtures("chromium")
def test_sarif_stands_alone_on_stdout_and_the_page_is_in_its_file(project: Path) -> None:
    write_site(project / "site", {"index.html": BAD})
    files = ("--html", "report.html", "--json", "audit.json", "--sarif", "audit.sarif")
    done = run("--format", "sarif", *files, cwd=project)
    assert done.returncode == 1
    log = json.loads(done.stdout)
    assert json.loads((project / "audit.sarif").read_text("utf-8")) == log
    assert json.loads((project / "audit.json").read_text("utf-8"))["pages_audited"] == ["/base/"]
    assert [result["ruleId"] for result in log["runs"][0]["results"]] == ["heading-order"]
    assert "The report is in report.html." in done.stderr
    page = (project / "report.html").read_text("utf-8")
    assert '<html lang="en">' in page
    assert "https://machikado.example/base/" in page
    assert page.count('<img src="data:image/png;base64,iVBORw0KGgo') == 1
    assert [file.name for file in project.glob(".report*")] == []


@pytest.mark.browser
@pytest.mark.usefixtures("chromium")
def test_the_page_of_an_address_names_it(site_dir: Path, origin: str, tmp_path: Path) -> None:
    write_site(site_dir, {"good.html": GOOD, "bad.html": document("<p>見出しがない。</p>")})
    done = run("--url", f"{origin}/good.html", "--html", "report.html", "--quiet", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    page = (tmp_path / "report.html").read_text("utf-8")
    assert f"<p>{origin}/good.html</p>" in page


def test_joined_results_become_a_page_where_there_is_no_site_to_photograph(project: Path) -> None:
    done = run("--merge", "audit.json", "--html", "report.html", cwd=project)
    assert done.returncode == 1
    assert "No pictures: there is no built site." in done.stderr
    page = (project / "report.html").read_text("utf-8")
    assert "1. An image has no text alternative." in page
    assert "None was taken." in page


def test_a_report_that_exists_is_replaced(project: Path) -> None:
    (project / "report.html").write_text("old")
    run("--merge", "audit.json", "--html", "report.html", cwd=project)
    assert (project / "report.html").read_text("utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("docs", "docs is a folder. Give the name of a file."),
        ("nowhere/report.html", "there is no folder `nowhere`. Make it first."),
    ],
)
def test_a_file_that_cannot_be_written_exits_2_before_any_audit(
    project: Path, name: str, words: str
) -> None:
    done = run("--merge", "audit.json", "--html", name, cwd=project)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
