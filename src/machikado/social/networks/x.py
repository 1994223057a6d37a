"""X by tweepy: no keys and no reading back, so that an answer that stays out is a person's to settle."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from machikado.social.network import Message, NotSentError, Receipt, UnknownOutcomeError
from machikado.social.networks import TIMEOUT

VARIABLES = (
    "X_API_KEY",
    "X_API_KEY_SECRET",
    "X_ACCESS_TOKEN",
    "X_ACCESS_TOKEN_SECRET",
)
_API = "https://api.twitter.com"
"""What tweepy signs and calls; api.x.com is the same service."""
Answer = TypeVar("Answer")


class X:
    """One account; `service` takes the place of X's own address (tests)."""

    def __init__(self, service: str | None, secrets: Mapping[str, str]) -> None:
        import requests
        import tweepy
        from requests.adapters import HTTPAdapter

        class Patient(HTTPAdapter):
            """tweepy itself waits for ever, and knows no other address than X's."""

            def send(self, request: Any, **options: Any) -> requests.Response:  # type: ignore[override] # noqa: ANN401
                if service is not None:
                    request.url = request.url.replace(_API, service, 1)
                options["timeout"] = TIMEOUT
                return super().send(request, **options)

        self._client = tweepy.Client(
            consumer_key=secrets["X_API_KEY"],
            consumer_secret=secrets["X_API_KEY_SECRET"],
            access_token=secrets["X_ACCESS_TOKEN"],
            access_token_secret=secrets["X_ACCESS_TOKEN_SECRET"],
        )
        self._client.session.mount("https://", Patient(max_retries=0))

    def send(self, message: Message) -> Receipt:
        media = [self._upload(message)] if message.picture else None
        answer = self._ask(
            lambda: self._client.create_tweet(
                text=message.text,
                media_ids=media,
                in_reply_to_tweet_id=message.replies_to.id if message.replies_to else None,
            ),
            sends=True,
        )
        number = str((answer.data or {}).get("id", ""))
        if not number:
            raise UnknownOutcomeError("an answer without an id")
        return Receipt(number, f"https://x.com/i/status/{number}")

    def find(self, message: Message) -> Receipt | None:  # noqa: ARG002 - a channel's signature
        raise UnknownOutcomeError("X is not asked for its posts")

    def _upload(self, message: Message) -> str:
        """The id of the uploaded picture (POST /2/media/upload), with its words beside it."""
        picture = message.picture
        if picture is None:
            raise ValueError("the message has no picture")
        body = {
            "media": base64.b64encode(picture.data).decode(),
            "media_category": "tweet_image",
            "media_type": picture.media_type,
        }
        answer = self._ask(
            lambda: self._client.request("POST", "/2/media/upload", json=body, user_auth=True),
            sends=False,
        )
        number = str(answer.json()["data"]["id"])
        words = {"id": number, "metadata": {"alt_text": {"text": picture.alt}}}
        self._ask(
            lambda: self._client.request("POST", "/2/media/metadata", json=words, user_auth=True),
            sends=False,
        )
        return number

    def _ask(self, request: Callable[[], Answer], *, sends: bool) -> Answer:
        """Make a request; one that does not post (`sends`) has certainly not posted when it fails."""
        import requests
        import tweepy

        try:
            return request()
        except tweepy.TooManyRequests as error:
            reset = error.reset_time
            until = (
                datetime.fromtimestamp(reset, UTC)
                if reset
                else datetime.now(UTC) + timedelta(minutes=15)
            )
            raise NotSentError("rate limit (429)", retry_at=until) from None
        except tweepy.Unauthorized:
            raise NotSentError("not authorised (401)", credentials=True) from None
        except tweepy.Forbidden as error:
            told = " ".join(error.api_messages)
            if "duplicate" in told.lower():
                # Of whichever post: it may be this one, from a request that was given up.
                raise UnknownOutcomeError("X says that it has these words already") from None
            raise NotSentError(f"not allowed (403) {told}".strip()[:150], doubtful=True) from None
        except tweepy.TwitterServerError as error:
            raise _unclear(f"HTTP {error.response.status_code}", sends) from None
        except tweepy.HTTPException as error:
            status = error.response.status_code
            if status == 402:
                raise NotSentError("the prepaid credit is used up (402)") from None
            told = " ".join(error.api_messages)
            raise NotSentError(f"HTTP {status} {told}".strip()[:150], permanent=sends) from None
        except requests.exceptions.RequestException as error:
            if _never_connected(error):
                raise NotSentError("no connection") from None
            raise _unclear(type(error).__name__, sends) from None
        except Exception as error:  # the client's own faults, such as an answer it cannot read
            raise _unclear(type(error).__name__, sends) from None


def _unclear(reason: str, sends: bool) -> NotSentError | UnknownOutcomeError:
    return UnknownOutcomeError(reason) if sends else NotSentError(reason)


def _never_connected(error: BaseException) -> bool:
    """Whether no connection was made, so that nothing can have been sent."""
    from requests.exceptions import ConnectTimeout
    from urllib3.exceptions import NewConnectionError

    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(error, ConnectTimeout) or isinstance(reason, NewConnectionError)


def connect(service: str | None, secrets: Mapping[str, str]) -> X:
    return X(service, secrets)
