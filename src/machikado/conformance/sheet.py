"""What staff write by hand as YAML, read with its lines: every fault is told, all at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import yaml

from machikado.vocabulary import ConfigurationError, Location, Text

FOLDER = "a11y_tests"
"""Where a project keeps its policy, its waivers and what people judged."""

Choice = TypeVar("Choice")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FOLD = re.compile(
    r"(?<=[\u3000-\u30ff\u4e00-\u9fff\uff00-\uff60]) (?=[\u3000-\u30ff\u4e00-\u9fff\uff00-\uff60])"
)
"""The space that YAML's `>` leaves where a line of Japanese goes on in the next one."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file, with what to write instead."""

    where: Location
    text: Text


class FaultsError(ConfigurationError):
    """Everything wrong with one file or several; its text tells all of it, a line each."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        first, *others = self.faults
        more_ja = "".join(f"\n{fault.where}: {fault.text.ja}" for fault in others)
        more_en = "".join(f"\n{fault.where}: {fault.text.en}" for fault in others)
        super().__init__(str(first.where), Text(first.text.ja + more_ja, first.text.en + more_en))


class Faults(list[Fault]):
    """The faults found so far."""

    def must_be_none(self) -> None:
        """Raise FaultsError if there is any."""
        if self:
            raise FaultsError(sorted(self, key=lambda fault: fault.where))


class Part:
    """One place of a sheet: a value, a list or a mapping, with the line it stands on."""

    def __init__(self, node: yaml.Node, name: str, file: str, faults: Faults) -> None:
        self._node, self.name, self._file, self._faults = node, name, file, faults

    @property
    def where(self) -> Location:
        return Location(self._file, self._node.start_mark.line + 1)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written: no value, `null`, `~`, or an empty list, mapping or text."""
        if isinstance(self._node, yaml.ScalarNode):
            return self._node.tag.endswith(":null") or not str(self._node.value).strip()
        return not self._node.value

    def wrong(self, ja: str, en: str) -> None:
        name = f"「{self.name}」: " if self.name else ""
        english = f"`{self.name}`: " if self.name else ""
        self._faults.append(Fault(self.where, Text(name + ja, english + en)))

    def keys(self, known: Iterable[str] | None, required: Iterable[str] = ()) -> dict[str, Part]:
        """The parts of a mapping by key, the empty ones left out; faults for what is unknown or missing.

        known: None where any key may be written.
        """
        if not isinstance(self._node, yaml.MappingNode):
            self.wrong("「項目: 値」の形で書いてください。", "must be written as keys and values.")
            return {}
        allowed = None if known is None else tuple(known)
        found: dict[str, Part] = {}
        for key_node, value_node in self._node.value:
            key = str(key_node.value)
            part = Part(value_node, f"{self.name}.{key}".lstrip("."), self._file, self._faults)
            at = Location(self._file, key_node.start_mark.line + 1)
            if allowed is not None and key not in allowed:
                names = ", ".join(allowed)
                self._faults.append(
                    Fault(
                        at,
                        Text(
                            f"「{part.name}」という項目はありません。使えるもの: {names}",
                            f"there is no key `{part.name}`; known are {names}.",
                        ),
                    )
                )
            elif key in found:
                self._faults.append(
                    Fault(
                        at,
                        Text(
                            f"「{part.name}」が2回書かれています。どちらか一方を消してください。",
                            f"`{part.name}` is written twice; remove one of them.",
                        ),
                    )
                )
            elif not part.is_empty:
                found[key] = part
        for key in required:
            if key not in found:
                self.wrong(f"「{key}」を書いてください。", f"`{key}` is missing.")
        return found

    def items(self) -> list[Part]:
        """The parts of a list; one value by itself is a list of one."""
        if isinstance(self._node, yaml.SequenceNode):
            return [
                Part(node, f"{self.name}[{number}]", self._file, self._faults)
                for number, node in enumerate(self._node.value, start=1)
            ]
        return [self]

    def text(self) -> str:
        """The words of a value, without white space around them; empty after a fault."""
        if not isinstance(self._node, yaml.ScalarNode):
            self.wrong("文字で書いてください。", "must be text.")
            return ""
        return str(self._node.value).strip()

    def both(self) -> Text:
        """The words in Japanese and English: `{ ja: …, en: … }`."""
        keys = self.keys(("ja", "en"), ("ja", "en"))
        ja, en = (keys[key].text() if key in keys else "" for key in ("ja", "en"))
        return Text(_FOLD.sub("", ja), en)

    def texts(self) -> tuple[str, ...]:
        return tuple(part.text() for part in self.items() if not part.is_empty)

    def day(self) -> date | None:
        """A day written as 2026-04-01; None after a fault."""
        written = self.text()
        try:
            if _DAY.fullmatch(written):
                return date.fromisoformat(written)
        except ValueError:
            pass
        self.wrong(
            f"日付「{written}」を読み取れません。2026-04-01 のように書いてください。",
            f"`{written}` is no date; write it like 2026-04-01.",
        )
        return None

    def number(self, least: int, most: int) -> int | None:
        """A whole number from `least` to `most`; None after a fault."""
        written = self.text()
        if written.isascii() and written.isdigit() and least <= int(written) <= most:
            return int(written)
        self.wrong(
            f"{least}から{most}までの整数で書いてください。",
            f"must be a whole number from {least} to {most}.",
        )
        return None

    def choice(self, choices: Mapping[str, Choice]) -> Choice | None:
        """What the written word stands for; None after a fault."""
        written = self.text()
        if written in choices:
            return choices[written]
        names = ", ".join(choices)
        self.wrong(
            f"「{written}」は使えません。使えるもの: {names}",
            f"`{written}` cannot be used; known are {names}.",
        )
        return None

    def flag(self) -> bool:
        """`true` or `false`; false after a fault."""
        return bool(self.choice({"true": True, "false": False}))


Reader = Callable[[Part], None]


def open_sheet(data: bytes, file: str, faults: Faults) -> Part | None:
    """The sheet in `data`; None where it is empty or cannot be read, which is a fault."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        faults.append(
            Fault(
                Location(file, line),
                Text(
                    "文字コードが UTF-8 ではありません。UTF-8 で保存し直してください。",
                    "the file is not UTF-8; save it again as UTF-8.",
                ),
            )
        )
        return None
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if isinstance(event, yaml.AliasEvent) and event.start_mark:
                faults.append(
                    Fault(
                        Location(file, event.start_mark.line + 1),
                        Text(
                            '* で始まる値は使えません。引用符（""）で囲んでください。',
                            "a value cannot begin with *; put it in quotes.",
                        ),
                    )
                )
                return None
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "invisible control character"
        faults.append(
            Fault(
                Location(file, mark.line + 1 if mark else None),
                Text(
                    "YAML として読み取れません。字下げ、「: 」の後の空白、引用符の閉じ忘れを確かめてください。",
                    f"it is not valid YAML ({problem}); look at the indentation, the space after a "
                    "colon, and quotes that are not closed.",
                ),
            )
        )
        return None
    if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
        return None
    return Part(node, "", file, faults)
