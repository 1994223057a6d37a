from __future__ import annotations

from machikado.feeds.websub import Ping, Told, pings

HUB = "https://hub.example/"
FEED = "https://city.example/feeds/news.atom"


class Web:
    """What is published, and a hub that answers with `status`; None: nobody answers."""

    def __init__(self, published: dict[str, bytes], status: int | None = 204) -> None:
        self.published, self.status = published, status
        self.forms: list[tuple[str, dict[str, str]]] = []

    def post(self, address: str, form: dict[str, str]) -> int:
        self.forms.append((address, form))
        if self.status is None:
            raise TimeoutError
        return self.status


def told(web: Web, *, send: bool = True) -> list[Ping]:
    return list(pings(HUB, [(FEED, b"new")], web.published.get, web.post, send=send))


def test_a_hub_is_told_of_a_feed_that_is_published_as_it_was_built() -> None:
    web = Web({FEED: b"new"})
    assert told(web) == [Ping(FEED, Told.TOLD)]
    assert web.forms == [(HUB, {"hub.mode": "publish", "hub.url": FEED, "hub.topic": FEED})]


def test_without_send_nothing_is_sent() -> None:
    web = Web({FEED: b"new"})
    assert told(web, send=False) == [Ping(FEED, Told.WOULD_TELL)]
    assert web.forms == []


def test_a_feed_that_is_not_deployed_yet_is_not_told_of() -> None:
    for published in ({FEED: b"old"}, {}):
        web = Web(published)
        assert told(web) == [Ping(FEED, Told.NOT_DEPLOYED)]
        assert web.forms == []


def test_a_hub_that_refuses_or_is_silent_is_a_failure_of_that_feed_alone() -> None:
    assert told(Web({FEED: b"new"}, 429)) == [Ping(FEED, Told.FAILED, "HTTP 429")]
    assert told(Web({FEED: b"new"}, None)) == [Ping(FEED, Told.FAILED, "TimeoutError")]
