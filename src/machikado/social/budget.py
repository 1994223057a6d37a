"""What was spent, and what may still be: per day and per month, disaster posts by themselves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from machikado.content.front_matter import DEFAULT_ZONE
from machikado.social.ledger import Event, Line, Task
from machikado.social.settings import Account
from machikado.vocabulary import Text


@dataclass(frozen=True, slots=True)
class Expense:
    """What one claim costs, whether or not it is known to have arrived; `day` is Tokyo's."""

    day: date
    cost: Decimal
    recipients: int


class Spending:
    """Every message that was sent or may have been, read line by line from the ledger.

    A second attempt under the key of the first is the same message.
    """

    def __init__(self) -> None:
        self._spent: dict[tuple[str, bool], dict[str, Expense]] = {}
        self._last: dict[Task, tuple[bool, str]] = {}

    def read(self, line: Line) -> None:
        task, told = line.task, line.data
        if line.event is Event.CLAIM:
            urgent, key = self._last[task] = bool(told.get("urgent")), str(told["key"])
            own = self._spent.setdefault((task.network, urgent), {})
            if key not in own:
                cost = Decimal(str(told.get("cost", 0)))
                day = line.at.astimezone(DEFAULT_ZONE).date()
                own[key] = Expense(day, cost, int(told.get("recipients", 0)))
        elif line.event in (Event.REFUSED, Event.ABSENT, Event.DENIED) and task in self._last:
            urgent, key = self._last[task]
            self._spent[task.network, urgent].pop(key, None)

    def of(self, network: str, urgent: bool) -> Collection[Expense]:
        return self._spent.get((network, urgent), {}).values()


def over_budget(
    account: Account, urgent: bool, cost: Decimal, spending: Spending, now: datetime
) -> Text | None:
    """Why the account may not send one more message at this cost, or None. Days are Tokyo's."""
    allowed = account.urgent if urgent else account.ordinary
    today = now.astimezone(DEFAULT_ZONE).date()
    own = spending.of(account.network.id, urgent)
    of_today = [one for one in own if one.day == today]
    if len(of_today) >= allowed.posts_per_day:
        return Text(
            f"今日の上限（{allowed.posts_per_day}件）に達しました",
            f"today's limit of {allowed.posts_per_day} posts is reached",
        )
    money = sum((one.cost for one in of_today), cost)
    if allowed.cost_per_day is not None and money > allowed.cost_per_day:
        return Text(
            f"今日の費用の上限（{allowed.cost_per_day}）を超えます",
            f"today's limit of cost, {allowed.cost_per_day}, would be passed",
        )
    if allowed.recipients_per_month is None:
        return None
    month = (today.year, today.month)
    sent = (one.recipients for one in own if (one.day.year, one.day.month) == month)
    if sum(sent, account.recipients) > allowed.recipients_per_month:
        return Text(
            f"今月の通数の上限（{allowed.recipients_per_month}）を超えます",
            f"this month's limit of {allowed.recipients_per_month} recipients would be passed",
        )
    return None
