"""Links of one name are followed as far as it takes to know whether they serve one purpose."""

from __future__ import annotations

import json

import pytest

from machikado.audit import axe
from machikado.audit.check import examine
from machikado.audit.checks.identical_links_with_different_targets import CHECKS
from machikado.audit.example import document, serving_pages
from machikado.audit.sight import URL_VIEWS, Patience, Visit
from machikado.audit.snapshot import read_snapshot
from machikado.browser.chromium import Chromium

PAGES = {
    "/desk": document("<p>窓口は1階です。</p>"),
    "/desk-again": document("<p>窓口は1階です。</p>").replace("見本", "写し", 1),
    "/phone": document("<p>電話で問い合わせる。</p>"),
    "/sent-on": document('<meta http-equiv="refresh" content="0; url=/desk">'),
    "/logout": document("<p>窓口は1階です。</p>"),
}


def _found(*targets: str) -> tuple[list[tuple[str, str]], list[str]]:
    """What the two checks say of links called 窓口 to these targets, and the pages asked for."""
    body = "".join(f'<a href="{target}">窓口</a> ' for target in targets)
    pages = {**PAGES, "/": document(f"<p>{body}</p>")}
    argument = {
        "options": {"runOnly": {"type": "rule", "values": ["document-title"]}},
        "colourRules": [],
    }
    with serving_pages(pages) as origin, Chromium.found()(axe.setup(), None) as browser:
        visit = Visit(
            f"{origin}/", URL_VIEWS[:1], axe.question(), argument, Patience(), ("linked-pages",)
        )
        seen = browser.look(visit)
        page = read_snapshot(json.loads(seen.sights[0].answer)["snapshot"], probes=seen.probes)
        verdicts = examine(page, CHECKS)[0]
        asked = sorted(address.removeprefix(origin) for address in seen.probes["linked-pages"])
    return [(v.check.id, v.fault.outcome.value) for v in verdicts], asked


@pytest.mark.browser
def test_links_to_pages_of_the_same_content_are_one_purpose() -> None:
    assert _found("/desk", "/desk-again") == ([], ["/desk", "/desk-again"])


@pytest.mark.browser
def test_a_link_to_a_page_that_sends_its_reader_on_at_once_leads_where_that_leads() -> None:
    assert _found("/desk", "/sent-on")[0] == []


@pytest.mark.browser
def test_links_to_pages_of_other_content_are_told_by_both_checks() -> None:
    assert _found("/desk", "/phone")[0] == [
        ("identical-links-with-different-targets", "failed"),
        ("identical-links-in-one-context", "failed"),
    ]


@pytest.mark.browser
def test_pages_that_would_do_something_and_other_servers_are_not_asked_for() -> None:
    assert set(_found("/desk", "/phone", "/logout", "http://b.invalid/")[1]) <= {"/desk", "/phone"}


@pytest.mark.browser
def test_many_links_of_one_name_are_bounded() -> None:
    targets = [f"/page-{number}" for number in range(2000)]
    assert _found(*targets)[1] == []
