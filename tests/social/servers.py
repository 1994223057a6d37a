"""Local servers that take and refuse what the real ones take and refuse; each names its source.

They are met by the real client libraries over real sockets. `fault` of a server is called before
each request is taken: "drop" closes the connection without a word, "drop after" does what was asked
and then says nothing, a number is answered as that HTTP status.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, quote, unquote, urlsplit

Answer = tuple[int, Any, dict[str, str]]


class Service:
    """One network: `answer` decides, `posts` is what the public sees, `seen` every request made."""

    def __init__(self) -> None:
        self.posts: list[dict[str, Any]] = []
        self.seen: list[str] = []
        self.fault: Callable[[str], str | int | None] = lambda _path: None
        self.url = ""

    def answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        raise NotImplementedError


class Bluesky(Service):
    """A PDS: com.atproto.server.createSession, repo.uploadBlob, putRecord, getRecord.

    Sources: the lexicons of bluesky-social/atproto (app.bsky.feed.post: text maxGraphemes 300,
    maxLength 3000; app.bsky.embed.images: maxSize 1000000; key "tid"), packages/syntax/src/tid.ts,
    and packages/pds/src/api/com/atproto/repo/putRecord.ts (an equal record is no new commit).
    """

    HANDLE, PASSWORD, DID = "city.example", "app-pass-word", "did:plc:aaaabbbbccccddddeeeeffff"

    def __init__(self) -> None:
        super().__init__()
        self.records: dict[str, dict[str, Any]] = {}
        self.expired = False

    def answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:  # noqa: ARG002 - a service's signature
        name = urlsplit(path).path.removeprefix("/xrpc/")
        if name == "com.atproto.server.createSession":
            told = json.loads(body)
            if (told["identifier"], told["password"]) != (self.HANDLE, self.PASSWORD):
                return _xrpc(401, "AuthenticationRequired", "Invalid identifier or password")
            jwt = _jwt(
                {"exp": 4_102_444_800, "iat": 1, "sub": self.DID, "scope": "com.atproto.access"}
            )
            session = {"did": self.DID, "handle": self.HANDLE, "accessJwt": jwt, "refreshJwt": jwt}
            return 200, session, {}
        if not headers.get("authorization", "").startswith("Bearer "):
            return _xrpc(401, "AuthMissing", "Authentication Required")
        if self.expired:
            return _xrpc(400, "ExpiredToken", "Token has expired")
        if name == "com.atproto.repo.uploadBlob":
            cid = "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"
            kind = headers.get("content-type", "")
            blob = {"$type": "blob", "ref": {"$link": cid}, "mimeType": kind, "size": len(body)}
            return 200, {"blob": blob}, {}
        if name == "com.atproto.repo.getRecord":
            asked = {key: values[0] for key, values in parse_qs(urlsplit(path).query).items()}
            record = self.records.get(asked["rkey"])
            if record is None:
                return _xrpc(400, "RecordNotFound", f"Could not locate record: at://{self.DID}")
            return 200, {"uri": self._uri(asked["rkey"]), "cid": _CID, "value": record}, {}
        if name == "com.atproto.repo.putRecord":
            return self._put(json.loads(body))
        return _xrpc(501, "MethodNotImplemented", name)

    def _put(self, told: dict[str, Any]) -> Answer:
        import regex

        record, key = told["record"], told["rkey"]
        if not regex.fullmatch(r"[234567a-j][234567a-z]{12}", key):
            return _xrpc(400, "InvalidRequest", "Invalid record key: expected a tid")
        text = record["text"]
        if len(regex.findall(r"\X", text)) > 300:
            return _xrpc(400, "InvalidRequest", "Record/text must not be longer than 300 graphemes")
        if len(text.encode()) > 3000:
            return _xrpc(400, "InvalidRequest", "Record/text must not be longer than 3000 bytes")
        for facet in record.get("facets", []):
            index = facet["index"]
            part = text.encode()[index["byteStart"] : index["byteEnd"]].decode()
            feature = facet["features"][0]
            assert part == feature.get("uri", "#" + feature.get("tag", ""))
        for image in record.get("embed", {}).get("images", []):
            if image["image"]["size"] > 1_000_000:
                return _xrpc(400, "InvalidRequest", "This file is too large")
            if not isinstance(image["alt"], str):
                return _xrpc(400, "InvalidRequest", "image/alt must be a string")
        if key not in self.records:
            self.posts.append(record)
        self.records[key] = record
        return 200, {"uri": self._uri(key), "cid": _CID, "validationStatus": "valid"}, {}

    def _uri(self, key: str) -> str:
        return f"at://{self.DID}/app.bsky.feed.post/{key}"


class Mastodon(Service):
    """A server: statuses, media, verify_credentials, an account's statuses.

    Sources: mastodon/mastodon app/services/post_status_service.rb (idempotency:status:… kept 3,600
    seconds), app/validators/status_length_validator.rb (500), docs.joinmastodon.org/methods/statuses
    (422 for a text that is too long, 401 for a token that was revoked).
    """

    TOKEN = "mastodon-token"  # noqa: S105 - of this server alone

    def __init__(self) -> None:
        super().__init__()
        self.keys: dict[str, dict[str, Any]] = {}
        self.media: dict[str, dict[str, Any]] = {}

    def answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        place = urlsplit(path).path.rstrip("/")
        if headers.get("authorization") != f"Bearer {self.TOKEN}":
            return 401, {"error": "The access token is invalid"}, {}
        if place in ("/api/v1/instance", "/api/v2/instance"):
            # Without it the client looks for the server's version for ever.
            return 200, {"version": "4.4.0", "api_versions": {"mastodon": 6}}, {}
        if place == "/api/v1/accounts/verify_credentials":
            return 200, {"id": "7", "acct": "city", "username": "city"}, {}
        if place == "/api/v1/accounts/7/statuses":
            below = int(parse_qs(urlsplit(path).query).get("max_id", ["9999"])[0])
            return 200, [one for one in reversed(self.posts) if int(one["id"]) < below], {}
        if place in ("/api/v2/media", "/api/v1/media"):
            parts = _form_data(headers, body)
            if len(parts["file"]) > 16_000_000:
                return 422, {"error": "Validation failed: File must be less than 16 MB"}, {}
            medium = {"id": str(len(self.media) + 1), "type": "image", "url": f"{self.url}/m.png"}
            self.media[medium["id"]] = {**medium, "description": parts["description"].decode()}
            return 200, medium, {}
        if method == "POST" and place == "/api/v1/statuses":
            return self._post(parse_qs(body.decode()), headers)
        if method == "PUT" and place.startswith("/api/v1/statuses/"):
            status = next(one for one in self.posts if place.endswith(f"/{one['id']}"))
            status["text"] = _fields(headers, body)["status"]
            status["content"] = _html(status["text"])
            return 200, status, {}
        if place.endswith("/source"):
            status = next(one for one in self.posts if place.endswith(f"/{one['id']}/source"))
            return 200, {"id": status["id"], "text": status["text"], "spoiler_text": ""}, {}
        return 404, {"error": "Record not found"}, {}

    def _post(self, form: Mapping[str, list[str]], headers: Mapping[str, str]) -> Answer:
        text, key = form["status"][0], headers.get("idempotency-key")
        if key in self.keys:
            return 200, self.keys[key], {}
        from machikado.social.measure import mastodon_length

        if mastodon_length(text) > 500:
            return 422, {"error": "Validation failed: Text character limit of 500 exceeded"}, {}
        status = {
            "id": str(1000 + len(self.posts)),
            "text": text,
            "content": _html(text),
            "created_at": datetime.now(UTC).isoformat(),
            "url": f"{self.url}/@city/{1000 + len(self.posts)}",
            "in_reply_to_id": form.get("in_reply_to_id", [None])[0],
            "language": form.get("language", [None])[0],
            "media": form.get("media_ids[]", []),
        }
        self.posts.append(status)
        if key:
            self.keys[key] = status
        return 200, status, {}

    def forget_keys(self) -> None:
        """An hour passes."""
        self.keys.clear()


class Line(Service):
    """The Messaging API: broadcast.

    Sources: developers.line.biz, "Retrying a failed API request" (409 and
    X-Line-Accepted-Request-Id for a key that was accepted, 24 hours), "Character counting in a text"
    (UTF-16 code units), Messaging API reference (text at most 5,000; the key is a UUID).
    """

    TOKEN = "line-token"  # noqa: S105 - of this server alone

    def __init__(self) -> None:
        super().__init__()
        self.keys: dict[str, str] = {}
        self.quota = 1_000

    def answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:  # noqa: ARG002 - a service's signature
        import uuid

        number = f"request-{len(self.seen)}"
        told = {"x-line-request-id": number}
        if headers.get("authorization") != f"Bearer {self.TOKEN}":
            return 401, {"message": "Authentication failed"}, told
        key = headers.get("x-line-retry-key")
        if key is not None:
            try:
                uuid.UUID(key)
            except ValueError:
                return 400, {"message": "The retry key is invalid"}, told
        if key in self.keys:
            accepted = {**told, "x-line-accepted-request-id": self.keys[key]}
            return 409, {"message": "The retry key is already accepted"}, accepted
        for message in json.loads(body)["messages"]:
            if len(message["text"].encode("utf-16-le")) // 2 > 5000:
                return 400, {"message": "Length must be between 0 and 5000"}, told
        if self.quota <= 0:
            return 429, {"message": "You have reached your monthly limit."}, told
        self.quota -= 1
        if key:
            self.keys[key] = number
        self.posts.extend(json.loads(body)["messages"])
        return 200, {}, told


class X(Service):
    """The X API: POST /2/tweets, /2/media/upload, /2/media/metadata, all signed by OAuth 1.0a.

    Sources: RFC 5849, section 3.4 (the signature is made anew here, by nobody's library);
    twitter-text's configuration v3 (280 weighted); docs.x.com (403 for duplicate content, 429 with
    x-rate-limit-reset); the alt text has at most 1,000 characters, a picture 5 MB.
    """

    KEYS: ClassVar = {
        "X_API_KEY": "consumer",
        "X_API_KEY_SECRET": "consumer-secret",
        "X_ACCESS_TOKEN": "access",
        "X_ACCESS_TOKEN_SECRET": "access-secret",
    }

    def __init__(self) -> None:
        super().__init__()
        self.media: dict[str, str] = {}
        self.reset: int | None = None

    def answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        if not self._is_signed(method, path, headers.get("authorization", "")):
            return 401, {"title": "Unauthorized", "status": 401, "detail": "Unauthorized"}, {}
        if self.reset is not None:
            told = {"x-rate-limit-reset": str(self.reset)}
            return 429, {"title": "Too Many Requests", "status": 429}, told
        data = json.loads(body)
        if path == "/2/media/upload":
            if len(base64.b64decode(data["media"])) > 5_242_880:
                return 400, {"title": "Invalid Request", "detail": "File is too large"}, {}
            self.media[str(900 + len(self.media))] = ""
            return 200, {"data": {"id": str(899 + len(self.media))}}, {}
        if path == "/2/media/metadata":
            words = data["metadata"]["alt_text"]["text"]
            if len(words) > 1000:
                return 400, {"title": "Invalid Request", "detail": "alt_text is too long"}, {}
            self.media[data["id"]] = words
            return 200, {"data": {"id": data["id"]}}, {}
        from machikado.social.measure import x_length

        if x_length(data["text"]) > 280:
            return 403, {"title": "Forbidden", "detail": "Your Post is too long"}, {}
        if any(one["text"] == data["text"] for one in self.posts):
            detail = "You are not allowed to create a Tweet with duplicate content."
            return 403, {"title": "Forbidden", "status": 403, "detail": detail}, {}
        self.posts.append(data)
        return 201, {"data": {"id": str(5000 + len(self.posts)), "text": data["text"]}}, {}

    def _is_signed(self, method: str, path: str, header: str) -> bool:
        if not header.startswith("OAuth "):
            return False
        pairs = dict(part.strip().split("=", 1) for part in header[6:].split(","))
        given = {key: unquote(value.strip('"')) for key, value in pairs.items()}
        signature = given.pop("oauth_signature", "")
        listed = "&".join(f"{quote(k, '~')}={quote(v, '~')}" for k, v in sorted(given.items()))
        base = "&".join(quote(p, "~") for p in (method, f"https://api.twitter.com{path}", listed))
        secret = f"{self.KEYS['X_API_KEY_SECRET']}&{self.KEYS['X_ACCESS_TOKEN_SECRET']}"
        made = hmac.new(secret.encode(), base.encode(), hashlib.sha1).digest()
        known = given.get("oauth_token") == self.KEYS["X_ACCESS_TOKEN"]
        return known and hmac.compare_digest(base64.b64encode(made).decode(), signature)


_CID = "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a"


def _xrpc(status: int, error: str, message: str) -> Answer:
    return status, {"error": error, "message": message}, {}


def _jwt(claims: dict[str, Any]) -> str:
    def part(data: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(data).encode()).decode().rstrip("=")

    return f"{part({'alg': 'HS256', 'typ': 'JWT'})}.{part(claims)}.c2ln"


def _html(text: str) -> str:
    words = [f'<a href="{w}">{w}</a>' if w.startswith("https://") else w for w in text.split()]
    return f"<p>{' '.join(words)}</p>"


def _form_data(headers: Mapping[str, str], body: bytes) -> dict[str, bytes]:
    head = f"Content-Type: {headers['content-type']}\r\n\r\n".encode()
    found: dict[str, bytes] = {}
    for part in message_from_bytes(head + body).walk():
        name, value = (
            part.get_param("name", header="content-disposition"),
            part.get_payload(decode=True),
        )
        if name and isinstance(value, bytes):
            found[str(name)] = value
    return found


def _fields(headers: Mapping[str, str], body: bytes) -> dict[str, str]:
    if "json" in headers.get("content-type", ""):
        told: dict[str, str] = json.loads(body)
        return told
    return {key: values[0] for key, values in parse_qs(body.decode()).items()}


@contextmanager
def serving(service: Service) -> Iterator[Service]:
    """The service on a port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def _do(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {key.lower(): value for key, value in self.headers.items()}
            service.seen.append(f"{self.command} {urlsplit(self.path).path}")
            fault = service.fault(self.path)
            if fault == "drop":
                self.close_connection = True
                return
            told: Answer = (
                (fault, {"error": "fault"}, {})
                if isinstance(fault, int)
                else service.answer(self.command, self.path, headers, body)
            )
            if fault == "drop after":
                self.close_connection = True
                return
            data = json.dumps(told[1]).encode()
            self.send_response(told[0])
            for key, value in {**told[2], "content-type": "application/json"}.items():
                self.send_header(key, value)
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PUT = _do  # noqa: N815 - the names are http.server's

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
