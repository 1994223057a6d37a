"""Running text that is hard to read as it is set (WCAG 1.4.8, and what every guide to web writing asks)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot, TextRun
from machikado.vocabulary import Text

_BLOCKS = ("p", "li", "dd", "td", "blockquote", "div", "figcaption", "section", "article", "main")
_LETTER = re.compile(r"[A-Za-zÀ-ɏ]")
_UNSPACED = re.compile(r"[぀-ヿ㐀-鿿]")
_CAPITALS_WORDS = 8
_LONG_RUN = 15
_LITTLE_WORDS = {
    "A", "ALL", "AN", "AND", "ANY", "ARE", "AT", "BE", "BY", "CAN", "DO", "FOR", "FROM",
    "HAS", "HAVE", "IF", "IN", "IS", "IT", "MAY", "MUST", "NO", "NOT", "OF", "ON", "OR",
    "OUR", "PLEASE", "THAT", "THE", "THEY", "THIS", "TO", "WE", "WILL", "WITH", "YOU", "YOUR",
}  # fmt: skip
_ITALIC_LENGTH = 120
_JUSTIFIED_LENGTH = 160
_TIGHT_LENGTH = 160
_TIGHT = 1.15
"""Times the letters' size: less lets lines run into each other (1.4.8 asks for 1.5)."""
_SMALL = 10.0
"""Pixels: nobody reads smaller letters with ease."""
_SMALL_LENGTH = 12
_NARROW = 600
_UNDERLINED_LENGTH, _UNDERLINED_JAPANESE = 30, 45
_SQUEEZED, _SPREAD = 0.08, 0.4
"""Times the letters' size that letters are drawn together or apart beyond any taste; words twice that."""


def _texts(page: Snapshot) -> Iterator[tuple[Element, str]]:
    """Elements with running text of their own, and that text."""
    for element in page.elements(*_BLOCKS):
        if (
            not element.is_rendered
            or element.in_frame
            or element.closest("pre", "code", "svg", "nav", "footer")
        ):
            continue
        if any(
            e.role in ("heading", "button", "link", "img") for e in (element, *element.ancestors())
        ):
            continue
        own = any(isinstance(child, TextRun) and child.text.strip() for child in element.children)
        holds = any(e.style.get("display") != "inline" for e in element.parts if e.tag != "br")
        if (own or element.tag in ("p", "li")) and not holds and element.shown_text:
            yield element, element.shown_text


def _size(text: str) -> int:
    """Letters, each kana or kanji counting as two."""
    return len(text) + len(_UNSPACED.findall(text))


def _in_capitals(page: Snapshot) -> Iterator[Element]:
    for element, text in _texts(page):
        if len(_LETTER.findall(text)) > 30:
            yield element


def _is_in_capitals(element: Element, _page: Snapshot) -> Fault | None:
    text = element.shown_text
    if element.style.get("text-transform") != "uppercase":
        longest = max(
            re.findall(r"(?:[A-Z][A-Z0-9'’&-]*[\s,;:.!?()]+)+", text + " "), key=len, default=""
        )
        words = re.findall(r"[A-Z']+", longest)
        # Names of bodies in a row are no sentence.
        if len(words) < _LONG_RUN and sum(word in _LITTLE_WORDS for word in words) < 2:
            return None
        if len(longest.split()) < _CAPITALS_WORDS or len(_LETTER.findall(longest)) < 30:
            return None
    elif len(text.split()) < _CAPITALS_WORDS:
        return None
    return Fault(
        Text(
            "長い文章が大文字だけで書かれていて、読みにくく、1字ずつ読み上げられることがあります。",
            "A long text in capitals is hard to read and may be spelled out letter by letter.",
        )
    )


def _justified(page: Snapshot) -> Iterator[Element]:
    for element, text in _texts(page):
        # Japanese and Chinese have no gaps between words that could be torn open.
        if _size(text) >= _JUSTIFIED_LENGTH and len(_UNSPACED.findall(text)) < len(text) * 0.1:
            yield element


def _is_justified(element: Element, _page: Snapshot) -> Fault | None:
    if element.style.get("text-align") != "justify":
        return None
    return Fault(
        Text(
            "両端をそろえた文章は、言葉の間が不ぞろいに空いて読みにくくなります。",
            "Justified text has uneven gaps between words, which makes it hard to read.",
        )
    )


def _italic(page: Snapshot) -> Iterator[Element]:
    return (element for element, text in _texts(page) if _size(text) >= _ITALIC_LENGTH)


def _is_italic(element: Element, _page: Snapshot) -> Fault | None:
    runs = [
        run for run in element.runs() if run.parent and run.parent.is_rendered and run.text.strip()
    ]
    slanted = sum(
        _size(run.text)
        for run in runs
        if run.parent and run.parent.style.get("font-style", "normal") != "normal"
    )
    if slanted < _ITALIC_LENGTH or element.closest("blockquote", "cite", "q"):
        return None
    return Fault(
        Text(
            "長い文章が斜体で書かれていて、読みにくくなっています。",
            "A long text in italics is hard to read.",
        )
    )


def _small(page: Snapshot) -> Iterator[Element]:
    # Letters that shrink with the window are another fault (`text-that-does-not-grow`).
    if page.viewport[0] < _NARROW:
        return
    for element, text in _texts(page):
        if _size(text) >= _SMALL_LENGTH and element.closest("sup", "sub", "rt") is None:
            yield element


def _is_small(element: Element, _page: Snapshot) -> Fault | None:
    pixels = float(element.style.get("font-size", "16px").removesuffix("px") or 16)
    if not 1 < pixels <= _SMALL:
        return None
    return Fault(
        Text(
            f"文字が小さすぎます（{pixels:g}ピクセル）。",
            f"The letters are too small ({pixels:g} pixels).",
        )
    )


def _set_in_lines(page: Snapshot) -> Iterator[Element]:
    for element, text in _texts(page):
        size = float(element.style.get("font-size", "16px").removesuffix("px") or 16)
        if _size(text) >= _TIGHT_LENGTH and element.box and element.box.height > 2 * size:
            yield element


def _is_tight(element: Element, _page: Snapshot) -> Fault | None:
    height = element.style.get("line-height", "normal")
    size = float(element.style.get("font-size", "16px").removesuffix("px") or 16)
    if not height.endswith("px") or float(height.removesuffix("px")) > _TIGHT * size:
        return None
    return Fault(
        Text(
            "行の間が狭すぎて、次の行を見失いやすくなっています。",
            "The lines stand too close together to be told apart with ease.",
        )
    )


def _underlined(page: Snapshot) -> Iterator[Element]:
    """Elements that draw the line themselves and hold no link."""
    for element in page.elements(
        "u", "span", "p", "div", "li", "dd", "b", "strong", "em", "font", "td"
    ):
        if (
            "underline" not in element.style.get("text-decoration-line", "")
            or not element.is_rendered
        ):
            continue
        live = any(
            e.role in ("link", "button", "heading", "tab") or e.tag in ("ins", "a", "label")
            for e in (element, *element.ancestors(), *element.elements())
        )
        if not live and not (
            element.parent and "underline" in element.parent.style.get("text-decoration-line", "")
        ):
            yield element


def _is_underlined(element: Element, _page: Snapshot) -> Fault | None:
    is_solid = element.style.get("text-decoration-style", "solid") == "solid"
    text = element.shown_text
    # Japanese print underlines what matters; only whole paragraphs are taken for links there.
    least = _UNDERLINED_JAPANESE if _UNSPACED.search(text) else _UNDERLINED_LENGTH
    if len(text) < least or not is_solid:
        return None
    return Fault(
        Text(
            "リンクでない長い文章に下線があり、リンクと間違えられます。",
            "A long text is underlined and is taken for a link.",
        )
    )


def _is_apart(element: Element, _page: Snapshot) -> Fault | None:
    """Letters or words that run into each other, or are drawn far apart."""
    size = _pixels(element, "font-size") or 16
    letters, words = _pixels(element, "letter-spacing"), _pixels(element, "word-spacing")
    if letters < -_SQUEEZED * size or words < -_SQUEEZED * 2 * size:
        return Fault(
            Text(
                "文字や語の間が狭すぎて、重なって見えます。",
                "The letters or words stand so close that they run together.",
            )
        )
    if letters > _SPREAD * size and len(_UNSPACED.findall(element.shown_text)) == 0:
        return Fault(
            Text(
                "文字の間が広すぎて、語の切れ目が分かりません。",
                "The letters stand so far apart that words fall to pieces.",
            )
        )
    return None


def _pixels(element: Element, name: str) -> float:
    written = element.style.get(name, "")
    try:
        return float(written.removesuffix("px"))
    except ValueError:
        return 0.0


_LONG_EN = (
    "The town hall is closed on Mondays and on public holidays. Please call the service desk if you need help "
    "on such a day, or send a letter to us. We answer within a week in most cases."
)
_LONG_JA = (
    "市役所の窓口は、月曜日と祝日はお休みです。お困りのときは、電話か手紙でお知らせください。" * 3
)

CHECKS = (
    Check(
        id="text-in-capitals",
        title=Text("大文字だけの長い文章", "A long text in capitals"),
        help=Text(
            "ふつうの大文字と小文字で書いてください。",
            "Write it in small letters, with capitals where due.",
        ),
        criteria=(),
        applies_to=_in_capitals,
        expectation=_is_in_capitals,
        good=(
            f'<p lang="en">{_LONG_EN}</p>',
            '<p lang="en">NHS, HMRC, DVLA, BBC, ITV, RSPCA, RSPB, UNICEF and NATO answered our call.</p>',
            '<p lang="en">The NHS, the BBC and HMRC are closed on Mondays. DVLA is open.</p>',
        ),
        bad=(
            f'<p lang="en">{_LONG_EN.upper()}</p>',
            '<p lang="en">PLEASE DO NOT SEND ANY MONEY WITH THIS FORM.</p>',
            f'<p lang="en" style="text-transform: uppercase">{_LONG_EN}</p>',
        ),
    ),
    Check(
        id="text-justified",
        title=Text("両端をそろえた文章", "Justified text"),
        help=Text("text-align: justify をやめてください。", "Take `text-align: justify` away."),
        criteria=("1.4.8",),
        applies_to=_justified,
        expectation=_is_justified,
        good=(f'<p lang="en">{_LONG_EN}</p>', f"<p style='text-align: justify'>{_LONG_JA}</p>"),
        bad=(f'<p lang="en" style="text-align: justify">{_LONG_EN}</p>',),
    ),
    Check(
        id="text-underlined",
        title=Text("下線を引いた長い文章", "A long text underlined"),
        help=Text(
            "下線はリンクだけに使い、強調は太字（strong）にしてください。",
            "Keep underlines to links; mark what matters as strong.",
        ),
        criteria=(),
        applies_to=_underlined,
        expectation=_is_underlined,
        good=(
            '<p lang="en"><u>Not</u> on Mondays. <a href="/h/">The town hall is closed on public holidays</a></p>',
            '<p lang="en"><ins>The town hall is closed on Mondays and on public holidays.</ins></p>',
            "<p><u>必ず本人確認書類を持ってきてください。締め切りは金曜日です。</u></p>",
        ),
        bad=(
            '<p lang="en"><u>The town hall is closed on Mondays</u> and on public holidays.</p>',
            f'<p lang="en" style="text-decoration: underline">{_LONG_EN}</p>',
            f"<p><u>{_LONG_JA}</u></p>",
        ),
    ),
    Check(
        id="letters-badly-spaced",
        title=Text("狭すぎる・広すぎる字の間", "Letters too close or too far apart"),
        help=Text(
            "letter-spacing と word-spacing の指定を外してください。",
            "Take `letter-spacing` and `word-spacing` away.",
        ),
        criteria=(),
        applies_to=_italic,
        expectation=_is_apart,
        good=(
            f'<p lang="en" style="letter-spacing: 0.12em; word-spacing: 0.16em">{_LONG_EN}</p>',
            f'<p lang="en" style="letter-spacing: -0.02em">{_LONG_EN}</p>',
            f'<p style="letter-spacing: .5em">{_LONG_JA}</p>',
        ),
        bad=(
            f'<p lang="en" style="letter-spacing: -2px">{_LONG_EN}</p>',
            f'<p lang="en" style="word-spacing: -4px">{_LONG_EN}</p>',
            f'<p lang="en" style="letter-spacing: 8px">{_LONG_EN}</p>',
        ),
    ),
    Check(
        id="text-in-italics",
        title=Text("斜体の長い文章", "A long text in italics"),
        help=Text("斜体は、短い言葉だけに使ってください。", "Keep italics to a few words."),
        criteria=(),
        applies_to=_italic,
        expectation=_is_italic,
        good=(
            f'<p lang="en">{_LONG_EN} <em>Thank you.</em></p>',
            f'<blockquote><p lang="en"><i>{_LONG_EN}</i></p></blockquote>',
        ),
        bad=(
            f'<p lang="en"><em>{_LONG_EN}</em></p>',
            f"<p style='font-style: italic'>{_LONG_JA}</p>",
        ),
    ),
    Check(
        id="text-too-small",
        title=Text("小さすぎる文字", "Text that is too small"),
        help=Text("16ピクセル（1rem）くらいにしてください。", "Make it some 16 pixels (1rem)."),
        criteria=(),
        applies_to=_small,
        expectation=_is_small,
        good=(
            f'<p lang="en" style="font-size: 14px">{_LONG_EN}<sup>1</sup></p>',
            "<p style='font-size: 0'>間のない部品</p>",
        ),
        bad=(f'<p lang="en" style="font-size: 9px">{_LONG_EN}</p>',),
    ),
    Check(
        id="lines-too-tight",
        title=Text("狭すぎる行間", "Lines too close together"),
        help=Text("line-height を1.5以上にしてください。", "Give it a line-height of 1.5 or more."),
        criteria=("1.4.8",),
        applies_to=_set_in_lines,
        expectation=_is_tight,
        good=(
            f'<p lang="en">{_LONG_EN}</p>',
            f'<p lang="en" style="line-height: 1.5; width: 300px">{_LONG_EN}</p>',
        ),
        bad=(f'<p lang="en" style="line-height: 1; width: 300px">{_LONG_EN}</p>',),
    ),
)
