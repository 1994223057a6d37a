"""A page becomes a recording, once; nothing is seen of one that is not whole."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from studio_kit import the_ffmpeg, the_reader, the_voice

from machikado.article.recording import Kind, Recording, media_file, read_recording, sidecar_file
from machikado.audio.ffmpeg import Encoder, EncodingError, find_ffmpeg
from machikado.audio.studio import (
    LEFTOVER_AGE,
    LONGEST,
    Failure,
    Standing,
    Take,
    orphans,
    pages_to_record,
    record,
    record_all,
    standing,
    take_of,
)
from machikado.audio.voice import Voice
from machikado.readings.reader import Reader
from small_city import article_of, news, page_of, site_of, source, translated

GUIDE = source(1001004, "案内", audio="true")
CITY = {
    "ja/index.md": source(1000001, "トップ"),
    "ja/404.md": source(1000404, "ありません", audio="true"),
    "ja/news/a.md": news(1001001, "お知らせ", "2026-04-02", "あす{一日|ついたち}です。"),
    "ja/news/b.md": news(1001002, "静かに", "2026-04-01", audio="false"),
    "ja/snow.md": news(1001003, "大雪", "2026-04-03", category="emergency"),
    "ja/guide.md": GUIDE,
    "ja/plain.md": source(1001005, "ふつう"),
    "ja-easy/guide.md": translated(GUIDE, "あんない"),
    "en/guide.md": translated(GUIDE, "Guide"),
}


@pytest.fixture
def voice() -> Voice:
    return the_voice()


@pytest.fixture
def reader() -> Reader:
    return the_reader()


@pytest.fixture
def ffmpeg() -> Path:
    return the_ffmpeg()


def take(reader: Reader, file: str = "ja/news/a.md", body: str | None = None) -> Take:
    site = site_of(
        CITY if body is None else CITY | {file: news(1001001, "お知らせ", "2026-04-02", body)}
    )
    return take_of(page_of(site, file), article_of(site, file).html, reader, "voice 1", "{words}")


def names(folder: Path) -> list[str]:
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


def test_news_urgent_news_and_pages_that_ask_are_recorded_in_japanese() -> None:
    assert [page.file for page in pages_to_record(site_of(CITY))] == [
        "docs/ja/guide.md",
        "docs/ja/news/a.md",
        "docs/ja/snow.md",
        "docs/ja-easy/guide.md",
    ]


def test_of_many_news_the_newest_fifty_and_all_urgent_ones_are_recorded() -> None:
    many = {
        f"ja/news/{n}.md": news(1002000 + n, "古い", f"2026-01-01T{n // 60:02}:{n % 60:02}")
        for n in range(60)
    }
    many["ja/old.md"] = news(1003000, "大雨", "2025-01-01", category="emergency")
    files = [page.file for page in pages_to_record(site_of(many))]
    assert len(files) == 51
    assert "docs/ja/old.md" in files
    assert "docs/ja/news/9.md" not in files
    assert "docs/ja/news/10.md" in files


def test_a_recording_has_sound_in_two_formats_cues_of_true_length_and_a_sidecar(
    tmp_path: Path, reader: Reader, voice: Voice, ffmpeg: Path
) -> None:
    one = take(reader)
    assert standing(one, tmp_path) is Standing.MISSING
    made = record(one, tmp_path, voice, ffmpeg)
    assert standing(one, tmp_path) is Standing.CURRENT
    stem = f"assets/audio/ja/1001001-{one.spoken[:12]}"
    assert names(tmp_path) == [
        f"{stem}.mp3",
        f"{stem}.opus",
        f"{stem}.vtt",
        "assets/audio/ja/1001001.json",
    ]
    assert read_recording((tmp_path / "assets/audio/ja/1001001.json").read_text("utf-8")) == made
    assert dict(made.sizes) == {
        kind: (tmp_path / f"{stem}.{kind}").stat().st_size for kind in ("opus", "mp3", "vtt")
    }
    captions = (tmp_path / f"{stem}.vtt").read_text("utf-8").split("\n\n")[2:]
    assert [cue.split("\n")[0] for cue in captions] == ["1 h1", "2 p:1"]
    assert captions[1].rstrip().endswith("\nあす一日です。")
    samples = sum(len(voice.speak(line.text, line.segments)) // 2 for line in one.lines)
    pauses = sum(line.pause for line in one.lines)
    assert made.seconds == pytest.approx(samples / voice.rate + pauses, abs=0.001)
    for kind in ("opus", "mp3"):
        assert length_of(tmp_path / f"{stem}.{kind}", ffmpeg) == pytest.approx(
            made.seconds, abs=0.1
        )


def length_of(file: Path, ffmpeg: Path) -> float:
    """Seconds of sound that ffmpeg decodes from a file."""
    command = [
        str(ffmpeg),
        "-v",
        "error",
        "-i",
        str(file),
        "-f",
        "s16le",
        "-ac",
        "1",
        "-ar",
        "8000",
        "-",
    ]
    return len(subprocess.run(command, capture_output=True, check=True).stdout) / 16000


def test_the_same_page_makes_the_same_bytes(
    tmp_path: Path, reader: Reader, voice: Voice, ffmpeg: Path
) -> None:
    one = take(reader)
    for folder in ("a", "b"):
        record(one, tmp_path / folder, voice, ffmpeg)
    assert names(tmp_path / "a") == names(tmp_path / "b")
    for name in names(tmp_path / "a"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name


def test_words_readings_and_voice_make_a_recording_outdated_and_a_touch_does_not(
    tmp_path: Path, reader: Reader
) -> None:
    first = take(reader)
    assert take(reader, body="あす{一日|ついたち}です。\n\n\n") == first
    other_words = take(reader, body="あす二日です。")
    other_reading = take(reader, body="あす{一日|いちにち}です。")
    assert other_words.said != first.said
    assert other_reading.said == first.said
    assert len({first.spoken, other_words.spoken, other_reading.spoken}) == 3
    keep(tmp_path, first)
    assert standing(first, tmp_path) is Standing.CURRENT
    assert standing(other_reading, tmp_path) is Standing.OUTDATED


def keep(docs: Path, one: Take) -> Recording:
    """A recording of the page without any sound, as if it had been made."""
    from machikado.audio.voice import CREDIT

    made = Recording(
        one.page, one.locale, one.said, one.spoken, 1.0, 2, {k.value: 3 for k in Kind}, CREDIT, "e"
    )
    for kind in Kind:
        file = docs / made.file(kind)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"abc")
    (docs / sidecar_file(one.locale, one.page)).write_text(made.as_json(), "utf-8")
    return made


def test_a_broken_sidecar_or_a_file_cut_short_counts_as_missing(
    tmp_path: Path, reader: Reader
) -> None:
    one = take(reader)
    made = keep(tmp_path, one)
    sidecar = tmp_path / sidecar_file("ja", "1001001")
    for broken in ("", "{", "[]", "null", '{"schema": 2}', json.dumps({"schema": 1, "sizes": {}})):
        sidecar.write_text(broken)
        assert standing(one, tmp_path) is Standing.MISSING
    sidecar.write_bytes(b"\xff\xfe")
    assert standing(one, tmp_path) is Standing.MISSING
    sidecar.write_text(made.as_json(), "utf-8")
    (tmp_path / made.file(Kind.MP3)).write_bytes(b"a")
    assert standing(one, tmp_path) is Standing.MISSING


def test_what_no_page_needs_is_found_and_files_of_others_are_left(
    tmp_path: Path, reader: Reader
) -> None:
    one = take(reader)
    gone = replace(one, page="1009999", spoken="f" * 64)
    keep(tmp_path, one)
    keep(tmp_path, gone)
    folder = tmp_path / "assets/audio/ja"
    old = media_file("ja", one.page, "0" * 64, Kind.OPUS)
    (tmp_path / old).touch()
    for name in ("jingle.mp3", "notes.json", "1001001-song.mp3"):
        (folder / name).write_text("{}")
    part = folder / ".1001001-000000000000.opus.1.part"
    part.touch()
    now = part.stat().st_mtime
    expected = [*(gone_file.name for gone_file in folder.glob("1009999*")), Path(old).name]
    assert sorted(file.name for file in orphans(tmp_path, [one], now)) == sorted(expected)
    assert part in orphans(tmp_path, [one], now + LEFTOVER_AGE + 1)


def test_a_page_of_emoji_is_silent_and_one_of_100000_characters_is_too_long(
    tmp_path: Path, reader: Reader
) -> None:
    silent = take_of(
        page_of(site_of({"ja/x.md": source(1000009, "😀")}), "ja/x.md"),
        "<p>🎉</p>",
        reader,
        "v",
        "",
    )
    assert standing(silent, tmp_path) is Standing.SILENT
    long = take(reader, body="あ、" * 50_000)
    assert long.length > LONGEST
    assert standing(long, tmp_path) is Standing.TOO_LONG


def test_nothing_is_left_of_a_recording_that_was_interrupted(
    tmp_path: Path, reader: Reader, voice: Voice, ffmpeg: Path
) -> None:
    answers = iter([False, True])
    with pytest.raises(InterruptedError):
        record(take(reader), tmp_path, voice, ffmpeg, lambda: next(answers))
    assert names(tmp_path) == []


def test_the_old_recording_stays_whole_while_the_new_one_fails(
    tmp_path: Path, reader: Reader, voice: Voice
) -> None:
    made = keep(tmp_path, take(reader))
    before = names(tmp_path)
    with pytest.raises(EncodingError):
        record(take(reader, body="別の文"), tmp_path, voice, Path("/bin/false"))
    assert names(tmp_path) == before
    assert read_recording((tmp_path / sidecar_file("ja", "1001001")).read_text("utf-8")) == made


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_told_as_such(tmp_path: Path, ffmpeg: Path) -> None:
    full = tmp_path / "full.opus"
    full.symlink_to("/dev/full")

    def encode() -> None:
        with Encoder(ffmpeg, 48_000, {Kind.OPUS: full}, {}) as encoder:
            for _ in range(200):
                encoder.write(os.urandom(96_000))
            encoder.finish()

    with pytest.raises(EncodingError) as caught:
        encode()
    assert caught.value.is_disk_full


def test_several_processes_record_the_longest_page_first_and_tell_of_failures(
    tmp_path: Path, reader: Reader, ffmpeg: Path
) -> None:
    takes = [take(reader, body="短い。"), take(reader, "ja/news/a.md", "少しだけ長い文です。")]
    takes = [replace(one, page=f"100000{n}") for n, one in enumerate(takes)]
    (tmp_path / "assets/audio/ja").mkdir(parents=True)
    (tmp_path / sidecar_file("ja", "1000000")).mkdir()
    results = {one.page: result for one, result in record_all(takes, tmp_path, ffmpeg, 2)}
    assert isinstance(results["1000001"], Recording)
    failed = results["1000000"]
    assert isinstance(failed, Failure)
    assert "directory" in failed.reason.lower()
    assert not [name for name in names(tmp_path) if name.endswith(".part")]


def test_ffmpeg_is_looked_for_in_the_given_folders_alone(tmp_path: Path) -> None:
    assert find_ffmpeg(str(tmp_path)) is None
    program = tmp_path / "ffmpeg"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    assert find_ffmpeg(str(tmp_path)) == program
