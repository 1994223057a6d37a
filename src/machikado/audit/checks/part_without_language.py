"""A passage in another language that does not say so (WCAG 3.1.2; H58)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._language import (
    is_known,
    name_of,
    other_language,
    own_text,
    passages,
    said_in,
)
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_MOST = 2000
"""So many passages are looked at on one page."""


def _applies_to(page: Snapshot) -> Iterator[Element]:
    for number, (element, text) in enumerate(passages(page)):
        if number >= _MOST:
            return
        if text and is_known(element.lang):
            found = other_language(text, element.lang, is_strict=True)
            if found is not None and not _is_said_to_be_all(found, element, page):
                yield element


def _is_said_to_be_all(found: str, element: Element, page: Snapshot) -> bool:
    """Whether its own `lang`, or that of a page that is wrong as a whole, is the fault instead."""
    owner = next((e for e in (element, *element.ancestors()) if e.has("lang")), page.root)
    return other_language(said_in(owner, page), element.lang, is_strict=False) == found


def _expectation(element: Element, _page: Snapshot) -> Fault:
    text = own_text(element)
    found = other_language(text, element.lang, is_strict=True) or ""
    ja, en = name_of(found)
    return Fault(
        Text(
            f"「{text[:40]}」は{ja}ですが、そう指定されていません。",
            f"“{text[:60]}” is in {en} but does not say so.",
        ),
        Text(
            f'{ja}の部分を lang="{found}" の要素で囲んでください。',
            f'Put the passage into an element with lang="{found}".',
        ),
    )


CHECK = Check(
    id="part-without-language",
    title=Text("言語の指定がない外国語", "A passage that does not say its language"),
    help=Text(
        '外国語の文には lang を付けてください（例: lang="en"）。',
        'Give passages in another language a lang, such as lang="fr".',
    ),
    criteria=("3.1.2",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<p>ごみの出し方</p><p lang="en">Please sort your waste before collection day.</p>',
        "<p>ごみの出し方</p><ul><li>English</li><li>한국어</li><li>Tiếng Việt</li></ul>",
        "<p>市役所の住所</p><p>1-6-34 Kokutaiji-machi, Naka-ku, Hiroshima 730-8586 Japan</p>",
        "<p>使うもの</p><p>Microsoft Office Word Excel PowerPoint</p>",
        "<p>図書館では「The Old Man and the Sea」を読む会を開きます。</p>",
    ),
    bad=(
        "<p>ごみの出し方</p><p>燃えるごみは月曜日です。</p>"
        "<p>Please sort your waste before you put it out in the morning.</p>",
        '<div lang="en"><p>How to sort waste in this city and when it is collected.</p>'
        "<p>Please read this page before you move house.</p>"
        "<blockquote>Ceci est une phrase en français sans attribut de langue.</blockquote></div>",
        '<div lang="en"><p>How to sort waste in this city and when it is collected.</p>'
        "<p>ごみは朝8時までに出してください</p><p>Bring it to the place near your house.</p></div>",
    ),
)
