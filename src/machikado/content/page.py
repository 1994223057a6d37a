"""A page: one Markdown source in one locale, with its effective front matter."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from machikado.content.address import NOT_FOUND, address_of
from machikado.content.front_matter import FrontMatter
from machikado.content.locale import Locale


@dataclass(frozen=True, eq=False)
class Page:
    """One page as its source says it; two pages are equal only when they are the same one.

    path: the file from its locale's folder, such as `plan/measures/1-2-2.md`;
    file: the file from the project's root;
    body: the Markdown below the front matter, which starts at line `body_line` of the file;
    lines: the line of each key of the front matter.
    """

    locale: Locale
    path: str
    file: str
    meta: FrontMatter
    body: str
    body_line: int
    lines: dict[str, int] = field(default_factory=dict, compare=False)

    @property
    def id(self) -> str:
        return self.meta.id

    @property
    def title(self) -> str:
        return self.meta.title

    @cached_property
    def address(self) -> str:
        """Where it is published, from the site's root: `/en/plan/`."""
        return address_of(self.locale, self.path)

    @property
    def is_home(self) -> bool:
        return self.path == "index.md"

    @property
    def is_not_found(self) -> bool:
        return self.path == NOT_FOUND

    @property
    def is_index(self) -> bool:
        return self.path == "index.md" or self.path.endswith("/index.md")

    @property
    def updated_at(self) -> datetime | None:
        """When the text last changed; the day of publication when nothing else is said."""
        return self.meta.updated_at or self.meta.publish_at

    @property
    def address_in_locale(self) -> str:
        """The address without the locale's prefix, always starting with `/`."""
        return "/" + self.address.removeprefix(self.locale.prefix)

    def is_published(self, at: datetime) -> bool:
        """Whether readers may see it at the moment `at` (publish_at <= at < expires_at)."""
        begun = self.meta.publish_at is None or self.meta.publish_at <= at
        ended = self.meta.expires_at is not None and self.meta.expires_at <= at
        return begun and not ended

    @cached_property
    def digest(self) -> str:
        """See `digest_of`; translations name the digest they were made from."""
        return digest_of(self.meta.title, self.meta.summary, self.body)


def digest_of(title: str, summary: str, body: str) -> str:
    """16 hexadecimal digits that change when the words or the structure of a page change.

    White space at line ends, blank lines and the Unicode normal form do not count, so that a touch
    or a squash makes no translation outdated.
    """
    squeezed = re.sub(r"\n{2,}", "\n", re.sub(r"[ \t]+$", "", body, flags=re.MULTILINE))
    text = "\n".join((title, summary, squeezed.strip()))
    return hashlib.sha256(
        unicodedata.normalize("NFC", text).encode("utf-8", "surrogatepass")
    ).hexdigest()[:16]
