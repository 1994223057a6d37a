"""`machikado post`: shows what would be posted on social networks, and posts it with --send."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import click

from machikado.cli.common import (
    FINDINGS,
    config_option,
    in_project,
    language,
    now_option,
    open_project,
    print_json,
    read_sources,
    say,
    stop,
    words,
)
from machikado.content.reader import Reading
from machikado.project import Project
from machikado.social.compose import Notice, notice_of, post_on
from machikado.social.history import Book
from machikado.social.keeping import pushing
from machikado.social.ledger import Event, Ledger, LedgerError, Task, opened, read_lines
from machikado.social.network import NETWORKS, Channel, Network, Picture, PictureLimit
from machikado.social.networks import MissingCredentialsError, open_channel
from machikado.social.outbox import FOR_A_PERSON, Item, Outbox, State, candidates_of
from machikado.social.picture import PictureError, fitted
from machikado.social.preview import Preview, as_html, as_json, lines, rows_of
from machikado.social.sending import World, run
from machikado.social.settings import FILE, Settings, read_settings
from machikado.vocabulary import ConfigurationError, Report, Text

LEDGER = Path("social/ledger.jsonl")
"""Where the ledger is, from the project's root, unless --ledger says otherwise."""
SHOWN = 10
"""How many notices --preview shows where no file is named: the newest."""
SHOWN_PICTURE = PictureLimit(200_000, 800, 2000)
"""How a picture is shown by --preview: whether it can be sent at all, and what is on it."""
ANSWERS = 10.0
"""Seconds that the site has to answer before a post that leads there waits for the next run."""
PUSHES = 120.0
"""Seconds that one command of git may take, as a push to a server that does not answer."""
_DECISIONS: Mapping[str, tuple[Event, tuple[State, ...]]] = {
    "approve": (Event.APPROVED, (State.NEEDS_APPROVAL, State.FAILED, State.DISMISSED)),
    "dismiss": (
        Event.DISMISSED,
        (State.NEEDS_APPROVAL, State.FAILED, State.DUE, State.HELD, State.SCHEDULED),
    ),
    "was_posted": (Event.CONFIRMED, (State.UNCERTAIN,)),
    "was_not_posted": (Event.DENIED, (State.UNCERTAIN,)),
}
"""Option, the line it writes, and the states in which it makes sense."""


def _decision(name: str, ja: str, en: str) -> Callable[..., Callable[..., None]]:
    return click.option(f"--{name}", multiple=True, metavar="POST", help=words(ja, en))


@click.command(
    help=words(
        """お知らせを SNS に投稿します。

        何も付けなければ、何が投稿されるかを示すだけで、投稿はしません。--send を付けると投稿します。
        どこに投稿するかは social.yml に書きます。FILE は --preview で見るお知らせです。

        \b
        例:
          machikado post
          machikado post --preview docs/ja/news/2026-12-01-snow.md
          machikado post --send
          machikado post --approve bluesky:ja/1001005:correction-1
        """,
        """Post notices on social networks.

        By itself it shows what would be posted and posts nothing; --send posts. Which networks is
        said in social.yml. FILE are notices to look at with --preview.

        \b
        Examples:
          machikado post
          machikado post --preview docs/ja/news/2026-12-01-snow.md
          machikado post --send
          machikado post --approve bluesky:ja/1001005:correction-1
        """,
    )
)
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@click.option("--preview", is_flag=True, help=words("各ネットワークでの見え方と長さを示す。", "Show each network's post as it will look, with its length."))  # fmt: skip
@click.option("--send", is_flag=True, help=words("投稿する。", "Really post."))
@click.option("--format", "output", type=click.Choice(("text", "json", "html")), default="text", show_default=True, help=words("出力の形（html は --preview だけ）。", "Form of the output (html: --preview alone)."))  # fmt: skip
@click.option("--network", "chosen", multiple=True, type=click.Choice(tuple(NETWORKS)), help=words("このネットワークだけ。", "This network alone."))  # fmt: skip
@click.option("--ledger", "ledger_file", type=click.Path(dir_okay=False, path_type=Path), help=words("台帳のファイル（既定は social/ledger.jsonl）。", "The ledger (default: social/ledger.jsonl)."))  # fmt: skip
@click.option("--start-ledger", is_flag=True, help=words("台帳を新しく作る（はじめての1回だけ）。", "Begin a ledger (the very first time)."))  # fmt: skip
@click.option("--push", is_flag=True, help=words("台帳の1行ごとに、git で保存（push）してから進む。", "Push the ledger by git after each line, before going on."))  # fmt: skip
@_decision("approve", "この下書きを承認する。", "Approve this draft.")
@_decision("dismiss", "この投稿はしないと決める。", "Decide against this post.")
@_decision("was-posted", "不明だった投稿は、届いていた。", "The uncertain post had arrived.")
@_decision("was-not-posted", "不明だった投稿は、届いていなかった。", "The uncertain post had not arrived.")  # fmt: skip
@config_option
@now_option
def post(
    files: tuple[Path, ...],
    preview: bool,
    send: bool,
    output: str,
    chosen: tuple[str, ...],
    ledger_file: Path | None,
    start_ledger: bool,
    push: bool,
    config_file: Path,
    now: datetime,
    **decisions: tuple[str, ...],
) -> None:
    project = open_project(config_file)
    reading = read_sources(project)
    settings = _settings(project, reading, chosen)
    if preview:
        _show_preview(project, reading, settings, files, output)
        return
    if files or output == "html":
        stop("FILE と --format html は、--preview と一緒に使います。", "FILE and --format html go with --preview.")  # fmt: skip
    if not settings.accounts:
        say(f"{FILE} に投稿先がありません。投稿するものはありません。", f"{FILE} names no network; there is nothing to post.")  # fmt: skip
        return
    path = ledger_file or project.root / LEDGER
    complete = not Report(len(reading.site.ids), reading.findings).blocks
    outbox = Outbox(
        settings, candidates_of(reading.site, settings, project.site_url, now), complete
    )
    if not complete:
        say("読み取れないページがあります。ほかのお知らせだけを扱います（machikado check で見られます）。", "Some pages cannot be read; only the others are dealt with (see machikado check).")  # fmt: skip
    ok = True
    try:
        if send or start_ledger or any(decisions.values()):
            keep = pushing(path, _git) if push else lambda: None
            with opened(path, start=start_ledger, keep=keep) as ledger:
                if start_ledger and not ledger.lines:
                    ledger.add(now, Event.BEGUN, Task("", ""))
                _decide(outbox, ledger, decisions, now)
                if send:
                    ok = _send(project, reading, outbox, ledger)
                written = ledger.lines
        else:
            written = read_lines(path)
    except LedgerError as error:
        stop(error.text.ja, error.text.en)
    items = outbox.items(Book(written), _clock(now))
    _report(items, output)
    if not ok or not complete or any(item.state in FOR_A_PERSON for item in items):
        sys.exit(FINDINGS)


def _settings(project: Project, reading: Reading, chosen: Iterable[str]) -> Settings:
    try:
        settings = read_settings(project.tree, reading.site.locales)
    except ConfigurationError as error:
        stop(f"{error.where}: {error.text.ja}", f"{error.where}: {error.text.en}")
    wanted = set(chosen) or set(settings.accounts)
    accounts = {name: one for name, one in settings.accounts.items() if name in wanted}
    return Settings(accounts, settings.hashtags, settings.most_age)


def _show_preview(
    project: Project, reading: Reading, settings: Settings, files: Sequence[Path], output: str
) -> None:
    named = {in_project(project, file) for file in files}
    pages = [
        page
        for locale in reading.site.locales
        for page in reading.site.news(locale)
        if not named or page.file in named
    ]
    if missing := named - {page.file for page in pages}:
        file = sorted(missing)[0]
        stop(f"{file}: この名前のお知らせはありません。", f"{file}: there is no such notice.")
    networks: Sequence[Network] = [one.network for one in settings.accounts.values()]
    default = [reading.site.locales.default.code]
    codes = {code for one in settings.accounts.values() for code in one.locales} or set(default)
    previews = []
    for page in sorted(pages, key=lambda p: p.meta.publish_at or _EPOCH, reverse=True):
        notice = notice_of(page, project.site_url)
        if notice is None or page.meta.publish_at is None:
            continue
        if not named and page.locale.code not in codes:
            continue
        social = notice.social
        shown = networks or list(NETWORKS.values())
        off = [n for n in shown if not social.posted or social.withdrawn or n.id in social.off]
        posts = tuple(post_on(n, notice, settings.hashtags) for n in shown if n not in off)
        picture = _shown_picture(project, reading, notice) if any(p.image for p in posts) else None
        names = tuple(network.name for network in off)
        previews.append(Preview(notice, page.meta.publish_at, posts, names, picture))
        if not named and len(previews) == SHOWN:
            break
    if output == "json":
        print_json(as_json(previews))
    elif output == "html":
        click.echo(as_html(previews, language()), nl=False)
    else:
        for line in lines(previews, language()):
            click.echo(line)
    if not all(one.is_ready for one in previews):
        sys.exit(FINDINGS)


def _shown_picture(project: Project, reading: Reading, notice: Notice) -> Picture | Text | None:
    """The picture of a notice's posts for the preview, or what keeps it from being sent."""
    locales = (notice.locale.code, reading.site.locales.default.code)
    try:
        return _picture(project, locales, notice.image or "", notice.alt, SHOWN_PICTURE)
    except PictureError as error:
        return error.text


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _decide(
    outbox: Outbox, ledger: Ledger, decisions: Mapping[str, tuple[str, ...]], now: datetime
) -> None:
    """Write down what people decided; ends with exit code 2 where a post is not there to decide on."""
    for option, handles in decisions.items():
        event, states = _DECISIONS[option]
        for handle in handles:
            found = [i for i in outbox.items(Book(ledger.lines), now) if i.handle == handle]
            if not found:
                stop(f"「{handle}」という投稿はありません。machikado post で名前を見てください。", f"There is no post `{handle}`; `machikado post` lists them.")  # fmt: skip
            if found[0].state not in states:
                stop(f"「{handle}」は、いま {found[0].state} です。--{option.replace('_', '-')} は使えません。", f"`{handle}` is {found[0].state}; --{option.replace('_', '-')} does not apply.")  # fmt: skip
            outbox.decide(ledger, found[0], event, now)


def _send(project: Project, reading: Reading, outbox: Outbox, ledger: Ledger) -> bool:
    """Post what is due; says what happened, and returns whether all went well."""
    ok = True
    channels: dict[str, Channel] = {}
    for name, account in outbox.settings.accounts.items():
        try:
            channels[name] = open_channel(account, os.environ)
        except MissingCredentialsError as error:
            ok = False
            say(error.text.ja, error.text.en)
    default = reading.site.locales.default.code
    world = World(
        channels,
        lambda: datetime.now(UTC),
        lambda locale, path, alt, network: _picture(
            project, (locale, default), path, alt, network.picture
        ),
        cache(_is_live),
    )
    for told in run(outbox, ledger, world):
        ok = ok and told.ok
        say(f"{told.item.handle}: {told.text.ja}", f"{told.item.handle}: {told.text.en}")
    return ok


def _picture(
    project: Project, locales: Iterable[str], path: str, alt: str, limit: PictureLimit | None
) -> Picture | None:
    """The picture in the same three places as on the page; raises PictureError where there is none."""
    if limit is None:
        return None
    for folder in (*(f"{code}/" for code in locales), ""):
        name = f"{project.docs}/{folder}{path}"
        if project.tree.exists(name):
            return fitted(project.tree.read(name), alt, limit)
    raise PictureError(Text(f"画像 {path} が見つかりません。", f"The picture {path} is not there."))


def _is_live(address: str) -> bool:
    """Whether the page is really there: a post whose link leads nowhere helps nobody."""
    if not address.startswith(("https://", "http://")):
        return False
    request = urllib.request.Request(address, method="HEAD")  # noqa: S310 - looked at above
    try:
        with urllib.request.urlopen(request, timeout=ANSWERS) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (OSError, ValueError):
        return False


def _git(arguments: Sequence[str]) -> bool:
    """Run git quietly: what it prints could hold the address it pushes to. It never asks for a password."""
    environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0"}
    try:
        done = subprocess.run(  # noqa: S603
            ["git", *arguments],  # noqa: S607
            capture_output=True, check=False, stdin=subprocess.DEVNULL, env=environment, timeout=PUSHES,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def _clock(now: datetime) -> datetime:
    """The later of the given time and the present: what was sent in this run is in its past."""
    return max(now, datetime.now(UTC))


def _report(items: Sequence[Item], output: str) -> None:
    if output == "json":
        print_json({"schema": 1, "posts": [_as_json(item) for item in items]})
        return
    for item in items:
        if item.state in (State.POSTED, State.DISMISSED, State.OFF):
            continue
        click.echo(f"{item.state:<15} {item.handle}  {item.why.spoken(language())}")
        said = item.said.split("\n") if item.said else ()
        for row in rows_of(item.post, language()) if item.post else said:
            click.echo(f"    {row}")


def _as_json(item: Item) -> dict[str, object]:
    return {
        "post": item.handle,
        "notice": item.task.notice,
        "network": item.task.network,
        "kind": item.task.kind,
        "state": item.state.value,
        "why": {"ja": item.why.ja, "en": item.why.en},
        "urgent": item.urgent,
        "text": item.post.text if item.post else item.said,
        "url": item.receipt.url if item.receipt else None,
    }
