"""Why a page was printed: the last changes that made it stale, and what it is made from, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from machikado.content.front_matter import DEFAULT_ZONE
from machikado.incremental import codec
from machikado.incremental.store import Store
from machikado.incremental.trace import Keys
from machikado.vocabulary import Text

_KINDS: dict[str, Text] = {
    "own": Text("このページの原稿が変わりました", "its own source changed"),
    "begun": Text(
        "このページが新しくできたか、公開が始まりました", "the page is new, or its time has come"
    ),
    "settings": Text(
        "設定、画面の文言、テンプレートのどれかが変わりました",
        "a setting, a catalogue or a template changed",
    ),
    "card": Text(
        "{name} の題名などの情報が変わりました", "the title or other facts of {name} changed"
    ),
    "body": Text("{name} の本文が変わりました", "the text of {name} changed"),
    "readings": Text(
        "読みがなの辞書（readings.csv）が変わりました",
        "the list of readings (readings.csv) changed",
    ),
    "digest": Text(
        "翻訳元の {name} の文章が変わりました", "the words of its source page {name} changed"
    ),
    "path": Text("{name} のページが増えたか、なくなりました", "a page at {name} came or went"),
    "id": Text(
        "ページ番号 {name} の翻訳が増えたか、減りました",
        "a translation of page {name} came or went",
    ),
    "below": Text("{name} の下のページが増えたか、減りました", "a page below {name} came or went"),
    "mapped": Text(
        "サイトマップに載るページが増えたか、減りました（{name}）", "the site map of {name} changed"
    ),
    "locale": Text("{name} のページが増えたか、減りました", "a page of {name} came or went"),
    "news": Text("お知らせの一覧が変わりました（{name}）", "the news of {name} changed"),
    "urgent": Text("緊急情報が変わりました", "the emergency information changed"),
    "department": Text("担当部署 {name} の情報が変わりました", "the department {name} changed"),
    "category": Text("分類 {name} の情報が変わりました", "the category {name} changed"),
    "term": Text("用語 {name} の説明が変わりました", "the term {name} changed"),
    "file": Text("画像などのファイル {name} が変わりました", "the file {name} changed"),
    "shared": Text(
        "メニューなど、共通の部分が変わりました（{name}）",
        "a part that pages share changed ({name})",
    ),
}
"""What made a page stale, by the kind of its key."""
_USED: dict[str, Text] = {
    "card": Text("ほかのページの題名など", "titles and facts of pages"),
    "path": Text("リンク先や上の階層のページの有無", "whether pages are there"),
    "id": Text("翻訳の有無", "which translations there are"),
    "below": Text("同じ階層のページの並び", "lists of pages below a section"),
    "shared": Text("メニューなど共通の部分", "parts that pages share"),
    "digest": Text("翻訳元の文章", "words of a source page"),
    "readings": Text("読みがなの辞書", "the list of readings"),
    "department": Text("担当部署", "departments"),
    "category": Text("分類", "categories"),
    "term": Text("用語", "terms"),
    "file": Text("画像などのファイル", "files"),
    "news": Text("お知らせの一覧", "lists of news"),
    "urgent": Text("緊急情報", "emergency information"),
    "mapped": Text("サイトマップ", "the site map"),
}
SHOWN = 8


def kinds() -> frozenset[str]:
    """Every kind of reason that has words of its own."""
    return frozenset(_KINDS)


@dataclass(frozen=True)
class Explanation:
    """Why a page was printed last. is_recent: in the build just done; made: its clock."""

    file: str
    reasons: Sequence[Text]
    uses: Sequence[tuple[Text, int]]
    made: datetime
    is_recent: bool


def explanation(store: Store, file: str, keys: Keys, now: int) -> Explanation | None:
    """Why the page of a source was printed; `keys`: what it is made from. None where there is no page."""
    row = store.row("SELECT why, made FROM products WHERE kind = 'page' AND subject = ?", file)
    if row is None or row[1] is None:
        return None
    reasons: list[str] = codec.plain(row[0]) if row[0] else ["begun"]
    return Explanation(
        file,
        [_told(key) for key in _plainly(reasons, file)[:SHOWN]],
        _counted(keys),
        datetime.fromtimestamp(row[1] / 1_000_000, DEFAULT_ZONE),
        row[1] == now,
    )


def _plainly(keys: Iterable[str], file: str) -> list[str]:
    """The reasons, each once; what the page says of itself is its own source."""
    return list(dict.fromkeys("own" if key == f"card {file}" else key for key in keys))


def _told(key: str) -> Text:
    kind, _, name = key.partition(" ")
    text = _KINDS.get(kind, Text("{name}", "{name}"))
    return Text(text.ja.format(name=name or kind), text.en.format(name=name or kind))


def _counted(keys: Keys) -> list[tuple[Text, int]]:
    counts = Counter(key.partition(" ")[0] for key in keys)
    return [(_USED[kind], counts[kind]) for kind in _USED if counts[kind]]
