"""Reading a site from its tree: everything that is wrong is found in one pass and told together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

import yaml

from machikado.content.department import Category, Department, Glossary, Term
from machikado.content.front_matter import (
    INHERITED,
    Fault,
    FrontMatter,
    FrontMatterError,
    PageType,
    Parsed,
    Split,
    parse,
    split,
)
from machikado.content.locale import Locale, Locales
from machikado.content.page import Page
from machikado.content.site import Site
from machikado.content.tree import Tree
from machikado.vocabulary import Finding, Location, Text, by_place

SHARED = ("assets",)
"""Folders under docs/ that belong to no locale."""
BOM = b"\xef\xbb\xbf"


class ConfigurationError(Exception):
    """The project is set up wrongly (exit code 2); `where` is the file, `text` what to do."""

    def __init__(self, where: str, text: Text) -> None:
        super().__init__(f"{where}: {text.en}")
        self.where, self.text = where, text


@dataclass(frozen=True)
class Reading:
    """What was read: the site of all readable pages, and the faults of the others."""

    site: Site
    findings: tuple[Finding, ...]


def read_site(tree: Tree, docs: str = "docs", data: str = "i18n") -> Reading:
    """Read every page under `docs` and the vocabulary under `data`.

    Raises ConfigurationError when the vocabulary is unusable; faults of pages are findings.
    """
    locales = read_locales(tree, data)
    departments = _read_departments(tree, data, locales)
    categories = _read_categories(tree, data, locales)
    glossary = _read_glossary(tree, data, locales)
    drafts, findings = _read_drafts(tree, docs, locales)
    sources = {
        d.parsed.values["id"]: d for d in drafts if d.locale.is_default and "id" in d.parsed.values
    }
    pages = [page for draft in drafts if (page := draft.page(sources)) is not None]
    site = Site(locales, tuple(pages), departments, categories, glossary)
    faulty = {draft.file: draft.faulty for draft in drafts}
    unread = _unread(tree, docs, site)
    findings.extend(_relations(site, faulty, unread))
    return Reading(site, by_place(findings))


@dataclass(frozen=True)
class _Draft:
    """A file whose front matter was read, before it is known what it translates."""

    locale: Locale
    path: str
    file: str
    source: Split
    parsed: Parsed

    @property
    def faulty(self) -> frozenset[str]:
        """The keys that are written but could not be read; they are not missing."""
        written = {key for key, value in self.source.values.items() if value is not None}
        return frozenset(written - self.parsed.values.keys())

    def page(self, sources: Mapping[str, _Draft]) -> Page | None:
        values = dict(self.parsed.values)
        if not {"id", "title"} <= values.keys():
            return None
        original = sources.get(values["id"])
        if original is not None and original is not self:
            for key in INHERITED:
                if key not in self.source.values and key in original.parsed.values:
                    values[key] = original.parsed.values[key]
        return Page(
            self.locale,
            self.path,
            self.file,
            FrontMatter(**values),
            self.source.body,
            self.source.body_line,
            dict(self.source.lines),
        )


def _unread(tree: Tree, docs: str, site: Site) -> frozenset[str]:
    """The paths in the default locale of files that became no page: their translations are fine."""
    top = f"{docs}/{site.locales.default.code}"
    paths = {file.removeprefix(f"{top}/") for file in tree.files(top) if file.endswith(".md")}
    return frozenset(paths - {page.path for page in site.in_locale(site.locales.default)})


def _read_drafts(tree: Tree, docs: str, locales: Locales) -> tuple[list[_Draft], list[Finding]]:
    drafts: list[_Draft] = []
    findings: list[Finding] = []
    strange: set[str] = set()
    for file in tree.files(docs):
        if not file.endswith(".md"):
            continue
        folder, _, path = file.removeprefix(f"{docs}/").partition("/")
        if folder in SHARED:
            continue
        if folder not in locales or not path:
            if folder not in strange:
                strange.add(folder)
                findings.append(_unknown_locale(file, folder, locales))
            continue
        try:
            text = _decode(tree.read(file))
            source = split(text)
        except FrontMatterError as error:
            findings.append(_finding(file, error.fault))
            continue
        parsed = parse(source)
        findings.extend(_finding(file, fault) for fault in parsed.faults)
        drafts.append(_Draft(locales[folder], path, file, source, parsed))
    return drafts, findings


def _decode(data: bytes) -> str:
    if data.startswith(BOM):
        raise FrontMatterError(
            Fault(
                "source-encoding",
                1,
                Text(
                    "ファイルの先頭に目に見えない記号（BOM）があります。",
                    "The file starts with a byte order mark (BOM).",
                ),
                Text(
                    "「UTF-8（BOMなし）」で保存し直してください。",
                    "Save it again as UTF-8 without BOM.",
                ),
            )
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise FrontMatterError(_encoding_fault(data, line)) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _encoding_fault(data: bytes, line: int) -> Fault:
    name = "UTF-8以外", "not UTF-8"
    for codec, ja, en in (("cp932", "Shift_JIS", "Shift_JIS"), ("euc_jp", "EUC-JP", "EUC-JP")):
        try:
            data.decode(codec)
        except UnicodeDecodeError:
            continue
        name = ja, f"probably {en}"
        break
    return Fault(
        "source-encoding",
        line,
        Text(
            f"文字コードが UTF-8 ではありません（{name[0]} のようです）。",
            f"The file is not UTF-8 ({name[1]}).",
        ),
        Text(
            "エディターの「名前を付けて保存」で、文字コードに UTF-8 を選んで保存し直してください。",
            "Save it again with the encoding UTF-8.",
        ),
    )


def _unknown_locale(file: str, folder: str, locales: Locales) -> Finding:
    known = ", ".join(locale.code for locale in locales)
    return _finding(
        file,
        Fault(
            "unknown-locale",
            1,
            Text(
                f"「{folder}」という言語のフォルダーはありません。",
                f"`{folder}` is no locale of this site.",
            )
            if not folder.endswith(".md")
            else Text(
                "言語のフォルダーの外にページがあります。",
                "The page is outside every locale's folder.",
            ),
            Text(
                f"ファイルを言語のフォルダー（{known}）のどれかへ移すか、"
                "i18n/locales.yml に言語を足してください。",
                f"Move the file into one of {known}, or add the locale to i18n/locales.yml.",
            ),
        ),
    )


def _finding(file: str, fault: Fault) -> Finding:
    return Finding(
        check=fault.check,
        message=fault.message,
        help=fault.help,
        page=file,
        source=Location(file, fault.line),
    )


def _relations(
    site: Site, faulty: Mapping[str, frozenset[str]], unread: frozenset[str]
) -> Iterator[Finding]:
    """What can only be seen between pages, or between a page and the vocabulary.

    faulty: by file, the keys that have a fault of their own already;
    unread: the paths of the source pages that could not be read.
    """
    yield from _duplicates(site)
    sources = Counter(page.id for page in site.in_locale(site.locales.default))
    for page in site.pages:
        # What a translation inherits is mended where the source says it.
        known = faulty[page.file] | faulty[site.source_of(page).file]
        for fault in _page_faults(site, page, known):
            yield _finding(page.file, fault)
        twin = site.page_at(site.locales.default, page.path)
        is_twin_in_doubt = page.path in unread or (twin is not None and sources[twin.id] > 1)
        if not page.locale.is_default and not is_twin_in_doubt:
            for fault in _translation_faults(site, page, twin, known):
                yield _finding(page.file, fault)


def _duplicates(site: Site) -> Iterator[Finding]:
    ids: dict[tuple[str, str], Page] = {}
    feed_ids: dict[str, Page] = {}
    addresses: dict[str, Page] = {}
    for page in site.pages:
        taken = addresses.setdefault(page.address, page)
        if taken is not page:
            yield _finding(
                page.file,
                Fault(
                    "duplicate-address",
                    1,
                    Text(
                        f"アドレス「{page.address}」が {taken.file} と同じになります。",
                        f"Its address `{page.address}` is also that of {taken.file}.",
                    ),
                    Text(
                        "どちらかのファイルの名前か場所を変えてください。",
                        "Rename or move one of the two files.",
                    ),
                ),
            )
    for page in site.pages:
        first = ids.setdefault((page.locale.code, page.id), page)
        if first is not page:
            yield _finding(
                page.file,
                Fault(
                    "duplicate-page-id",
                    page.lines.get("id", 1),
                    Text(
                        f"ページ番号「{page.id}」は {first.file} でも使われています。",
                        f"The id `{page.id}` is also used by {first.file}.",
                    ),
                    Text(
                        "どちらかの id を、まだ使われていない番号に変えてください"
                        "（machikado new page が空いた番号を付けます）。",
                        "Give one of them an unused id (`machikado new page` finds one).",
                    ),
                ),
            )
        if page.meta.feed_id is not None:
            other = feed_ids.setdefault(page.meta.feed_id, page)
            if other is not page:
                yield _finding(
                    page.file,
                    Fault(
                        "duplicate-feed-id",
                        page.lines.get("feed_id", 1),
                        Text(
                            f"feed_id が {other.file} と同じです。",
                            f"The feed_id is the same as in {other.file}.",
                        ),
                        Text(
                            "写して作ったページなら、feed_id を新しくしてください"
                            "（machikado new news が付けます）。",
                            "If this page was copied, give it a feed_id of its own "
                            "(`machikado new news` makes one).",
                        ),
                    ),
                )
        for alias in page.meta.aliases:
            old = page.locale.prefix.rstrip("/") + alias
            taken = addresses.setdefault(old, page)
            if taken is not page or old == page.address:
                yield _finding(
                    page.file,
                    Fault(
                        "alias-taken",
                        page.lines.get("aliases", 1),
                        Text(
                            f"以前のアドレス「{alias}」は、いま {taken.file} が使っています。",
                            f"The old address `{alias}` is in use by {taken.file}.",
                        ),
                        Text(
                            "aliases からこのアドレスを消してください。", "Remove it from aliases."
                        ),
                    ),
                )


def _page_faults(site: Site, page: Page, faulty: frozenset[str]) -> Iterator[Fault]:
    meta, lines = page.meta, page.lines
    if (
        meta.department is not None
        and meta.department not in site.departments
        and "department" in lines
    ):
        yield Fault(
            "unknown-department",
            lines["department"],
            Text(
                f"担当部署「{meta.department}」は登録されていません。",
                f"The department `{meta.department}` is not known.",
            ),
            Text(
                f"i18n/departments.yml にある名前を書いてください: {', '.join(site.departments)}",
                f"Use one of i18n/departments.yml: {', '.join(site.departments)}",
            ),
        )
    if meta.category is not None and meta.category not in site.categories and "category" in lines:
        yield Fault(
            "unknown-category",
            lines["category"],
            Text(
                f"分類「{meta.category}」は登録されていません。",
                f"The category `{meta.category}` is not known.",
            ),
            Text(
                f"i18n/categories.yml にある名前を書いてください: {', '.join(site.categories)}",
                f"Use one of i18n/categories.yml: {', '.join(site.categories)}",
            ),
        )
    own_dates = "publish_at" in lines or "expires_at" in lines
    if own_dates and meta.publish_at and meta.expires_at and meta.expires_at <= meta.publish_at:
        yield Fault(
            "expires-before-publish",
            lines.get("expires_at", 1),
            Text(
                "掲載の終わり（expires_at）が、始まり（publish_at）より前です。",
                "expires_at is not after publish_at.",
            ),
            Text("どちらかの日付を直してください。", "Correct one of the dates."),
        )
    if meta.type in (PageType.NEWS, PageType.EVENT):
        for key in ("feed_id", "publish_at"):
            if getattr(meta, key) is None and key not in faulty:
                yield Fault(
                    "news-without-" + key.replace("_", "-"),
                    lines.get("type", 1),
                    Text(f"お知らせに「{key}」がありません。", f"A news item needs `{key}`."),
                    Text(
                        "machikado new news で作ると、必要な項目が全部入ります。",
                        "`machikado new news` writes all that is needed.",
                    ),
                )


def _translation_faults(
    site: Site, page: Page, twin: Page | None, faulty: frozenset[str]
) -> Iterator[Fault]:
    if twin is not None and twin.id != page.id:
        yield Fault(
            "translation-id-differs",
            page.lines.get("id", 1),
            Text(
                f"ページ番号が、同じ場所の {twin.file}（{twin.id}）と違います。",
                f"The id differs from {twin.file} ({twin.id}) at the same path.",
            ),
            Text(
                f"同じページの翻訳なら id を {twin.id} にしてください。",
                f"If this translates the same page, set id to {twin.id}.",
            ),
        )
    has_source = site.source_of(page) is not page
    if has_source and page.meta.translation is None and "translation" not in faulty:
        yield Fault(
            "translation-undeclared",
            1,
            Text(
                "どのように翻訳したかが書かれていません。",
                "It is not said how this translation was made.",
            ),
            Text(
                "translation（source_hash, method, reviewer, date）を書いてください。"
                "machikado translate が下書きを作ります。",
                "Add translation (source_hash, method, reviewer, date); "
                "`machikado translate` drafts it.",
            ),
        )
    if has_source and _says_the_same(page, site.source_of(page)):
        yield Fault(
            "translation-not-done",
            page.body_line,
            Text(
                "まだ翻訳されていません。元のページと同じ文章です。",
                "This is not translated yet: it says the same as its source.",
            ),
            Text(
                "題名、概要、本文をこの言語に書き直してから公開してください。",
                "Put title, summary and text into this language before it is published.",
            ),
        )
    if not has_source and page.meta.translation is not None:
        yield Fault(
            "translation-without-source",
            page.lines.get("translation", 1),
            Text(
                f"元のページ（id {page.id}）が見つかりません。",
                f"There is no source page with id {page.id}.",
            ),
            Text(
                "id を元のページと同じにするか、translation を消してください。",
                "Use the id of the source page, or remove translation.",
            ),
        )


def _says_the_same(page: Page, source: Page) -> bool:
    """Whether a translation is still the draft that was copied from its source, word for word."""
    return bool(source.body.strip()) and (page.title, page.meta.summary, page.body.strip()) == (
        source.title,
        source.meta.summary,
        source.body.strip(),
    )


def read_locales(tree: Tree, data: str = "i18n") -> Locales:
    """The locales of `<data>/locales.yml`; raises ConfigurationError."""
    name = f"{data}/locales.yml"
    rows = _yaml(tree, name, list)
    try:
        locales = tuple(
            Locale(
                code=str(row["code"]),
                lang=str(row.get("lang", row["code"])),
                name=str(row["name"]),
                cldr=str(row.get("cldr", row["code"])),
                hreflang=row.get("hreflang", row["code"]),
                is_default=bool(row.get("default", False)),
            )
            for row in rows
        )
        return Locales(locales)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ConfigurationError(
            name,
            Text(
                f"言語の一覧に誤りがあります（{error}）。"
                "どの言語にも code と name が要り、default: true はちょうど1つです。",
                f"The list of locales is wrong ({error}). Each needs code and name; "
                "exactly one is the default.",
            ),
        ) from None


def _read_departments(tree: Tree, data: str, locales: Locales) -> dict[str, Department]:
    rows = _named_rows(
        tree,
        f"{data}/departments.yml",
        locales,
        {"id", "names", "phone", "fax", "email", "example"},
    )
    return {
        row["id"]: Department(
            row["id"],
            row["names"],
            row.get("phone"),
            row.get("fax"),
            row.get("email"),
            bool(row.get("example")),
        )
        for row in rows
    }


def _read_categories(tree: Tree, data: str, locales: Locales) -> dict[str, Category]:
    rows = _named_rows(tree, f"{data}/categories.yml", locales, {"id", "names", "urgent"})
    return {row["id"]: Category(row["id"], row["names"], bool(row.get("urgent"))) for row in rows}


def _named_rows(tree: Tree, name: str, locales: Locales, keys: set[str]) -> list[dict[str, Any]]:
    if not tree.exists(name):
        return []
    rows: list[dict[str, Any]] = _yaml(tree, name, list)
    for number, row in enumerate(rows, 1):
        names = row.get("names") if isinstance(row, dict) else None
        if (
            not isinstance(names, dict)
            or "id" not in row
            or not names.get(locales.default.code)
            or set(row) - keys
        ):
            raise ConfigurationError(
                name,
                Text(
                    f"{number}番目の項目に誤りがあります。id と "
                    f"names（{locales.default.code} を含む）が要り、使える項目は "
                    f"{', '.join(sorted(keys))} です。",
                    f"Entry {number} is wrong: it needs id and names (with "
                    f"{locales.default.code}); known keys: {', '.join(sorted(keys))}.",
                ),
            )
        row["id"] = str(row["id"])
    return rows


def _read_glossary(tree: Tree, data: str, locales: Locales) -> Glossary:
    allowed = {f.name for f in fields(Term)}
    terms: dict[str, dict[str, Term]] = {}
    for locale in locales:
        name = f"{data}/glossary/{locale.code}.yml"
        if not tree.exists(name):
            continue
        terms[locale.code] = {}
        for number, row in enumerate(_yaml(tree, name, list), 1):
            if not isinstance(row, dict) or not {"id", "term", "definition"} <= set(row) <= allowed:
                raise ConfigurationError(
                    name,
                    Text(
                        f"{number}番目の用語に誤りがあります。id、term、definition が要ります。",
                        f"Term {number} is wrong: it needs id, term and definition.",
                    ),
                )
            term = Term(**{key: str(value) for key, value in row.items() if value is not None})
            terms[locale.code][term.id] = term
    return Glossary(terms)


def _yaml(tree: Tree, name: str, kind: type) -> Any:  # noqa: ANN401 - what YAML holds
    try:
        content = yaml.safe_load(tree.read(name).decode("utf-8"))
    except FileNotFoundError:
        raise ConfigurationError(
            name, Text("ファイルがありません。", "The file is missing.")
        ) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{name}:{mark.line + 1}" if mark else name
        raise ConfigurationError(
            where,
            Text("書き方に誤りがあり、読み取れません。", "The file is not valid YAML in UTF-8."),
        ) from None
    if not isinstance(content, kind):
        raise ConfigurationError(
            name, Text("「- 」で始まる一覧になっていません。", "The file does not hold a list.")
        )
    return content


def faults_of(findings: Iterable[Finding], file: str) -> list[Finding]:
    """The findings whose source is `file`."""
    return [f for f in findings if f.source is not None and f.source.file == file]
