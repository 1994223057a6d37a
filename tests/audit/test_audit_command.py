"""`machikado audit` as it is called: exit codes, output, and what is said of wrong use."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from small_pages import document, write_site

from machikado.browser.chromium import Chromium

COMMAND = [sys.executable, "-c", "from machikado.cli import main; main()", "audit"]
GOOD = document("<h1>よいページ</h1><p>文章です。</p>")
BAD = document("<h1>悪いページ</h1><h4>飛んだ見出し</h4>")
CONFIGURATION = """\
site_name: 見本
site_url: https://machikado.example/base/
theme: {name: material}
plugins:
  - machikado
"""
LOCALES = "- {code: ja, name: 日本語, default: true}\n- {code: en, name: English}\n"


def run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=cwd,
        env=os.environ | {"MACHIKADO_LANG": "en"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "docs" / "ja").mkdir(parents=True)
    write_site(
        tmp_path,
        {
            "mkdocs.yml": CONFIGURATION,
            "i18n/locales.yml": LOCALES,
            "docs/ja/index.md": "---\nid: 1000001\ntitle: よいページ\n---\n\n文章です。\n",
        },
    )
    return tmp_path


@pytest.mark.browser
@pytest.mark.usefixtures("chromium")
def test_a_site_without_faults_exits_0_and_prints_nothing_on_stdout(project: Path) -> None:
    write_site(project / "site", {"index.html": GOOD})
    done = run(cwd=project)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "1 pages audited; nothing found (as far as a machine can tell).\n"


@pytest.mark.browser
@pytest.mark.usefixtures("chromium")
def test_a_fault_exits_1_and_json_stands_alone_on_stdout(project: Path) -> None:
    write_site(project / "site", {"index.html": GOOD, "en/index.html": BAD})
    done = run("--format", "json", "--quiet", cwd=project)
    assert (done.returncode, done.stderr) == (1, "")
    report = json.loads(done.stdout)
    assert (report["schema"], report["pages"], report["errors"]) == (1, 2, [])
    assert [(f["check"], f["page"], f["locale"]) for f in report["findings"]] == [
        ("heading-order", "/base/en/", "en")
    ] * 4


@pytest.mark.browser
@pytest.mark.usefixtures("chromium")
def test_annotations_come_with_a_summary_of_the_run(project: Path) -> None:
    write_site(project / "site", {"index.html": BAD})
    summary = project / "summary.md"
    summary.write_text("before\n")
    done = run("--format", "github", cwd=project, GITHUB_STEP_SUMMARY=str(summary))
    assert done.returncode == 1
    assert done.stdout.startswith("::error title=heading-order::A heading skips a level;")
    assert done.stdout.count("\n") == 1
    assert summary.read_text().startswith("before\n## Accessibility audit\n")


@pytest.mark.browser
def test_an_address_is_audited_without_any_project(
    chromium: Chromium, site_dir: Path, origin: str, tmp_path: Path
) -> None:
    write_site(site_dir, {"bad.html": BAD, "good.html": GOOD})
    environment = {"MACHIKADO_CHROMIUM": str(chromium.executable)}
    done = run("--url", f"{origin}/good.html", cwd=tmp_path, **environment)
    assert (done.returncode, done.stdout) == (0, "")
    done = run("--url", f"{origin}/bad.html", "--url", f"{origin}/good.html", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout.splitlines()[0] == (
        f"{origin}/bad.html: A heading skips a level; those who read by headings think that "
        "a section is missing. [heading-order]"
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "There is no site to audit"),
        (["--config-file", "nowhere.yml"], "nowhere.yml: There is no such file."),
        (["--url", "ftp://x/"], "`ftp://x/` is no web address. Start it with https:// or http://."),
        (
            ["--url", "http://x/", "--page", "/"],
            "--url cannot be used together with --page, --changed, --shard or --merge",
        ),
        (["--jobs", "0"], "0 is not in the range 1<=x<=64"),
    ],
)
def test_wrong_use_exits_2_and_says_what_to_do(
    project: Path, arguments: list[str], words: str
) -> None:
    done = run(*arguments, cwd=project)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr


@pytest.mark.browser
@pytest.mark.usefixtures("chromium")
def test_an_unknown_page_exits_2(project: Path) -> None:
    write_site(project / "site", {"index.html": GOOD})
    done = run("--page", "/nothing/", cwd=project)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("The site has no page `/nothing/`.")


def test_a_missing_browser_exits_2(project: Path) -> None:
    write_site(project / "site", {"index.html": GOOD})
    done = run(cwd=project, MACHIKADO_CHROMIUM="/nowhere/chrome")
    assert (done.returncode, done.stdout) == (2, "")
    assert "MACHIKADO_CHROMIUM names `/nowhere/chrome`, which cannot be run." in done.stderr


@pytest.mark.parametrize("language", ["ja", "en"])
def test_help_shows_examples_in_both_languages(tmp_path: Path, language: str) -> None:
    done = run("--help", cwd=tmp_path, MACHIKADO_LANG=language)
    assert done.returncode == 0
    assert "machikado audit --page /plan/ --page /en/plan/" in done.stdout
    assert ("例:" if language == "ja" else "Examples:") in done.stdout
