"""One plain key does something, and that cannot be switched off (ACT rule ffbc54; WCAG 2.2, 2.1.4)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text


def _applies_to(page: Snapshot) -> Iterator[Element]:
    if page.body is not None and page.probes["shortcuts"].get("acting"):
        yield page.body


def _expectation(_body: Element, page: Snapshot) -> Fault | None:
    keys = " ".join(page.probes["shortcuts"]["keys"])
    if not keys:
        return None
    return Fault(
        Text(
            f"文字のキー（{keys}）を一つ押すだけで働く操作があり、切ったり変えたりできません。",
            f"A single key ({keys}) does something, and that can be neither switched off nor changed.",
        )
    )


def _on_key(condition: str) -> str:
    return (
        '<ul id="l"></ul><script>let on = true; document.addEventListener("keydown", (e) => {'
        f' if ({condition}) document.getElementById("l").append(e.key); }});</script>'
    )


CHECK = Check(
    id="single-key-shortcut",
    title=Text("一文字だけのショートカット", "A shortcut of a single character"),
    help=Text(
        "CtrlキーやAltキーと組み合わせるか、切り替えの設定を付けてください。",
        "Combine it with Ctrl or Alt, or add a setting that switches it off.",
    ),
    criteria=("2.1.4",),
    act=("ffbc54",),
    applies_to=_applies_to,
    expectation=_expectation,
    probes=("shortcuts",),
    good=(
        "<p>ショートカットのないページ</p>",
        _on_key('e.ctrlKey && e.key === "k"'),
        _on_key('e.key === "Escape"'),
        _on_key('on && e.key === "s"')
        + '<label><input type="checkbox" checked onclick="on = this.checked"> ショートカット</label>',
        "<label>Find <input onkeydown=\"if (event.key === '+') this.value = 1\"></label>",
    ),
    bad=(
        _on_key('e.key === "s"'),
        _on_key('e.key === "/" && !e.ctrlKey') + "<button>Search</button>",
    ),
)
