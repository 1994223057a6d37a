"""An abbreviation that is nowhere explained on the page (WCAG 2.2, technique G97)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text, Weight

_MEANINGS = {
    "NPO": "民間の非営利団体", "NGO": "非政府組織", "ICT": "情報通信技術", "IOT": "物のインターネット", "DX": "デジタルによる変革",
    "RPA": "ソフトウェアによる自動化", "BCP": "業務継続計画", "GIS": "地理情報システム", "EBPM": "証拠に基づく政策立案",
    "KPI": "目標の達成を測る数値", "PDCA": "計画・実行・評価・改善", "PFI": "民間の資金を使う公共事業", "PPP": "官民連携",
    "CSR": "企業の社会的責任", "DV": "家庭内などの暴力", "ODA": "政府開発援助", "GX": "脱炭素への変革", "SDGS": "持続可能な開発目標",
    "LGBT": "性的少数者", "LGBTQ": "性的少数者", "ADHD": "注意欠如・多動症", "PTSD": "心的外傷後ストレス障害", "AED": "自動体外式除細動器",
    "BPR": "業務の見直し", "CIO": "情報化統括責任者", "LGWAN": "総合行政ネットワーク", "UD": "ユニバーサルデザイン", "WLB": "仕事と生活の調和",
    "MCI": "軽度認知障害", "COPD": "慢性閉塞性肺疾患", "HACCP": "食品の衛生管理の方法", "RESAS": "地域経済分析システム",
    "MICE": "会議や展示会など", "DMO": "観光地域づくり法人", "ALT": "外国語指導助手", "CIR": "国際交流員", "JGAP": "農業生産工程管理",
}  # fmt: skip
_FOUND = lazily(
    r"(?<![A-Za-z0-9/.+&_一-鿿ァ-ヺー「『-])([A-Z]{2,6}s?|IoT|SDGs)(?![A-Za-z0-9/+&_一-鿿ァ-ヺー」』-])"
)
"""Not where it is a part of a name, 盛岡市ICT利活用推進指針."""
_HINT = lazily("[A-Z][A-Zo]")


def _find(source: SourcePage) -> Iterator[Mark]:
    told: set[str] = set()
    names = {link.text.upper() for link in source.links if link.target.startswith("term:")}
    for place in source.prose.find_at(_HINT, _FOUND):
        word = place.found.group(1)
        meaning = _MEANINGS.get(word.upper())
        if meaning is None or word in told or place.passage.key:
            continue
        told.add(word)
        if any(word.upper() in name for name in names) or _is_told(source, word, meaning):
            continue
        yield Mark(
            place.line,
            Text(
                f"「{word}」の意味が、このページに書かれていません。",
                f"The page does not say what `{word}` stands for.",
            ),
            Text(
                f"初めに出るところで「{word}（{meaning}）」のように書くか、用語集に足して [{word}](term:…) と書いてください。",
                f"Write {word}（{meaning}） where it comes first, or link it to the glossary: [{word}](term:…).",
            ),
        )


def _is_told(source: SourcePage, word: str, meaning: str) -> bool:
    text = source.prose.body.text
    around = rf"{word}[」』]?[ ]?[（(]|[（(][^（）()\n]{{0,20}}{word}[)）]|{word}(?:とは|は、?[^。\n]{{2,40}}(?:こと|略|意味)|という)"
    return (
        meaning in text
        or bool(re.search(around, text))
        or f">{word}</abbr>" in source.page.body
        or f"*[{word}]" in source.page.body
    )


RULE = Rule(
    id="abbreviation-unexplained",
    title=Text("説明のない略語", "An abbreviation without its meaning"),
    help=Text(
        "初めに出るところで、意味を書いてください。", "Say what it means where it comes first."
    ),
    find=_find,
    good=(
        "NPO（民間の非営利団体）が運営します。NPOの人です。",
        "[ICT](term:ict)を使います。ICTの計画です。",
        "PDFとSNSとWi-Fiを使います。JRとNHKとFAX",
        "情報通信技術（ICT）を使います。",
        "`NPO`",
        "盛岡市ICT利活用推進指針とNPO法人です。",
    ),
    bad=("NPOが運営します。", "DXを進めます。DXの計画です。", "市はEBPMを進めます。"),
    criteria=("3.1.4",),
    level="AAA",
    weight=Weight.STYLE,
    japanese=True,
)
