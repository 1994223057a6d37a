"""What there is to audit: the pages of a built site, and how few of them have to be shown whole.

The parts around the text are the same on all pages of one template and language. So one page of each
is shown whole, and of all others only the article, put into a frame with the same styles. What comes
alive only with its own scripts (a form, a video) is shown whole wherever it is.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from machikado.audit.sight import Swap

FRAME = "machikado-frame"
"""Asked for with this query, a page is sent as a frame: its styles, no script, nothing in its body."""

_REFRESH = re.compile(
    r"""<meta\b(?=[^>]*\bhttp-equiv\s*=\s*["']?refresh\b)(?=[^>]*\bcontent\s*=\s*["']?\s*0+\s*[;,])""",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"<(?:!doctype|html|head|body|title|[a-z][a-z0-9]*[\s>])", re.IGNORECASE)
_SCRIPT = re.compile(r"<script\b.*?</script\s*>", re.DOTALL | re.IGNORECASE)
_BODY = re.compile(r"(<body\b[^>]*>).*</body\s*>", re.DOTALL | re.IGNORECASE)
_ROOT_TAG = re.compile(r"<html\b([^>]*)>", re.IGNORECASE)
_BODY_TAG = re.compile(r"<body\b([^>]*)>", re.IGNORECASE)
_TITLE = re.compile(r"<title\b[^>]*>(.*?)</title\s*>", re.DOTALL | re.IGNORECASE)
_MAIN = re.compile(r"<main\b.*</main\s*>", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")
_STYLES = re.compile(
    r"<link\b[^>]*\brel\s*=\s*[\"']?stylesheet\b[^>]*>|<style\b.*?</style>", re.DOTALL
)
_ALIVE = re.compile(
    r"<(?:script|form|input|select|textarea|button|audio|video|iframe|object|embed|canvas|dialog|[a-z]+-[a-z-]+)\b"
    r"|\s(?:on[a-z]+|contenteditable|draggable|accesskey)\s*=",
    re.IGNORECASE,
)
"""What of an article may answer to keys, time or scripts."""
_READER_THEME = re.compile(r"""\[data-theme=["']?([\w-]+)["']?\]""")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of the site as it was built; its HTML stays on the disk, as there may be very many.

    address: from the site's root; file: where it is; title: of the document;
    is_redirect: whether it only sends the reader elsewhere at once (`<meta http-equiv="refresh">`);
    is_markup: whether a file called .html holds HTML at all; is_alive: whether its article may answer
    to keys, time or scripts; has_ruby: whether there are readings in it;
    template: names what it shares with others, its styles and all around its article but the
    addresses; None for a page that is not built as ours are: one `<main>`, right in the body;
    whole, article: digests of all of it, and of what is shown when only its article is.
    """

    address: str
    file: Path
    title: str
    is_redirect: bool
    is_markup: bool
    is_alive: bool
    has_ruby: bool
    template: str | None
    whole: str
    article: str

    @property
    def html(self) -> str:
        return self.file.read_text(encoding="utf-8", errors="replace")

    def swap(self, url: str, dress: Mapping[str, str]) -> Swap:
        """Its article, to be put into a frame; `dress`: attributes of the root that it then wears."""
        html = self.html
        return Swap(
            url,
            self.title,
            tuple({**_attributes(_first(_ROOT_TAG, html)), **dress}.items()),
            tuple(_attributes(_first(_BODY_TAG, html)).items()),
            _main(html),
        )


def read_leaf(address: str, file: Path) -> Leaf:
    """A page, read once."""
    html = file.read_text(encoding="utf-8", errors="replace")
    title = " ".join(unescape(_first(_TITLE, html)).split())
    root, body, main = _first(_ROOT_TAG, html), _first(_BODY_TAG, html), _main(html)
    template = None
    if html.count("<main") == 1 and main and "kind-" in body:
        template = _digest(*_STYLES.findall(html), body, root)
    return Leaf(
        address,
        file,
        title,
        is_redirect=_REFRESH.search(html, 0, 4096) is not None,
        is_markup="\0" not in html[:4096] and _MARKUP.search(html, 0, 65536) is not None,
        is_alive=_ALIVE.search(main) is not None,
        has_ruby="<ruby" in html,
        template=template,
        whole=_digest(html),
        article=_digest(root, title, template or "", main),
    )


def _first(pattern: re.Pattern[str], html: str) -> str:
    found = pattern.search(html)
    return found[1] if found else ""


def _main(html: str) -> str:
    found = _MAIN.search(html)
    return found[0] if found else ""


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Plan:
    """How to look at each page: `whole` by its template's name or "" where it stands for no other."""

    whole: tuple[tuple[Leaf, bool], ...]
    swapped: tuple[tuple[Leaf, Leaf], ...]
    """An article, and the page whose styles it is shown with."""


def read_leaves(site_dir: Path) -> Iterator[Leaf]:
    """Every HTML file below `site_dir`, by its address."""
    for file in sorted(site_dir.rglob("*.html")):
        name = file.relative_to(site_dir).as_posix()
        if name == "index.html" or name.endswith("/index.html"):
            name = name.removesuffix("index.html")
        yield read_leaf(f"/{name}", file)


def plan(leaves: Sequence[Leaf], wanted: Iterable[Leaf] | None = None) -> Plan:
    """Who is shown whole and who by its article.

    leaves: all pages, which choose the one that stands for a template; wanted: those to look at.
    """
    chosen: dict[str, Leaf] = {}
    for leaf in leaves:
        if leaf.template is not None:
            chosen.setdefault(leaf.template, leaf)
    whole: list[tuple[Leaf, bool]] = []
    swapped: list[tuple[Leaf, Leaf]] = []
    for leaf in leaves if wanted is None else wanted:
        frame = chosen.get(leaf.template or "")
        if frame is None or frame is leaf:
            whole.append((leaf, frame is leaf))
        elif leaf.is_alive:
            whole.append((leaf, False))
        else:
            swapped.append((leaf, frame))
    return Plan(tuple(whole), tuple(sorted(swapped, key=lambda pair: pair[1].address)))


def frame_of(html: str) -> str:
    """A page without its scripts and without what is in its body: styles alone."""
    return _BODY.sub(r"\1</body>", _SCRIPT.sub("", html))


def reader_themes(site_dir: Path) -> tuple[str, ...]:
    """The colours that readers may choose on the site, beside those that the device asks for."""
    found: dict[str, None] = {}
    for file in sorted(site_dir.rglob("*.css")):
        found.update(dict.fromkeys(_READER_THEME.findall(file.read_text(encoding="utf-8"))))
    return tuple(name for name in found if name not in ("auto", "light", "dark"))


def _attributes(text: str) -> dict[str, str]:
    return {
        match[1].lower(): unescape(match[2] or match[3] or match[4] or "")
        for match in _ATTRIBUTE.finditer(text)
    }
