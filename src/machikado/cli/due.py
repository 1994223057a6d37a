"""`machikado due`: what appears and ends next, on the site, in the feeds and on social networks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from machikado.cli.common import (
    config_option,
    format_option,
    moment_option,
    now_option,
    open_project,
    print_json,
    read_sources,
    say,
    stop,
    words,
)
from machikado.content.front_matter import DEFAULT_ZONE
from machikado.content.page import Page
from machikado.content.schedule import Change, Turn, turns
from machikado.content.site import Site
from machikado.feeds.addresses import channels_with
from machikado.social.compose import is_posted
from machikado.social.settings import Settings, read_settings
from machikado.vocabulary import ConfigurationError

DAYS = 7


@click.command(
    help=words(
        """これから公開されるページと、公開を終えるページを、日時の順に示します。

        publish_at と expires_at は、ページ、フィード、SNS の投稿を一緒に動かします。それぞれに何が起きるかが分かります。

        \b
        例:
          machikado due                                    7日のうち
          machikado due --within 1                         24時間のうち
          machikado due --since 2026-12-01T09:00+09:00     その時から今まで
        """,
        """Show which pages will appear and which will end, in the order of their times.

        publish_at and expires_at move page, feeds and posts together; what happens to each is told.

        \b
        Examples:
          machikado due                                    within 7 days
          machikado due --within 1                         within 24 hours
          machikado due --since 2026-12-01T09:00+09:00     from then until now
        """,
    )
)
@click.option("--within", "days", type=click.FloatRange(min=0, max=3660), help=words("何日先まで見るか（既定は7）。", "How many days to look ahead (default: 7)."))  # fmt: skip
@moment_option("--since", words("これから先ではなく、この日時から今までを示す。", "Not what comes, but what came from this time until now."))  # fmt: skip
@format_option("text", "json")
@config_option
@now_option
def due(
    days: float | None, since: datetime | None, output: str, config_file: Path, now: datetime
) -> None:
    if days is not None and since is not None:
        stop("--within と --since は、どちらか1つだけ書いてください。", "Use only one of --within and --since.")  # fmt: skip
    project = open_project(config_file)
    reading = read_sources(project)
    try:
        settings = read_settings(project.tree, reading.site.locales)
    except ConfigurationError as error:
        stop(f"{error.where}: {error.text.ja}", f"{error.where}: {error.text.en}")
    if reading.findings:
        say(
            "原稿に直すところがあり、ここに出ないページがあるかもしれません（machikado check で見られます）。",
            "Faults in the sources may keep pages out of this list (see machikado check).",
        )
    after, until = (now, now + timedelta(days=DAYS if days is None else days))
    if since is not None:
        after, until = since, now
    rows = [_Row(reading.site, settings, turn) for turn in turns(reading.site, after, until)]
    if output == "json":
        span = {"after": after.isoformat(), "until": until.isoformat()}
        print_json({"schema": 1, **span, "due": [row.as_json() for row in rows]})
        return
    if not rows:
        end = until.astimezone(DEFAULT_ZONE)
        say(f"{end:%Y-%m-%d %H:%M}までに、公開されるページも終わるページもありません。", f"Nothing appears or ends until {end:%Y-%m-%d %H:%M}.")  # fmt: skip
    for row in rows:
        for line in row.lines():
            click.echo(line)


class _Row:
    """A turn with what follows from it."""

    def __init__(self, site: Site, settings: Settings, turn: Turn) -> None:
        self._turn, self._first = turn, turn.pages[0]
        self.locales = [page.locale.code for page in turn.pages]
        self.feeds = {page.locale.code: list(channels_with(page.meta, site.categories, site.departments)) for page in turn.pages}  # fmt: skip
        self.posts = [] if turn.change is Change.ENDS else [*_posts(settings, turn.pages)]

    def lines(self) -> Iterator[str]:
        moment = self._turn.at.astimezone(DEFAULT_ZONE)
        names = {Change.APPEARS: words("公開", "appears"), Change.ENDS: words("終了", "ends")}
        change = names[self._turn.change]
        yield f"{moment:%Y-%m-%d %H:%M}  {change}  {self._first.meta.title}  ({self._first.file})"
        yield f"    {words('言語', 'languages')}: {', '.join(self.locales)}"
        if channels := next(iter(self.feeds.values())):
            yield f"    {words('フィード', 'feeds')}: {', '.join(channels)}"
        if self.posts:
            yield f"    {words('投稿', 'posts')}: {', '.join(self.posts)}"

    def as_json(self) -> dict[str, Any]:
        return {
            "at": self._turn.at.isoformat(),
            "change": self._turn.change.value,
            "page": self._first.id,
            "title": self._first.meta.title,
            "files": [page.file for page in self._turn.pages],
            "locales": self.locales,
            "feeds": self.feeds,
            "posts": self.posts,
        }


def _posts(settings: Settings, pages: tuple[Page, ...]) -> Iterator[str]:
    """What `machikado post` calls the posts of these pages: `x:ja/1001005`."""
    for page in pages:
        off = page.meta.social.off if page.meta.social else ()
        for name, account in settings.accounts.items():
            if is_posted(page) and page.locale.code in account.locales and name not in off:
                yield f"{name}:{page.locale.code}/{page.id}"
