"""A space or a line break inside a word, 「経 済」, which is read aloud as two (WCAG 2.2, failure F32).

The dictionary says what is a word. Names of people, enumerations (男 女) and blanks to be filled in
(令和 年 月 日) are written with spaces on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from machikado.check.prose import Passage
from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.readings.engine import Engine, Kind, Word
from machikado.vocabulary import Text

_KANJI = "々〆ヶ㐀-䶿一-鿿"
_HIRAGANA = "ぁ-ゖ"
_KATAKANA = "ァ-ヺー"
_LETTER = _KANJI + _HIRAGANA + _KATAKANA
_SPACE = r"(?:[ \t\u3000\u00a0\u2000-\u200a]|&(?:nbsp|emsp|ensp|thinsp|#12288|#160|#x3000|#xa0);|<br ?/?>)+"
_BREAK = rf"(?:{_SPACE}|[ ]*\n(?![ \t]*\n))"
_CHAIN = lazily(rf"[{_LETTER}]+(?:{_BREAK}[{_LETTER}]+)+")
_GAP = lazily(_BREAK)
_BETWEEN = lazily(rf"[{_LETTER}](?={_BREAK}[{_LETTER}])")
"""The last letter before a gap."""
_IS_LETTER = lazily(f"[{_LETTER}]")
_IS_KANJI = lazily(f"[{_KANJI}]")
_IS_HIRAGANA = lazily(f"[{_HIRAGANA}]")
_NUMERAL = lazily("[〇一二三四五六七八九十百千万]")

_LOANWORD = lazily("[ァ-ヺー]{3,}")

_TOGETHER = frozenset(
    ["男女", "大小", "上下", "左右", "前後", "朝昼", "朝夕", "昼夜", "朝昼夕", "朝昼晩", "朝晩", "父母", "兄弟", "姉妹", "夫妻", "夫婦", "親子", "東西", "南北", "東西南北", "春夏", "夏秋", "秋冬", "春夏秋冬", "市町", "町村", "市町村", "国県", "県市", "部課", "部課係", "年月", "月日", "年月日", "時分", "分秒", "日月", "土日", "有無", "晴雨", "雨雪", "縦横", "母子", "可否", "正副", "甲乙", "甲乙丙", "衣食住", "心技体", "松竹梅", "大中", "中小", "大中小", "高低", "新旧", "内外", "表裏", "点線", "子孫", "老若", "米麦", "前中", "中後", "月火", "火水", "水木", "木金", "金土", "月水", "火木", "水金", "月木", "火金", "金木", "土木", "木曜", "金曜", "水曜", "月日時", "日時分", "赤白", "紅白", "白黒", "赤青", "青黄", "黒白", "金銀", "銀銅", "金銀銅", "花鳥", "山川", "山林", "草木", "犬猫", "牛馬"]
)  # fmt: skip
"""Words that, spaced out, may as well be an enumeration, a row of weekdays or blanks of a form."""
_SUFFIXES = frozenset("課部係局室所者書表費料額人名会場庁館員長")
"""What may close a word that is spaced out: 経 済 課."""
_COMMON = (
    "日時", "日程", "場所", "会場", "対象", "定員", "費用", "料金", "内容", "講師", "主催", "共催", "後援", "協賛", "持物",
    "申込", "申請", "方法", "期間", "期日", "期限", "締切", "氏名", "住所", "電話", "備考", "担当", "部署", "経済",
    "資格", "条件", "人数", "時間", "曜日", "日付", "番号", "種類", "種別", "区分", "項目", "金額", "合計", "概要",
    "目的", "趣旨", "注意", "案内", "募集", "参加", "開催", "中止", "延期", "変更", "受付", "窓口", "市役所", "市民",
    "年齢", "性別", "職業", "単位", "数量", "面積", "所属", "役職", "代表", "連絡", "連絡先", "日本", "日本語", "東京",
    "盛岡", "盛岡市", "岩手", "総務", "財政", "福祉", "教育", "環境", "建設", "水道", "都市", "保健", "健康", "税金",
    "図書館", "申請書", "証明書", "相談", "防災", "災害", "避難", "情報", "公開", "様式", "添付", "書類", "都道府県",
    "サービス", "センター", "お知らせ", "お問い合わせ",
)  # fmt: skip
"""What is looked for where no dictionary is installed."""


def _find(source: SourcePage) -> Iterator[Mark]:
    is_spaced = source.page.locale.lang != "ja"
    for passage in source.prose.passages:
        for chain in _chains(passage.text):
            if _is_block(passage, chain):
                continue
            engine = source.site.dictionary()
            yield from _judge(passage, chain, engine, is_spaced)


def _chains(text: str) -> Iterator[re.Match[str]]:
    """Runs of letters with gaps between them, as `_CHAIN` tells them."""
    done = 0
    for gap in _BETWEEN.finditer(text):
        if gap.start() < done:
            continue
        begins = gap.start() + 1
        while begins > done and _IS_LETTER.match(text, begins - 1):
            begins -= 1
        if chain := _CHAIN.match(text, begins):
            done = chain.end()
            yield chain


def _is_block(passage: Passage, chain: re.Match[str]) -> bool:
    """Whether the only break is that between a heading and the text below it."""
    if "\n" not in chain.group():
        return False
    begins = passage.text.rfind("\n", 0, chain.start()) + 1
    return passage.text.startswith("#", begins) or len(_GAP.findall(chain.group())) == 0


def _judge(
    passage: Passage, chain: re.Match[str], engine: Engine | None, is_spaced: bool
) -> Iterator[Mark]:
    runs = _taken_apart(chain)
    joined = "".join(run for run, _ in runs)
    if _is_form(runs):
        return
    edges: list[int] = []
    for run, _ in runs[:-1]:
        edges.append(len(run) + (edges[-1] if edges else 0))
    words = _words(engine, joined) if engine else _common(joined)
    starts = [0, *edges]
    if _is_row(runs, words):
        return
    for start, end in words:
        within = [edge for edge in edges if start < edge < end]
        if not within:
            continue
        word = joined[start:end]
        parts = [joined[a:b] for a, b in pairwise([start, *within, end])]
        if engine and not _is_torn(engine, joined, (start, end), within, runs, starts):
            continue
        if (
            word in _TOGETHER
            or _NUMERAL.search(word)
            or not _fits(joined, within, parts, is_spaced)
        ):
            continue
        last = end
        if end in edges and all(len(part) == 1 for part in parts):
            after = runs[starts.index(end)][0]
            if after[0] in _SUFFIXES and not _IS_KANJI.match(after[1:2]):
                last = end + 1
        first_at = _position(runs, starts, start)
        last_at = _position(runs, starts, last - 1) + 1
        whole = joined[start:last]
        written = " ".join(passage.text[first_at:last_at].split())
        yield Mark(
            passage.line_of(first_at),
            Text(
                f"「{written}」は、言葉の途中に空白か改行があります。",
                f"A space or a line break stands inside the word `{written}`.",
            ),
            Text(
                f"「{whole}」と続けて書いてください。文字の間を広げたいときも、空白は入れません。"
                "読み上げると、別々の言葉に聞こえます。",
                f"Write `{whole}` without a space; it is read aloud as separate words.",
            ),
            passage.fix(first_at, last_at, whole),
        )


def _taken_apart(chain: re.Match[str]) -> list[tuple[str, int]]:
    """The runs of letters, each with its place in the text."""
    runs: list[tuple[str, int]] = []
    at, text = 0, chain.group()
    for gap in _GAP.finditer(text):
        runs.append((text[at : gap.start()], chain.start() + at))
        at = gap.end()
    runs.append((text[at:], chain.start() + at))
    return runs


def _is_form(runs: Sequence[tuple[str, int]]) -> bool:
    """Blanks to be filled in (令和 年 月 日, 午前 時 分), and rows of the syllabary (あ い う)."""
    told = [run for run, _ in runs]
    singles = [run for run in told if len(run) == 1]
    if len(singles) >= 2 and set(singles) <= set("年月日時分秒") and "".join(singles) != "日時":
        return True
    return len(singles) >= 3 and "".join(singles) in (
        "あいうえお", "かきくけこ", "アイウエオ", "あかさたなはまやらわ", "アカサタナハマヤラワ", "いろは", "イロハ",
    )  # fmt: skip


def _is_row(runs: Sequence[tuple[str, int]], words: Sequence[tuple[int, int]]) -> bool:
    """Single kanji in a row of which some are left over when words are made of them: 雨 雪 雷, 上 中 下."""
    if len(runs) < 3 or any(len(run) > 1 and not _IS_HIRAGANA.match(run[1]) for run, _ in runs):
        return False
    covered = {at for start, end in words if end - start > 1 for at in range(start, end)}
    at = 0
    for run, _ in runs:
        if at not in covered and _IS_KANJI.match(run) and run[0] not in _SUFFIXES:
            return True
        at += len(run)
    return False


def _words(engine: Engine, joined: str) -> list[tuple[int, int]]:
    told: list[tuple[int, int]] = []
    opened: int | None = None
    for word in engine.words(joined):
        if joined[word.start : word.end] in ("お", "ご") and word.kind is Kind.AFFIX:
            opened = word.start  # お 問い合わせ: the prefix is a part of the word
            continue
        if word.known and not (word.kind.is_person or word.kind is Kind.NUMBER):
            told.append((word.start if opened is None else opened, word.end))
        opened = None
    return told


def _common(joined: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for word in sorted(_COMMON, key=len, reverse=True):
        for match in re.finditer(word, joined):
            if all(match.end() <= start or end <= match.start() for start, end in found):
                found.append(match.span())
    return sorted(found)


def _is_torn(
    engine: Engine,
    joined: str,
    place: tuple[int, int],
    within: Sequence[int],
    runs: Sequence[tuple[str, int]],
    starts: Sequence[int],
) -> bool:
    """Whether the runs, each by itself, do not as well say something else with the spaces as they are."""
    start, end = place
    units = _edges(engine, joined, start, end)
    parts = [joined[a:b] for a, b in pairwise([start, *within, end])]
    if set(within) <= units and all(len(part) > 1 for part in parts):
        return False  # 個人 情報: two words that also make a longer one
    if all(_LOANWORD.fullmatch(part) for part in parts) and all(_is_word(engine, p) for p in parts):
        return False  # データ ベース: a loanword is written with a space or without
    for number, (run, _) in enumerate(runs):
        begin = starts[number]
        if not (begin < end and start < begin + len(run)):
            continue
        own = _cuts(engine.words(run))
        if begin < start and start - begin not in own:
            return False  # 今日 本を: what is before the space is a word of its own
        if end < begin + len(run) and end - begin not in own and _may_stand(engine, parts[-2]):
            return False  # 関 所長, 東 京子: so is what is behind it
    return True


def _may_stand(engine: Engine, part: str) -> bool:
    """Whether a part is often written by itself, as a surname or in a list: 関 所長, 市 民間."""
    return len(part) > 1 or part in "市県国都府町村区各全新旧本" or bool(engine.names(part))


def _is_word(engine: Engine, text: str) -> bool:
    words = engine.words(text)
    return len(words) == 1 and words[0].known


def _edges(engine: Engine, joined: str, start: int, end: int) -> set[int]:
    """Where the short units of a word meet."""
    word = next((w for w in engine.words(joined) if (w.start, w.end) == (start, end)), None)
    if word is None:
        return set()
    return {unit.start for unit in engine.units(joined, word)} - {start}


def _cuts(words: Iterable[Word]) -> set[int]:
    return {edge for word in words for edge in (word.start, word.end)}


def _fits(joined: str, within: Sequence[int], parts: Sequence[str], is_spaced: bool) -> bool:
    """Whether the letters on both sides are such that a space between them is no habit of writing.

    is_spaced: a page that may put a space between phrases (分かち書き).
    """
    for edge in within:
        left, right = joined[edge - 1], joined[edge]
        both_kanji = _IS_KANJI.match(left) and _IS_KANJI.match(right)
        if both_kanji:
            continue
        if is_spaced:
            return False
        kana = _IS_HIRAGANA.match(left) and _IS_HIRAGANA.match(right)
        if kana and not (len(parts) > 2 and all(len(part) == 1 for part in parts)):
            return False
    return True


def _position(runs: Sequence[tuple[str, int]], starts: Sequence[int], index: int) -> int:
    """The place in the text of a character of the joined runs."""
    number = max(n for n, begin in enumerate(starts) if begin <= index)
    return runs[number][1] + index - starts[number]


RULE = Rule(
    id="space-inside-word",
    title=Text("言葉の途中の空白", "A space inside a word"),
    help=Text(
        "言葉の途中の空白や改行を消してください。",
        "Remove the space or the line break inside the word.",
    ),
    find=_find,
    good=(
        "日時と場所は、後で知らせます。",
        "担当は佐藤 花子と佐藤　一郎です。",
        "| 氏名 | 住所 |\n| --- | --- |".replace("| 氏名", "表: 名簿\n\n| 氏名"),
        "岩手県盛岡市 内丸にあります。盛岡市 総務部です。",
        "関 所長と東 京子さんと南 部長が話します。",
        "個人 情報と、ボランティア センターと、データ ベース",
        "令和　年　月　日に、男 女 別に書きます。",
        "`日 時`と書きません。",
        "[経](measures/1-2-2.md) 済んだこと".replace("[経]", "[計画]"),
        "あ い う え お の順です。",
        "雨 雪 雷に気を付けます。上 中 下の3つです。",
        "月 火 水 木 金 の朝に集めます。",
    ),
    bad=(
        "日 時は、後で知らせます。",
        "日　時",
        "盛岡市の経 済を支えます。",
        "日本 語で書きます。",
        "申 請 書を出します。",
        "表: 会議\n\n| 場　所 | 部署 |\n| --- | --- |\n| 市役所 | 総務部 |",
        "お 知 ら せ",
        "お 問い合わせ",
        "盛岡市総 務部です。",
        "経<br>済",
        "図書 館で読みます。",
        "経&nbsp;済",
        "経 済 課",
        "市の経\n済を支えます。",
    ),
    criteria=("1.3.2",),
    level="A",
    japanese=True,
)
