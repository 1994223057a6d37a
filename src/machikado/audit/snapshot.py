"""A page as it was once shown, taken apart: what checks look at instead of a browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import Any, NamedTuple

RENDERED, EXPOSED, FOCUSABLE, TABBABLE, FRAME, SHADOW = 1, 2, 4, 8, 16, 32
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}  # fmt: skip
_PLAIN_ID = re.compile(r"[A-Za-z_][\w-]*")
_SNIPPET = 300
"""So many characters of an element's HTML are quoted."""


class Box(NamedTuple):
    """Where something stands on the page, in CSS pixels from the page's top left."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def overlaps(self, other: Box) -> bool:
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )


@dataclass(slots=True, eq=False)
class TextRun:
    """A text node; `box` is None where nothing of it is shown."""

    text: str
    box: Box | None
    parent: Element | None


@dataclass(slots=True, eq=False, repr=False)
class Element:
    """An element, in the flat tree: shadow trees and frames that may be read are part of it.

    attributes: as written, names in lower case; style: computed values by property, colours too;
    role: its computed ARIA role, if any; name: its accessible name ("" is an empty one, None where
    nobody asked, as for a paragraph); heard: event types that it has listeners for;
    overflow: client width and height, scroll width and height, where content is larger than its box;
    before, after: the CSS `content` of its pseudo elements; value: of a form control;
    href: the absolute address of a link; media: what is known of audio and video; code: the text of
    a script or style sheet; more: whatever else `setup.js` tells of it.
    """

    index: int
    tag: str
    attributes: Mapping[str, str]
    parent: Element | None
    box: Box | None
    style: Mapping[str, str]
    flags: int
    role: str | None
    name: str | None
    heard: frozenset[str]
    more: Mapping[str, Any]
    children: list[Element | TextRun] = field(default_factory=list)
    _texts: dict[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<{self.tag} #{self.index}>"

    # What it is ---------------------------------------------------------------------------

    @property
    def is_rendered(self) -> bool:
        """Whether eyes can see it (not `display: none`, hidden, clipped away or transparent)."""
        return bool(self.flags & RENDERED)

    @property
    def is_exposed(self) -> bool:
        """Whether assistive technology meets it."""
        return bool(self.flags & EXPOSED)

    @property
    def is_focusable(self) -> bool:
        return bool(self.flags & FOCUSABLE)

    @property
    def is_tabbable(self) -> bool:
        return bool(self.flags & TABBABLE)

    @property
    def in_frame(self) -> bool:
        return bool(self.flags & FRAME)

    def get(self, attribute: str, default: str = "") -> str:
        return self.attributes.get(attribute, default)

    def has(self, attribute: str) -> bool:
        return attribute in self.attributes

    @property
    def href(self) -> str:
        return str(self.more.get("href", ""))

    @property
    def value(self) -> str:
        return str(self.more.get("value", ""))

    @property
    def media(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.more.get("media") or {}
        return found

    @property
    def code(self) -> str:
        return str(self.more.get("code", ""))

    @property
    def before(self) -> str:
        return str(self.more.get("v", ""))

    @property
    def after(self) -> str:
        return str(self.more.get("w", ""))

    @property
    def overflow(self) -> tuple[int, int, int, int] | None:
        found = self.more.get("o")
        return tuple(found) if found else None

    # What is around and in it -------------------------------------------------------------

    def ancestors(self) -> Iterator[Element]:
        """Its parent, that one's parent, and so on."""
        element = self.parent
        while element is not None:
            yield element
            element = element.parent

    def closest(self, *tags: str) -> Element | None:
        """The nearest element of these names, itself included."""
        element: Element | None = self
        while element is not None and element.tag not in tags:
            element = element.parent
        return element

    def inside(self, *roles: str) -> Element | None:
        """The nearest ancestor with one of these roles."""
        element = self.parent
        while element is not None and element.role not in roles:
            element = element.parent
        return element

    def elements(self, *tags: str) -> Iterator[Element]:
        """The elements within it, in document order: all, or those of these names."""
        for child in self.children:
            if isinstance(child, Element):
                if not tags or child.tag in tags:
                    yield child
                yield from child.elements(*tags)

    @property
    def parts(self) -> list[Element]:
        """Its child elements."""
        return [child for child in self.children if isinstance(child, Element)]

    def runs(self) -> Iterator[TextRun]:
        """The text nodes within it, in document order."""
        for child in self.children:
            if isinstance(child, TextRun):
                yield child
            else:
                yield from child.runs()

    @property
    def text(self) -> str:
        """All its text, with white space collapsed; readings of ruby left out."""
        if "all" not in self._texts:
            self._texts["all"] = " ".join(self._text(lambda _element: True).split())
        return self._texts["all"]

    @property
    def shown_text(self) -> str:
        """The text of it that eyes can see."""
        if "shown" not in self._texts:
            said = self._text(lambda element: element.is_rendered)
            self._texts["shown"] = " ".join(said.split())
        return self._texts["shown"]

    def _text(self, counts: Callable[[Element], bool]) -> str:
        said: list[str] = []
        for child in self.children:
            if isinstance(child, TextRun):
                if counts(self):
                    said.append(child.text)
            elif child.tag not in ("rt", "rp"):
                is_block = child.style.get("display", "inline") not in (
                    "inline",
                    "ruby",
                    "contents",
                )
                gap = " " if is_block or child.tag == "br" else ""
                said += (gap, child._text(counts), gap)
        return "".join(said)

    @property
    def lang(self) -> str:
        """The language that it is said to be in: the nearest `lang` attribute, "" where none is."""
        for element in (self, *self.ancestors()):
            if element.has("lang"):
                return element.get("lang").strip()
            if element.has("xml:lang"):
                return element.get("xml:lang").strip()
        return ""

    @property
    def selector(self) -> str:
        """A CSS selector that finds it: from the nearest id, else from the root."""
        steps: list[str] = []
        element: Element | None = self
        while element is not None:
            identity = element.get("id")
            if _PLAIN_ID.fullmatch(identity):
                steps.append(f"#{identity}")
                break
            peers = (
                [e for e in element.parent.parts if e.tag == element.tag] if element.parent else []
            )
            nth = f":nth-of-type({peers.index(element) + 1})" if len(peers) > 1 else ""
            steps.append(f"{element.tag}{nth}")
            element = element.parent
        return " > ".join(reversed(steps))

    @property
    def html(self) -> str:
        """Its HTML, cut where it gets long."""
        said: list[str] = []
        self._write(said, _SNIPPET)
        whole = "".join(said)
        return whole if len(whole) <= _SNIPPET else whole[:_SNIPPET] + "…"

    def _write(self, said: list[str], room: int) -> None:
        attributes = "".join(f' {key}="{escape(value)}"' for key, value in self.attributes.items())
        said.append(f"<{self.tag}{attributes}>")
        if self.tag in _VOID:
            return
        for child in self.children:
            if sum(map(len, said)) > room:
                return
            if isinstance(child, TextRun):
                said.append(escape(child.text, quote=False))
            else:
                child._write(said, room)
        said.append(f"</{self.tag}>")


@dataclass(eq=False, repr=False)
class Snapshot:
    """One page in one view.

    url: where it is; title: of the document; doctype: its name, None without one;
    viewport, scroll: width and height of the window and of all that can be scrolled to;
    heard: event types that `window` and `document` listen to; source: the HTML as it was sent, None
    where it is not known; probes: what was found by driving the page, by the probe's name;
    theme: the colour scheme asked for; is_whole: False where only the article was looked at, in a
    frame of few other parts.
    """

    url: str
    title: str
    doctype: str | None
    mode: str
    viewport: tuple[int, int]
    scroll: tuple[int, int]
    heard: Mapping[str, frozenset[str]]
    root: Element
    nodes: Sequence[Element | TextRun]
    source: str | None = None
    probes: Mapping[str, Any] = field(default_factory=dict)
    theme: str = "light"
    is_whole: bool = True

    def elements(self, *tags: str) -> Iterator[Element]:
        """All elements in document order, those in frames too: all, or those of these names."""
        return iter(_any_of(self._by_tag, tags) if tags else self._elements)

    def with_role(self, *roles: str) -> Iterator[Element]:
        """The elements with one of these computed roles."""
        return iter(_any_of(self._by_role, roles))

    @cached_property
    def _elements(self) -> list[Element]:
        return [node for node in self.nodes if isinstance(node, Element)]

    @cached_property
    def _by_tag(self) -> Mapping[str, list[Element]]:
        return _sorted_by(self._elements, lambda element: element.tag)

    @cached_property
    def _by_role(self) -> Mapping[str, list[Element]]:
        return _sorted_by(self._elements, lambda element: element.role or "")

    def element(self, index: int) -> Element | None:
        """The element of this number, as probes name it."""
        node = self.nodes[index] if 0 <= index < len(self.nodes) else None
        return node if isinstance(node, Element) else None

    @cached_property
    def by_id(self) -> Mapping[str, Element]:
        """Elements by their id, the first of each; those in frames left out."""
        found: dict[str, Element] = {}
        for element in self.elements():
            if not element.in_frame and (identity := element.get("id")):
                found.setdefault(identity, element)
        return found

    @cached_property
    def body(self) -> Element | None:
        return next((e for e in self.root.parts if e.tag in ("body", "frameset")), None)

    @cached_property
    def head(self) -> Element | None:
        return next((e for e in self.root.parts if e.tag == "head"), None)

    @property
    def text(self) -> str:
        return self.body.text if self.body else ""


def _sorted_by(
    elements: Iterable[Element], name: Callable[[Element], str]
) -> Mapping[str, list[Element]]:
    found: dict[str, list[Element]] = {}
    for element in elements:
        found.setdefault(name(element), []).append(element)
    return found


def _any_of(named: Mapping[str, list[Element]], names: Sequence[str]) -> list[Element]:
    """The elements of any of these names, in document order."""
    lists = [named[name] for name in dict.fromkeys(names) if name in named]
    if len(lists) < 2:
        return lists[0] if lists else []
    return sorted((element for one in lists for element in one), key=lambda e: e.index)


_OTHERS = ("h", "o", "v", "w", "value", "href", "src", "natural", "drawn", "media")
"""What of a row may be there in one view and not in another (`setup.js`)."""


def renewed(before: Mapping[str, Any], change: Mapping[str, Any]) -> Mapping[str, Any]:
    """A snapshot of the document of `before` in another view; `change` is what `again` of `setup.js` told."""
    columns = [name for name in ("s", "c", "b", "f", "r", "n") if name in change]
    nodes: list[dict[str, Any]] = []
    for row, *values in zip(before["nodes"], *(change[name] for name in columns), strict=True):
        node = row.copy()
        for name, value in zip(columns, values, strict=True):
            node[name] = value
        nodes.append(node)
    nodes[0]["a"] = change["root"]
    for index, others in change.get("other", {}).items():
        row = nodes[int(index)]
        for name in _OTHERS:
            row.pop(name, None)
        row.update(others)
    return {**before, **change, "nodes": nodes}


def only_colours_changed(change: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Whether a view differs from the one before in colours alone; `change` and `before` are as in `renewed`."""
    return not {"b", "f", "other"} & change.keys() and all(
        change[name] == before[name] for name in ("url", "title", "viewport", "scroll", "heard")
    )


_NONE: frozenset[str] = frozenset()


def read_snapshot(data: Mapping[str, Any], **known: Any) -> Snapshot:  # noqa: ANN401
    """The snapshot that `setup.js` took; `known` are the other fields of Snapshot."""
    styles = [dict(zip(data["properties"], values, strict=True)) for values in data["styles"]]
    colours = [dict(zip(data["colours"], values, strict=True)) for values in data["looks"]]
    merged: dict[tuple[int, int], Mapping[str, str]] = {}
    nodes: list[Element | TextRun] = []
    elements: dict[int, Element] = {}
    for index, row in enumerate(data["nodes"]):
        parent = elements.get(row["p"])
        place = row.get("b")
        box = Box._make(place) if place else None
        node: Element | TextRun
        if "x" in row:
            node = TextRun(row["x"], box, parent)
        else:
            key = row["s"], row["c"]
            if key not in merged:
                merged[key] = {**styles[row["s"]], **colours[row["c"]]}
            node = elements[index] = Element(
                index,
                row["t"],
                row["a"],
                parent,
                box,
                merged[key],
                row["f"],
                row.get("r"),
                row.get("n"),
                frozenset(row["h"]) if row.get("h") else _NONE,
                row,
            )
        nodes.append(node)
        if parent is not None:
            parent.children.append(node)
    return Snapshot(
        url=data["url"],
        title=data["title"],
        doctype=data["doctype"],
        mode=data["mode"],
        viewport=(data["viewport"][0], data["viewport"][1]),
        scroll=(data["scroll"][0], data["scroll"][1]),
        heard={name: frozenset(types) for name, types in data["heard"].items()},
        root=elements[0],
        nodes=nodes,
        **known,
    )
