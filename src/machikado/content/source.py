"""A source: one Markdown file read by itself, before it is known what it translates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypedDict, cast

from machikado.content.front_matter import (
    INHERITED,
    Fault,
    FrontMatter,
    FrontMatterError,
    PageType,
    Social,
    Translation,
    parse,
    split,
)
from machikado.content.page import digest_of
from machikado.vocabulary import Text

BOM = b"\xef\xbb\xbf"


class Values(TypedDict, total=False):
    """The keys of front matter that are written and could be read; see `FrontMatter`."""

    id: str
    title: str
    summary: str
    type: PageType
    feed_id: str | None
    category: str | None
    department: str | None
    publish_at: datetime | None
    updated_at: datetime | None
    expires_at: datetime | None
    review_by: date | None
    aliases: tuple[str, ...]
    related: tuple[str, ...]
    translation: Translation | None
    audio: Any
    social: Social | None
    event: Any


@dataclass(frozen=True, slots=True)
class Source:
    """What one file says by itself.

    values: what could be read; keys: all that is written; lines: the line of each key;
    faulty: the keys that are written but could not be read, so that they are not missing;
    body_line: the line at which the text below the front matter starts;
    digest: that of `Page.digest`; faults: everything wrong that needs no other file to be seen.
    """

    values: Values
    keys: tuple[str, ...]
    faulty: tuple[str, ...]
    lines: dict[str, int]
    body_line: int
    digest: str
    faults: tuple[Fault, ...] = ()

    @property
    def is_page(self) -> bool:
        return "id" in self.values and "title" in self.values

    def front_matter(self, original: Source | None) -> FrontMatter:
        """The effective front matter of a page, with what it takes over from its source page."""
        values = cast("dict[str, Any]", dict(self.values))
        if original is not None and original is not self:
            theirs = cast("dict[str, Any]", original.values)
            for key in INHERITED:
                if key not in self.keys and key in theirs:
                    values[key] = theirs[key]
        return FrontMatter(**values)


def read_source(data: bytes) -> tuple[Source, str]:
    """Read a file; returns what it says and the text below its front matter. Faults are told in it."""
    try:
        written = split(decoded(data))
    except FrontMatterError as error:
        return Source({}, (), (), {}, 1, "", (error.fault,)), ""
    parsed = parse(written)
    values = cast("Values", dict(parsed.values))
    digest = digest_of(values.get("title", ""), values.get("summary", ""), written.body)
    given = (key for key, value in written.values.items() if value is not None)
    return (
        Source(
            values,
            tuple(written.values),
            tuple(key for key in given if key not in values),
            dict(written.lines),
            written.body_line,
            digest,
            parsed.faults,
        ),
        written.body,
    )


def body_of(data: bytes, body_line: int) -> str:
    """The text of a file from line `body_line` on."""
    rows = decoded(data).split("\n", body_line - 1)
    return rows[-1] if len(rows) == body_line else ""


def decoded(data: bytes) -> str:
    """The text of a source, with `\\n` at the end of every line; raises FrontMatterError."""
    if data.startswith(BOM):
        raise FrontMatterError(
            Fault(
                "source-encoding",
                1,
                Text(
                    "ファイルの先頭に目に見えない記号（BOM）があります。",
                    "The file starts with a byte order mark (BOM).",
                ),
                Text(
                    "「UTF-8（BOMなし）」で保存し直してください。",
                    "Save it again as UTF-8 without BOM.",
                ),
            )
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise FrontMatterError(_encoding_fault(data, line)) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _encoding_fault(data: bytes, line: int) -> Fault:
    name = "UTF-8以外", "not UTF-8"
    for codec, ja, en in (("cp932", "Shift_JIS", "Shift_JIS"), ("euc_jp", "EUC-JP", "EUC-JP")):
        try:
            data.decode(codec)
        except UnicodeDecodeError:
            continue
        name = ja, f"probably {en}"
        break
    return Fault(
        "source-encoding",
        line,
        Text(
            f"文字コードが UTF-8 ではありません（{name[0]} のようです）。",
            f"The file is not UTF-8 ({name[1]}).",
        ),
        Text(
            "エディターの「名前を付けて保存」で、文字コードに UTF-8 を選んで保存し直してください。",
            "Save it again with the encoding UTF-8.",
        ),
    )
