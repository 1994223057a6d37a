"""Front matter: the typed heading of a Markdown file, read with the line of every key."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from machikado.vocabulary import Text

DEFAULT_ZONE = ZoneInfo("Asia/Tokyo")
"""The zone of a date or time that names none."""

_FAST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser written in C, several times as fast, where PyYAML was built with it."""
FENCE = "---"
_ID = re.compile(r"[0-9]{4,10}|[a-z][a-z0-9-]{2,60}")
_NOT_ISO = re.compile(r"(\d{4})\s*[/.年]\s*(\d{1,2})\s*[/.月]\s*(\d{1,2})日?")
_TAG_URI = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d{2}(-\d{2})?)?:\S+")
"""RFC 4151, with the authority narrowed to a host name."""


class PageType(StrEnum):
    """What kind of page this is; it decides the page's furniture and which lists it is in."""

    PAGE = "page"
    SECTION = "section"
    NEWS = "news"
    EVENT = "event"
    HELP = "help"


class Method(StrEnum):
    """How a translation was made."""

    HUMAN = "human"
    MACHINE = "machine"
    MACHINE_EDITED = "machine-edited"


@dataclass(frozen=True, slots=True)
class Translation:
    """How and from what a translation was made.

    source_hash: `Source.digest` of the source page that was translated;
    reviewer: the person who reviewed it, or None when nobody has;
    """

    source_hash: str
    method: Method
    reviewer: str | None
    date: date


SOCIAL_NETWORKS = ("bluesky", "mastodon", "line", "x")
"""The social networks that a notice can be posted to; Facebook and others take the feed."""


@dataclass(frozen=True, slots=True)
class Social:
    """What a notice says of its posts on social networks; what is not said is derived.

    posted: whether it is posted at all; off: networks on which it is not;
    text: its words for all networks, texts: for one (pairs of network and words);
    image, alt: the file from the page and the words for those who do not see it;
    correction: the words of a correction; withdrawn: the posts are to be taken back.
    """

    posted: bool = True
    text: str | None = None
    texts: tuple[tuple[str, str], ...] = ()
    off: frozenset[str] = frozenset()
    hashtags: tuple[str, ...] = ()
    image: str | None = None
    alt: str | None = None
    correction: str | None = None
    withdrawn: bool = False

    def words(self, network: str) -> str | None:
        """The words written for a network, or for all."""
        return dict(self.texts).get(network, self.text)


@dataclass(frozen=True, slots=True)
class Occasion:
    """When and where what an event page tells of takes place.

    all_day: whether days alone were given; `ends` is then the first moment of the last day. None: no end is told.
    """

    begins: datetime
    ends: datetime | None = None
    all_day: bool = False
    place: str = ""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter of one page; times carry a zone. Key by key: docs-dev/front-matter.md."""

    id: str
    title: str
    summary: str = ""
    type: PageType = PageType.PAGE
    feed_id: str | None = None
    category: str | None = None
    department: str | None = None
    publish_at: datetime | None = None
    updated_at: datetime | None = None
    expires_at: datetime | None = None
    review_by: date | None = None
    aliases: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    translation: Translation | None = None
    audio: bool | None = None
    social: Social | None = None
    event: Occasion | None = None


INHERITED = (
    "type",
    "category",
    "department",
    "publish_at",
    "expires_at",
    "review_by",
    "related",
    "audio",
    "event",
)
"""Keys a translation takes from its source page when it does not give them itself."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a source file: which check says so, at which line, and what to do."""

    check: str
    line: int
    message: Text
    help: Text


@dataclass(frozen=True, slots=True)
class Split:
    """A file taken apart: the values of its front matter, the line of each key, and the text below.

    `lines` maps a key (`translation.date` for a nested one) to its line; `body_line` is the line at
    which the body starts. All lines count from 1.
    """

    values: Mapping[str, Any]
    lines: Mapping[str, int]
    body: str
    body_line: int


class FrontMatterError(ValueError):
    """The front matter cannot be read at all; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message.en)
        self.fault = fault


def split(text: str) -> Split:
    """Take the front matter off `text`; raises FrontMatterError where there is none to read."""
    rows = text.split("\n")
    if rows[0].rstrip() != FENCE:
        raise FrontMatterError(
            Fault(
                "front-matter-missing",
                1,
                Text("ページの情報（題名など）がありません。", "The page has no front matter."),
                Text(
                    "ファイルの1行目に「---」と書き、その下に id と title を書いて、"
                    "もう一度「---」で閉じてください。",
                    "Start the file with a line `---`, then id and title, then another line `---`.",
                ),
            )
        )
    end = next((n for n, row in enumerate(rows[1:], 1) if row.rstrip() == FENCE), None)
    if end is None:
        raise FrontMatterError(
            Fault(
                "front-matter-missing",
                1,
                Text(
                    "ページの情報が「---」で閉じられていません。", "The front matter is not closed."
                ),
                Text(
                    "ページの情報の最後に「---」だけの行を入れてください。",
                    "Add a line that holds only `---` after the front matter.",
                ),
            )
        )
    values, lines = _read_yaml("\n".join(rows[1:end]), first_line=2)
    return Split(values, lines, "\n".join(rows[end + 1 :]), end + 2)


def _compose(text: str, first_line: int) -> yaml.Node | None:
    """The YAML of `text` as nodes; raises YAMLError as the parser written in Python words it."""
    if "*" in text:
        # A reference (*name) can be made to refer to itself; no key of ours needs one.
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent) and event.start_mark:
                raise _unreadable(first_line + event.start_mark.line, "* begins a reference")
    try:
        return yaml.compose(text, Loader=_FAST)
    except yaml.YAMLError:
        return yaml.compose(text, Loader=yaml.SafeLoader)


def _read_yaml(text: str, first_line: int) -> tuple[dict[str, Any], dict[str, int]]:
    try:
        node = _compose(text, first_line)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        problem = getattr(error, "problem", None) or "invisible control character"
        if getattr(error, "context", None) == "while scanning a quoted scalar":
            # The parser notices at the end; the editor has to mend where the quote opens.
            mark, problem = getattr(error, "context_mark", mark), "a quote is not closed"
        row = mark.line if mark else text.count("\n", 0, getattr(error, "position", 0))
        raise _unreadable(first_line + row, problem) from None
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    if node is None:
        return values, lines
    if not isinstance(node, yaml.MappingNode):
        raise FrontMatterError(
            Fault(
                "front-matter-syntax",
                first_line,
                Text(
                    "ページの情報が「項目: 値」の形になっていません。",
                    "The front matter is not a list of keys and values.",
                ),
                Text(
                    "1行に1つ、「title: 題名」のように書いてください。",
                    "Write one `key: value` a line.",
                ),
            )
        )
    for key_node, value_node in node.value:
        key, line = str(key_node.value), first_line + key_node.start_mark.line
        if key in values:
            raise FrontMatterError(
                Fault(
                    "front-matter-syntax",
                    line,
                    Text(
                        f"項目「{key}」が2回書かれています。", f"The key `{key}` is written twice."
                    ),
                    Text("どちらか一方を消してください。", "Remove one of them."),
                )
            )
        values[key], lines[key] = _plain(value_node), line
        if isinstance(value_node, yaml.MappingNode):
            for inner, _ in value_node.value:
                lines[f"{key}.{inner.value}"] = first_line + inner.start_mark.line
    return values, lines


_PROBLEMS_IN_JAPANESE = {
    "a quote is not closed": "引用符が閉じていません",
    "invisible control character": "目に見えない制御文字があります",
    "mapping values are not allowed here": "1行に「: 」が2つあるか、字下げがそろっていません",
    "could not find expected ':'": "項目の名前の後に「:」がありません",
    "found character '\\t' that cannot start any token": "字下げにタブが使われています",
    "* begins a reference": "「*」で始まる値は、引用符で囲んでください",
}


def _unreadable(line: int, problem: str) -> FrontMatterError:
    problem_ja = _PROBLEMS_IN_JAPANESE.get(problem, problem)
    return FrontMatterError(
        Fault(
            "front-matter-syntax",
            line,
            Text(
                f"ページの情報の書き方に誤りがあり、読み取れません（{problem_ja}）。",
                f"The front matter is not valid YAML ({problem}).",
            ),
            Text(
                "「項目: 値」の形か、字下げがそろっているか、"
                "引用符が閉じているかを確かめてください。"
                '値に「: 」を含むときは全体を " で囲みます。',
                "Write `key: value`, keep the indentation even, close every quote; "
                'put a value that contains ": " in double quotes.',
            ),
        )
    )


def _plain(node: yaml.Node) -> object:
    """The node as str, None, list or dict: dates and numbers stay as the editor wrote them."""
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(value) for value in node.value]
    return None if node.tag == "tag:yaml.org,2002:null" else str(node.value)


class _WrongValueError(ValueError):
    """A value that does not fit its key: what is wrong, what to write, at which inner key."""

    def __init__(self, message: Text, help_: Text, inner: str | None = None) -> None:
        super().__init__(message.en)
        self.message, self.help, self.inner = message, help_, inner


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _WrongValueError(
            Text("空か、文章ではありません", "is empty or not a text"),
            Text("1行の文章を書いてください。", "Write one line of text."),
        )
    if any("\ud800" <= letter <= "\udfff" for letter in value):
        # Half of a character that no UTF-8 file can hold; YAML lets it in by its number.
        raise _WrongValueError(
            Text(
                "文字になっていない記号があります",
                "holds half a character",
            ),
            Text(
                "その記号を消して、文字で書いてください。",
                "Remove it and write the character itself.",
            ),
        )
    return value.strip()


def _identifier(value: object) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise _WrongValueError(
            Text(f"「{value}」はページ番号として使えません", f"`{value}` cannot be a page id"),
            Text(
                "数字4桁から10桁（例: 1003122）を書いてください。新しい番号は machikado "
                "new page が付けます。",
                "Write 4 to 10 digits, such as 1003122; `machikado new page` gives a fresh one.",
            ),
        )
    return value


def _tag_uri(value: object) -> str:
    if not isinstance(value, str) or not _TAG_URI.fullmatch(value):
        raise _WrongValueError(
            Text(f"「{value}」は tag: の形ではありません", f"`{value}` is no tag URI (RFC 4151)"),
            Text(
                "machikado new news が付けた feed_id をそのまま使い、あとから変えないでください。",
                "Keep the feed_id that `machikado new news` gave; never change it later.",
            ),
        )
    return value


def parse_time(value: object) -> datetime:
    """An ISO 8601 date or time, made aware; a date alone means its first moment in Tokyo."""
    suggestion = ""
    if isinstance(value, str):
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            if found := _NOT_ISO.match(value):
                suggestion = "{}-{:0>2}-{:0>2}".format(*found.groups())
        else:
            return moment if moment.tzinfo else moment.replace(tzinfo=DEFAULT_ZONE)
    example = suggestion or "2026-04-01"
    raise _WrongValueError(
        Text(f"日付「{value}」を読み取れません", f"`{value}` is no ISO 8601 date"),
        Text(
            f"日付は {example} のように書いてください（時刻も書くなら {example}T09:00）。",
            f"Write the date as {example} (with a time: {example}T09:00).",
        ),
    )


def _day(value: object) -> date:
    return parse_time(value).astimezone(DEFAULT_ZONE).date()


def _addresses(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    for address in values:
        if (
            not isinstance(address, str)
            or not re.fullmatch(r"/[^\s?#\\]*", address)
            or ".." in address
        ):
            raise _WrongValueError(
                Text(
                    f"「{address}」は以前のアドレスとして使えません",
                    f"`{address}` cannot be an old address",
                ),
                Text(
                    "「/」で始まるサイト内のアドレス（例: /old/page/）を書いてください。",
                    "Write an address of this site that starts with /, such as /old/page/.",
                ),
            )
    return tuple(values)


def _identifiers(value: object) -> tuple[str, ...]:
    return tuple(_identifier(item) for item in (value if isinstance(value, list) else [value]))


def _one_of(kind: type[StrEnum]) -> Callable[[Any], Any]:
    allowed = ", ".join(kind)

    def parse(value: object) -> StrEnum:
        try:
            return kind(str(value))
        except ValueError:
            raise _WrongValueError(
                Text(f"「{value}」は使えません", f"`{value}` is not allowed"),
                Text(f"次のどれかを書いてください: {allowed}", f"Write one of: {allowed}"),
            ) from None

    return parse


def _translation(value: object) -> Translation:
    if not isinstance(value, dict):
        raise _WrongValueError(
            Text("translation の中身がありません", "translation has no content"),
            Text(
                "source_hash, method, reviewer, date を字下げして書いてください。",
                "Write source_hash, method, reviewer and date, indented.",
            ),
        )
    if unknown := set(value) - {"source_hash", "method", "reviewer", "date"}:
        name = sorted(unknown)[0]
        raise _WrongValueError(
            Text(
                f"translation に「{name}」という項目はありません",
                f"translation has no key `{name}`",
            ),
            Text(
                "source_hash, method, reviewer, date のどれかに直してください。",
                "Use source_hash, method, reviewer or date.",
            ),
            inner=name,
        )
    return Translation(
        source_hash=str(value.get("source_hash") or ""),
        method=_inner(value, "method", _one_of(Method)),
        reviewer=value.get("reviewer") or None,
        date=_inner(value, "date", _day),
    )


def _inner(values: Mapping[str, object], key: str, parser: Callable[[object], Any]) -> Any:  # noqa: ANN401
    try:
        return parser(values.get(key))
    except _WrongValueError as wrong:
        raise _WrongValueError(wrong.message, wrong.help, inner=key) from None


_SOCIAL_KEYS = (
    *("text", "hashtags", "image", "alt", "correction", "withdrawn"),
    *SOCIAL_NETWORKS,
)
_HASHTAG = re.compile(r"#?[\w](?:[\w -]*[\w])?")


def _social(value: object) -> Social:
    """`false`, or a mapping of `_SOCIAL_KEYS`; a network's value is its words, or `false`."""
    if isinstance(value, str) and value.lower() == "false":
        return Social(posted=False)
    if not isinstance(value, dict):
        raise _WrongValueError(
            Text("social の中身がありません", "social has no content"),
            Text(
                f"{', '.join(_SOCIAL_KEYS)} のうち要るものを、字下げして書いてください。"
                "どこにも投稿しないなら social: false と書きます。",
                f"Write what you need of {', '.join(_SOCIAL_KEYS)}, indented; "
                "`social: false` posts nowhere.",
            ),
        )
    if unknown := sorted(set(value) - set(_SOCIAL_KEYS)):
        raise _WrongValueError(
            Text(
                f"social に「{unknown[0]}」という項目はありません",
                f"social has no key `{unknown[0]}`",
            ),
            Text(
                f"次のどれかに直してください: {', '.join(_SOCIAL_KEYS)}。"
                "Facebook などには、フィードで届きます。",
                f"Use one of: {', '.join(_SOCIAL_KEYS)}. Facebook and others take the feed.",
            ),
            inner=unknown[0],
        )
    written = {key: one for key, one in value.items() if one is not None}
    off = {name for name in SOCIAL_NETWORKS if str(written.get(name)).lower() == "false"}
    return Social(
        texts=tuple(
            (name, _inner(written, name, _text))
            for name in SOCIAL_NETWORKS
            if name in written and name not in off
        ),
        off=frozenset(off),
        hashtags=_inner(written, "hashtags", _hashtags) if "hashtags" in written else (),
        withdrawn=_inner(written, "withdrawn", _yes_or_no) if "withdrawn" in written else False,
        **{
            key: _inner(written, key, _text)
            for key in ("text", "image", "alt", "correction")
            if key in written
        },
    )


_OCCASION_KEYS = ("begins", "ends", "place")


def _occasion(value: object) -> Occasion:
    """A mapping of `_OCCASION_KEYS`: two days, or two times, of which the second may be left out."""
    known = ", ".join(_OCCASION_KEYS)
    if not isinstance(value, dict):
        raise _WrongValueError(
            Text("event の中身がありません", "event has no content"),
            Text(f"{known} を、字下げして書いてください。", f"Write {known}, indented."),
        )
    if unknown := sorted(set(value) - set(_OCCASION_KEYS)):
        raise _WrongValueError(
            Text(f"event に「{unknown[0]}」という項目はありません", f"event has no key `{unknown[0]}`"),
            Text(f"次のどれかに直してください: {known}", f"Use one of: {known}."),
            inner=unknown[0],
        )  # fmt: skip
    begins = _inner(value, "begins", parse_time)
    ends = _inner(value, "ends", parse_time) if value.get("ends") is not None else None
    days = [":" not in str(value[key]) for key in ("begins", "ends") if value.get(key) is not None]
    if len(set(days)) > 1:
        raise _WrongValueError(
            Text("時刻が片方にだけあります", "has a time where begins has none, or the other way round"),
            Text("begins と ends の両方に時刻を書くか、両方とも日付だけにしてください。", "Give both a time, or neither."),
            inner="ends",
        )  # fmt: skip
    if ends is not None and ends < begins:
        raise _WrongValueError(
            Text("始まりより前です", "is before the beginning"),
            Text("begins より後の日時を書いてください。", "Write a time after begins."),
            inner="ends",
        )
    place = _inner(value, "place", _text) if value.get("place") is not None else ""
    return Occasion(begins, ends, days[0], place)


def _hashtags(value: object) -> tuple[str, ...]:
    tags = value if isinstance(value, list) else [value]
    for tag in tags:
        if (
            not isinstance(tag, str)
            or not _HASHTAG.fullmatch(tag)
            or not re.search(r"[^\W\d]", tag)
        ):
            raise _WrongValueError(
                Text(f"「{tag}」はハッシュタグにできません", f"`{tag}` cannot be a hashtag"),
                Text(
                    "文字と数字だけで書いてください。英語の2語以上は、空白で区切ると "
                    "MoriokaCity のようになります。",
                    "Use letters and digits alone; words set apart by spaces become one, "
                    "such as MoriokaCity.",
                ),
            )
    return tuple(tags)


def _yes_or_no(value: object) -> bool:
    if str(value).lower() not in ("true", "false"):
        raise _WrongValueError(
            Text(
                f"「{value}」は true でも false でもありません", f"`{value}` is not true or false"
            ),
            Text("true か false を書いてください。", "Write true or false."),
        )
    return str(value).lower() == "true"


_PARSERS: dict[str, Callable[[Any], Any]] = {
    "id": _identifier,
    "title": _text,
    "summary": _text,
    "type": _one_of(PageType),
    "feed_id": _tag_uri,
    "category": _text,
    "department": _text,
    "publish_at": parse_time,
    "updated_at": parse_time,
    "expires_at": parse_time,
    "review_by": _day,
    "aliases": _addresses,
    "related": _identifiers,
    "translation": _translation,
    "audio": _yes_or_no,
    "social": _social,
    "event": _occasion,
}
KEYS = tuple(_PARSERS)


@dataclass(frozen=True, slots=True)
class Parsed:
    """The values that could be read, and what was wrong with the others."""

    values: Mapping[str, Any]
    faults: tuple[Fault, ...] = field(default=())


def parse(source: Split) -> Parsed:
    """Read every key by its type; nothing is raised, every fault is reported."""
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for key, raw in source.values.items():
        line = source.lines[key]
        if key not in _PARSERS:
            faults.append(_unknown_key(key, line))
            continue
        if raw is None and key not in ("id", "title"):
            continue
        try:
            values[key] = _PARSERS[key](raw)
        except _WrongValueError as wrong:
            name = f"{key}.{wrong.inner}" if wrong.inner else key
            faults.append(
                Fault(
                    "front-matter-value",
                    source.lines.get(f"{key}.{wrong.inner}", line),
                    Text(f"{name}: {wrong.message.ja}。", f"{name}: {wrong.message.en}."),
                    wrong.help,
                )
            )
    faults.extend(
        Fault(
            "front-matter-required",
            1,
            Text(f"「{key}」がありません。", f"`{key}` is missing."),
            Text(
                f"ページの情報に「{key}: …」の行を足してください。",
                f"Add a line `{key}: …` to the front matter.",
            ),
        )
        for key in ("id", "title")
        if key not in source.values
    )
    return Parsed(values, tuple(faults))


def _unknown_key(key: str, line: int) -> Fault:
    import difflib

    close = difflib.get_close_matches(key, KEYS, n=1)
    ja = f"「{close[0]}」の書き間違いなら直し、" if close else ""
    en = f"Did you mean `{close[0]}`? " if close else ""
    return Fault(
        "front-matter-unknown-key",
        line,
        Text(f"「{key}」という項目はありません。", f"There is no key `{key}`."),
        Text(
            f"{ja}不要なら消してください。使える項目: {', '.join(KEYS)}",
            f"{en}Correct or remove it. Known keys: {', '.join(KEYS)}",
        ),
    )
