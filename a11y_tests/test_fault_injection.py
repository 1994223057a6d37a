"""A whole small project, one thing broken: the gate closes and names the line."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from built_site import ROOT, machikado

HOME = """\
---
id: 1000001
title: 見本のまち
summary: 検査を試すための小さなサイトです。
---

このページは見本です。[手続きの案内](guide.md)へ進めます。
"""
GUIDE = """\
---
id: 1000002
title: 手続きの案内
summary: 手続きの順番と持ち物です。
---

手続きには、次のものが要ります。

## 持ち物

![本人確認書類の例](assets/card.png)

### 写しでよいもの

住民票は写しでもかまいません。
"""
NOT_FOUND = """\
---
id: 1000003
title: ページが見つかりません
---

[ホームへ戻る](index.md)
"""
LOCALES = "- { code: ja, name: 日本語, default: true }\n- { code: en, name: English }\n"
GUIDE_FILE = "docs/ja/guide.md"
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The demo's configuration, theme and vocabulary around three pages."""
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    for folder in ("overrides", "i18n"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    docs = tmp_path / "docs"
    (docs / "assets").mkdir(parents=True)
    (docs / "assets" / "card.png").write_bytes(DOT)
    (docs / "ja").mkdir()
    for name, text in (("index.md", HOME), ("guide.md", GUIDE), ("404.md", NOT_FOUND)):
        (docs / "ja" / name).write_text(text, encoding="utf-8")
    return tmp_path


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file.name}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def build(project: Path) -> None:
    done = machikado("build", "--quiet", cwd=project)
    assert done.returncode == 0, done.stdout + done.stderr


def findings(project: Path, command: str) -> tuple[int, list[dict[str, Any]]]:
    done = machikado(command, "--format", "json", "--quiet", cwd=project)
    report = json.loads(done.stdout)
    assert report["errors"] == []
    return done.returncode, report["findings"]


def places(found: list[dict[str, Any]]) -> set[tuple[str, str | None, int | None]]:
    """Check, file and line of each failed finding."""
    return {
        (f["check"], (f["source"] or {}).get("file"), (f["source"] or {}).get("line"))
        for f in found
        if f["outcome"] == "failed"
    }


def test_the_project_is_sound_before_anything_is_broken(project: Path) -> None:
    assert findings(project, "check") == (0, [])
    build(project)
    code, found = findings(project, "audit")
    assert (code, places(found)) == (0, set())


@pytest.mark.parametrize(
    ("old", "new", "check", "line"),
    [
        ("![本人確認書類の例]", "![]", "image-without-alt", 11),
        ("### 写しでよいもの", "##### 写しでよいもの", "heading-order", 13),
    ],
)
def test_a_fault_in_the_source_stops_the_build_and_leaves_the_site(
    project: Path, old: str, new: str, check: str, line: int
) -> None:
    build(project)
    page = project / "site" / "guide" / "index.html"
    before = page.read_bytes()
    replace(project / GUIDE_FILE, old, new)
    code, found = findings(project, "check")
    assert (code, places(found)) == (1, {(check, GUIDE_FILE, line)})
    done = machikado("build", "--quiet", cwd=project)
    assert (done.returncode, f"{GUIDE_FILE}:{line}: " in done.stdout) == (1, True)
    assert page.read_bytes() == before


def test_a_deleted_alt_is_found_on_the_page_and_led_back_to_its_line(project: Path) -> None:
    """What a fault of the build would leave behind: the page lacks what the source has."""
    build(project)
    page = project / "site" / "guide" / "index.html"
    # The source lacks it too, as with any engine that does not check first.
    replace(project / GUIDE_FILE, "![本人確認書類の例]", "![]")
    replace(page, 'alt="本人確認書類の例"', "")
    code, found = findings(project, "audit")
    assert (code, places(found)) == (1, {("image-alt", GUIDE_FILE, 11)})
    assert {tuple(f["criteria"]) for f in found if f["outcome"] == "failed"} == {("1.1.1",)}


def test_a_broken_heading_order_is_found_on_the_page_and_led_back_to_its_line(
    project: Path,
) -> None:
    build(project)
    page = project / "site" / "guide" / "index.html"
    html = page.read_text(encoding="utf-8")
    broken, count = re.subn(r"<h3(.*?)</h3>", r"<h5\1</h5>", html)
    assert count == 1
    page.write_text(broken, encoding="utf-8")
    code, found = findings(project, "audit")
    assert (code, places(found)) == (1, {("heading-order", GUIDE_FILE, 13)})


def test_a_lowered_contrast_is_found_in_its_theme_and_led_back_to_the_text(project: Path) -> None:
    tokens = project / "overrides" / "assets" / "stylesheets" / "tokens.css"
    text = tokens.read_text(encoding="utf-8")
    lowered, count = re.subn(r"(--mk-ink:\s*)[^;]+;", r"\1#a8a8a8;", text, count=1)
    assert count == 1
    tokens.write_text(lowered, encoding="utf-8")
    build(project)
    code, found = findings(project, "audit")
    contrast = [f for f in found if f["check"] == "color-contrast" and f["outcome"] == "failed"]
    assert code == 1
    assert {f["check"] for f in found if f["outcome"] == "failed"} == {"color-contrast"}
    assert {f["theme"] for f in contrast} == {"light"}
    assert {f["viewport"] for f in contrast} == {"desktop", "phone"}
    # Title, paragraph, headings, paragraph; the summary has a softer ink of its own.
    led = {line for _, file, line in places(contrast) if file == GUIDE_FILE}
    assert led == {3, 7, 9, 13, 15}
