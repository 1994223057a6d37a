"""What the lines of a ledger come to: the history of each post, what was spent, who asked for a pause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from machikado.social.budget import Spending
from machikado.social.ledger import NOT_ARRIVED, Event, Line, Task
from machikado.social.network import Receipt
from machikado.vocabulary import Text

MOST_DOUBTS = 3
"""After so many refusals that may be the post's own fault a person is asked."""


@dataclass
class History:
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
    def is_uncertain(self) -> bool:
        """Whether only a person can say what became of it."""
        return self.last is not None and self.last.event is Event.UNCERTAIN

    @property
    def is_open(self) -> bool:
        """Whether a request went out of which nothing certain is known yet."""
        return self.last is not None and self.last.event in (Event.CLAIM, Event.UNKNOWN)

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
        self.histories: dict[Task, History] = {}
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
        history = self.histories.setdefault(line.task, History())
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
        history.generation += line.event in NOT_ARRIVED
        history.last = line

    def pauses(self, now: datetime) -> dict[str, tuple[datetime, str]]:
        """Until when each network asked not to be bothered, and why."""
        return {name: pause for name, pause in self._pauses.items() if pause[0] > now}
