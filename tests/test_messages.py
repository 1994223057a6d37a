from __future__ import annotations

import io
import re
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from machikado.content.locale import Locale
from machikado.content.reader import read_locales
from machikado.content.tree import MemoryTree
from machikado.messages import Catalogue, catalogue_file, read_catalogues
from machikado.vocabulary import ConfigurationError
from small_city import PROJECT, ROOT, demo

LOCALES = tuple(demo().locales)
KEYWORDS = {**DEFAULT_KEYWORDS, "shown": None}
"""`shown` in a template is a message with furigana, `_` the same as plain text."""
NAMES = re.compile(r"%\((\w+)\)[sd]")


@cache
def extracted() -> frozenset[str]:
    """Every message in the theme and in the code, as `pybabel extract -F babel.cfg -k shown .` finds it."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        method_map, options_map = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    found = extract_from_dir(str(ROOT), method_map, options_map, KEYWORDS)
    return frozenset(
        message if isinstance(message, str) else message[0] for _, _, message, *_ in found
    )


def catalog(locale: Locale) -> Catalog:
    data = (ROOT / catalogue_file(locale.code)).read_bytes()
    return read_po(io.BytesIO(data), locale=locale.cldr, abort_invalid=True)


def messages(locale: Locale) -> list[Message]:
    return [message for message in catalog(locale) if message.id]


def test_the_extraction_finds_messages_of_the_theme_and_of_the_code() -> None:
    assert {"Skip to the main text", "Main menu", "Reiwa", "News of %(site)s"} <= extracted()


@pytest.mark.parametrize("locale", LOCALES, ids=lambda locale: locale.code)
def test_a_catalogue_holds_exactly_the_messages_in_use(locale: Locale) -> None:
    known = {str(message.id) for message in messages(locale)}
    missing, unused = extracted() - known, known - extracted()
    assert (sorted(missing), sorted(unused)) == ([], [])


@pytest.mark.parametrize("locale", LOCALES, ids=lambda locale: locale.code)
def test_every_message_is_translated_and_none_is_fuzzy_or_obsolete(locale: Locale) -> None:
    assert [m.id for m in messages(locale) if not m.string or m.fuzzy] == []
    assert list(catalog(locale).obsolete) == []


@pytest.mark.parametrize("locale", LOCALES, ids=lambda locale: locale.code)
def test_a_translation_has_the_placeholders_of_its_message(locale: Locale) -> None:
    for message in messages(locale):
        assert isinstance(message.id, str)
        assert isinstance(message.string, str)
        assert sorted(NAMES.findall(message.string)) == sorted(NAMES.findall(message.id))
        assert ("python-format" in message.flags) == bool(NAMES.search(message.id)), message.id


@pytest.mark.parametrize("locale", LOCALES, ids=lambda locale: locale.code)
def test_the_checkers_of_babel_find_nothing(locale: Locale) -> None:
    assert [(message.id, errors) for message, errors in catalog(locale).check()] == []


@pytest.mark.parametrize("locale", LOCALES, ids=lambda locale: locale.code)
def test_a_message_begins_and_ends_with_white_space_only_where_the_english_does(
    locale: Locale,
) -> None:
    # Chinese and Japanese brackets bring their own space.
    for message in messages(locale):
        text = str(message.string)
        assert text == text.strip() or str(message.id) != str(message.id).strip(), message.id


@pytest.mark.parametrize("locale", LOCALES, ids=lambda locale: locale.code)
def test_only_english_may_leave_a_message_in_english(locale: Locale) -> None:
    told = {str(m.id): str(m.string) for m in messages(locale)}
    words = {id_ for id_ in told if re.search(r"[a-z]{3}", NAMES.sub("", id_))}
    same = {id_ for id_ in words if told[id_] == id_}
    if locale.code == "en":
        assert same == words
    else:
        # Vietnamese writes the names of eras, telefax and e-mail as English does.
        allowed = {"Reiwa", "Heisei", "Showa", "Fax", "Email"} if locale.code == "vi" else set()
        assert same <= allowed


@pytest.mark.parametrize("locale", LOCALES, ids=lambda locale: locale.code)
def test_a_catalogue_names_its_language(locale: Locale) -> None:
    header = dict(catalog(locale).mime_headers)
    assert header["Content-Type"] == "text/plain; charset=utf-8"
    text = (ROOT / catalogue_file(locale.code)).read_text(encoding="utf-8")
    assert f'"Language: {locale.code}\\n"' in text


@pytest.mark.parametrize("locale", LOCALES, ids=lambda locale: locale.code)
def test_messages_stand_in_order_so_that_a_change_is_easy_to_see(locale: Locale) -> None:
    ids = [str(message.id) for message in messages(locale)]
    assert ids == sorted(ids)


def test_a_message_is_given_its_values() -> None:
    catalogue = Catalogue({"Page number: %(number)s": "ページ番号: %(number)s", "100%": "100％"})
    assert catalogue.gettext("Page number: %(number)s", number=5) == "ページ番号: 5"
    assert catalogue.gettext("100%") == "100％"
    assert catalogue.gettext("Unheard of") == "Unheard of"


def test_every_locale_of_the_demo_has_its_words() -> None:
    words = read_catalogues(PROJECT.tree, demo().locales)
    assert {code: catalogue.gettext("Home") for code, catalogue in words.items()} == {
        "ja": "ホーム",
        "ja-easy": "ホーム（はじめのページ）",
        "en": "Home",
        "zh-Hans": "首页",
        "zh-Hant": "首頁",
        "ko": "홈",
        "vi": "Trang chủ",
    }


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (None, "The catalogue of this locale is missing."),
        (b'msgid "a"\nrubbish\n', "The catalogue cannot be read"),
        ('msgid "a"\nmsgstr "あ"\n'.encode("cp932"), "The catalogue cannot be read"),
    ],
)
def test_a_broken_catalogue_is_named(data: bytes | None, message: str) -> None:
    files: dict[str, bytes | str] = {
        "i18n/locales.yml": "- { code: ja, name: 日本語, default: true }"
    }
    if data is not None:
        files["i18n/ja/LC_MESSAGES/machikado.po"] = data
    tree = MemoryTree(files)
    with pytest.raises(ConfigurationError) as caught:
        read_catalogues(tree, read_locales(tree))
    assert caught.value.where == "i18n/ja/LC_MESSAGES/machikado.po"
    assert caught.value.text.en.startswith(message)
    assert caught.value.text.ja
