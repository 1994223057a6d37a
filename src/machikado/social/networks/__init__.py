"""The channels: one module a network, the only importer of that network's client library."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Protocol, cast

from machikado.social.network import Channel
from machikado.social.settings import Account
from machikado.vocabulary import Text


class MissingCredentialsError(Exception):
    """Variables of the environment that the network needs are not set; it is `text` that says which."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class _Module(Protocol):
    VARIABLES: tuple[str, ...]

    def connect(self, service: str | None, secrets: Mapping[str, str]) -> Channel: ...


def open_channel(account: Account, environment: Mapping[str, str]) -> Channel:
    """The channel of an account; its credentials come from the environment and from nowhere else.

    Raises MissingCredentialsError. No request is made before the first `send` or `find`.
    """
    name = account.network.id
    module = cast("_Module", import_module(f"{__name__}.{name}"))
    secrets = {key: environment.get(key, "").strip() for key in module.VARIABLES}
    if missing := [key for key, value in secrets.items() if not value]:
        listed = ", ".join(missing)
        raise MissingCredentialsError(
            Text(
                f"{account.network.name}: 環境変数 {listed} がありません。",
                f"{account.network.name}: the environment has no {listed}.",
            )
        )
    return module.connect(account.service, secrets)


TIMEOUT = 30.0
"""Seconds that a network has to answer; after them the outcome is unknown."""
