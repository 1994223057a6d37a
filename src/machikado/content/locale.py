"""Locales: a locale is a folder of sources and an address prefix; its `lang` is what HTML says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Locale:
    """One edition of the site.

    code: the folder under docs/ and the first part of the address, such as `ja-easy`;
    lang: the BCP 47 tag in HTML, such as `ja-simple` (variant `simple`, IANA registry);
    name: its own name for itself;
    cldr: the CLDR locale that formats its dates and names, such as `zh_Hant`;
    hreflang: what search engines are told, or None where they know no such tag;
    """

    code: str
    lang: str
    name: str
    cldr: str
    hreflang: str | None
    is_default: bool = False

    @property
    def prefix(self) -> str:
        """The start of every address in this locale: `/` for the default, else `/<code>/`."""
        return "/" if self.is_default else f"/{self.code}/"


@dataclass(frozen=True)
class Locales:
    """The site's locales in the order in which they are offered; exactly one is the default."""

    all: tuple[Locale, ...]

    def __post_init__(self) -> None:
        if sum(locale.is_default for locale in self.all) != 1:
            raise ValueError("exactly one locale is the default")

    def __iter__(self) -> Iterator[Locale]:
        return iter(self.all)

    def __contains__(self, code: str) -> bool:
        return any(locale.code == code for locale in self.all)

    def __getitem__(self, code: str) -> Locale:
        for locale in self.all:
            if locale.code == code:
                return locale
        raise KeyError(code)

    @cached_property
    def default(self) -> Locale:
        return next(locale for locale in self.all if locale.is_default)
