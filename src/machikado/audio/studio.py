"""The studio: which pages are recorded, what is current, and how a page becomes a recording."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import re
import signal
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from machikado.article.recording import (
    FOLDER,
    Kind,
    Recording,
    media_file,
    read_recording,
    sidecar_file,
)
from machikado.audio.captions import Cue, write_captions
from machikado.audio.ffmpeg import SETTINGS, Encoder, EncodingError
from machikado.audio.script import digest_of, script
from machikado.audio.voice import RULES, Voice
from machikado.content.locale import Locale
from machikado.content.page import Page
from machikado.content.site import Site
from machikado.readings.furigana import is_japanese
from machikado.readings.reader import Reader
from machikado.readings.segment import Segment

NEWS = 50
"""How many of the newest notices of a locale are recorded unasked: as many as a feed keeps."""
LONGEST = 20_000
"""Characters of one page: about an hour of listening and five minutes of work."""
LEFTOVER_AGE = 24 * 60 * 60
"""Seconds after which an unfinished file is given up; a younger one may belong to another run."""

_OURS = re.compile(rf"\.?[a-z0-9-]+-[0-9a-f]{{12}}\.(?:{'|'.join(Kind)})(?:\.\d+\.part)?")
_PART = re.compile(r"\..+\.\d+\.part")


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, ready to be spoken: its segments, joined, are what is said."""

    shown: str
    segments: tuple[Segment, ...]
    place: str
    pause: float

    @property
    def text(self) -> str:
        return "".join(segment.surface for segment in self.segments)


@dataclass(frozen=True, slots=True)
class Take:
    """A page that is to be recorded. said, spoken: see `Recording`; file: its source."""

    page: str
    locale: str
    lang: str
    file: str
    title: str
    lines: tuple[Line, ...]
    said: str
    spoken: str

    @property
    def length(self) -> int:
        """Characters that are said."""
        return sum(len(line.text) for line in self.lines)


class Standing(StrEnum):
    """How a page's recording stands to the page."""

    CURRENT = "current"
    MISSING = "missing"
    OUTDATED = "outdated"
    SILENT = "silent"
    TOO_LONG = "too-long"


@dataclass(frozen=True, slots=True)
class Failure:
    """A page that could not be recorded, and why, in the words of who failed."""

    take: Take
    reason: str
    is_disk_full: bool = False


def pages_to_record(site: Site) -> tuple[Page, ...]:
    """The Japanese pages with `audio: true`, urgent news and the newest news, unless `audio: false`."""
    return tuple(
        page
        for locale in site.locales
        if is_japanese(locale.lang)
        for page in _of_locale(site, locale)
    )


def _of_locale(site: Site, locale: Locale) -> Iterator[Page]:
    asked = {page.file for page in site.news(locale, NEWS)}
    asked |= {page.file for page in site.urgent(locale) if page.locale.code == locale.code}
    for page in site.in_locale(locale):
        if page.is_not_found or page.meta.audio is False:
            continue
        if page.meta.audio or page.file in asked:
            yield page


def take_of(page: Page, article: str, reader: Reader, version: str, image: str) -> Take:
    """What is to be heard of a page. version: the voice's; image: as `script` has it."""
    sentences = script(page.title, page.meta.summary, article, image)
    lines = tuple(
        Line(one.shown, reader.readings(one.said, one.given), one.place, one.pause)
        for one in sentences
    )
    heard = repr((version, RULES, SETTINGS, page.title, lines))
    return Take(
        page.id,
        page.locale.code,
        page.locale.lang,
        page.file,
        page.title,
        lines,
        digest_of(sentences),
        hashlib.sha256(heard.encode("utf-8", "surrogatepass")).hexdigest(),
    )


def standing(take: Take, docs: Path) -> Standing:
    """How the recording in `docs` stands to the page."""
    if not take.lines:
        return Standing.SILENT
    if take.length > LONGEST:
        return Standing.TOO_LONG
    recording = kept(take, docs)
    if recording is None:
        return Standing.MISSING
    return Standing.CURRENT if recording.spoken == take.spoken else Standing.OUTDATED


def kept(take: Take, docs: Path) -> Recording | None:
    """The recording of the page in `docs`, if its files are whole."""
    try:
        recording = read_recording((docs / sidecar_file(take.locale, take.page)).read_text("utf-8"))
        whole = recording is not None and all(
            (docs / recording.file(kind)).stat().st_size == recording.sizes[kind] for kind in Kind
        )
    except (OSError, UnicodeDecodeError):
        return None
    return recording if whole else None


def record(
    take: Take, docs: Path, voice: Voice, ffmpeg: Path, stopped: Callable[[], bool] = lambda: False
) -> Recording:
    """Speak a page and put its recording in place; the sidecar comes last.

    Nothing is seen of a recording that is not whole. Raises EncodingError, OSError, InterruptedError.
    """
    places = {
        kind: docs / media_file(take.locale, take.page, take.spoken, kind) for kind in Kind
    } | {"json": docs / sidecar_file(take.locale, take.page)}
    parts = {
        kind: place.with_name(f".{place.name}.{os.getpid()}.part") for kind, place in places.items()
    }
    parts["json"].parent.mkdir(parents=True, exist_ok=True)
    try:
        seconds, cues = _spoken(take, voice, ffmpeg, parts, stopped)
        parts[Kind.VTT].write_text(write_captions(cues, take.lang), "utf-8", newline="\n")
        recording = Recording(
            take.page,
            take.locale,
            take.said,
            take.spoken,
            round(seconds, 3),
            len(cues),
            {kind.value: parts[kind].stat().st_size for kind in Kind},
            voice.credit,
            voice.version,
        )
        parts["json"].write_text(recording.as_json(), "utf-8", newline="\n")
        for kind, place in places.items():
            parts[kind].replace(place)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
    return recording


def _spoken(
    take: Take,
    voice: Voice,
    ffmpeg: Path,
    parts: dict[Any, Path],
    stopped: Callable[[], bool],
) -> tuple[float, list[Cue]]:
    """Speak into the files of sound; gives the seconds and the cues."""
    files = {kind: parts[kind] for kind in SETTINGS}
    credit = voice.credit
    tags = {
        "title": take.title,
        "language": "jpn",
        "copyright": f"{credit.name}, {credit.author}, {credit.licence} ({credit.licence_url})",
    }
    cues: list[Cue] = []
    samples = 0
    with Encoder(ffmpeg, voice.rate, files, tags) as encoder:
        for line in take.lines:
            if stopped():
                raise InterruptedError
            sound = voice.speak(line.text, line.segments)
            begun, samples = samples, samples + len(sound) // 2
            if sound:
                cues.append(Cue(begun / voice.rate, samples / voice.rate, line.shown, line.place))
            silence = round(line.pause * voice.rate)
            samples += silence
            encoder.write(sound + bytes(2 * silence))
        encoder.finish()
    return samples / voice.rate, cues


def record_all(
    takes: Sequence[Take], docs: Path, ffmpeg: Path, jobs: int
) -> Generator[tuple[Take, Recording | Failure], None, None]:
    """Record pages by several processes, the longest first; ends early when the disk is full."""
    takes = sorted(takes, key=lambda take: -take.length)
    if jobs == 1 or len(takes) == 1:
        voice = Voice()
        for take in takes:
            yield take, _attempt(take, lambda take: record(take, docs, voice, ffmpeg))
        return
    # Spawned, not forked: the engine's libraries start threads of their own.
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    pool = ProcessPoolExecutor(min(jobs, len(takes)), context, _begin, (docs, ffmpeg, stop))
    try:
        waiting = {pool.submit(_record, take): take for take in takes}
        for done in as_completed(waiting):
            yield waiting[done], done.result()
    except BrokenProcessPool:
        for take in (waiting[one] for one in waiting if not one.done() or one.exception()):
            yield take, Failure(take, "a process of the voice has died (out of memory?)")
    finally:
        stop.set()
        pool.shutdown(cancel_futures=True)


_at_work: tuple[Voice, Path, Path, Any]


def _begin(docs: Path, ffmpeg: Path, stop: Any) -> None:  # noqa: ANN401 - multiprocessing's event
    global _at_work
    # Ctrl+C is for the parent, which has the others stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _at_work = (Voice(), docs, ffmpeg, stop)


def _record(take: Take) -> Recording | Failure:
    voice, docs, ffmpeg, stop = _at_work
    return _attempt(take, lambda take: record(take, docs, voice, ffmpeg, stop.is_set))


def _attempt(take: Take, do: Callable[[Take], Recording]) -> Recording | Failure:
    try:
        return do(take)
    except EncodingError as error:
        return Failure(take, str(error), error.is_disk_full)
    except InterruptedError:
        return Failure(take, "stopped")
    except OSError as error:
        return Failure(take, error.strerror or str(error), error.errno == 28)


def orphans(docs: Path, takes: Iterable[Take], now: float | None = None) -> tuple[Path, ...]:
    """Files that no page needs: of pages that are gone, of recordings that were replaced.

    Files that others put there are not ours to remove. now: seconds since 1970, for leftovers.
    """
    moment = time.time() if now is None else now
    needed: set[Path] = set()
    for take in takes:
        if recording := kept(take, docs):
            needed.add(docs / sidecar_file(take.locale, take.page))
            needed |= {docs / recording.file(kind) for kind in Kind}
    found = []
    for file in sorted((docs / FOLDER).glob("*/*")):
        if file in needed or not file.is_file():
            continue
        if _PART.fullmatch(file.name):
            if moment - file.stat().st_mtime > LEFTOVER_AGE:
                found.append(file)
        elif _OURS.fullmatch(file.name) or (file.suffix == ".json" and _is_sidecar(file)):
            found.append(file)
    return tuple(found)


def _is_sidecar(file: Path) -> bool:
    try:
        return read_recording(file.read_text("utf-8")) is not None
    except (OSError, UnicodeDecodeError):
        return False
