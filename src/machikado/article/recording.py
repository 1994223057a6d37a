"""The recording of a page: what its sidecar says, and where its files are below docs/."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from machikado.article.typesetter import Asset, AssetLookup
from machikado.content.page import Page

SCHEMA = 1
FOLDER = "assets/audio"
"""Below docs/: one folder a locale, in it the files of each page by its id."""


class Kind(StrEnum):
    """The files of a recording; the value is the end of the name."""

    OPUS = "opus"
    MP3 = "mp3"
    VTT = "vtt"


MEDIA_TYPES: Mapping[Kind, str] = {
    Kind.OPUS: "audio/ogg; codecs=opus",
    Kind.MP3: "audio/mpeg",
    Kind.VTT: "text/vtt",
}
"""RFC 7845, section 9 (Opus in Ogg); RFC 3003; W3C WebVTT, section 10.1."""


@dataclass(frozen=True, slots=True)
class VoiceCredit:
    """Who is to be named for a voice, and the terms under which it may be used."""

    name: str
    author: str
    licence: str
    licence_url: str
    source: str


@dataclass(frozen=True, slots=True)
class Recording:
    """One page as it was spoken.

    said: a digest of the page's words, without their readings; a page whose words have another one
    has changed since; spoken: a digest of all that is heard, readings and voice included;
    seconds: the true duration; sentences: how many cues the WebVTT file has;
    sizes: the length of each file in bytes, by its kind.
    """

    page: str
    locale: str
    said: str
    spoken: str
    seconds: float
    sentences: int
    sizes: Mapping[str, int]
    voice: VoiceCredit
    engine: str

    def file(self, kind: Kind) -> str:
        """Where a file of the recording is below docs/; another recording has another name."""
        return media_file(self.locale, self.page, self.spoken, kind)

    def as_json(self) -> str:
        return json.dumps({"schema": SCHEMA} | asdict(self), ensure_ascii=False, indent=2) + "\n"


def media_file(locale: str, page: str, spoken: str, kind: Kind) -> str:
    return f"{FOLDER}/{locale}/{page}-{spoken[:12]}.{kind}"


def sidecar_file(locale: str, page: str) -> str:
    """Where the sidecar of a page is below docs/: its name stays, so that a page can ask for it."""
    return f"{FOLDER}/{locale}/{page}.json"


def read_recording(text: str) -> Recording | None:
    """The recording a sidecar tells of; None for one of another schema, or broken."""
    try:
        told: dict[str, Any] = json.loads(text)
        if told.pop("schema") != SCHEMA or set(told["sizes"]) != set(Kind):
            return None
        return Recording(**told | {"voice": VoiceCredit(**told["voice"])})
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def recording_of(page: Page, said: str, look_up: AssetLookup) -> Recording | None:
    """The recording of a page whose words have the digest `said`; None where none fits.

    A recording of words that have changed since is never offered: in an emergency the old ones
    could do harm. Every file is asked for by `look_up`, which notes what a page depends on.
    """
    if page.meta.audio is False:
        return None
    sidecar = look_up(sidecar_file(page.locale.code, page.id))
    recording = read_recording(sidecar.text or "") if sidecar else None
    if recording is None or recording.said != said:
        return None
    return recording if all(asset_of(recording, kind, look_up) for kind in Kind) else None


def has_sidecar(page: Page, look_up: AssetLookup) -> bool:
    """Whether it is worth knowing what a page says."""
    return look_up(sidecar_file(page.locale.code, page.id)) is not None


def asset_of(recording: Recording, kind: Kind, look_up: AssetLookup) -> Asset | None:
    return look_up(recording.file(kind))
