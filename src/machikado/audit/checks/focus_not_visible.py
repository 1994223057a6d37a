"""Nobody sees where the focus is (ACT rule oj04fd; WCAG 2.2, 2.4.7; failure F78)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault, doubt
from machikado.audit.checks._walk import FRAMES, stop_at, stops
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text


def _applies_to(page: Snapshot) -> Iterator[Element]:
    return (e for e, _ in stops(page) if e.tag not in FRAMES and not e.in_frame)


def _is_nothing(element: Element) -> bool:
    """An empty link: not its focus is the fault."""
    return element.tag == "a" and not element.name and not element.shown_text


def _expectation(element: Element, page: Snapshot) -> Fault | None:
    stop = stop_at(element, page)
    if stop.get("pixels") is not False or _is_nothing(element):
        return None
    if stop["caret"] and not stop["unseen"]:
        return doubt(
            "入力欄を選んでも、点滅する縦線のほかに目印がありません。見分けられますか。",
            "When this field has the focus, nothing but the text cursor shows it. Is that seen?",
        )
    if stop["unseen"]:
        return Fault(
            Text(
                "キーボードで選べるのに、選んでも画面に出てきません。",
                "The keyboard reaches it, but it stays out of sight.",
            )
        )
    return Fault(
        Text(
            "キーボードで選んでも、見た目が何も変わりません。",
            "Nothing shows that the keyboard has reached it.",
        )
    )


CHECK = Check(
    id="focus-not-visible",
    title=Text("見えないフォーカス", "Invisible focus"),
    help=Text(
        "「outline: none」などの指定を外し、:focus-visible に見分けやすい枠線を付けてください。"
        "見えない部品は、選ばれたら現れるようにするか、選べないようにしてください。",
        "Remove “outline: none” and give :focus-visible an outline that is easy to see. What is "
        "out of sight must appear when it gets the focus, or must not get it.",
    ),
    criteria=("2.4.7",),
    act=("oj04fd",),
    applies_to=_applies_to,
    expectation=_expectation,
    probes=("keyboard",),
    good=(
        '<iframe title="地図" srcdoc="<p>地図</p>"></iframe><a href="#a">手続き</a>',
        '<a href="#a">手続き</a><button>申し込む</button><label>名前 <input></label>',
        "<style>a:focus { outline: none; background: #ff0 }</style><a href='#a'>手続き</a>",
        "<style>a:focus { outline: none } a:focus span { text-decoration: underline }</style>"
        '<a href="#a" style="text-decoration: none"><span>Library</span></a>',
        "<style>input { position: absolute; opacity: 0 } input:focus + label { outline: 3px solid"
        '}</style><input type="checkbox" id="c"><label for="c">同意する</label>',
        "<style>.skip { position: absolute; left: -999px } .skip:focus { left: 0 }</style>"
        '<a class="skip" href="#m">本文へ</a><p id="m">本文</p>',
        "<style>div:focus-within { box-shadow: 0 0 0 3px #00f } a { outline: none }</style>"
        '<div><p><b><i><a href="#a">Parks</a></i></b></p></div>',
    ),
    bad=(
        "<style>a:focus { outline: none }</style><p><a href='#a'>手続き</a></p>",
        '<p><button style="outline: 0">Apply</button></p>',
        "<style>*:focus { outline-color: transparent }</style><p><a href='#a'>施設</a></p>",
        '<p>本文</p><a href="#m" style="position: absolute; left: -999px">本文へ</a>',
        '<div style="width: 1px; height: 1px; overflow: hidden"><a href="#x">Hidden link</a></div>',
    ),
)
