"""Departments and categories: the city's own vocabulary, kept as data beside the catalogues."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Department:
    """Who answers for a page. Contact details are shown as given; `example`: they are invented."""

    id: str
    names: Mapping[str, str]
    phone: str | None = None
    fax: str | None = None
    email: str | None = None
    example: bool = False

    def name(self, locale: str, default: str) -> str:
        return self.names.get(locale) or self.names[default]


@dataclass(frozen=True, slots=True)
class Category:
    """What a page is about; the news of a category can be followed by itself."""

    id: str
    names: Mapping[str, str]
    urgent: bool = False

    def name(self, locale: str, default: str) -> str:
        return self.names.get(locale) or self.names[default]


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of the glossary in one locale; `expansion`: its English full name."""

    id: str
    term: str
    definition: str
    reading: str | None = None
    expansion: str | None = None


@dataclass(frozen=True, slots=True)
class Glossary:
    """The glossary of each locale, in the order in which it was written."""

    terms: Mapping[str, Mapping[str, Term]] = field(default_factory=dict)

    def find(self, term: str, locale: str) -> Term | None:
        return self.terms.get(locale, {}).get(term)
