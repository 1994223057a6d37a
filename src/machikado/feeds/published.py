"""What readers have of the feeds now, beside what the sources say: ids that broke, feeds that changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from machikado.content.address import output_file
from machikado.content.locale import Locale
from machikado.content.page import Page
from machikado.content.site import Claim, Site
from machikado.feeds.addresses import Format, absolute, feed_addresses
from machikado.feeds.feed import Feed, Newsroom, feed_of
from machikado.feeds.writing import write_json_feed
from machikado.vocabulary import Finding, Location, Problem, Text

Published = Callable[[str], bytes | None]
"""Gives a published file by its name from the site's folder; None where there is none."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What comparing found.

    feeds, entries: how many were published; changed: the addresses of the feeds that say something
    else now, in every format: what a WebSub hub is to be told after the deployment.
    """

    feeds: int
    entries: int
    findings: tuple[Finding, ...]
    errors: tuple[Problem, ...]
    changed: tuple[str, ...]


def compare(sources: Site, room: Newsroom, docs: str, published: Published) -> Comparison:
    """Compare every feed with the published one.

    A published id must be that of a page still, public or not, and its date must be as it was: feed
    readers know an entry by its id alone, and one that is new to them is shown and posted again.

    sources: every page of the site; docs: the folder of the sources.
    """
    findings: dict[tuple[str, Location | None], Finding] = {}
    errors: list[Problem] = []
    changed: list[str] = []
    feeds = 0
    seen: set[tuple[str, str]] = set()
    for locale in room.site.locales:
        for channel in room.channels():
            name = output_file(feed_addresses(locale, channel)[Format.JSON])
            data = published(name)
            feed = feed_of(room, locale, channel)
            if data is None or data != write_json_feed(feed):
                changed += _told(feed, is_new=data is None)
            if data is None:
                continue
            feeds += 1
            try:
                items = [_Item.of(item) for item in json.loads(data)["items"]]
            except (ValueError, KeyError, TypeError):
                errors.append(Problem(name, _UNREADABLE))
                continue
            for item in items:
                seen.add((item.id, item.url))
                for finding in _broken(item, sources, room, locale, docs):
                    # Translations share the date of their source, which is told once.
                    findings.setdefault((finding.check, finding.source), finding)
    return Comparison(feeds, len(seen), tuple(findings.values()), tuple(errors), tuple(changed))


_UNREADABLE = Text(
    "公開されているフィードを読み取れません（JSON Feed ではありません）。",
    "The published feed cannot be read: it is no JSON Feed.",
)


@dataclass(frozen=True, slots=True)
class _Item:
    """One published entry."""

    id: str
    url: str
    published: datetime

    @classmethod
    def of(cls, item: dict[str, Any]) -> _Item:
        return cls(
            str(item["id"]), str(item["url"]), datetime.fromisoformat(item["date_published"])
        )


def _told(feed: Feed, *, is_new: bool) -> list[str]:
    """The addresses to tell a hub of; nobody has subscribed to an empty feed that was never there."""
    return [] if is_new and not feed.entries else list(feed.addresses.values())


def _broken(
    item: _Item, sources: Site, room: Newsroom, locale: Locale, docs: str
) -> Iterator[Finding]:
    claimed = sources.claims(Claim.FEED_ID, item.id)
    if claimed:
        page = next((p for p in claimed if p.locale.code == locale.code), claimed[0])
        yield from _moved_date(item, page, sources)
        return
    page_now = _page_of(item, sources, room, locale)
    if page_now is None:
        yield Finding(
            "published-feed-id-vanished",
            Text(
                f"フィードで公開した記事（{item.id}）が原稿にありません。",
                f"The entry {item.id} was published in a feed, and no source has it any more.",
            ),
            Text(
                "ファイルを元に戻し、公開をやめるなら expires_at に日時を書いてください。"
                "移したのなら、feed_id もいっしょに移してください。",
                "Put the file back, and end it with expires_at; if you moved it, move its feed_id too.",
            ),
            item.url,
            Location(_file_of(item, room, locale, docs)),
            locale=locale.code,
        )
        return
    written = f"「{page_now.meta.feed_id}」" if page_now.meta.feed_id else "なし"
    yield Finding(
        "published-feed-id-changed",
        Text(
            f"公開した feed_id が変わっています（公開したもの: {item.id}、今: {written}）。",
            f"The published feed_id has changed: it was {item.id}, now {page_now.meta.feed_id or 'none'}.",
        ),
        Text(
            f"feed_id: {item.id} に戻してください。変えると、購読者に同じお知らせがもう一度届きます。",
            f"Put feed_id: {item.id} back; with another one subscribers get the notice again.",
        ),
        item.url,
        Location(page_now.file, page_now.lines.get("feed_id", 1)),
        locale=locale.code,
    )


def _moved_date(item: _Item, page: Page, sources: Site) -> Iterator[Finding]:
    now = page.meta.publish_at
    if now is None or now.replace(microsecond=0) == item.published:
        return
    # A translation mostly has the date of its source page.
    own = page if "publish_at" in page.lines else sources.source_of(page)
    was = item.published.isoformat()
    yield Finding(
        "published-date-moved",
        Text(
            f"公開した日時が変わっています（公開したもの: {was}、今: {now.isoformat()}）。",
            f"The published date has moved: it was {was}, now {now.isoformat()}.",
        ),
        Text(
            f"publish_at: {was} に戻してください。直した日は updated_at に書きます。",
            f"Put publish_at: {was} back; the day of a correction goes into updated_at.",
        ),
        item.url,
        Location(own.file, own.lines.get("publish_at", 1)),
        locale=page.locale.code,
    )


def _page_of(item: _Item, sources: Site, room: Newsroom, locale: Locale) -> Page | None:
    """The page that an entry was of: at the same address, else with the number at the end of its id."""
    for page in sources.claims(Claim.ID, f"{locale.code}:{item.id.rpartition('/')[2]}"):
        return page
    at_address = (
        p for p in sources.in_locale(locale) if absolute(room.site_url, p.address) == item.url
    )
    return next(at_address, None)


def _file_of(item: _Item, room: Newsroom, locale: Locale, docs: str) -> str:
    """The file that a vanished page most likely was."""
    home = absolute(room.site_url, locale.prefix)
    return f"{docs}/{locale.code}/{item.url.removeprefix(home).strip('/')}.md"
