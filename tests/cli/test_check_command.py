"""`machikado check` tells everything wrong with the sources and ends with the right exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from machikado.cli.check import check
from scratch_city import FAULTS, Run, city_in, run
from small_city import source


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return city_in(tmp_path)


def checked(city: Path, *arguments: str) -> Run:
    return run(check, city, *arguments)


def test_a_city_without_faults_passes(city: Path) -> None:
    assert checked(city) == Run(0, "", "3 pages, 0 findings\n")


def test_all_bad_input_is_told_with_file_and_line_in_one_run(city: Path) -> None:
    for name, text in FAULTS.items():
        file = city / "docs" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    code, out, err = checked(city)
    assert code == 1
    assert [line for line in out.splitlines() if not line.startswith(" ")] == [
        "docs/fr/index.md:1: `fr` is no locale of this site.",
        "docs/ja/bom.md:1: The file starts with a byte order mark (BOM).",
        "docs/ja/broken.md:3: The front matter is not valid YAML (a quote is not closed).",
        "docs/ja/date.md:4: publish_at: `2026/4/1` is no ISO 8601 date.",
        "docs/ja/department.md:4: The department `kikaku` is not known.",
        "docs/ja/link.md:6: The target `nowhere.md` is not there.",
        "docs/ja/shift-jis.md:3: The file is not UTF-8 (probably Shift_JIS).",
        "docs/ja/twin-b.md:2: The id `1000007` is also used by docs/ja/twin-a.md.",
    ]
    assert err == "12 pages, 8 findings\n"


def test_each_finding_is_followed_by_what_to_do(city: Path) -> None:
    (city / "docs/ja/a.md").write_text(source(1000009, "A", "![](a.png)\n"), encoding="utf-8")
    (city / "docs/ja/a.png").touch()
    assert checked(city).out.splitlines() == [
        "docs/ja/a.md:6: The image `a.png` has no text alternative. [1.1.1]",
        "    Write what the image tells in the brackets: ![text](file). "
        "A decorative image is written ![](file){.decorative}.",
    ]


def test_people_are_spoken_to_in_their_language(
    city: Path,
) -> None:
    (city / "docs/ja/a.md").write_text(source(1000009, "A", "# 題名\n"), encoding="utf-8")
    code, out, err = run(check, city, language="ja")
    assert code == 1
    assert out.startswith(
        "docs/ja/a.md:6: 本文に、題名と同じ段の見出し「題名」（# 1つ）があります。\n"
    )
    assert err == "4ページを調べました。直すところは1件です。\n"


def test_json_has_the_shape_of_the_audit_and_stands_alone_on_stdout(city: Path) -> None:
    (city / "docs/en/index.md").write_text("---\nid: x\ntitle: T\n---\n", encoding="utf-8")
    code, out, err = checked(city, "--format", "json", "docs/en/index.md")
    assert (code, err) == (1, "1 pages, 1 findings\n")
    report = json.loads(out)
    assert {key: report[key] for key in ("schema", "pages", "errors")} == {
        "schema": 1,
        "pages": 1,
        "errors": [],
    }
    (finding,) = report["findings"]
    assert finding["check"] == "front-matter-value"
    assert finding["outcome"] == "failed"
    assert finding["source"] == {"file": "docs/en/index.md", "line": 2}
    assert (finding["page"], finding["locale"], finding["theme"]) == (
        "docs/en/index.md",
        "en",
        None,
    )
    assert set(finding["message"]) == set(finding["help"]) == {"ja", "en"}


def test_annotations_name_file_and_line_for_a_pull_request(city: Path) -> None:
    (city / "docs/ja/a.md").write_text(source(1000009, "A", "[x](y.md)\n"), encoding="utf-8")
    code, out, _ = checked(city, "--format", "github")
    assert code == 1
    assert out.startswith(
        "::error file=docs/ja/a.md,line=6,title=broken-link::The target `y.md` is not there. "
    )


def test_only_the_files_named_are_reported(city: Path) -> None:
    (city / "docs/ja/a.md").write_text(source(1000009, "A", "# 題名\n"), encoding="utf-8")
    assert checked(city, "docs/ja/index.md") == Run(0, "", "1 pages, 0 findings\n")
    assert checked(city, "docs/en") == Run(0, "", "1 pages, 0 findings\n")
    assert checked(city, str(city / "docs/ja/a.md")).code == 1


def test_files_are_named_from_where_the_user_stands(
    city: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(city / "docs/ja")
    assert checked(city, "index.md").err == "1 pages, 0 findings\n"


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("docs/ja/nothing.md", "docs/ja/nothing.md: there is no such page (.md) in docs/.\n"),
        ("mkdocs.yml", "mkdocs.yml: there is no such page (.md) in docs/.\n"),
        ("docs/ja/plan.png", "docs/ja/plan.png: there is no such page (.md) in docs/.\n"),
    ],
)
def test_a_file_that_is_no_page_is_wrong_use(city: Path, file: str, said: str) -> None:
    assert checked(city, file) == Run(2, "", said)


def test_a_file_outside_the_project_is_wrong_use(city: Path) -> None:
    code, out, err = checked(city, "/etc/hostname")
    assert (code, out) == (2, "")
    assert err.startswith("/etc/hostname: outside the project's folder")


def test_quiet_leaves_nothing_but_findings(city: Path) -> None:
    assert checked(city, "--quiet") == Run(0, "", "")


def test_broken_vocabulary_is_a_broken_configuration(city: Path) -> None:
    (city / "i18n/departments.yml").write_text("- {", encoding="utf-8")
    code, out, err = checked(city)
    assert (code, out) == (2, "")
    assert err.startswith("i18n/departments.yml:")


def test_a_missing_configuration_is_wrong_use(tmp_path: Path) -> None:
    code, out, err = run(check, tmp_path)
    assert (code, out) == (2, "")
    assert "There is no such file." in err


MENDABLE = "ﾊﾞｽは10:00、①番です。\r\n計\u200b画です。\r\n"


def mendable(city: Path) -> Path:
    file = city / "docs/ja/a.md"
    file.write_bytes(
        source(1000009, "A", MENDABLE).replace("\n", "\r\n").replace("\r\r", "\r").encode()
    )
    return file


def test_warnings_stop_nothing_and_one_is_told_what_can_be_mended(city: Path) -> None:
    mendable(city)
    code, out, err = checked(city)
    assert code == 0
    assert out.splitlines()[0] == "docs/ja/a.md:6: `ﾊﾞｽ` is katakana of half width. (warning)"
    assert err == (
        "4 pages, 4 findings (4 of them stop nothing)\n`machikado check --fix` can mend 3 of them.\n"
    )


def test_fix_mends_the_file_says_what_it_changed_and_names_what_is_left(city: Path) -> None:
    file = mendable(city)
    file.chmod(0o640)
    code, out, err = checked(city, "--fix")
    assert code == 0
    assert out.splitlines() == [
        "docs/ja/a.md:6: mended: ﾊﾞｽは10:00、①番です。 -> バスは午前10時、①番です。",
        "docs/ja/a.md:7: mended: 計<U+200B>画です。 -> 計画です。",
        "docs/ja/a.md:6: `①` may be shown or read aloud wrongly on some devices. (warning)",
        "    Write `(1)` for ①.",
    ]
    assert err == "Mended 2 lines in 1 files.\n4 pages, 1 findings (1 of them stop nothing)\n"
    written = file.read_bytes().decode()
    assert written.endswith("\r\n\r\nバスは午前10時、①番です。\r\n計画です。\r\n\r\n")
    assert file.stat().st_mode & 0o777 == 0o640
    assert [one.name for one in file.parent.iterdir() if one.name.startswith(".")] == []
    assert checked(city, "--fix").err.startswith("Nothing could be mended for certain.")
    assert file.read_bytes().decode() == written


def test_fix_looks_at_the_files_that_were_named_alone(city: Path) -> None:
    file = mendable(city)
    before = file.read_bytes()
    checked(city, "--fix", "docs/ja/index.md")
    assert file.read_bytes() == before


def test_fixes_and_what_was_fixed_are_told_in_json_alone_on_stdout(city: Path) -> None:
    mendable(city)
    found = json.loads(checked(city, "--format", "json").out)
    assert [one["fix"]["new"] for one in found["findings"] if "fix" in one] == [
        "バス",
        "午前10時",
        "",
    ]
    assert "fixed" not in found
    fixed = json.loads(checked(city, "--fix", "--format", "json").out)["fixed"]
    assert [(one["file"], one["line"], one["after"]) for one in fixed] == [
        ("docs/ja/a.md", 6, "バスは午前10時、①番です。"),
        ("docs/ja/a.md", 7, "計画です。"),
    ]


def test_a_file_that_cannot_be_written_is_named(
    city: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mendable(city)

    def refused(_self: Path, _target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refused)
    code, _, err = checked(city, "--fix")
    assert code == 2
    assert err.startswith("Cannot write to ")
    assert [one.name for one in (city / "docs/ja").iterdir() if one.name.startswith(".")] == []


def test_errors_come_first_and_may_be_shown_alone(city: Path) -> None:
    (city / "docs/ja/a.md").write_text(source(1000009, "A", "①番\n\n日 時\n"), encoding="utf-8")
    first = "docs/ja/a.md:8: A space or a line break stands inside the word `日 時`. [1.3.2]"
    code, out, _ = checked(city)
    told = [line for line in out.splitlines() if not line.startswith(" ")]
    assert (code, len(told), told[0]) == (1, 2, first)
    alone = checked(city, "--errors-only").out.splitlines()
    assert [line for line in alone if not line.startswith(" ")] == [first]
