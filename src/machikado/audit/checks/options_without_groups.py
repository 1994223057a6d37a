"""Options that only play the headings of groups (WCAG 1.3.1; H85)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_FAKE = re.compile(
    r"^\s*(?:[-–—―ー=＝*＊■●▼◆]{1,}\s*[^-–—=＝*]+?\s*[-–—―ー=＝*＊]{1,}|[■●▼◆].+|[【\[].+[】\]])\s*$"
)


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Lists to choose from, of some length, without groups."""
    for select in page.elements("select"):
        yield from (group for group in select.elements("optgroup") if select.is_exposed)
        options = list(select.elements("option"))
        if (
            len(options) > 3
            and select.is_exposed
            and next(select.elements("optgroup"), None) is None
        ):
            yield select


def _expectation(select: Element, _page: Snapshot) -> Fault | None:
    if select.tag == "optgroup":
        return None if select.get("label").strip() or select.has("hidden") else _NAMELESS
    texts = [option.text for option in select.elements("option")]
    fake = [number for number, text in enumerate(texts) if number and _FAKE.match(text)]
    fake += [0] if _FAKE.match(texts[0]) and len(texts) > 1 and not _FAKE.match(texts[1]) else []
    if len(fake) < 2 or len(fake) > len(texts) / 2:
        return None
    return Fault(
        Text(
            f"「{texts[fake[0]]}」は、選択肢ではなく、まとまりの見出しのようです。",
            f"“{texts[fake[0]]}” looks like the heading of a group, not like an option.",
        )
    )


_NAMELESS = Fault(
    Text("選択肢のまとまり（optgroup）に名前がありません。", "A group of options has no label.")
)

CHECK = Check(
    id="options-without-groups",
    title=Text("選択肢で作った見出し", "Options that play headings"),
    help=Text(
        'まとまりは <optgroup label="…"> で作ってください。',
        'Make groups with <optgroup label="Name of the group">.',
    ),
    criteria=("1.3.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<label>地区 <select><option>-- 選んでください --</option><option>北</option><option>南</option>"
        "<option>東</option></select></label>",
        '<label>町 <select><optgroup label="北"><option>一</option><option>二</option></optgroup>'
        '<optgroup label="南"><option>三</option><option>四</option></optgroup></select></label>',
    ),
    bad=(
        "<label>Place<select><optgroup><option>Library</option><option>Pool</option></optgroup></select></label>",
        "<label>町 <select><option>--北--</option><option>一</option><option>二</option>"
        "<option>--南--</option><option>三</option></select></label>",
        "<label>町 <select><option>選んでください</option><option>■北</option><option>一</option>"
        "<option>■南</option><option>三</option></select></label>",
    ),
)
