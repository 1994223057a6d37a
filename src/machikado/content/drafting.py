"""Drafting: the text of a new page, news item or translation, and the stamp of a translation.

Everything is pure: the clock's time and the source of chance are arguments, and the caller writes the
file. What is drafted passes every check as it stands, so that an editor starts from a clean page.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

import yaml

from machikado.content.address import address_of
from machikado.content.front_matter import (
    DEFAULT_ZONE,
    FENCE,
    FrontMatter,
    Method,
    PageType,
    Split,
    split,
)
from machikado.content.locale import Locale
from machikado.content.page import Page
from machikado.content.site import Site
from machikado.vocabulary import Text

_PART = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
"""A part of an address that people can read out and type: no capitals, no spaces, ASCII only."""
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$")

_HOW_TO_WRITE = """\
1. はじめの段落に、だれに、何を知らせるページかを書きます。
2. 見出しは「## 」から始め、その下の段は「### 」にします。
3. リンクは [行き先の名前](ファイル名.md) のように、行き先が分かる言葉にします。
4. 画像は ![画像が伝えること](ファイル名)、飾りの画像は ![](ファイル名){.decorative} と書きます。
5. 表の上には「表: 何の表か」という行と、空行を入れます。
6. 書けたら「machikado check」で確かめます。
"""
_PAGE_GUIDE = f"""\
<!--
書き方（この囲みの中は公開されません。書き終えたら囲みごと消してください）

{_HOW_TO_WRITE}
見出しの例（使うものを囲みの外に写してください）
## 対象になる人
## 手続きの方法
## 必要なもの
-->
"""
_NEWS_GUIDE = f"""\
<!--
書き方（この囲みの中は公開されません。書き終えたら囲みごと消してください）

{_HOW_TO_WRITE}
お知らせに書くこと: いつ、どこで、だれに関わる、何が、どうなるか。日付は和暦と西暦の両方を書きます。
feed_id と id は、購読している人に同じ記事だと伝える番号です。あとから変えないでください。
-->
"""


class DraftError(ValueError):
    """What was asked for cannot be drafted; `text` says what to give instead."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True, slots=True)
class Draft:
    """A file to write: its name from the project's root and its text."""

    file: str
    text: str


def draft_page(
    site: Site,
    path: str,
    title: str,
    *,
    now: datetime,
    chance: Random,
    docs: str = "docs",
    locale: str | None = None,
    department: str | None = None,
    category: str | None = None,
) -> Draft:
    """A page at `path` (from its locale's folder, `.md` may be left out); raises DraftError.

    Department and category default to those of the section above. A path that ends in `/` or in
    `index.md` becomes a section.
    """
    place = _locale(site, locale)
    title = _one_line(title)
    path = _path(path, docs, place)
    _is_free(site, place, path)
    if (twin := site.page_at(site.locales.default, path)) is not None:
        raise DraftError(
            Text(
                f"同じ場所に {twin.file} があります。翻訳は「machikado translate {twin.file} "
                f"--to {place.code}」で作ってください。",
                f"{twin.file} has this path; make its translation with "
                f"`machikado translate {twin.file} --to {place.code}`.",
            )
        )
    section = _section_above(site, place, path)
    day = _day(now)
    is_section = path == "index.md" or path.endswith("/index.md")
    summary = f"{_topic(title)}についてのページです。" if place.cldr == "ja" else title
    head = {
        "id": _fresh_id(site, chance),
        "title": _scalar(title),
        "summary": _scalar(summary),
        "type": (PageType.SECTION if is_section else PageType.PAGE).value,
        "category": _known(
            category, site.categories, "category", section.category if section else None
        ),
        "department": _known(
            department, site.departments, "department", section.department if section else None
        ),
        "publish_at": day.isoformat(),
        "updated_at": day.isoformat(),
        "review_by": _a_year_after(day).isoformat(),
    }
    return Draft(
        _file(docs, place, path), _document(head, f"\n{_PAGE_GUIDE}\n{_paragraph(summary)}\n")
    )


def draft_news(
    site: Site,
    title: str,
    *,
    authority: str,
    now: datetime,
    chance: Random,
    docs: str = "docs",
    publish_at: datetime | None = None,
    slug: str | None = None,
    category: str | None = None,
) -> Draft:
    """A news item in the default locale, published at `publish_at` or now; raises DraftError.

    authority: the host of the site, which owns the item's permanent feed id. RFC 4151 wants a day on
    which it did: that is today, whenever the item appears.
    """
    place = site.locales.default
    title = _one_line(title)
    if slug is not None and not _PART.fullmatch(slug):
        raise _wrong_name(slug)
    page_id = _fresh_id(site, chance)
    moment = (publish_at or now).astimezone(DEFAULT_ZONE).replace(microsecond=0)
    path = f"news/{moment.date().isoformat()}-{slug or page_id}.md"
    _is_free(site, place, path)
    section = _section_above(site, place, path)
    summary = f"{_topic(title)}についてお知らせします。" if place.cldr == "ja" else title
    head = {
        "id": page_id,
        "title": _scalar(title),
        "summary": _scalar(summary),
        "type": PageType.NEWS.value,
        "category": _known(
            category, site.categories, "category", section.category if section else None
        ),
        "department": section.department if section else None,
        "publish_at": moment.isoformat(),
        "updated_at": moment.date().isoformat(),
        "review_by": _a_year_after(moment.date()).isoformat(),
        "feed_id": _feed_id(authority, _day(now), place, page_id),
    }
    return Draft(
        _file(docs, place, path), _document(head, f"\n{_NEWS_GUIDE}\n{_paragraph(summary)}\n")
    )


def draft_translation(
    site: Site,
    source: Page,
    locale: str,
    *,
    authority: str,
    now: datetime,
    docs: str = "docs",
    method: Method = Method.HUMAN,
) -> Draft:
    """The source page as a draft in `locale`: its words are still to be translated; raises DraftError.

    The front matter names the digest of the source, so that a later change of the source shows.
    """
    place = _locale(site, locale)
    original = site.source_of(source)
    if original is not source:
        raise DraftError(
            Text(
                f"{source.file} は翻訳です。元のページ {original.file} を指定してください。",
                f"{source.file} is itself a translation; give its source, {original.file}.",
            )
        )
    if (existing := site.translations(source.id).get(place.code)) is not None:
        raise DraftError(
            Text(
                f"このページの{place.name}版は、もう {existing.file} にあります。",
                f"This page already exists in {place.code}: {existing.file}.",
            )
        )
    _is_free(site, place, source.path)
    day = _day(now).isoformat()
    meta = source.meta
    translation = (
        f'\n  source_hash: "{source.digest}"\n  method: {method.value}'
        f"\n  reviewer: null\n  date: {day}"
    )
    head = {
        "id": source.id,
        "title": _scalar(meta.title),
        "summary": _scalar(meta.summary) if meta.summary else None,
        "updated_at": day,
        "translation": translation,
        "feed_id": _translated_feed_id(source, place, authority, _day(now)),
    }
    return Draft(_file(docs, place, source.path), _document(head, source.body))


def stamp(text: str, digest: str, day: date) -> str:
    """`text` of a translation with this source digest and date; not a character more is changed.

    Raises DraftError where the front matter is written in a way that cannot be changed safely, and
    FrontMatterError where it cannot be read.
    """
    rows = _LINE.findall(text)
    head = _split(text)
    for key, value in (("source_hash", f'"{digest}"'), ("date", day.isoformat())):
        line = head.lines.get(f"translation.{key}")
        if line is None:
            continue
        given = rf"(?<![\w-])({key}:)[ \t]*(\"[^\"]*\"|'[^']*'|[^\s,}}#]*)"
        rows[line - 1] = re.sub(given, rf"\g<1> {value}", rows[line - 1], count=1)
    stamped = "".join(rows)
    translation = _split(stamped).values.get("translation")
    written = translation if isinstance(translation, dict) else {}
    if (written.get("source_hash"), written.get("date")) != (digest, day.isoformat()):
        raise DraftError(
            Text(
                f'translation に「source_hash: "{digest}"」と「date: {day}」を書いてください'
                "（今の書き方では自動で書き換えられません）。",
                f'Write source_hash: "{digest}" and date: {day} under translation; '
                "the way it is written now cannot be changed by machine.",
            )
        )
    return stamped


def _split(text: str) -> Split:
    return split(text.replace("\r\n", "\n").replace("\r", "\n"))


def _locale(site: Site, code: str | None) -> Locale:
    if code is None:
        return site.locales.default
    if code not in site.locales:
        known = ", ".join(locale.code for locale in site.locales)
        raise DraftError(
            Text(
                f"「{code}」という言語はありません。使えるのは {known} です。",
                f"There is no locale `{code}`; the locales are {known}.",
            )
        )
    return site.locales[code]


def _one_line(title: str) -> str:
    line = " ".join(title.split())
    if not line:
        raise DraftError(Text("題名が空です。", "The title is empty."))
    return line


def _path(given: str, docs: str, locale: Locale) -> str:
    path = given.replace("\\", "/").removeprefix("./").removeprefix(f"{docs}/{locale.code}/")
    if path.endswith("/"):
        path += "index.md"
    parts = path.removesuffix(".md").split("/")
    for part in parts:
        if not _PART.fullmatch(part):
            raise _wrong_name(part)
    return "/".join(parts) + ".md"


def _wrong_name(name: str) -> DraftError:
    return DraftError(
        Text(
            f"「{name}」はアドレスに使えません。半角の英小文字、数字、ハイフンで書いてください"
            "（例: plan/snow-removal）。",
            f"`{name}` cannot be part of an address; use lower-case letters, digits and hyphens "
            "(for example plan/snow-removal).",
        )
    )


def _is_free(site: Site, locale: Locale, path: str) -> None:
    """Raises DraftError when another page has the address."""
    address = address_of(locale, path)
    for page in site.in_locale(locale):
        if page.address == address:
            raise DraftError(
                Text(
                    f"アドレス「{address}」には、もう {page.file} があります。",
                    f"The address `{address}` already belongs to {page.file}.",
                )
            )


def _section_above(site: Site, locale: Locale, path: str) -> FrontMatter | None:
    folder = path.rpartition("/")[0]
    while True:
        index = f"{folder}/index.md" if folder else "index.md"
        if index != path and (found := site.page_at(locale, index)):
            return found.meta
        if not folder:
            return None
        folder = folder.rpartition("/")[0]


def _known(
    given: str | None, known: Mapping[str, object], key: str, default: str | None
) -> str | None:
    if given is not None and given not in known:
        names = ", ".join(known)
        raise DraftError(
            Text(
                f"{key}「{given}」は登録されていません。使えるのは {names} です。",
                f"There is no {key} `{given}`; known are {names}.",
            )
        )
    return given or default


def _fresh_id(site: Site, chance: Random) -> str:
    """An unused page id of seven digits. It orders nothing: a section may number its pages by hand."""
    while True:
        page_id = str(chance.randrange(1_000_000, 10_000_000))
        if page_id not in site.ids:
            return page_id


def _feed_id(authority: str, day: date, locale: Locale, page_id: str) -> str:
    """A tag URI (RFC 4151) that never changes, whatever becomes of the page's address."""
    return f"tag:{authority},{day.isoformat()}:{locale.code}/{page_id}"


def _translated_feed_id(source: Page, locale: Locale, authority: str, day: date) -> str | None:
    if source.meta.type not in (PageType.NEWS, PageType.EVENT):
        return None
    own = f":{source.locale.code}/{source.id}"
    if source.meta.feed_id and source.meta.feed_id.endswith(own):
        return f"{source.meta.feed_id.removesuffix(own)}:{locale.code}/{source.id}"
    return _feed_id(authority, day, locale, source.id)


def _day(moment: datetime) -> date:
    return moment.astimezone(DEFAULT_ZONE).date()


def _a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return date(day.year + 1, 3, 1)


def _file(docs: str, locale: Locale, path: str) -> str:
    return f"{docs}/{locale.code}/{path}"


def _scalar(text: str) -> str:
    """`text` as one YAML scalar, quoted where it must be."""
    dumped: str = yaml.safe_dump(text, allow_unicode=True, width=sys.maxsize)
    return dumped.removesuffix("\n").removesuffix("\n...")


def _topic(title: str) -> str:
    """What a Japanese title is about, so that について is not said twice."""
    return title.removesuffix("について")


def _paragraph(text: str) -> str:
    """`text` as a Markdown paragraph that shows just these characters."""
    escaped = re.sub(r"([\\`*_\[\]])", r"\\\1", text).replace("<", "&lt;")
    return re.sub(r"^([#>+!-]|\d+(?=\.))", lambda m: _escaped_start(m.group()), escaped)


def _escaped_start(mark: str) -> str:
    """What would begin a heading, quote or list, made plain: `\\#`, but `1\\.`."""
    return f"{mark}\\" if mark.isdecimal() else f"\\{mark}"


def _document(head: Mapping[str, str | None], body: str) -> str:
    rows: Iterable[str] = (
        f"{key}:{value}" if value.startswith("\n") else f"{key}: {value}"
        for key, value in head.items()
        if value is not None
    )
    return "\n".join((FENCE, *rows, FENCE, body))
