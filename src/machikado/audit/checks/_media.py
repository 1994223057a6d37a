"""What stands beside audio and video: transcripts, and words that call it a second form of a text."""

from __future__ import annotations

import re
import struct
from base64 import b64encode
from collections.abc import Iterator, Mapping
from typing import Any

from machikado.audit.snapshot import Element, Snapshot

_TRANSCRIPT = re.compile(
    r"transcript|text (version|alternative)|written version|audio[ -]described|"
    r"文字起こし|書き起こし|テキスト版|文字版|音声ガイド|読み上げ原稿|音声解説",
    re.IGNORECASE,
)
_MEDIUM = re.compile(
    r"\b(video|film|clip|movie|animation|footage|audio|recording|podcast|speech|transcript)\b|"
    r"動画|映像|ビデオ|音声|録音|放送",
    re.IGNORECASE,
)
_SAME = re.compile(
    r"\bsame (information|content|text|words)\b|\b(the|this) (text|information|above)\b.*\b(video|audio|form)\b|"
    r"\balso (listen|watch|hear|see)\b|\bagain in\b|\b(video|audio) (version|form) of\b|"
    r"同じ内容|本文の内容|上の文章|文章と同じ|この記事を.*(動画|音声)",
    re.IGNORECASE,
)
_CAPTIONED = re.compile(r"caption|subtitle|字幕|テロップ", re.IGNORECASE)
_BLOCKS = ("p", "div", "li", "dd", "section", "blockquote", "td", "figcaption", "details", "pre")
_LONG, _ALL_TEXT = 80, 200
"""A transcript has at least so many letters: with, and without, a word that says what it is."""
_UNSPACED = re.compile(r"[぀-ヿ㐀-䶿一-鿿]")


def facts(element: Element, page: Snapshot) -> Mapping[str, Any]:
    """What the probe `media` found of it; empty where it did not load."""
    found: Mapping[str, Any] = page.probes["media"].get(str(element.index)) or {}
    return found if found.get("loaded") else {}


def length(text: str) -> int:
    """Letters, each kana or kanji counting as two."""
    return len(text) + len(_UNSPACED.findall(text))


def is_offered(medium: Element) -> bool:
    """Whether a reader can play it, or hears it without asking."""
    has_controls = medium.has("controls") and medium.is_rendered
    starts = medium.has("autoplay") or bool(medium.media.get("played"))
    return has_controls or (starts and medium.style.get("display") != "none")


def has_transcript_link(page: Snapshot) -> bool:
    """Whether a link or a disclosure says that it opens a transcript."""
    return any(
        element.is_exposed and _TRANSCRIPT.search(element.name or element.text)
        for element in page.elements("a", "button", "summary", "h2", "h3", "h4", "h5", "h6")
    )


def is_said_to_repeat_a_text(page: Snapshot) -> bool:
    """Whether words that are shown call a medium another form of a text that is shown as well."""
    label = next(
        (text for text in _texts(page) if _SAME.search(text) and _MEDIUM.search(text)),
        "",
    )
    if not label:
        return False
    everything = " ".join(text for text in _texts(page))
    sentence = max((s for s in re.split(r"(?<=[.。!?])", label) if _SAME.search(s)), default="")
    return length(everything) - length(sentence) >= _LONG


def text_beside(medium: Element) -> str:
    """`transcript` where words near it say what is in it, `text` where they might, else nothing."""
    best = ""
    for text in _texts_near(medium):
        size = length(text)
        if size >= _LONG and _MEDIUM.search(text):
            return "transcript"
        if size >= _ALL_TEXT:
            best = "text"
    return best


def has_captions_of_its_own(medium: Element) -> bool:
    """Whether its file's name or words beside it speak of captions: they may be in the picture."""
    names = " ".join(e.get("src") for e in (medium, *medium.elements("source")))
    near = " ".join(_texts_near(medium))
    return bool(_CAPTIONED.search(names) or _CAPTIONED.search(near))


def _texts(page: Snapshot) -> Iterator[str]:
    if page.body is not None:
        for element in page.body.elements(*_BLOCKS):
            if _can_be_read(element) and not any(part.tag in _BLOCKS for part in element.parts):
                yield element.text


def _texts_near(medium: Element) -> Iterator[str]:
    """The blocks beside it, and beside what holds only it."""
    holder = medium
    for _ in range(3):
        parent = holder.parent
        if parent is None:
            return
        parts = parent.parts
        at = parts.index(holder)
        for part in (*parts[max(0, at - 2) : at], *parts[at + 1 : at + 4]):
            if part.tag in _BLOCKS and _can_be_read(part):
                yield part.text
        if parent.tag in ("body", "main", "article", "html"):
            return
        holder = parent


def _can_be_read(element: Element) -> bool:
    indent = element.style.get("text-indent", "0px").removesuffix("px")
    try:
        is_pushed_away = float(indent) <= -500
    except ValueError:
        is_pushed_away = False
    return element.is_exposed and not is_pushed_away


def tone(seconds: float) -> str:
    """A data address of a WAV file of a tone, for examples: 8 bits, 4,000 samples a second."""
    samples = bytes(128 + (60 if at % 16 < 8 else -60) for at in range(int(4000 * seconds)))
    about = (16, 1, 1, 4000, 4000, 1, 8)
    head = b"WAVEfmt " + struct.pack("<IHHIIHH", *about) + b"data" + _size(samples) + samples
    return "data:audio/wav;base64," + b64encode(b"RIFF" + _size(head) + head).decode()


def _size(data: bytes) -> bytes:
    return struct.pack("<I", len(data))


SILENT_FILM = (
    "data:video/webm;base64,"
    "GkXfo59ChoEBQveBAULygQRC84EIQoKEd2VibUKHgQJChYECGFOAZwEAAAAAAAH9EU2bdLpNu4tTq4QVSalmU6yB"
    "oU27i1OrhBZUrmtTrIHYTbuMU6uEElTDZ1OsggEeTbuMU6uEHFO7a1OsggHn7AEAAAAAAABZAAAAAAAAAAAAAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAAAAAAAAAAAAAAVSalmsirXsYMPQkBNgI1MYXZmNTkuMjcuMTAwV0GNTGF2ZjU5LjI3LjEwMESJiEBpAAAAAAAA"
    "FlSua8GuAQAAAAAAADjXgQFzxYhE0Zt37Qen4pyBACK1nIN1bmSIgQCGhVZfVlA4g4EBI+ODhAvrwgDgibCBELqB"
    "EJqBAhJUw2f9c3OgY8CAZ8iaRaOHRU5DT0RFUkSHjUxhdmY1OS4yNy4xMDBzc9djwItjxYhE0Zt37Qen4mfIoUWj"
    "h0VOQ09ERVJEh5RMYXZjNTkuMzcuMTAwIGxpYnZweGfIokWjiERVUkFUSU9ORIeUMDA6MDA6MDAuMjAwMDAwMDAw"
    "AAAfQ7Z1wueBAKO9gQAAgPACAJ0BKhAAEAAARwiFhYiFhIgCAgJ1qgP4A/oCDU0YAP79bvP/45k3MMT/jm3/8WE8"
    "DijI//FRABxTu2uRu4+zgQC3iveBAfGCAaDwgQM="
)
"""Red, 16 pixels wide, a fifth of a second."""
