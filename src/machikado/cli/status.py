"""`machikado status`: how far the translations are, and which of them wait for work."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from machikado.cli.common import (
    config_option,
    format_option,
    open_project,
    print_json,
    read_sources,
    say,
    stop,
    words,
)
from machikado.content.site import Site, TranslationStatus
from machikado.sitewide.status import LocaleStatus, translation_status

FEW = 5
"""How many files are listed a locale when none is asked for in particular."""


@click.command(
    help=words(
        """翻訳の進み具合を示します。

        言語ごとに、元のページ（source）、最新の翻訳（current）、元のページが変わって古くなった翻訳（outdated）、
        まだない翻訳（missing）を数え、古い翻訳とない翻訳を並べます。
        """,
        """Show how far the translations are.

        For each locale: source pages, current translations, translations whose source has changed
        since (outdated) and those that do not exist (missing), with a list of the last two.
        """,
    )
)
@click.option(
    "--locale", "-l", metavar="LOCALE", help=words("この言語だけ。", "This locale alone.")
)
@format_option("text", "json")
@config_option
def status(locale: str | None, output: str, config_file: Path) -> None:
    project = open_project(config_file)
    reading = read_sources(project)
    rows = _chosen(reading.site, locale)
    if reading.findings:
        say(
            f"原稿に直すところが{len(reading.findings)}件あり、数に入っていな"
            "いページがあるかもしれません"
            "（machikado check で見られます）。",
            f"{len(reading.findings)} faults in the sources may keep pages out of the count "
            "(see machikado check).",
        )
    if output == "json":
        print_json({"schema": 1, "locales": [_as_json(row) for row in rows]})
        return
    for row in rows:
        for line in _lines(row, most=None if locale else FEW):
            click.echo(line)


def _chosen(site: Site, code: str | None) -> list[LocaleStatus]:
    rows = translation_status(site)
    if code is None:
        return rows
    chosen = [row for row in rows if row.locale.code == code]
    if not chosen:
        known = ", ".join(row.locale.code for row in rows)
        stop(
            f"「{code}」という言語はありません。使えるのは {known} です。",
            f"There is no locale `{code}`; the locales are {known}.",
        )
    return chosen


def _lines(row: LocaleStatus, most: int | None) -> Iterable[str]:
    names = {
        TranslationStatus.SOURCE: words("元のページ", "source"),
        TranslationStatus.CURRENT: words("最新", "current"),
        TranslationStatus.OUTDATED: words("古い", "outdated"),
        TranslationStatus.MISSING: words("なし", "missing"),
    }
    counts = ", ".join(f"{name} {row.counts[status]}" for status, name in names.items())
    unreviewed = words("人の確認なし", "unreviewed")
    yield f"{row.locale.code}: {counts} ({unreviewed} {row.unreviewed})"
    waiting = [(TranslationStatus.OUTDATED, file) for file in row.outdated]
    waiting += [(TranslationStatus.MISSING, file) for file in row.missing]
    for status, file in waiting[:most]:
        yield f"  {names[status]}: {file}"
    if most is not None and len(waiting) > most:
        more, code = len(waiting) - most, row.locale.code
        yield words(
            f"  ほか{more}件（machikado status --locale {code} で全部見られます）",
            f"  and {more} more (all of them: machikado status --locale {code})",
        )


def _as_json(row: LocaleStatus) -> dict[str, object]:
    return {
        "locale": row.locale.code,
        "counts": {status.value: row.counts[status] for status in TranslationStatus},
        "unreviewed": row.unreviewed,
        "outdated": list(row.outdated),
        "missing": list(row.missing),
    }
