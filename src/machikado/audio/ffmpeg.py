"""ffmpeg: the program that makes Opus and MP3 of sound. The only module that calls it."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Self

from machikado.article.recording import Kind

SETTINGS: Mapping[Kind, tuple[str, ...]] = {
    Kind.OPUS: ("-c:a", "libopus", "-b:a", "24k", "-application", "voip", "-f", "ogg"),
    Kind.MP3: ("-ar", "24000", "-c:a", "libmp3lame", "-b:a", "32k", "-f", "mp3"),
}
"""Speech of one voice: 24 kbit/s of Opus, 32 kbit/s of MP3 at half the samples."""
_FULL = "No space left on device"


class EncodingError(Exception):
    """ffmpeg ended without making what it was asked for; the message is its own last line."""

    @property
    def is_disk_full(self) -> bool:
        return _FULL in str(self)


def find_ffmpeg(path: str | None = None) -> Path | None:
    """Where ffmpeg is; `path`: folders to look in, those of the environment where it is None."""
    found = shutil.which("ffmpeg", path=path)
    return Path(found) if found else None


class Encoder:
    """Takes sound piece by piece and writes it into files in every format at once."""

    def __init__(
        self, ffmpeg: Path, rate: int, files: Mapping[Kind, Path], tags: Mapping[str, str]
    ) -> None:
        """rate: samples a second, of 16 bits, one channel; tags: what the files say of themselves."""
        # Standard error goes into a file: a pipe that nobody reads could fill up.
        self._told: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        command = [str(ffmpeg), "-hide_banner", "-loglevel", "error", "-nostdin", "-y"]
        command += ["-f", "s16le", "-ar", str(rate), "-ac", "1", "-i", "pipe:0"]
        for kind, file in files.items():
            for name, value in tags.items():
                command += ["-metadata", f"{name}={_tag(value)}"]
            # The same sound makes the same bytes.
            command += ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact"]
            command += [*SETTINGS[kind], f"file:{file}"]
        self._files = files
        self._process = subprocess.Popen(  # noqa: S603 - no shell; the files' names are our own
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=self._told,
            # Ctrl+C is for the one who called it.
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None:
            self._process.kill()
        if self._process.stdin:
            with contextlib.suppress(BrokenPipeError):
                self._process.stdin.close()
        self._process.wait()
        self._told.close()

    def write(self, sound: bytes) -> None:
        """Raises EncodingError."""
        if self._process.stdin is None:
            raise EncodingError("ffmpeg")
        try:
            self._process.stdin.write(sound)
        except BrokenPipeError:
            raise self._error() from None

    def finish(self) -> None:
        """Wait until the files are whole; raises EncodingError."""
        if self._process.stdin:
            try:
                self._process.stdin.close()
            except BrokenPipeError:
                raise self._error() from None
        failed = self._process.wait() != 0 or any(
            not file.exists() or file.stat().st_size == 0 for file in self._files.values()
        )
        if failed or _FULL in self._said():
            raise self._error()

    def _said(self) -> str:
        self._told.seek(0)
        return self._told.read().decode("utf-8", "replace")

    def _error(self) -> EncodingError:
        self._process.wait()
        said = self._said()
        if _FULL in said:
            return EncodingError(_FULL)
        lines = said.strip().splitlines()
        return EncodingError(lines[-1] if lines else f"exit code {self._process.returncode}")


def _tag(value: str) -> str:
    """One line that a file may carry; a NUL would end the command's argument."""
    return " ".join("".join(c for c in value if c.isprintable() or c == " ").split())[:200]
