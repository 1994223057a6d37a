"""Spaces between the letters of a word: it is read letter by letter (WCAG 2.2, 1.3.2, F32)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_WORDS = (
    " "
    "日時 日付 期日 期間 日程 時間 時刻 場所 会場 住所 所在 氏名 名前 名称 対象 定員 "
    "費用 料金 主催 共催 後援 協賛 内容 講師 持物 備考 電話 目的 品名 金額 合計 数量 "
    "単価 年齢 性別 職業 経済 予算 決算 総数 総計 小計 担当 申込 問合 摘要 項目 区分 "
    "種別 種類 概要 根拠 趣旨 方法 資格 条件 要件 提出 期限 締切 受付 窓口 部署 役職 "
    "理由 結果 人口 世帯 面積 地区 地域 学校 番号 目次 以上 資料 議題 日本 開会 閉会 "
    "休館 開館 休日 祝日 平日 土日 午前 午後 男性 女性 大人 子供 無料 有料 必要 不要 "
    "お知らせ ご案内 お願い ご注意 重要 注意 案内 募集 開催 中止 延期 終了 財政 教育 福祉 環境 "
    "防災 健康 観光 産業 農業 工業 商業 行政 議会 選挙 税金 "
)
"""Words that are often spaced out to fill a cell. A name such as 森 茂 is none of them."""
_SPACED = re.compile(
    r"(?<![^\s（(「【])((?:[ぁ-んァ-ヶ一-鿿々][ 　 ]+)+[ぁ-んァ-ヶ一-鿿々])(?![^\s）)」】:：、。])"
)
_LATIN = re.compile(r"(?<!\S)(?:[^\W\d_] ){3,}[^\W\d_](?![^\s.,:;!?])")
_VOWEL = re.compile(r"[aeiouy]", re.IGNORECASE)
_TITLES = ("h1", "h2", "h3", "h4", "h5", "h6", "th", "td", "dt", "caption", "label", "legend", "strong", "b", "p", "li", "a", "button", "summary")  # fmt: skip


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Headings, cells, labels and other short texts."""
    for element in page.elements(*_TITLES):
        if element.is_exposed and 3 <= len(element.text) <= 60:
            yield element


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    if any(part.tag in _TITLES for part in element.elements()):
        return None
    text = element.text
    for found in _SPACED.finditer(text):
        word = re.sub(r"\s", "", found[1])
        is_title = element.tag not in ("td", "p", "li", "a") and len(word) >= 4
        if f" {word} " in _WORDS or is_title:
            return _fault(found[1], word)
    for found in (
        _LATIN.finditer(text) if element.closest("pre", "code", "kbd", "math") is None else ()
    ):
        word = found[0].replace(" ", "")
        if _is_latin_word(word, is_title=element.tag in _TITLES[:6]):
            return _fault(found[0], word)
    return None


def _is_latin_word(word: str, *, is_title: bool) -> bool:
    """Whether single letters make a word: neither the alphabet nor letters that stand for something."""
    if not word.isascii() or not _VOWEL.search(word) or not re.search(r"[^aeiouyAEIOUY]", word):
        return False
    if all(ord(other) - ord(one) == 1 for one, other in pairwise(word.lower())):
        return False
    return word[1:].islower() or (word.isupper() and (is_title or len(word) >= 6))


def _fault(written: str, word: str) -> Fault:
    return Fault(
        Text(
            f"「{written}」は語の中に空白があり、1文字ずつ読み上げられます。",
            f"“{written}” has spaces within a word: it is read out letter by letter.",
        ),
        help=Text(
            f"「{word}」と続けて書いてください。字の間はスタイルシート（letter-spacing）で空けます。",
            f"Write “{word}” without spaces; leave room between letters to the style sheet "
            "(letter-spacing).",
        ),
    )


CHECK = Check(
    id="spaces-within-word",
    title=Text("語の中の空白", "Spaces within a word"),
    help=Text(
        "語の途中の空白を取ってください。字の間はスタイルシート（letter-spacing）で空けます。",
        "Take the spaces out; leave room between letters to the style sheet (letter-spacing).",
    ),
    criteria=("1.3.2",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<table><tr><th>日時</th><td>森 茂</td></tr><tr><th>氏名</th><td>林 太郎</td></tr></table>",
        "<h2>日 月 火</h2>",
        "<p>A B C の3つから選びます</p>",
        "<h2>令和6年 盛岡市 お知らせ</h2>",
        "<p>Choose one: a b c d e</p>",
        "<p>The letters N S E W stand on the weathercock. Press W A S D to walk.</p>",
    ),
    bad=(
        "<table><tr><th>日 時</th><td>4月1日</td></tr></table>",
        "<h2>お　知　ら　せ</h2>",
        "<p>経 済</p>",
        "<h2>W E L C O M E</h2>",
        "<p>W e l c o m e to our town</p>",
        "<p>F&nbsp;e&nbsp;e&nbsp;s: two pounds</p>",
    ),
)
