"""`machikado translate`: drafts a translation, or stamps one that was brought up to date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import click

from machikado.cli.common import (
    clock_option,
    config_option,
    in_project,
    open_project,
    read_sources,
    say,
    stop,
    words,
    write_draft,
)
from machikado.content.drafting import DraftError, draft_translation, stamp
from machikado.content.front_matter import DEFAULT_ZONE, Method
from machikado.content.page import Page
from machikado.content.site import Site, TranslationStatus
from machikado.project import Project


@click.command(
    help=words(
        """翻訳の下書きを作ります。直し終えた翻訳には、元のページの今の印（source_hash）と日付を付けます。

        \b
        例:
          machikado translate docs/ja/plan/index.md --to ko       # 下書きを作る
          machikado translate docs/ko/plan/index.md --stamp       # 直し終えた翻訳に印を付ける
          machikado translate --stamp --all                       # 古くなっている印を全部付け直す
        """,
        """Draft a translation; or stamp one that was brought up to date with its source's digest and
        the date.

        \b
        Examples:
          machikado translate docs/ja/plan/index.md --to ko       # make a draft
          machikado translate docs/ko/plan/index.md --stamp       # this translation is up to date
          machikado translate --stamp --all                       # stamp all that are outdated
        """,
    )
)
@click.argument("pages", nargs=-1, metavar="[PAGE]...", type=click.Path(path_type=Path))
@click.option(
    "--to", "locale", metavar="LOCALE", help=words("訳す先の言語。", "Locale to translate to.")
)
@click.option(
    "--method", type=click.Choice([method.value for method in Method]), default=Method.HUMAN.value,
    show_default=True, help=words("翻訳のしかた。", "How the translation is made."),
)  # fmt: skip
@click.option(
    "--stamp", "stamps", is_flag=True, help=words("印を付け直す。", "Stamp translations.")
)
@click.option("--all", "every", is_flag=True, help=words("翻訳を全部。", "All translations."))
@clock_option
@config_option
def translate(
    pages: tuple[Path, ...],
    locale: str | None,
    method: str,
    stamps: bool,
    every: bool,
    now: datetime,
    config_file: Path,
) -> None:
    if stamps == (locale is not None):
        stop(
            "--to（下書きを作る）か --stamp（印を付ける）の、どちらか一方を書いてください。",
            "Give either --to LOCALE (make a draft) or --stamp (mark as up to date).",
        )
    if every and not stamps:
        stop("--all は --stamp と一緒に使います。", "--all goes with --stamp.")
    if every == bool(pages):
        stop(
            "ページのファイルを書いてください"
            + ("（--all とは一緒に書けません）。" if every else "。"),
            "Give either pages or --all." if every else "Give the file of a page.",
        )
    project = open_project(config_file)
    site = read_sources(project).site
    if locale is None:
        chosen = _outdated(site) if every else _named(project, site, pages)
        _stamp(project, site, chosen, now)
        return
    for page in _named(project, site, pages):
        _draft(project, site, page, locale, Method(method), now)


def _named(project: Project, site: Site, given: Iterable[Path]) -> list[Page]:
    pages = {page.file: page for page in site.pages}
    found: list[Page] = []
    for path in given:
        name = in_project(project, path)
        if name not in pages:
            stop(
                f"{path}: このページは、ないか、読み取れません（machikado check "
                "で確かめてください）。",
                f"{path}: no such page, or it cannot be read (see machikado check).",
            )
        found.append(pages[name])
    return found


def _outdated(site: Site) -> list[Page]:
    """Every translation whose stamp is not its source's digest: the others keep their date."""
    return [
        page
        for page in site.pages
        if page.meta.translation is not None
        and site.status(page.id, page.locale) is TranslationStatus.OUTDATED
    ]


def _stamp(project: Project, site: Site, pages: Iterable[Page], now: datetime) -> None:
    day = now.astimezone(DEFAULT_ZONE).date()
    stamped: dict[str, str] = {}
    for page in pages:
        source = site.source_of(page)
        if page.meta.translation is None or source is page:
            stop(f"{page.file} は翻訳ではありません。", f"{page.file} is no translation.")
        text = (project.root / page.file).read_bytes().decode("utf-8")
        try:
            stamped[page.file] = stamp(text, source.digest, day)
        except DraftError as error:
            stop(f"{page.file}: {error.text.ja}", f"{page.file}: {error.text.en}")
    for file, text in stamped.items():
        (project.root / file).write_bytes(text.encode("utf-8"))
        click.echo(file)
    say(f"{len(stamped)}件の翻訳に印を付けました。", f"{len(stamped)} translations stamped")


def _draft(
    project: Project, site: Site, page: Page, locale: str, method: Method, now: datetime
) -> None:
    try:
        draft = draft_translation(
            site,
            page,
            locale,
            authority=urlsplit(project.site_url).hostname or "",
            now=now,
            docs=project.docs,
            method=method,
        )
    except DraftError as error:
        stop(error.text.ja, error.text.en)
    write_draft(project, draft)
    say(
        f"次は: {draft.file} の title、summary、本文を訳してください。"
        "訳し終えるまでは、元の言語の文章が公開されます。",
        f"Next: translate title, summary and text of {draft.file}; "
        "until then it publishes the words of the source.",
    )
