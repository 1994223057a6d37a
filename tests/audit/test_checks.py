"""Every check on its own examples, in a real browser: bad ones are found, good ones are not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from machikado.audit import axe
from machikado.audit.check import Check, all_checks, examine, sees_colours
from machikado.audit.criteria import CRITERIA
from machikado.audit.example import document, outcomes, serving_pages
from machikado.audit.judgement import answers
from machikado.audit.sight import URL_VIEWS, Patience, Visit
from machikado.audit.snapshot import read_snapshot
from machikado.browser.chromium import Chromium, Session
from machikado.browser.probes import PROBES
from machikado.vocabulary import Outcome

CHECKS = all_checks()
PAGES = {
    f"/{check.id}/{kind}/{number}": document(example)
    for check in CHECKS
    for kind, examples in (("good", check.good), ("bad", check.bad))
    for number, example in enumerate(examples)
}


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    with Chromium.found()(axe.setup(), None) as browser:
        yield browser


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with serving_pages(PAGES) as address:
        yield address


@pytest.mark.browser
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_a_check_finds_its_bad_examples_and_nothing_in_its_good_ones(
    session: Session, origin: str, check: Check
) -> None:
    said = {
        (kind, number): outcomes(session, f"{origin}/{check.id}/{kind}/{number}", check)
        for kind, examples in (("good", check.good), ("bad", check.bad))
        for number, _ in enumerate(examples)
    }
    wrong = {
        place: found
        for place, found in said.items()
        if (place[0] == "good") is (Outcome.FAILED in found)
        # A check that only ever asks people has no failures: its bad examples are its questions.
        and not (place[0] == "bad" and found and check.only_asks)
    }
    assert wrong == {}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_a_check_says_what_it_is(check: Check) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", check.id)
    assert check.good
    assert check.bad
    assert set(check.criteria) <= set(CRITERIA)
    assert all(re.fullmatch(r"[a-z0-9]{6}", rule) for rule in check.act)
    assert set(check.probes) <= set(PROBES)
    for text in (check.title, check.help):
        assert re.search(r"[ぁ-んァ-ヶ一-龠]", text.ja)
        assert text.en.isascii() or "“" in text.en or "’" in text.en


def test_ids_of_checks_are_their_files_and_unique() -> None:
    ids = [check.id for check in CHECKS]
    assert len(ids) == len(set(ids))


class _Colourless(dict[str, str]):
    """Styles that nobody may ask for a colour."""

    def get(self, name: str, default: Any = None) -> Any:  # noqa: ANN401
        assert not re.search("color|background|shadow|filter|fill|stroke", name), name
        return super().get(name, default)

    def __getitem__(self, name: str) -> str:
        return str(self.get(name))


@pytest.mark.browser
def test_checks_that_see_no_colours_ask_for_none(session: Session, origin: str) -> None:
    blind = [check for check in CHECKS if not sees_colours(check)]
    assert len(CHECKS) / 2 < len(blind) < len(CHECKS)
    argument = {"options": axe.options(), "colourRules": [], "shapeRules": []}
    for check in blind[::4]:
        visit = Visit(f"{origin}/{check.id}/bad/0", URL_VIEWS[:1], axe.question(), argument, Patience())  # fmt: skip
        for _, answer in answers(session.look(visit)):
            page = read_snapshot(answer["snapshot"])
            for element in page.elements():
                element.style = _Colourless(element.style)
            examine(page, blind)
