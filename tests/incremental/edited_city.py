"""A small city on the disk that a test edits, and builds of it: warm, cold, and without any cache."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, cast

from machikado.assets import asset_address
from machikado.check import check_sources
from machikado.content.address import output_file
from machikado.content.reader import read_site
from machikado.content.source import read_source
from machikado.incremental.builder import Builder, Built
from machikado.incremental.glance import MARK, look
from machikado.incremental.ledger import microseconds
from machikado.incremental.store import Store
from machikado.messages import read_catalogues
from machikado.press import Press, theme_files
from machikado.project import Project
from machikado.readings.furigana import written_furigana
from machikado.readings.lexicon import Lexicon, read_lexicon
from machikado.sitewide.outputs import outputs
from machikado.vocabulary import Report
from small_city import CATEGORIES, DEPARTMENTS, GLOSSARY, LOCALES, PROJECT, ROOT, SITE_URL

BEGINNING = datetime(2026, 4, 1, tzinfo=UTC)
LOCALE_CODES = ("ja", "ja-easy", "en", "zh-Hant", "ko")
NEW_LOCALE = "- { code: vi, name: Tiếng Việt }\n"
SECTIONS = ("", "plan/", "news/", "plan/part/")
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c63680000008200810178c2ab0000000049454e44ae426082"
)
"""One black pixel."""


def carry(into: Path) -> Path:
    """A copy of the theme and the catalogues that Machikado carries: what others edit meanwhile is not seen."""
    fonts = shutil.ignore_patterns("*.woff2")
    shutil.copytree(ROOT / "overrides", into / "overrides", ignore=fonts)
    for catalogue in (ROOT / "i18n").glob("*/LC_MESSAGES/machikado.po"):
        target = into / catalogue.relative_to(ROOT)
        target.parent.mkdir(parents=True)
        shutil.copyfile(catalogue, target)
    return into


class City:
    """The sources of a project below `root`; every page is written by its `Sheet`.

    carried: where the theme and the catalogues of Machikado are, as `carry` copied them.
    """

    def __init__(self, root: Path, carried: Path) -> None:
        self.root, self.carried = root, carried
        self.chance = Random(0)  # noqa: S311 - no secret
        self.project: Project = replace(
            PROJECT,
            root=root,
            config_file=root / "mkdocs.yml",
            site_dir=root / "site",
            site_url=SITE_URL,
            packaged=carried,
            theme_dirs=(
                root / "overrides",
                carried / "overrides",
                *(folder for folder in PROJECT.theme_dirs if not folder.is_relative_to(ROOT / "overrides")),
            ),
            mkdocs_locales=frozenset((code, code == "ja") for code in LOCALE_CODES),
        )  # fmt: skip
        self.now = BEGINNING
        self.sheets: dict[tuple[str, str], Sheet] = {}
        self._next_id = 1000001
        self._good: dict[tuple[str, str], Sheet] = {}
        (root / "overrides" / "lists").mkdir(parents=True)
        self.write("i18n/locales.yml", LOCALES)
        self.write("i18n/departments.yml", DEPARTMENTS)
        self.write("i18n/categories.yml", CATEGORIES)
        for code, text in GLOSSARY.items():
            self.write(f"i18n/glossary/{code}.yml", text)
        for path in ("index.md", "404.md", "search.md", "accessibility.md", "plan/index.md"):
            self.add("ja", path)
        self.sheet("ja", "index.md").body = "[[news limit=2]]\n\n[計画](plan/index.md)\n"
        self.sheet("ja", "search.md").body = "[[search]]\n\n[[sitemap]]\n"
        self.add("ja", "news/index.md")
        self.sheet("ja", "news/index.md").body = "[[news]]\n"
        for number in range(6):
            self.add("ja", f"{SECTIONS[number % 4]}p{number}.md")
        self.configure()
        self.save()

    def write(self, name: str, text: str | bytes) -> None:
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        data = text if isinstance(text, bytes) else text.encode()
        if not file.exists() or file.read_bytes() != data:
            file.write_bytes(data)

    def sheet(self, locale: str, path: str) -> Sheet:
        return self.sheets[locale, path]

    def add(self, locale: str, path: str) -> Sheet:
        sheet = self.sheets[locale, path] = Sheet(str(self._next_id))
        self._next_id += 1
        if path.endswith("index.md"):
            sheet.keys["type"] = "section"
        return sheet

    def save(self) -> None:
        """Write every sheet, and remove the files of those that are gone."""
        docs = self.root / "docs"
        for (locale, path), sheet in self.sheets.items():
            self.write(f"docs/{locale}/{path}", sheet.text())
        for file in docs.rglob("*.md"):
            locale, _, path = file.relative_to(docs).as_posix().partition("/")
            if (locale, path) not in self.sheets:
                file.unlink()

    def remember(self) -> None:
        """Take the sheets as they are for good."""
        self._good = deepcopy(self.sheets)

    def go_back(self) -> str:
        """Have the sheets again that were good."""
        self.sheets = deepcopy(self._good)
        (self.root / "i18n/readings.csv").unlink(missing_ok=True)
        self.save()
        return "all mended"

    # Edits -----------------------------------------------------------------------------------

    def edit(self, kind: str, seed: int) -> str:
        """Make an edit of a kind (see EDITS), its details drawn by `seed`; returns what it was."""
        self.chance = Random(seed)  # noqa: S311
        told = EDITS[kind](self)
        self.save()
        return told

    def nothing(self) -> str:
        return "nothing"

    def _any(self, movable: bool = False) -> tuple[str, str]:
        kept = ("index.md", "404.md", "search.md", "news/index.md")
        places = [place for place in self.sheets if not movable or place[1] not in kept]
        return self.chance.choice(sorted(places) or [("ja", "index.md")])

    def body(self) -> str:
        place = self._any()
        self.sheets[place].body += f"\n電話番号を{self.chance.randrange(1000)}に改めました。\n"
        return f"body of {place}"

    def title(self) -> str:
        place = self._any()
        self.sheets[place].title = f"題{self.chance.randrange(100)}"
        return f"title of {place}"

    def summary(self) -> str:
        place = self._any()
        self.sheets[place].keys["summary"] = f"概要{self.chance.randrange(100)}"
        return f"summary of {place}"

    def new_page(self) -> str:
        section = self.chance.choice(SECTIONS)
        name = self.chance.choice(["a", "b", "c", "d", "x/index", "index"])
        path = f"{section}{name}.md"
        if ("ja", path) not in self.sheets:
            self.add("ja", path)
        return f"new {path}"

    def move(self) -> str:
        place = self._any(movable=True)
        target = (place[0], f"{self.chance.choice(SECTIONS)}moved{self.chance.randrange(3)}.md")
        if place[1].endswith("index.md") or target in self.sheets:
            return "nothing"
        self.sheets[target] = self.sheets.pop(place)
        return f"{place} to {target}"

    def delete(self) -> str:
        place = self._any(movable=True)
        if place[1] not in ("index.md", "404.md"):
            self.sheets.pop(place, None)
        return f"no more {place}"

    def translate(self) -> str:
        locale = self.chance.choice(LOCALE_CODES[1:])
        originals = [path for code, path in sorted(self.sheets) if code == "ja"]
        path = self.chance.choice(originals)
        original = self.sheet("ja", path)
        digest = read_source(original.text().encode())[0].digest
        sheet = self.sheets[locale, path] = Sheet(original.id, f"T{self.chance.randrange(100)}")
        if "feed_id" in original.keys:
            sheet.keys["feed_id"] = f'"{original.keys["feed_id"]}/{locale}"'.replace('""', '"')
        sheet.body = f"Translated {self.chance.randrange(100)}.\n"
        sheet.made_from = digest
        return f"{path} in {locale}"

    def untranslate(self) -> str:
        made = [place for place in sorted(self.sheets) if place[0] != "ja"]
        if made:
            self.sheets.pop(self.chance.choice(made))
        return "a translation less"

    def review(self) -> str:
        made = [place for place in sorted(self.sheets) if self.sheets[place].made_from]
        if made:
            self.sheets[self.chance.choice(made)].reviewer = self.chance.choice(["null", "花子"])
        return "reviewed"

    def announce(self) -> str:
        place = self._any(movable=True)
        sheet = self.sheets[place]
        day = (self.now + timedelta(days=self.chance.randrange(-5, 6))).date()
        sheet.keys |= {
            "type": self.chance.choice(["news", "news", "news", "event"]),
            "publish_at": str(day),
            "feed_id": f"tag:city.example,2026:{place[0]}/{sheet.id}",
        }
        if self.chance.random() < 0.4:
            sheet.keys["expires_at"] = str(day + timedelta(days=self.chance.randrange(1, 8)))
        return f"{place} is news of {day}"

    def category(self) -> str:
        place = self._any()
        self.sheets[place].keys["category"] = self.chance.choice(["emergency", "plan", "site"])
        return f"category of {place}"

    def department(self) -> str:
        if self.chance.random() < 0.5:
            self.write("i18n/departments.yml", DEPARTMENTS.replace("000-0000", f"{self.chance.randrange(1000):03}-0000"))  # fmt: skip
            return "departments"
        place = self._any()
        self.sheets[place].keys["department"] = self.chance.choice(["joho", "somu"])
        return f"department of {place}"

    def term(self) -> str:
        words = GLOSSARY["ja"].replace("情報と通信", f"情報と通信{self.chance.randrange(5)}")
        self.write("i18n/glossary/ja.yml", words)
        place = self._any()
        self.sheets[place].body += "\n[ICT](term:ict)を使います。\n"
        return f"term, and {place}"

    def catalogue(self) -> str:
        name = "i18n/en/LC_MESSAGES/machikado.po"
        text = (self.carried / name).read_text(encoding="utf-8")
        changed = text.replace('msgid "Menu"\nmsgstr ""', f'msgid "Menu"\nmsgstr "Menu {self.chance.randrange(5)}"')  # fmt: skip
        self.write(name, changed)
        return "catalogue"

    def template(self) -> str:
        mark = self.chance.randrange(5)
        text = (self.carried / "overrides/lists/news.html").read_text(encoding="utf-8")
        self.write("overrides/lists/news.html", f"{text}<p>{mark}</p>\n")
        return "template"

    def configure(self, **settings: object) -> None:
        """Change settings of the project; mkdocs.yml says them too, for those who look at it alone."""
        self.project = replace(self.project, **cast("dict[str, Any]", settings))
        named = (
            "site_url",
            "demonstration",
            "report_to",
            "markdown_extensions",
            "extension_configs",
        )
        lines = [f"# {name}: {getattr(self.project, name)}" for name in named]
        self.write("mkdocs.yml", "\n".join(lines))

    def configuration(self) -> str:
        address = self.chance.choice([SITE_URL, "https://other.example/", "https://city.example/"])
        report_to = self.chance.choice([None, "https://city.example/form"])
        self.configure(
            site_url=address, demonstration=self.chance.random() < 0.5, report_to=report_to
        )
        return f"configuration: {address}"

    def extension(self) -> str:
        names, configs = PROJECT.markdown_extensions, dict(PROJECT.extension_configs)
        if self.chance.random() < 0.5:
            names = (*names, "nl2br")
        if self.chance.random() < 0.5:
            configs["toc"] = {**configs.get("toc", {}), "permalink": True}
        self.configure(markdown_extensions=names, extension_configs=configs)
        return "Markdown extensions"

    def locales(self) -> str:
        more = self.chance.random() < 0.5
        self.write("i18n/locales.yml", LOCALES + (NEW_LOCALE if more else ""))
        codes = (*LOCALE_CODES, *(["vi"] if more else []))
        self.configure(mkdocs_locales=frozenset((code, code == "ja") for code in codes))
        return f"locales: {codes}"

    def theme_asset(self) -> str:
        name = self.chance.choice(["assets/own.css", "assets/stylesheets/tokens.css"])
        file = self.root / "overrides" / name
        if file.exists() and self.chance.random() < 0.5:
            file.unlink()
            return f"no more {name} in the theme"
        self.write(f"overrides/{name}", f"p {{ margin: {self.chance.randrange(4)}px }}\n")
        return f"{name} in the theme"

    def channels(self) -> str:
        """A category or a department more, or one less: feeds come and go with it."""
        more = self.chance.random() < 0.5
        row = "\n- { id: extra, names: { ja: 追加 }, urgent: true }\n" if more else ""
        self.write("i18n/categories.yml", CATEGORIES + row)
        other = "\n- { id: extra, names: { ja: 追加課 } }\n" if self.chance.random() < 0.5 else ""
        self.write("i18n/departments.yml", DEPARTMENTS + other)
        place = self._any()
        if more and other:
            self.sheets[place].keys |= {"category": "extra", "department": "extra"}
        return f"channels: {row}{other}, and {place}"

    def categories(self) -> str:
        name = self.chance.choice(["計画", "計画と施策", "まちづくり"])
        self.write("i18n/categories.yml", CATEGORIES.replace("計画", name))
        return f"categories: {name}"

    def schedule(self) -> str:
        place = self._any(movable=True)
        day = self.now + timedelta(
            days=self.chance.randrange(-4, 5), hours=self.chance.randrange(24)
        )
        key = self.chance.choice(["publish_at", "expires_at", "updated_at", "review_by"])
        said = str(day.date()) if key == "review_by" else day.strftime("%Y-%m-%dT%H:%M+09:00")
        self.sheets[place].keys[key] = f'"{said}"' if key != "review_by" else said
        return f"{key} of {place}: {said}"

    def fold(self) -> str:
        """Make a page the index of a folder, or the other way round: its address stays."""
        code, path = self._any(movable=True)
        is_index = path.endswith("/index.md")
        other = (
            f"{path.removesuffix('/index.md')}.md"
            if is_index
            else f"{path.removesuffix('.md')}/index.md"
        )
        if path != "404.md" and (code, other) not in self.sheets:
            self.sheets[code, other] = self.sheets.pop((code, path))
        return f"{path} is {other}"

    def readings(self) -> str:
        said = self.chance.choice(["ほんぶん", "もとぶみ"])
        kind = self.chance.choice(["word", "word", "word", "no kind"])
        self.write("i18n/readings.csv", f"surface,reading,kind,note\n本文,{said},{kind},\n")
        return f"read as {said}"

    def shared_file(self) -> str:
        """A file of no locale, or one with the name of a file of the default locale."""
        name = self.chance.choice(["CNAME", "files/form.txt", "ja/files/form.txt"])
        file = self.root / "docs" / name
        if file.exists() and self.chance.random() < 0.5:
            file.unlink()
            return f"no more {name}"
        self.write(f"docs/{name}", f"{name} {self.chance.randrange(3)}\n")
        return name

    def social(self) -> str:
        place = self._any()
        off = self.chance.sample(["x", "line", "bluesky", "mastodon"], 3)
        self.sheets[place].keys["social"] = f"{{ {', '.join(f'{name}: false' for name in off)} }}"
        return f"social of {place}"

    def faulty(self) -> str:
        place = self._any()
        self.sheets[place].keys["review_by"] = self.chance.choice(["2026/4/1", "2026-04-01"])
        return f"review_by of {place}"

    def time(self) -> str:
        self.now += timedelta(days=self.chance.randrange(-3, 7))
        return f"it is {self.now.date()}"

    def asset(self) -> str:
        name = self.chance.choice(["assets/map.png", "ja/plan/map.png", "en/plan/map.png"])
        file = self.root / "docs" / name
        if file.exists() and self.chance.random() < 0.5:
            file.unlink()
            return f"no more {name}"
        self.write(f"docs/{name}", PNG + bytes([self.chance.randrange(3)]))
        place = self._any()
        self.sheets[place].body += "\n![地図の絵](map.png)\n"
        return f"{name}, and {place}"

    def alias(self) -> str:
        place = self._any()
        self.sheets[place].keys["aliases"] = f"/old{self.chance.randrange(3)}/"
        return f"alias of {place}"

    def link(self) -> str:
        place = self._any()
        target = self._any()[1]
        up = "../" * place[1].count("/")
        self.sheets[place].body += f"\n[行き先の案内]({up}{target})を見ます。\n"
        return f"{place} links to {target}"

    def anchor(self) -> str:
        place, target = self._any(), self._any()
        self.sheets[target].body += "\n## 目印 {#mark}\n\n中身。\n"
        up = "../" * place[1].count("/")
        self.sheets[place].body += f"\n[目印の案内]({up}{target[1]}#mark)を見ます。\n"
        return f"{place} links into {target}"

    def relate(self) -> str:
        place, target = self._any(), self._any()
        self.sheets[place].keys["related"] = f'["{self.sheets[target].id}"]'
        return f"{place} is related to {target}"

    def break_link(self) -> str:
        place = self._any()
        sheet = self.sheets[place]
        if "missing.md" in sheet.body:
            sheet.body = sheet.body.replace("\n[行き先](missing.md)\n", "")
            return f"mended {place}"
        sheet.body += "\n[行き先](missing.md)\n"
        return f"broke {place}"

    def renumber(self) -> str:
        place, other = self._any(), self._any()
        self.sheets[place].id = self.sheets[other].id
        if self.chance.random() < 0.8:
            self.sheets[place].id = str(self._next_id)
            self._next_id += 1
        return f"id of {place}"

    def unreadable(self) -> str:
        sheet = self.sheets[self._any()]
        sheet.is_broken = not sheet.is_broken
        return "unreadable or readable again"

    def touch(self) -> str:
        place = self._any()
        (self.root / "docs" / place[0] / place[1]).touch()
        return f"touched {place}"


class Sheet:
    """What one file says."""

    def __init__(self, page_id: str, title: str | None = None) -> None:
        self.id, self.title = page_id, title or f"題{page_id[-2:]}"
        self.keys: dict[str, str] = {}
        self.body = "## 見出し\n\n本文。\n"
        self.made_from = ""
        self.reviewer = "null"
        self.is_broken = False

    def text(self) -> str:
        if self.is_broken:
            return "---\nid: [\n---\n\n壊れた。\n"
        lines = [f'id: "{self.id}"', f"title: {self.title}"]
        lines += [f"{key}: {value}" for key, value in self.keys.items()]
        if self.made_from:
            made = f"source_hash: {self.made_from!r}, method: machine, reviewer: {self.reviewer}, date: 2026-04-01"
            lines.append(f"translation: {{ {made} }}")
        return "\n".join(["---", *lines, "---", "", self.body])


EDITS: dict[str, Callable[[City], str]] = {
    edit.__name__: edit
    for edit in (
        City.nothing, City.body, City.title, City.summary, City.new_page, City.move, City.delete,
        City.translate, City.untranslate, City.review, City.announce, City.schedule, City.fold,
        City.department, City.category, City.categories, City.channels, City.term, City.catalogue, City.template,
        City.theme_asset, City.configuration, City.extension, City.locales, City.time, City.asset,
        City.shared_file, City.readings, City.alias, City.link, City.break_link, City.anchor, City.relate,
        City.renumber, City.unreadable, City.faulty, City.social, City.touch,
    )
}  # fmt: skip
"""Every kind of edit, by name; the simplest first."""


def build(city: City, cache: Path, site_dir: Path, jobs: int = 1) -> Built:
    """Build the city as it is, with the cache in this folder."""
    file = cache / "cache.sqlite"
    seen = look(file, city.project.config_file, site_dir, microseconds(city.now)).seen
    store = Store(file)
    builder = Builder(
        city.project, file, site_dir, "code", jobs,
        templates=cache / "templates", dictionaries=False, glanced=seen,
    )  # fmt: skip
    try:
        return builder.build(store, city.now, lambda _done, _total: None)
    finally:
        store.close()


def is_unchanged(city: City, cache: Path, site_dir: Path) -> bool:
    """Whether a glance says that nothing need be built."""
    file, now = cache / "cache.sqlite", microseconds(city.now)
    return look(file, city.project.config_file, site_dir, now).same is not None


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by name."""
    return {
        f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()
    }


def cold(city: City, into: Path) -> tuple[Built, dict[str, bytes]]:
    """What a build without a cache gives."""
    shutil.rmtree(into, ignore_errors=True)
    built = build(city, into, into / "site")
    return built, files(into / "site") if (into / "site").exists() else {}


def whole(city: City) -> tuple[Report, dict[str, bytes]]:
    """What the sources give without index, traces or trees: all of them read and all made, in memory.

    No files where the report blocks; without the mark of a published site.
    """
    project = city.project
    reading = read_site(project.tree, project.docs, project.data)
    report = check_sources(project.tree, reading, docs=project.docs)
    if report.blocks:
        return report, {}
    site = reading.site.at(city.now)
    catalogues = read_catalogues(project.tree, site.locales, project.data)
    press = Press(project, site, catalogues, furigana=written_furigana(lexicon_of(project)))
    made: dict[str, bytes] = {}
    for page in site.pages:
        made[output_file(page.address)] = press.print(page).encode()
        made |= {name: text.encode() for name, text in press.redirects(page)}
    for name in project.tree.files(project.docs):
        path = name.removeprefix(f"{project.docs}/")
        if not path.endswith(".md"):
            made[output_file(asset_address(path, site.locales))] = project.tree.read(name)
    made |= {name: file.read_bytes() for name, file in theme_files(project)}
    made |= outputs(project, site, catalogues, lambda page: press.articles.render(page).html)
    return report, made


def lexicon_of(project: Project) -> Lexicon:
    name = f"{project.data}/readings.csv"
    return read_lexicon(project.tree.read(name))[0] if project.tree.exists(name) else Lexicon()


def without_mark(site: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in site.items() if name != MARK}
