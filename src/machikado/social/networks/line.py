"""LINE by line-bot-sdk: a broadcast to all friends of the account, under a retry key."""

from __future__ import annotations

from collections.abc import Mapping

from machikado.social.network import Message, NotSentError, Receipt, UnknownOutcomeError
from machikado.social.networks import TIMEOUT

VARIABLES = ("LINE_CHANNEL_ACCESS_TOKEN",)
SERVICE = "https://api.line.me"


class Line:
    """One official account."""

    def __init__(self, service: str, token: str) -> None:
        from linebot.v3.messaging import ApiClient, Configuration, MessagingApi

        configuration = Configuration(host=service, access_token=token)
        # Every attempt is ours to make and to write down.
        configuration.retries = False
        self._api = MessagingApi(ApiClient(configuration))
        self._api.line_base_path = service

    def send(self, message: Message) -> Receipt:
        from linebot.v3.messaging import BroadcastRequest, TextMessage
        from linebot.v3.messaging.exceptions import ApiException
        from urllib3.exceptions import HTTPError, NewConnectionError

        # Words are all that is sent: LINE's pictures have none for those who do not see them.
        request = BroadcastRequest(messages=[TextMessage(text=message.text)])
        try:
            answer = self._api.broadcast_with_http_info(
                request, x_line_retry_key=message.key, _request_timeout=TIMEOUT
            )
        except ApiException as error:
            headers = {key.lower(): value for key, value in (error.headers or {}).items()}
            if error.status == 409 and (accepted := headers.get("x-line-accepted-request-id")):
                return Receipt(accepted)
            raise _refusal(int(error.status or 0)) from None
        except NewConnectionError:
            raise NotSentError("no connection") from None
        except HTTPError as error:
            raise UnknownOutcomeError(type(error).__name__) from None
        return Receipt(str((answer.headers or {}).get("x-line-request-id", "")))

    def find(self, message: Message) -> Receipt | None:  # noqa: ARG002 - a channel's signature
        raise UnknownOutcomeError("LINE cannot be asked for a broadcast")


def _refusal(status: int) -> NotSentError | UnknownOutcomeError:
    """What a status means (Messaging API reference, "Status codes")."""
    if status == 401:
        return NotSentError("not authorised (401)", credentials=True)
    if status == 403:
        return NotSentError("not allowed (403)", doubtful=True)
    if status == 429:
        # Either too many requests or the month's messages are used up; both are tried again.
        return NotSentError("rate limit or monthly limit (429)")
    if 400 <= status < 500:
        return NotSentError(f"HTTP {status}", permanent=True)
    return UnknownOutcomeError(f"HTTP {status}")


def connect(service: str | None, secrets: Mapping[str, str]) -> Line:
    return Line(service or SERVICE, secrets["LINE_CHANNEL_ACCESS_TOKEN"])
