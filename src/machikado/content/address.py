"""Addresses: which URL path a source file is published at."""

from __future__ import annotations

from functools import lru_cache
from posixpath import join as join_path
from posixpath import normpath
from urllib.parse import quote

from machikado.content.locale import Locale

NOT_FOUND = "404.md"
"""The page a server shows for a missing address; it is a file of its own, not a folder."""


def address_of(locale: Locale, path: str) -> str:
    """The address of the page written in `path` (from the locale's folder), from the site's root.

    >>> ja = Locale("ja", "ja", "日本語", "ja", "ja", is_default=True)
    >>> address_of(ja, "plan/measures/1-2-2.md"), address_of(ja, "plan/index.md")
    ('/plan/measures/1-2-2/', '/plan/')
    """
    if path == NOT_FOUND:
        return f"{locale.prefix}404.html"
    stem = path.removesuffix(".md")
    folder = (
        stem.removesuffix("index") if stem == "index" or stem.endswith("/index") else f"{stem}/"
    )
    return f"{locale.prefix}{folder}"


@lru_cache(maxsize=8192)
def encoded(address: str) -> str:
    """`address` as the path of a URI (RFC 3986, section 3.3): all but its characters percent-encoded.

    >>> encoded("/plan/粗大 50%/")
    '/plan/%E7%B2%97%E5%A4%A7%2050%25/'
    """
    return quote(address, safe="/-._~!$&'()*+,;=:@")


def output_file(address: str) -> str:
    """The file, from the site's folder, that a web server answers `address` with."""
    name = address.lstrip("/")
    return f"{name}index.html" if not name or name.endswith("/") else name


def path_from(base: str, target: str) -> str | None:
    """The path that the relative link `target` in the file `base` means; None outside the tree."""
    path = normpath(join_path(base.rpartition("/")[0], target))
    return None if path == ".." or path.startswith(("../", "/")) else path
