"""The ledger: the index after a change, what readers begin or cease to see, what is stale and why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from machikado.content.locale import Locales
from machikado.content.reader import Place, read_locales
from machikado.content.source import read_source
from machikado.content.tree import MemoryTree
from machikado.incremental import codec
from machikado.incremental.ledger import ALWAYS, NEVER, Effects, Ledger, microseconds
from machikado.incremental.store import Store
from machikado.incremental.trace import Numbers, unpacked
from small_city import LOCALES, news, source, translated

APRIL = microseconds(datetime(2026, 4, 1, tzinfo=UTC))
DAY = 86_400_000_000
PACKED = Numbers().packed
PAGE = source(1001, "計画", "本文")
LOCALE_LIST: Locales = read_locales(MemoryTree({"i18n/locales.yml": LOCALES}))


class Book:
    """A ledger whose sources a test gives, by `<locale>/<path>`; None takes one away."""

    def __init__(self) -> None:
        self.store = Store(None)
        self.last: int | None = None

    def enter(self, pages: Mapping[str, str | None], now: int = APRIL) -> Effects:
        ledger = Ledger(self.store, LOCALE_LIST, now)
        changed = {
            place_of(name): read_source(text.encode())[0]
            for name, text in pages.items()
            if text is not None
        }
        removed = [f"docs/{name}" for name, text in pages.items() if text is None]
        with self.store.transaction():
            effects = ledger.enter(changed, removed, self.last, now)
        self.last = now
        return effects

    @property
    def ledger(self) -> Ledger:
        return Ledger(self.store, LOCALE_LIST, self.last or APRIL)

    def times(self, name: str) -> tuple[int, int]:
        row = self.store.row("SELECT begins, ends FROM pages WHERE file = ?", f"docs/{name}")
        assert row is not None
        return (row[0], row[1])

    def card(self, name: str) -> dict[str, object]:
        data = self.store.one("SELECT card FROM pages WHERE file = ?", f"docs/{name}")
        card: dict[str, object] = json.loads(data)
        return card


def place_of(name: str) -> Place:
    code, _, path = name.partition("/")
    return Place(f"docs/{name}", LOCALE_LIST[code], path)


@pytest.fixture
def book() -> Book:
    return Book()


def test_a_page_that_comes_is_begun_and_one_that_goes_is_ended(book: Book) -> None:
    assert book.enter({"ja/plan.md": PAGE}).begun == ["docs/ja/plan.md"]
    assert book.times("ja/plan.md") == (ALWAYS, NEVER)
    effects = book.enter({"ja/plan.md": None})
    assert (effects.begun, effects.ended) == ([], ["docs/ja/plan.md"])
    assert effects.listed == {("ja", "1001")}
    assert book.store.rows("SELECT * FROM pages") == []
    assert book.store.rows("SELECT * FROM claims") == []


def test_a_page_becomes_public_when_the_clock_passes_and_at_no_other_time(book: Book) -> None:
    keys = {"publish_at": "2026-04-03T09:00", "expires_at": "2026-04-05T09:00"}
    page = source(1001, "計画", "本文", **keys)
    assert book.enter({"ja/plan.md": page}).begun == []
    begins, ends = APRIL + 2 * DAY, APRIL + 4 * DAY
    assert book.times("ja/plan.md") == (begins, ends)
    assert book.ledger.next_moment(APRIL) == begins
    assert book.ledger.next_moment(begins) == ends
    assert book.ledger.next_moment(ends) == NEVER
    assert book.enter({}, begins - 1).begun == []
    effects = book.enter({}, begins)
    assert effects.begun == ["docs/ja/plan.md"]
    assert "path ja/plan.md" in effects.keys
    assert "+path ja/plan.md" not in effects.keys
    assert book.enter({}, ends - 1).ended == []
    assert book.enter({}, ends).ended == ["docs/ja/plan.md"]


def test_a_clock_that_goes_back_takes_pages_away_again(book: Book) -> None:
    page = source(1001, "計画", "本文", publish_at="2026-04-03T09:00")
    book.enter({"ja/plan.md": page}, APRIL + 3 * DAY)
    assert book.enter({}, APRIL).ended == ["docs/ja/plan.md"]
    assert book.enter({}, APRIL + 3 * DAY).begun == ["docs/ja/plan.md"]


def test_a_page_that_came_and_went_between_two_builds_was_never_seen(book: Book) -> None:
    keys = {"publish_at": "2026-04-03", "expires_at": "2026-04-05"}
    book.enter({"ja/plan.md": source(1001, "計画", "本文", **keys)})
    effects = book.enter({}, APRIL + 9 * DAY)
    assert (effects.begun, effects.ended, effects.keys) == ([], [], set())


def test_a_translation_takes_over_what_it_does_not_say_and_is_seen_no_longer_than_its_source(
    book: Book,
) -> None:
    original = source(1001, "計画", "本文", department="joho", expires_at="2026-04-05T09:00")
    english = translated(original, "Plan", "Text", expires_at="2026-05-01T09:00")
    book.enter({"ja/plan.md": original, "en/plan.md": english})
    assert book.card("en/plan.md")["department"] == "joho"
    assert book.times("en/plan.md") == (ALWAYS, APRIL + 4 * DAY)
    effects = book.enter({"ja/plan.md": original.replace("joho", "somu")})
    assert book.card("en/plan.md")["department"] == "somu"
    assert {"card docs/en/plan.md", "card docs/ja/plan.md"} <= effects.keys
    effects = book.enter({"ja/plan.md": None})
    assert book.card("en/plan.md")["department"] is None
    assert (effects.begun, effects.ended) == ([], ["docs/ja/plan.md"])


def test_a_page_that_becomes_unreadable_is_a_page_no_more(book: Book) -> None:
    book.enter({"ja/plan.md": PAGE})
    effects = book.enter({"ja/plan.md": "---\nid: [\n---\n"})
    assert effects.ended == ["docs/ja/plan.md"]
    assert "unread plan.md" in effects.keys
    assert book.store.rows("SELECT id, card FROM pages") == [(None, None)]
    assert book.enter({"ja/plan.md": PAGE}).begun == ["docs/ja/plan.md"]


def test_of_pages_with_one_id_translations_follow_the_last_as_in_a_whole_reading(
    book: Book,
) -> None:
    one = source(1001, "一", "本文", department="joho")
    other = source(1001, "二", "本文", department="somu")
    english = translated(other, "Two", "Text")
    book.enter({"ja/a.md": one, "en/b.md": english})
    assert book.card("en/b.md")["department"] == "joho"
    book.enter({"ja/b.md": other})
    assert book.card("en/b.md")["department"] == "somu"
    assert len(book.store.rows("SELECT 1 FROM claims WHERE name = 'id ja:1001'")) == 2
    book.enter({"ja/b.md": other.replace("1001", "1002")})
    assert book.card("en/b.md")["department"] == "joho"


def test_what_was_entered_already_touches_nothing(book: Book) -> None:
    pages = {
        "ja/plan.md": news(1001, "題", "2026-04-01", "本文"),
        "en/plan.md": translated(PAGE, "Plan"),
    }
    book.enter(pages)
    effects = book.enter(pages)
    assert (effects.keys, effects.begun, effects.ended) == (set(), [], [])


def test_a_page_with_another_id_is_listed_under_both(book: Book) -> None:
    book.enter({"ja/plan.md": PAGE})
    effects = book.enter({"ja/plan.md": PAGE.replace("1001", "1002")})
    assert effects.listed == {("ja", "1001"), ("ja", "1002")}


# Products ---------------------------------------------------------------------------------------


def reasons(book: Book, kind: str, subject: str) -> list[str]:
    why = book.store.one("SELECT why FROM products WHERE kind = ? AND subject = ?", kind, subject)
    told: list[str] = codec.plain(why)
    return told


def test_a_product_is_stale_when_a_fact_that_it_was_made_from_is_touched(book: Book) -> None:
    ledger = book.ledger
    ledger.want("page", ["a", "b"], "begun")
    assert ledger.stale("page") == ["a", "b"]
    ledger.made("page", "a", PACKED({"card x", "card y"}))
    ledger.made("page", "b", PACKED({"card y"}))
    assert ledger.stale("page") == []
    ledger.touch(["card x", "card nobody"])
    ledger.settle()
    assert ledger.stale("page") == ["a"]
    assert reasons(book, "page", "a") == ["card x"]
    ledger.made("page", "a", PACKED({"card z"}))
    ledger.touch(["card x"])
    ledger.settle()
    assert ledger.stale("page") == []
    ledger.touch(["card y", "card z"])
    ledger.settle()
    assert ledger.stale("page") == ["a", "b"]


def test_the_first_reason_stays_until_the_product_is_made(book: Book) -> None:
    ledger = book.ledger
    ledger.made("page", "a", PACKED({"card x"}))
    ledger.want("page", ["a"], "own")
    ledger.touch(["card x"])
    ledger.settle()
    ledger.want_all(["page"], "settings")
    assert reasons(book, "page", "a") == ["own"]
    ledger.made("page", "a", PACKED({"card x"}))
    ledger.want_all(["page"], "settings")
    assert reasons(book, "page", "a") == ["settings"]


def test_only_what_is_known_is_wanted_again(book: Book) -> None:
    ledger = book.ledger
    ledger.made("page", "a")
    ledger.want_known("page", ["a", "b"], "own")
    assert ledger.stale("page") == ["a"]
    ledger.made("page", "a")
    ledger.want_first("page", ["a", "c"], "begun")
    assert ledger.stale("page") == ["c"]


def test_whether_a_product_differs_is_told_by_its_fingerprint(book: Book) -> None:
    ledger = book.ledger
    number, differs = ledger.made("article", "a", b"", b"one", b"payload")
    assert differs
    assert ledger.made("article", "a", b"", b"one") == (number, False)
    assert ledger.made("article", "a", b"", b"two") == (number, True)


def test_a_dropped_product_leaves_nothing(book: Book) -> None:
    ledger = book.ledger
    number, _ = ledger.made("page", "a", PACKED({"card x", "card y"}))
    assert ledger.drop("page", "a") == number
    assert ledger.drop("page", "a") is None
    assert book.store.rows("SELECT * FROM uses") == []
    ledger.touch(["card x"])
    ledger.settle()
    assert ledger.stale("page") == []


def test_a_later_build_marks_at_once(book: Book) -> None:
    ledger = book.ledger
    ledger.made("page", "a", PACKED({"card x"}))
    ledger.settle()
    later = Ledger(book.store, LOCALE_LIST, 2)
    later.touch(["card x"])
    assert later.stale("page") == ["a"]
    later.made("page", "a", PACKED({"card z"}))
    later.touch(["card x"])
    assert later.stale("page") == []
    later.touch(["card z"])
    assert later.stale("page") == ["a"]


def uses(book: Book) -> dict[str, set[str]]:
    """The subjects of the products that were made from each of a few facts, as the store has them."""
    subjects = dict(book.store.rows("SELECT number, subject FROM products"))
    found = {}
    for fact in ("card x", "card y", "card z"):
        users = book.store.one("SELECT products FROM uses WHERE key = ?", Numbers()[fact])
        if users is not None:
            found[fact] = {subjects[number] for number in unpacked(users)}
            assert len(found[fact]) == len(unpacked(users)) > 0
    return found


@given(st.data())
def test_what_products_are_made_from_is_written_in_whatever_parts(data: st.DataObject) -> None:
    book = Book()
    ledger = book.ledger
    facts = st.sets(st.sampled_from(["card x", "card y", "card z"]))
    now: dict[str, set[str]] = {}
    for _ in range(data.draw(st.integers(1, 12))):
        subject = data.draw(st.sampled_from("abc"))
        match data.draw(st.sampled_from(["made", "made", "settle", "touch", "drop", "later"])):
            case "made":
                now[subject] = data.draw(facts)
                ledger.made("page", subject, PACKED(now[subject]))
            case "settle":
                ledger.settle()
            case "touch":
                ledger.touch([])
            case "drop":
                now.pop(subject, None)
                ledger.drop("page", subject)
            case "later":
                # Another build, whether this one ended or was killed.
                ledger = book.ledger
                ledger.mend()
    ledger.settle()
    wanted: dict[str, set[str]] = {}
    for subject, made_from in now.items():
        for fact in made_from:
            wanted.setdefault(fact, set()).add(subject)
    assert uses(book) == wanted


def test_after_a_killed_first_build_everything_is_known_again(book: Book) -> None:
    ledger = book.ledger
    ledger.made("findings", "x", PACKED({"card x"}))
    ledger.made("page", "a", PACKED({"card x", "places x"}))
    ledger.made("page", "b", PACKED({"article c"}))
    ledger.touch(["places x"])
    # Here it was killed: nothing was settled.
    assert book.store.rows("SELECT * FROM uses") == []
    later = Ledger(book.store, LOCALE_LIST, 2)
    later.mend()
    # What it touched is made again, and what is touched now.
    assert later.stale("page") == ["a"]
    assert reasons(book, "page", "a") == ["places x"]
    later.touch(["card x"])
    assert later.stale("findings") == ["x"]
    later.touch(["article c"])
    assert later.stale("page") == ["a", "b"]
    later.made("findings", "x", PACKED({"card x"}))
    later.mend()
    assert later.stale("findings") == []


def test_time_is_counted_in_microseconds_exactly() -> None:
    moment = datetime(2026, 4, 1, 0, 0, 0, 1, tzinfo=UTC)
    assert microseconds(moment) - microseconds(moment - timedelta(microseconds=1)) == 1
    assert microseconds(datetime(1970, 1, 1, tzinfo=UTC)) == 0
