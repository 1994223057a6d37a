"""What checks of images share: which they are, what their file is called, what stands beside them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from machikado.audit.snapshot import Element, Snapshot


def images(page: Snapshot) -> Iterator[Element]:
    """Images that eyes see, of any kind that has an alternative text."""
    for element in page.elements("img", "input", "area"):
        if element.tag == "input" and element.get("type").lower() != "image":
            continue
        if element.tag == "area" or element.is_rendered:
            yield element


def alternative(image: Element) -> str:
    return " ".join(image.get("alt").split())


def file_name(image: Element) -> str:
    """Its file's name without folders and query (`fig_1.png`), "" for one carried in the page."""
    source = str(image.more.get("src") or image.get("src"))
    return "" if source.startswith("data:") else unquote(urlsplit(source).path).rpartition("/")[2]


def plain(text: str) -> str:
    """Letters and digits alone, for comparing."""
    return "".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold()))


def is_loaded(image: Element) -> bool:
    natural = image.more.get("natural") or [0, 0]
    return bool(natural[0] and natural[1])


def block_of(element: Element) -> Element:
    """The nearest part of the page around it that is not in line with text."""
    for ancestor in element.ancestors():
        if ancestor.style.get("display", "inline") not in ("inline", "contents", "inline-block"):
            return ancestor
    return element
