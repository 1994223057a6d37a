"""The recording of a page as the page shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from machikado.article.recording import (
    MEDIA_TYPES,
    Kind,
    Recording,
    has_sidecar,
    recording_of,
)
from machikado.article.typesetter import Article, AssetLookup
from machikado.content.page import Page
from machikado.furniture.values import AudioFile, RecordedAudio
from machikado.messages import Catalogue
from machikado.readings.furigana import is_japanese


def fitting_recording(
    page: Page, article: Article, image: str, look_up: AssetLookup
) -> Recording | None:
    """The recording in which the words of this page, as they are now, are heard; or None.

    article: with furigana or without; image: how an image's alternative is said, with `{words}`;
    look_up: asked for the sidecar of every Japanese page, and for its files where there is one.
    """
    if not is_japanese(page.locale.lang) or not has_sidecar(page, look_up):
        return None
    # Loaded by the first page that has a recording; most sites have none.
    from machikado.audio.script import digest_of, script

    said = digest_of(script(page.title, page.meta.summary, article.html, image))
    return recording_of(page, said, look_up)


def recordings(
    catalogues: Mapping[str, Catalogue], look_up: AssetLookup
) -> Callable[[Page, str], Recording | None]:
    """From a page and its article as HTML to the recording in which its words are heard."""

    def recording(page: Page, html: str) -> Recording | None:
        image = catalogues[page.locale.code].gettext("Image: %(words)s", words="{words}")
        return fitting_recording(page, Article((html,)), image, look_up)

    return recording


def recorded_audio(recording: Recording, url: Callable[[str], str], lang: str) -> RecordedAudio:
    """What the player shows. url: from an address from the site's root to what a browser is given."""
    sources = tuple(
        AudioFile(
            url(f"/{recording.file(kind)}"),
            MEDIA_TYPES[kind],
            kind.upper() if kind is Kind.MP3 else kind.capitalize(),
            _size(recording.sizes[kind]),
        )
        for kind in (Kind.OPUS, Kind.MP3)
    )
    return RecordedAudio(
        sources,
        url(f"/{recording.file(Kind.VTT)}"),
        lang,
        _duration(recording.seconds),
        recording.voice,
    )


def _size(length: int) -> str:
    """Bytes as people read them; 1 MB is 1,000,000 bytes (IEC 80000-13).

    >>> _size(219_131), _size(1_250_000), _size(12)
    ('219 KB', '1.3 MB', '1 KB')
    """
    if length < 999_500:
        return f"{max(1, round(length / 1000))} KB"
    return f"{length / 1_000_000 + 1e-9:.1f} MB"


def _duration(seconds: float) -> str:
    """
    >>> _duration(62.8), _duration(3661)
    ('1:03', '1:01:01')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
