"""Choosing something alone leaves the page or sends the form (WCAG 2.2, 3.2.2; failures F36, F37)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.check import Check, Fault, doubt
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_ADVICE = re.compile(r"選ぶと|選択すると|切り替わり|自動で|自動的|移動し|automatic|will (open|load|go|submit|reload)|as soon as", re.IGNORECASE)  # fmt: skip


def _applies_to(page: Snapshot) -> Iterator[Element]:
    numbers = dict.fromkeys(deed["index"] for deed in page.probes["choosing"].get("deeds", ()))
    yield from (element for number in numbers if (element := page.element(number)))


def _expectation(field: Element, page: Snapshot) -> Fault:
    form = field.closest("form", "fieldset", "main", "body")
    if _ADVICE.search(f"{field.name} {form.text[:2000] if form else page.text[:2000]}"):
        return doubt(
            "選ぶだけで画面が変わります。そうなることが、選ぶ前に書いてありますか。",
            "Choosing alone changes the page. Is that said before one chooses?",
        )
    return Fault(
        Text(
            "選んだだけで、ページが移ったりフォームが送られたりします。",
            "Choosing alone leaves the page or sends the form.",
        )
    )


CHECK = Check(
    id="change-on-choice",
    title=Text("選んだだけで変わるページ", "A page that changes on mere choice"),
    help=Text(
        "「移動」「送信」などのボタンを置き、押したときに働くようにしてください。",
        "Add a button such as “Go” or “Send”, and let it do the work.",
    ),
    criteria=("3.2.2",),
    applies_to=_applies_to,
    expectation=_expectation,
    probes=("choosing",),
    good=(
        '<label>区 <select onchange="this.title = this.value"><option>東</option><option>西</option>'
        "</select></label>",
        '<form action="/s"><label>Ward <select><option>East</option><option>West</option></select>'
        "</label><button>Go</button></form>",
        "<p>選ぶとすぐに移動します。</p><label>区 <select onchange=\"location = '/' + this.value\">"
        "<option>a</option><option>b</option></select></label>",
        '<label><input type="checkbox" onclick="this.title = 1"> Agree</label>',
    ),
    bad=(
        "<label>区 <select onchange=\"location.href = '/ward/' + this.value\"><option>east</option>"
        "<option>west</option></select></label>",
        '<form action="/s"><label>Sort <select onchange="this.form.submit()"><option>Name</option>'
        "<option>Date</option></select></label></form>",
        '<form action="/s"><label><input type="radio" name="r" onclick="this.form.submit()"> Yes'
        "</label></form>",
        '<label><input type="checkbox" onchange="window.open(\'/terms\')"> 規約を見る</label>',
    ),
)
