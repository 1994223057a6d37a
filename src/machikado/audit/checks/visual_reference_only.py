"""Instructions that only eyes can follow (ACT rule 9bd38c; WCAG 1.3.3; F14, F26)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urldefrag

from machikado.audit.check import Check, Fault
from machikado.audit.checks._links import plain
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_BLOCKS = (
    "p",
    "li",
    "td",
    "th",
    "dd",
    "dt",
    "label",
    "legend",
    "figcaption",
    "caption",
    "div",
    "span",
)
_SHAPES = "round|circular|square|rectangular|triangular|oval|triangle|star|diamond|hexagon(?:al)?|arrow(?:-shaped)?"
_COLOURS = "red|green|blue|yellow|orange|purple|pink|grey|gray|black|white|brown"
_SIZES = "large|larger|largest|big|bigger|small|smaller|tiny|wide|narrow|tall"
_THINGS = "button|menu|link|icon|box|panel|column|field|image|picture|tab|section|form|bar|sidebar|image|heading|list|text"  # fmt: skip
_DO = (
    r"\b(?:click|press|tap|push|select|choose|use|find|hit|see|look(?: at| in| underneath| under| for)?|go to|follow|"
    r"touch|check|enter|open|read|refer to|you(?:'ll| can| will)? find|can be found|is found|are found|navigate)\b"
)
_SIDE = r"(?:on|to|at|in) (?:the|your) (?:far |upper |lower |top |bottom )?(?:right|left)(?:[- ]hand)?(?: side| column| corner| menu)?"
_ENGLISH = (
    # Find the menu on the right
    re.compile(rf"{_DO}[^.!?]{{0,60}}?\b(?P<thing>{_THINGS})s? (?:(?:that is|which is|located|found) )?{_SIDE}\b", re.I),
    # Click the round button; within the triangle menu
    re.compile(rf"{_DO}[^.!?]{{0,60}}?\b(?:the|a|this|that|these|those) (?P<look>{_SHAPES}|{_COLOURS}|{_SIZES})(?: \w+)? (?P<thing>{_THINGS})s?\b", re.I),
    # The left-hand column
    re.compile(rf"{_DO}[^.!?]{{0,60}}?\bthe (?P<look>left|right)(?:[- ]hand)?(?: side)? (?P<thing>{_THINGS})s?\b", re.I),
    # Look underneath the star
    re.compile(rf"{_DO}[^.!?]{{0,40}}?\b(?:underneath|beneath|below|above|beside|behind|inside|next to|near|left of|right of) (?:the|a) (?P<thing>star|circle|square|triangle|diamond|arrow|line)\b", re.I),
    # When you hear the tone, enter your number
    re.compile(rf"\b(?:when|after|until|once) (?:you hear|hearing) (?:the|a) (?P<thing>tone|beep|chime|sound|bell|ding|buzz(?:er)?)s?\b[^.!?]{{0,20}}{_DO}", re.I),
)  # fmt: skip
_BY_PLACE = _ENGLISH[3]
_NAMED = re.compile(
    r"[\"“”'‘「『«][^\"“”'‘’」』»]{2,}[\"”'’」』»]|\b(?:label+ed|named|called|titled|marked|headed|with the (?:name|label|title|heading|text)|"
    r"that says|which says|saying|heading)\b|と(?:書|表示|記)|という",
    re.I,
)
"""Words that give a name as well, so that the place or the shape is only a help."""

_JAPANESE = re.compile(
    r"(?:画面|ページ|本文)?の?(?:右側?|左側?|右上|左上|右下|左下|右端|左端)の(?:[^。、]{0,6})?(?:メニュー|ボタン|リンク|アイコン|欄|バナー|画像|写真|図|表|枠|ボックス|一覧|項目|フォーム)"
    r"(?:から|を|で|に|より)[^。]{0,20}(?:選|押|クリック|タップ|ご?覧|参照|入力|使|お?進|開|確認)"
    r"|(?:赤|青|緑|黄色?|オレンジ色?|ピンク|紫|黒|白|灰色|大き|小さ|丸|四角|三角|星形?)い?(?:色|型|形)?の?(?:ボタン|アイコン|マーク|枠|リンク)"
    r"(?:から|を|で|に|より)[^。]{0,20}(?:選|押|クリック|タップ|ご?覧|参照|入力|使|お?進|開|確認)"
)
_SEEN_IN_JAPANESE = re.compile(
    r"メニュー|ボタン|リンク|アイコン|バナー|画像|写真|図|表|一覧|フォーム"
)


def _applies_to(page: Snapshot) -> Iterator[Element]:
    for element in page.elements(*_BLOCKS):
        if element.is_exposed and not any(
            part.tag in _BLOCKS for part in element.elements() if part.tag != "span"
        ):
            if element.closest("p", "li", "td") not in (None, element):
                continue
            if 8 <= len(element.text) <= 600:
                yield element


def _expectation(element: Element, page: Snapshot) -> Fault | None:
    text = " ".join(element.text.split())
    for sentence in re.split(r"(?<=[.!?。！？])\s*", text):
        for pattern in _ENGLISH:
            found = pattern.search(sentence)
            if found and not _NAMED.search(sentence):
                look = found.groupdict().get("look") or ""
                if not _is_named_elsewhere(
                    look, found["thing"], element, page, is_by_place=pattern is _BY_PLACE
                ):
                    return _fault(sentence)
        if (found := _JAPANESE.search(sentence)) and not _NAMED.search(sentence):
            return _fault(sentence)
    return None


def _is_named_elsewhere(
    look: str, thing: str, element: Element, page: Snapshot, *, is_by_place: bool
) -> bool:
    """Whether something on the page, or on one that the sentence leads to, bears that as its name.

    is_by_place: the sentence leads to what stands below or beside it; a frame's name is no help there.
    """
    wanted = [word for word in (plain(look), plain(thing)) if word]
    here = _names_but_of_frames(page) if is_by_place else _names(page)
    if any(all(word in name for word in wanted) for name in here):
        return True
    if (
        not look
        and thing.lower() in _ROLES
        and any(True for _ in page.with_role(*_ROLES[thing.lower()]))
    ):
        return True
    pages = page.probes.get("linked-pages", {})
    for link in element.elements("a"):
        there = pages.get(urldefrag(link.href).url)
        if there is None and link.href.startswith("http"):
            continue
        names = [plain(name) for name in there["names"]] if there else []
        if any(all(word in name for word in wanted) for name in names):
            return True
    return False


_ROLES = {"menu": ("navigation", "menu", "menubar"), "form": ("form", "search"), "sidebar": ("complementary",)}  # fmt: skip


@lru_cache(maxsize=2)
def _names(page: Snapshot) -> tuple[str, ...]:
    """Names and headings that somebody who cannot see could look for."""
    return tuple(
        plain(e.name or e.text)
        for e in page.elements()
        if e.is_exposed
        and (e.name or e.tag in ("th", "caption", "legend", "figcaption", "label"))
        and e.role not in ("paragraph", "document")
    )


@lru_cache(maxsize=2)
def _names_but_of_frames(page: Snapshot) -> tuple[str, ...]:
    framed = {plain(e.name or "") for e in page.elements("iframe", "frame")}
    return tuple(name for name in _names(page) if name not in framed)


def _fault(sentence: str) -> Fault:
    return Fault(
        Text(
            f"「{sentence[:80]}」は、目で見なければ従えない説明です。",
            f"“{sentence[:120]}” can be followed only by those who see the page.",
        )
    )


CHECK = Check(
    id="visual-reference-only",
    title=Text("見た目だけに頼る説明", "Instructions that rely on sight"),
    help=Text(
        "場所や形や色のほかに、見出しやボタンの名前も書いてください"
        "（例:「右の『お問い合わせ』のメニュー」）。",
        "Give the name as well as the place, shape or colour: “the green button labelled Send”.",
    ),
    criteria=("1.3.3",),
    act=("9bd38c",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<p lang="en">Press the green button labelled “Send”.</p>',
        '<p lang="en">Use the menu on the left.</p><nav aria-label="Main"><a href="/a/">A</a></nav>',
        '<p lang="en">Press the red button.</p><button>Red alarm button</button>',
        '<p lang="en">This square is nice. A red bus came from the left.</p>',
        '<p lang="en">Use the form below. Turn left at the round building.</p>',
        "<p>上記の書類を、下記の窓口へ出してください。</p>",
        "<p>右の「申請」ボタンを押してください。駅を出て、右の道を進みます。</p>",
        '<p lang="en">The siren is tested at noon. When you hear it, stay calm.</p>',
    ),
    bad=(
        '<p>More of them are found underneath the star.</p><iframe title="star" srcdoc="<p>★</p><ul><li>One</li></ul>"></iframe>',
        '<p lang="en">To send your answer, press the round button.</p><button>Send</button>',
        '<p lang="en">Choose a topic from the menu on the left.</p><ul><li><a href="/a/">A</a></li></ul>',
        '<p lang="en">You can find our address in the right column.</p>',
        '<p lang="en">When you hear the beep, enter your number.</p>',
        "<p>右の緑色のボタンを押してください。</p>",
    ),
    probes=("linked-pages",),
)
