"""The settings of posting, `social.yml` beside mkdocs.yml: which networks, what they may cost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

import yaml

from machikado.content.locale import Locales
from machikado.content.tree import Tree
from machikado.social.network import NETWORKS, Network
from machikado.vocabulary import ConfigurationError, Text

FILE = "social.yml"
_KEYS = ("networks", "hashtags", "order", "most_age_hours")
_NETWORK_KEYS = (
    *("service", "locales", "per_day", "urgent_per_day", "cost", "cost_with_link"),
    *("cost_per_day", "urgent_cost_per_day", "recipients"),
    *("recipients_per_month", "urgent_recipients_per_month"),
)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What may be spent; None is without limit. Cost is in the city's currency, recipients are LINE's."""

    posts_per_day: int
    cost_per_day: Decimal | None = None
    recipients_per_month: int | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """One network as the city uses it; `urgent` is the disaster posts' own allowance."""

    network: Network
    service: str | None
    locales: tuple[str, ...]
    ordinary: Allowance
    urgent: Allowance
    cost: Decimal = Decimal(0)
    cost_with_link: Decimal = Decimal(0)
    recipients: int = 0


@dataclass(frozen=True, slots=True)
class Settings:
    """accounts: by network, in the order in which disaster posts are sent;
    most_age: a notice older than this is not posted without a person's approval."""

    accounts: Mapping[str, Account] = field(default_factory=dict)
    hashtags: tuple[str, ...] = ()
    most_age: timedelta = timedelta(hours=48)


def read_settings(tree: Tree, locales: Locales) -> Settings:
    """The settings in `tree`; none where there is no file. Raises ConfigurationError."""
    if not tree.exists(FILE):
        return Settings()
    try:
        data = yaml.safe_load(tree.read(FILE).decode("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError):
        _wrong("YAML として読み取れません。", "It is not valid YAML in UTF-8.")
    values = _mapping(data, "", _KEYS)
    networks = _mapping(values.get("networks") or {}, "networks", tuple(NETWORKS))
    order = _words(values.get("order") or list(NETWORKS), "order")
    if unknown := [name for name in order if name not in NETWORKS]:
        _wrong(
            f"order の「{unknown[0]}」というネットワークはありません。使えるもの: {', '.join(NETWORKS)}",
            f"order: there is no network `{unknown[0]}`; known are {', '.join(NETWORKS)}.",
        )
    named = [*order, *(name for name in NETWORKS if name not in order)]
    return Settings(
        {
            name: _account(NETWORKS[name], networks[name] or {}, locales)
            for name in named
            if name in networks
        },
        _words(values.get("hashtags") or [], "hashtags"),
        timedelta(hours=_number(values.get("most_age_hours", 48), "most_age_hours")),
    )


def _account(network: Network, data: object, locales: Locales) -> Account:
    where = f"networks.{network.id}"
    values = _mapping(data, where, _NETWORK_KEYS)
    chosen = _words(values.get("locales") or [locales.default.code], f"{where}.locales")
    if unknown := [code for code in chosen if code not in {one.code for one in locales}]:
        _wrong(
            f"{where}.locales の「{unknown[0]}」という言語はありません。",
            f"{where}.locales: there is no locale `{unknown[0]}`.",
        )
    service = values.get("service")
    if network.id == "mastodon" and not service:
        _wrong(
            f"{where}.service に、サーバーのアドレスを書いてください（例: https://mastodon.example）。",
            f"{where}.service needs the server's address, such as https://mastodon.example.",
        )
    if service is not None and not str(service).startswith(("https://", "http://127.0.0.1")):
        _wrong(
            f"{where}.service は https:// で始まるアドレスにしてください。",
            f"{where}.service must be an address that begins with https://.",
        )

    def count(key: str) -> int | None:
        return _number(values[key], f"{where}.{key}") if key in values else None

    def amount(key: str) -> Decimal | None:
        return _amount(values[key], f"{where}.{key}") if key in values else None

    def least(value: int | None, default: int) -> int:
        return default if value is None else value

    cost = amount("cost") or Decimal(0)
    with_link = amount("cost_with_link")
    return Account(
        network,
        str(service).rstrip("/") if service else None,
        chosen,
        Allowance(
            least(count("per_day"), 20), amount("cost_per_day"), count("recipients_per_month")
        ),
        Allowance(
            least(count("urgent_per_day"), 50),
            amount("urgent_cost_per_day"),
            count("urgent_recipients_per_month"),
        ),
        cost,
        cost if with_link is None else with_link,
        count("recipients") or 0,
    )


def _mapping(data: object, where: str, known: Iterable[str]) -> Mapping[str, Any]:
    if data is None:
        return {}
    if not isinstance(data, dict):
        _wrong(
            f"{where or 'ファイル'} が「項目: 値」の形になっていません。",
            f"{where or 'the file'} is not a list of keys and values.",
        )
    keys = tuple(known)
    if unknown := sorted(str(key) for key in data if key not in keys):
        name = f"{where}.{unknown[0]}".lstrip(".")
        _wrong(
            f"「{name}」という項目はありません。使えるもの: {', '.join(keys)}",
            f"there is no key `{name}`; known are {', '.join(keys)}.",
        )
    return data


def _words(data: object, where: str) -> tuple[str, ...]:
    if not isinstance(data, list) or not all(isinstance(one, str) for one in data):
        _wrong(f"{where} は一覧で書いてください。", f"{where} must be a list of words.")
    return tuple(data)


def _number(data: object, where: str) -> int:
    if isinstance(data, bool) or not isinstance(data, int) or data < 0:
        _wrong(
            f"{where} は0以上の整数で書いてください。",
            f"{where} must be a whole number, 0 or more.",
        )
    return data


def _amount(data: object, where: str) -> Decimal:
    try:
        value = Decimal(str(data))
    except InvalidOperation:
        value = Decimal(-1)
    if isinstance(data, bool) or not value.is_finite() or value < 0:
        _wrong(f"{where} は0以上の金額で書いてください。", f"{where} must be an amount, 0 or more.")
    return value


def _wrong(ja: str, en: str) -> NoReturn:
    raise ConfigurationError(FILE, Text(ja, en))
