"""`machikado serve`: see the site while writing."""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from machikado.cli.build import CACHE, must_know
from machikado.cli.common import (
    FINDINGS,
    config_option,
    language,
    open_project,
    preview_clock_option,
    progress_line,
    quiet_option,
    say,
    stop,
    words,
)

if TYPE_CHECKING:
    from machikado.incremental.store import Store
    from machikado.project import Project
    from machikado.readings.apart import Apart
    from machikado.serving.board import Board
    from machikado.serving.faults import Faults
    from machikado.serving.preview import Outcome
    from machikado.serving.server import Place, Server

MOST = 20
"""How many faults the terminal names; the browser shows more."""


class _Address(click.ParamType[tuple[str, int]]):
    name = "host:port"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None  # noqa: ANN401
    ) -> tuple[str, int]:  # fmt: skip
        if isinstance(value, tuple):
            return value
        host, colon, port = str(value).rpartition(":")
        host = host.removeprefix("[").removesuffix("]")
        if not colon or not host or not port.isascii() or not port.isdecimal() or int(port) > 65535:
            self.fail(words(f"「{value}」は 127.0.0.1:8000 の形ではありません。", f"`{value}` is not of the form 127.0.0.1:8000."), param, ctx)  # fmt: skip
        return host, int(port)


@click.command(
    help=words(
        """書きながら、できあがりを自分のブラウザーで見ます。原稿を保存すると、変わったページだけがすぐ新しくなります。

        原稿に直すところがあるときは、最後にうまく作れたページの上に、ファイル名と行と直し方が出ます。
        公開するサイト（site/）には触れません。終わるときは Ctrl+C。

        \b
        例:
          machikado serve
          machikado serve --address localhost:9000
          machikado serve --locale ja                       # 日本語だけ（速い）
          machikado serve --now 2026-12-01T09:00            # その日時に公開されるページを見る
        """,
        """See the site in your own browser while you write; the pages that change are made anew as you save.

        When something in the sources is to be mended, the last good pages stay and show file, line and
        what to write instead. The published site (site/) is never touched. Stop with Ctrl+C.

        \b
        Examples:
          machikado serve
          machikado serve --address localhost:9000
          machikado serve --locale ja                       # Japanese alone, which is faster
          machikado serve --now 2026-12-01T09:00            # with the pages public at that time
        """,
    )
)
@config_option
@quiet_option
@click.option(
    "--address", type=_Address(), default="127.0.0.1:8000", show_default=True,
    help=words("待ち受けるアドレス。", "Where to listen."),
)  # fmt: skip
@preview_clock_option
@click.option(
    "--jobs", "-j", type=click.IntRange(1, 64), default=lambda: os.cpu_count() or 1,
    help=words("同時に動かす数（既定はCPUの数）。", "How many processes make pages (default: the number of CPUs)."),
)  # fmt: skip
@click.option(
    "--locale", "locales", multiple=True, metavar="CODE",
    help=words("この言語だけを作る（くり返し可）。", "Build this locale alone (repeatable)."),
)  # fmt: skip
@click.option(
    "--poll", is_flag=True,
    help=words("ファイルの変化を1秒ごとに調べる（保存しても新しくならないときに）。", "Look at the files every second (for disks that do not tell of changes)."),
)  # fmt: skip
def serve(
    config_file: Path,
    quiet: bool,
    address: tuple[str, int],
    now: datetime | None,
    jobs: int,
    locales: tuple[str, ...],
    poll: bool,
) -> None:
    project = open_project(config_file)
    if project.other_plugins:
        _serve_by_mkdocs(project, address, quiet)
        return
    from machikado.incremental.builder import Builder
    from machikado.incremental.inputs import versions
    from machikado.mkdocs_plugin.configuration import load_project
    from machikado.serving.board import Board
    from machikado.serving.preview import Preview
    from machikado.serving.server import Place
    from machikado.serving.watching import Watch

    must_know(project, locales)
    folder = project.root / CACHE
    name = "-".join(["serve", *sorted(locales)])
    place = Place(folder / name / "site", project.base_path)
    board = Board(str(time.time_ns()))
    with (
        _listening(address, place, board) as server,
        _cache(folder, name) as store,
        _dictionaries(quiet) as apart,
    ):
        file = folder / f"{name}.sqlite"
        builder = Builder(
            project,
            file,
            place.site_dir,
            versions(),
            jobs,
            frozenset(locales) or None,
            folder / "templates",
            apart=apart,
        )
        preview = Preview(
            builder,
            store,
            board,
            place,
            lambda: load_project(config_file),
            lambda: now or datetime.now(UTC),
            _Teller(quiet),
        )
        # By this process's children, as long as it has no threads.
        preview.rebuild(frozenset(), progress_line(quiet))
        with Watch(project.root, preview.folders, poll) as watch, server.answering():
            say(
                f"{server.origin}{project.base_path} をブラウザーで開いてください。終わるときは Ctrl+C。",
                f"Open {server.origin}{project.base_path} in your browser. Stop with Ctrl+C.",
            )
            if watch.is_polling and not poll:
                say(
                    "このパソコンからは変化の知らせを受けられないので、1秒ごとにファイルを調べます。",
                    "This system does not tell of changes; the files are looked at every second.",
                    quiet=quiet,
                )
            with suppress(KeyboardInterrupt):
                preview.follow(watch)
    say("終わりました。", "Stopped.", quiet=quiet)


@contextmanager
def _listening(address: tuple[str, int], place: Place, board: Board) -> Iterator[Server]:
    """A server that listens already; ends with exit code 2 where it cannot."""
    from machikado.serving.server import Server

    host, port = address
    named = f"{host}:{port}"
    try:
        server = Server(host, port, place, board, language())
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            stop(
                f"{named} は、ほかのプログラムが使っています。--address 127.0.0.1:{min(port + 1, 65535)} のように、ほかの番号にしてください。",
                f"{named} is in use by another program; take another one, such as --address 127.0.0.1:{min(port + 1, 65535)}.",
            )
        if error.errno == errno.EACCES:
            stop(
                f"{named} で待ち受ける許可がありません。--address 127.0.0.1:8000 のように、1024以上の番号にしてください。",
                f"Listening on {named} is not permitted; take a number from 1024 up, such as --address 127.0.0.1:8000.",
            )
        stop(
            f"{named} で待ち受けられません。このパソコンのアドレスを --address に書いてください（{error}）。",
            f"Cannot listen on {named}; give an address of this machine with --address ({error}).",
        )
    try:
        yield server
    finally:
        server.server_close()


@contextmanager
def _cache(folder: Path, name: str) -> Iterator[Store]:
    """The preview's own cache, for this process alone; exit code 2 where it cannot be had."""
    from machikado.incremental.store import Store, locked

    def taken() -> None:
        stop(
            "このプロジェクトの machikado serve は、もう動いています。そちらを終わらせるか、そちらの画面を使ってください。",
            "`machikado serve` runs for this project already; stop that one, or use it.",
        )

    with ExitStack() as stack:
        try:
            stack.enter_context(locked(folder / f"{name}.lock", taken))
            store = Store(folder / f"{name}.sqlite")
        except (OSError, sqlite3.Error) as error:
            stop(
                f"{folder} に書き込めません。フォルダーの書き込みの許可を確かめてください（{error}）。",
                f"Cannot write to {folder}; see that you may write there ({error}).",
            )
        stack.callback(store.close)
        yield store


@contextmanager
def _dictionaries(quiet: bool) -> Iterator[Apart | None]:
    """The dictionaries of readings, loaded once for all builds; None where they are not installed."""
    from machikado.readings import apart
    from machikado.readings.furigana import missing_dictionaries

    if missing := missing_dictionaries():
        say(missing.ja, missing.en, quiet=quiet)
    loaded = apart.begin()
    try:
        yield loaded
    finally:
        if loaded is not None:
            loaded.close()


class _Teller:
    """Tells the terminal of every build: what is to be mended, what was made."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._faults: Faults = ()

    def __call__(self, outcome: Outcome) -> None:
        had, self._faults = self._faults, outcome.faults
        if outcome.faults and outcome.faults != had:
            self._list(outcome.faults)
        elif had and not outcome.faults:
            say("直りました。", "Mended.", quiet=self._quiet)
        built = outcome.built
        if built is not None and built.published:
            say(
                f"{built.printed}ページを作りました（全{built.pages}ページ、{outcome.seconds:.2f}秒）。",
                f"Made {built.printed} of {built.pages} pages ({outcome.seconds:.2f} s).",
                quiet=self._quiet,
            )

    def _list(self, faults: Faults) -> None:
        for fault in faults[:MOST]:
            click.echo(f"{fault.where}: {words(fault.message.ja, fault.message.en)}")
            click.echo(f"    {words(fault.help.ja, fault.help.en)}")
            for line in (fault.said or "").splitlines():
                click.echo(f"    {line}")
        many = len(faults)
        say(
            f"直すところが{many}件あります。ブラウザーには、最後にうまく作れたページが出ます。",
            f"{many} to mend; the browser shows the pages as they could last be made.",
        )


def _serve_by_mkdocs(project: Project, address: tuple[str, int], quiet: bool) -> None:
    """Serve a project whose configuration has plugins that only MkDocs can run."""
    from machikado.engine import EngineError
    from machikado.mkdocs_plugin.engine import MkDocsEngine

    names = ", ".join(project.other_plugins)
    host, port = address
    say(
        f"mkdocs.yml に、MkDocs だけが動かせるプラグインがあります（{names}）。MkDocs で見せます。",
        f"mkdocs.yml has plugins that only MkDocs can run ({names}); serving with MkDocs.",
        quiet=quiet,
    )
    say(
        f"http://{host}:{port}{project.base_path} をブラウザーで開いてください（最初の1回は少し待ちます）。",
        f"Open http://{host}:{port}{project.base_path} in your browser (the first build takes a moment).",
    )
    try:
        MkDocsEngine().serve(project, f"{host}:{port}")
    except EngineError as error:
        click.echo(str(error), err=True)
        say("原稿を直してから、もう一度実行してください。", "Mend the sources and run this again.")
        sys.exit(FINDINGS)
    except OSError as error:
        stop(
            f"{host}:{port} で待ち受けられません: {error}",
            f"Cannot listen on {host}:{port}: {error}",
        )
