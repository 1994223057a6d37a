"""A disclosure whose button says nothing (ACT rule 2t702h; WCAG 2.2, 4.1.2)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """The summaries that open and close their details."""
    for details in page.elements("details"):
        first = next((part for part in details.parts if part.tag == "summary"), None)
        if first is not None and first.is_exposed:
            yield first


def _expectation(summary: Element, _page: Snapshot) -> Fault | None:
    if summary.name:
        return None
    return Fault(
        Text(
            "開閉する部分の見出し（summary）に言葉がなく、何が開くのか分かりません。",
            "The summary of a disclosure has no words: nobody can tell what it opens.",
        )
    )


CHECK = Check(
    id="summary-without-name",
    title=Text("言葉のない開閉ボタン", "A disclosure without a name"),
    help=Text(
        "開くと何が出るかを、summary に書いてください。",
        "Write into the summary what it opens.",
    ),
    criteria=("4.1.2",),
    act=("2t702h",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<details><summary>開館時間</summary><p>午前9時から</p></details>",
        '<details><summary><img src="" alt="地図"></summary><p>駅の東</p></details>',
        '<details><summary aria-label="開館時間"></summary><p>午前9時から</p></details>',
        "<details><p>見出しのない開閉は、ブラウザーが言葉を補う</p></details>",
        "<details hidden><summary></summary><p>見えない</p></details>",
    ),
    bad=(
        "<details><summary></summary><p>午前9時から</p></details>",
        '<details><summary><img src="" alt=""></summary><p>駅の東</p></details>',
    ),
)
