"""The page of the checks is made from them, and keeps step."""

from __future__ import annotations

from docs_of_checks import FILE, MANUAL, manual, page
from machikado.audit.check import all_checks
from machikado.check import all_rules


def test_the_page_of_the_checks_is_what_the_checks_say() -> None:
    assert FILE.read_text("utf-8") == page(), "stale: run `make docs-checks`"


def test_the_manual_tells_of_every_check_of_an_audit() -> None:
    for language, file in MANUAL.items():
        assert file.read_text("utf-8") == manual(language), "stale: run `make docs-checks`"


def test_a_check_and_a_rule_of_one_name_would_have_one_heading() -> None:
    assert {check.id for check in all_checks()} & {rule.id for rule in all_rules()} == set()
