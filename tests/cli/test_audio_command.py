"""`machikado audio` records what is missing, once, and tells clearly what it cannot do."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from machikado.audio.ffmpeg import find_ffmpeg
from machikado.cli.audio import audio
from scratch_city import Run, city_in, run
from small_city import news, source

NOW = ("--now", "2026-12-01")
FOLDER = "docs/assets/audio/ja"
needs_ffmpeg = pytest.mark.skipif(find_ffmpeg() is None, reason="ffmpeg is not installed")


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return city_in(tmp_path)


def recorded(city: Path, *arguments: str, language: str = "en") -> Run:
    return run(audio, city, *NOW, "--jobs", "1", *arguments, language=language)


def write(city: Path, name: str, text: str) -> None:
    (city / "docs/ja" / name).write_text(text, encoding="utf-8")


def files(city: Path) -> list[str]:
    return sorted(file.name for file in (city / FOLDER).glob("*"))


@needs_ffmpeg
def test_a_page_is_recorded_once_and_again_when_it_has_changed(city: Path) -> None:
    assert recorded(city, "--check") == Run(
        1,
        "docs/ja/news/2026-11-16-a.md: no audio\n",
        "audio: 0 current, 1 missing, 0 outdated\n",
    )
    code, out, err = recorded(city)
    assert (code, err) == (0, "1 pages recorded, 0 unchanged, 0 files removed\n")
    assert out.startswith("docs/ja/news/2026-11-16-a.md: 0:0")
    first = files(city)
    assert len(first) == 4
    assert recorded(city) == Run(0, "", "0 pages recorded, 1 unchanged, 0 files removed\n")
    assert recorded(city, "--check") == Run(0, "", "audio: 1 current, 0 missing, 0 outdated\n")
    write(city, "news/2026-11-16-a.md", news(1001001, "お知らせ", "2026-11-16", "新しい本文"))
    assert recorded(city, "--check").out == (
        "docs/ja/news/2026-11-16-a.md: the audio is outdated\n"
    )
    assert recorded(city).err == "1 pages recorded, 0 unchanged, 3 files removed\n"
    assert len(files(city)) == 4
    assert set(files(city)) & set(first) == {"1001001.json"}


@needs_ffmpeg
def test_json_stands_alone_on_stdout_and_tells_length_and_sizes(city: Path) -> None:
    write(city, "emoji.md", source(1001009, "😀", "🎉", audio="true"))
    code, out, err = recorded(city, "--format", "json", "--quiet")
    told = json.loads(out)
    assert (code, err) == (0, "")
    (page,) = told.pop("recorded")
    assert told == {
        "schema": 1,
        "current": 0,
        "skipped": [{"file": "docs/ja/emoji.md", "reason": "silent"}],
        "failed": [],
        "removed": 0,
    }
    assert (page["file"], page["sentences"]) == ("docs/ja/news/2026-11-16-a.md", 3)
    assert 2 < page["seconds"] < 6
    assert page["bytes"]["opus"] == next((city / FOLDER).glob("*.opus")).stat().st_size


@needs_ffmpeg
def test_audio_of_a_page_that_is_gone_is_removed_and_kept_while_a_source_is_broken(
    city: Path,
) -> None:
    assert recorded(city).code == 0
    broken = city / "docs/ja/broken.md"
    broken.write_text("---\nid: x\n", encoding="utf-8")
    (city / "docs/ja/news/2026-11-16-a.md").unlink()
    code, _, err = recorded(city)
    assert code == 0
    assert "no audio was removed" in err
    assert len(files(city)) == 4
    broken.unlink()
    assert recorded(city).err == "0 pages recorded, 0 unchanged, 4 files removed\n"
    assert files(city) == []


def test_a_city_with_nothing_to_record_needs_neither_engine_nor_ffmpeg(
    city: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (city / "docs/ja/news/2026-11-16-a.md").unlink()
    monkeypatch.setenv("PATH", str(city))
    monkeypatch.setitem(sys.modules, "pyopenjtalk", None)
    assert recorded(city) == Run(0, "", "0 pages recorded, 0 unchanged, 0 files removed\n")


@pytest.mark.parametrize(
    ("language", "message"),
    [
        (
            "ja",
            "ffmpeg が見つからないため、音声を作れません。ffmpeg を入れてください"
            "（例: apt install ffmpeg）。サイトは音声なしで作れます。\n",
        ),
        (
            "en",
            "ffmpeg was not found: no audio can be made. Install it (for instance "
            "`apt install ffmpeg`). The site can be built without.\n",
        ),
    ],
)
def test_a_missing_ffmpeg_is_told_once_and_checking_needs_none(
    city: Path, monkeypatch: pytest.MonkeyPatch, language: str, message: str
) -> None:
    monkeypatch.setenv("PATH", str(city))
    assert recorded(city, language=language) == Run(2, "", message)
    assert recorded(city, "--check").code == 1


def test_a_missing_engine_is_told_once(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyopenjtalk", None)
    assert recorded(city) == Run(
        2,
        "",
        "pyopenjtalk-plus is not installed: no audio can be made. The site can be built without.\n",
    )
    assert recorded(city, language="ja").err == (
        "pyopenjtalk-plus がインストールされていないため、音声を作れません。サイトは音声なしで作れます。\n"
    )


def test_a_page_that_is_not_to_be_recorded_cannot_be_named(city: Path) -> None:
    code, out, err = recorded(city, "docs/ja/index.md", language="ja")
    assert (code, out) == (2, "")
    assert "audio: true と書いてください" in err
    assert recorded(city, "docs/en").code == 2
    assert recorded(city, "/").code == 2


def test_a_page_of_100000_characters_is_told_to_be_divided(
    city: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(city))
    write(
        city, "news/2026-11-16-a.md", news(1001001, "長い", "2026-11-16", "あいうえお、" * 20_000)
    )
    code, out, err = recorded(city, language="ja")
    assert (code, out) == (0, "")
    assert err.startswith(
        "docs/ja/news/2026-11-16-a.md: 120,002文字あり、音声にするには長すぎます（20,000文字まで）。"
        "ページを分けてください。\n"
    )


def test_audio_in_the_front_matter_is_yes_or_no(city: Path) -> None:
    from machikado.cli.check import check

    write(city, "a.md", source(1001009, "A", audio="maybe"))
    assert run(check, city).out.startswith("docs/ja/a.md:4: audio: `maybe` is not true or false.")


@needs_ffmpeg
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_an_interruption_leaves_what_is_finished_and_no_half_of_anything(city: Path) -> None:
    for number in range(3):
        body = "お知らせの文が続きます。" * 150
        write(
            city,
            f"news/long-{number}.md",
            news(1002000 + number, f"長い{number}", "2026-11-10", body),
        )
    command = [sys.executable, "-c", "from machikado.cli import main; main()", "audio", *NOW]
    command += ["--jobs", "2", "--config-file", str(city / "mkdocs.yml")]
    process = subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        env={**os.environ, "MACHIKADO_LANG": "en"},
        start_new_session=True,
    )
    waited = time.monotonic()
    while not list((city / FOLDER).glob(".*.part")) and time.monotonic() - waited < 60:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.decode().strip().endswith("Stopped.")
    assert "Traceback" not in err.decode()
    assert [name for name in files(city) if name.endswith(".part")] == []
    for sidecar in (city / FOLDER).glob("*.json"):
        assert len(list((city / FOLDER).glob(f"{sidecar.stem}-*"))) == 3
