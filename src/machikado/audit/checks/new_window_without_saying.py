"""A link that opens a new window without saying so (WCAG 3.2.5; G201, H83)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._links import context, links
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_SAYS_SO = re.compile(
    r"(?:new|another|separate|external|popup|pop-up)\W*(?:browser )?(?:window|tab|site|link)?"
    r"|opens in|外部|別(?:の)?(?:ウ[ィイ]ンドウ|タブ|窓|画面)|新(?:しい|規)(?:の)?(?:ウ[ィイ]ンドウ|タブ|窓|画面)"
    r"|ウ[ィイ]ンドウ|タブで|新窗口|新視窗|새 ?창|cửa sổ mới|nova janela|nueva ventana|neuen? (?:fenster|tab)",
    re.IGNORECASE,
)
_SAME = ("", "_self", "_parent", "_top")


def _opens(link: Element) -> bool:
    return link.get("target").lower() not in _SAME or "window.open" in link.get("onclick")


def _applies_to(page: Snapshot) -> Iterator[Element]:
    return (link for link in links(page) if _opens(link) and link.name)


def _expectation(link: Element, page: Snapshot) -> Fault | None:
    described = [page.by_id[i] for i in link.get("aria-describedby").split() if i in page.by_id]
    said = [link.name or "", link.text, link.get("title"), link.after, link.before]
    said += [part.get("title") + part.get("alt") + part.after for part in link.elements()]
    said += [element.text for element in (*described, *context(link, page))]
    if link.parent is not None:
        said.append(link.parent.text)
    if _SAYS_SO.search(" ".join(said)):
        return None
    return Fault(
        Text(
            f"リンク「{link.name}」は新しいウィンドウを開きますが、そう書かれていません。",
            f"The link “{link.name}” opens a new window without saying so.",
        )
    )


CHECK = Check(
    id="new-window-without-saying",
    title=Text("断りなく新しいウィンドウを開くリンク", "A link that opens a window unannounced"),
    help=Text(
        "同じウィンドウで開くようにするか、リンクの言葉に「（新しいウィンドウで開く）」と書いてください。",
        "Let it open in the same window, or add “(opens in a new tab)” to the link text.",
    ),
    criteria=("3.2.5",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<p><a href="/map/" target="_blank">地図（新しいウィンドウで開く）</a></p>',
        '<p><a href="https://a.example/" target="_blank">県庁<img src="" alt="外部サイト"></a></p>',
        '<p><a href="/map/" target="_blank">Map (opens in a new tab)</a></p>',
        '<p><a href="/map/" target="_self">地図</a></p>',
    ),
    bad=(
        '<p><a href="/map/" target="_blank">地図</a></p>',
        '<p>See the <a href="/map/" target="map">map</a>.</p>',
    ),
)
