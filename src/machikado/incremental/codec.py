"""How what was read is kept in the cache: typed JSON, which runs no code when it is read back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from markupsafe import Markup

from machikado.article.typesetter import Article
from machikado.content.front_matter import DEFAULT_ZONE, FrontMatter
from machikado.content.source import Source
from machikado.vocabulary import Finding


def _plainly(value: object) -> str:
    """HTML that is marked as safe, which JSON knows as text alone."""
    if isinstance(value, Markup):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be kept")


_ENCODER: Final = msgspec.json.Encoder(enc_hook=_plainly, order="deterministic")
"""The order of a set of words differs from process to process."""
_CARD: Final = msgspec.json.Decoder(FrontMatter)
_SOURCE: Final = msgspec.json.Decoder(Source)
_FINDINGS: Final = msgspec.json.Decoder(tuple[Finding, ...])
_ARTICLE: Final = msgspec.json.Decoder(Article)
_JAPAN: Final = timedelta(hours=9)


def kept(value: object) -> bytes:
    """Any of the values below, or a plain one, as bytes; equal values give equal bytes."""
    return _ENCODER.encode(value)


def card(data: bytes) -> FrontMatter:
    meta = _CARD.decode(data)
    for name in ("publish_at", "updated_at", "expires_at"):
        if moment := getattr(meta, name):
            # Nobody else has it yet, and to make all of it anew takes longer than to read it.
            object.__setattr__(meta, name, _in_zone(moment))
    return meta


def _in_zone(moment: datetime) -> datetime:
    """JSON keeps the offset of a time and forgets the name of its zone."""
    return moment.replace(tzinfo=DEFAULT_ZONE) if moment.utcoffset() == _JAPAN else moment


def source(data: bytes) -> Source:
    return _SOURCE.decode(data)


def findings(data: bytes) -> tuple[Finding, ...]:
    return _FINDINGS.decode(data)


def article(data: bytes) -> Article:
    return _ARTICLE.decode(data)


def plain(data: bytes) -> Any:  # noqa: ANN401 - whatever was kept
    return msgspec.json.decode(data)
