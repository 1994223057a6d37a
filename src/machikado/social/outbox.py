"""The outbox: what stands between a notice and its post, and the one next step of each.

Pure: from the pages, the settings and the ledger to the state of every post. `sending` does what it says.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from machikado.content.front_matter import DEFAULT_ZONE
from machikado.content.site import Site
from machikado.social.budget import Spending, over_budget
from machikado.social.compose import (
    Notice,
    Post,
    correction_on,
    minted,
    notice_of,
    post_on,
    shown_links,
    withdrawal_on,
)
from machikado.social.history import Book, History
from machikado.social.ledger import Event, Ledger, Line, Task
from machikado.social.network import NETWORKS, Network, Receipt
from machikado.social.settings import Account, Settings
from machikado.vocabulary import Text


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

        Notices from before the ledger was begun, and older than may be posted, are none of its tasks.
        """
        known = book.histories
        begun = book.begun or now
        items = [
            item
            for account in self.settings.accounts.values()
            for candidate in self.candidates
            if candidate.locale in account.locales
            and (
                self._is_news(candidate, begun)
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

    def _is_news(self, candidate: Candidate, begun: datetime) -> bool:
        """Whether a notice is from after the ledger was begun, or hardly older.

        One that was written since and says that it is old bears a wrong date, or is to stand among the
        old ones: a person decides whether it is posted, and it is not passed over in silence.
        """
        if candidate.publish_at >= begun - self.settings.most_age:
            return True
        written = minted(candidate.notice.id)
        return written is not None and written >= begun

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
        known: Mapping[Task, History],
        now: datetime,
    ) -> Iterator[Item]:
        notice, network = candidate.notice, account.network
        task = Task(notice.id, network.id)
        history = known.get(task) or History()

        def item(state: State, why: Text, at: Task = task, post: Post | None = None) -> Item:
            own = history if at is task else known.get(at) or History()
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
        elif _is_unfinished(history):
            yield item(*_unfinished(history))
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
        self, history: History, candidate: Candidate, post: Post, now: datetime
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
        known: Mapping[Task, History],
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
        elif digest != notice.digest or _is_unfinished(known.get(task)):
            post = self._post(task, network, notice)
            yield self._draft(task, known.get(task), post, item, notice.digest)

    def _draft(
        self,
        task: Task,
        history: History | None,
        post: Post,
        item: Callable[..., Item],
        digest: str,
    ) -> Item:
        """A correction or withdrawal, for a person to approve; a decision holds for its digest."""
        history = history or History()
        if history.posted:
            return item(State.POSTED, _POSTED, task)
        if _is_unfinished(history):
            return item(*_unfinished(history), task)
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
        history: History,
        known: Mapping[Task, History],
        here: Container[str],
    ) -> Iterator[Item]:
        """What only the ledger knows of: its page is gone, or its network no longer set up."""
        first = known.get(Task(task.notice, task.network), history).claim or history.claim
        told = first.data if first else {}
        name = str(told.get("name", "")) or task.notice

        def item(state: State, why: Text, task: Task = task, post: Post | None = None) -> Item:
            own = known.get(task) or History()
            urgent = bool(told.get("urgent"))
            return Item(task, name, state, why, post, urgent, None, own.receipt, own.said)

        if _is_unfinished(history):
            yield item(*_unfinished(history))
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
            why = over_budget(account, item.urgent, cost_of(account, item.post), spending, now)
        return item if why is None else replace(item, state=State.HELD, why=why)


WITHDRAWN = "withdrawn"
"""What stands for the digest of a page that is taken back."""
_POSTED = Text("投稿しました", "it was posted")
_DUE = Text("これから投稿します", "it is to be posted")
_DISMISSED = Text("投稿しないと決めました", "a person decided against it")
ASK_A_PERSON = Text(
    "届いたかどうか分かりません。画面で確かめて、--was-posted か --was-not-posted で教えてください",
    "nobody knows whether it arrived; look, and say --was-posted or --was-not-posted",
)
_NO_ANSWER = Text(
    "送りましたが、返事がありません。次の実行で確かめます",
    "it was sent, but no answer came; the next run looks into it",
)


def _is_unfinished(history: History | None) -> bool:
    return history is not None and (history.is_uncertain or history.is_open)


def _unfinished(history: History) -> tuple[State, Text]:
    """The state of a request that went out and of which nothing certain is known."""
    if history.is_uncertain:
        return State.UNCERTAIN, ASK_A_PERSON
    return State.CLAIMED, _NO_ANSWER


def cost_of(account: Account, post: Post) -> Decimal:
    if account.cost == account.cost_with_link:
        return account.cost
    return account.cost_with_link if shown_links(post.text) else account.cost


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
