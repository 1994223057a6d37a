"""An article in a frame is judged as on its own page: on every page of the demo, with faults planted."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from pathlib import Path

import pytest

from built_site import PROJECT
from machikado.audit.run import Scope, audit_site
from machikado.audit.sight import ARTICLE_VIEWS
from machikado.audit.survey import plan, read_leaves
from machikado.browser.chromium import Chromium
from machikado.content.reader import read_site
from machikado.vocabulary import Finding, Report

PLANTED = (
    '<img src="/assets/planted.png">',
    '<p style="color: #888; background: #999">読みにくい文字</p>',
    "<h6>飛んだ見出し</h6>",
    '<a href="/plan/"></a>',
    '<div role="nothing">ない役割</div>',
    "<table><tr><td>一</td><td>二</td></tr><tr><td>三</td><td>四</td></tr></table>",
    '<p id="planted">一</p><p id="planted">二</p>',
    '<div style="width: 700px">はみ出す</div>',
    "<ul><p>項目でないもの</p></ul>",
    '<a href="/plan/">こちら</a>',
    '<span lang="xx-nothing">言語</span>',
    "<p>日 時</p>",
)
"""Faults of many kinds; each page gets two of them at the end of its article."""
Row = tuple[str, str, str, str, str | None, str | None, str | None]


@pytest.fixture(scope="module")
def site_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's pages with faults planted; with MACHIKADO_EVERY_PAGE unset, a few of them."""
    folder = tmp_path_factory.mktemp("planted") / "site"
    shutil.copytree(PROJECT.site_dir, folder)
    leaves = [leaf for leaf in read_leaves(folder) if not leaf.is_redirect]
    swapped = [leaf for leaf, _ in plan(leaves).swapped]
    step = 1 if os.environ.get("MACHIKADO_EVERY_PAGE") else 24
    kept = {leaf.file for leaf in swapped[::step]}
    kept |= {leaf.file for leaf, _ in plan(leaves).whole if leaf.template}
    for number, leaf in enumerate(leaves):
        if leaf.file not in kept:
            leaf.file.unlink()
            continue
        faults = PLANTED[number % len(PLANTED)] + PLANTED[(number * 5 + 3) % len(PLANTED)]
        html = leaf.html.replace("</main>", f"{faults}</main>")
        leaf.file.unlink()  # a hard link to the file of the tree before
        leaf.file.write_text(html, encoding="utf-8")
    return folder


def test_articles_in_a_frame_and_whole_pages_are_judged_alike(site_dir: Path) -> None:
    site = read_site(PROJECT.tree, PROJECT.docs, PROJECT.data).site
    scheme = plan([leaf for leaf in read_leaves(site_dir) if not leaf.is_redirect])
    addresses = {PROJECT.base_path.rstrip("/") + leaf.address for leaf, _ in scheme.swapped}
    scope = Scope(only=tuple(leaf.address for leaf, _ in scheme.swapped))
    chromium = Chromium.found()
    reports = [
        audit_site(site_dir, PROJECT.base_path, site, chromium, scope=scope, swaps=swaps)
        for swaps in (True, False)
    ]
    framed, whole = (_rows(report, addresses) for report in reports)
    around = _around(whole, len(addresses))
    assert sum(framed.values()) > len(addresses)
    assert framed - whole == Counter()
    assert {row: n for row, n in (whole - framed).items() if row[1:] not in around} == {}


def _rows(report: Report, addresses: set[str]) -> Counter[Row]:
    """Findings of pages whose article was put into a frame, in the views of both ways."""
    views = {(view.theme, view.viewport) for view in ARTICLE_VIEWS}
    missing = {problem.subject for problem in report.errors} & addresses
    assert missing == set()
    return Counter(
        _row(finding)
        for finding in report.findings
        if finding.page in addresses and (finding.theme, finding.viewport) in views
    )


def _row(finding: Finding) -> Row:
    return (
        finding.page,
        finding.check,
        finding.outcome.value,
        finding.html or "",
        str(finding.source) if finding.source else None,
        finding.theme,
        finding.viewport,
    )


def _around(whole: Counter[Row], pages: int) -> set[tuple[object, ...]]:
    """What is said of the parts around the article: the same on many pages."""
    spread: dict[tuple[object, ...], set[str]] = {}
    for row in whole:
        spread.setdefault(row[1:], set()).add(row[0])
    return {key for key, on in spread.items() if len(on) > max(3, pages // 20)}
