"""`machikado feeds`: lists the feeds with their addresses, and writes them on request."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from machikado.cli.common import (
    FINDINGS,
    config_option,
    format_option,
    now_option,
    open_project,
    print_json,
    say,
    stop,
    words,
)
from machikado.content.reader import read_site
from machikado.feeds.addresses import MEDIA_TYPES
from machikado.feeds.channels import every_feed
from machikado.feeds.feed import Feed
from machikado.feeds.writing import written
from machikado.messages import read_catalogues
from machikado.vocabulary import ConfigurationError, Report


@click.command(
    help=words(
        "フィード（Atom、RSS、JSON Feed）の一覧を出す。--into を付けると書き出す。",
        "List the feeds (Atom, RSS, JSON Feed); with --into, write them.",
    )
)
@config_option
@now_option
@format_option("text", "json")
@click.option(
    "--into", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
    help=words("このフォルダーに書き出す。", "Write the feeds into this folder."),
)  # fmt: skip
def feeds(config_file: Path, now: datetime, output: str, into: Path | None) -> None:
    # Rendering loads the whole Markdown engine, which `--help` does not need.
    from machikado.press import Press

    project = open_project(config_file)
    try:
        reading = read_site(project.tree, project.docs, project.data)
        catalogues = read_catalogues(project.tree, reading.site.locales, project.data)
    except ConfigurationError as error:
        stop(f"{error.where}: {error.text.ja}", f"{error.where}: {error.text.en}")
    site = reading.site.at(now)
    render = Press(project, site, catalogues).articles.render
    found = list(every_feed(site, catalogues, project.site_url, lambda page: render(page).html))
    if output == "json":
        print_json({"schema": 1, "feeds": [_as_json(feed) for feed in found]})
    else:
        for line in _lines(found):
            click.echo(line)
    if Report(len(reading.site.pages), reading.findings).blocks:
        # A page that cannot be read might be missing from its feed, and readers would not be told.
        say(
            "フィードは書き出していません。ページの誤りを machikado check で見て直してください。",
            "No feed was written: some pages have faults. See `machikado check`.",
        )
        sys.exit(FINDINGS)
    if into is not None:
        _write(found, into)


def _lines(found: Iterable[Feed]) -> Iterable[str]:
    for feed in found:
        count = words(f"{len(feed.entries)}件", f"entries: {len(feed.entries)}")
        yield f"{feed.locale.code} {feed.channel} ({count}): {feed.title}"
        yield from (f"    {address}" for address in feed.addresses.values())


def _as_json(feed: Feed) -> dict[str, Any]:
    return {
        "locale": feed.locale.code,
        "lang": feed.lang,
        "channel": feed.channel,
        "title": feed.title,
        "updated": feed.updated.isoformat(),
        "entries": len(feed.entries),
        "addresses": [
            {"format": form.value, "type": MEDIA_TYPES[form], "url": address}
            for form, address in feed.addresses.items()
        ],
    }


def _write(found: Iterable[Feed], into: Path) -> None:
    files = {name: data for feed in found for name, data in written(feed)}
    try:
        for name, data in files.items():
            target = into / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    except OSError as error:
        stop(
            f"{into} に書き出せません（{error.strerror}）。",
            f"Cannot write into {into}: {error.strerror}.",
        )
    say(
        f"{len(files)}個のファイルを {into} に書き出しました。",
        f"Wrote {len(files)} files into {into}.",
    )
