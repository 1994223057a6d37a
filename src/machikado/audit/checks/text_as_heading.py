"""Text that looks like a heading but is none (WCAG 1.3.1; F2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot, TextRun
from machikado.vocabulary import Text

_MARKED = re.compile(r"^(?:【[^】]{2,30}】|[■◆●▼□◇][^■◆●▼□◇。]{2,30})$")
_ENDS = re.compile(r"[。．.!?！？:：,、;；)）」]$")
_FOLLOWS = ("p", "ul", "ol", "table", "dl", "div")
_NOT_IN = (
    "li", "td", "th", "table", "label", "legend", "figcaption", "figure", "dt", "dd", "nav", "header", "footer",
    "button", "a", "blockquote", "aside", "form", "fieldset", "address", "summary", "caption", "dialog",
)  # fmt: skip
_SENTENCE_ENDS = re.compile(r"[a-z]{3}[.!?](?:\s|$)|[。！？]")
_SENTENCES = 50
"""Characters of running text: less may be an address."""
_LONGEST = 60
_LONGEST_JAPANESE = 30


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Short paragraphs of their own, with running text after them; bold first lines of paragraphs."""
    yield from _first_lines(page)
    base = _size(page.body) if page.body else 16.0
    for element in page.elements("p", "div"):
        if not element.is_rendered or element.role not in (None, "paragraph", "generic"):
            continue
        text = element.text
        longest = _LONGEST if text.isascii() else _LONGEST_JAPANESE
        if (
            not 2 <= len(text) <= longest
            or element.closest(*_NOT_IN)
            or element.get("class").find("title") > 0
        ):
            continue
        if (
            _has_its_own_text(element)
            and _is_followed(element)
            and _stands_out(element, text, base)
        ):
            yield element


def _first_lines(page: Snapshot) -> Iterator[Element]:
    """Bold words that a line break parts from the running text of their paragraph."""
    for block in page.elements("p", "div"):
        if (
            block.parts
            and block.parts[0].tag == "br"
            and not block.closest(*_NOT_IN)
            and block.is_rendered
        ):
            peers = [n for n in block.children if isinstance(n, Element) or n.text.strip()]
            first, rest = peers[0], "".join(n.text for n in peers[2:])
            is_marked = isinstance(first, TextRun) and _MARKED.fullmatch(first.text.strip())
            if is_marked and len(rest) >= _SENTENCES / 2 and _SENTENCE_ENDS.search(rest):
                yield block
    for element in page.elements("b", "strong"):
        holder = element.parent
        if holder is None or holder.tag not in ("p", "div") or holder.closest(*_NOT_IN):
            continue
        peers = [n for n in holder.children if isinstance(n, Element) or n.text.strip()]
        if len(peers) < 3 or peers[0] is not element or not element.is_rendered:
            continue
        text, broken = element.text, peers[1]
        longest = _LONGEST if text.isascii() else _LONGEST_JAPANESE
        is_short = (
            2 <= len(text) <= longest and not _ENDS.search(text) and _has_its_own_text(element)
        )
        is_parted = (
            isinstance(broken, Element) and broken.tag == "br" and isinstance(peers[2], TextRun)
        )
        rest = "".join(n.text for n in peers[2:])
        is_sentence = len(rest) >= _SENTENCES and bool(_SENTENCE_ENDS.search(rest))
        if is_short and is_parted and is_sentence:
            yield element


def _has_its_own_text(element: Element) -> bool:
    """Whether it holds nothing but words: no block, link, field or picture."""
    return all(part.tag in ("b", "strong", "span", "font", "u", "em", "big", "br", "ruby", "rt", "rp", "rb", "i") for part in element.elements())  # fmt: skip


def _is_followed(element: Element) -> bool:
    peers = element.parent.children if element.parent else []
    after = peers[peers.index(element) + 1 :]
    following = next(
        (n for n in after if not (isinstance(n, TextRun) and not n.text.strip())), None
    )
    if not isinstance(following, Element) or following.tag not in _FOLLOWS:
        return False
    if not following.is_rendered or following.role in ("heading", "navigation"):
        return False
    return len(following.text) > max(20, len(element.text)) and not _is_bold(following)


def _stands_out(element: Element, text: str, base: float) -> bool:
    if _MARKED.fullmatch(text):
        return True
    if _ENDS.search(text):
        return False
    biggest = max(
        (_size(run.parent) for run in element.runs() if run.text.strip() and run.parent),
        default=base,
    )
    return (_is_bold(element) and biggest >= base) or biggest >= base * 1.4


def _is_bold(element: Element) -> bool:
    """Whether all that it says is bold."""
    runs = [run for run in element.runs() if run.text.strip()]
    return bool(runs) and all(run.parent is not None and _weight(run.parent) >= 600 for run in runs)


def _weight(element: Element) -> int:
    written = element.style.get("font-weight", "400")
    return int(float(written)) if written.replace(".", "").isdigit() else 400


def _size(element: Element | None) -> float:
    written = element.style.get("font-size", "16px") if element else "16px"
    return float(written.removesuffix("px") or 16)


def _words(element: Element) -> str:
    """What looks like a heading: all of a short paragraph, or its first line."""
    first = next((n for n in element.children if n.text.strip()), element)
    return (element.text if len(element.text) <= _LONGEST else first.text).strip()


def _expectation(element: Element, _page: Snapshot) -> Fault:
    return Fault(
        Text(
            f"「{_words(element)}」は見出しのように見えますが、見出しではありません。",
            f"“{_words(element)}” looks like a heading but is not marked up as one.",
        )
    )


CHECK = Check(
    id="text-as-heading",
    title=Text("見出しの代わりの太字", "Text made to look like a heading"),
    help=Text(
        "見出し（Markdown では ## ）にしてください。",
        "Make it a heading (## in Markdown).",
    ),
    criteria=("1.3.1",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<h2>持ち物</h2><p>印鑑と本人確認書類をお持ちください。窓口は1階です。</p>",
        "<p><b>受付は金曜日までです。</b></p><p>それより後は、次の回に申し込んでください。</p>",
        "<p>持ち物</p><p>印鑑と本人確認書類をお持ちください。窓口は1階です。</p>",
        "<p><b>市役所本庁</b><br>盛岡市内丸12番2号<br>電話 019-000-0000</p>",
        "<p><b>Note:</b><br>The town hall is closed on Mondays and on all public holidays.</p>",
        "<ul><li><p><b>印鑑</b></p><p>登録したものでなくてもかまいません。</p></li></ul>",
    ),
    bad=(
        "<p><strong>申請に必要な持ち物</strong></p><p>印鑑と本人確認書類をお持ちください。窓口は1階です。</p>",
        "<p>【持ち物】</p><ul><li>印鑑と本人確認書類</li><li>申請書（窓口にもあります）</li></ul>",
        '<p style="font-size:24px;font-weight:bold">What to bring</p><p>Bring your seal and proof of identity.</p>',
        "<p>【申込方法】<br>電話か窓口で申し込んでください。受付は平日の午前9時からです。</p>",
        "<p><b>Opening hours</b><br>The town hall is closed on Mondays and on all public holidays.</p>",
        "<p>■申込方法</p><p>電話か窓口でお申し込みください。定員は20人です。</p>",
    ),
)
