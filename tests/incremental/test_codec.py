"""What is kept in the cache comes back as it was."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from machikado.article.typesetter import Article
from machikado.content.front_matter import (
    DEFAULT_ZONE,
    SOCIAL_NETWORKS,
    Fault,
    FrontMatter,
    Method,
    PageType,
    Social,
    Translation,
)
from machikado.content.source import Source, Values, read_source
from machikado.incremental import codec
from machikado.vocabulary import Finding, Location, Outcome, Text
from small_city import article_of, news, site_of, source

WORDS = st.text(max_size=12)
ZONES = st.sampled_from([UTC, DEFAULT_ZONE, timezone(timedelta(hours=-5))])
TIMES = st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1), timezones=ZONES)
TEXTS = st.builds(Text, WORDS, WORDS)
TRANSLATIONS = st.builds(Translation, WORDS, st.sampled_from(Method), st.none() | WORDS, st.dates())
SOCIAL = st.builds(
    Social,
    text=st.none() | WORDS,
    texts=st.lists(st.tuples(st.sampled_from(SOCIAL_NETWORKS), WORDS), max_size=2).map(tuple),
    off=st.frozensets(st.sampled_from(SOCIAL_NETWORKS)),
    hashtags=st.lists(WORDS, max_size=2).map(tuple),
)
KEYS = {
    "id": WORDS,
    "title": WORDS,
    "summary": WORDS,
    "type": st.sampled_from(PageType),
    "publish_at": st.none() | TIMES,
    "updated_at": st.none() | TIMES,
    "expires_at": st.none() | TIMES,
    "review_by": st.none() | st.dates(),
    "aliases": st.lists(WORDS, max_size=3).map(tuple),
    "related": st.lists(WORDS, max_size=3).map(tuple),
    "translation": st.none() | TRANSLATIONS,
    "social": st.none() | SOCIAL,
}
CARDS = st.builds(FrontMatter, **KEYS)
FAULTS = st.builds(Fault, WORDS, st.integers(1, 999), TEXTS, TEXTS)
SOURCES = st.builds(
    Source,
    st.fixed_dictionaries({}, optional=KEYS),
    st.lists(WORDS, max_size=3).map(tuple),
    st.lists(WORDS, max_size=3).map(tuple),
    st.dictionaries(WORDS, st.integers(1, 99), max_size=4),
    st.integers(1, 99),
    WORDS,
    st.lists(FAULTS, max_size=2).map(tuple),
)
FINDINGS = st.builds(
    Finding,
    WORDS,
    TEXTS,
    TEXTS,
    WORDS,
    st.none() | st.builds(Location, WORDS, st.none() | st.integers(1, 99)),
    st.sampled_from(Outcome),
    criteria=st.lists(WORDS, max_size=2).map(tuple),
    level=st.sampled_from([None, "A", "AA", "AAA"]),
    locale=st.none() | WORDS,
)


@given(CARDS)
def test_front_matter_comes_back_as_it_was(card: FrontMatter) -> None:
    kept = codec.kept(card)
    assert codec.card(kept) == card
    assert codec.kept(codec.card(kept)) == kept


@given(SOURCES)
def test_a_source_comes_back_as_it_was(read: Source) -> None:
    kept = codec.kept(read)
    assert codec.source(kept) == read
    assert codec.kept(codec.source(kept)) == kept


@given(st.lists(FINDINGS, max_size=3))
def test_findings_come_back_as_they_were(findings: list[Finding]) -> None:
    assert codec.findings(codec.kept(findings)) == tuple(findings)


def test_a_time_in_japan_comes_back_in_the_zone_that_front_matter_has() -> None:
    moment = datetime(2026, 4, 1, 9, tzinfo=DEFAULT_ZONE)
    card = codec.card(codec.kept(FrontMatter("1", "題", publish_at=moment)))
    assert card.publish_at == moment
    assert card.publish_at is not None
    assert card.publish_at.tzinfo is DEFAULT_ZONE


def test_a_source_that_was_read_comes_back_with_its_types() -> None:
    written = news(
        1001,
        "題",
        "2026-04-01",
        social="{ x: false, line: false, text: 短い文 }",
        review_by="2026-05-01",
    )
    read, _ = read_source(written.encode())
    again = codec.source(codec.kept(read))
    assert again == read
    values: Values = again.values
    assert values["type"] is PageType.NEWS
    assert values["review_by"] == date(2026, 5, 1)
    assert values["social"] == Social(text="短い文", off=frozenset({"x", "line"}))


def test_an_article_with_lists_headings_and_terms_comes_back_as_it_was() -> None:
    body = "## 見出し {#one}\n\n[ICT](term:ict)を使います。\n\n[[news limit=2]]\n\n- 項目\n"
    site = site_of({"ja/index.md": source(1001, "トップ", body)})
    article = article_of(site, "ja/index.md")
    again = codec.article(codec.kept(article))
    assert len(article.parts) == 3
    assert isinstance(again, Article)
    assert [*again.parts] == [*article.parts]
    assert [*again.headings] == [*article.headings]
    assert [*again.terms] == [*article.terms]


def test_equal_values_give_equal_bytes_in_every_process() -> None:
    program = (
        "from machikado.incremental import codec;"
        "from machikado.content.front_matter import Social;"
        "print(codec.kept(Social(off=frozenset(['x', 'line', 'bluesky', 'mastodon']))))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1
