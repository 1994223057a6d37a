"""`machikado new`: a page or a news item that is valid from its first moment, ids included."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path
from random import SystemRandom
from urllib.parse import urlsplit

import click

from machikado.cli.common import (
    clock_option,
    config_option,
    open_project,
    read_sources,
    say,
    stop,
    words,
    write_draft,
)
from machikado.content.drafting import Draft, DraftError, draft_news, draft_page
from machikado.content.front_matter import DEFAULT_ZONE, parse_time
from machikado.project import Project

OFFICE_OPENS = time(9, 0)
"""When a news item given a day alone is published."""


@click.group(
    help=words(
        "新しいページやお知らせのファイルを作る。", "Make the file of a new page or news item."
    )
)
def new() -> None:
    pass


@new.command(
    help=words(
        """PATH に新しいページを作ります。

        番号（id）と日付を付け、書き方の案内を入れます。担当部署と分類は、書かなければ上のページと同じです。

        \b
        例:
          machikado new page life/garbage --title ごみの出し方 --department kankyo
          machikado new page life/ --title くらし      # フォルダーの入口（life/index.md）
        """,
        """Make a new page at PATH.

        It gets its id, its dates and a guide to writing. Department and category default to those of
        the page above.

        \b
        Examples:
          machikado new page life/garbage --title ごみの出し方 --department kankyo
          machikado new page life/ --title くらし      # the front page of a folder (life/index.md)
        """,
    )
)
@click.argument("path")
@click.option("--title", "-t", required=True, help=words("題名。", "Title."))
@click.option("--department", "-d", metavar="ID", help=words("担当部署。", "Department."))
@click.option("--category", "-c", metavar="ID", help=words("分類。", "Category."))
@click.option("--locale", "-l", metavar="LOCALE", help=words("言語。", "Locale."))
@clock_option
@config_option
def page(
    path: str,
    title: str,
    department: str | None,
    category: str | None,
    locale: str | None,
    now: datetime,
    config_file: Path,
) -> None:
    project = open_project(config_file)
    site = read_sources(project).site
    try:
        draft = draft_page(
            site,
            path,
            title,
            now=now,
            chance=SystemRandom(),
            docs=project.docs,
            locale=locale,
            department=department,
            category=category,
        )
    except DraftError as error:
        stop(error.text.ja, error.text.en)
    _finish(project, draft)


@new.command(
    help=words(
        """TITLE のお知らせを作ります。

        番号（id）、購読のための番号（feed_id）、公開の日時を付けます。日だけを書くと、その日の9時に公開されます。

        \b
        例:
          machikado new news 大雪の日のごみ収集について --slug snow --category emergency
          machikado new news 窓口の混雑予想 --date 2026-12-01T08:30
        """,
        """Make a news item called TITLE.

        It gets its id, its permanent feed id and its time of publication: with a day alone, nine
        o'clock of that day.

        \b
        Examples:
          machikado new news 大雪の日のごみ収集について --slug snow --category emergency
          machikado new news 窓口の混雑予想 --date 2026-12-01T08:30
        """,
    )
)
@click.argument("title")
@click.option("--slug", "-s", help=words("アドレスに使う英単語。", "Words for the address."))
@click.option("--category", "-c", metavar="ID", help=words("分類。", "Category."))
@click.option(
    "--date", "day", metavar="DATE", help=words("公開の日か日時。", "Day or time of publication.")
)
@clock_option
@config_option
def news(
    title: str,
    slug: str | None,
    category: str | None,
    day: str | None,
    now: datetime,
    config_file: Path,
) -> None:
    publish_at = _publication(day) if day else None
    project = open_project(config_file)
    site = read_sources(project).site
    try:
        draft = draft_news(
            site,
            title,
            authority=urlsplit(project.site_url).hostname or "",
            now=now,
            chance=SystemRandom(),
            docs=project.docs,
            publish_at=publish_at,
            slug=slug,
            category=category,
        )
    except DraftError as error:
        stop(error.text.ja, error.text.en)
    if publish_at is not None and now - publish_at > timedelta(days=1):
        say(
            f"公開の日時（{publish_at:%Y-%m-%dT%H:%M}）は過去です。すぐに公開され、SNSには承認するまで投稿されません。"
            "年や月のまちがいなら、publish_at を直してください。",
            f"The time of publication, {publish_at:%Y-%m-%dT%H:%M}, is past: the notice is public at once and is "
            "not posted on social networks until it is approved. If year or month are wrong, mend publish_at.",
        )
    _finish(project, draft)


def _publication(given: str) -> datetime:
    """The time an editor gave; a day alone means the opening of the office, not midnight."""
    try:
        moment = parse_time(given)
    except ValueError:
        stop(
            f"日付「{given}」を読み取れません。2026-12-01 か 2026-12-01T09:00 "
            "のように書いてください。",
            f"`{given}` is no ISO 8601 date; write 2026-12-01 or 2026-12-01T09:00.",
        )
    is_day = ":" not in given and "T" not in given.upper()
    return moment.replace(hour=OFFICE_OPENS.hour, tzinfo=DEFAULT_ZONE) if is_day else moment


def _finish(project: Project, draft: Draft) -> None:
    write_draft(project, draft)
    say(
        f"次は: {draft.file} を開いて summary（要約）と本文を書き、"
        f"「machikado check {draft.file}」で確かめてください。",
        f"Next: open {draft.file}, write the summary and the text, then run "
        f"`machikado check {draft.file}`.",
    )
