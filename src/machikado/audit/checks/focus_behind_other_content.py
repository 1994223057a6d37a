"""A fixed part of the page lies over what has the focus (WCAG 2.2, 2.4.11; failure F110)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._walk import stop_at, stops
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text


def _applies_to(page: Snapshot) -> Iterator[Element]:
    return (element for element, _ in stops(page))


def _expectation(element: Element, page: Snapshot) -> Fault | None:
    number = stop_at(element, page).get("cover")
    cover = page.element(number) if number is not None else None
    if cover is None:
        return None
    return Fault(
        Text(
            f"キーボードで選ぶと、固定された部分（{cover.tag}）の下に隠れて見えません。",
            f"When the keyboard reaches it, a fixed part of the page ({cover.tag}) covers it.",
        )
    )


CHECK = Check(
    id="focus-behind-other-content",
    title=Text("固定された部分に隠れるフォーカス", "Focus hidden by a fixed part"),
    help=Text(
        "固定したヘッダーやお知らせの高さだけ、scroll-padding を取ってください。"
        "お知らせは閉じられるようにしてください。",
        "Give the page a scroll-padding as high as its fixed header or notice, and let the notice "
        "be closed.",
    ),
    criteria=("2.4.11",),
    applies_to=_applies_to,
    expectation=_expectation,
    probes=("keyboard",),
    good=(
        '<a href="#a">手続き</a>',
        '<header style="position: sticky; top: 0; background: #fff"><a href="#a">手続き</a></header>'
        '<p><a href="#b">施設</a></p>',
        '<div style="position: fixed; bottom: 0; left: 0; width: 100%; height: 40px; background: '
        '#fff">Cookies</div><p><a href="#b">Parks</a></p>',
    ),
    bad=(
        '<div style="position: fixed; inset: 0 0 50% 0; background: #fff">お知らせ</div>'
        '<a href="#b">施設</a>',
        '<div style="position: fixed; top: 0; left: 0; right: 0; height: 400px; background: #eee">'
        'Cookies</div><p><a href="#b">Parks</a></p>',
    ),
)
