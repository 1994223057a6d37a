"""A part of a page in another language than its `lang` says (ACT rule off6ek; WCAG 3.1.2)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._language import is_known, name_of, other_language, primary, said_in
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text


def _applies_to(page: Snapshot) -> Iterator[Element]:
    for element in page.elements():
        if element.tag != "html" and is_known(element.get("lang")) and said_in(element, page):
            yield element


def _expectation(element: Element, page: Snapshot) -> Fault | None:
    found = other_language(said_in(element, page), element.get("lang"), is_strict=False)
    if found is None:
        return None
    (ja, en), (own_ja, own_en) = name_of(found), name_of(primary(element.get("lang")))
    return Fault(
        Text(
            f"この部分は{own_ja}だと書かれています（lang）が、{ja}で書かれています。",
            f"This part says that it is in {own_en} (lang) but is written in {en}.",
        ),
        Text(f'lang="{found}" と書いてください。', f'Write lang="{found}".'),
    )


CHECK = Check(
    id="part-language-mismatch",
    title=Text("部分の言語の指定の誤り", "A part in another language than it says"),
    help=Text(
        "その部分の lang を、実際に書かれている言語にしてください。",
        "Set the lang of the part to the language of its text.",
    ),
    criteria=("3.1.2",),
    act=("off6ek",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<p lang="en">Waste and recycling</p>',
        '<p lang="fr">Bonjour <span lang="en">to all of our visitors</span></p>',
        '<ul><li lang="pt">Português</li><li lang="ko">한국어</li><li lang="vi">Tiếng Việt</li></ul>',
        '<p lang="de">Tokyo Osaka Hiroshima</p>',
        '<p lang="fr" hidden>This is not shown to anybody at all.</p>',
    ),
    bad=(
        '<p lang="fr">How to sort your waste and when it is collected.</p>',
        '<p lang="en">ごみの出し方</p>',
        '<p lang="nl"><img src="" alt="The fireworks over the city in the evening"></p>',
    ),
)
