"""The networks: how each counts a post, what pictures it takes, and how it tells a post again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from machikado.social.measure import (
    bytes_of,
    graphemes,
    mastodon_bound,
    mastodon_length,
    utf16_units,
    x_bound,
    x_length,
)


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit of a post's text: `measure(text)` must be at most `most`, counted in `unit`.

    bound: never less than `measure`, and quick: most posts are far from every limit.
    """

    unit: str
    most: int
    measure: Callable[[str], int]
    bound: Callable[[str], int]

    def holds(self, text: str) -> bool:
        return self.bound(text) <= self.most or self.measure(text) <= self.most


@dataclass(frozen=True, slots=True)
class PictureLimit:
    """What a network takes as a picture: bytes, pixels of the longer side, characters of alt."""

    most_bytes: int
    most_side: int
    most_alt: int


@dataclass(frozen=True, slots=True)
class Network:
    """What is known of a network.

    key_life: how long the network takes two requests with one key for one; None for ever, zero
    where it knows no keys. It is given a little shorter than the network's own, for slow clocks;
    reads_back: whether its posts can be listed, to see if one is there;
    settle: how long to wait before a request without an answer is looked into;
    edits: whether a post can be edited after it was sent.
    """

    id: str
    name: str
    limits: tuple[Limit, ...]
    picture: PictureLimit | None
    key_life: timedelta | None
    reads_back: bool
    settle: timedelta
    edits: bool

    @property
    def limit(self) -> Limit:
        """The limit that people know it by."""
        return self.limits[0]


NETWORKS: Mapping[str, Network] = {
    network.id: network
    for network in (
        # app.bsky.feed.post: maxGraphemes 300, maxLength 3000 (bytes of UTF-8); app.bsky.embed.images:
        # maxSize 1000000, at most 2000 pixels. com.atproto.repo.putRecord with a record key of ours
        # writes the same record however often it is called, so the key never expires.
        Network(
            "bluesky",
            "Bluesky",
            (Limit("graphemes", 300, graphemes, len), Limit("bytes", 3000, bytes_of, bytes_of)),
            PictureLimit(1_000_000, 2000, 2000),
            key_life=None,
            reads_back=True,
            settle=timedelta(0),
            edits=False,
        ),
        # PostStatusService keeps an Idempotency-Key for 3,600 seconds, but writes it down only after
        # the status: until it has settled a second request could still pass. Hence the wait, and
        # the look at the list of statuses before any second request.
        Network(
            "mastodon",
            "Mastodon",
            (Limit("characters", 500, mastodon_length, mastodon_bound),),
            PictureLimit(16_000_000, 3840, 1500),
            key_life=timedelta(minutes=55),
            reads_back=True,
            settle=timedelta(minutes=5),
            edits=True,
        ),
        # X-Line-Retry-Key: "valid for 24 hours after attempting the first request"; a request that
        # was accepted before is answered 409. Text: 5,000 UTF-16 code units. Image messages have no
        # words for those who do not see them, so none are sent.
        Network(
            "line",
            "LINE",
            (Limit("UTF-16", 5000, utf16_units, utf16_units),),
            None,
            key_life=timedelta(hours=23),
            reads_back=False,
            settle=timedelta(0),
            edits=False,
        ),
        # X has no idempotency keys, and reading posts back costs money: what became of a request
        # without an answer is for a person to say. Alt text: at most 1,000 characters.
        Network(
            "x",
            "X",
            (Limit("weighted", 280, x_length, x_bound),),
            PictureLimit(5_000_000, 4096, 1000),
            key_life=timedelta(0),
            reads_back=False,
            settle=timedelta(0),
            edits=False,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is sent: within the network's limits, with its words."""

    data: bytes
    media_type: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a network said of a post it has: its id there, its address, and what replies need."""

    id: str
    url: str = ""
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Message:
    """One request: the text in a language (BCP 47), under a key that is the same at every attempt.

    link: the address of the notice, by which a post is known again; at: when it was first claimed;
    edits, replies_to: the earlier post that this one replaces, or answers.
    """

    key: str
    text: str
    lang: str
    link: str
    at: datetime
    picture: Picture | None = None
    edits: Receipt | None = None
    replies_to: Receipt | None = None


class NotSentError(Exception):
    """The network did certainly not take the message; `reason` holds no secret.

    retry_at: not before then (rate limits); permanent: the same message will never be taken;
    doubtful: it may be the message, or the account; credentials: the network does not know us.
    """

    def __init__(
        self,
        reason: str,
        *,
        retry_at: datetime | None = None,
        permanent: bool = False,
        doubtful: bool = False,
        credentials: bool = False,
    ) -> None:
        super().__init__(reason)
        self.reason, self.retry_at = reason, retry_at
        self.permanent, self.doubtful, self.credentials = permanent, doubtful, credentials


class UnknownOutcomeError(Exception):
    """The network may or may not have taken the message: no answer came, or an unclear one."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Channel(Protocol):
    """One account on one network."""

    def send(self, message: Message) -> Receipt:
        """Send it; raises NotSentError or UnknownOutcomeError, and nothing else by intent."""

    def find(self, message: Message) -> Receipt | None:
        """The post of an earlier `send` of this message, None if there is none; raises as `send`."""
