from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from machikado.browser.find import BrowserMissingError, find_chromium


def program(folder: Path, name: str) -> Path:
    file = folder / name
    file.write_text("#!/bin/sh\n")
    file.chmod(0o755)
    return file


def test_the_named_browser_comes_before_the_one_on_the_path(tmp_path: Path) -> None:
    named, _ = program(tmp_path, "mine"), program(tmp_path, "chromium")
    environment = {"MACHIKADO_CHROMIUM": str(named), "PATH": str(tmp_path)}
    assert find_chromium(environment) == named


def test_chromium_is_taken_before_chrome(tmp_path: Path) -> None:
    program(tmp_path, "google-chrome")
    expected = program(tmp_path, "chromium-browser")
    assert find_chromium({"PATH": str(tmp_path)}) == expected


def test_an_application_of_macos_is_found(tmp_path: Path) -> None:
    application = program(tmp_path, "Chromium")
    assert find_chromium({"PATH": ""}, [application]) == application


def test_a_named_browser_that_is_not_there_is_complained_of_and_not_replaced(
    tmp_path: Path,
) -> None:
    program(tmp_path, "chromium")
    with pytest.raises(BrowserMissingError) as raised:
        find_chromium({"MACHIKADO_CHROMIUM": "/nowhere/chrome", "PATH": str(tmp_path)})
    assert raised.value.text.en == (
        "MACHIKADO_CHROMIUM names `/nowhere/chrome`, which cannot be run. "
        "Correct it, or unset MACHIKADO_CHROMIUM."
    )


def find(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "machikado.browser.find"],
        env={"HOME": "/nonexistent"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_prints_the_path(tmp_path: Path) -> None:
    browser = program(tmp_path, "chromium")
    done = find({"PATH": str(tmp_path)})
    assert (done.returncode, done.stdout) == (0, f"{browser}\n")


def test_the_command_says_in_both_languages_what_to_install(tmp_path: Path) -> None:
    done = find({"PATH": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)})
    if done.returncode == 0:
        assert not os.access("/Applications", os.R_OK) or Path(done.stdout.strip()).is_file()
        pytest.skip("a browser stands in this machine's applications folder")
    assert (done.returncode, done.stdout) == (1, "")
    assert "apt-get install chromium" in done.stderr.splitlines()[0]
    assert "playwright install chromium" in done.stderr.splitlines()[1]
