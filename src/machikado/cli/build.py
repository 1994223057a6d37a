"""`machikado build`: check the sources, make what has changed, publish."""

from __future__ import annotations

import gc
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from machikado.cli.common import (
    FINDINGS,
    config_option,
    doubtful_readings,
    in_project,
    now_option,
    open_project,
    print_report,
    progress_line,
    quiet_option,
    read_sources,
    say,
    stop,
    words,
)
from machikado.incremental.glance import look_while

if TYPE_CHECKING:
    from machikado.incremental.builder import Builder, Built
    from machikado.incremental.glance import Glance
    from machikado.incremental.store import Store
    from machikado.project import Project

CACHE = ".machikado"
"""The folder of the cache, beside mkdocs.yml."""
_MARKS_OF_A_SITE = ("machikado.json", "index.html", "404.html", "sitemap.xml")


@click.command(
    help=words(
        """原稿を調べてから、サイトを作ります。前に作ったときから変わったところだけを作り直します。

        原稿に誤りがあれば、ファイル名と行をすべて示して終わり（終了コード1）、いま公開しているサイトには触れません。
        新しいサイトはできあがってから入れ替えるので、途中で止めても壊れません。

        \b
        例:
          machikado build
          machikado build --now 2026-12-01T09:00            # その日時に公開されるページで作る
          machikado build --explain docs/ja/index.md        # そのページを作り直した理由を示す
          machikado build --no-cache                        # 何も使い回さずに全部作る
          machikado build --locale en                       # 英語だけを site-en に作る
          machikado build --merge site-ja site-en           # 言語ごとに作ったものを1つにする
        """,
        """Check the sources, then build the site; only what has changed since the last build is made anew.

        Faults in the sources are all named with file and line (exit code 1), and the published site
        stays as it is. The new site takes its place when it is whole; stopping half-way breaks nothing.

        \b
        Examples:
          machikado build
          machikado build --now 2026-12-01T09:00            # with the pages public at that time
          machikado build --explain docs/ja/index.md        # why that page was made anew
          machikado build --no-cache                        # make everything, use nothing again
          machikado build --locale en                       # English alone, into site-en
          machikado build --merge site-ja site-en           # join what was built apart
        """,
    )
)
@config_option
@now_option
@quiet_option
@click.option(
    "--site-dir", type=click.Path(path_type=Path, file_okay=False),
    help=words("出力先（既定は設定の site_dir）。", "Where to publish (default: site_dir of the configuration)."),
)  # fmt: skip
@click.option(
    "--jobs", "-j", type=click.IntRange(1, 64), default=lambda: os.cpu_count() or 1,
    help=words("同時に動かす数（既定はCPUの数）。", "How many processes make pages (default: the number of CPUs)."),
)  # fmt: skip
@click.option(
    "--no-cache", is_flag=True,
    help=words("前の結果を使い回さず、全部作る。", "Make everything; read and write no cache."),
)  # fmt: skip
@click.option(
    "--locale", "locales", multiple=True, metavar="CODE",
    help=words("この言語だけを作る（くり返し可）。出力先の既定は site_dir に言語を付けた名前。", "Build this locale alone (repeatable), by default into site_dir with the locale's name."),
)  # fmt: skip
@click.option(
    "--no-readings", is_flag=True,
    help=words("ふりがなを辞書で調べない（原稿と i18n/readings.csv にある読みだけを付ける）。", "Look no furigana up; only readings written in a page or in i18n/readings.csv are shown."),
)  # fmt: skip
@click.option(
    "--merge", is_flag=True,
    help=words("--locale で作ったフォルダーを1つのサイトにする。", "Join folders made with --locale into one site."),
)  # fmt: skip
@click.option(
    "--explain", "explained", type=click.Path(path_type=Path), metavar="PAGE",
    help=words("このページ（.md）を作り直した理由を示す。", "Say why this page (.md) was made anew."),
)  # fmt: skip
@click.argument("parts", nargs=-1, type=click.Path(path_type=Path, exists=True, file_okay=False))
def build(
    config_file: Path,
    now: datetime,
    quiet: bool,
    site_dir: Path | None,
    jobs: int,
    no_cache: bool,
    no_readings: bool,
    locales: tuple[str, ...],
    merge: bool,
    explained: Path | None,
    parts: tuple[Path, ...],
) -> None:
    _must_fit(merge, parts, locales, explained, no_cache)
    if merge:
        _merge(config_file, site_dir, parts, quiet)
        return
    with _cache(config_file, locales, no_cache, quiet) as folder:
        kind = ["cache", *sorted(locales), *(["plain"] if no_readings else [])]
        cache = folder / f"{'-'.join(kind)}.sqlite"
        order = _Order(config_file, now, quiet, site_dir, jobs, locales, no_readings, explained)
        seen = look_while(_LOADED_EARLY, cache, config_file, site_dir, _clock(now))
        if explained is None and (same := seen.same):
            _tell_unchanged(same.pages, same.site_dir, order.seconds, quiet)
            return
        from machikado.incremental.store import BROKEN, discard

        try:
            _build(cache, order, seen.seen)
        except BROKEN:
            # Nothing in a broken cache is true that the sources do not say.
            discard(cache)
            try:
                _build(cache, order, None)
            except sqlite3.Error as error:
                stop(
                    f"作業用のファイル {cache} を使えません: {error}",
                    f"The cache {cache} cannot be used: {error}",
                )


def _load_rules() -> None:
    from machikado.check import all_rules

    all_rules()


_LOADED_EARLY: tuple[Callable[[], object], ...] = (
    *(
        partial(import_module, name)
        for name in (
            "yaml",
            "markdown",
            "jinja2",
            "msgspec",
            "machikado.content.reader",
            "machikado.article.outline",
            "machikado.article.typesetter",
            "machikado.furniture.view",
            "machikado.press",
            "machikado.incremental.inputs",
            "machikado.check",
            "machikado.incremental.builder",
        )
    ),
    _load_rules,
)
"""Loads what a build of a changed page needs, while somebody looks at what has changed: in small pieces."""


@dataclass(frozen=True)
class _Order:
    """What was asked for."""

    config_file: Path
    now: datetime
    quiet: bool
    site_dir: Path | None
    jobs: int
    locales: tuple[str, ...]
    no_readings: bool
    explained: Path | None
    _started: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """Since it was asked."""
        return time.monotonic() - self._started


def _build(cache: Path, order: _Order, glanced: Glance | None) -> None:
    """Build with the cache in this file; raises `store.BROKEN` where it is broken."""
    from machikado.readings import apart as readings_apart

    # Only a build of few pages waits for dictionaries to load; its cache is there already.
    is_warm = cache.is_file() and not order.no_readings
    apart = readings_apart.begin() if is_warm else None
    from machikado.incremental.inputs import configuration_key, recall, remember, versions
    from machikado.incremental.store import Store

    with closing(Store(cache)) as store, closing(apart) if apart else nullcontext():
        code = versions(store, glanced)
        key = configuration_key(order.config_file, code)
        project = recall(store, key)
        if project is None:
            project = open_project(order.config_file)
            remember(store, key, project)
        must_know(project, order.locales)
        target = order.site_dir or _target(project, order.locales)
        _refuse_to_lose(target, project)
        if project.other_plugins:
            _build_by_mkdocs(project, target, order.now, order.quiet)
            return
        if project.places_must_be_known and not order.no_readings:
            _must_know_places(project)
        from machikado.incremental.builder import Builder
        from machikado.readings.furigana import missing_dictionaries

        if not order.no_readings and (missing := missing_dictionaries()):
            say(missing.ja, missing.en, quiet=order.quiet)
        builder = Builder(
            project,
            cache,
            target,
            code,
            order.jobs,
            frozenset(order.locales) or None,
            cache.parent / "templates",
            dictionaries=not order.no_readings,
            apart=apart,
            glanced=glanced,
        )
        # This process builds once and ends; to look for cycles in all that it holds is dear.
        gc.freeze()
        gc.set_threshold(100_000, 50, 100)
        built = _built(builder, store, order.now, order.quiet)
        _tell(built, target, order.seconds, order.quiet)
        if order.explained is not None:
            _explain(builder, store, in_project(project, order.explained), order.now)


def _must_know_places(project: Project) -> None:
    """End with exit code 1 where a place name's reading is doubtful, as a city may want it."""
    from machikado.vocabulary import Outcome, Report

    site = read_sources(project).site
    doubts = doubtful_readings(project, site, None, places_must_be_known=True)
    if failed := tuple(doubt for doubt in doubts if doubt.outcome is Outcome.FAILED):
        print_report(Report(len(site.pages), failed), "text")
        say(
            f"読みが確かでない地名が{len(failed)}件あるため、サイトは作りませんでした。公開中のサイトは元のままです。",
            f"{len(failed)} place names of doubtful reading; nothing was built, the published site is as it was.",
        )
        sys.exit(FINDINGS)


def _must_fit(
    merge: bool,
    parts: tuple[Path, ...],
    locales: tuple[str, ...],
    explained: Path | None,
    no_cache: bool,
) -> None:
    """End with exit code 2 where options do not go together."""
    if merge and (not parts or locales or explained or no_cache):
        stop(
            "--merge の後には、machikado build --locale で作ったフォルダーだけを書いてください。",
            "After --merge name the folders that `machikado build --locale` made, and nothing else.",
        )
    if parts and not merge:
        stop(
            f"「{parts[0]}」の意味がわかりません。フォルダーを1つのサイトにするなら --merge を付けてください。",
            f"What is `{parts[0]}` for? To join folders into one site, add --merge.",
        )
    if explained and no_cache:
        stop(
            "--explain は前の結果と比べるので、--no-cache と一緒には使えません。",
            "--explain compares with the last build, so it cannot go with --no-cache.",
        )


@contextmanager
def _cache(
    config_file: Path, locales: tuple[str, ...], no_cache: bool, quiet: bool
) -> Iterator[Path]:
    """The folder of the cache, for this build alone."""
    from machikado.incremental.store import locked

    place = config_file.resolve().parent / CACHE
    if not config_file.is_file():
        open_project(config_file)
    name = "-".join(["lock", *sorted(locales)])

    def waiting() -> None:
        say(
            "ほかの machikado build が終わるのを待っています…",
            "Waiting for another `machikado build` to end …",
            quiet=quiet,
        )

    with ExitStack() as stack:
        try:
            stack.enter_context(locked(place / name, waiting))
        except (OSError, sqlite3.Error) as error:
            if not no_cache:
                stop(
                    f"作業用のフォルダー {place} を使えません（{error}）。--no-cache を付けると、使わずに作ります。",
                    f"The folder {place} cannot be used ({error}). With --no-cache it is not needed.",
                )
        # Without a cache too: both would publish into the same folder.
        yield Path(stack.enter_context(tempfile.TemporaryDirectory())) if no_cache else place


def must_know(project: Project, locales: tuple[str, ...]) -> None:
    """End with exit code 2 where a locale was named that the site does not have."""
    known = {code for code, _ in project.mkdocs_locales}
    if unknown := sorted({*locales} - known):
        stop(
            f"「{', '.join(unknown)}」という言語はありません。使えるのは {', '.join(sorted(known))} です。",
            f"There is no locale `{', '.join(unknown)}`; the site has {', '.join(sorted(known))}.",
        )


def _target(project: Project, locales: tuple[str, ...]) -> Path:
    """Where some locales alone are published by default: beside the whole site, never in its place."""
    place = project.site_dir
    return place.with_name("-".join([place.name, *sorted(locales)])) if locales else place


def _built(builder: Builder, store: Store, now: datetime, quiet: bool) -> Built:
    from machikado.engine import EngineError
    from machikado.incremental.index import SourceChangedError
    from machikado.vocabulary import ConfigurationError

    try:
        return builder.build(store, now, progress_line(quiet))
    except ConfigurationError as error:
        stop(f"{error.where}: {error.text.ja}", f"{error.where}: {error.text.en}")
    except EngineError as error:
        stop(f"ページを作れませんでした: {error}", f"The pages could not be rendered: {error}")
    except SourceChangedError as error:
        stop(
            f"{error}: 作っている間に書き換えられ続けています。保存が終わってから、もう一度実行してください。",
            f"{error}: it keeps being written while the site is built; run this again when it is saved.",
        )
    except OSError as error:
        stop(
            f"{builder.site_dir} に書き込めません: {error}",
            f"Cannot write to {builder.site_dir}: {error}",
        )


def _tell(built: Built, target: Path, seconds: float, quiet: bool) -> None:
    """Say what came of the build; ends with exit code 1 where the sources have faults."""
    if built.report.blocks:
        print_report(built.report, "text")
        failed = len(built.report.failed)
        say(
            f"原稿に直すところが{failed}件あるため、サイトは作りませんでした。公開中のサイトは元のままです。",
            f"{failed} faults in the sources; nothing was built, the published site is as it was.",
        )
        sys.exit(FINDINGS)
    if not built.published:
        _tell_unchanged(built.pages, target, seconds, quiet)
        return
    if built.noted:
        say(
            f"公開を止めない注意と書き方が{built.noted}件あります（machikado check で見られます）。",
            f"{built.noted} warnings and marks of style stop nothing (`machikado check` names them).",
            quiet=quiet,
        )
    say(
        f"{built.pages}ページのうち{built.printed}ページを作り、{target} を新しくしました（{seconds:.1f}秒）。",
        f"Made {built.printed} of {built.pages} pages; {target} is up to date ({seconds:.1f} s).",
        quiet=quiet,
    )


def _tell_unchanged(pages: int, target: Path, seconds: float, quiet: bool) -> None:
    say(
        f"変わったところはありません。{target} は最新です（{pages}ページ、{seconds:.1f}秒）。",
        f"Nothing has changed; {target} is up to date ({pages} pages, {seconds:.1f} s).",
        quiet=quiet,
    )


def _clock(now: datetime) -> int:
    """A time as the cache has it: µs since 1970."""
    return round(now.timestamp() * 1_000_000)


def _explain(builder: Builder, store: Store, file: str, now: datetime) -> None:
    from machikado.incremental.explain import explanation
    from machikado.incremental.ledger import microseconds

    told = explanation(store, file, builder.dependencies(store, file, now), microseconds(now))
    if told is None:
        stop(
            f"{file} は、いま公開されているページの原稿ではありません。",
            f"{file} is not the source of a page that is public now.",
        )
    day = f"{told.made:%Y-%m-%d %H:%M}"
    if told.is_recent:
        click.echo(words(f"{file} を、今回作り直しました。理由:", f"{file} was made anew. Why:"))
    else:
        click.echo(
            words(
                f"{file} は、今回は作り直していません。前に作ったのは {day} です。そのときの理由:",
                f"{file} was not made anew; it was made last on {day}. Why then:",
            )
        )
    for reason in told.reasons:
        click.echo(f"  - {words(reason.ja, reason.en)}")
    click.echo(words("このページが使っているもの:", "What it is made from:"))
    for what, count in told.uses:
        click.echo(f"  - {words(what.ja, what.en)}: {count}")


def _merge(config_file: Path, site_dir: Path | None, parts: tuple[Path, ...], quiet: bool) -> None:
    from machikado.incremental.merging import MergeError, merge

    project = open_project(config_file)
    target = site_dir or project.site_dir
    _refuse_to_lose(target, project)
    try:
        count = merge(parts, target)
    except MergeError as error:
        stop(error.text.ja, error.text.en)
    except OSError as error:
        stop(f"{target} に書き込めません: {error}", f"Cannot write to {target}: {error}")
    say(
        f"{len(parts)}つのフォルダーを1つのサイトにしました（{target}、{count}ファイル）。",
        f"Joined {len(parts)} folders into {target} ({count} files).",
        quiet=quiet,
    )


def _build_by_mkdocs(project: Project, target: Path, now: datetime, quiet: bool) -> None:
    """Build a project whose configuration has plugins that only MkDocs can run; nothing is cached."""
    from machikado.check import check_sources
    from machikado.cli.common import read_sources
    from machikado.engine import EngineError
    from machikado.incremental.builder import Built
    from machikado.messages import read_catalogues
    from machikado.mkdocs_plugin.engine import MkDocsEngine
    from machikado.press import Press
    from machikado.publishing import replacing, write_files
    from machikado.sitewide.outputs import outputs
    from machikado.vocabulary import ConfigurationError

    started = time.monotonic()
    names = ", ".join(project.other_plugins)
    say(
        f"mkdocs.yml に、MkDocs だけが動かせるプラグインがあります（{names}）。MkDocs で全部作ります。",
        f"mkdocs.yml has plugins that only MkDocs can run ({names}); building everything with MkDocs.",
        quiet=quiet,
    )
    reading = read_sources(project)
    try:
        project.must_build(reading.site.locales)
        catalogues = read_catalogues(project.tree, reading.site.locales, project.data)
        report = check_sources(project.tree, reading, docs=project.docs, data=project.data)
        site = reading.site.at(now)
        if not report.blocks:
            press = Press(project, site, catalogues)
            with replacing(target) as folder:
                MkDocsEngine().build(press, folder, now)
                render = press.article
                write_files(
                    folder, outputs(project, site, catalogues, lambda page: render(page).html)
                )
    except ConfigurationError as error:
        stop(f"{error.where}: {error.text.ja}", f"{error.where}: {error.text.en}")
    except EngineError as error:
        stop(f"ページを作れませんでした: {error}", f"The pages could not be rendered: {error}")
    except OSError as error:
        stop(f"{target} に書き込めません: {error}", f"Cannot write to {target}: {error}")
    count = len(site.pages)
    _tell(Built(report, count, count, True), target, time.monotonic() - started, quiet)


def _refuse_to_lose(target: Path, project: Project) -> None:
    """End with exit code 2 where publishing would remove a folder that is no site, such as docs/."""
    place = target.resolve()
    holds_project = project.root.is_relative_to(place)
    is_site = any((place / mark).is_file() for mark in _MARKS_OF_A_SITE)
    if place.exists() and (holds_project or not is_site):
        if place.is_dir() and not any(place.iterdir()):
            return
        stop(
            f"{target} には、サイトではないものが入っています。サイトはフォルダーごと入れ替わり、いまの中身は消えます。空のフォルダーか、前に作ったサイトのフォルダーを示してください。",
            f"{target} holds something that is no site, and publishing would remove it. Name an empty folder or that of a site built before.",
        )
