"""Tables that can be read aloud: a caption, header cells with their scope, a way to scroll."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from machikado.article.chart import Bars, draw
from machikado.patterns import lazily

CAPTION = lazily(r"^\s*(?:表|Table)\s*[:：]\s*")
"""How the paragraph above a table says that it is the table's caption."""
_OPTIONS = lazily(r"\s*\{\s*([a-z]+=[a-z]+)\s*\}\s*$")
WIDE = 4
"""From this number of columns on, a table may be wider than a phone and gets a region to scroll."""


def arrange(root: Element, unnamed: str, hint: str) -> None:
    """Complete every table below `root`, in place.

    unnamed: what a wide table without a caption is called; hint: that a wide one can be moved sideways.
    """
    number = 0
    for parent in list(root.iter()):
        for table in [child for child in parent if child.tag == "table"]:
            number += 1
            _complete(parent, table, f"table-{number}", unnamed, hint)


def _complete(parent: Element, table: Element, name: str, unnamed: str, hint: str) -> None:
    position = list(parent).index(table)
    options: dict[str, str] = {}
    before = parent[position - 1] if position else None
    caption: Element | None = None
    if before is not None and before.tag == "p" and CAPTION.match(before.text or ""):
        caption, options = _caption(before, f"{name}-caption")
        parent.remove(before)
        table.insert(0, caption)
        position -= 1
    _scopes(table)
    if options.get("chart") == "stacked" and (bars := _bars(table, caption)) is not None:
        parent.insert(position, draw(bars, name))
        position += 1
    columns = max((len(row) for row in table.iter("tr")), default=0)
    if columns >= WIDE:
        region = {"class": "table-scroll", "tabindex": "0", "role": "region"}
        region |= (
            {"aria-labelledby": f"{name}-caption"}
            if caption is not None
            else {"aria-label": unnamed}
        )
        wrapper = Element("div", region)
        parent.remove(table)
        wrapper.append(table)
        wrapper.tail, table.tail = table.tail, None
        parent.insert(position, wrapper)
        told = Element("p", {"class": "scroll-hint", "data-generated": ""})
        told.text = hint
        parent.insert(position, told)


def _caption(paragraph: Element, name: str) -> tuple[Element, dict[str, str]]:
    caption = Element("caption", {"id": name})
    caption.text = CAPTION.sub("", paragraph.text or "")
    caption.extend(list(paragraph))
    options: dict[str, str] = {}
    last = caption[-1] if len(caption) else None
    text = (last.tail if last is not None else caption.text) or ""
    if found := _OPTIONS.search(text):
        key, _, value = found.group(1).partition("=")
        options[key] = value
        text = text[: found.start()]
        if last is not None:
            last.tail = text
        else:
            caption.text = text
    return caption, options


def _scopes(table: Element) -> None:
    """Header cells say what they head: the first row its columns, the first column its rows."""
    for head in table.findall("thead"):
        for cell in head.iter("th"):
            cell.set("scope", "col")
    for body in table.findall("tbody"):
        for row in body.findall("tr"):
            if len(row):
                row[0].tag = "th"
                row[0].set("scope", "row")
    for cell in table.iter():
        # The sanitiser lets no style pass: the alignment of a Markdown column becomes a class.
        style = cell.attrib.pop("style", "")
        if "right" in style or "center" in style:
            cell.set("class", "right" if "right" in style else "center")


def _bars(table: Element, caption: Element | None) -> Bars | None:
    """The table as bars, or None when a cell is no whole number."""
    head = [
        "".join(cell.itertext()).strip() for cell in table.iter("th") if cell.get("scope") == "col"
    ]
    rows: list[str] = []
    values: list[list[int]] = []
    for row in table.findall("tbody/tr"):
        name, *cells = ["".join(cell.itertext()).strip() for cell in row]
        if not all(cell.isdecimal() for cell in cells) or len(cells) != len(head) - 1:
            return None
        rows.append(name)
        values.append([int(cell) for cell in cells])
    title = "".join(caption.itertext()).strip() if caption is not None else ""
    return Bars(title, head[1:], rows, values) if rows else None
