"""The outbox: what stands between a notice and its post, and the one next step of each.

Never twice, never silently lost: before a request goes out its claim is in the ledger; what the
network said is written down behind it. Where nothing was said, the same request is made again
under the same key for as long as the network takes the two for one; else the network is asked
whether it has the post; where neither is possible (X) the post is `uncertain` and a person decides.

A refusal of a second request says nothing of the first: that one stays unknown.
"""

from __future__ import annotations

import hashlib
import uuid
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

from machikado.content.front_matter import DEFAULT_ZONE
from machikado.content.site import Site
from machikado.social.budget import Spending, over_budget
from machikado.social.compose import (
    Notice,
    Post,
    correction_on,
    notice_of,
    one_line,
    post_on,
    shown_links,
    withdrawal_on,
)
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
from machikado.social.settings import Account, Settings
from machikado.vocabulary import Text

IN_FLIGHT = timedelta(minutes=10)
"""How long a claim without any word may still belong to a run on another machine."""
MOST_SILENCE = 2
"""After so many requests without an answer a run begins no new post on a network: each might be one
more for a person to look after."""
MOST_DOUBTS = 3
"""After so many refusals that may be the post's own fault a person is asked."""
_NAMESPACE = uuid.UUID("8c1f3a52-5c55-5d0e-9d6f-3f5a1c0d7e21")
"""Of the keys of messages; it must never change."""
_TID_DIGITS = "234567abcdefghijklmnopqrstuvwxyz"


class State(StrEnum):
    """Where a post stands. A later run completes due, claimed, held; a person completes failed,
    uncertain, needs-approval; nothing is left to do for the others."""

    SCHEDULED = "scheduled"
    DUE = "due"
    HELD = "held"
    CLAIMED = "claimed"
    POSTED = "posted"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    NEEDS_APPROVAL = "needs-approval"
    DISMISSED = "dismissed"
    OFF = "off"


FOR_A_PERSON = (State.FAILED, State.UNCERTAIN, State.NEEDS_APPROVAL)


@dataclass(frozen=True, slots=True)
class Item:
    """One task and where it stands; `why` says what it waits for.

    post: what is to be sent, None where nothing is; said: what was sent, by the ledger.
    """

    task: Task
    name: str
    state: State
    why: Text
    post: Post | None = None
    urgent: bool = False
    at: datetime | None = None
    receipt: Receipt | None = None
    said: str = ""

    @property
    def handle(self) -> str:
        """What people call it: `x:ja/1001005`, `x:ja/1001005:correction-1`."""
        kind = "" if self.task.kind == "post" else f":{self.task.kind}"
        return f"{self.task.network}:{self.name}{kind}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A notice of the site: whether the public can read it now, and whether it is of a disaster."""

    notice: Notice
    publish_at: datetime
    public: bool
    urgent: bool
    locale: str


@dataclass
class _History:
    """What the ledger tells of one task."""

    claims: list[Line] = field(default_factory=list)
    last: Line | None = None
    approved: Line | None = None
    dismissed: Line | None = None
    generation: int = 0
    refusals: list[Line] = field(default_factory=list)

    @property
    def claim(self) -> Line | None:
        return self.claims[-1] if self.claims else None

    @property
    def posted(self) -> bool:
        return self.last is not None and self.last.event in (Event.SENT, Event.CONFIRMED)

    @property
    def unfinished(self) -> tuple[State, Text] | None:
        """The state of a request that went out and of which nothing certain is known."""
        if self.last is not None and self.last.event is Event.UNCERTAIN:
            return State.UNCERTAIN, _ASK_A_PERSON
        if self.last is not None and self.last.event in (Event.CLAIM, Event.UNKNOWN):
            return State.CLAIMED, _NO_ANSWER
        return None

    @property
    def digest(self) -> str:
        """What the page said when it was last claimed."""
        return str(self.claim.data.get("digest", "")) if self.claim else ""

    @property
    def said(self) -> str:
        return str(self.claim.data.get("text", "")) if self.claim else ""

    @property
    def refusal(self) -> Text:
        said = str(self.last.data.get("reason", "")) if self.last else ""
        return Text(f"断られました: {said}", f"it was refused: {said}")

    def refused_for_good(self, digest: str) -> bool:
        """Whether it was refused as it is, and neither its page nor a person has said more since."""
        since = self.approved.number if self.approved else 0
        refused = [
            line
            for line in self.refusals
            if line.number > since and line.data.get("digest") == digest
        ]
        doubts = sum(bool(line.data.get("doubtful")) for line in refused)
        is_last = bool(refused) and refused[-1] is self.last
        return is_last and (bool(refused[-1].data.get("permanent")) or doubts >= MOST_DOUBTS)

    @property
    def first_of_key(self) -> Line | None:
        """The first claim under the key of the last one: when the key's life began."""
        claim = self.claim
        return next((c for c in self.claims if claim and c.data["key"] == claim.data["key"]), None)

    @property
    def receipt(self) -> Receipt | None:
        if not self.posted or self.last is None:
            return None
        told = self.last.data
        return Receipt(
            str(told.get("id", "")), str(told.get("url", "")), dict(told.get("more", {}))
        )


class Book:
    """What the lines of a ledger come to: the history of every task, and what was spent."""

    def __init__(self, lines: Iterable[Line] = ()) -> None:
        self.histories: dict[Task, _History] = {}
        self.spending = Spending()
        self.begun: datetime | None = None
        self._pauses: dict[str, tuple[datetime, str]] = {}
        for line in lines:
            self.read(line)

    def read(self, line: Line) -> None:
        self.begun = self.begun or line.at
        if line.event is Event.BEGUN:
            return
        self.spending.read(line)
        if line.event is Event.SENT:
            self._pauses.pop(line.task.network, None)
        elif written := line.data.get("retry_at"):
            pause = (datetime.fromisoformat(str(written)), str(line.data.get("reason", "")))
            self._pauses[line.task.network] = pause
        history = self.histories.setdefault(line.task, _History())
        if line.event is Event.APPROVED:
            history.approved, history.dismissed = line, None
            return
        if line.event is Event.DISMISSED:
            history.dismissed, history.approved = line, None
            return
        if line.event is Event.CLAIM:
            history.claims.append(line)
        if line.event is Event.REFUSED:
            history.refusals.append(line)
        # A new key whenever a message is known not to have arrived.
        history.generation += line.event in (Event.REFUSED, Event.ABSENT, Event.DENIED)
        history.last = line

    def pauses(self, now: datetime) -> dict[str, tuple[datetime, str]]:
        """Until when each network asked not to be bothered, and why."""
        return {name: pause for name, pause in self._pauses.items() if pause[0] > now}


@dataclass(frozen=True)
class Outbox:
    """What is to be posted of `candidates`, by `settings`.

    complete: whether every page could be read; where not, a missing one may only be broken, and
    nothing is taken for withdrawn.
    """

    settings: Settings
    candidates: tuple[Candidate, ...]
    complete: bool = True

    def items(self, book: Book, now: datetime) -> list[Item]:
        """Every task and its state, the urgent ones first, then by time; pure.

        Notices from before the ledger began, and older than may be posted, are none of its tasks.
        """
        known = book.histories
        since = (book.begun or now) - self.settings.most_age
        items = [
            item
            for account in self.settings.accounts.values()
            for candidate in self.candidates
            if candidate.locale in account.locales
            and (
                candidate.publish_at >= since
                or Task(candidate.notice.id, account.network.id) in known
            )
            for item in self._of(account, candidate, known, now)
        ]
        told = {item.task for item in items}
        here = {candidate.notice.id for candidate in self.candidates}
        for task, history in known.items():
            if task not in told:
                items += self._left_over(task, history, known, here)
        paused = book.pauses(now)
        order = {name: n for n, name in enumerate(self.settings.accounts)}
        return sorted(
            (self.affordable(item, book.spending, paused, now) for item in items),
            key=lambda item: (
                not item.urgent,
                item.at.timestamp() if item.at else 0.0,
                order.get(item.task.network, len(order)),
                item.task.notice,
                item.task.kind,
            ),
        )

    @cached_property
    def _posts(self) -> dict[Task, Post]:
        return {}

    def _post(self, task: Task, network: Network, notice: Notice) -> Post:
        """The post of a task, composed once."""
        if task not in self._posts:
            compose = post_on if task.kind == "post" else correction_on
            self._posts[task] = compose(network, notice, self.settings.hashtags)
        return self._posts[task]

    def _of(
        self,
        account: Account,
        candidate: Candidate,
        known: Mapping[Task, _History],
        now: datetime,
    ) -> Iterator[Item]:
        notice, network = candidate.notice, account.network
        task = Task(notice.id, network.id)
        history = known.get(task) or _History()

        def item(state: State, why: Text, at: Task = task, post: Post | None = None) -> Item:
            own = history if at is task else known.get(at) or _History()
            return Item(
                at,
                notice.name,
                state,
                why,
                post,
                candidate.urgent,
                candidate.publish_at,
                own.receipt,
                own.said,
            )

        if history.posted:
            yield item(State.POSTED, _POSTED)
            yield from self._afterwards(account, candidate, known, item)
        elif (unfinished := history.unfinished) is not None:
            yield item(*unfinished)
        elif history.dismissed is not None:
            yield item(State.DISMISSED, _DISMISSED)
        elif not notice.social.posted or network.id in notice.social.off or notice.social.withdrawn:
            yield item(State.OFF, Text("投稿しない設定です", "its page says not to post it"))
        elif candidate.publish_at > now:
            yield item(State.SCHEDULED, Text("公開の前です", "it is not public yet"))
        elif candidate.public:
            post = self._post(task, network, notice)
            yield item(*self._readiness(history, candidate, post, now), post=post)

    def _readiness(
        self, history: _History, candidate: Candidate, post: Post, now: datetime
    ) -> tuple[State, Text]:
        """Whether a post that was never sent, or certainly did not arrive, is to be sent now."""
        if history.refused_for_good(candidate.notice.digest):
            return State.FAILED, history.refusal
        if not post.fits:
            return State.FAILED, Text(
                f"長すぎます（{post.length}/{post.network.limit.most}）。social に短い文を書いてください",
                f"it is too long ({post.length} of {post.network.limit.most}); "
                "write shorter words under social",
            )
        if now - candidate.publish_at > self.settings.most_age and history.approved is None:
            return State.NEEDS_APPROVAL, Text(
                "公開から時間がたっています。投稿するなら承認してください",
                "it is not new any more; approve it to post it",
            )
        return State.DUE, _DUE

    def _afterwards(
        self,
        account: Account,
        candidate: Candidate,
        known: Mapping[Task, _History],
        item: Callable[..., Item],
    ) -> Iterator[Item]:
        """What follows a post: earlier corrections, and a draft where the page says another thing."""
        notice, network = candidate.notice, account.network
        number, digest = 1, known[Task(notice.id, network.id)].digest
        while (task := Task(notice.id, network.id, f"correction-{number}")) in known:
            history = known[task]
            if not history.posted:
                break
            yield item(State.POSTED, _POSTED, task)
            digest, number = history.digest, number + 1
        withdrawal = Task(notice.id, network.id, "withdrawal")
        if withdrawal in known or notice.social.withdrawn:
            post = withdrawal_on(network, notice.title, notice.lang)
            yield self._draft(withdrawal, known.get(withdrawal), post, item, WITHDRAWN)
        elif digest != notice.digest or known.get(task, _History()).unfinished is not None:
            post = self._post(task, network, notice)
            yield self._draft(task, known.get(task), post, item, notice.digest)

    def _draft(
        self,
        task: Task,
        history: _History | None,
        post: Post,
        item: Callable[..., Item],
        digest: str,
    ) -> Item:
        """A correction or withdrawal, for a person to approve; a decision holds for its digest."""
        history = history or _History()
        if history.posted:
            return item(State.POSTED, _POSTED, task)
        if (unfinished := history.unfinished) is not None:
            return item(*unfinished, task)
        if history.dismissed is not None and history.dismissed.data.get("digest") == digest:
            return item(State.DISMISSED, _DISMISSED, task, post)
        if not post.fits:
            why = Text(
                "長すぎます。social.correction に短い文を書いてください",
                "it is too long; write shorter words as social.correction",
            )
            return item(State.FAILED, why, task, post)
        if history.approved is not None and history.approved.data.get("digest") == digest:
            if history.refused_for_good(digest):
                return item(State.FAILED, history.refusal, task, post)
            return item(State.DUE, _DUE, task, post)
        ja, en = (
            ("取り消し", "a withdrawal") if task.kind == "withdrawal" else ("訂正", "a correction")
        )
        why = Text(
            f"{ja}の下書きです。出すなら承認してください",
            f"{en} was drafted; approve it to post it",
        )
        return item(State.NEEDS_APPROVAL, why, task, post)

    def _left_over(
        self,
        task: Task,
        history: _History,
        known: Mapping[Task, _History],
        here: Container[str],
    ) -> Iterator[Item]:
        """What only the ledger knows of: its page is gone, or its network no longer set up."""
        first = known.get(Task(task.notice, task.network), history).claim or history.claim
        told = first.data if first else {}
        name = str(told.get("name", "")) or task.notice

        def item(state: State, why: Text, task: Task = task, post: Post | None = None) -> Item:
            own = known.get(task) or _History()
            urgent = bool(told.get("urgent"))
            return Item(task, name, state, why, post, urgent, None, own.receipt, own.said)

        if (unfinished := history.unfinished) is not None:
            yield item(*unfinished)
            return
        if history.posted:
            yield item(State.POSTED, _POSTED)
        withdrawal = Task(task.notice, task.network, "withdrawal")
        is_gone = (
            self.complete and task.notice not in here and task.network in self.settings.accounts
        )
        is_drafted = task == withdrawal and not history.posted
        is_first = task.kind == "post" and history.posted and withdrawal not in known
        if is_gone and (is_drafted or is_first):
            title, lang = str(told.get("title", name)), str(told.get("lang", "ja"))
            post = withdrawal_on(NETWORKS[task.network], title, lang)
            yield self._draft(withdrawal, known.get(withdrawal), post, item, WITHDRAWN)

    def decide(self, ledger: Ledger, item: Item, decision: Event, now: datetime) -> Line:
        """Write down what a person decided of an item; it holds for what the page says now."""
        digest = WITHDRAWN
        if item.task.kind != "withdrawal":
            here = {one.notice.id: one.notice.digest for one in self.candidates}
            digest = here.get(item.task.notice, WITHDRAWN)
        return ledger.add(now, decision, item.task, digest=digest)

    def affordable(
        self,
        item: Item,
        spending: Spending,
        paused: Mapping[str, tuple[datetime, str]],
        now: datetime,
    ) -> Item:
        """The item as it is, or held back while its network is paused or its budget is used up."""
        if item.state is not State.DUE or item.post is None:
            return item
        if item.task.network in paused:
            until, reason = paused[item.task.network]
            moment = until.astimezone(DEFAULT_ZONE)
            why: Text | None = Text(
                f"{moment:%m月%d日%H:%M}まで待ちます（{reason}）",
                f"it waits until {moment:%Y-%m-%d %H:%M} ({reason})",
            )
        else:
            account = self.settings.accounts[item.task.network]
            why = over_budget(account, item.urgent, _cost(account, item.post), spending, now)
        return item if why is None else replace(item, state=State.HELD, why=why)


WITHDRAWN = "withdrawn"
"""What stands for the digest of a page that is taken back."""
_POSTED = Text("投稿しました", "it was posted")
_DUE = Text("これから投稿します", "it is to be posted")
_DISMISSED = Text("投稿しないと決めました", "a person decided against it")
_ASK_A_PERSON = Text(
    "届いたかどうか分かりません。画面で確かめて、--was-posted か --was-not-posted で教えてください",
    "nobody knows whether it arrived; look, and say --was-posted or --was-not-posted",
)
_NO_ANSWER = Text(
    "送りましたが、返事がありません。次の実行で確かめます",
    "it was sent, but no answer came; the next run looks into it",
)


def _cost(account: Account, post: Post) -> Decimal:
    if account.cost == account.cost_with_link:
        return account.cost
    return account.cost_with_link if shown_links(post.text) else account.cost


def key_of(task: Task, generation: int) -> str:
    """The key of a task: the same for every attempt until one is known not to have arrived.

    Bluesky's is a record key (a TID: 53 bits of microseconds, 10 of a clock, written in 13 digits of
    base 32), taken from the day in the notice's tag: URI and its digest, and never changes at all.
    """
    if task.network != "bluesky":
        name = f"{task.notice}\n{task.network}\n{task.kind}\n{generation}"
        return str(uuid.uuid5(_NAMESPACE, name))
    digest = hashlib.sha256(f"{task.notice}\n{task.kind}".encode()).digest()
    day = task.notice.partition(",")[2].partition(":")[0]
    padded = f"{day}-01-01"[:10] if len(day) == 4 else f"{day}-01"[:10]
    try:
        start = datetime.fromisoformat(padded).replace(tzinfo=DEFAULT_ZONE)
    except ValueError:
        start = datetime(2020, 1, 1, tzinfo=DEFAULT_ZONE)
    within = int.from_bytes(digest[:6], "big") % (86_400 * 1_000_000)
    number = (int(start.timestamp() * 1_000_000) + within) << 10 | int.from_bytes(
        digest[6:8]
    ) % 1024
    return "".join(_TID_DIGITS[number >> shift & 31] for shift in range(60, -1, -5))


def candidates_of(
    site: Site, settings: Settings, site_url: str, now: datetime
) -> tuple[Candidate, ...]:
    """The notices of the locales that some account posts; those that are not public yet, too."""
    urgent = {category.id for category in site.categories.values() if category.urgent}
    codes = {code for account in settings.accounts.values() for code in account.locales}
    found = []
    for locale in site.locales:
        for page in site.news(locale) if locale.code in codes else ():
            notice = notice_of(page, site_url)
            if notice is not None and page.meta.publish_at is not None:
                # A translation follows its source: it is never public before it, nor after.
                is_public = page.is_published(now) and site.source_of(page).is_published(now)
                is_urgent = page.meta.category in urgent
                at = page.meta.publish_at
                found.append(Candidate(notice, at, is_public, is_urgent, locale.code))
    return tuple(found)


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
        history = self._book.histories.get(item.task, _History())
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
            "cost": str(_cost(account, post)),
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
        first = known.get(Task(item.task.notice, item.task.network), _History())
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
            yield Told(replace(item, state=State.UNCERTAIN), _ASK_A_PERSON, ok=False)

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
