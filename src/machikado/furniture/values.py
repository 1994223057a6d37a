"""The plain values that templates show; none of them knows the site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from machikado.article.recording import VoiceCredit
from machikado.article.typesetter import Heading
from machikado.furniture.dates import DateText


@dataclass(frozen=True)
class Link:
    """A link to a page of this site. `lang`, `hreflang` and `note` are set where the target's language differs.

    html, summary_html, note: text, summary and note as safe HTML, with furigana where they are Japanese.
    """

    text: str
    href: str
    summary: str = ""
    current: bool = False
    lang: str | None = None
    hreflang: str | None = None
    note: Markup = field(default=Markup())
    html: Markup = field(default=Markup(), compare=False)
    summary_html: Markup = field(default=Markup(), compare=False)


@dataclass(frozen=True)
class LanguageChoice:
    """One entry of the language switcher; `missing` says in its own language that there is no translation.

    html: the name as safe HTML, with furigana for readers of Japanese.
    """

    name: str
    lang: str
    href: str
    hreflang: str
    current: bool = False
    missing: str = ""
    html: Markup = field(default=Markup(), compare=False)


@dataclass(frozen=True)
class Notice:
    """A notice on an original page for readers who came from a locale that lacks it, in their language."""

    id: str
    lang: str
    title: Markup
    text: Markup
    back: Link
    close: Markup


@dataclass(frozen=True)
class Contact:
    name: str
    phone: str | None
    fax: str | None
    email: str | None
    example: bool


@dataclass(frozen=True)
class NewsItem:
    date: DateText
    category: str
    link: Link


@dataclass(frozen=True)
class FeedLink:
    href: str
    media_type: str
    format: str
    title: str


@dataclass(frozen=True)
class FeedChannel:
    """A channel with its feeds in every format."""

    title: str
    formats: Sequence[FeedLink]


@dataclass(frozen=True)
class Branch:
    """A page and the pages below it, for the site map."""

    link: Link
    below: Sequence[Branch] = ()


@dataclass(frozen=True)
class Contents:
    """A heading of the table of contents with those below it; title: its words as safe HTML."""

    heading: Heading
    below: Sequence[Contents] = ()
    title: Markup = field(default=Markup(), compare=False)


@dataclass(frozen=True)
class Block:
    """A part of the article: finished HTML, or the name of a list and what is in it."""

    html: str | None = None
    name: str = ""
    items: Sequence[object] = ()


@dataclass(frozen=True)
class AudioFile:
    """One file of a recording: `size` as people read it."""

    href: str
    media_type: str
    format: str
    size: str


@dataclass(frozen=True)
class RecordedAudio:
    """The page, recorded: the same sound in every format, best first, and when each sentence is heard."""

    sources: Sequence[AudioFile]
    track: str
    lang: str
    duration: str
    voice: VoiceCredit
