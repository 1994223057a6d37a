"""A heading that does not tell what follows (ACT rule b49b2e; WCAG 2.4.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._links import plain
from machikado.audit.snapshot import Element, Snapshot, TextRun
from machikado.vocabulary import Text

_EMPTY_WORDS = re.compile(
    r"(?:見出し|タイトル|表題|題名|無題|小見出し|大見出し|テキスト|ここに(?:見出し|タイトル)を入力|サンプル|ダミー|"
    r"heading|headline|title|untitled|subheading|sub-heading|placeholder|lorem ipsum.*|text|todo|tbd|"
    r"(?:heading|title|section|h|見出し|タイトル|セクション)\W?\d{1,2}|your (?:heading|title) here|"
    r"(?:insert|enter|add) (?:heading|title)(?: here)?|(?:heading|title|text) (?:goes )?here|new (?:heading|section)|x{2,}|○{2,}|[-.…?*_=]*)"
)
"""Words of templates that nobody replaced."""

_TOPICS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    # Hours and days of opening
    (
        re.compile(r"opening hours|opening times|business hours|hours|開館時間|営業時間|受付時間|開庁時間|利用時間"),
        re.compile(r"\b(?:we are |is |are )?open (?:from |on |between |monday|daily|every)|\bclosed on\b|(?:開館|営業|受付|開庁|利用)時間|"
                   r"\b(?:mon|tues|wednes|thurs|fri)day (?:through|to|until|and)\b|\bopens? at (?:noon|\d)|休館日は|[月火水木金]曜日?(?:から|～|〜)[月火水木金土日]曜"),
    ),
    (
        re.compile(r"weather|weather forecast|forecast|climate|天気|天気予報|気象|気象情報"),
        re.compile(r"sunny|rain|cloud|snow|temperature|degrees|weather|forecast|storm|wind|晴れ|雨|曇|雪|気温|天気|気象|台風|風"),
    ),
    (
        re.compile(r"contact|contact us|contact details|連絡先|お問い合わせ|問い合わせ先|お問い合わせ先"),
        re.compile(r"\b(?:phone|tel|email|e-mail|call us|write to)\b|電話|メール|ファクス|ＦＡＸ|FAX|窓口|問い?合わせ|フォーム|contact|連絡"),
    ),
    (
        re.compile(r"recipes?|レシピ|作り方"),
        re.compile(r"ingredient|cook|bake|tablespoon|teaspoon|stir|oven|material|make|材料|大さじ|小さじ|焼|煮|混ぜ|作"),
    ),
    (
        re.compile(r"fees?|prices?|charges?|costs?|料金|手数料|費用|入館料"),
        re.compile(r"[£$€¥]|\b(?:yen|free|pay|cost|price|fee|charge)|円|無料|料金|手数料|支払|費用"),
    ),
    (
        re.compile(r"access|directions|how to get here|交通|交通アクセス|アクセス|行き方"),
        re.compile(r"\b(?:station|bus|train|walk|tram|road|parking|stop|car)\b|駅|バス|電車|徒歩|駐車|停留所|下車|access|道"),
    ),
    (
        re.compile(r"sports?(?: news)?|スポーツ"),
        re.compile(r"sport|game|team|match|play|ball|player|race|スポーツ|試合|選手|チーム|大会|競技|運動"),
    ),
)  # fmt: skip
"""Headings of a plain topic, with the signs of that topic in a text."""

_MOST = 300


def _applies_to(page: Snapshot) -> Iterator[Element]:
    return (e for e in page.with_role("heading") if e.is_exposed and (e.name or e.text))


def _expectation(heading: Element, page: Snapshot) -> Fault | None:
    name = plain(heading.name or heading.text).strip(" :：。.")
    if _EMPTY_WORDS.fullmatch(name):
        return Fault(
            Text(
                f"見出し「{heading.name}」は、下に何が書いてあるかを伝えていません。",
                f"The heading “{heading.name}” does not tell what follows.",
            )
        )
    topic = next((n for n, (words, _) in enumerate(_TOPICS) if words.fullmatch(name)), None)
    if topic is None:
        return None
    below = plain(_below(heading, page))
    other = [n for n, (_, signs) in enumerate(_TOPICS) if n != topic and signs.search(below)]
    if not below or len(below) > _MOST or not other or _TOPICS[topic][1].search(below):
        return None
    # Only hours of opening have signs that no other text bears.
    if 0 not in other:
        return None
    return Fault(
        Text(
            f"見出しは「{heading.name}」ですが、下の文は開いている時間のことです。",
            f"The heading says “{heading.name}” but the text below is about opening hours.",
        )
    )


def _below(heading: Element, page: Snapshot) -> str:
    """The text from a heading to the next one or the end of the page, as far as it matters."""
    inside = set(heading.elements())
    said: list[str] = []
    for node in page.nodes[heading.index + 1 :]:
        if isinstance(node, TextRun):
            parent = node.parent
            if parent is heading or parent in inside or parent is None or not parent.is_exposed:
                continue
            said.append(node.text.strip())
            if sum(map(len, said)) > _MOST:
                break
        elif node.role == "heading":
            break
    return " ".join(said)


CHECK = Check(
    id="heading-not-descriptive",
    title=Text("内容を伝えない見出し", "A heading that does not tell what follows"),
    help=Text(
        "見出しに、その下の内容を短く書いてください。",
        "Let the heading say in a few words what the text below is about.",
    ),
    criteria=("2.4.6",),
    act=("b49b2e",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        "<h2>開館時間</h2><p>月曜日から金曜日の午前9時から午後5時まで</p>",
        "<h2>Weather</h2><p>Sunny, and the museum is open Monday to Friday.</p>",
        "<h2>お問い合わせ</h2><p>電話 082-000-0000（月曜日から金曜日の受付時間内）</p>",
        "<h2>A</h2><p>Open on Monday to Friday.</p>",
        "<h2>タイトル戦の日程</h2><p>5月に開きます。</p>",
    ),
    bad=(
        "<h2>天気</h2><p>図書館の開館時間は午前9時から午後5時までです。</p>",
        "<h2>Recipes</h2><p>We are open from Monday to Friday.</p>",
        "<h2>Weather</h2><p>The library opens at 9 and closes at 5.</p>",
        "<h2>見出し1</h2><p>図書館では本を借りられます。</p>",
        "<h2>Heading goes here</h2><p>You can borrow books at the library.</p>",
        "<h2>...</h2><p>You can borrow books at the library.</p>",
        "<h2>Untitled</h2><p>You can borrow books at the library.</p>",
    ),
)
