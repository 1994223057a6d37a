"""The real client libraries against servers that refuse what the real ones refuse."""

from __future__ import annotations

import io
import logging
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image
from servers import Bluesky, Line, Mastodon, Service, X, serving

from machikado.social.ledger import Task
from machikado.social.network import (
    NETWORKS,
    Channel,
    Message,
    NotSentError,
    Picture,
    Receipt,
    UnknownOutcomeError,
)
from machikado.social.networks import MissingCredentialsError, open_channel
from machikado.social.sending import key_of
from machikado.social.settings import Account, Allowance

LINK = "https://city.example.com/news/snow/"
TEXT = f"大雪のお知らせ🌨\n収集の時刻が変わります。\n{LINK}\n#盛岡市"
SECRETS = {
    "BLUESKY_HANDLE": Bluesky.HANDLE,
    "BLUESKY_APP_PASSWORD": Bluesky.PASSWORD,
    "MASTODON_ACCESS_TOKEN": Mastodon.TOKEN,
    "LINE_CHANNEL_ACCESS_TOKEN": Line.TOKEN,
    **X.KEYS,
}
KINDS: dict[str, type[Service]] = {
    "bluesky": Bluesky,
    "mastodon": Mastodon,
    "line": Line,
    "x": X,
}
every_network = pytest.mark.parametrize("name", KINDS)


def account(name: str, url: str | None) -> Account:
    return Account(NETWORKS[name], url, ("ja",), Allowance(9), Allowance(9))


@pytest.fixture
def service(name: str) -> Iterator[Any]:
    with serving(KINDS[name]()) as running:
        yield running


def channel_to(name: str, service: Service, **changed: str) -> Channel:
    return open_channel(account(name, service.url), {**SECRETS, **changed})


def message(name: str, text: str = TEXT, **more: Any) -> Message:  # noqa: ANN401
    key = key_of(Task("tag:city.example,2026-11-20:ja/1001001", name), 0)
    return Message(key, text, "ja", LINK, datetime.now(UTC), **more)


def picture() -> Picture:
    data = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(data, "PNG")
    return Picture(data.getvalue(), "image/png", 40, 30, "除雪車の写真")


@every_network
def test_a_post_arrives_as_it_was_written(name: str, service: Service) -> None:
    receipt = channel_to(name, service).send(message(name))
    assert receipt.id
    assert [post["text"] for post in service.posts] == [TEXT]


@pytest.mark.parametrize("name", ["bluesky", "mastodon", "line"])
def test_the_same_message_twice_is_one_post(name: str, service: Service) -> None:
    channel = channel_to(name, service)
    first, second = channel.send(message(name)), channel.send(message(name))
    assert first.id == second.id
    assert len(service.posts) == 1


@pytest.mark.parametrize("name", ["bluesky", "mastodon", "line"])
def test_an_answer_that_was_lost_is_made_good_by_asking_again(name: str, service: Service) -> None:
    channel = channel_to(name, service)
    if name == "bluesky":
        channel.find(message(name))
    service.fault = lambda _path: "drop after"
    with pytest.raises(UnknownOutcomeError):
        channel.send(message(name))
    service.fault = lambda _path: None
    assert channel.send(message(name)).id
    assert len(service.posts) == 1


def test_x_says_that_it_has_the_words_already_and_nobody_concludes_anything_from_it() -> None:
    with serving(X()) as service:
        channel = channel_to("x", service)
        channel.send(message("x"))
        with pytest.raises(UnknownOutcomeError, match="already"):
            channel.send(message("x"))
        assert len(service.posts) == 1


@every_network
@pytest.mark.parametrize("fault", ["drop", "drop after", 500, 503])
def test_no_answer_is_never_taken_for_a_refusal(
    name: str, fault: str | int, service: Service
) -> None:
    channel = channel_to(name, service)
    if name == "bluesky":
        channel.find(message(name))
    service.fault = lambda _path: fault
    with pytest.raises(UnknownOutcomeError):
        channel.send(message(name))


@every_network
def test_a_server_that_is_not_there_has_certainly_nothing(name: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    channel = open_channel(account(name, f"http://127.0.0.1:{port}"), SECRETS)
    with pytest.raises(NotSentError) as refused:
        channel.send(message(name))
    assert not refused.value.permanent


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("bluesky", "雪" * 301),
        ("bluesky", "👨‍👩‍👧‍👦" * 130),
        ("mastodon", "雪" * 501),
        ("line", "雪" * 5001),
    ],
)
def test_a_post_that_is_too_long_is_refused_for_good(
    name: str, text: str, service: Service
) -> None:
    with pytest.raises(NotSentError) as refused:
        channel_to(name, service).send(message(name, text))
    assert refused.value.permanent
    assert service.posts == []


@pytest.mark.parametrize(
    ("name", "text"),
    [("bluesky", "雪" * 300), ("mastodon", "雪" * 500), ("line", "雪" * 5000), ("x", "雪" * 140)],
)
def test_a_post_at_the_limit_is_taken(name: str, text: str, service: Service) -> None:
    assert channel_to(name, service).send(message(name, text)).id


def test_x_refuses_what_is_too_long_with_a_status_that_may_mean_the_account() -> None:
    with serving(X()) as service, pytest.raises(NotSentError) as refused:
        channel_to("x", service).send(message("x", "雪" * 141))
    assert (refused.value.permanent, refused.value.doubtful) == (False, True)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("bluesky", "BLUESKY_APP_PASSWORD"),
        ("mastodon", "MASTODON_ACCESS_TOKEN"),
        ("line", "LINE_CHANNEL_ACCESS_TOKEN"),
        ("x", "X_ACCESS_TOKEN_SECRET"),
    ],
)
def test_credentials_that_expired_are_no_fault_of_the_post(
    name: str, key: str, service: Service
) -> None:
    with pytest.raises(NotSentError) as refused:
        channel_to(name, service, **{key: "no-longer-valid"}).send(message(name))
    assert (refused.value.credentials, refused.value.permanent) == (True, False)


def test_a_session_that_expired_on_the_way_is_no_fault_of_the_post() -> None:
    with serving(Bluesky()) as service:
        assert isinstance(service, Bluesky)
        service.expired = True
        with pytest.raises(NotSentError) as refused:
            channel_to("bluesky", service).send(message("bluesky"))
    assert refused.value.credentials


def test_rate_limits_say_until_when() -> None:
    until = datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=9)
    with serving(X()) as service:
        assert isinstance(service, X)
        service.reset = int(until.timestamp())
        with pytest.raises(NotSentError) as refused:
            channel_to("x", service).send(message("x"))
    assert refused.value.retry_at == until


@pytest.mark.parametrize("name", ["bluesky", "mastodon", "line"])
def test_too_many_requests_are_a_refusal_that_passes(name: str, service: Service) -> None:
    channel = channel_to(name, service)
    service.fault = lambda _path: 429
    with pytest.raises(NotSentError) as refused:
        channel.send(message(name))
    assert not refused.value.permanent


@pytest.mark.parametrize("name", ["bluesky", "mastodon"])
def test_what_is_there_is_found_and_what_is_not_is_not(name: str, service: Service) -> None:
    channel = channel_to(name, service)
    assert channel.find(message(name)) is None
    sent = channel.send(message(name))
    if isinstance(service, Mastodon):
        service.forget_keys()
    assert channel.find(message(name)) == sent


def test_reading_back_knows_a_reply_from_the_post_that_it_answers() -> None:
    with serving(Mastodon()) as service:
        channel = channel_to("mastodon", service)
        first = channel.send(message("mastodon"))
        reply = message("mastodon", f"【訂正】{TEXT}", replies_to=first)
        assert channel.find(reply) is None
        reply = Message(str(uuid4()), reply.text, "ja", LINK, reply.at, replies_to=first)
        answered = channel.send(reply)
        assert channel.find(reply) == answered
        assert channel.find(message("mastodon")) == first


def test_an_edit_changes_the_post_and_can_be_made_twice() -> None:
    with serving(Mastodon()) as service:
        channel = channel_to("mastodon", service)
        first = channel.send(message("mastodon"))
        edit = message("mastodon", f"【訂正】{TEXT}", edits=first)
        assert channel.find(edit) is None
        assert channel.send(edit).id == channel.send(edit).id == first.id
        assert [post["text"] for post in service.posts] == [f"【訂正】{TEXT}"]
        assert channel.find(edit) == first


@pytest.mark.parametrize("name", ["bluesky", "x"])
def test_a_correction_answers_the_post(name: str, service: Service) -> None:
    channel = channel_to(name, service)
    first = channel.send(message(name))
    again = Message(
        "3mbcdefghijkl" if name == "bluesky" else "k", "【訂正】", "ja", LINK, datetime.now(UTC), replies_to=first
    )  # fmt: skip
    channel.send(again)
    reply = service.posts[1]["reply"]
    if name == "bluesky":
        parent = (first.id, first.more["cid"])
        assert [(reply[key]["uri"], reply[key]["cid"]) for key in ("root", "parent")] == [
            parent
        ] * 2
    else:
        assert reply == {"in_reply_to_tweet_id": first.id}


@pytest.mark.parametrize("name", ["bluesky", "mastodon", "x"])
def test_a_picture_goes_with_its_words(name: str, service: Any) -> None:  # noqa: ANN401
    channel_to(name, service).send(message(name, picture=picture()))
    (post,) = service.posts
    if name == "bluesky":
        (image,) = post["embed"]["images"]
        assert image["alt"] == "除雪車の写真"
        assert (image["aspectRatio"]["width"], image["aspectRatio"]["height"]) == (40, 30)
    elif name == "mastodon":
        assert [service.media[one]["description"] for one in post["media"]] == ["除雪車の写真"]
    else:
        assert [service.media[one] for one in post["media"]["media_ids"]] == ["除雪車の写真"]


@pytest.mark.parametrize(
    ("name", "part"), [("bluesky", "uploadBlob"), ("mastodon", "media"), ("x", "media")]
)
def test_a_picture_that_cannot_be_brought_up_means_that_nothing_was_posted(
    name: str, part: str, service: Service
) -> None:
    service.fault = lambda path: 500 if part in path else None
    with pytest.raises(NotSentError):
        channel_to(name, service).send(message(name, picture=picture()))
    assert service.posts == []


@every_network
def test_missing_credentials_are_named_before_anything_is_asked(name: str) -> None:
    with pytest.raises(MissingCredentialsError) as missing:
        open_channel(account(name, None), {})
    assert all(key in missing.value.text.ja for key in SECRETS if key.startswith(name.upper()[:4]))


@every_network
@pytest.mark.parametrize("fault", [None, "drop", 401, 500])
def test_no_secret_is_logged_or_told(
    name: str, fault: str | int | None, service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    service.fault = lambda _path: fault
    told = ""
    try:
        told = repr(channel_to(name, service).send(message(name)))
    except (NotSentError, UnknownOutcomeError) as error:
        told = f"{error!r} {error.reason}"
    secrets = [
        value
        for key, value in SECRETS.items()
        if "HANDLE" not in key and value != "access" and value != "consumer"
    ]
    assert [one for one in secrets if one in caplog.text + told] == []


def test_the_key_of_a_record_is_of_its_day_and_of_nothing_that_can_change() -> None:
    keys = [
        key_of(Task(f"tag:city.example,2026-11-20:ja/{n}", "bluesky"), g)
        for n in (1, 2)
        for g in (0, 1)
    ]
    assert keys[0] == keys[1] != keys[2] == keys[3]
    assert all(len(key) == 13 and key[:4] == keys[0][:4] for key in keys)


def test_what_line_accepted_before_is_a_receipt() -> None:
    with serving(Line()) as service:
        channel = channel_to("line", service)
        assert (
            channel.send(message("line")) == channel.send(message("line")) == Receipt("request-1")
        )
