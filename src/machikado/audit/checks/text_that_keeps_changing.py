"""Text changes by itself and nothing stops it (ACT rule efbfc7; WCAG 2.2, 2.2.2)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text


def _applies_to(page: Snapshot) -> Iterator[Element]:
    for change in page.probes["time"].get("changing", ()):
        element = page.element(change["index"])
        if element is not None and not element.in_frame and not change["stopped"]:
            yield element


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    around = (element, *element.ancestors())
    if any(e.role in ("timer", "progressbar", "meter", "log", "status") for e in around):
        return None
    return Fault(
        Text(
            "文字が数秒ごとにひとりでに変わり、止めたり隠したりできません。",
            "The text changes by itself every few seconds; nothing stops or hides it.",
        )
    )


_CHANGING = (
    '<p>待ち時間 <span id="n">1</span> 分</p><script>let n = 1; let t = setInterval(() => {'
    ' document.getElementById("n").textContent = ++n; }, 500);</script>'
)

CHECK = Check(
    id="text-that-keeps-changing",
    title=Text("ひとりでに変わり続ける文字", "Text that keeps changing"),
    help=Text(
        "止めるボタンを、変わる部分のそばに置いてください。",
        "Put a button that stops it beside what changes.",
    ),
    criteria=("2.2.2",),
    act=("efbfc7",),
    applies_to=_applies_to,
    expectation=_expectation,
    probes=("time",),
    good=(
        _CHANGING + '<button onclick="clearInterval(t)">停止</button>',
        _CHANGING + "<button onclick=\"document.getElementById('n').hidden = true\">Hide</button>",
        '<p id="p">読み込み中</p><script>setTimeout(() => { document.getElementById("p").textContent'
        ' = "完了"; }, 300);</script>',
        "<p id='c'>Colour</p><script>setInterval(() => { document.getElementById('c').style.color = "
        "'#' + (Date.now() % 1000); }, 300);</script>",
        "<p id='f'>1</p><script>let k = 1; const until = setInterval(() => { document.getElementById('f')"
        ".textContent = ++k; if (k > 4) clearInterval(until); }, 400);</script>",
        '<p role="timer" id="r">9</p><script>setInterval(() => { document.getElementById("r")'
        ".textContent = Date.now(); }, 500);</script>",
    ),
    bad=(
        _CHANGING,
        _CHANGING + "<button>検索</button>",
        '<div id="s"><p>橋が通れます</p><p hidden>料金が変わります</p></div><script>setInterval(() => {'
        ' for (const p of document.querySelectorAll("#s p")) p.hidden = !p.hidden; }, 700);</script>',
        "<p id='q'>News</p><script>const news = ['Rain', 'Sun', 'Snow']; let i = 0; const next = "
        "() => { document.getElementById('q').textContent = news[i++ % 3]; setTimeout(next, 600); };"
        " next();</script>",
    ),
)
