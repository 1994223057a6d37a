"""The focus is caught (ACT rules 80af7b, a1b64e, ebe86a; WCAG 2.2, 2.1.2)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._media import tone
from machikado.audit.checks._walk import traps
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text


def _applies_to(page: Snapshot) -> Iterator[Element]:
    for element, trap in traps(page):
        if not trap["standard"] and not trap["documented"]:
            yield element


def _expectation(_element: Element, _page: Snapshot) -> Fault:
    return Fault(
        Text(
            "ここに入ると、Tab、Shift+Tab、矢印、Escのどのキーでも出られません。",
            "Once the focus is here, neither Tab, Shift+Tab, the arrows nor Esc gets it out again.",
        )
    )


CHECK = Check(
    id="keyboard-trap",
    title=Text("キーボードで抜け出せない部分", "A keyboard trap"),
    help=Text(
        "Tabキーの動きやフォーカスを奪う仕掛け（スクリプト）を外してください。"
        "外せないときは、抜け出すためのキーをその手前に書いてください。",
        "Remove the script that takes the Tab key or sends the focus back. Where that cannot be, "
        "write before it which key leads out.",
    ),
    criteria=("2.1.2",),
    act=("80af7b", "a1b64e", "ebe86a"),
    applies_to=_applies_to,
    expectation=_expectation,
    probes=("keyboard",),
    good=(
        '<a href="#a">手続き</a><audio controls src="' + tone(1) + '"></audio>',
        '<a href="#a">手続き</a> <button>申し込む</button> <a href="#b">施設</a>',
        '<label>検索 <input id="q"></label><script>document.getElementById("q").addEventListener('
        '"keydown", (e) => { if (e.key === "Enter") e.preventDefault(); });</script>',
        '<label>コード <textarea id="t"></textarea></label><a href="#b">次</a><script>'
        'let free = false; const t = document.getElementById("t");'
        't.addEventListener("keydown", (e) => { if (e.key === "Escape") free = true;'
        ' if (e.key === "Tab" && !free) e.preventDefault(); });</script>',
        '<div role="dialog" aria-modal="true" aria-label="お知らせ" id="d"><button id="x">閉じる'
        '</button><a href="#a">詳しく</a></div><script>const d = document.getElementById("d");'
        'const [x, a] = d.children; d.addEventListener("keydown", (e) => {'
        ' if (e.key === "Escape") d.remove(); if (e.key !== "Tab") return; e.preventDefault();'
        " (document.activeElement === x ? a : x).focus(); });"
        'x.addEventListener("click", () => d.remove());</script>',
        '<p>Press Ctrl+K to leave the map.</p><button id="m">Map</button><a href="#b">Next</a>'
        '<script>const m = document.getElementById("m"); m.addEventListener("keydown", (e) => {'
        ' if (e.key === "Tab") e.preventDefault();'
        ' if (e.ctrlKey && e.key === "k") document.querySelector("a").focus(); });</script>',
    ),
    bad=(
        '<button onblur="setTimeout(() => this.focus(), 10)">申し込む</button><a href="#b">次</a>',
        '<a href="#a">Start</a><input aria-label="Code" onkeydown="if (event.key === \'Tab\') '
        'event.preventDefault()"><a href="#b">Next</a>',
        '<button id="p" onblur="document.getElementById(\'n\').focus()">前へ</button>'
        '<button id="n" onblur="document.getElementById(\'p\').focus()">次へ</button>',
        '<p>Press Ctrl+K to leave.</p><input aria-label="Map" onkeydown="if (event.key === '
        "'Tab') event.preventDefault()\"><a href='#b'>Next</a>",
    ),
)
