"""What was spent, and what may still be: per day and per month, disaster posts by themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from machikado.content.front_matter import DEFAULT_ZONE
from machikado.social.ledger import NOT_ARRIVED, Event, Line, Task
from machikado.social.settings import Account
from machikado.vocabulary import Text


@dataclass(frozen=True, slots=True)
class Expense:
    """What one claim costs, whether or not it is known to have arrived."""

    cost: Decimal
    recipients: int


class Spending:
    """Every message that was sent or may have been, read line by line from the ledger; days are Tokyo's.

    A second attempt under the key of the first is the same message.
    """

    def __init__(self) -> None:
        self._spent: dict[tuple[str, bool, date], dict[str, Expense]] = {}
        self._last: dict[Task, tuple[dict[str, Expense], str]] = {}

    def read(self, line: Line) -> None:
        task, told = line.task, line.data
        if line.event is Event.CLAIM:
            key = str(told["key"])
            if task in self._last and self._last[task][1] == key:
                return
            day = line.at.astimezone(DEFAULT_ZONE).date()
            of_day = self._spent.setdefault((task.network, bool(told.get("urgent")), day), {})
            cost = Decimal(str(told.get("cost", 0)))
            of_day[key] = Expense(cost, int(told.get("recipients", 0)))
            self._last[task] = of_day, key
        elif line.event in NOT_ARRIVED and task in self._last:
            of_day, key = self._last[task]
            of_day.pop(key, None)

    def of_day(self, network: str, urgent: bool, day: date) -> Collection[Expense]:
        return self._spent.get((network, urgent, day), {}).values()

    def of_month(self, network: str, urgent: bool, month: date) -> Iterator[Expense]:
        """Those of the month that a day is in."""
        for (name, is_urgent, day), spent in self._spent.items():
            if (name, is_urgent, day.year, day.month) == (network, urgent, month.year, month.month):
                yield from spent.values()


def over_budget(
    account: Account, urgent: bool, cost: Decimal, spending: Spending, now: datetime
) -> Text | None:
    """Why the account may not send one more message at this cost, or None. Days are Tokyo's."""
    allowed = account.urgent if urgent else account.ordinary
    today = now.astimezone(DEFAULT_ZONE).date()
    of_today = spending.of_day(account.network.id, urgent, today)
    if len(of_today) >= allowed.posts_per_day:
        return Text(
            f"今日の上限（{allowed.posts_per_day}件）に達しました",
            f"today's limit of {allowed.posts_per_day} posts is reached",
        )
    if (
        allowed.cost_per_day is not None
        and sum((one.cost for one in of_today), cost) > allowed.cost_per_day
    ):
        return Text(
            f"今日の費用の上限（{allowed.cost_per_day}）を超えます",
            f"today's limit of cost, {allowed.cost_per_day}, would be passed",
        )
    if allowed.recipients_per_month is None:
        return None
    sent = (one.recipients for one in spending.of_month(account.network.id, urgent, today))
    if sum(sent, account.recipients) > allowed.recipients_per_month:
        return Text(
            f"今月の通数の上限（{allowed.recipients_per_month}）を超えます",
            f"this month's limit of {allowed.recipients_per_month} recipients would be passed",
        )
    return None
