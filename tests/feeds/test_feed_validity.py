"""Every feed of the demo, in every locale and channel, keeps the rules of its format.

The rules are those that the W3C's validator (w3c/feedvalidator) finds errors and warnings by, as far as
they can concern us; `jsonfeed-1.1.schema.json` is sonicdoe/jsonfeed-schema's `schema-v1.1.json`
(ISC License, © 2017–2018, 2020 Jakob Krigovsky), `rfc4287.rng` the grammar of RFC 4287, appendix B.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest
from jsonschema import Draft7Validator, FormatChecker
from lxml import etree, html

from machikado.assets import published_assets
from machikado.feeds.addresses import absolute
from machikado.feeds.channels import feed_files
from machikado.feeds.feed import Newsroom
from machikado.messages import read_catalogues
from machikado.press import Press
from small_city import PROJECT, demo

A = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
HUB = "https://hub.example/"
HERE = Path(__file__).parent
FORBIDDEN = {"script", "style", "object", "embed", "iframe", "form", "button", "ruby", "rt", "rp"}
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([+-]\d\d:\d\d|Z)")


@cache
def files() -> Mapping[str, bytes]:
    """Every file of the feeds of the demo."""
    site = demo().at(datetime(2026, 12, 1, tzinfo=UTC))
    catalogues = read_catalogues(PROJECT.tree, site.locales, PROJECT.data)
    render = Press(PROJECT, site, catalogues).articles.render
    articles = cache(lambda page: render(page).html)
    assets = published_assets(PROJECT.root / PROJECT.docs, site.locales)
    return dict(feed_files(Newsroom(site, catalogues, PROJECT.site_url, articles, assets, HUB)))


def named(end: str) -> Iterator[tuple[str, bytes]]:
    found = [(name, data) for name, data in files().items() if name.endswith(end)]
    assert len(found) > 100
    return iter(found)


def complaints(name: str, data: bytes) -> Iterator[str]:
    """What a validator would say of an Atom or RSS file."""
    root = etree.fromstring(data)
    is_atom = root.tag == f"{A}feed"
    channel = root if is_atom else root[0]
    here = absolute(PROJECT.site_url, f"/{name}")
    if [e.get("href") for e in channel.findall(f"{A}link[@rel='self']")] != [here]:
        yield "self does not match location"
    language = root.get("{http://www.w3.org/XML/1998/namespace}lang") or channel.findtext("language")  # fmt: skip
    if not LANGUAGE.fullmatch(language or ""):
        yield f"language {language}"
    items = channel.findall(f"{A}entry" if is_atom else "item")
    ids = [item.findtext(f"{A}id" if is_atom else "guid") for item in items]
    if len(set(ids)) != len(ids) or not all(re.match(r"tag:[^,]+,\d{4}", i or "") for i in ids):
        yield "ids"
    dates = [item.findtext(f"{A}published" if is_atom else "pubDate") or "" for item in items]
    moments = [datetime.fromisoformat(d) if is_atom else parsedate_to_datetime(d) for d in dates]
    if moments != sorted(moments, reverse=True):
        yield "order"
    for element in channel.iter(f"{A}updated", f"{A}published"):
        if not RFC3339.fullmatch(element.text or ""):
            yield f"date {element.text}"
    for element in channel.iter():
        if not (len(element) or (element.text or "").strip() or element.attrib):
            yield f"empty {element.tag}"
        for key in ("href", "url"):
            if key in element.attrib and not _is_absolute(element.get(key)):
                yield f"address {element.get(key)}"
    for link in (*channel.iter("enclosure"), *channel.iterfind(f".//{A}link[@rel='enclosure']")):
        if not (link.get("length", "").isdigit() and "/" in link.get("type", "")):
            yield "enclosure"
    for element in channel.iter(f"{A}content", CONTENT):
        yield from _in_content(element.text or "")


def _in_content(text: str) -> Iterator[str]:
    for element in html.fragment_fromstring(text, create_parent="div").iter():
        if element.tag in FORBIDDEN or {"style", "id", "class", "onclick"} & set(element.attrib):
            yield f"content <{element.tag} {dict(element.attrib)}>"
        for key in ("href", "src"):
            address = element.get(key)
            if address and not address.startswith(("mailto:", "tel:")) and not _is_absolute(address):  # fmt: skip
                yield f"content {key}={address}"


def _is_absolute(address: str | None) -> bool:
    parts = urlsplit(address or "")
    return bool(parts.scheme and parts.netloc) and str(address).isascii()


@pytest.mark.parametrize("end", [".atom", ".rss"])
def test_a_validator_has_nothing_to_say_of_any_feed(end: str) -> None:
    found = {name: list(complaints(name, data)) for name, data in named(end)}
    assert {name: said for name, said in found.items() if said} == {}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b'rel="self"', b'rel="via"', "self does not match location"),
        (b'xml:lang="ja"', b'xml:lang="japanese language"', "language japanese language"),
        (b"<id>tag:", b"<id>http:", "ids"),
        (b"+09:00</updated>", b"</updated>", "date 2026-11-22T09:00:00"),
        (b"&lt;p&gt;", b"&lt;p id=x&gt;", "content <p {'id': 'x'}>"),
        (b"&lt;p&gt;", b"&lt;script&gt;", "content <script {}>"),
        (b'href="https://machikado.example/help', b'href="/help', "content href=/help/feeds/"),
    ],
)
def test_the_rules_can_find_something(old: bytes, new: bytes, said: str) -> None:
    data = files()["feeds/news.atom"]
    assert old in data
    assert said in set(complaints("feeds/news.atom", data.replace(old, new)))


def test_every_atom_feed_follows_the_grammar_of_rfc_4287() -> None:
    grammar = etree.RelaxNG(etree.parse(str(HERE / "rfc4287.rng")))
    for _, data in named(".atom"):
        grammar.assertValid(etree.fromstring(data))


def test_every_json_feed_follows_the_schema_of_its_version() -> None:
    schema = json.loads((HERE / "jsonfeed-1.1.schema.json").read_bytes())
    judge = Draft7Validator(schema, format_checker=FormatChecker())
    for name, data in named(".json"):
        assert [e.message for e in judge.iter_errors(json.loads(data))] == [], name
    broken = json.loads(files()["feeds/news.json"]) | {"hubs": [{"type": "WebSub"}]}
    assert [e.message for e in judge.iter_errors(broken)] == ["'url' is a required property"]


def test_feedparser_reads_every_feed_without_complaint() -> None:
    for name, data in (*named(".atom"), *named(".rss")):
        assert feedparser.parse(data).bozo is False, name


def test_the_opml_of_every_locale_names_feeds_that_there_are() -> None:
    lists = {name: data for name, data in files().items() if name.endswith(".opml")}
    assert len(lists) == len(list(demo().locales))
    for data in lists.values():
        for outline in etree.fromstring(data).iter("outline"):
            assert outline.get("xmlUrl").removeprefix(PROJECT.site_url) in files()
