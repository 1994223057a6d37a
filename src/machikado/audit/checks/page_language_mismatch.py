"""A page that is written in another language than it says (ACT rule ucwvc8; WCAG 3.1.1)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._language import is_known, name_of, other_language, primary, said_in
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text


def _applies_to(page: Snapshot) -> Iterator[Element]:
    if page.root.tag == "html" and is_known(page.root.get("lang")):
        yield page.root


def _expectation(root: Element, page: Snapshot) -> Fault | None:
    found = other_language(said_in(root, page), root.get("lang"), is_strict=False, is_all=True)
    if found is None:
        return None
    (ja, en), (own_ja, own_en) = name_of(found), name_of(primary(root.get("lang")))
    return Fault(
        Text(
            f"このページは{own_ja}だと書かれています（lang）が、{ja}で書かれています。",
            f"The page says that it is in {own_en} (lang) but is written in {en}.",
        ),
        Text(f'<html lang="{found}"> と書いてください。', f'Write <html lang="{found}">.'),
    )


def _page(lang: str, title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
        f"</head><body>{body}</body></html>"
    )


CHECK = Check(
    id="page-language-mismatch",
    title=Text("書かれている言語と違う言語の指定", "A page in another language than it says"),
    help=Text(
        "html の lang を、実際に書かれている言語にしてください。",
        "Set the lang of the html element to the language of the text.",
    ),
    criteria=("3.1.1",),
    act=("ucwvc8",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<p>ごみの出し方。Waste and recycling in Machikado City.</p>",
        _page("en", "Waste", '<p>How to sort your waste and recycling.</p><p lang="ja">ごみ</p>'),
        _page("ja", "Machikado City", "<h1>PDF</h1><p>JR</p>"),
        _page("en-GB", "Tokyo Osaka Kyoto Hiroshima", "<p>Shinjuku Shibuya Minato Chiyoda</p>"),
        _page("ko", "쓰레기", "<p>쓰레기 배출 방법</p><p>Machikado City Office</p>"),
        _page("ja-Latn", "Gomi no dashikata", "<p>Kono peeji ha roomaji desu</p>"),
    ),
    bad=(
        _page("ja", "Waste", "<p>How to sort your waste and when it is collected.</p>"),
        _page("en", "ごみの出し方", "<p>ごみの出し方と収集日のお知らせ</p>"),
        _page(
            "fr", "Fireworks over the bay", "<p>The fireworks start at eight in the evening.</p>"
        ),
        _page("ja", "垃圾", "<p>请问垃圾应该怎么办？这页说明给大家。</p>"),
    ),
    needs_whole_page=True,
)
