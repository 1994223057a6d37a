"""The report's pages as source files of the site: front matter around what `pages` says.

A page is written anew only where the report wrote it before, or where there is none: staff's own
text is never overwritten.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from html import escape
from posixpath import dirname, relpath
from random import Random

import yaml

from machikado.conformance.pages import RESULT, PageText
from machikado.conformance.policy import FILE, Policy
from machikado.conformance.result import a_year_after
from machikado.conformance.sample import GENERATED
from machikado.content.drafting import Draft, stamp
from machikado.content.front_matter import FENCE, FrontMatter, FrontMatterError, split
from machikado.content.locale import Locale
from machikado.content.site import Site
from machikado.content.source import read_source
from machikado.content.tree import Tree
from machikado.vocabulary import ConfigurationError, Language, Text

_UPDATED = re.compile(r"^updated_at:.*$", re.MULTILINE)
_LANGUAGES: tuple[Language, ...] = ("ja", "en")


class _Plain(yaml.SafeDumper):
    """Writes a day twice where it stands twice: front matter takes no references (`&`, `*`)."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the signature is PyYAML's
        return True


def languages_of(site: Site) -> tuple[Language, ...]:
    """The languages in which the site can have the report, its source first.

    Raises ConfigurationError where the site's own language is neither Japanese nor English.
    """
    default = site.locales.default.code
    found = [one for one in _LANGUAGES if one in site.locales]
    if default not in found:
        raise ConfigurationError(
            "i18n/locales.yml",
            Text(
                "報告のページは、日本語か英語が元の言語のサイトにだけ作れます。",
                "The report's pages can be made only for a site whose own language is Japanese or English.",
            ),
        )
    return tuple(sorted(found, key=lambda one: one != default))


def titles_of(site: Site) -> Mapping[Language, Mapping[str, str]]:
    """The title of every page by its address, as Markdown in the result page of each language."""
    titles: dict[Language, dict[str, str]] = {}
    for spoken in languages_of(site):
        here = site.locales[spoken]
        titles[spoken] = {
            page.address: f"[{page.title}]({relpath(page.path, dirname(RESULT))})"
            if page.locale is here
            else f'<span lang="{page.locale.lang}">{escape(page.title)}</span>'
            for page in site.pages
        }
    return titles


def drafts(
    tree: Tree, docs: str, site: Site, page: PageText, policy: Policy, day: date
) -> list[Draft]:
    """The page in every language of the report. Raises ConfigurationError for one that staff wrote.

    site: with every page, public or not, so that no id is given twice.
    """
    written: list[Draft] = []
    digest = ""
    for spoken in languages_of(site):
        locale = site.locales[spoken]
        file = f"{docs}/{locale.code}/{page.path}"
        body = page.body.spoken(spoken)
        old = tree.read(file).decode("utf-8", "replace") if tree.exists(file) else None
        if old is None:
            head = _head(site, page, locale, policy, day, digest)
            text = f"{FENCE}\n{head}{FENCE}\n{body}"
        else:
            text = _renewed(file, old, body, day, digest)
        if locale.is_default:
            digest = read_source(text.encode())[0].digest
        written.append(Draft(file, text))
    return written


def _renewed(file: str, old: str, body: str, day: date, digest: str) -> str:
    """`old` with a new body; its days and its source digest change only where something else does."""
    try:
        given = split(old.replace("\r\n", "\n"))
    except FrontMatterError as error:
        raise ConfigurationError(file, error.fault.message) from None
    if not given.body.lstrip().startswith(GENERATED):
        raise ConfigurationError(
            file,
            Text(
                "このページは人が書いたものなので、上書きしません。残したい文章を "
                f"{FILE} の introduction や more に移してから、このファイルを消してください"
                "（本文の最初の行に "
                f"{GENERATED} --> と書けば、番号などを残したまま本文だけを作り直します）。",
                f"People wrote this page, so it is not overwritten. Move what you want to keep to "
                f"`introduction` or `more` of {FILE}, then delete this file (or write {GENERATED} --> "
                "as the first line of its text to keep its front matter and have the text made anew).",
            ),
        )
    head = old.replace("\r\n", "\n")[: -len(given.body)] if given.body else old
    if given.body != body:
        head = _UPDATED.sub(f"updated_at: {day.isoformat()}", head, count=1)
    text = head + body
    translation = given.values.get("translation")
    if digest and isinstance(translation, dict) and translation.get("source_hash") != digest:
        text = stamp(text, digest, day)
    return text


def _head(
    site: Site, page: PageText, locale: Locale, policy: Policy, day: date, digest: str
) -> str:
    """The front matter of a new page; that of a translation takes most from its source."""
    spoken: Language = "ja" if locale.code == "ja" else "en"
    head: dict[str, object] = {
        "id": _fresh_id(site, page.path),
        "title": page.title.spoken(spoken),
        "summary": page.summary.spoken(spoken),
    }
    if locale.is_default:
        like = _like(site)
        head |= {"type": "page"}
        head |= {"category": like.category} if like and like.category else {}
        head |= {"department": like.department} if like and like.department else {}
        head |= {"publish_at": day, "updated_at": day, "review_by": a_year_after(day)}
    else:
        head["updated_at"] = day
        head["translation"] = {
            "source_hash": digest,
            "method": policy.method.value,
            "reviewer": policy.reviewer,
            "date": day,
        }
    return str(yaml.dump(head, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=10_000))


def _like(site: Site) -> FrontMatter | None:
    """The page whose category and department a new page of the report takes."""
    for path in ("accessibility.md", "accessibility/index.md", "index.md"):
        if found := site.page_at(site.locales.default, path):
            return found.meta
    return None


def _fresh_id(site: Site, path: str) -> int | str:
    """The id of the page in another language, else an unused one of seven digits."""
    for spoken in languages_of(site):
        if twin := site.page_at(site.locales[spoken], path):
            return int(twin.id) if twin.id.isdigit() else twin.id
    chance = Random(path)  # noqa: S311 - an id is no secret, and a report is the same for everyone
    while True:
        page_id = chance.randrange(1_000_000, 10_000_000)
        if str(page_id) not in site.ids:
            return page_id
