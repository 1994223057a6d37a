"""Regular expressions that are compiled when they are first asked."""

from __future__ import annotations

import re
from typing import Any, cast


class _Lazy:
    """Stands for a pattern until it is asked; from then on, the pattern's own methods answer."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as the pattern has it
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        self.__dict__.update((known, getattr(compiled, known)) for known in _KNOWN)
        return getattr(compiled, name)


_KNOWN = (
    "findall",
    "finditer",
    "flags",
    "fullmatch",
    "groupindex",
    "groups",
    "match",
    "search",
    "split",
    "sub",
    "subn",
)


def lazily(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`. A set of kanji takes milliseconds to compile, and one page asks few of some 500 patterns.

    What is not a pattern raises `re.error` when it is first asked, not here.
    """
    return cast("re.Pattern[str]", _Lazy(pattern, flags))
