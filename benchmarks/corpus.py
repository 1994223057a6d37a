"""A seeded city for benchmarks: `python -m benchmarks.corpus --pages 1000 --locales 6 --into FOLDER`.

The same size and seed give the same bytes. A page is planned once, in no language, and then written in
each, so that a translation has the structure of its source.
"""

from __future__ import annotations

import argparse
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from posixpath import dirname, relpath
from random import Random

from PIL import Image, ImageDraw

from benchmarks.words import LANGUAGES, TERM_IDS, TOPIC_IDS, Words
from machikado.content.front_matter import FrontMatter
from machikado.content.locale import Locale
from machikado.content.page import Page
from machikado.publishing import write_files
from machikado.resources import packaged

NOW = "2026-11-20T09:00+09:00"
"""The clock of every build: all pages are public, none has ended."""
LAST_NEWS = date(2026, 11, 19)
SITE_URL = "https://city.example/"
NEWS_SHARE = 0.15
FOLDER_SIZE = 60
"""Pages a sub-section or a month of news has at most."""
FEWEST, MOST = 600, 1500
"""Japanese characters in the body of an article or a notice."""
IMAGE = "counter.png"
TEMPLATE = "overrides/partials/footer.html"

MARKDOWN = """\
markdown_extensions:
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - sane_lists
  - tables
  - toc:
      slugify: !!python/object/apply:pymdownx.slugs.slugify { kwds: { case: lower } }
  - pymdownx.details
  - pymdownx.superfences
"""
"""The Markdown of the corpus, for every generator that is built on Python-Markdown."""
FIRST_ID = 1_000_001
IDS_A_KIND = 1_000_000


@dataclass(frozen=True)
class Size:
    """pages: articles and notices in Japanese (home, sections and such come on top); locales: 1 to 6;
    coverage: the share of the pages that each other locale has; news: the share that are notices."""

    pages: int
    locales: int = 6
    coverage: float = 0.3
    seed: int = 1
    news: float = NEWS_SHARE

    def __post_init__(self) -> None:
        shares = 0 <= self.coverage <= 1 and 0 <= self.news <= 1
        if self.pages < 1 or not 1 <= self.locales <= len(LANGUAGES) or not shares:
            raise ValueError("pages >= 1, locales 1-6, coverage and news 0-1")

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(LANGUAGES)[: self.locales]

    @property
    def translated(self) -> int:
        """Articles and notices that each locale but Japanese has."""
        return round(self.pages * self.coverage)


@dataclass(frozen=True)
class Sentence:
    """A sentence in no language: which pattern, filled with which words."""

    pattern: int
    topic: int
    thing: int
    place: int
    paper: int
    n: int
    m: int

    def written(self, pattern: str, words: Words) -> str:
        return pattern.format(
            topic=words.topics[self.topic],
            thing=words.things[self.thing],
            place=words.places[self.place],
            paper=words.papers[self.paper],
            n=self.n,
            m=self.m,
        )


@dataclass(frozen=True)
class Block:
    """A part of a body. kind: heading (`number`: which), paragraph, bullets, steps, table, image, links,
    term (`number`: which)."""

    kind: str
    number: int = 0
    sentences: Sequence[Sentence] = ()
    targets: Sequence[str] = ()


@dataclass(frozen=True)
class Plan:
    """A page in no language. `pattern`: what its title is made of, by the name of the words' field."""

    id: int
    path: str
    kind: str
    pattern: str
    about: Sentence
    category: str = ""
    published: date | None = None
    related: Sequence[int] = ()
    blocks: Sequence[Block] = ()
    directive: str = ""

    @property
    def is_structural(self) -> bool:
        return self.category == "" or bool(self.directive)

    def title(self, words: Words) -> str:
        if self.pattern == "titles":
            return self.about.written(words.titles[self.about.pattern], words)
        if self.pattern == "topics":
            return words.topics[self.about.topic]
        value: str = getattr(words, self.pattern)
        return self.about.written(value, words)


def files(size: Size) -> Iterator[tuple[str, bytes]]:
    """Every file of the project, named from its root, and what is in it."""
    yield from ((name, text.encode()) for name, text in _settings(size))
    for number, topic in enumerate(TOPIC_IDS):
        yield f"docs/ja/{topic}/{IMAGE}", _picture(number)
    yield f"docs/ja/news/{IMAGE}", _picture(len(TOPIC_IDS))
    plans = _plans(size)
    by_path = {plan.path: plan for plan in plans}
    contents = [plan.id for plan in plans if not plan.is_structural]
    chosen = {
        code: set(Random(f"{size.seed} {code}").sample(contents, size.translated))
        for code in size.codes[1:]
    }
    for plan in plans:
        body = _body(plan, LANGUAGES["ja"], by_path)
        title, summary = plan.title(LANGUAGES["ja"]), _summary(plan, LANGUAGES["ja"])
        yield f"docs/ja/{plan.path}", _source(plan, "ja", title, summary, body, None)
        digest = _digest(plan, title, summary, body)
        for code in size.codes[1:]:
            if plan.is_structural or plan.id in chosen[code]:
                words = LANGUAGES[code]
                text = _source(
                    plan,
                    code,
                    plan.title(words),
                    _summary(plan, words),
                    _body(plan, words, by_path),
                    digest,
                )
                yield f"docs/{code}/{plan.path}", text


def write(size: Size, into: Path) -> int:
    """Write the project into the empty folder `into`; returns the number of Markdown sources."""
    if into.exists() and any(into.iterdir()):
        raise FileExistsError(into)
    sources = 0

    def counted() -> Iterator[tuple[str, bytes]]:
        nonlocal sources
        for name, data in files(size):
            sources += name.endswith(".md")
            yield name, data

    write_files(into, counted())
    return sources


# Plans ------------------------------------------------------------------------------------------


def _plans(size: Size) -> list[Plan]:
    chance = Random(size.seed)
    notices = round(size.pages * size.news)
    outlines = [*_structure(size.pages - notices, notices)]
    folders: dict[str, list[Plan]] = {}
    for plan in outlines:
        if not plan.is_structural:
            folders.setdefault(dirname(plan.path), []).append(plan)
    everything = [plan for plan in outlines if not plan.is_structural]
    return [
        plan
        if plan.is_structural
        else _filled(plan, chance, folders[dirname(plan.path)], everything)
        for plan in outlines
    ]


def _structure(articles: int, notices: int) -> Iterator[Plan]:
    """Every page with its place, id and title, still without a body."""
    yield _structural(0, "index.md", "city", directive="[[news limit=5]]\n\n[[children]]")
    yield _structural(1, "404.md", "not_found", kind="page")
    yield _structural(2, "sitemap.md", "sitemap", kind="page", directive="[[sitemap]]")
    yield _structural(3, "news/index.md", "news", directive="[[feeds]]\n\n[[news limit=50]]")
    number = 4
    for topic, name in enumerate(TOPIC_IDS):
        mine = len(range(topic, articles, len(TOPIC_IDS)))
        yield _structural(number, f"{name}/index.md", "topics", topic=topic)
        number += 1
        for part, count in enumerate(_parts(mine), 1):
            folder = f"{name}/part-{part:03}"
            yield _structural(number, f"{folder}/index.md", "area", topic=topic, n=part)
            number += 1
            for place in range(count):
                serial = (part - 1) * FOLDER_SIZE + place
                yield _content(topic, serial, f"{folder}/guide-{serial + 1:05}.md", None)
    month = date(2026, 11, 1)
    serial = 0
    for count in _parts(notices):
        folder = f"news/{month:%Y-%m}"
        yield _structural(number, f"{folder}/index.md", "month", n=month.year, m=month.month)
        number += 1
        for place in range(count):
            # Spread over the days of the month that are past.
            last = LAST_NEWS.day if month == LAST_NEWS.replace(day=1) else 28
            day = month.replace(day=1 + place % last)
            path = f"{folder}/{day:%d}-{place + 1:02}.md"
            yield _content(serial % len(TOPIC_IDS), serial, path, day)
            serial += 1
        month = (month - timedelta(days=1)).replace(day=1)


def _parts(count: int) -> list[int]:
    """`count` pages in folders of FOLDER_SIZE, the last one not full."""
    full, rest = divmod(count, FOLDER_SIZE)
    return [FOLDER_SIZE] * full + [rest] * (rest > 0)


def _structural(
    number: int,
    path: str,
    pattern: str,
    *,
    kind: str = "section",
    topic: int = 9,
    n: int = 0,
    m: int = 0,
    directive: str = "[[children]]",
) -> Plan:
    category = TOPIC_IDS[topic] if pattern in ("topics", "area") else ""
    about = Sentence(0, topic, number % 24, number % 12, 0, n, m)
    return Plan(FIRST_ID + number, path, kind, pattern, about, category, directive=directive)


def _content(topic: int, serial: int, path: str, day: date | None) -> Plan:
    """An article, or a notice where a day is given; ids do not depend on how many pages there are."""
    kind = len(TOPIC_IDS) if day else topic
    about = Sentence(serial % 5, topic, (serial * 7 + topic) % 24, serial % 12, 0, serial + 1, 0)
    return Plan(
        FIRST_ID + (kind + 1) * IDS_A_KIND + serial,
        path,
        "news" if day else "page",
        "titles",
        about,
        "emergency" if day and serial % 400 == 3 else TOPIC_IDS[topic],
        day,
    )


def _filled(plan: Plan, chance: Random, near: Sequence[Plan], everything: Sequence[Plan]) -> Plan:
    """`plan` with a body of FEWEST to MOST Japanese characters."""
    topic = plan.about.topic

    def sentences(least: int, most: int) -> list[Sentence]:
        return [
            Sentence(
                chance.randrange(12),
                topic,
                plan.about.thing if chance.random() < 0.5 else chance.randrange(24),
                chance.randrange(12),
                chance.randrange(12),
                chance.randint(2, 9),
                chance.randrange(10, 60),
            )
            for _ in range(chance.randint(least, most))
        ]

    target = chance.randint(FEWEST + 50, MOST - 400)
    headings = chance.sample(range(10), 10)
    blocks = [Block("paragraph", sentences=sentences(2, 3))]
    if chance.random() < 0.5:
        blocks.append(Block("term", chance.randrange(len(TERM_IDS))))
    if chance.random() < 0.3:
        blocks.append(Block("image", sentences=sentences(1, 1)))
    others = [near[chance.randrange(len(near))], everything[chance.randrange(len(everything))]]
    links = [other.path for other in others if other.path != plan.path]
    folder = dirname(plan.path)
    closing = [
        Block("heading", headings.pop()),
        Block("links", targets=[*dict.fromkeys([*links, f"{folder}/index.md"])]),
    ]
    specials = (
        ["table"] * (chance.random() < 0.5) + ["bullets"] + ["steps"] * (chance.random() < 0.4)
    )
    by_path = {other.path: other for other in [*others, plan]}
    ja = LANGUAGES["ja"]

    def written(parts: Sequence[Block]) -> int:
        return japanese("\n".join(_block(part, plan, ja, by_path) for part in parts))

    while written([*blocks, *closing]) < target or specials:
        if headings:
            blocks.append(Block("heading", headings.pop()))
        if specials:
            kind = specials.pop(chance.randrange(len(specials)))
            blocks.append(Block(kind, sentences=sentences(3, 5)))
        else:
            blocks.append(Block("paragraph", sentences=sentences(2, 4)))
    related = [other.id for other in others if other is not plan] if chance.random() < 0.2 else []
    return replace(plan, blocks=[*blocks, *closing], related=list(dict.fromkeys(related)))


def japanese(text: str) -> int:
    """How many characters of `text` are kana, kanji or the punctuation between them."""
    return sum("\u3001" <= c <= "\u30ff" or "\u4e00" <= c <= "\u9fff" for c in text)


# Texts ------------------------------------------------------------------------------------------


def _summary(plan: Plan, words: Words) -> str:
    return plan.about.written(words.intro, words)


def _body(plan: Plan, words: Words, by_path: dict[str, Plan]) -> str:
    if plan.path == "404.md":
        return ""
    if plan.is_structural:
        return f"{_summary(plan, words)}\n\n{plan.directive}"
    return "\n\n".join(_block(block, plan, words, by_path) for block in plan.blocks)


def _block(block: Block, plan: Plan, words: Words, by_path: dict[str, Plan]) -> str:
    texts = [s.written(words.sentences[s.pattern], words) for s in block.sentences]
    # Between sentences, a space where the script has one.
    glue = "" if words.sentences[0].endswith("。") else " "
    match block.kind:
        case "heading":
            return f"## {words.headings[block.number]}"
        case "bullets":
            return "\n".join(f"- {text}" for text in texts)
        case "steps":
            return "\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1))
        case "table":
            return _table(block, words)
        case "image":
            return f"![{block.sentences[0].written(words.alt, words)}]({_relative(_image_of(plan), plan)})"
        case "links":
            return "\n".join(
                f"- [{_title_of(target, words, by_path)}]({_relative(target, plan)})"
                for target in block.targets
            )
        case "term":
            link = f"[{words.terms[block.number][0]}](term:{TERM_IDS[block.number]})"
            return words.term.format(term=link)
        case _:
            return glue.join(texts)


def _table(block: Block, words: Words) -> str:
    rows = [
        f"| {words.things[s.thing]} | {words.places[s.place]} | {words.papers[s.paper]} | {s.m} | {s.n} |"
        for s in block.sentences
    ]
    head = f"| {' | '.join(words.columns)} |"
    caption = block.sentences[0].written(words.table, words)
    return "\n".join([caption, "", head, "|---|---|---|--:|--:|", *rows])


def _title_of(path: str, words: Words, by_path: dict[str, Plan]) -> str:
    if path in by_path:
        return by_path[path].title(words)
    # While a body is measured, of its own folder nothing but the name is known.
    top = path.split("/")[0]
    return words.topics[TOPIC_IDS.index(top)] if top in TOPIC_IDS else words.news


def _image_of(plan: Plan) -> str:
    return f"{plan.path.split('/')[0]}/{IMAGE}"


def _relative(target: str, plan: Plan) -> str:
    return relpath(target, dirname(plan.path) or ".")


def _source(
    plan: Plan, code: str, title: str, summary: str, body: str, source_hash: str | None
) -> bytes:
    rows = [f"id: {plan.id}", f"title: {_quoted(title)}", f"summary: {_quoted(summary)}"]
    if plan.published:
        day = plan.published.isoformat()
        rows.append(f"feed_id: tag:city.example,{day}:{code}/{plan.id}")
    if source_hash:
        made = "method: machine, reviewer: null, date: 2026-11-19"
        rows.append(f'translation: {{ source_hash: "{source_hash}", {made} }}')
    else:
        rows.append(f"type: {plan.kind}")
        rows += [f"category: {plan.category}"] if plan.category else []
        rows.append(f"department: office-{TOPIC_IDS[plan.about.topic]}")
        # Nine in the morning of the day of a notice; other pages are as old as the site.
        rows.append(f"publish_at: {plan.published.isoformat() if plan.published else '2025-04-01'}")
        if plan.related:
            rows.append(f"related: [{', '.join(map(str, plan.related))}]")
    return "\n".join(["---", *rows, "---", "", body, ""]).encode()


def _quoted(text: str) -> str:
    """`text` as a double-quoted scalar of YAML."""
    return json.dumps(text, ensure_ascii=False)


def _digest(plan: Plan, title: str, summary: str, body: str) -> str:
    ja = Locale("ja", "ja", "日本語", "ja", "ja", is_default=True)
    meta = FrontMatter(id=str(plan.id), title=title, summary=summary)
    return Page(ja, plan.path, plan.path, meta, body, 1).digest


# The project around the pages -------------------------------------------------------------------


def _settings(size: Size) -> Iterator[tuple[str, str]]:
    yield "mkdocs.yml", _configuration(size.codes)
    # A template of the city's own, as the theme has it, so that there is one to edit.
    yield TEMPLATE, (packaged() / TEMPLATE).read_text(encoding="utf-8")
    yield (
        "i18n/locales.yml",
        "".join(
            f"- {{ code: {code}, name: {LANGUAGES[code].name}, cldr: {LANGUAGES[code].cldr}"
            f"{', default: true' if code == 'ja' else ''} }}\n"
            for code in size.codes
        ),
    )
    categories = [
        f"- id: {topic}\n  names: {_topics(size.codes, at)}\n" for at, topic in enumerate(TOPIC_IDS)
    ]
    emergency = "- id: emergency\n  urgent: true\n  names: { ja: 緊急, en: Emergency }\n"
    yield "i18n/categories.yml", emergency + "".join(categories)
    yield (
        "i18n/departments.yml",
        "".join(
            f"- id: office-{topic}\n  names: {_topics(size.codes, at, is_office=True)}\n"
            f'  phone: "000-000-00{at:02}"\n  email: {topic}@city.example\n  example: true\n'
            for at, topic in enumerate(TOPIC_IDS)
        ),
    )
    for code in size.codes:
        terms = zip(TERM_IDS, LANGUAGES[code].terms, strict=True)
        yield (
            f"i18n/glossary/{code}.yml",
            "".join(
                f"- id: {name}\n  term: {_quoted(term)}\n  definition: {_quoted(definition)}\n"
                for name, (term, definition) in terms
            ),
        )


def _topics(codes: Sequence[str], at: int, *, is_office: bool = False) -> str:
    """The name of a topic, or of the office for it, in every language, as a mapping of YAML."""
    names = []
    for code in codes:
        words = LANGUAGES[code]
        topic = words.topics[at]
        names.append(f"{code}: {words.office.format(topic=topic) if is_office else topic}")
    return f"{{ {', '.join(names)} }}"


def _configuration(codes: Sequence[str]) -> str:
    languages = "".join(
        f"        - {{ locale: {code}, name: {LANGUAGES[code].name}, build: true"
        f"{', default: true' if code == 'ja' else ''} }}\n"
        for code in codes
    )
    return f"""\
site_name: {LANGUAGES["ja"].city}
site_url: {SITE_URL}
theme: {{ name: material, custom_dir: overrides, font: false }}
plugins:
  - machikado:
      demonstration: true
  - i18n:
      docs_structure: folder
      fallback_to_default: false
      reconfigure_material: false
      reconfigure_search: false
      languages:
{languages}\
markdown_extensions:
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - sane_lists
  - tables
  - toc:
      slugify: !!python/object/apply:pymdownx.slugs.slugify {{ kwds: {{ case: lower }} }}
  - pymdownx.details
  - pymdownx.superfences
nav: [index.md]
validation:
  nav: {{ omitted_files: ignore, not_found: ignore, absolute_links: ignore }}
  links: {{ not_found: ignore, anchors: ignore, absolute_links: ignore, unrecognized_links: ignore }}
"""


def _picture(number: int) -> bytes:
    """A small drawing, a little different for each section."""
    picture = Image.new("P", (320, 200), 0)
    picture.putpalette([245, 245, 240, 30 + 20 * number, 90, 120, 60, 60, 60])
    pen = ImageDraw.Draw(picture)
    pen.rectangle((20, 20, 120 + 10 * number, 180), fill=1)
    pen.line((130, 100, 300, 20 + 15 * number), fill=2, width=6)
    data = io.BytesIO()
    picture.save(data, "PNG")
    return data.getvalue()


def main(arguments: Sequence[str] | None = None) -> None:
    """The command; ends with exit code 2 for a size that cannot be, or a folder that is not empty."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus", description=__doc__)
    parser.add_argument("--pages", type=int, required=True, help="articles and notices in Japanese")
    parser.add_argument("--locales", type=int, default=6, help="1 to 6, Japanese included")
    parser.add_argument("--coverage", type=float, default=0.3, help="share translated, 0 to 1")
    parser.add_argument("--news", type=float, default=NEWS_SHARE, help="share of notices, 0 to 1")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--into", type=Path, required=True, help="an empty folder")
    given = parser.parse_args(arguments)
    try:
        size = Size(given.pages, given.locales, given.coverage, given.seed, given.news)
        sources = write(size, given.into)
    except ValueError:
        parser.error(
            "ページ数は1以上、言語は1から6、翻訳とお知らせの割合は0から1で書いてください / "
            "give at least 1 page, 1 to 6 locales and shares of 0 to 1"
        )
    except FileExistsError:
        parser.error(
            f"{given.into} は空ではありません。空のフォルダーを示してください / "
            f"{given.into} is not empty; name an empty folder"
        )
    print(sources)  # noqa: T201 - machine output


if __name__ == "__main__":
    main()
