"""Bluesky by atproto: records are put under keys of ours, so that twice is the same as once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from machikado.social.compose import byte_offsets, spans
from machikado.social.network import Message, NotSentError, Receipt, UnknownOutcomeError
from machikado.social.networks import TIMEOUT

VARIABLES = ("BLUESKY_HANDLE", "BLUESKY_APP_PASSWORD")
SERVICE = "https://bsky.social"
_COLLECTION = "app.bsky.feed.post"
Answer = TypeVar("Answer")


class Bluesky:
    """One account on one PDS."""

    def __init__(self, service: str, handle: str, password: str) -> None:
        from atproto import Client, Request

        self._handle, self._password = handle, password
        self._client = Client(f"{service}/xrpc", request=Request(timeout=TIMEOUT))
        self._did: str | None = None

    def send(self, message: Message) -> Receipt:
        did = self._log_in()
        record = self._record(message)
        data = {"repo": did, "collection": _COLLECTION, "rkey": message.key, "record": record}
        answer = self._ask(lambda: self._client.com.atproto.repo.put_record(data), sends=True)
        return self._receipt(message.key, answer.cid)

    def find(self, message: Message) -> Receipt | None:
        did = self._log_in()
        wanted = {"repo": did, "collection": _COLLECTION, "rkey": message.key}
        try:
            answer = self._ask(
                lambda: self._client.com.atproto.repo.get_record(wanted), sends=False
            )
        except _NoRecordError:
            return None
        return self._receipt(message.key, answer.cid)

    def _record(self, message: Message) -> dict[str, Any]:
        record: dict[str, Any] = {
            "$type": _COLLECTION,
            "text": message.text,
            "langs": [message.lang],
            # The same at every attempt, so that the record is.
            "createdAt": message.at.astimezone(UTC)
            .isoformat(timespec="milliseconds")
            .replace("+00:00", "Z"),
            "facets": facets(message.text),
        }
        if message.replies_to is not None:
            more = message.replies_to.more
            parent = {"uri": message.replies_to.id, "cid": more.get("cid", "")}
            record["reply"] = {"root": parent, "parent": parent}
        if message.picture is not None:
            picture = message.picture
            blob = self._ask(lambda: self._client.upload_blob(picture.data), sends=False).blob
            record["embed"] = {
                "$type": "app.bsky.embed.images",
                "images": [
                    {
                        "alt": picture.alt,
                        "image": blob.model_dump(by_alias=True),
                        "aspectRatio": {"width": picture.width, "height": picture.height},
                    }
                ],
            }
        return record

    def _receipt(self, key: str, cid: str | None) -> Receipt:
        uri = f"at://{self._did}/{_COLLECTION}/{key}"
        url = f"https://bsky.app/profile/{self._did}/post/{key}"
        return Receipt(uri, url, {"cid": str(cid or "")})

    def _log_in(self) -> str:
        if self._did is None:
            session = self._ask(
                lambda: self._client._get_and_set_session(self._handle, self._password), sends=False
            )
            self._did = session.did
        return self._did

    def _ask(self, request: Callable[[], Answer], *, sends: bool) -> Answer:
        """Make a request; one that does not post (`sends`) has certainly not posted when it fails."""
        from atproto import exceptions

        try:
            return request()
        except exceptions.RateLimitExceededError as error:
            raise NotSentError("rate limit (429)", retry_at=_reset(error)) from None
        except exceptions.UnauthorizedError as error:
            raise NotSentError(f"not authorised: {_told(error)}", credentials=True) from None
        except exceptions.BadRequestError as error:
            told = _told(error)
            if told.startswith("RecordNotFound") or "Could not locate record" in told:
                raise _NoRecordError from None
            if told.startswith(("ExpiredToken", "InvalidToken")):
                self._did = None
                raise NotSentError(f"not authorised: {told}", credentials=True) from None
            raise NotSentError(told, permanent=sends) from None
        except exceptions.RequestErrorBase as error:
            status = error.response.status_code if error.response else 0
            reason = f"HTTP {status}" if status else type(error).__name__
            if status == 413:
                raise NotSentError("the picture is too large (413)", permanent=True) from None
            raise _unclear(reason, sends and not _never_connected(error)) from None
        except Exception as error:  # the client's own faults, such as an answer it cannot read
            raise _unclear(type(error).__name__, sends) from None


class _NoRecordError(Exception):
    pass


def _unclear(reason: str, sends: bool) -> NotSentError | UnknownOutcomeError:
    return UnknownOutcomeError(reason) if sends else NotSentError(reason)


def facets(text: str) -> list[dict[str, Any]]:
    """Links and hashtags of a post, by offsets in its UTF-8 (app.bsky.richtext.facet)."""
    found = []
    for span in spans(text):
        start, end = byte_offsets(text, span)
        feature = (
            {"$type": "app.bsky.richtext.facet#tag", "tag": span.tag}
            if span.tag
            else {"$type": "app.bsky.richtext.facet#link", "uri": span.url}
        )
        found.append({"index": {"byteStart": start, "byteEnd": end}, "features": [feature]})
    return found


def _told(error: Any) -> str:  # noqa: ANN401 - the client's errors share no typed base
    content = error.response.content if error.response else None
    name, said = getattr(content, "error", ""), getattr(content, "message", "")
    return f"{name}: {said}"[:150] if name else f"HTTP {error.response.status_code}"


def _reset(error: Any) -> datetime | None:  # noqa: ANN401
    return error.reset_at if isinstance(error.reset_at, datetime) else None


def _never_connected(error: BaseException) -> bool:
    """Whether no connection was made, so that nothing can have been sent."""
    import httpx

    return isinstance(error.__cause__, (httpx.ConnectError, httpx.ConnectTimeout))


def connect(service: str | None, secrets: Mapping[str, str]) -> Bluesky:
    return Bluesky(service or SERVICE, secrets["BLUESKY_HANDLE"], secrets["BLUESKY_APP_PASSWORD"])
