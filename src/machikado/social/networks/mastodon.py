"""Mastodon by Mastodon.py: an Idempotency-Key while it lives, and the list of statuses after it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from machikado.social.network import Message, NotSentError, Receipt, UnknownOutcomeError
from machikado.social.networks import TIMEOUT

VARIABLES = ("MASTODON_ACCESS_TOKEN",)
_SKEW = timedelta(minutes=10)
"""How far the server's clock may be from ours when its statuses are looked through."""
_PAGES = 5
Answer = TypeVar("Answer")


class Mastodon:
    """One account on one server."""

    def __init__(self, service: str, token: str) -> None:
        from mastodon import Mastodon as Client

        self._client = Client(
            access_token=token,
            api_base_url=service,
            ratelimit_method="throw",
            request_timeout=TIMEOUT,
            version_check_mode="none",
        )
        self._account: Any = None

    def send(self, message: Message) -> Receipt:
        if message.edits is not None:
            edits = message.edits
            status = self._ask(
                lambda: self._client.status_update(edits.id, message.text), sends=True
            )
            return _receipt(status)
        media = None
        if message.picture is not None:
            picture = message.picture
            uploaded = self._ask(
                lambda: self._client.media_post(
                    picture.data, picture.media_type, description=picture.alt, synchronous=True
                ),
                sends=False,
            )
            media = [uploaded.id]
        status = self._ask(
            lambda: self._client.status_post(
                message.text,
                in_reply_to_id=message.replies_to.id if message.replies_to else None,
                media_ids=media,
                visibility="public",
                language=message.lang.partition("-")[0],
                idempotency_key=message.key,
            ),
            sends=True,
        )
        return _receipt(status)

    def find(self, message: Message) -> Receipt | None:
        if message.edits is not None:
            edits = message.edits
            source = self._ask(lambda: self._client.status_source(edits.id), sends=False)
            return edits if source.text == message.text else None
        if self._account is None:
            self._account = self._ask(self._client.me, sends=False)
        # A withdrawal has no link; it is known by the post it answers.
        mark = message.link
        after, below = message.at - _SKEW, None
        for _ in range(_PAGES):
            statuses = self._ask(
                lambda below=below: self._client.account_statuses(  # type: ignore[misc]
                    self._account.id, max_id=below, limit=40, exclude_reblogs=True
                ),
                sends=False,
            )
            for status in statuses:
                is_reply = str(status.in_reply_to_id or "")
                wanted = message.replies_to.id if message.replies_to else ""
                if (
                    _moment(status.created_at) >= after
                    and is_reply == wanted
                    and (not mark or mark in _addresses(status.content))
                ):
                    return _receipt(status)
            if not statuses or _moment(statuses[-1].created_at) < after:
                return None
            below = statuses[-1].id
        raise UnknownOutcomeError("too many statuses to look through")

    def _ask(self, request: Callable[[], Answer], *, sends: bool) -> Answer:
        """Make a request; one that does not post (`sends`) has certainly not posted when it fails."""
        from mastodon import errors

        try:
            return request()
        except errors.MastodonRatelimitError:
            reset = self._client.ratelimit_reset
            # Without a time of the server's: its windows are of five minutes (300 in 5 minutes).
            until = (
                datetime.fromtimestamp(reset, UTC)
                if reset
                else datetime.now(UTC) + timedelta(minutes=5)
            )
            raise NotSentError("rate limit (429)", retry_at=until) from None
        except errors.MastodonUnauthorizedError:
            raise NotSentError("not authorised (401)", credentials=True) from None
        except errors.MastodonServerError as error:
            raise _unclear(f"HTTP {_status(error)}", sends) from None
        except errors.MastodonAPIError as error:
            status = _status(error)
            if status == 403:
                raise NotSentError("not allowed (403)", doubtful=True) from None
            said = str(error.args[3]) if len(error.args) > 3 else ""
            raise NotSentError(f"HTTP {status} {said}".strip(), permanent=sends) from None
        except errors.MastodonNetworkError as error:
            if _never_connected(error):
                raise NotSentError("no connection") from None
            raise _unclear("no answer", sends) from None
        except Exception as error:  # the client's own faults, such as an answer it cannot read
            raise _unclear(type(error).__name__, sends) from None


def _unclear(reason: str, sends: bool) -> NotSentError | UnknownOutcomeError:
    return UnknownOutcomeError(reason) if sends else NotSentError(reason)


def _status(error: Exception) -> int:
    return int(error.args[1]) if len(error.args) > 1 else 0


def _moment(value: Any) -> datetime:  # noqa: ANN401 - the client gives datetimes, or texts of them
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _addresses(html: str) -> set[str]:
    """The addresses that a status links to."""
    import re
    from html import unescape

    return {unescape(address) for address in re.findall(r'href="([^"]*)"', html or "")}


def _receipt(status: Any) -> Receipt:  # noqa: ANN401
    return Receipt(str(status.id), str(status.url or ""))


def _never_connected(error: BaseException) -> bool:
    """Whether no connection was made; the client wraps what requests raised."""
    from requests.exceptions import ConnectTimeout
    from urllib3.exceptions import NewConnectionError

    inner: BaseException | None = error.__context__
    while inner is not None:
        if isinstance(inner, (ConnectTimeout, NewConnectionError)):
            return True
        inner = inner.__context__
    return False


def connect(service: str | None, secrets: Mapping[str, str]) -> Mastodon:
    return Mastodon(service or "", secrets["MASTODON_ACCESS_TOKEN"])
