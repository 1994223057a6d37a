"""`machikado feeds`: lists the feeds, writes them, compares them with the published ones, tells a hub."""

from __future__ import annotations

import json
import sys
import urllib.error
import urllib.request
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import click

from machikado.assets import published_assets
from machikado.cli.common import (
    FINDINGS,
    config_option,
    format_option,
    now_option,
    open_project,
    print_json,
    print_report,
    read_sources,
    say,
    stop,
    words,
)
from machikado.content.page import Page
from machikado.content.reader import Reading
from machikado.feeds.addresses import MEDIA_TYPES
from machikado.feeds.channels import every_feed, feed_files
from machikado.feeds.feed import Feed, Newsroom
from machikado.feeds.published import Published, compare
from machikado.feeds.websub import Ping, Told, pings
from machikado.feeds.writing import WRITERS
from machikado.furniture.recorded import recordings
from machikado.messages import read_catalogues
from machikado.project import Project
from machikado.vocabulary import ConfigurationError, Report

if TYPE_CHECKING:
    from machikado.content.site import MemorySite

ANSWERS = 30
"""Seconds that a server may take to answer."""
MOST_BYTES = 20_000_000
"""More than any feed has; a server that sends more is no feed's."""


@click.command(
    help=words(
        """フィード（Atom、RSS、JSON Feed）の一覧を出す。

        \b
          machikado feeds --into DIR            書き出す
          machikado feeds --compare URL         公開中のフィードと比べる（番号が変わっていたら終了コード1）
          machikado feeds --ping                変わったことを WebSub のハブに知らせる（--send がなければ試すだけ）
        """,
        """List the feeds (Atom, RSS, JSON Feed).

        \b
          machikado feeds --into DIR            write them
          machikado feeds --compare URL         compare with the published ones; 1 if an id has changed
          machikado feeds --ping                tell the WebSub hub of changes; only a trial without --send
        """,
    )
)
@config_option
@now_option
@format_option("text", "json", "github")
@click.option(
    "--into", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
    help=words("このフォルダーに書き出す。", "Write the feeds into this folder."),
)  # fmt: skip
@click.option(
    "--compare", "where", metavar="URL|DIR",
    help=words("公開中のサイト（アドレスかフォルダー）のフィードと比べる。", "Compare with the feeds of the published site, an address or a folder."),
)  # fmt: skip
@click.option(
    "--changed", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help=words("--compare では、変わったフィードの一覧をここに書く。--ping では、これだけを知らせる。", "With --compare, write the list of changed feeds here; with --ping, tell of these alone."),
)  # fmt: skip
@click.option(
    "--ping", "ping", is_flag=True,
    help=words("公開した後で、ハブに知らせる。", "After deployment, tell the hub."),
)  # fmt: skip
@click.option(
    "--send", is_flag=True,
    help=words("--ping で本当に知らせる。", "With --ping, really tell."),
)  # fmt: skip
def feeds(
    config_file: Path,
    now: datetime,
    output: str,
    into: Path | None,
    where: str | None,
    changed: Path | None,
    ping: bool,
    send: bool,
) -> None:
    if sum((into is not None, where is not None, ping)) > 1:
        stop(
            "--into、--compare、--ping は、どれか1つだけ書いてください。",
            "Use only one of --into, --compare and --ping.",
        )
    if (send and not ping) or (changed is not None and where is None and not ping):
        stop(
            "--send は --ping と、--changed は --compare か --ping といっしょに使います。",
            "--send goes with --ping, --changed with --compare or --ping.",
        )
    project = open_project(config_file)
    reading = read_sources(project)
    if ping and project.websub_hub is None:
        stop(
            f"{config_file}: plugins: machikado: に websub_hub（ハブのアドレス）がありません。",
            f"{config_file}: plugins: machikado: has no websub_hub, the address of the hub.",
        )
    room = _newsroom(project, reading, now)
    faulty = Report(len(reading.site.pages), reading.findings).blocks
    if where is None and not ping:
        _list(list(every_feed(room)), output)
    if faulty:
        # A page that cannot be read might be missing from its feed, and readers would not be told.
        say(
            "フィードは書き出していません。ページの誤りを machikado check で見て直してください。",
            "No feed was written: some pages have faults. See `machikado check`.",
        )
        sys.exit(FINDINGS)
    if into is not None:
        _write(dict(feed_files(room)), into)
    if where is not None:
        _compare(reading.site, room, project, where, changed, output)
    if ping and project.websub_hub is not None:
        _ping(room, project.websub_hub, changed, output, send=send)


def _newsroom(project: Project, reading: Reading, now: datetime) -> Newsroom:
    # Rendering loads the whole Markdown engine, which `--help` does not need.
    from machikado.press import Press

    try:
        catalogues = read_catalogues(project.tree, reading.site.locales, project.data)
    except ConfigurationError as error:
        stop(f"{error.where}: {error.text.ja}", f"{error.where}: {error.text.en}")
    site = reading.site.at(now)
    press = Press(project, site, catalogues)

    @cache
    def article(page: Page) -> str:
        return press.article(page).html

    assets = published_assets(project.root / project.docs, site.locales)
    return Newsroom(
        site,
        catalogues,
        project.site_url,
        article,
        assets,
        project.websub_hub,
        recordings(catalogues, assets),
    )


def _list(found: Sequence[Feed], output: str) -> None:
    if output == "json":
        print_json({"schema": 1, "feeds": [_as_json(feed) for feed in found]})
        return
    for line in _lines(found):
        click.echo(line)


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


def _write(files: dict[str, bytes], into: Path) -> None:
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


# Comparing with what is published -----------------------------------------------------------


def _compare(
    sources: MemorySite,
    room: Newsroom,
    project: Project,
    where: str,
    changed: Path | None,
    output: str,
) -> None:
    try:
        found = compare(sources, room, project.docs, _published(where))
    except OSError as error:
        reason = getattr(error, "reason", None) or error.strerror or type(error).__name__
        stop(
            f"{where} のフィードを読めません（{reason}）。",
            f"The feeds at {where} cannot be read: {reason}.",
        )
    if changed is not None:
        _keep(changed, found.changed)
    report = Report(found.entries, found.findings, found.errors)
    print_report(report, output)
    if not found.feeds:
        say(
            f"{where} には、まだフィードがありません。比べるものはありません。",
            f"There are no feeds at {where} yet; nothing was compared.",
        )
        return
    say(
        f"公開中のフィード{found.feeds}本、記事{found.entries}件と比べました。"
        f"変わるフィードのアドレスは{len(found.changed)}件です。",
        f"Compared {found.feeds} published feeds with {found.entries} entries; "
        f"{len(found.changed)} addresses of feeds change.",
    )
    if report.blocks:
        sys.exit(FINDINGS)


def _published(where: str) -> Published:
    """The files of a site at an address or in a folder. The folder must be there."""
    if where.startswith(("https://", "http://")):
        return lambda name: _get(f"{where.rstrip('/')}/{quote(name)}")
    folder = Path(where)
    if not folder.is_dir():
        stop(
            f"{where}: フォルダーがありません。フォルダーか、https:// で始まるアドレスを書いてください。",
            f"{where}: no such folder. Give a folder, or an address that begins with https://.",
        )

    def read(name: str) -> bytes | None:
        file = folder / name
        return file.read_bytes() if file.is_file() else None

    return read


def _keep(changed: Path, addresses: Sequence[str]) -> None:
    try:
        changed.write_text(json.dumps(addresses, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        stop(
            f"{changed} に書けません（{error.strerror}）。",
            f"Cannot write {changed}: {error.strerror}.",
        )


# Telling a hub ------------------------------------------------------------------------------


def _ping(room: Newsroom, hub: str, changed: Path | None, output: str, *, send: bool) -> None:
    wanted = None if changed is None else _told_by(changed)
    built = [
        (address, WRITERS[form](feed))
        for feed in every_feed(room)
        for form, address in feed.addresses.items()
        if (bool(feed.entries) if wanted is None else address in wanted)
    ]
    told = list(pings(hub, built, _get, _post, send=send))
    if output == "json":
        rows = [{"url": p.address, "state": p.told.value, "why": p.why or None} for p in told]
        print_json({"schema": 1, "hub": hub, "pings": rows})
    else:
        for one in told:
            click.echo(f"{_spoken(one)}  {one.address}")
    if any(one.told in (Told.NOT_DEPLOYED, Told.FAILED) for one in told):
        sys.exit(FINDINGS)


def _spoken(ping: Ping) -> str:
    return {
        Told.WOULD_TELL: words("知らせる（試し）", "would tell"),
        Told.TOLD: words("知らせた", "told"),
        Told.NOT_DEPLOYED: words(
            "まだ公開されていないので知らせない", "not told, not published yet"
        ),
        Told.FAILED: words(f"知らせられない（{ping.why}）", f"could not be told ({ping.why})"),
    }[ping.told]


def _told_by(changed: Path) -> frozenset[str]:
    try:
        addresses = json.loads(changed.read_text(encoding="utf-8"))
        if not isinstance(addresses, list):
            raise ValueError
    except (OSError, ValueError):
        stop(
            f"{changed} を読めません。machikado feeds --compare --changed で作った一覧を示してください。",
            f"{changed} cannot be read. Give a list made by `machikado feeds --compare --changed`.",
        )
    return frozenset(map(str, addresses))


def _get(address: str) -> bytes | None:
    """What is at an address, None where there is nothing; raises OSError where nobody answers."""
    if not address.startswith(("https://", "http://")):
        return None
    try:
        with urllib.request.urlopen(address, timeout=ANSWERS) as answer:  # noqa: S310 - looked at above
            data: bytes = answer.read(MOST_BYTES)
            return data
    except urllib.error.HTTPError as error:
        if error.code in (404, 410):
            return None
        raise


def _post(address: str, form: dict[str, str]) -> int:
    """Send a form; gives the status of the answer and raises OSError where none comes."""
    data = urlencode(form).encode()
    if not address.startswith(("https://", "http://")):
        raise OSError(address)
    request = urllib.request.Request(address, data, method="POST")  # noqa: S310 - looked at above
    try:
        with urllib.request.urlopen(request, timeout=ANSWERS) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
