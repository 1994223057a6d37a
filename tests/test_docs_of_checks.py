"""The page of the checks is made from them, and keeps step."""

from __future__ import annotations

from docs_of_checks import FILE, page
from machikado.audit.check import all_checks
from machikado.check import all_rules


def test_the_page_of_the_checks_is_what_the_checks_say() -> None:
    assert FILE.read_text("utf-8") == page(), "stale: run `make docs-checks`"


def test_a_check_and_a_rule_of_one_name_would_have_one_heading() -> None:
    assert {check.id for check in all_checks()} & {rule.id for rule in all_rules()} == set()
