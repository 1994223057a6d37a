"""What is not looked at twice: the views after the first, and colours that axe has judged before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from small_pages import EMPTY_SITE, document, write_site

from machikado.audit import axe
from machikado.audit.judgement import answers
from machikado.audit.run import audit_site
from machikado.audit.sight import SITE_VIEWS, Patience, Swap, View, Visit
from machikado.audit.snapshot import renewed
from machikado.browser.chromium import Chromium, _Stage
from machikado.vocabulary import Outcome

BOTH_WAYS = """() => JSON.stringify({
  again: window.__machikado.again()?.snapshot ?? null, fresh: window.__machikado.snapshot(),
})"""
STYLE = """<style>
  body { color: #222; background: #fff } a { color: #024 }
  @media (prefers-color-scheme: dark) { body { color: #eee; background: #111 } a { color: #cdf } }
  @media (max-width: 600px) { .wide { display: none } td { display: block } h2::before { content: "§" } }
  .over { position: relative } .over b { position: absolute; left: 0; top: 0; background: #fff; color: #fff }
  .faint { color: #bbb } @media (max-width: 600px) { .faint-when-narrow { color: #ccc } }
</style>"""
RICH = """<h1>題</h1><h2>見出し</h2><p>文の中の<a href="/x/">リンクの言葉</a>です。</p>
<p class="wide">広いときだけ見える文</p><ul><li>一</li><li><a href="/y/">二</a></li></ul>
<table><tr><th>列</th></tr><tr><td>値</td></tr></table><input value="字"><img src="/none.png" alt="絵">"""


@pytest.mark.parametrize("kept", [True, False])
def test_a_view_told_by_its_changes_is_the_view_taken_anew(
    chromium: Chromium, site_dir: Path, origin: str, kept: bool
) -> None:
    change = (
        ""
        if kept
        else "<script>addEventListener('resize', () => document.body.append('新'))</script>"
    )
    write_site(site_dir, {"index.html": document(RICH + change, STYLE)})
    with chromium(axe.setup(), origin) as browser:
        seen = browser.look(Visit(f"{origin}/", SITE_VIEWS, BOTH_WAYS, None, Patience()))
    told = [json.loads(sight.answer) for sight in seen.sights]
    for before, now in pairwise(told):
        # The document changes whenever the window does: nothing can be carried over.
        is_other = before["fresh"]["viewport"] != now["fresh"]["viewport"] and not kept
        assert (now["again"] is None) is is_other
        if is_other:
            continue
        whole = renewed(before["fresh"], now["again"])
        assert [_without_empty(row) for row in whole["nodes"]] == [
            _without_empty(row) for row in now["fresh"]["nodes"]
        ]
        for name in ("styles", "looks", "scroll", "viewport", "url", "title"):
            assert whole[name] == now["fresh"][name]


def _without_empty(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


def test_an_article_has_the_address_and_title_of_its_own_page(
    chromium: Chromium, site_dir: Path, origin: str
) -> None:
    write_site(site_dir, {"a/index.html": document("枠", STYLE), "b/c.html": document("文")})
    swap = Swap(
        f"{origin}/b/c.html",
        "ほかの題",
        (("lang", "ja"),),
        (),
        '<main><a href="../d/#e">行く</a></main>',
    )
    question = "() => JSON.stringify(window.__machikado.snapshot())"
    with chromium(axe.setup(), origin) as browser:
        seen = browser.look(
            Visit(f"{origin}/a/", SITE_VIEWS, question, None, Patience(), swap=swap)
        )
    for sight, view in zip(seen.sights, SITE_VIEWS, strict=True):
        page = json.loads(sight.answer)
        assert seen.url == page["url"] == swap.url
        assert page["title"] == "ほかの題"
        assert page["viewport"][0] == (1280 if view.viewport == "desktop" else 320)
        assert [row["x"] for row in page["nodes"] if row["p"] >= 0 and "x" in row and page["nodes"][row["p"]]["t"] == "title"] == ["ほかの題"]  # fmt: skip
        assert [row["href"] for row in page["nodes"] if row.get("t") == "a"] == [f"{origin}/d/#e"]
        assert not any(row.get("t") == "base" for row in page["nodes"])


def test_a_scheme_that_is_foretold_is_the_scheme_that_would_be_shown(
    chromium: Chromium, site_dir: Path, origin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_site(site_dir, {"a/index.html": document("枠", STYLE)})
    article = f"<main>{GOOD}<p class='wide'>広い</p><ul><li>一</li><li>二</li></ul></main>"
    swap = Swap(f"{origin}/b/", "題", (("lang", "ja"),), (), article)
    argument = {"options": axe.options(), "colourRules": axe.COLOUR_RULES, "shapeRules": []}
    views = (SITE_VIEWS[0], SITE_VIEWS[1], SITE_VIEWS[3])
    visit = Visit(f"{origin}/a/", views, axe.question(), argument, Patience(), swap=swap)
    # A question that foretells nothing is asked in each view.
    question = f"async (given) => {{ const told = await ({axe.question()})(given); window.__machikado.foretell = null; return told; }}"
    shown: list[str] = []
    show = _Stage._show

    def noted(stage: _Stage, view: View) -> None:
        shown.append(view.theme)
        show(stage, view)

    monkeypatch.setattr(_Stage, "_show", noted)
    with chromium(axe.setup(), origin) as browser:
        asked = [
            [answer for _, answer in answers(browser.look(one))]
            for one in (visit, visit, replace(visit, question=question))
        ]
    # The second time all of it is known.
    assert shown == ["light", "dark", "light", "light", "light", "light", "dark", "light"]
    for seen in asked[1:]:
        for before, now in zip(asked[0], seen, strict=True):
            assert now["results"] == before["results"] == []
            assert sorted(now["applicable"]) == sorted(before["applicable"])
            assert painted(now) == painted(before)
    assert painted(asked[0][0]) != painted(asked[0][1])


def painted(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of a snapshot, with their styles and colours written out."""
    snapshot = answer["snapshot"]
    rows = [_without_empty(row) for row in snapshot["nodes"]]
    for row in rows:
        if "s" in row:
            row["s"], row["c"] = snapshot["styles"][row["s"]], snapshot["looks"][row["c"]]
    return rows


GOOD = "<h1>題</h1><p>読める文です。</p><p>文の中に<a href='/a/'>リンクの言葉</a>がある文です。</p>"


def test_what_was_good_on_one_article_hides_no_fault_of_another(
    chromium: Chromium, site_dir: Path
) -> None:
    articles = {
        "a": GOOD,
        "b": GOOD,
        "c": GOOD + '<p class="faint">読みにくい文です。</p>',
        "d": GOOD + '<p style="color: #ccc">読みにくい文です。</p>',
        "e": GOOD + '<p class="over">読める文です。<b>隠す字を上に置く</b></p>',
        "f": GOOD + '<p class="faint-when-narrow">狭いと読みにくい文です。</p>',
        "g": GOOD,
    }
    write_site(
        site_dir,
        {
            f"{name}/index.html": document(f"{html}", STYLE)
            .replace("<title>見本", f"<title>見本{name}")
            .replace("<body>", '<body class="kind-page">')
            for name, html in articles.items()
        },
    )
    reports = [
        audit_site(site_dir, "/", EMPTY_SITE, chromium, jobs=1, swaps=swaps)
        for swaps in (True, False)
    ]
    found = [
        {
            (finding.page, finding.check, finding.outcome, finding.theme, finding.viewport)
            for finding in report.findings
            if finding.check in axe.COLOUR_RULES
            and (finding.theme, finding.viewport) != ("dark", "phone")
        }
        for report in reports
    ]
    assert found[0] == found[1]
    failed = {
        (page, viewport) for page, _, outcome, _, viewport in found[0] if outcome is Outcome.FAILED
    }
    assert failed >= {("/c/", "desktop"), ("/c/", "phone"), ("/d/", "desktop"), ("/f/", "phone")}
    assert not failed & {
        ("/a/", "desktop"),
        ("/b/", "phone"),
        ("/g/", "desktop"),
        ("/f/", "desktop"),
    }
