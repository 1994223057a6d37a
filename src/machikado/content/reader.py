"""Reading a site from its tree: everything that is wrong is found in one pass and told together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

import yaml

from machikado.content.department import Category, Department, Glossary, Term
from machikado.content.front_matter import Fault
from machikado.content.locale import Locale, Locales
from machikado.content.page import Page
from machikado.content.relations import Unsettled, relation_faults
from machikado.content.site import MemorySite, Site
from machikado.content.source import Source, read_source
from machikado.content.tree import Tree
from machikado.vocabulary import ConfigurationError, Finding, Location, Text, by_place

SHARED = ("assets",)
"""Folders under docs/ that belong to no locale."""


@dataclass(frozen=True)
class Reading:
    """What was read: the site of all readable pages, and the faults of the others."""

    site: MemorySite
    findings: tuple[Finding, ...]


def read_site(tree: Tree, docs: str = "docs", data: str = "i18n") -> Reading:
    """Read every page under `docs` and the vocabulary under `data`.

    Raises ConfigurationError when the vocabulary is unusable; faults of pages are findings.
    """
    words = read_vocabulary(tree, data)
    drafts, findings = _read_drafts(tree, docs, words.locales)
    originals = {
        draft.source.values["id"]: draft.source
        for draft in drafts
        if draft.place.locale.is_default and "id" in draft.source.values
    }
    pages = [draft.page(originals) for draft in drafts if draft.source.is_page]
    site = MemorySite(
        words.locales, tuple(pages), words.departments, words.categories, words.glossary
    )
    faulty = {draft.place.file: frozenset(draft.source.faulty) for draft in drafts}
    unread = _unread(tree, docs, site)
    unsettled = Unsettled(lambda page: faulty[page.file], unread.__contains__)
    findings.extend(
        finding_of(page.file, fault)
        for page in site.pages
        for fault in relation_faults(site, page, unsettled)
    )
    return Reading(site, by_place(findings))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a city's pages share: locales, departments, categories, glossary."""

    locales: Locales
    departments: Mapping[str, Department]
    categories: Mapping[str, Category]
    glossary: Glossary


def read_vocabulary(tree: Tree, data: str = "i18n") -> Vocabulary:
    """The vocabulary under `data`; raises ConfigurationError."""
    locales = read_locales(tree, data)
    return Vocabulary(
        locales,
        _read_departments(tree, data, locales),
        _read_categories(tree, data, locales),
        _read_glossary(tree, data, locales),
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Where a source is: its file from the project's root, its locale, its path in that locale."""

    file: str
    locale: Locale
    path: str


@dataclass(frozen=True, slots=True)
class _Draft:
    """A source in its place, before it is known what it translates."""

    place: Place
    source: Source
    body: str

    def page(self, originals: Mapping[str, Source]) -> Page:
        source, place = self.source, self.place
        meta = source.front_matter(originals.get(source.values["id"]))
        return Page(
            place.locale, place.path, place.file, meta, self.body, source.body_line, source.lines
        )


def _unread(tree: Tree, docs: str, site: Site) -> frozenset[str]:
    """The paths in the default locale of files that became no page: their translations are fine."""
    top = f"{docs}/{site.locales.default.code}"
    paths = {file.removeprefix(f"{top}/") for file in tree.files(top) if file.endswith(".md")}
    return frozenset(paths - {page.path for page in site.in_locale(site.locales.default)})


def _read_drafts(tree: Tree, docs: str, locales: Locales) -> tuple[list[_Draft], list[Finding]]:
    places, findings = places_of(tree.files(docs), docs, locales)
    drafts = [_Draft(place, *read_source(tree.read(place.file))) for place in places]
    findings.extend(
        finding_of(draft.place.file, fault) for draft in drafts for fault in draft.source.faults
    )
    return drafts, findings


def places_of(
    files: Iterable[str], docs: str, locales: Locales
) -> tuple[list[Place], list[Finding]]:
    """The place of every source among `files`, and what is wrong with those that have none."""
    places: list[Place] = []
    findings: list[Finding] = []
    known = {locale.code: locale for locale in locales}
    strange: set[str] = set()
    for file in files:
        if not file.endswith(".md"):
            continue
        folder, _, path = file.removeprefix(f"{docs}/").partition("/")
        if folder in SHARED:
            continue
        if folder in known and path:
            places.append(Place(file, known[folder], path))
        elif folder not in strange:
            strange.add(folder)
            findings.append(_unknown_locale(file, folder, locales))
    return places, findings


def _unknown_locale(file: str, folder: str, locales: Locales) -> Finding:
    known = ", ".join(locale.code for locale in locales)
    return finding_of(
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


def finding_of(file: str, fault: Fault) -> Finding:
    """A fault of a file as the finding that is reported."""
    return Finding(
        check=fault.check,
        message=fault.message,
        help=fault.help,
        page=file,
        source=Location(file, fault.line),
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
