"""What is posted when, in which order and at what cost; corrections, withdrawals, people's decisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from fakes import START, Clock, Fake, candidate, fakes

from machikado.content.front_matter import Social
from machikado.social.history import Book
from machikado.social.ledger import Event, Ledger, Task, opened
from machikado.social.network import NETWORKS, Message, NotSentError, Receipt
from machikado.social.outbox import Candidate, Item, Outbox
from machikado.social.picture import PictureError
from machikado.social.sending import World, run
from machikado.social.settings import Account, Allowance, Settings
from machikado.vocabulary import Text

ORDER = ("line", "bluesky", "mastodon", "x")


class Desk:
    """A ledger, the four networks and a clock."""

    def __init__(self, path: Path, *networks: str) -> None:
        self.path = path
        self.clock = Clock(START + timedelta(minutes=1))
        self.networks: dict[str, Fake] = fakes(self.clock)
        plenty = Allowance(100)
        self.accounts = {
            name: Account(NETWORKS[name], None, ("ja",), plenty, plenty)
            for name in networks or ORDER
        }
        self.live = True
        with opened(path, start=True) as ledger:
            ledger.add(START, Event.BEGUN, Task("", ""))

    def outbox(self, *candidates: Candidate, complete: bool = True) -> Outbox:
        return Outbox(Settings(self.accounts), candidates, complete)

    def run(self, *candidates: Candidate, complete: bool = True) -> dict[str, str]:
        """One run; returns the state of each post by its handle."""
        outbox = self.outbox(*candidates, complete=complete)
        world = World(self.networks, self.clock, lambda *_: None, lambda _: self.live)
        with opened(self.path) as ledger:
            list(run(outbox, ledger, world))
            return {one.handle: one.state.value for one in self.items(outbox, ledger)}

    def items(self, outbox: Outbox, ledger: Ledger) -> list[Item]:
        return outbox.items(Book(ledger.lines), self.clock())

    def decide(self, handle: str, event: Event, *candidates: Candidate) -> None:
        outbox = self.outbox(*candidates)
        with opened(self.path) as ledger:
            (item,) = (one for one in self.items(outbox, ledger) if one.handle == handle)
            outbox.decide(ledger, item, event, self.clock())

    def limit(self, name: str, **changes: object) -> None:
        self.accounts[name] = replace(self.accounts[name], **changes)  # type: ignore[arg-type]

    def sent(self, name: str) -> list[str]:
        return [one.link.split("/")[-2] for one in self.networks[name].landed]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "ledger.jsonl")


def states(found: dict[str, str]) -> set[str]:
    return set(found.values())


def test_a_notice_is_posted_once_however_often_it_is_asked(desk: Desk) -> None:
    for _ in range(3):
        assert states(desk.run(candidate(1))) == {"posted"}
    assert [desk.sent(name) for name in ORDER] == [["1"]] * 4


def test_publish_at_governs_posts_too(desk: Desk) -> None:
    later = replace(candidate(1, at=START + timedelta(hours=1)), public=False)
    assert states(desk.run(later)) == {"scheduled"}
    desk.clock.pass_time(hours=1)
    assert states(desk.run(replace(later, public=True))) == {"posted"}


def test_old_notices_are_left_alone_and_late_ones_wait_for_a_person(desk: Desk) -> None:
    ancient = candidate(1, at=START - timedelta(days=3))
    assert desk.run(ancient) == {}
    late = candidate(2, at=START)
    desk.clock.pass_time(days=3)
    assert states(desk.run(late)) == {"needs-approval"}
    desk.decide("x:ja/1001002", Event.APPROVED, late)
    assert desk.run(late)["x:ja/1001002"] == "posted"
    desk.decide("line:ja/1001002", Event.DISMISSED, late)
    assert desk.run(late)["line:ja/1001002"] == "dismissed"


def test_a_new_notice_with_a_date_long_past_waits_for_a_person(desk: Desk) -> None:
    desk.clock.pass_time(days=40)
    past = candidate(1, at=START - timedelta(days=3000))
    written = replace(past.notice, id="tag:city.example,2026-12-24:ja/1001001")
    assert states(desk.run(replace(past, notice=written))) == {"needs-approval"}
    assert desk.sent("line") == []


def test_disaster_posts_go_first_and_channels_in_their_order(desk: Desk) -> None:
    outbox = desk.outbox(candidate(1), candidate(2, urgent=True, at=START + timedelta(seconds=9)))
    with opened(desk.path) as ledger:
        found = [item.handle for item in desk.items(outbox, ledger)]
    assert found == [f"{name}:ja/100100{number}" for number in (2, 1) for name in ORDER]


def test_a_network_that_is_down_keeps_no_other_from_posting(desk: Desk) -> None:
    desk.networks["line"].fault = lambda: "no connection"
    found = desk.run(candidate(1, urgent=True), candidate(2))
    assert {handle for handle, state in found.items() if state == "due"} == {
        "line:ja/1001001",
        "line:ja/1001002",
    }
    assert [desk.sent(name) for name in ORDER[1:]] == [["1", "2"]] * 3


def test_the_budget_of_disasters_is_their_own(desk: Desk) -> None:
    desk.limit("x", ordinary=Allowance(1), urgent=Allowance(1))
    found = desk.run(candidate(1), candidate(2), candidate(3, urgent=True))
    assert desk.sent("x") == ["3", "1"]
    assert found["x:ja/1001002"] == "held"
    desk.clock.pass_time(days=1)
    assert (
        desk.run(candidate(1), candidate(2), candidate(3, urgent=True))["x:ja/1001002"] == "posted"
    )


def test_cost_and_recipients_are_counted_before_they_are_spent(desk: Desk) -> None:
    cost = Decimal("0.20")
    desk.limit("x", cost_with_link=cost, ordinary=Allowance(100, cost_per_day=Decimal("0.50")))
    desk.limit("line", recipients=400, ordinary=Allowance(100, recipients_per_month=1_000))
    notices = [candidate(number, at=START + timedelta(seconds=number)) for number in range(1, 5)]
    told = [
        replace(one, notice=replace(one.notice, address=f"https://city.example.com/{n}/"))
        for n, one in enumerate(notices, 1)
    ]
    desk.run(*told)
    assert (len(desk.networks["x"].landed), len(desk.networks["line"].landed)) == (2, 2)


def test_what_may_have_arrived_counts_as_spent(desk: Desk) -> None:
    desk.limit("x", ordinary=Allowance(1))
    desk.networks["x"].fault = lambda: "lost answer"
    desk.run(candidate(1), candidate(2))
    desk.networks["x"].fault = lambda: "none"
    found = desk.run(candidate(1), candidate(2))
    assert (found["x:ja/1001001"], found["x:ja/1001002"]) == ("uncertain", "held")


def test_an_uncertain_post_is_never_sent_again_by_itself(desk: Desk) -> None:
    desk.networks["x"].fault = lambda: "5xx"
    desk.run(candidate(1))
    desk.networks["x"].fault = lambda: "none"
    for _ in range(5):
        desk.clock.pass_time(hours=30)
        assert desk.run(candidate(1))["x:ja/1001001"] == "uncertain"
    assert desk.sent("x") == []
    desk.decide("x:ja/1001001", Event.DENIED, candidate(1))
    assert desk.run(candidate(1))["x:ja/1001001"] == "needs-approval"


def test_a_person_who_found_the_post_ends_the_matter(desk: Desk) -> None:
    desk.networks["x"].fault = lambda: "lost answer"
    desk.run(candidate(1))
    desk.networks["x"].fault = lambda: "none"
    desk.decide("x:ja/1001001", Event.CONFIRMED, candidate(1))
    assert desk.run(candidate(1))["x:ja/1001001"] == "posted"
    assert desk.sent("x") == ["1"]


def test_rate_limits_are_respected_until_they_end(desk: Desk) -> None:
    desk.networks["mastodon"].fault = lambda: "rate"
    assert desk.run(candidate(1), candidate(2))["mastodon:ja/1001001"] == "held"
    desk.networks["mastodon"].fault = lambda: "none"
    desk.clock.pass_time(minutes=14)
    assert desk.run(candidate(1), candidate(2))["mastodon:ja/1001002"] == "held"
    desk.clock.pass_time(minutes=2)
    assert states(desk.run(candidate(1), candidate(2))) == {"posted"}


def test_a_post_refused_as_it_is_waits_for_its_page_or_a_person(desk: Desk) -> None:
    desk.networks["x"].fault = lambda: "refused"
    assert desk.run(candidate(1))["x:ja/1001001"] == "failed"
    desk.networks["x"].fault = lambda: "none"
    assert desk.run(candidate(1))["x:ja/1001001"] == "failed"
    edited = replace(candidate(1), notice=replace(candidate(1).notice, digest="edited"))
    assert desk.run(edited)["x:ja/1001001"] == "posted"


def test_a_post_that_is_too_long_keeps_no_other_from_being_posted(desk: Desk) -> None:
    long = replace(candidate(1), notice=replace(candidate(1).notice, title="長" * 200))
    found = desk.run(long, candidate(2))
    assert (found["x:ja/1001001"], found["x:ja/1001002"]) == ("failed", "posted")
    assert found["line:ja/1001001"] == "posted"


def test_a_page_that_does_not_open_yet_is_not_linked_to_except_in_a_disaster(desk: Desk) -> None:
    desk.live = False
    found = desk.run(candidate(1), candidate(2, urgent=True))
    assert (found["x:ja/1001001"], found["x:ja/1001002"]) == ("due", "posted")


def test_pages_may_say_where_they_are_not_posted(desk: Desk) -> None:
    found = desk.run(candidate(1, off=frozenset({"x"})), candidate(2, posted=False))
    assert [handle for handle, state in found.items() if state == "posted"] == [
        f"{name}:ja/1001001" for name in ORDER[:3]
    ]


def edited(number: int = 1, digest: str = "edited", **social: object) -> Candidate:
    old = candidate(number)
    told = replace(old.notice, digest=digest, title="直したお知らせ", social=Social(**social))  # type: ignore[arg-type]
    return replace(old, notice=told)


class Recorder(Fake):
    """A network that remembers what it was asked."""

    def send(self, message: Message) -> Receipt:
        self.asked = [*getattr(self, "asked", []), message]
        return super().send(message)


def test_an_edited_notice_drafts_a_correction_that_a_person_approves(desk: Desk) -> None:
    asked: dict[str, Recorder] = {}
    for name, fake in fakes(desk.clock).items():
        asked[name] = Recorder(name, desk.clock, fake.key_life, fake.reads_back)
    desk.networks = dict(asked)
    desk.run(candidate(1))
    found = desk.run(edited())
    drafts = [f"{name}:ja/1001001:correction-1" for name in ORDER]
    assert [found[draft] for draft in drafts] == ["needs-approval"] * 4
    for draft in drafts[1:]:
        desk.decide(draft, Event.APPROVED, edited())
    # What was approved is what the page said then.
    assert desk.run(edited(digest="edited again"))[drafts[1]] == "needs-approval"
    found = desk.run(edited())
    assert [found[draft] for draft in drafts] == ["needs-approval", *["posted"] * 3]
    bluesky, mastodon = (asked[name].asked[-1] for name in ("bluesky", "mastodon"))
    assert bluesky.text.startswith("【訂正】直したお知らせ")
    assert (bluesky.replies_to, bluesky.edits) == (Receipt("1"), None)
    assert (mastodon.replies_to, mastodon.edits) == (None, Receipt("1"))
    assert "bluesky:ja/1001001:correction-2" not in found
    assert "bluesky:ja/1001001:correction-2" in desk.run(edited(digest="once more"))


def test_a_notice_whose_page_is_gone_drafts_a_withdrawal(desk: Desk) -> None:
    desk.run(candidate(1), candidate(2))
    assert "x:ja/1001001:withdrawal" not in desk.run(candidate(2), complete=False)
    found = desk.run(candidate(2))
    assert found["x:ja/1001001:withdrawal"] == "needs-approval"
    desk.decide("x:ja/1001001:withdrawal", Event.APPROVED, candidate(2))
    assert desk.run(candidate(2))["x:ja/1001001:withdrawal"] == "posted"
    assert len(desk.networks["x"].landed) == 3


def test_a_notice_that_says_it_is_withdrawn_drafts_a_withdrawal_and_is_posted_no_more(
    desk: Desk,
) -> None:
    desk.run(candidate(1))
    found = desk.run(candidate(1, withdrawn=True), candidate(2, withdrawn=True))
    assert found["x:ja/1001001:withdrawal"] == "needs-approval"
    assert found["x:ja/1001002"] == "off"


def test_nothing_is_sent_again_for_a_page_that_was_taken_away_meanwhile(desk: Desk) -> None:
    desk.networks["line"].fault = lambda: "5xx"
    desk.networks["bluesky"].fault = lambda: "5xx"
    desk.run(candidate(1))
    desk.networks["line"].fault = desk.networks["bluesky"].fault = lambda: "none"
    found = desk.run()
    assert found["line:ja/1001001"] == "uncertain"
    assert desk.sent("line") == desk.sent("bluesky") == []


class Suspended(Fake):
    """An account that was locked: the answer is the same whatever is sent."""

    def send(self, message: Message) -> Receipt:  # noqa: ARG002 - a channel's signature
        raise NotSentError("not allowed (403)", doubtful=True)


def test_an_account_that_is_locked_is_noticed_and_the_others_go_on(desk: Desk) -> None:
    desk.networks["x"] = Suspended("x", desk.clock, timedelta(0), reads_back=False)
    for _ in range(3):
        desk.run(candidate(1), candidate(2))
    found = desk.run(candidate(1), candidate(2))
    assert (found["x:ja/1001001"], found["line:ja/1001002"]) == ("failed", "posted")


@pytest.mark.parametrize(("urgent", "state"), [(False, "due"), (True, "posted")])
def test_a_picture_that_cannot_be_used_holds_back_only_what_is_not_urgent(
    desk: Desk, urgent: bool, state: str
) -> None:
    def broken(*_: object) -> None:
        raise PictureError(Text("読み取れません", "cannot be read"))

    one = candidate(1, urgent=urgent)
    outbox = desk.outbox(replace(one, notice=replace(one.notice, image="a.png", alt="図")))
    with opened(desk.path) as ledger:
        told = list(run(outbox, ledger, World(desk.networks, desk.clock, broken)))
        found = {item.handle: item.state.value for item in desk.items(outbox, ledger)}
    assert found["x:ja/1001001"] == state
    assert found["line:ja/1001001"] == "posted"
    assert any(one.text.ja == "読み取れません" for one in told) is not urgent


def test_claims_of_another_machine_are_left_to_it_for_a_while(desk: Desk) -> None:
    task = Task(candidate(1).notice.id, "bluesky")
    with opened(desk.path) as ledger:
        ledger.add(
            desk.clock(), Event.CLAIM, task, key="k", text="t", lang="ja", digest="d", name="n"
        )
    assert desk.run(candidate(1))["bluesky:ja/1001001"] == "claimed"
    desk.clock.pass_time(minutes=11)
    assert desk.run(candidate(1))["bluesky:ja/1001001"] == "posted"
