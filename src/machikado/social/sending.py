"""A run: send what is due, and find out about what was sent without an answer.

Before a request goes out its claim is in the ledger; what the network said is written down behind it.
Where nothing was said, the same request is made again under the same key for as long as the network
takes the two for one; else the network is asked whether it has the post; where neither is possible (X)
the post is uncertain and a person decides.

A refusal of a second request says nothing of the first: that one stays unknown.
"""

from __future__ import annotations

import hashlib
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from machikado.content.front_matter import DEFAULT_ZONE
from machikado.social.compose import Post, minted, one_line
from machikado.social.history import Book, History
from machikado.social.ledger import Event, Ledger, Line, Task
from machikado.social.network import (
    NETWORKS,
    Channel,
    Message,
    Network,
    NotSentError,
    Picture,
    Receipt,
    UnknownOutcomeError,
)
from machikado.social.outbox import ASK_A_PERSON, WITHDRAWN, Item, Outbox, State, cost_of
from machikado.vocabulary import Text

IN_FLIGHT = timedelta(minutes=10)
"""How long a claim without any word may still belong to a run on another machine."""
PROMPT = IN_FLIGHT / 2
"""How old a claim may be when its request goes out. One that was held up for longer, by a push that hung
or a machine that slept, may have been looked into elsewhere: nothing is sent on it."""
MOST_SILENCE = 2
"""After so many requests without an answer a run begins no new post on a network: each might be one
more for a person to look after."""
_NAMESPACE = uuid.UUID("8c1f3a52-5c55-5d0e-9d6f-3f5a1c0d7e21")
"""Of the keys of messages; it must never change."""
_TID_DIGITS = "234567abcdefghijklmnopqrstuvwxyz"


def key_of(task: Task, generation: int) -> str:
    """The key of a task: the same for every attempt until one is known not to have arrived.

    Bluesky's is a record key (a TID: 53 bits of microseconds, 10 of a clock, written in 13 digits of
    base 32), taken from the day in the notice's tag: URI and its digest, and never changes at all.
    """
    if task.network != "bluesky":
        name = f"{task.notice}\n{task.network}\n{task.kind}\n{generation}"
        return str(uuid.uuid5(_NAMESPACE, name))
    digest = hashlib.sha256(f"{task.notice}\n{task.kind}".encode()).digest()
    start = minted(task.notice) or datetime(2020, 1, 1, tzinfo=DEFAULT_ZONE)
    within = int.from_bytes(digest[:6], "big") % (86_400 * 1_000_000)
    number = (int(start.timestamp() * 1_000_000) + within) << 10 | int.from_bytes(
        digest[6:8]
    ) % 1024
    return "".join(_TID_DIGITS[number >> shift & 31] for shift in range(60, -1, -5))


@dataclass(frozen=True, slots=True)
class World:
    """What a run is given of the world around it.

    channels: an open account of each network that has one; now: the clock;
    picture: the picture of a candidate's post as the network takes it, None where there is none,
    and raises ValueError where it cannot be made; live: whether an address answers.
    """

    channels: Mapping[str, Channel]
    now: Callable[[], datetime]
    picture: Callable[[str, str, str, Network], Picture | None]
    live: Callable[[str], bool] = lambda _address: True


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that happened in a run."""

    item: Item
    text: Text
    ok: bool


def run(outbox: Outbox, ledger: Ledger, world: World) -> Iterator[Told]:
    """Do what is due and look into what is open; yields what happened, and raises LedgerError."""
    runner = _Run(outbox, ledger, world)
    yield from runner.round()
    # A request without an answer is looked into at once where the network allows that, and what is
    # found not to have arrived is sent again.
    if runner.unfinished:
        yield from runner.round()


class _Run:
    def __init__(self, outbox: Outbox, ledger: Ledger, world: World) -> None:
        self._outbox, self._ledger, self._world = outbox, ledger, world
        self._book = Book(ledger.lines)
        self._lost: set[str] = set()
        self._silent: Counter[str] = Counter()
        self._tried: set[Task] = set()
        self.unfinished = False
        self._by_id = {candidate.notice.id: candidate for candidate in outbox.candidates}

    def round(self) -> Iterator[Told]:
        for item in self._outbox.items(self._book, self._world.now()):
            if item.task.network in self._lost or item.task.network not in self._world.channels:
                continue
            if item.state is State.CLAIMED:
                yield from self._look_into(item)
            elif item.state is State.DUE and self._may_send(item):
                yield from self._send(item)

    def _may_send(self, item: Item) -> bool:
        """Whether this run sends it: once, while the network answers and the budget lasts."""
        if item.task in self._tried or self._silent[item.task.network] >= MOST_SILENCE:
            return False
        self._tried.add(item.task)
        now = self._world.now()
        # What was sent in this run may have used up the budget, or paused the network.
        paused = self._book.pauses(now)
        fresh = self._outbox.affordable(item, self._book.spending, paused, now)
        return fresh.state is State.DUE

    def _write(self, event: Event, task: Task, **told: object) -> Line:
        line = self._ledger.add(self._world.now(), event, task, **told)
        self._book.read(line)
        return line

    def _send(self, item: Item) -> Iterator[Told]:
        """Claim and send what was never sent, or is known not to have arrived."""
        post, candidate = item.post, self._by_id.get(item.task.notice)
        if post is None:
            return
        is_withdrawal = item.task.kind == "withdrawal"
        link = candidate.notice.address if candidate and not is_withdrawal else ""
        # In a disaster the words count even where the site is overrun.
        if link and not item.urgent and not self._world.live(link):
            yield Told(
                item, Text(f"{link} がまだ開けません", f"{link} does not open yet"), ok=False
            )
            return
        history = self._book.histories.get(item.task, History())
        account = self._outbox.settings.accounts[item.task.network]
        told = {
            "key": key_of(item.task, history.generation),
            "text": post.text,
            "lang": post.lang,
            "link": link,
            "digest": WITHDRAWN if is_withdrawal or not candidate else candidate.notice.digest,
            "name": item.name,
            "title": candidate.notice.title if candidate else post.text,
            "urgent": item.urgent,
            "cost": str(cost_of(account, post)),
            "recipients": account.recipients,
            **({"image": post.image, "alt": post.alt} if post.image and candidate else {}),
            **self._earlier(item, post),
        }
        yield from self._request(item, told, first=True)

    def _earlier(self, item: Item, post: Post) -> dict[str, Any]:
        """The earlier post that a correction replaces or answers."""
        if item.task.kind == "post":
            return {}
        known = self._book.histories
        first = known.get(Task(item.task.notice, item.task.network), History())
        receipt = first.receipt
        if receipt is None or not receipt.id:
            return {}
        earlier = {"id": receipt.id, "url": receipt.url, "more": dict(receipt.more)}
        same_words = first.claim is not None and first.claim.data.get("text") == post.text
        edits = item.task.kind != "withdrawal" and post.network.edits and not same_words
        return {"edits" if edits else "replies_to": earlier}

    def _look_into(self, item: Item) -> Iterator[Told]:
        """Find out about a request of which nothing certain is known."""
        history = self._book.histories[item.task]
        claim, first, last = history.claim, history.first_of_key, history.last
        if claim is None or first is None or last is None:
            return
        network, now = NETWORKS[item.task.network], self._world.now()
        if last.event is Event.CLAIM and now - last.at < IN_FLIGHT:
            return
        if now - last.at < network.settle or self._is_paused(last, now):
            return
        channel = self._world.channels[item.task.network]
        is_wanted = self._is_wanted(item)
        key_lives = network.key_life is None or now - first.at < network.key_life
        if network.reads_back:
            try:
                found = channel.find(_message(claim, first))
            except Exception as error:  # a client's own fault must not stop the other networks
                yield self._no_answer(item, _as_unknown(error))
                return
            if found is not None:
                yield self._sent(item, found)
                return
        if is_wanted and key_lives and network.key_life != timedelta(0):
            again = dict(claim.data)
            yield from self._request(item, again, first=False)
        elif network.reads_back:
            self.unfinished = True
            self._write(Event.ABSENT, item.task)
            yield Told(item, Text("届いていませんでした", "it had not arrived"), ok=True)
        else:
            self._write(Event.UNCERTAIN, item.task)
            yield Told(replace(item, state=State.UNCERTAIN), ASK_A_PERSON, ok=False)

    def _is_wanted(self, item: Item) -> bool:
        """Whether it should still be sent: not when its page was taken away or closed since."""
        if item.task.kind == "withdrawal":
            return True
        candidate = self._by_id.get(item.task.notice)
        return candidate is not None and candidate.public and not candidate.notice.social.withdrawn

    def _is_paused(self, last: Line, now: datetime) -> bool:
        written = last.data.get("retry_at")
        return bool(written) and datetime.fromisoformat(str(written)) > now

    def _request(self, item: Item, told: dict[str, Any], *, first: bool) -> Iterator[Told]:
        """Claim, then send: nothing leaves the machine before the claim is safe."""
        try:
            picture = self._picture(item, told)
        except ValueError as error:
            if first and not item.urgent:
                text = getattr(
                    error, "text", Text("画像を使えません", "the picture cannot be used")
                )
                yield Told(replace(item, state=State.FAILED, why=text), text, ok=False)
                return
            picture = None
        claim = self._write(Event.CLAIM, item.task, **told)
        begun = self._book.histories[item.task].first_of_key or claim
        channel = self._world.channels[item.task.network]
        try:
            if self._world.now() - claim.at > PROMPT:
                raise NotSentError("writing the claim took too long")
            receipt = channel.send(replace(_message(claim, begun), picture=picture))
        except NotSentError as error:
            # Where a key never dies, a second request can do no harm, and its refusal is the last word.
            if first or NETWORKS[item.task.network].key_life is None:
                yield self._refused(item, error, str(told["digest"]))
            else:
                yield self._no_answer(item, error)
        except Exception as error:  # whatever a client raises, the request may have gone out
            self._silent[item.task.network] += first
            yield self._no_answer(item, _as_unknown(error))
        else:
            yield self._sent(item, receipt)

    def _picture(self, item: Item, told: Mapping[str, Any]) -> Picture | None:
        candidate = self._by_id.get(item.task.notice)
        if not told.get("image") or candidate is None:
            return None
        network = NETWORKS[item.task.network]
        return self._world.picture(candidate.locale, told["image"], told["alt"], network)

    def _sent(self, item: Item, receipt: Receipt) -> Told:
        more = {"more": dict(receipt.more)} if receipt.more else {}
        self._write(Event.SENT, item.task, id=receipt.id, url=receipt.url, **more)
        return Told(
            replace(item, state=State.POSTED, receipt=receipt),
            Text(f"投稿しました {receipt.url}".strip(), f"posted {receipt.url}".strip()),
            ok=True,
        )

    def _refused(self, item: Item, error: NotSentError, digest: str) -> Told:
        told: dict[str, Any] = {"reason": one_line(error.reason)[:200], "digest": digest}
        if error.permanent:
            told["permanent"] = True
        if error.doubtful:
            told["doubtful"] = True
        if error.retry_at is not None:
            told["retry_at"] = error.retry_at.isoformat()
        self._write(Event.REFUSED, item.task, **told)
        if not error.permanent:
            # It is the network, or our account, and not this post.
            self._lost.add(item.task.network)
        return Told(
            replace(item, state=State.FAILED if error.permanent else State.DUE),
            Text(f"投稿できません: {error.reason}", f"not posted: {error.reason}"),
            ok=False,
        )

    def _no_answer(self, item: Item, error: NotSentError | UnknownOutcomeError) -> Told:
        told: dict[str, Any] = {"reason": one_line(error.reason)[:200]}
        retry_at = getattr(error, "retry_at", None)
        if retry_at is not None:
            told["retry_at"] = retry_at.isoformat()
        self.unfinished = True
        self._write(Event.UNKNOWN, item.task, **told)
        if retry_at is not None or getattr(error, "credentials", False):
            self._lost.add(item.task.network)
        return Told(
            replace(item, state=State.CLAIMED),
            Text(f"返事がありません: {error.reason}", f"no answer: {error.reason}"),
            ok=False,
        )


def _as_unknown(error: Exception) -> NotSentError | UnknownOutcomeError:
    """An error of any kind as one of ours; of others only the name, as their words may hold secrets."""
    if isinstance(error, (NotSentError, UnknownOutcomeError)):
        return error
    return UnknownOutcomeError(type(error).__name__)


def _message(claim: Line, first: Line) -> Message:
    told = claim.data

    def receipt(key: str) -> Receipt | None:
        one = told.get(key)
        return Receipt(one["id"], one.get("url", ""), one.get("more", {})) if one else None

    return Message(
        str(told["key"]),
        str(told["text"]),
        str(told["lang"]),
        str(told.get("link", "")),
        first.at,
        None,
        receipt("edits"),
        receipt("replies_to"),
    )
